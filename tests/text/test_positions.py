"""Lines and columns of offsets, in a whole file and in a part of one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from biblio.text.positions import Positions
from biblio.words.faults import Span

TEXTS = st.text(st.sampled_from("ab\n\r\u2028é"), max_size=30)


@given(TEXTS, st.data(), st.integers(1, 5), st.integers(1, 5))
def test_an_offset_is_found_again_from_its_span(text: str, data: st.DataObject, line: int, column: int) -> None:
    positions = Positions(text, "a.bib", line, column)
    offset = data.draw(st.integers(0, len(text)))
    span = positions.span(offset)
    assert positions.offset(span) == offset
    before = text[:offset].split("\n")
    assert span.line == line + len(before) - 1
    assert span.column == len(before[-1]) + (column if len(before) == 1 else 1)


@given(TEXTS)
def test_lines_end_at_line_feeds_alone(text: str) -> None:
    assert Positions(text, "a.bib").line_count == len(text.split("\n"))


def test_of_several_lines_the_span_is_the_part_on_the_first() -> None:
    positions = Positions("un\ndeux\ntrois", "a.bib")
    assert positions.span_on_line(4, 12) == Span("a.bib", 2, 2, 3)
    assert positions.span_on_line(4, 6) == Span("a.bib", 2, 2, 2)
    assert positions.span_on_line(8, 14) == Span("a.bib", 3, 1, 5)
    assert positions.span_on_line(2, 3) == Span("a.bib", 1, 3, 1)
