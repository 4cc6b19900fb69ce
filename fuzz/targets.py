"""What is fuzzed: functions of bytes that must never raise. They need no fuzzer: the suite runs them as well."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress

from biblio.check import baseline
from biblio.check.check import check, fix, of_files
from biblio.check.config import FILE, SHARED_FILE, parse_configuration
from biblio.check.settings import Settings
from biblio.citation import PRESETS
from biblio.citation.options import Options
from biblio.collection.themes import load_themes
from biblio.dossier.loader import load_dossier
from biblio.formats import FORMATS
from biblio.formats.bibtex.latex import decode
from biblio.formats.bibtex.reader import read_bibtex
from biblio.formats.text import decode_bytes
from biblio.project.project import SourceFile
from biblio.report.text import as_text
from biblio.style.style import StyleFiles, load_style
from biblio.words.faults import BiblioError


def read_every_format(content: bytes) -> None:
    """Every reader takes any bytes, and its faults can be shown."""
    for row in FORMATS.values():
        if row.read is not None:
            parsed = row.read(content, "a")
            as_text(parsed.diagnostics, {"a": decode_bytes(content, "a").value}, "fr")


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
    """Any text may stand where settings, a baseline, themes or a style are expected."""
    text = decode_bytes(content, "a").value
    for name in (FILE, SHARED_FILE):
        with suppress(BiblioError):
            parse_configuration(text, name)
    with suppress(ValueError):
        baseline.loads(text)
    load_themes(text, "a.yaml")
    load_style([StyleFiles("a", "styles/a/style.yaml", text)])


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "formats": read_every_format,
    "check": check_and_cite,
    "latex": decode_latex,
    "spec": load_spec,
    "settings": load_settings,
}
