"""Rules on names and numbers take a time in proportion to what is typed, whatever it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from counting import outgrows

from biblio.check.rules.bodies import person_in_braces
from biblio.check.rules.identifiers import numbers
from biblio.check.rules.names import article_in_given_name
from biblio.formats.bibtex.reader import read_bibtex

TYPED: dict[str, Callable[[int], str]] = {
    "small letters": lambda count: "{" + "a" * count + "}",
    "capitals with hyphens": lambda count: "{" + "A-" * count + "}",
    "short words": lambda count: "{" + "de la " * count + "}",
    "given names": lambda count: "Anne " * count,
    "articles": lambda count: "Anne Le " * count,
    "a list": lambda count: "{" + " and ".join(["Roux, Anne"] * count) + "}",
}


@pytest.mark.parametrize("name", TYPED)
def test_a_long_name_takes_no_longer_than_its_length(name: str) -> None:
    def look(count: int) -> None:
        (reference,) = read_bibtex(f"@book{{k, author = {{{TYPED[name](count)}}}}}".encode(), "a.bib").value
        list(person_in_braces(reference))
        list(article_in_given_name(reference))

    assert not outgrows(look, 200)


@pytest.mark.parametrize("word", ["\\textbackslash", "a", "(", "1 "])
def test_a_long_number_takes_no_longer_than_its_length(word: str) -> None:
    assert not outgrows(lambda count: list(numbers("a" + word * count + "z", 13)), 500)
