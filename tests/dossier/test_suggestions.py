"""Suggestions for misspelt words are bounded: the first twenty have one, and the others cost nothing."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Sequence

import pytest

from biblio.collection.themes import Themes
from biblio.dossier.loader import load_dossier
from biblio.dossier.select import select
from biblio.formats.bibtex.reader import open_files, open_library
from biblio.text.nearest import MOST_CANDIDATES, MOST_SUGGESTIONS, nearest

HEAD = "title: Titre\ndate: 2023\npublisher: CRES\nsections:\n  - title: A\n    references:\n"


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """With how many candidates a word was compared, a row for each word."""
    rows: list[int] = []
    measure = difflib.get_close_matches

    def counted(word: str, candidates: Sequence[str], n: int, cutoff: float) -> Sequence[str]:
        rows.append(len(candidates))
        return measure(word, candidates, n, cutoff)

    monkeypatch.setattr(difflib, "get_close_matches", counted)
    return rows


@pytest.mark.parametrize("misspelt", [40, 80])
def test_the_first_twenty_misspelt_keys_have_a_suggestion(misspelt: int, compared: list[int]) -> None:
    text = "".join(f"@book{{martin-{number}-ouvrage, title = {{A}}}}\n" for number in range(200))
    library = open_library(open_files([(text.encode(), "a.bib")])).value
    spec = load_dossier(HEAD + "".join(f"      - marten-{n}-ouvrage\n" for n in range(misspelt)), "a.yaml", "a").value
    assert spec is not None
    codes = Counter(each.code for each in select(library, spec, Themes()).diagnostics)
    assert len(compared) == MOST_SUGGESTIONS
    assert (codes["D207"], codes["D201"]) == (MOST_SUGGESTIONS, misspelt - MOST_SUGGESTIONS)


def test_of_very_many_keys_those_that_begin_or_end_like_the_word_are_compared(compared: list[int]) -> None:
    keys = [f"{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}x-{n}-zz{n % 10}" for n in range(4 * MOST_CANDIDATES)]
    assert nearest("aax-1352-zz3", keys) == "aax-1352-zz2"
    assert compared[0] < MOST_CANDIDATES
