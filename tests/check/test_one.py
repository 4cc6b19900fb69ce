"""The faults of one reference, by its fields, and the values that mend them."""

from __future__ import annotations

from biblio.check.one import faults_of_one
from biblio.check.settings import Settings
from biblio.formats.bibtex.reader import read_bibtex


def told(text: str, settings: Settings | None = None) -> list[tuple[str, str, object]]:
    read = read_bibtex(text.encode(), "a.bib")
    found = faults_of_one(read.value[0], text, read.diagnostics, settings or Settings())
    return [(each.diagnostic.code, each.field, dict(each.mended) if each.mended else None) for each in found]


ENTRY = "@article{a,\n  title = {Un},\n  journaltitle = {},\n  date = {2020-3-3},\n  autor = {Dupont, Jean},\n}\n"


def test_each_fault_stands_at_its_field_with_what_mends_it() -> None:
    assert told(ENTRY) == [
        ("R105", "", None),
        ("R111", "journaltitle", None),
        ("R310", "date", {"date": "2020-03-03"}),
        ("R112", "autor", {"autor": None, "author": "Dupont, Jean"}),
    ]


def test_the_settings_say_what_is_wanted() -> None:
    assert [code for code, *_ in told(ENTRY, Settings(ignore=("R1",)))] == ["R310"]
