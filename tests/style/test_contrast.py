"""Contrast as WCAG 2.2 measures it, and the nearest colour in which text may be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biblio.style.contrast import LEAST, colour_of, contrast, readable

COLOURS = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#767676", "#ffffff", 4.54),
        ("#777777", "#ffffff", 4.48),
        ("#0b5563", "#ffffff", 8.4),
    ],
)
def test_contrast_is_that_of_the_guidelines(one: str, other: str, expected: float) -> None:
    assert contrast(one, other) == pytest.approx(expected, abs=0.05)
    assert contrast(other, one) == contrast(one, other)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("#0B5563", "#0b5563"),
        ("06c", "#0066cc"),
        (" 0066CC ", "#0066cc"),
        ("#12", ""),
        ("vert", ""),
        ("#0066cc; }", ""),
        ("", ""),
    ],
)
def test_a_colour_is_three_or_six_figures(typed: str, expected: str) -> None:
    assert colour_of(typed) == expected


@given(COLOURS, COLOURS)
def test_the_nearest_colour_is_readable_and_one_that_is_stays(colour: str, paper: str) -> None:
    found = readable(colour, paper)
    assert contrast(found, paper) >= LEAST
    assert contrast(colour, paper) < LEAST or found == colour
