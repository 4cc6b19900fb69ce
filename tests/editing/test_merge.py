"""What a record brings to a reference that is the same document."""

from __future__ import annotations

import pytest

from biblio.editing.merge import merge, merged
from biblio.formats.bibtex.reader import read_bibtex
from biblio.reference.reference import Reference


def entry(fields: str, kind: str = "article", key: str = "a") -> Reference:
    (made,) = read_bibtex(f"@{kind}{{{key}, {fields}}}".encode(), "a.bib").value
    return made


def brought(here: str, other: str, key: str = "", kind: str = "article") -> list[str]:
    found = merge(entry(here), entry(other, kind), key)
    said = [f"+ {name} = {value}" for name, value in found.added.items()]
    said += [f"~ {name} = {value}" for name, value in found.changed.items()]
    return said + [f"! {each.field}: {each.kept} | {each.other}" for each in found.differences]


@pytest.mark.parametrize(
    ("here", "other", "expected"),
    [
        # What is missing, or empty, is completed under the name that biblatex has for it.
        ("title = {Un}", "title = {Un}, journal = {Revue}, pages = {1-2}", ["+ journaltitle = Revue", "+ pages = 1-2"]),
        ("doi = {}", "doi = {10.1/a}", ["~ doi = 10.1/a"]),
        ("title = {Un}", "year = 2019, month = mar", ["+ year = 2019", "+ month = 3"]),
        # What says the same is no difference, however it is typed.
        ("title = {L'École}", "title = {l'école}", []),
        ("date = {2019-03}", "year = {2019}, month = mar", []),
        ("journal = {Revue}", "journaltitle = {Revue}", []),
        ("isbn = {2-07-036822-X}", "isbn = {9782070368228}", []),
        ("url = {http://a.example/b}", "url = {https://www.a.example/b/}", []),
        ("title = {Un : deux}", "title = {Un}, subtitle = {Deux}", []),
        # What differs stays, and both values are said.
        ("date = {2019}", "date = {2020}", ["! date: 2019 | 2020"]),
        ("year = {2019}", "date = {2020}", ["! date: 2019 | 2020"]),
        ("date = {2019}", "year = {2020}", ["! date: 2019 | 2020"]),
        ("author = {Roux, M.}", "author = {Roux, Marie}", ["! author: Roux, M. | Roux, Marie"]),
        # What goes with something that differs does not come alone.
        ("title = {Un}", "title = {Deux}, subtitle = {Trois}", ["! title: Un | Deux", "! subtitle:  | Trois"]),
        ("eprint = {1}, eprinttype = {hal}", "eprint = {2}, eprintclass = {cs}",
         ["! eprint: 1 | 2", "! eprintclass:  | cs"]),
        # Keywords, notes and links are united.
        ("keywords = {soin, ville}", "keywords = {Soin; école, ville}", ["~ keywords = soin, ville, école"]),
        ("keywords = {a b; c}", "keywords = {d}", ["~ keywords = a b; c; d"]),
        ("note = {Un}", "note = {Deux}", ["~ note = Un ; Deux"]),
        ("note = {Un et deux}", "note = {un}", []),
        ("internalnote = {Un}", "internalnote = {Deux}", ["~ internalnote = Un\n\nDeux"]),
        ("links = {PDF <http://a.example>}", "links = {Site <http://b.example>}",
         ["~ links = PDF <http://a.example>\nSite <http://b.example>"]),
        # What ties an entry to others of its file, or steers a program, is not taken.
        ("title = {Un}", "crossref = {b}, options = {x}, related = {c}", []),
        # What no field has a place for is kept.
        ("title = {Un}", "ris-xx = {un}, file = {a.pdf}", ["+ ris-xx = un", "+ file = a.pdf"]),
    ],
)  # fmt: skip
def test_a_merge_completes_unites_and_tells(here: str, other: str, expected: list[str]) -> None:
    assert brought(here, other) == expected


def test_a_merge_does_nothing_the_second_time() -> None:
    here = entry("title = {Un}, keywords = {a}, year = 2019")
    other = entry("title = {Un}, keywords = {b}, doi = {10.1/a}, note = {Deux}", key="autre")
    once = merged(here, merge(here, other, "autre"))
    assert dict(once.raw) == {
        "title": "Un", "keywords": "a, b", "year": "2019", "doi": "10.1/a", "note": "Deux", "ids": "autre",
    }  # fmt: skip
    assert (once.citekey, once.doi, once.keyword, once.keys) == ("a", "10.1/a", ("a", "b"), ("a", "autre"))
    again = merge(once, other, "autre")
    assert (again.values, again.differences) == ({}, ())


def test_the_lost_key_joins_those_that_were_lost_before() -> None:
    assert brought("ids = {x}", "ids = {y, X}", "z") == ["~ ids = x, z, y"]


def test_a_document_of_another_family_brings_no_place() -> None:
    found = brought(
        "title = {Un}", "title = {Un}, booktitle = {Actes}, volume = 3, doi = {10.1/a}", kind="inproceedings"
    )
    assert found == [
        "+ doi = 10.1/a",
        "! entrytype: article | inproceedings",
        "! booktitle:  | Actes",
        "! volume:  | 3",
    ]


def test_what_a_reference_takes_from_another_is_not_missing() -> None:
    text = "@inbook{a, title = {Un}, crossref = {b}}\n@book{b, title = {Livre}, publisher = {Seuil}, date = 2019}\n"
    here, _ = read_bibtex(text.encode(), "a.bib").value
    found = merge(here, entry("title = {Un}, publisher = {Seuil}, booktitle = {Livre}, date = 2019", "inbook"))
    assert (found.values, found.differences) == ({}, ())
