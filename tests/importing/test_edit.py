"""What merges bring is written in its place, and every other byte of the file stays."""

from __future__ import annotations

import codecs

import pytest

from biblio.importing.edit import edited

FILE = """% en tête
@STRING{rev = "La revue"}
@article{un,
    title   = {Le soin},
    journal = rev,
    note    = {Déjà là},
    doi     = {}
}
@book{deux, title="La ville"}
  % à la fin
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize(
    ("mark", "codec"),
    [(b"", "utf-8"), (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (b"", "cp1252")],
)
def test_fields_are_added_and_completed_in_the_layout_of_the_entry(mark: bytes, codec: str, newline: str) -> None:
    values = {
        "un": {"note": "Déjà là ; ailleurs", "doi": "10.1/a", "pages": "1--9", "keywords": "été"},
        "deux": {"date": "2019"},
    }
    expected = FILE.replace("Déjà là", "Déjà là ; ailleurs").replace(
        "{}\n", "{10.1/a},\n    pages   = {1--9},\n    keywords = {été}\n"
    )
    expected = expected.replace('"La ville"', '"La ville", date={2019}')

    def encoded(text: str) -> bytes:
        return mark + text.replace("\n", newline).encode(codec)

    made = edited(encoded(FILE), "a.bib", values)
    assert made.content == encoded(expected)
    assert made.left == ()
    assert edited(made.content, "a.bib", values) == made


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ('@book{un, title = "Le " # "soin"}', '@book{un, title = "Le " # "soin", note = {Neuf}}'),
        ("@book{un, title = {Le soin}, note = rev # {x}}", "@book{un, title = {Le soin}, note = {Neuf}}"),
        ("@book{un}", "@book{un,\n  note             = {Neuf},\n}"),
    ],
)
def test_a_value_has_its_place_behind_or_instead_of_pieces(text: str, after: str) -> None:
    made = edited(text.encode(), "a.bib", {"un": {"note": "Neuf"}})
    assert (made.content.decode(), made.left) == (after, ())


def test_what_has_no_place_to_be_written_is_left_and_the_rest_is_not() -> None:
    text = "@book{un, title = {É}}\n\n@book{deux, note {x}, doi = {}}\n\n@book{trois, year = 1}\n"
    values = {
        "un": {"date": "2019", "note": "Город", "doi": "10.1/a"},
        "deux": {"date": "2019"},
        "trois": {"date": "1", "annotation": "Où {"},
    }
    made = edited(text.encode("cp1252"), "a.bib", values)
    assert made.left == (("un", "note"), ("deux", "date"))
    assert made.content.decode("cp1252") == text.replace("{É}", "{É}, date = {2019}, doi = {10.1/a}").replace(
        "year = 1", "year = 1, date = {1}, annotation = {Où \\textbraceleft{}}"
    )


def test_of_two_entries_with_one_key_the_first_is_completed() -> None:
    made = edited(b"@book{a, title = {Un}}\n\n@book{a, title = {Deux}}\n", "a.bib", {"a": {"date": "2019"}})
    assert made.content == b"@book{a, title = {Un}, date = {2019}}\n\n@book{a, title = {Deux}}\n"
