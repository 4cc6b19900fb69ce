"""Duplicates are found by the documented measure, and the work to find them grows no faster than n log n."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biblio.check.check import check, of_files
from biblio.check.rules.duplicates import WINDOW, candidates, similarity
from biblio.check.rules.sketch import sketches_of
from biblio.check.settings import Settings
from biblio.formats.bibtex.reader import read_bibtex
from biblio.project.source import SourceFile
from biblio.reference.reference import Reference
from biblio.text.collation import fold_title


def references(titles: list[str], *, author: str = "Jabot, Françoise", date: str = "2018") -> tuple[Reference, ...]:
    text = "".join(
        f"@article{{n{index}, author = {{{author}}}, title = {{{title}}}, date = {{{date}}}}}\n"
        for index, title in enumerate(titles)
    )
    return read_bibtex(text.encode(), "essai.bib").value


def pairs(*entries: str) -> list[tuple[str | None, str]]:
    """The later and the earlier citekey of every near-duplicate."""
    text = "\n".join(f"@article{{n{index}, {entry}}}" for index, entry in enumerate(entries))
    found = check(of_files([SourceFile("essai.bib", text.encode())]), Settings(select=("R504",)))
    return [(diagnostic.citekey, diagnostic.arguments["other"]) for diagnostic in found]


TITLE = "Les contrats locaux de santé en quête de sens"


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ("Contrats locaux de santé en quête de sens", True),
        ("LES CONTRATS LOCAUX DE SANTE EN QUETE DE SENS.", True),
        ("Les contrats locaux de santé, en quête de sens", True),
        ("Les contrats locaux de sante en quêtes de sens", True),
        ("Les contrats locaux de santé mentale en quête de sens", False),
        ("Les contrats locaux de santé", False),
        ("Les conseils locaux de santé en quête d'un sens", False),
        ("Les contrats locaux de santé en quête de sens 2", False),
    ],
)
def test_titles_that_are_nearly_the_same(other: str, same: bool) -> None:
    entries = (f"title = {{{title}}}, date = {{2018}}, author = {{Jabot, F.}}" for title in (TITLE, other))
    assert pairs(*entries) == ([("n1", "n0")] if same else [])


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("date = {2018}", "date = {2018-06}", True),
        ("date = {2018}", "date = {2019}", False),
        ("date = {2018}", "", False),
        ("author = {Jabot, Françoise}", "author = {Jabot, F. and Laurent, Anne}", True),
        ("author = {Jabot, Françoise}", "author = {Laurent, Anne}", False),
        ("author = {Jabot, Françoise}, date = {2018}", "date = {2018}", True),
        ("author = {Jabot, Françoise}, date = {2018}", "author = {JABOT, F.}", True),
        ("author = {Laurent, A.}, date = {2018}", "author = {Jabot, F.}, date = {2018}", False),
        ("", "", False),
        ("doi = {10.1000/a}, date = {2018}", "doi = {10.1000/A}, date = {2018}", False),  # that is for R501
    ],
)
def test_year_and_author_agree(first: str, second: str, same: bool) -> None:
    assert pairs(f"title = {{{TITLE}}}, {first}", f"title = {{{TITLE}}}, {second}") == ([("n1", "n0")] if same else [])


def test_a_title_too_short_says_nothing() -> None:
    assert pairs("title = {Éditorial}, date = {2018}", "title = {Éditorial}, date = {2018}") == []


def test_a_part_is_no_duplicate_of_its_whole() -> None:
    entry = f"title = {{{TITLE}}}, date = {{2018}}"
    assert pairs(entry, f"{entry}, crossref = {{N0}}") == []


def test_each_notice_is_reported_once_against_the_first() -> None:
    entry = f"title = {{{TITLE}}}, date = {{2018}}"
    assert pairs(entry, entry, entry) == [("n1", "n0"), ("n2", "n0")]


@pytest.mark.parametrize("change", ["first word", "last word", "middle"])
def test_a_duplicate_is_found_among_many(change: str) -> None:
    words = "santé territoire contrat soins ville parcours réseau projet".split()
    many = [
        f"{words[i % 8]} {words[i // 8 % 8]} et {words[i // 64 % 8]} du côté numéro {'abcdefgh'[i % 7] * 3}{i}"
        for i in range(500)
    ]
    changed = {
        "first word": f"Xx {TITLE.split(' ', 1)[1]}",
        "last word": f"{TITLE.rsplit(' ', 1)[0]} sans",
        "middle": TITLE.replace("locaux", "locales"),
    }[change]
    titles = [*many[:250], TITLE, *many[250:], changed]
    found = {
        (first.reference.citekey, second.reference.citekey)
        for first, second in candidates(sketches_of(references(titles)))
    }
    assert ("n250", "n501") in found


@given(st.text("abcdé '-:12", max_size=30), st.text("abcdé '-:12", max_size=30))
@settings(max_examples=settings().max_examples * 2)
def test_the_measure_is_a_measure(first: str, second: str) -> None:
    left, right = fold_title(first), fold_title(second)
    assert 0 <= similarity(left, right) <= 1
    assert similarity(left, right) == similarity(right, left)
    assert similarity(left, left) == 1
    assert fold_title(fold_title(first)) in (left, fold_title(left))


# --- growth


def collection(kind: str, count: int) -> list[str]:
    """Titles of a collection, from the kindest to the worst."""
    match kind:
        case "all different":
            return [
                f"Un titre bien différent des autres, le {index * 7919 % 100_003} de la série" for index in range(count)
            ]
        case "one in ten twice":
            return [f"Un titre de la série numéro {index - index % 10 // 9}" for index in range(count)]
        case _:
            return [TITLE] * count


@pytest.mark.parametrize("kind", ["all different", "one in ten twice", "all the same"])
def test_comparisons_grow_no_faster_than_n_log_n(kind: str) -> None:
    small, large = (
        sum(1 for _ in candidates(sketches_of(references(collection(kind, count))))) for count in (200, 2000)
    )
    assert large <= small * 10 * math.log(2000) / math.log(200)
    assert large <= 3 * WINDOW * 2000


def test_no_pair_is_compared_twice() -> None:
    seen = [(a.rank, b.rank) for a, b in candidates(sketches_of(references(collection("one in ten twice", 300))))]
    assert len(seen) == len(set(seen))
    assert all(first < second for first, second in seen)
