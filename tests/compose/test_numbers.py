"""Numbered notices: what counts, and how indexes and pointers name a notice by its number."""

from __future__ import annotations

from pathlib import Path

import pytest
from compose.material import composed, document, spaced

from biblio.compose.indexes import has_index
from biblio.document.tree import Document, Index, SeeAlso

SPEC = """\
sections:
  - {title: Un, sections: [{title: Un et un, references: [zay]}, {title: Un et deux, references: [bader]}]}
  - {title: Deux, references: [ars, zay]}
"""


def labels(made: Document) -> list[str]:
    return [notice.label for notice in made.notices]


@pytest.mark.parametrize(
    ("knob", "expected"),
    [
        ("", ["Ouvrage", "Article", "Rapport"]),
        ("notice_numbers: none\n", ["Ouvrage", "Article", "Rapport"]),
        ("notice_numbers: continuous\n", ["1. Ouvrage", "2. Article", "3. Rapport"]),
        ("notice_numbers: part\n", ["1.1. Ouvrage", "1.2. Article", "2.1. Rapport"]),
        ("notice_numbers: continuous\nlang: en\n", ["1. Book", "2. Article", "3. Report"]),
    ],
)
def test_notices_are_numbered_throughout_or_by_part(tmp_path: Path, knob: str, expected: list[str]) -> None:
    assert labels(document(tmp_path, knob + SPEC)) == expected


def test_a_notice_without_a_tag_has_its_number_alone(tmp_path: Path) -> None:
    spec = "notice_numbers: continuous\nsitography: {title: Sites, references: [ars]}\n"
    assert labels(document(tmp_path, spec + SPEC)) == ["1.", "2. Ouvrage", "3. Article"]


def test_a_style_numbers_and_a_dossier_says_otherwise(tmp_path: Path) -> None:
    folder = tmp_path / "styles" / "maison"
    folder.mkdir(parents=True)
    (folder / "style.yaml").write_text("title: M\nextends: cres\nnotice_numbers: part\n", encoding="utf-8")
    assert labels(document(tmp_path, "style: maison\n" + SPEC))[0] == "1.1. Ouvrage"
    assert labels(document(tmp_path, "style: maison\nnotice_numbers: none\n" + SPEC))[0] == "Ouvrage"


def test_indexes_and_pointers_name_a_notice_by_its_number(tmp_path: Path) -> None:
    made = document(tmp_path, "notice_numbers: part\nindexes: [people]\nwhats_new: 2025-12-14\n" + SPEC)
    (index,) = [block for section in made.sections for block in section.blocks if isinstance(block, Index)]
    assert {spaced("".join(str(each.number) for each in entry.mentions)) for entry in index.entries} == {
        "1.1",
        "1.2",
        "1.11.2",
    }
    (pointers,) = [block for section in made.sections for block in section.blocks if isinstance(block, SeeAlso)]
    assert [entry.number for entry in pointers.entries] == ["1.1"]
    assert [entry.number for entry in made.news] == ["2.1"]
    assert not has_index(made)


def test_sitographies_stand_where_the_spec_puts_them(tmp_path: Path) -> None:
    spec = "sections: [{title: Un, references: [bader]}, {title: Sites, sitography: true, references: [ars]}]\n"
    assert labels(document(tmp_path, spec)) == ["Article", ""]
    folder = tmp_path / "styles" / "maison"
    folder.mkdir(parents=True)
    (folder / "style.yaml").write_text("title: M\nextends: cres\nsitography_labels: true\n", encoding="utf-8")
    done, _ = composed(tmp_path, "style: maison\n" + spec)
    assert labels(done.document) == ["Article", "Rapport"]
