"""A long value of any field is read, converted and checked in a time in proportion to its length."""

from __future__ import annotations

from pathlib import Path

import pytest
from counting import outgrows

from biblio.check.check import check, of_paths
from biblio.check.settings import Settings

FIELDS = (
    "author translator publisher institution series location journaltitle subtitle note annotation abstract keywords"
    " isbn issn doi url eprint langid howpublished edition volume pages pagetotal library eventdate"
).split()
UNITS = {
    "spaces": " ",
    "no-break spaces": "\u00a0",
    "tabs": "\t",
    "lines": "\n",
    "braces": "{}",
    "braces in each other": "{",
    "letters": "a",
    "initials": "A.",
    "figures": "1",
    "points": ".",
    "semicolons": ";",
    "parts of a tag": "_a",
    "accents alone": "\u0301",
    "footnotes in each other": r"\footnote{",
    "ands": " and a",
}


@pytest.mark.parametrize("name", UNITS)
def test_a_long_value_takes_no_longer_than_its_length(tmp_path: Path, name: str) -> None:
    unit = UNITS[name]

    def look(count: int) -> None:
        value = "a" + unit * count + "}" * (unit.count("{") - unit.count("}")) * count + "z"
        fields = "".join(f"  {field} = {{{value}}},\n" for field in FIELDS)
        (tmp_path / "a.bib").write_text(f"@book{{k,\n  title = {{A}},\n{fields}}}\n", encoding="utf-8")
        check(of_paths([tmp_path / "a.bib"]), Settings())

    assert not outgrows(look, 300)
