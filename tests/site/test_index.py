"""The index: what is found by which words, and how numbers are written."""

from __future__ import annotations

import json
import random

import pytest

from biblio.site.index import SHARD, Index, coded, index_files
from biblio.site.stems import stem, stems_of

FIGURES = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def decoded(written: str) -> list[int]:
    """What the script reads."""
    numbers, last, gap, shift = [], -1, 0, 0
    for figure in written:
        code = FIGURES.index(figure)
        gap |= (code & 31) << shift
        shift += 5
        if code < 32:
            last += gap + 1
            numbers.append(last)
            gap = shift = 0
    return numbers


def test_numbers_are_read_back() -> None:
    chance = random.Random(7)
    for most in (1, 40, 5_000, 3_000_000):
        numbers = sorted(chance.sample(range(most), min(most, 300)))
        assert decoded(coded(numbers)) == numbers


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("villes", "ville"),
        ("local", "locaux"),
        ("réseaux", "réseau"),
        ("mentale", "mental"),
        ("policies", "policy"),
        ("studies", "study"),
        ("processes", "process"),
        ("évaluées", "évalué"),
        ("Œuvres", "oeuvre"),
        ("communities", "community"),
    ],
)
def test_one_word_has_one_stem(one: str, other: str) -> None:
    assert stems_of(one) == stems_of(other) != frozenset()


def test_words_of_no_weight_are_left_out() -> None:
    assert stems_of("La santé et les villes, the health of towns") == {"sant", "vil", "health", "town"}
    assert stem("sante") == "sant"


def test_a_file_of_terms_is_small_whatever_the_index() -> None:
    index = Index()
    for number in range(3_000):
        index.add(f"mot{number} commun", f"texte{number % 50} autre")
    files = dict(index_files(index, [], ["<li></li>"] * 3_000, []))
    terms = {name: content for name, content in files.items() if name.startswith("data/terms-")}
    assert len(terms) > 1
    assert all(len(content) < SHARD + 6_000 for content in terms.values())
    about = json.loads(files["data/about.js"].decode().removeprefix('biblioData("about",').rstrip(")\n"))
    assert about["count"] == 3_000
    assert about["terms"] == sorted(about["terms"])
    assert len(about["terms"]) == len(terms)
