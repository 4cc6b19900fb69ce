"""Values in a form: what nobody changes stays as typed, and what somebody does is read as it was meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biblio.editing.values import Row, Rows, as_typed, rows_of, shown, typed_rows, typed_words, united, words_of
from biblio.formats.bibtex.latex import decode
from biblio.formats.bibtex.names import split_names
from biblio.reference.name import Name

TYPED = st.text(alphabet="aéÉ \\'{}\"`~$&,;and\n-%i", max_size=40)
WORDS = st.text(alphabet="abcdé &%", min_size=1, max_size=8).map(str.strip).filter(bool)


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("L'{\\'E}tat", "L'État"),
        ("{\\oe}uvre \\& c{\\oe}ur", "œuvre & cœur"),
        ("\\c{c}a et {INSERM}", "ça et {INSERM}"),
        ("un \\emph{mot}\n  coupé", "un \\emph{mot} coupé"),
    ],
)
def test_letters_are_shown_for_their_commands(typed: str, seen: str) -> None:
    assert shown("title", typed) == seen
    assert decode(seen).rich == decode(typed).rich


@given(st.sampled_from(["title", "annotation", "links", "doi", "zz"]), TYPED)
def test_what_is_shown_and_sent_back_is_what_was_typed(name: str, typed: str) -> None:
    assert as_typed(name, shown(name, typed), typed) == typed


@given(TYPED)
def test_what_is_shown_says_the_same(typed: str) -> None:
    assert decode(shown("title", typed)).rich == decode(typed).rich


@given(TYPED)
def test_names_and_words_that_are_sent_back_are_those_that_were_typed(typed: str) -> None:
    rows = rows_of(typed)
    if rows.rows:
        assert typed_rows(rows, typed) == typed
    if words_of(typed):
        assert typed_words(list(dict.fromkeys(words_of(typed))), typed) is not None


@given(WORDS, st.one_of(st.just(""), WORDS), st.one_of(st.just(""), st.sampled_from(["de", "d'", "von"])))
def test_a_name_is_read_as_it_was_meant(family: str, given_name: str, particle: str) -> None:
    person = Name(family, given_name, particle)
    typed = typed_rows(Rows((Row(person), Row(Name(literal="Un organisme, et and un autre")))), None)
    assert typed is not None
    people = split_names(typed).names.people
    assert [" ".join(each.full_family.split()) for each in people[:1]] == [" ".join(person.full_family.split())]
    assert people[1:] == (Name(literal="Un organisme, et and un autre"),)


def test_two_values_become_one_where_the_field_has_room() -> None:
    assert united("keywords", "a, c", "a; b") == "a; b; c"
    assert united("author", "A, B and C, D", "C, D") == "C, D and A, B"
    assert united("annotation", "Deux.", "Un.\n") == "Un.\n\nDeux."
    assert united("doi", "10.1/a", "10.1/b") is None
