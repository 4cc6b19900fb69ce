"""The lines of a notice, by pattern and by knob: each entry of ``cases/citation``; and dates in words."""

from __future__ import annotations

import re

import pytest
from core.notation import Case, cases, shown

from biblio.citation import PRESETS, label_of
from biblio.citation.dates import in_figures, in_words, legal_date
from biblio.citation.options import Options
from biblio.document import Role
from biblio.formats.bibtex.reader import read_bibtex
from biblio.model.date import Date, parse_date
from biblio.model.types import ENTRY_TYPES, Pattern

CASES = cases("citation")
KNOBS = re.compile(r"(\w+)=(\w+)")


def options_of(name: str) -> Options:
    """The options written in square brackets after the name of a case."""
    _, _, written = name.partition("[")
    return Options(**{knob: int(value) if value.isdigit() else value for knob, value in KNOBS.findall(written)})  # type: ignore[arg-type]  # the knobs of Options are texts and numbers


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case) -> None:
    (reference,) = read_bibtex(case.source.encode(), "cas.bib").value
    lines = PRESETS["cres"].cite(reference, options_of(case.name))
    assert [f"{line.role}{'+' * line.gap} {shown(line.content)}" for line in lines] == case.expected


def test_the_cases_cover_every_pattern_role_and_knob() -> None:
    types = {found[1] for case in CASES if (found := re.match(r"@(\w+)", case.source))}
    assert {ENTRY_TYPES[name].pattern for name in types} == set(Pattern)
    # The topics are those of a kind of dossier, not of a grammar.
    assert {line.split()[0].rstrip("+") for case in CASES for line in case.expected} == set(Role) - {Role.TOPICS}
    knobs = {knob for case in CASES for knob, _ in KNOBS.findall(case.name.partition("[")[2])}
    assert knobs == set(Options.__dataclass_fields__)


@pytest.mark.parametrize(
    ("typed", "lang", "expected"),
    [
        ("@thesis{a}", "fr", "Thèse"),
        ("@thesis{a}", "en", "Thesis"),
        ("@unpublished{a}", "fr", "Communication"),
        ("@misc{a, entrysubtype = {Outil}}", "en", "Outil"),
        ("@brochure{a}", "fr", "Document"),
        ("@ONLINE{a}", "fr", "Page web"),
        ("@legislation{a}", "fr", "Texte officiel"),
        ("@book{a}", "en-GB", "Book"),
        ("@book{a}", "de", "Book"),
    ],
)
def test_the_label_is_the_subtype_else_the_type(typed: str, lang: str, expected: str) -> None:
    (reference,) = read_bibtex(typed.encode(), "cas.bib").value
    assert label_of(reference, lang) == expected


WORDS = [
    ("2023-04-25", "25 avril 2023", "25 April 2023"),
    ("2023-05-01", "1er mai 2023", "1 May 2023"),
    ("2023-08", "août 2023", "August 2023"),
    ("2023", "2023", "2023"),
    ("2023-21", "printemps 2023", "spring 2023"),
    ("2013-04-11/2013-04-12", "11 et 12 avril 2013", "11 and 12 April 2013"),
    ("2019-11-20/2019-11-23", "du 20 au 23 novembre 2019", "20 to 23 November 2019"),
    ("2019-11-30/2019-12-01", "du 30 novembre 2019 au 1er décembre 2019", "30 November 2019 to 1 December 2019"),
    ("2019-05-01/2019-05-02", "1er et 2 mai 2019", "1 and 2 May 2019"),
    ("2019-01/2019-03", "janvier 2019 – mars 2019", "January 2019 – March 2019"),
    ("2018/2020", "2018 – 2020", "2018 – 2020"),
    ("2019/..", "2019/..", "2019/.."),
    ("2019~", "vers 2019", "c. 2019"),
    ("199X", "199X", "199X"),
    ("-0051", "52 av. J.-C.", "52 BC"),
    ("0000", "1 av. J.-C.", "1 BC"),
]


@pytest.mark.parametrize(("typed", "french", "english"), WORDS, ids=[row[0] for row in WORDS])
def test_dates_in_words(typed: str, french: str, english: str) -> None:
    date = parse_date(typed)
    assert date is not None
    assert (in_words(date, "fr"), in_words(date, "en")) == (french, english)


@pytest.mark.parametrize("typed", ["2019", "2019-03", "2019-03-15", "2018/2020", "2019/..", "199X", "2019?"])
def test_dates_in_figures_are_as_typed(typed: str) -> None:
    date = parse_date(typed)
    assert date is not None
    assert in_figures(date) == typed


def test_a_literal_date_is_printed_as_typed() -> None:
    assert in_words(Date(literal="printemps"), "fr") == in_figures(Date(literal="printemps")) == "printemps"


@pytest.mark.parametrize(
    ("typed", "french"),
    [
        ("2019-07-26", "du 26 juillet 2019"),
        ("2020-08-01", "du 1er août 2020"),
        ("2020-01", "de janvier 2020"),
        ("2020-08", "d'août 2020"),
        ("2020", "de 2020"),
        ("2020-08-11/2020-08-12", "des 11 et 12 août 2020"),
        ("2019-11-20/2019-11-23", "du 20 au 23 novembre 2019"),
    ],
)
def test_the_date_of_an_official_journal(typed: str, french: str) -> None:
    date = parse_date(typed)
    assert date is not None
    assert legal_date(date, "fr") == french
