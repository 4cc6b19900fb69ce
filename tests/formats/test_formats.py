"""The table of formats."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError

import pytest
import rispy
from formats.samples import house

from biblio.formats import FORMATS, Format

WRITTEN = [row.name for row in FORMATS.values() if row.write]


def test_the_formats() -> None:
    assert [(row.name, row.extension, row.mime_type) for row in FORMATS.values()] == [
        ("biblatex", ".bib", "application/x-bibtex"),
        ("ris", ".ris", "application/x-research-info-systems"),
        ("csl-json", ".json", "application/vnd.citationstyles.csl+json"),
        ("medline", ".nbib", "application/nbib"),
        ("wos", ".ciw", "application/x-inst-for-scientific-info"),
        ("ovid", ".txt", "text/plain"),
        ("refer", ".enw", "application/x-endnote-refer"),
        ("refworks", ".txt", "text/plain"),
        ("cff", ".cff", "application/yaml"),
        ("marc", ".mrc", "application/marc"),
        ("marcxml", ".xml", "application/marcxml+xml"),
        ("pubmed-xml", ".xml", "application/xml"),
        ("endnote-xml", ".xml", "application/xml"),
        ("mods", ".xml", "application/mods+xml"),
    ]


@pytest.mark.parametrize("name", FORMATS)
def test_a_row_is_found_by_its_name_and_described_in_a_line(name: str) -> None:
    row = FORMATS[name]
    assert row.name == name
    assert set(row.about) == {"fr", "en"}
    assert "\n" not in "".join(row.about.values())


def test_a_row_cannot_change() -> None:
    with pytest.raises(FrozenInstanceError):
        FORMATS["ris"].name = "autre"  # type: ignore[misc]  # that is the point


def count(row: Format, text: str) -> int:
    """How many references a reader of that format finds."""
    if row.read:
        return len(row.read(text.encode(), "essai").value)
    return len(json.loads(text)) if row.name == "csl-json" else len(rispy.loads(text))


@pytest.mark.parametrize("name", WRITTEN)
def test_what_is_written_holds_every_reference_once(name: str) -> None:
    write = FORMATS[name].write
    assert write
    written = write(house())
    assert count(FORMATS[name], written) == len(house())
    assert written.endswith("\n")
    assert not written.endswith("\n\n")


@pytest.mark.parametrize("name", WRITTEN)
def test_the_same_references_give_the_same_text(name: str) -> None:
    write = FORMATS[name].write
    assert write
    assert write(list(house())) == write(house())
    assert write(house()[:1]) != write(house()[1:2])
