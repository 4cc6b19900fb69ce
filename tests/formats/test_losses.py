"""What other programs read of our exports is what the ledger says of it, no less and no more."""

from __future__ import annotations

import pytest

from biblio.formats import FORMATS
from biblio.formats.bibtex.reader import read_bibtex
from biblio.reference.fields import FIELDS
from biblio.reference.types import ALIASES, ENTRY_TYPES, HELPERS
from tools.losses import LEDGER, PAGE, READINGS, REGION, ROOT, Reading, frozen, ledger, measured, page

NAMES = [reading.name for reading in READINGS]


@pytest.mark.parametrize("reading", READINGS, ids=NAMES)
def test_every_loss_is_in_the_ledger_and_is_one(reading: Reading) -> None:
    found = {name: outcome.becomes for name, outcome in measured(reading).items() if outcome.becomes != "kept"}
    known = {name: loss.becomes for name, loss in ledger().get(reading.name, {}).items()}
    unlisted = {name: becomes for name, becomes in found.items() if known.get(name) != becomes}
    assert unlisted == {}, f"lost and not in {LEDGER.name}"
    settled = {name: becomes for name, becomes in known.items() if found.get(name) != becomes}
    assert settled == {}, f"in {LEDGER.name}, and otherwise or not lost"


@pytest.mark.parametrize("reading", READINGS, ids=NAMES)
def test_a_loss_is_seen(reading: Reading) -> None:
    """A reader that forgets the titles, or puts them among the notes, would not pass."""

    def is_title(place: str) -> bool:
        return "title" in place or place in ("200", "name")

    def forgetful(text: str) -> list[dict[str, str]]:
        return [
            {place: value for place, value in record.items() if not is_title(place)} for record in reading.read(text)
        ]

    def noting(text: str) -> list[dict[str, str]]:
        records = [(record, [place for place in record if is_title(place)]) for record in reading.read(text)]
        return [
            {**record, **dict.fromkeys(titles, ""), "note": " | ".join(record[place] for place in titles)}
            for record, titles in records
        ]

    assert measured(Reading(reading.format, "x", forgetful))["title"].becomes == "lost"
    assert measured(Reading(reading.format, "x", noting, frozenset({"note"})))["title"].becomes in ("note", "partly")


def test_the_ledger_is_of_readings_that_are_made() -> None:
    assert set(ledger()) <= set(NAMES)


def test_two_hundred_references_have_every_type_and_every_field() -> None:
    references = frozen()
    assert len(references) >= 200
    assert read_bibtex((LEDGER.with_name("references.bib")).read_bytes(), "references.bib").diagnostics == ()
    types = {reference.entry_type for reference in references}
    assert set(ENTRY_TYPES) - HELPERS - set(ALIASES) - {"nameonly"} <= types
    missing = {
        row.variable
        for row in FIELDS
        if not row.private and not any(getattr(each, row.variable) for each in references)
    }
    assert missing == set(), "a field needs a reference of its own"


def test_every_format_of_ours_is_read_back() -> None:
    """Its other form stands for UNIMARC in XML, whose records are the same."""
    ours = {row.name for row in FORMATS.values() if row.write}
    assert ours - {"marcxml"} == {reading.format for reading in READINGS}


def test_the_page_is_what_is_measured() -> None:
    text = (ROOT / "docs" / "reference" / PAGE).read_text(encoding="utf-8")
    shown = REGION.search(text)
    assert shown
    assert shown[0] == f"{shown[1]}\n{page()}\n\n{shown[2]}", "run `make docs`"
