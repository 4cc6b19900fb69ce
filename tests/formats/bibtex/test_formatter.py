"""The formatter: one readable form, the same meaning, every comment in its place."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from formats.bibtex.strategies import files, soup
from formats.samples import HOUSE_FILES, values
from hypothesis import given

from biblio.formats.bibtex.formatter import format_bibtex
from biblio.formats.bibtex.reader import read_bibtex

MESSY = """\
% Les rapports du CNSA

@string{cnsa = "Caisse nationale"}
@string{mars = mar}
@Preamble{"\\newcommand{\\x}{y}"}
Du texte libre.
@REPORT{ cle ,Year=2020, Title = "Un
   titre {très} {\\"a}", % la page de titre
  % l'auteur est au dos
  author={Doe, Jane
     and Roe, Rita},institution = cnsa # " et " # {l'ANAP}, month=mars ,
  x-cote = {A
    B},
  links={
Un <https://a.example>

Deux <https://b.example>},
  % à vérifier
}   % fin du rapport
@book(deux, title={Deux})@misc{trois,title=trois}
% une remarque
% sur deux lignes
@misc{quatre}



@comment{jabref-meta: x
  y;}
% la fin
"""

TIDY = """\
% Les rapports du CNSA

@string{cnsa = "Caisse nationale"}
@string{mars = mar}
@Preamble{"\\newcommand{\\x}{y}"}
Du texte libre.
@report{cle,
  % l'auteur est au dos
  author           = {Doe, Jane and Roe, Rita},
  title            = {Un titre {très} {\\"a}}, % la page de titre
  institution      = cnsa # { et } # {l'ANAP},
  year             = {2020},
  month            = mars,
  links            = {
    Un <https://a.example>

    Deux <https://b.example>
  },
  x-cote           = {A
    B},
  % à vérifier
} % fin du rapport

@book{deux,
  title            = {Deux},
}

@misc{trois,
  title            = trois,
}

% une remarque
% sur deux lignes
@misc{quatre,
}

@comment{jabref-meta: x
  y;}
% la fin
"""


def test_the_form() -> None:
    assert format_bibtex(MESSY).value == TIDY
    assert format_bibtex(TIDY).value == TIDY


@pytest.mark.parametrize("path", HOUSE_FILES, ids=lambda path: path.stem)
def test_the_house_is_in_form(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert format_bibtex(text).value == text


@pytest.mark.parametrize(
    "entry",
    [
        "@book{a,\n   title={Un {titre},\n  year=2019 }",
        "@book{a,  title={Un} titre}, year=2019 }",
        "@book{a,  title={Un titre}},\n year=2019 }",
        "@book{a,  title={Un titre} year=2019 }",
        "@book{a  title={Un titre}, year=2019 }",
        "@book{,  title={Un titre},year=2019 }",
        "@book{a,  title={Un titre},year=2019 ",
    ],
)
def test_an_entry_with_a_fault_stays_as_it_is(entry: str) -> None:
    formatted = format_bibtex(f"@misc{{avant,title={{Avant}}}}\n\n{entry}\n\n@misc{{apres,title={{Après}}}}\n")
    assert formatted.diagnostics
    pieces = formatted.value.split("\n\n")
    assert pieces[0] == "@misc{avant,\n  title            = {Avant},\n}"
    assert pieces[1].rstrip("\n") == entry.rstrip("\n")
    assert pieces[-1] == "@misc{apres,\n  title            = {Après},\n}\n"


def test_a_comment_inside_a_value_keeps_the_entry_as_it_is() -> None:
    typed = '@book{a,  title = "Un" # % joint\n  " titre"}'
    assert format_bibtex(typed).value == f"{typed}\n"


def test_an_undefined_macro_is_no_fault_of_syntax() -> None:
    assert format_bibtex("@book{a,title=inconnu}").value == "@book{a,\n  title            = inconnu,\n}\n"


def test_nothing_is_nothing() -> None:
    assert format_bibtex("").value == ""
    assert format_bibtex("% seul").value == "% seul\n"


def said(text: str) -> list[dict[str, object]]:
    return [
        {name: value for name, value in values(reference).items() if name != "inherited"}
        for reference in read_bibtex(text.encode(), "essai.bib").value
    ]


def comments(text: str) -> Counter[str]:
    return Counter(comment.strip() for comment in re.findall(r"%[^\n]*", text))


@pytest.mark.parametrize(
    "text",
    [
        # The line end that the formatter adds to the last line says no more than the end of the file.
        pytest.param("\n@article(@", id="the file ends behind a key"),
        pytest.param("\n@article(},\nauthor = a", id="the file ends behind a macro"),
        pytest.param("@misc{k, howpublished = {\\url{https://a.example/b\nc}}}", id="an address on two lines"),
    ],
)
def test_what_was_once_formatted_wrongly(text: str) -> None:
    formatted = format_bibtex(text).value
    assert said(formatted) == said(text)
    assert format_bibtex(formatted).value == formatted


@given(files())
def test_formatting_changes_no_meaning_and_is_done_once(text: str) -> None:
    formatted = format_bibtex(text).value
    assert said(formatted) == said(text)
    assert comments(formatted) == comments(text)
    assert formatted.count("@comment") == text.count("@comment")
    assert format_bibtex(formatted).value == formatted


@given(soup)
def test_formatting_anything_changes_no_meaning_and_is_done_once(text: str) -> None:
    # The command decodes the file before it formats it.
    text = text.replace("\x00", "")
    formatted = format_bibtex(text).value
    assert said(formatted) == said(text)
    assert format_bibtex(formatted).value == formatted
