"""The readers of pybtex, its own and those that other packages register, as formats that can be read.

A file of a stranger is taken apart in a process with limits (``reader_process.py``). pybtex's reader of ``.bib`` files
is left out: ours says where each value stands. Source: pybtex's documentation, ``pybtex.database.input``.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from functools import partial
from importlib.metadata import entry_points
from xml.parsers import expat

from biblio.formats import Format, Recogniser
from biblio.formats.bibtex.entries import Given, references_of
from biblio.formats.text import decode_bytes
from biblio.project.confined import run
from biblio.reference.reference import Reference
from biblio.text.doctype import declares_doctype
from biblio.words.faults import Diagnostic, Parsed, Span, diagnose

GROUP = "pybtex.database.input"
PREFIX = "pybtex-"
_OURS = frozenset({"bibtex"})
# Seconds of a processor for a file, and more for each million of its bytes.
SECONDS, SECONDS_A_MILLION = 10, 20
MOST_TOLD = 20
# What tells the files of a reader by their content, whatever they are called.
_SIGNS: Mapping[str, Recogniser] = {"bibtexml": lambda content: b"http://bibtexml.sf.net/" in content[:20_000]}


def readers() -> tuple[Format, ...]:
    """A row for each reader that is installed, by name; ``extension`` is empty where it says none."""
    endings: dict[str, str] = {}
    for each in sorted(entry_points(group=f"{GROUP}.suffixes"), key=lambda each: each.name):
        endings.setdefault(each.value, each.name)
    found = {each.name: each for each in entry_points(group=GROUP) if each.name not in _OURS}
    return tuple(
        Format(
            PREFIX + name,
            endings.get(found[name].value, ""),
            "",
            {
                "fr": f"Les fichiers que lit {found[name].value}, de pybtex",
                "en": f"The files that {found[name].value}, of pybtex, reads",
            },
            partial(read, name),
            looks_like=_SIGNS.get(name),
        )
        for name in sorted(found)
    )


def read(reader: str, content: bytes, path: str) -> Parsed[tuple[Reference, ...]]:
    """The references that a reader finds in a file, with the faults met. Never raises for what the file holds.

    A file that the reader cannot take apart gives none and P130, where the reader says that it failed; what it says
    beside is P131. The values of the references are looked for in the text of the file, for their places.
    """
    decoded = decode_bytes(content, path)
    if _is_unsafe(content):
        return Parsed((), (diagnose("P130", Span(path), reader=reader, reason="dtd"),))
    seconds = SECONDS + len(content) * SECONDS_A_MILLION // 1_000_000
    # XML says in which encoding it is; anything else is in the one that was found.
    is_xml = decoded.value.lstrip("\ufeff\n\t ").startswith("<")
    given = content if is_xml else decoded.value.encode("utf-8", "replace")
    job = {"reader": reader, "content": b64encode(given).decode(), "text": decoded.value}
    answers, reason = run("biblio.project.reader_process", job, seconds, 1_000_000 + 20 * len(content))
    entries = [Given(each["key"], each["type"], each["fields"], each["people"]) for each in answers if "key" in each]
    faults: list[Diagnostic] = [] if is_xml else [*decoded.diagnostics]
    for each in answers:
        said = (diagnose("P131", Span(path), reader=reader, said=said) for said in each.get("told", [])[:MOST_TOLD])
        faults.extend(said)
        if "failed" in each:
            place = Span(path, max(1, each["line"]), max(1, each["column"]))
            faults.append(diagnose("P130", place, reader=reader, reason=each["failed"][:200]))
    if reason != "exit 0":
        faults.append(diagnose("P130", Span(path), reader=reader, reason=reason))
    found = references_of(entries, decoded.value, path)
    return Parsed(found.value, (*faults, *found.diagnostics))


def _is_unsafe(content: bytes) -> bool:
    """Whether a file is XML that declares a document type."""
    try:
        return declares_doctype(content)
    except (expat.ExpatError, ValueError, LookupError):
        return False
