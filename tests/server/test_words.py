"""The words of faults as sentences of the desk."""

from __future__ import annotations

import pytest

from biblio.server.words import spoken


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("la page n'a pas d'adresse", "La page n'a pas d'adresse."),
        ("l'adresse est déjà celle de « a » (b.bib:2)", "L'adresse est déjà celle de « a » (b.bib:2)."),
        ("harpet-2019 is not there", "harpet-2019 is not there."),
        ("name it from the root: images/map.png", "Name it from the root: images/map.png"),
        ("what is meant?", "What is meant?"),
        ("title = {A} is typed twice.", "Title = {A} is typed twice."),
        ("", ""),
    ],
)
def test_a_fault_is_said_as_a_sentence(words: str, said: str) -> None:
    assert spoken(words) == said


def test_what_goes_on_behind_something_has_no_capital() -> None:
    assert spoken("the page has no address", begins=False) == "the page has no address."
