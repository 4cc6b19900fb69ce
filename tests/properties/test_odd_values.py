"""Any value may stand in any field: entries with an odd value in a field, taken through everything that reads one.

Here each value is tried in one field of eight, and each field with one value of eight; test_every_odd_value.py has all.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from biblio.check.check import check, fix, of_files
from biblio.check.settings import Settings
from biblio.citation import PRESETS
from biblio.citation.options import Options
from biblio.formats import FORMATS
from biblio.formats.bibtex.formatter import format_bibtex
from biblio.formats.bibtex.reader import read_bibtex
from biblio.project.source import SourceFile
from biblio.reference.fields import BY_BIBLATEX, FIELD_ALIASES, FIELDS, STEERING
from biblio.reference.reference import Reference
from biblio.report.text import message_of
from biblio.text.inline import plain
from robustness.figure import OWN_FAULT
from robustness.oddities import ODD

NAMES = sorted({*BY_BIBLATEX, *FIELD_ALIASES, *STEERING, "inconnu"})
TYPES = ("article", "book", "online", "incollection", "thesis", "periodical", "misc", "dataset", "inconnu")
USUAL = {
    "title": "Le titre",
    "author": "Durand, Anne",
    "date": "2020",
    "journaltitle": "Revue",
    "publisher": "CRES",
    "langid": "french",
    "url": "https://a.example/x",
}
LANGUAGES = ("fr", "en")
SHARE = 8


def entries(value: str, names: Sequence[str]) -> bytes:
    """An entry for each field with this value alone, and one with the usual fields beside it."""
    found = ["@xdata{usuel, author = {Durand, Anne}}"]
    for number, name in enumerate(names):
        for key, usual in (("seul", {}), ("avec", USUAL)):
            fields = {**{other: usual[other] for other in usual if other != name}, name: value}
            body = "".join(f",\n  {field} = {{{text}}}" for field, text in fields.items())
            found.append(f"@{TYPES[number % len(TYPES)]}{{{key}{number}{body}\n}}")
    return "\n\n".join(found).encode()


def said(reference: Reference) -> dict[str, object]:
    """The values of a reference, without where they stand."""
    return {field.variable: getattr(reference, field.variable, None) for field in FIELDS}


@pytest.mark.parametrize(("number", "value"), [*enumerate(ODD)], ids=lambda value: ascii(value)[:24])
def test_no_value_stops_anything(number: int, value: str) -> None:
    nothing_stops(value, NAMES[number % SHARE :: SHARE])


def nothing_stops(value: str, names: Sequence[str]) -> None:
    """Reads, tidies, checks, mends, cites and writes a value in some fields."""
    content = entries(value, names)
    text = content.decode()
    read = read_bibtex(content, "essai.bib")
    assert len(read.value) == 2 * len(names) + 1 or any(fault.code.startswith("P") for fault in read.diagnostics)

    tidy = format_bibtex(text).value
    assert format_bibtex(tidy).value == tidy
    assert list(map(said, read_bibtex(tidy.encode(), "essai.bib").value)) == list(map(said, read.value))

    file = SourceFile("essai.bib", content)
    for fault in (*read.diagnostics, *check(of_files([file]))):
        assert not OWN_FAULT.fullmatch(fault.code), fault
        for lang in LANGUAGES:
            assert message_of(fault, lang)
    fixed = fix(file, Settings(), unsafe=True).content
    assert fix(SourceFile("essai.bib", fixed), Settings(), unsafe=True).content == fixed

    for preset in PRESETS.values():
        for lang in LANGUAGES:
            for reference in read.value:
                assert all(plain(line.content).strip() for line in preset.cite(reference, Options(lang)))
    written = {name: row.written(read.value) for name, row in FORMATS.items() if row.write}
    assert len(json.loads(written["csl-json"])) == len(read.value)
    assert len(read_bibtex(written["biblatex"], "essai.bib").value) == len(read.value)
