"""What is fuzzed: functions of bytes that must never raise. They need no fuzzer: the suite runs them as well."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress

from biblio.check import baseline
from biblio.check.check import check, fix, of_files
from biblio.check.config import settings_of
from biblio.check.settings import Settings
from biblio.citation import PRESETS
from biblio.citation.options import Options
from biblio.collection import link_history
from biblio.collection.link_verdict import verdict_of
from biblio.collection.themes import load_themes
from biblio.dossier.loader import load_dossier
from biblio.formats import FORMATS
from biblio.formats.bibtex.latex import decode
from biblio.formats.bibtex.reader import read_bibtex
from biblio.formats.text import decode_bytes
from biblio.importing.files import read_file
from biblio.online.arxiv import read_arxiv
from biblio.online.open_library import read_open_library
from biblio.online.page import read_page
from biblio.online.registries import read_registry
from biblio.outputs import read_page as editions
from biblio.outputs.email_css import inlined
from biblio.outputs.pdf.attachments import SIGNATURE, TooMuchError, attachments
from biblio.project import manifest
from biblio.project.settings import FILE, SHARED_FILE, parse_settings
from biblio.project.source import SourceFile
from biblio.report.text import as_text
from biblio.style.style import StyleFiles, load_style
from biblio.words.faults import BiblioError, Span, diagnose


def read_every_format(content: bytes) -> None:
    """Every reader takes any bytes, and its faults can be shown."""
    for row in FORMATS.values():
        if row.read is not None:
            parsed = row.read(content, "a")
            as_text(parsed.diagnostics, {"a": decode_bytes(content, "a").value}, "fr")


def import_a_file(content: bytes) -> None:
    """Any file may be given to be imported: it is read, or refused in words."""
    for name in ("a", "a.txt", "a.md"):
        as_text(read_file(content, name).diagnostics, {name: decode_bytes(content, name).value}, "fr")


def read_an_answer(content: bytes) -> None:
    """A server may answer anything."""
    read_page(content, "https://a.example/x", "2024-01-01")
    for read in (read_arxiv, read_open_library, read_registry):
        read(content, "a")


def decode_latex(content: bytes) -> None:
    """Any text is a field's value."""
    decode(decode_bytes(content, "a").value)


def load_spec(content: bytes) -> None:
    """Any text may stand where a dossier's spec is expected."""
    load_dossier(decode_bytes(content, "a.yaml").value, "a.yaml", "a")


def check_and_cite(content: bytes) -> None:
    """Any file of references can be checked, mended and cited."""
    file = SourceFile("a.bib", content)
    found = check(of_files([file]))
    as_text(found, {"a.bib": decode_bytes(content, "a.bib").value}, "fr")
    fix(file, Settings(), unsafe=True)
    for reference in read_bibtex(content, "a.bib").value:
        for preset in PRESETS.values():
            preset.cite(reference, Options())


def load_settings(content: bytes) -> None:
    """Any text may stand where settings are expected."""
    text = decode_bytes(content, "a").value
    for name in (FILE, SHARED_FILE):
        with suppress(BiblioError):
            if (file := parse_settings(text, name)) is not None:
                settings_of(file)


def load_baseline(content: bytes) -> None:
    """Any text is a baseline, or none in words; what it knows can be taken from what is found."""
    with suppress(ValueError):
        known = baseline.loads(decode_bytes(content, "a").value)
        baseline.unknown((diagnose("P003", Span("a.bib")),), known)


def load_manifest(content: bytes) -> None:
    """Any text is a manifest or none; what it says can be compared, told, kept and written again."""
    loaded = manifest.loads(decode_bytes(content, "a").value)
    if loaded is None:
        return
    manifest.changes(loaded.inputs, _NO_INPUTS)
    manifest.changes(_NO_INPUTS, loaded.inputs)
    as_text([each for told in loaded.diagnostics.values() for each in told], {}, "fr")
    made = manifest.Manifest("a", loaded.inputs)
    manifest.dumps(manifest.with_earlier(made, loaded)).encode()


def load_links(content: bytes) -> None:
    """Any text is a history of links, or lines of it that are told; what is understood is judged and written again."""
    text = decode_bytes(content, "a").value
    loaded = link_history.loads(text)
    as_text(loaded.diagnostics, {"links.jsonl": text}, "fr")
    for address, record in loaded.value.items():
        verdict_of(address, record)
    assert link_history.loads(link_history.dumps(loaded.value)).diagnostics == ()


def load_a_style(content: bytes) -> None:
    """Any text may stand where the knobs or a sheet of a style are expected."""
    text = decode_bytes(content, "a").value
    loaded = load_style([StyleFiles("a", "styles/a/style.yaml", text)])
    as_text(loaded.diagnostics, {"styles/a/style.yaml": text}, "fr")
    load_style([StyleFiles("a", "styles/a/style.yaml", "title: A\n", text, text, text)])
    inlined('<p class="a">x</p>', text)


def load_the_themes(content: bytes) -> None:
    """Any text may stand where themes are expected."""
    text = decode_bytes(content, "a").value
    loaded = load_themes(text, "a.yaml")
    as_text(loaded.diagnostics, {"a.yaml": text}, "fr")


def read_a_page(content: bytes) -> None:
    """Any page may be given as an earlier edition."""
    editions.read_page(decode_bytes(content, "a.html").value)


def read_a_pdf(content: bytes) -> None:
    """Any bytes may be given as an earlier edition in PDF; what is inside is read as references."""
    with suppress(TooMuchError):
        for inside in attachments(SIGNATURE + content).values():
            read_bibtex(inside, "a.bib")


_NO_INPUTS = manifest.Inputs({}, manifest.Options("cres", ("pdf",)), {})
TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "formats": read_every_format,
    "import": import_a_file,
    "answer": read_an_answer,
    "check": check_and_cite,
    "latex": decode_latex,
    "spec": load_spec,
    "settings": load_settings,
    "baseline": load_baseline,
    "manifest": load_manifest,
    "links": load_links,
    "style": load_a_style,
    "themes": load_the_themes,
    "page": read_a_page,
    "pdf": read_a_pdf,
}
