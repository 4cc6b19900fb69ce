"""The case files: what is read from a ``.bib`` file, reference by reference, and what is said of it.

A case is a text file. A line ``=== name`` begins each part: files ``….bib``, which are read as one library in that
order; ``messages``, one ``file:line:column: code message`` a line; ``references``, in the notation of
``tests/notation.py``.
``deviations.txt`` lists the cases that say what BibTeX or biblatex does and what biblio, on purpose, does not.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from notation import reference_shown

from biblio.formats.bibtex.reader import open_files, open_library
from biblio.report.text import message_of
from biblio.words.faults import Diagnostic, in_order

HERE = Path(__file__).parent
CASES = {path.stem: path for path in sorted((HERE / "cases").glob("*.txt"))}
DEVIATIONS = dict(
    re.split(r"\s+", line, maxsplit=1)
    for line in (HERE / "deviations.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
)


def parts(path: Path) -> dict[str, str]:
    pieces = re.split(r"^=== (.+)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return dict(zip(pieces[::2], pieces[1::2], strict=True))


def told(diagnostic: Diagnostic) -> str:
    assert diagnostic.span
    span = diagnostic.span
    return f"{span.path}:{span.line}:{span.column}: {diagnostic.code} {message_of(diagnostic, 'fr')}"


def read(path: Path) -> tuple[list[str], list[str]]:
    """The references of a case, noted, and its messages."""
    files = [(text.encode(), name) for name, text in parts(path).items() if name.endswith(".bib")]
    library = open_library(open_files(files))
    references = ["\n".join(reference_shown(reference)) for reference in library.value]
    return references, [told(each) for each in in_order((*library.diagnostics, *library.value.faults()))]


@pytest.mark.parametrize("case", [name for name in CASES if name not in DEVIATIONS])
def test_case(case: str) -> None:
    expected = parts(CASES[case])
    references, messages = read(CASES[case])
    assert "\n".join(references) == expected.get("references", "").strip("\n")
    assert messages == expected.get("messages", "").splitlines()


@pytest.mark.parametrize("case", DEVIATIONS)
def test_deviation(case: str) -> None:
    """A deviation that is none any more must leave the ledger."""
    references, _ = read(CASES[case])
    assert "\n".join(references) != parts(CASES[case])["references"].strip("\n"), f"{case} deviates no longer"


def test_every_deviation_has_a_reason() -> None:
    assert DEVIATIONS
    assert all(len(reason.split()) > 4 for reason in DEVIATIONS.values())


def test_there_are_cases() -> None:
    assert len(CASES) - len(DEVIATIONS) >= 25
