"""The biblatex writer: its layout, that nothing is lost, and that no value can break out of its braces."""

from __future__ import annotations

from dataclasses import replace

import pytest
from formats.samples import house, one, values
from hypothesis import example, given
from hypothesis import strategies as st

from biblio.formats.bibtex.reader import read_bibtex
from biblio.formats.bibtex.writer import write_bibtex
from biblio.reference.reference import Reference
from biblio.text.inline import plain


def reread(text: str) -> list[Reference]:
    """The references of a text that the writer made: it must not hold any fault of syntax."""
    parsed = read_bibtex(text.encode(), "essai.bib")
    assert [fault.code for fault in parsed.diagnostics if fault.code.startswith("P10")] == []
    return list(parsed.value)


def test_nothing_written_is_nothing() -> None:
    assert write_bibtex([]) == ""


def test_layout() -> None:
    messy = """
        @string{cnsa = "CNSA"}
        @Book( clé-1, x-cote={A 12}, TITLE = "Un {Titre}
           long", year=2020 , month = mar, ISSN=12345678, address={Aix}, annote = {Bien.},
           publisher = cnsa # { et {Cie}},
           AUTHOR={Doe, J.}
        )
        @misc{clé-2,}
    """
    expected = """\
@book{clé-1,
  author           = {Doe, J.},
  title            = {Un {Titre} long},
  publisher        = {CNSA et {Cie}},
  location         = {Aix},
  year             = {2020},
  month            = {3},
  issn             = {12345678},
  annotation       = {Bien.},
  x-cote           = {A 12},
}

@misc{clé-2,
}
"""
    assert write_bibtex(read_bibtex(messy.encode(), "essai.bib").value) == expected


def test_lines_are_kept_in_links_and_between_paragraphs() -> None:
    source = """\
@online{k,
  title            = {Sans
  coupure

  aucune},
  links            = {

    Un <https://a.example> (pdf)
      Deux <https://b.example>


    Trois
},
  annotation       = {

  Premier
  paragraphe.


  Second.
  },
}
"""
    expected = """\
@online{k,
  title            = {Sans coupure aucune},
  links            = {
    Un <https://a.example> (pdf)
    Deux <https://b.example>

    Trois
  },
  annotation       = {Premier paragraphe.

Second.},
}
"""
    assert write_bibtex([one(source)]) == expected


def test_line_ends_of_every_system_are_the_same() -> None:
    raw = {"annotation": "Un\r\ndeux.\r\n\r\nTrois.\r\r@book{x,}", "links": "Un\rDeux"}
    (again,) = reread(write_bibtex([replace(one("@book{k,}"), raw=raw)]))
    assert dict(again.raw) == {
        "annotation": "Un deux.\n\nTrois.\n\n\u00a0@book{x,}",
        "links": "\n    Un\n    Deux\n  ",
    }


def test_an_alias_stays_beside_its_replacement() -> None:
    written = write_bibtex([one("@article{k, journal = {Ancien}, journaltitle = {Nouveau}}")])
    assert "journal          = {Ancien}" in written
    assert "journaltitle     = {Nouveau}" in written


def test_school_does_not_overtake_organization() -> None:
    reference = one("@thesis{k, school = {Ici}, organization = {Là}}")
    assert reread(write_bibtex([reference]))[0].publisher == reference.publisher == ("Là",)


def test_the_house_comes_back_whole() -> None:
    written = write_bibtex(house())
    again = reread(written)
    assert len(house()) > 100
    assert [values(reference) for reference in again] == [values(reference) for reference in house()]
    assert [dict(reference.raw) for reference in again] == [dict(reference.raw) for reference in house()]
    assert write_bibtex(again) == written


# Characters that mean something to BibTeX, to the reader or to LaTeX, and a few that mean nothing.
MARKS = [*'{}\\"@=,#%()&~$-_<> \t\n', "\n\n", "\r\n", "\r", "\u00a0", "\x0b", "\x07", "\0", "e\u0301", "é", "a", "1"]
HEADS = ["@book{k,", "\n@book{k,\n", "\n\n@book(k,", "},\n  note = {", "\n}\n", "\\{", "\\}", " and ", "\\par ", "%\n"]
anything = st.lists(st.sampled_from(MARKS + HEADS), max_size=12).map("".join)
balanced = st.recursive(
    st.lists(st.sampled_from([mark for mark in MARKS if mark not in "{}\0"] + ["\n@book(k,"]), max_size=6).map("".join),
    lambda inner: st.lists(inner | inner.map(lambda value: "{" + value + "}"), max_size=4).map("".join),
    max_leaves=6,
)
NAMES = ["title", "author", "publisher", "keywords", "date", "pages", "number", "url", "links", "annotation", "x-fonds"]


@given(st.dictionaries(st.sampled_from(NAMES), balanced, max_size=4))
@example({"author": "{}{\u00a0}\n@book(k,"})
@example({"date": "{}{\u00a0}\n@book(k,"})
def test_what_was_read_is_read_again(raw: dict[str, str]) -> None:
    typed = "".join(f"{name} = {{{value}}},\n" for name, value in raw.items())
    # The source is the reader's affair; whatever references it makes of it are the writer's.
    references = read_bibtex(f"@book{{k,\n{typed}}}".encode(), "essai.bib").value
    again = reread(write_bibtex(references))
    assert [values(reference) for reference in again] == [values(reference) for reference in references]
    assert write_bibtex(again) == write_bibtex(references)


@given(st.dictionaries(st.sampled_from(NAMES), anything, max_size=4), anything, anything)
def test_no_value_breaks_out(raw: dict[str, str], citekey: str, entry_type: str) -> None:
    hostile = replace(one("@book{k,}"), raw=raw, citekey=citekey, entry_type=entry_type)
    following = one("@misc{suivante, title = {Suivante}}")
    written = write_bibtex([hostile, following])
    first, second = reread(written)
    assert list(first.raw) == sorted(raw, key=NAMES_IN_ORDER.index)
    assert values(second) == values(following)
    assert write_bibtex([first, second]) == written


NAMES_IN_ORDER = "author title publisher number date pages url links keywords annotation x-fonds".split()


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Un { seul", r"Un \textbraceleft{} seul"),
        ("Un } seul", r"Un \textbraceright{} seul"),
        ("}{", r"\textbraceright{}\textbraceleft{}"),
        (r"Un \{ seul", r"Un \textbraceleft{} seul"),
        (r"Un \\{ seul", r"Un \\\textbraceleft{} seul"),
        ("{a} {b", r"{a} \textbraceleft{}b"),
        ("a},\n  note = {b", r"a\textbraceright{}, note = \textbraceleft{}b"),
        (r"\{ a {\} }", r"\{ a {\} }"),
    ],
)
def test_an_unpaired_brace_becomes_a_command(typed: str, written: str) -> None:
    (reference,) = reread(write_bibtex([replace(one("@book{k,}"), raw={"title": typed})]))
    assert dict(reference.raw) == {"title": written}


def test_an_unpaired_brace_in_an_address_is_its_code() -> None:
    written = write_bibtex([replace(one("@book{k,}"), raw={"url": "https://a.example/{b"})])
    assert reread(written)[0].url == "https://a.example/%7Bb"


def test_a_paragraph_that_looks_like_an_entry_stays_a_paragraph() -> None:
    reference = replace(one("@book{k,}"), raw={"annotation": "Un.\n\n@book{x,\ntitle = {Deux}}"})
    (again,) = reread(write_bibtex([reference]))
    assert [plain(paragraph) for paragraph in again.annotation] == ["Un.", "@bookx, title = Deux"]


@pytest.mark.parametrize("typed", ["comment", "string", "preamble", "", "1livre", "{"])
def test_a_type_that_is_none_becomes_misc(typed: str) -> None:
    assert reread(write_bibtex([replace(one("@book{k,}"), entry_type=typed)]))[0].entry_type == "misc"


def test_hostile_names_of_fields_stay_names() -> None:
    reference = replace(one("@book{k,}"), raw={"a = {}, note": "x", "titre\n}": "y", "=": "z"})
    assert dict(reread(write_bibtex([reference]))[0].raw) == {"anote": "x", "titre": "y"}


def test_a_lone_surrogate_is_left_out() -> None:
    written = write_bibtex([replace(one("@book{k,}"), raw={"title": "a\ud800b"})])
    assert written.encode("utf-8").count(b"{ab}") == 1
