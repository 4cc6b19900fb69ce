"""The order of what is selected: every sort key, the order of types, what is missing."""

from __future__ import annotations

import pytest
from dossier.library import library_of, words
from dossier.material import fill, indented, keys

from biblio.dossier.sort import Sorting

LIBRARY = library_of(
    """
@article{c-lancet, title = {The Élan}, journaltitle = {The Lancet}, langid = {english}, date = {2020-02}}
@article{b-gazette, title = {L'élan}, journaltitle = {La Gazette}, publisher = {Zulma}, langid = {fr}, date = {2020},
  added = {2021-03-02}}
@report{a-oeuvre, title = {Œuvrer ensemble}, publisher = {L'Agence}, langid = {fr}, date = {2021}, added = {2021-03-01}}
@book{e-sans, title = {El niño}, langid = {es}, timestamp = {2021.03.03}}
@legislation{d-loi, title = {Das Gesetz}, langid = {de}, date = {2019-07-26}}
""",
)


def order(sort: str, more: str = "") -> str:
    selection, reported = fill(indented(f"select: {{}}\nsort: {sort}\n{more}"), LIBRARY)
    assert reported == []
    return " ".join(key[0] for key in keys(selection.parts[0]))


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("citekey", "a b c d e"),
        ("-citekey", "e d c b a"),
        ("type", "c b e a d"),
        ("title", "b c d e a"),
        ("-title", "a e d c b"),
        ("journal", "b c a e d"),
        ("-journal", "c b a e d"),
        ("publisher", "a b c e d"),
        ("source", "a b c e d"),
        ("year", "d c b a e"),
        ("[-year, citekey]", "a b c d e"),
        ("date", "d b c a e"),
        ("-date", "a c b d e"),
        ("added", "a b e c d"),
        ("-added", "e b a c d"),
        ("[added, title]", "a b e c d"),
    ],
)
def test_each_key_and_the_missing_last(sort: str, expected: str) -> None:
    assert order(sort) == expected


@pytest.mark.parametrize(
    ("types", "expected"),
    [
        ("[Texte officiel, Rapport, Article]", "d a b c e"),
        ("[report, book]", "a e b c d"),
        ("[Legislation]", "d b c e a"),
    ],
)
def test_types_stand_in_the_order_chosen_then_by_their_labels(types: str, expected: str) -> None:
    assert order("[type, citekey]", f"type_order: {types}") == expected


def test_equal_ones_keep_their_order_over_all_the_keys() -> None:
    references = tuple(LIBRARY)
    sorting = Sorting()
    doubled = references + references
    places = sorting.order(doubled, words("type", "-date"))
    assert sorted(places) == list(range(10))
    assert all(places[at + 1] == places[at] + 5 for at in range(0, 10, 2) if doubled[places[at]].issued)
