"""ISO 690 point by point: the whole notices of every type, and each difference that the page of the reference tells."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from notation import Case, cases, shown

from biblio.citation import PRESETS
from biblio.citation.options import Options
from biblio.formats.bibtex.reader import read_bibtex
from biblio.reference.types import ALIASES, ENTRY_TYPES, HELPERS
from biblio.text.inline import plain

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "iso690.md"
GRAMMARS = ("iso690-fr", "iso690-note-fr")
CASES = cases("citation/iso690")
EXAMPLE = re.compile(r"`([^`]+)`")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_notice_of_every_type(case: Case) -> None:
    read = read_bibtex(case.source.encode(), "cas.bib")
    assert read.diagnostics == ()
    (reference,) = read.value
    found = ["  ".join(shown(line.content) for line in PRESETS[name].cite(reference, Options())) for name in GRAMMARS]
    assert found == case.expected


def test_every_kind_of_type_has_a_notice() -> None:
    """A type that is another's name, or that goes like one by all that the table says, is there under that."""
    rows = {match[1] for case in CASES if (match := re.match(r"@(\w+)", case.source))}
    seen = {(ENTRY_TYPES[name].pattern, ENTRY_TYPES[name].label) for name in rows}
    every = {
        (row.pattern, row.label)
        for name, row in ENTRY_TYPES.items()
        if name not in HELPERS and name not in ALIASES and not name.startswith("custom")
    }
    assert every - seen == set()
    assert len(CASES) >= 28


def _read(line: str) -> str:
    """A notice as one reads it: guillemets for a quotation, italic alone kept."""
    quoted = re.sub("<q>(.*?)</q>", "« \\1 »", line)
    return re.sub(r"<(?!/?i>)[^>]*>", "", quoted)


def differences() -> dict[str, str]:
    """The rows of the page by their element, each with its third cell, which says what we print."""
    rows = re.findall(r"^\| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    return {element: ours for element, _, ours, reason in rows[2:] if reason}


@pytest.mark.parametrize("element", differences())
def test_what_the_page_says_is_printed(element: str) -> None:
    read = [_read(line) for case in CASES for line in case.expected]
    printed = [*read, *(line.replace("<i>", "").replace("</i>", "") for line in read)]
    cell = differences()[element]
    examples = EXAMPLE.findall(cell)
    assert examples, "a row shows an example"
    for example in examples:
        assert any(example in line for line in printed) != cell.startswith("jamais"), example


def test_notes_say_less_as_the_page_says() -> None:
    notes = [case.expected[1] for case in CASES]
    for word in ("[en ligne]", "en ligne]", "[jeu]", "[s. d.]", "ISBN", "ISSN"):
        assert not any(word in note for note in notes), word


@pytest.mark.parametrize(
    ("typed", "said"), [("06/05/2004", "consulté le 06/05/2004"), ("vers 2004 ou 2005", "consulté en ")]
)
def test_a_day_of_visit_that_could_not_be_read_is_a_day(typed: str, said: str) -> None:
    source = f"@online{{a, title = {{T}}, url = {{https://a.example}}, urldate = {{{typed}}}}}"
    (reference,) = read_bibtex(source.encode(), "a.bib").value
    assert said in " ".join(plain(line.content) for line in PRESETS["iso690-fr"].cite(reference, Options()))
