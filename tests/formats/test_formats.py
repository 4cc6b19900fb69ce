"""The table of formats."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sized
from dataclasses import FrozenInstanceError
from xml.etree import ElementTree  # to read what we wrote, with a parser that is not ours

import pytest
from formats.samples import house

from biblio.formats import FORMATS, Format
from biblio.formats.bibtex.reader import read_bibtex

WRITTEN = [row.name for row in FORMATS.values() if row.write]

# The formats that are written and not read: what counts their records.
COUNTED_BY: dict[str, Callable[[bytes], Sized]] = {
    "bibtex": lambda written: read_bibtex(written, "essai").value,
    "csv": lambda written: list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline="")))[1:],
    "dublin-core": lambda written: list(ElementTree.fromstring(written)),  # our own text
    "json-ld": lambda written: json.loads(written)["@graph"],
}


def test_the_formats() -> None:
    assert [(row.name, row.extension, row.mime_type) for row in FORMATS.values()] == [
        ("biblatex", ".bib", "application/x-bibtex"),
        ("ris", ".ris", "application/x-research-info-systems"),
        ("csl-json", ".json", "application/vnd.citationstyles.csl+json"),
        ("bibtex", ".bib", "application/x-bibtex"),
        ("csv", ".csv", "text/csv"),
        ("medline", ".nbib", "application/nbib"),
        ("wos", ".ciw", "application/x-inst-for-scientific-info"),
        ("ovid", ".txt", "text/plain"),
        ("refer", ".enw", "application/x-endnote-refer"),
        ("refworks", ".txt", "text/plain"),
        ("cff", ".cff", "application/yaml"),
        ("marc", ".mrc", "application/marc"),
        ("marcxml", ".xml", "application/marcxml+xml"),
        ("marc-text", ".mrk", "text/plain"),
        ("marc-view", ".txt", "text/plain"),
        ("marc-json", ".json", "application/marc-in-json"),
        ("pubmed-xml", ".xml", "application/xml"),
        ("endnote-xml", ".xml", "application/xml"),
        ("word-sources", ".xml", "application/xml"),
        ("zotero-rdf", ".rdf", "application/rdf+xml"),
        ("zotero-json", ".json", "application/json"),
        ("mods", ".xml", "application/mods+xml"),
        ("dublin-core", ".xml", "application/xml"),
        ("json-ld", ".jsonld", "application/ld+json"),
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


def count(row: Format, written: bytes) -> int:
    """How many references a reader of that format finds."""
    if row.read:
        return len(row.read(written, "essai").value)
    return len(COUNTED_BY[row.name](written))


@pytest.mark.parametrize("name", WRITTEN)
def test_what_is_written_holds_every_reference_once(name: str) -> None:
    written = FORMATS[name].written(house())
    assert count(FORMATS[name], written) == len(house())
    if not FORMATS[name].binary:
        assert written.endswith(b"\n")
        assert not written.endswith(b"\n\n")


@pytest.mark.parametrize("name", WRITTEN)
def test_the_same_references_give_the_same_bytes(name: str) -> None:
    row = FORMATS[name]
    assert row.written(list(house())) == row.written(house())
    assert row.written(house()[:1]) != row.written(house()[1:2])


def test_what_travels_inside_a_pdf_is_named() -> None:
    assert [row.name for row in FORMATS.values() if row.attached] == ["biblatex", "ris", "csl-json"]
