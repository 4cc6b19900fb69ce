"""The last line of a printed title is never one short word, and nothing but spaces is changed for it."""

from __future__ import annotations

import pytest

from biblio.text.hold import LEAST, MOST, held
from biblio.text.inline import Strong, Text, plain, text


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Les soins de la région Provence-Alpes-Côte d'Azur", "Les soins de la région Provence-Alpes-Côte~d'Azur"),
        ("Retours en Provence-Alpes-Côte d'Azur ici", "Retours en Provence-Alpes-Côte~d'Azur~ici"),
        ("Un renouvellement. Dossier", "Un renouvellement.~Dossier"),
        ("Ce qui résiste à l'an", "Ce qui résiste~à~l'an"),
        ("Un mot environnementaliste", "Un mot environnementaliste"),  # long enough by itself
        ("Santé", "Santé"),
        ("Deux mots", "Deux mots"),
        ("Un interminablementlongmotsansfin a", "Un interminablementlongmotsansfin a"),  # nothing so long is held
        ("", ""),
    ],
)
def test_the_last_words_stay_together(title: str, expected: str) -> None:
    assert plain(held(text(title))).replace("\u00a0", "~") == expected


def test_they_do_so_across_emphasis() -> None:
    title = (Text("Contrats locaux de "), Strong((Text("santé en"),)), Text(" 2019"))
    assert plain(held(title)) == "Contrats locaux de santé\u00a0en\u00a02019"
    assert held(title)[0] == Text("Contrats locaux de ")


def test_what_is_held_fits_a_narrow_column() -> None:
    words = "Le titre à de santé territoires expérimentation et des lieux"
    for count in range(12, len(words)):
        last = plain(held(text(words[:count]))).rpartition(" ")[2]
        assert len(last) <= MOST
        assert "\u00a0" not in last or len(last) >= LEAST
