"""References that are one document become one, and whatever named the others leads to it."""

from __future__ import annotations

import pytest

from biblio.editing.uniting import Row, Union, side_by_side, unite
from biblio.formats.bibtex.reader import open_files, open_library, read_bibtex

ONE = """% un
@string{rev = {La revue}}
@article{a,
  title    = {Le soin},
  journal  = rev,
  keywords = {soin},
  note     = {Lu},
}

@misc{heir,
  crossref = {B},
  related  = {c,B,a},
}
"""
TWO = """@book{x, title = {Autre}}

% de b
@article{b,
  title    = {Le soin !},
  date     = {2019},
  pages    = {1-2},
  keywords = {ville, soin},
  note     = {Relu},
  ids      = {ancien},
}
@article{c, doi = {10.1/c}, url = {https://a.example/}}
"""


def united(kept: str, lost: list[str], values: dict[str, str | None], one: str = ONE, two: str = TWO) -> dict[str, str]:
    made = unite([(one.encode(), "1.bib"), (two.encode(), "2.bib")], [Union(kept, tuple(lost), values)])
    assert [each.code for each in made.diagnostics] == []
    return {path: content.decode() for path, content in made.contents.items()}


def test_the_one_that_stays_has_what_all_say_and_leads_from_all_keys() -> None:
    made = united("a", ["b", "C"], {"title": "Le soin", "url": None, "x-nous": "à nous"})
    assert made == {
        "1.bib": """% un
@string{rev = {La revue}}
@article{a,
  title    = {Le soin},
  journal  = rev,
  keywords = {soin, ville},
  note     = {Lu ; Relu},
  date     = {2019},
  pages    = {1-2},
  ids      = {b, ancien, c},
  doi      = {10.1/c},
  x-nous   = {à nous},
}

@misc{heir,
  crossref = {a},
  related  = {a},
}
""",
        "2.bib": "@book{x, title = {Autre}}\n\n% de b\n",
    }
    contents = [(content.encode(), path) for path, content in made.items()]
    library = open_library(open_files(contents)).value
    assert [library.get(key) for key in ("a", "b", "ancien", "c")] == [library.get("a")] * 4
    heir = library.get("heir")
    assert heir is not None
    assert heir.inherited["date"] == "2019"


def test_what_a_person_chose_stands_above_what_is_united() -> None:
    one = "@misc{a, year = 2018, month = 3, note = {Un}}\n@misc{b, date = {2019}, note = {Deux}}\n"
    made = united("a", ["b"], {"date": "2019", "note": "Trois", "entrytype": "report", "ids": "z"}, one, "")
    assert made == {"1.bib": "@report{a, note = {Trois}, ids = {b}, date = {2019}}\n"}


def test_files_that_nothing_changes_in_are_not_given() -> None:
    assert list(united("x", ["b"], {})) == ["1.bib", "2.bib"]
    assert list(united("b", ["c"], {}, "@book{z, title = {Z}}\n")) == ["2.bib"]


def test_ties_and_words_that_come_twice_are_followed_as_they_are_read() -> None:
    one = (
        "@misc{a, title = {Un}, keywords = {soin}, keywords = {été}}\n"
        "@misc{b, title = {Un}, keywords = {ville}, keywords = {soin}}\n"
        "@misc{c, crossref = {d}, crossref = {b}, related = {d}, related = {b}}\n@misc{d, note = {D}}\n"
    )
    made = united("a", ["b"], {}, one, "")
    assert made == {
        "1.bib": "@misc{a, title = {Un}, keywords = {soin, été, ville}, ids = {b}}\n"
        "@misc{c, crossref = {d}, crossref = {b}, related = {d, a}}\n@misc{d, note = {D}}\n"
    }


def test_one_that_took_fields_from_the_other_has_them_itself() -> None:
    one = "@inbook{a, title = {Un}, crossref = {b}}\n@book{b, title = {Tout}, date = {2019}}\n"
    made = united("a", ["b"], {}, one, "")
    (a,) = read_bibtex(made["1.bib"].encode(), "1.bib").value
    assert a.raw == {"title": "Un", "booktitle": "Tout", "date": "2019", "ids": "b"}


def test_an_entry_without_a_key_leaves_none() -> None:
    made = united("a", ["sans-cle-1"], {}, "@misc{a, title = {Un}}\n@misc{, date = {2019}}\n")
    assert made == {"1.bib": "@misc{a, title = {Un}, date = {2019}}\n"}


@pytest.mark.parametrize(
    ("one", "kept", "lost", "values", "codes"),
    [
        ("@misc{a, note = {Un}}", "a", ["z"], {}, ["E221"]),
        ("@misc{a, ids = {b}}\n@misc{c, note = {C}}", "c", ["b"], {}, ["E221"]),
        ("@misc{a, note = {Un}}\n@misc{b, note = {B}}\n@misc{b, note = {C}}", "a", ["b"], {}, ["E225"]),
        ("@misc{a, note = {Un}}\n@misc{b, note = {B}}", "a", ["b"], {"note": "{"}, ["E222"]),
        ("@misc{a, note = {Un\n\n@misc{b, note = {B}}", "a", ["b"], {}, ["E223"]),
    ],
)
def test_what_cannot_be_united_is_said_and_no_file_changes(
    one: str, kept: str, lost: list[str], values: dict[str, str | None], codes: list[str]
) -> None:
    made = unite([(one.encode(), "1.bib")], [Union(kept, tuple(lost), values)])
    assert (made.contents, [each.code for each in made.diagnostics]) == ({}, codes)


def test_an_encoding_without_place_for_what_comes_is_said() -> None:
    contents = [("@misc{a, note = {Été}}".encode("cp1252"), "1.bib"), ("@misc{b, title = {Город}}".encode(), "2.bib")]
    made = unite(contents, [Union("a", ("b",))])
    assert ([each.code for each in made.diagnostics], made.contents) == (["E226"], {})


def test_two_references_stand_side_by_side() -> None:
    text = """@article{a, title = {Le soin}, journal = {Revue}, keywords = {soin}, date = {2019}, x-nous = {1},
  note = {Lu}}
@report{b, title = {La ville}, journaltitle = {revue}, keywords = {ville}, year = 2020, month = mar, x-nous = {2},
  pages = {1-2}, note = {Lu}, crossref = {c}}
"""
    a, b = read_bibtex(text.encode(), "a.bib").value
    assert side_by_side(a, b) == (
        Row("entrytype", "article", "report", "article", differs=True),
        Row("title", "Le soin", "La ville", "Le soin", differs=True),
        Row("journal", "Revue", "revue", "Revue", differs=False),
        Row("date", "2019", "2020-3", "2019", differs=True),
        Row("pages", "", "1-2", "", differs=False),
        Row("keywords", "soin", "ville", "soin, ville", differs=False),
        Row("note", "Lu", "Lu", "Lu", differs=False),
        Row("x-nous", "1", "2", "1", differs=True),
    )


def test_a_date_in_old_fields_is_one_row() -> None:
    a, b = read_bibtex(b"@misc{a, title = {T}}\n@misc{b, year = 2020, month = 3}", "a.bib").value
    assert side_by_side(a, b)[2] == Row("date", "", "2020-3", "2020-3", differs=False)


def test_several_unions_are_one_change() -> None:
    text = """@book{a, title = {Un}}
@book{b, title = {Un}, date = {2020}}
@book{c, title = {Deux}}
@book{d, title = {Deux}, isbn = {978-2-07-036822-8}}
@misc{e, related = {b,d}, title = {Trois}}
"""
    made = unite([(text.encode(), "1.bib")], [Union("a", ("b",)), Union("c", ("d",))])
    assert made.diagnostics == ()
    references = read_bibtex(made.contents["1.bib"], "1.bib").value
    assert [(each.citekey, each.raw) for each in references] == [
        ("a", {"title": "Un", "date": "2020", "ids": "b"}),
        ("c", {"title": "Deux", "isbn": "978-2-07-036822-8", "ids": "d"}),
        ("e", {"related": "a, c", "title": "Trois"}),
    ]
