"""Any style dresses any kind of dossier: no words stand over others, whatever column they were meant for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pypdfium2
import pytest
from outputs.outputs import ROOT, STYLES, Output, output_of

# The one with tags, days and places, in the columns where styles differ most.
NEWSLETTER = "lettre-actualites-novembre-2025"
# In points, and in parts of a line: letters lean over, and lines are set tight.
LEANING, TIGHT = 1.5, 0.35
Box = tuple[float, float, float, float]


def words_over_words(pdf: bytes) -> Iterator[str]:
    """The pieces of text whose boxes meet, with the page where they do."""
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document, 1):
            text = page.get_textpage()
            boxes: list[Box] = [text.get_rect(index) for index in range(text.count_rects())]
            for one, other in combinations(boxes, 2):
                width = min(one[2], other[2]) - max(one[0], other[0])
                height = min(one[3], other[3]) - max(one[1], other[1])
                if width > LEANING and height > TIGHT * min(one[3] - one[1], other[3] - other[1]):
                    yield f"page {number}: {text.get_text_bounded(*one)!r} and {text.get_text_bounded(*other)!r}"


def test_no_words_stand_over_others(output: Output) -> None:
    assert list(words_over_words(output.pdf)) == []


@pytest.mark.parametrize("style", STYLES)
def test_no_words_stand_over_others_in_a_style_of_another_kind(style: str) -> None:
    assert list(words_over_words(output_of(ROOT, NEWSLETTER, style).pdf)) == []
