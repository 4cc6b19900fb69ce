"""Granular ties take a time in proportion: n of them on n items, fields or entries."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from functools import partial

import pytest
from counting import growth

from biblio.formats.bibtex.reader import read_bibtex

WORDS = ["".join(letters) for letters in itertools.product("abcdefgh", repeat=3)]


def names(number: int) -> str:
    # Others for each number: what is known of a name already would cost nothing.
    return f"@xdata{{hub{number}, author = {{" + " and ".join(f"Nom{number}x{n}, P" for n in range(number)) + "}}\n"


def one_entry(number: int) -> str:
    ties = " and ".join(f"xdata=hub{number}-author-{n + 1}" for n in range(number))
    return f"{names(number)}@book{{b, title = {{A}}, author = {{{ties}}}}}\n"


def many_entries(number: int) -> str:
    return names(number) + "".join(
        f"@book{{b{n}, author = {{xdata=hub{number}-author-{n + 1}}}}}\n" for n in range(number)
    )


def many_fields(number: int) -> str:
    hub = ", ".join(f"{word} = {{V}}" for word in WORDS[:number])
    return f"@xdata{{hub, {hub}}}\n" + "".join(
        f"@book{{b{n}, title = {{xdata=hub-{WORDS[n]}}}}}\n" for n in range(number)
    )


@pytest.mark.parametrize("made", [one_entry, many_entries, many_fields])
def test_granular_ties_are_linear(made: Callable[[int], str]) -> None:
    assert growth(lambda number: partial(read_bibtex, made(number).encode(), "a.bib"), 100) < 2.5


def test_a_granular_tie_gives_its_item() -> None:
    references = read_bibtex(many_entries(3).encode(), "a.bib").value
    assert [each.inherited["author"] for each in references[1:]] == ["Nom3x0, P", "Nom3x1, P", "Nom3x2, P"]
