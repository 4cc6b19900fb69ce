"""An entry is changed in its place, and every other byte of the file stays."""

from __future__ import annotations

import codecs

import pytest

from biblio.editing.entries import EntryChange, appended, changed, changed_entry, removed_entry
from biblio.formats.bibtex.reader import read_bibtex
from biblio.words.tables import faults

FILE = """% en tête
@STRING{rev = "La revue"}
@article{un,
    title   = {Le soin}, % à revoir
    journal = rev,
    note    = {Déjà là},
    x-nous  = {gardé}
}

@book{deux, title="La ville"}
  % à la fin
"""


def after(text: str, values: dict[str, str | None], key: str = "a") -> str:
    made = changed_entry(text.encode(), "a.bib", key, EntryChange(values))
    assert [each.code for each in made.diagnostics] == []
    return made.content.decode()


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize(
    ("mark", "codec"),
    [(b"", "utf-8"), (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (b"", "cp1252")],
)
def test_fields_are_set_added_and_taken_away_in_their_places(mark: bytes, codec: str, newline: str) -> None:
    def encoded(text: str) -> bytes:
        return mark + text.replace("\n", newline).encode(codec)

    change = EntryChange(
        {"title": "Le soin\r\nde l'été", "journaltitle": "Autre", "note": None, "pages": "1--9", "x-eux": "à nous"},
        "Report",
        "trois",
    )
    expected = """% en tête
@STRING{rev = "La revue"}
@Report{trois,
    title   = {Le soin de l'été}, % à revoir
    journal = {Autre},
    x-nous  = {gardé},
    pages   = {1--9},
    x-eux   = {à nous},
    ids     = {un}
}

@book{deux, title="La ville"}
  % à la fin
"""
    made = changed_entry(encoded(FILE), "a.bib", "UN", change)
    assert made.diagnostics == ()
    assert made.content == encoded(expected)


# Each: the entry, the fields to set, and the entry after it.
PLACES: dict[str, tuple[str, dict[str, str | None], str]] = {
    "braces": ("@book{a, title = {B}}", {"title": "C"}, "@book{a, title = {C}}"),
    "quotes": ('@book{a, title = "B"}', {"title": 'C {"} d'}, '@book{a, title = "C {"} d"}'),
    "quotes that would end": ('@book{a, title = "B"}', {"title": 'dit "C"'}, '@book{a, title = {dit "C"}}'),
    "a number": ("@book{a, year = 2018}", {"year": "2019"}, "@book{a, year = 2019}"),
    "no number any more": ("@book{a, year = 2018}", {"year": "2019?"}, "@book{a, year = {2019?}}"),
    "a macro": ("@book{a, journal = rev, year = 1}", {"journal": "Revue"}, "@book{a, journal = {Revue}, year = 1}"),
    "pieces": ('@book{a, title = "B" # c # {d}, year = 1}', {"title": "E"}, "@book{a, title = {E}, year = 1}"),
    "parentheses": ("@book(a, title = {B (c)})", {"title": "D)", "note": "N"}, "@book(a, title = {D)}, note = {N})"),
    "twice": ("@book{a, note = {B}, note = {C}}", {"note": "D"}, "@book{a, note = {D}, note = {C}}"),
    "twice, away": ("@book{a, note = {B}, note = {C}, year = 1}", {"note": None}, "@book{a, year = 1}"),
    "words twice": (
        "@book{a,\n  keywords = {B},\n  year=1,\n  keywords = {C}, % c\n}",
        {"keywords": "D"},
        "@book{a,\n  keywords = {D},\n  year=1,\n  % c\n}",
    ),
    "words twice, as they are read": (
        "@book{a, keywords = {B}, keywords = {C}}",
        {"keywords": "B, C"},
        "@book{a, keywords = {B}, keywords = {C}}",
    ),
    "words twice, the first of them": (
        "@book{a, keywords = {B}, keywords = {C}}",
        {"keywords": "B"},
        "@book{a, keywords = {B}}",
    ),
    "addresses three times": (
        "@book{a, url = {https://a.fr}, url = {https://b.fr}, url = {}}",
        {"url": "https://c.fr"},
        "@book{a, url = {https://c.fr} }",
    ),
    "addresses twice, away": ("@book{a, url = {https://a.fr}, url = {https://b.fr}}", {"url": None}, "@book{a, }"),
    "an old spelling": ("@book{a, address = {B}}", {"location": "C"}, "@book{a, address = {C}}"),
    "an old spelling, away": ("@book{a, address = {B}, year = 1}", {"location": None}, "@book{a, year = 1}"),
    "a new spelling": (
        "@book{a, address = {B}}",
        {"location": "C", "address": None},
        "@book{a, location = {C}}",
    ),
    "no fields": ("@book{a}", {"title": "B"}, "@book{a,\n  title            = {B},\n}"),
    "no fields, a comma": ("@book{a,\n}", {"title": "B"}, "@book{a,\n  title            = {B},\n}"),
    "the only one, away": ("@book{a, title = {B}}", {"title": None}, "@book{a,}"),
    "the last, away": ("@book{a, title = {B}, note={C}}", {"note": None}, "@book{a, title = {B}}"),
    "the first, away": ("@book{a, title = {B}, note={C}}", {"title": None}, "@book{a, note={C}}"),
    "all another": ("@book{a, title = {B}}", {"title": None, "note": "C"}, "@book{a, note = {C}}"),
    "of several lines": (
        "@book{a,\n  title = {B\n    C},\n  year = 1\n}",
        {"title": None},
        "@book{a,\n  year = 1\n}",
    ),
    "the last line, away": (
        "@book{a,\n  title = {B}, % c\n  year = 1\n}",
        {"year": None},
        "@book{a,\n  title = {B} % c\n}",
    ),
    "the last line for another": (
        "@book{a,\n  title = {B}, % c\n  year = 1\n}",
        {"year": None, "date": "2"},
        "@book{a,\n  title = {B}, % c\n  date = {2}\n}",
    ),
    "all lines, away": ("@book{a,\n  title = {B},\n  year = 1\n}", {"title": None, "year": None}, "@book{a,\n}"),
    "all lines for another": (
        "@book{a,\n  title = {B},\n  year  = 1,\n}",
        {"title": None, "year": None, "note": "C"},
        "@book{a,\n  note  = {C},\n}",
    ),
    "a comment behind": (
        "@book{a,\n  title = {B} % c\n}",
        {"date": "1"},
        "@book{a,\n  title = {B}, % c\n  date = {1}\n}",
    ),
    "its comment stays": (
        "@book{a,\n  title = {B}, % c\n  year = 1,\n}",
        {"title": None},
        "@book{a,\n  % c\n  year = 1,\n}",
    ),
    "a comment before the comma": (
        "@book{a,\n  title = {B} % c\n  , year = 1,\n}",
        {"title": None},
        "@book{a,\n  % c\n   year = 1,\n}",
    ),
    "a column of commas": (
        "@book{a\n  , title = {B}\n  , year = 1\n}",
        {"title": None, "note": "C", "date": "2"},
        "@book{a\n  , year = 1\n  , note = {C}\n  , date = {2}\n}",
    ),
    "a column of commas, the last": (
        "@book{a\n  , title = {B}\n  , year = 1 % c\n}",
        {"year": None},
        "@book{a\n  , title = {B}\n  % c\n}",
    ),
    "closed on the last line": (
        "@book{a,\n  title={B},\n  year={1}}",
        {"note": "C"},
        "@book{a,\n  title={B},\n  year={1},\n  note={C}}",
    ),
    "closed on the last line, away": (
        "@book{a,\n  title={B}, % c\n  year={1}}",
        {"year": None},
        "@book{a,\n  title={B} % c\n  }",
    ),
    "one line, a comma at its end": ("@book{a, title={B},}", {"note": "C"}, "@book{a, title={B}, note={C},}"),
    "two on a line": (
        "@book{a,\n  title={B}, year={1},\n  note={C}\n}",
        {"year": None},
        "@book{a,\n  title={B},\n  note={C}\n}",
    ),
    "paragraphs": (
        "@book{a,\n  abstract = {B},\n}",
        {"abstract": "B\r\n\r\nC\nd\n\n@book{x, title = {Y}}"},
        "@book{a,\n  abstract = {B\n\nC d\n\n\u00a0@book{x, title = {Y}}},\n}",
    ),
    "links": (
        "@book{a,\n  year = 1,\n}",
        {"links": "Lire <https://a.example/>\nVoir <https://b.example/>"},
        "@book{a,\n  year = 1,\n  links = {\n    Lire <https://a.example/>\n    Voir <https://b.example/>\n  },\n}",
    ),
    "an accent typed apart": ("@book{a, title = {B}}", {"title": "e\u0301te\u0301"}, "@book{a, title = {été}}"),
    "a comma that is missing": (
        "@book{a,\n  title = {B}\n  year = {1},\n}",
        {"year": "2"},
        "@book{a,\n  title = {B}\n  year = {2},\n}",
    ),
    "the same": ("@book{a, title = rev # {B}}", {"title": "revB"}, "@book{a, title = rev # {B}}"),
    "what is not there": ("@book{a, title = {B}}", {"note": None}, "@book{a, title = {B}}"),
    "nothing in it": ("@book{a, title = {B}}", {"title": ""}, "@book{a, title = {}}"),
}


@pytest.mark.parametrize("case", PLACES)
@pytest.mark.parametrize("around", ["", "% un\n\n@string{rev2 = {R}}\n"])
def test_the_layout_of_an_entry_is_kept(case: str, around: str) -> None:
    before, values, expected = PLACES[case]
    behind = "\n\n@book{a, title = {La seconde}}\n% fin"
    assert after(f"{around}{before}{behind}", values) == f"{around}{expected}{behind}"


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("@book{a, title = {B}}", "@book{c, title = {B}, ids = {a}}"),
        ("@book{a , title = {B}, ids = {z, C}}", "@book{c , title = {B}, ids = {z, a}}"),
        ("@book{A, title = {B}, ids = {a}}", "@book{c, title = {B}, ids = {a}}"),
    ],
)
def test_a_former_key_goes_on_leading_to_the_entry(before: str, expected: str) -> None:
    made = changed_entry(before.encode(), "a.bib", "a", EntryChange(citekey="c"))
    assert (made.content.decode(), made.diagnostics) == (expected, ())


def test_a_key_in_other_letters_is_no_other_key() -> None:
    made = changed_entry(b"@book{a, title = {B}}", "a.bib", "a", EntryChange(citekey="A"))
    assert made.content == b"@book{A, title = {B}}"


@pytest.mark.parametrize(
    ("before", "expected"),
    [("@book{, title = {B}}", "@book{c, title = {B}}"), ("@book{title = {B}}", "@book{c, title = {B}}")],
)
def test_an_entry_without_a_key_gets_one(before: str, expected: str) -> None:
    other = "\n@misc{, note = {N}}"
    made = changed_entry((before + other).encode(), "a.bib", "sans-cle-1", EntryChange(citekey="c"))
    assert (made.content.decode(), made.diagnostics) == (expected + other, ())


REFUSED = {
    "an entry that is not there": (b"@book{a, title = {B}}", "z", EntryChange({"title": "C"}), "E221"),
    "a brace alone": (b"@book{a, title = {B}}", "a", EntryChange({"title": "C}"}), "E222"),
    "braces the wrong way round": (b"@book{a, title = {B}}", "a", EntryChange({"title": "}C{"}), "E222"),
    "a value without an end": (
        b"@book{a, title = {B\n\n@book{b, title = {C}}",
        "a",
        EntryChange({"note": "D"}),
        "E223",
    ),
    "a sign that is missing": (b"@book{a, title {B}, year = 1}", "a", EntryChange({"title": "D"}), "E223"),
    "the name of a field": (b"@book{a, title = {B}}", "a", EntryChange({"mon champ": "C"}), "E224"),
    "no name of a field": (b"@book{a, title = {B}}", "a", EntryChange({"": "C"}), "E224"),
    "a key": (b"@book{a, title = {B}}", "a", EntryChange(citekey="b, c"), "E224"),
    "a key with a bracket": (b"@book(a, title = {B})", "a", EntryChange(citekey="b)"), "E224"),
    "a type": (b"@book{a, title = {B}}", "a", EntryChange(entry_type="comment"), "E224"),
    "the key of another": (b"@book{a, title = {B}}\n@book{b, year = 1}", "a", EntryChange(citekey="B"), "E225"),
    "the former key of another": (b"@book{a, title = {B}}\n@book{b, ids = {c}}", "a", EntryChange(citekey="c"), "E225"),
    "no place": ("@book{a, title = {Été}}".encode("cp1252"), "a", EntryChange({"title": "Où ? Город"}), "E226"),
    "an encoding": (
        "% Encoding: ISO-8859-2\n@book{a, title = {Été ż}}".encode("iso-8859-2"),
        "a",
        EntryChange({"title": "C"}),
        "E171",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_written_is_said_and_the_file_stays(case: str) -> None:
    content, key, change, code = REFUSED[case]
    made = changed_entry(content, "a.bib", key, change)
    assert made.content == content
    assert [each.code for each in made.diagnostics] == [code]


def test_the_characters_without_a_place_are_named() -> None:
    content, key, change, _ = REFUSED["no place"]
    (said,) = changed_entry(content, "a.bib", key, change).diagnostics
    assert faults()[said.code].message["fr"].format(**said.arguments) == (
        "l'encodage de ce fichier n'a pas de place pour : Г о р д ; rien n'a été écrit"
    )


def test_a_character_that_the_encoding_has_is_written_in_it() -> None:
    made = changed_entry(
        "@book{a, title = {Été}}".encode("cp1252"), "a.bib", "a", EntryChange({"title": "L’œil à 3 €"})
    )
    assert made.content == "@book{a, title = {L’œil à 3 €}}".encode("cp1252")


def test_several_entries_are_changed_or_none_is() -> None:
    content = b"@book{a, title = {B}}\n@book{b, title = {C}}\n@book{c, title = {D}}\n"
    good = {"a": EntryChange({"title": "E"}), "b": None, "c": EntryChange({"note": "F"})}
    assert changed(content, "a.bib", good).content == b"@book{a, title = {E}}\n@book{c, title = {D}, note = {F}}\n"
    made = changed(content, "a.bib", {**good, "z": None, "c": EntryChange({"note": "{"})})
    assert made.content == content
    assert [each.code for each in made.diagnostics] == ["E222", "E221"]


GONE = {
    "between two": ("% un\n@book{b}\n\n@book{a,\n  title = {B}\n}\n\n@book{c}\n", "% un\n@book{b}\n\n@book{c}\n"),
    "first": ("@book{a, title = {B}}\n\n\n@book{c}\n", "@book{c}\n"),
    "last": ("@book{b}\n\n\n@book{a, title = {B}}\n\n", "@book{b}\n"),
    "last, no line end": ("@book{b}\n\n@book{a, title = {B}}", "@book{b}\n"),
    "alone": ("\n@book{a, title = {B}}\n", ""),
    "its comment stays": ("@book{b}\n\n% de a ?\n@book{a}\n\n@book{c}\n", "@book{b}\n\n% de a ?\n\n@book{c}\n"),
    "a comment behind": ("@book{a} % c\n@book{b}\n", " % c\n@book{b}\n"),
    "two on a line": ("@book{b}, @book{a}, @book{c}\n", "@book{b}, , @book{c}\n"),
    "the first of two": ("@book{a, year = 1}\n@book{a, year = 2}\n", "@book{a, year = 2}\n"),
    "indented": ("@book{b}\n  @book{a, year = 1}  \n  @book{c}\n", "@book{b}\n  @book{c}\n"),
    "parentheses": ("@book(a, year = 1)\n@book{b}", "@book{b}"),
    "no key": ("@book{a, year = 1}\n@book{, year = 2}\n", "@book{, year = 2}\n"),
    "a macro": (
        "@string{r = {R}}\n@book{a, journal = r}\n@book{b, journal = r}\n",
        "@string{r = {R}}\n@book{b, journal = r}\n",
    ),
}


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("case", GONE)
def test_an_entry_goes_with_the_blank_lines_that_it_leaves(case: str, newline: str) -> None:
    before, expected = (text.replace("\n", newline).encode() for text in GONE[case])
    made = removed_entry(before, "a.bib", "a")
    assert (made.content, made.diagnostics) == (expected, ())


@pytest.mark.parametrize("text", ["@book{a, title = {B\n\n% de b\n@book{b}\n", "@book{a, title {B}\n% c\n}\n"])
def test_an_entry_whose_end_is_unsure_is_not_removed(text: str) -> None:
    made = removed_entry(text.encode(), "a.bib", "a")
    assert made.content == text.encode()
    assert [each.code for each in made.diagnostics] == ["E223"]


NEW = "@book{neuf,\n  title            = {Été},\n}\n"


@pytest.mark.parametrize(
    ("before", "gap"),
    [(b"", b""), (b"% un\r\n@book{a, title = {B}}", b"\r\n\r\n"), (b"@book{a, title = {B}}\n", b"\n")],
)
def test_new_entries_go_to_the_end(before: bytes, gap: bytes) -> None:
    new = NEW.replace("\n", "\r\n") if b"\r\n" in before else NEW
    assert appended(before, "a.bib", NEW) == before + gap + new.encode()


def test_new_entries_are_in_the_encoding_of_the_file() -> None:
    before = codecs.BOM_UTF16_LE + "@book{a, title = {B}}\n".encode("utf-16-le")
    assert appended(before, "a.bib", NEW) == before + ("\n" + NEW).encode("utf-16-le")
    latin = "@book{a, title = {É}}\n".encode("cp1252")
    assert appended(latin, "a.bib", NEW) == latin + ("\n" + NEW).encode("cp1252")
    assert appended(latin, "a.bib", NEW.replace("Été", "Город")) is None


@pytest.mark.parametrize("before", [b"@book{a, title = {B}", b'@book{a, title = "B', b"@comment{ jamais"])
def test_behind_an_entry_without_an_end_new_ones_are_read(before: bytes) -> None:
    after = appended(before, "a.bib", NEW)
    assert after is not None
    assert after.startswith(before)
    assert read_bibtex(after, "a.bib").value[-1].citekey == "neuf"
