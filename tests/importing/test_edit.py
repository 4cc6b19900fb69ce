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
    expected = expected.replace('"La ville"', '"La ville", date= {2019}')

    def encoded(text: str) -> bytes:
        return mark + text.replace("\n", newline).encode(codec)

    made = edited(encoded(FILE), "a.bib", values)
    assert made.content == encoded(expected)
    assert made.left == ()
    assert edited(made.content, "a.bib", values) == made


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ('@book{un, title = "Le " # "soin"}', [("un", "note")]),
        ("@book{un, title = {Le soin}, note = rev # {x}}", [("un", "note")]),
        ("@book{un}", [("un", "note")]),
    ],
)
def test_a_value_that_has_no_place_to_be_written_is_left(text: str, left: list[tuple[str, str]]) -> None:
    made = edited(text.encode(), "a.bib", {"un": {"note": "Neuf"}})
    assert (made.content.decode(), list(made.left)) == (text, left)


def test_of_two_entries_with_one_key_the_first_is_completed() -> None:
    made = edited(b"@book{a, title = {Un}}\n\n@book{a, title = {Deux}}\n", "a.bib", {"a": {"date": "2019"}})
    assert made.content == b"@book{a, title = {Un}, date = {2019}}\n\n@book{a, title = {Deux}}\n"
