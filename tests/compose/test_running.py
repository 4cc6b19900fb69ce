"""A running head is the short title, or the title cut behind a word."""

from __future__ import annotations

import pytest

from biblio.compose.running import LONGEST, running

LONG = "Communautés professionnelles territoriales de santé, dispositifs d'appui et équipes"


@pytest.mark.parametrize(
    ("title", "short", "expected"),
    [
        ("Contrats locaux", "", "Contrats locaux"),
        (LONG, "CPTS", "CPTS"),
        (LONG, "", "Communautés professionnelles territoriales…"),
        ("Contrats locaux de santé : le cas des villes du sud", "", "Contrats locaux de santé : le cas des…"),
        ("A" * 60, "", "A" * 43 + "…"),
    ],
)
def test_what_a_running_head_says(title: str, short: str, expected: str) -> None:
    assert running(title, short) == expected
    assert len(expected) <= LONGEST
