"""Comments that silence faults take a time in proportion, whatever stands in their way."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from counting import growth

from biblio.check.directives import read_directives, silence
from biblio.check.source import SourceText
from biblio.words.faults import Span, diagnose


def of_entries(number: int) -> str:
    return "".join(f"% biblio: ignore R301\n@book{{b{n}, date = {{x}}}}\n" for n in range(number))


def of_one_entry(number: int) -> str:
    return "@book{a}\n" + "% biblio: ignore R301\n" * number + "@book{b, date = {x}}\n"


def of_the_file(number: int) -> str:
    return "% biblio: ignore R301\n" * number + "\n" + "@book{b, date = {x}}\n" * number


def work(text: str) -> Callable[[], object]:
    source = SourceText("a.bib", text)
    faults = [diagnose("R301", Span("a.bib", line), value="x") for line in range(1, source.line_count + 1)]
    return lambda: list(silence(faults, read_directives(source)[0]))


@pytest.mark.parametrize("made", [of_entries, of_one_entry, of_the_file])
def test_comments_and_faults_are_linear(made: Callable[[int], str]) -> None:
    assert growth(lambda number: partial(work(made(number))), 150) < 2.5


def told(text: str, *faults: tuple[str, int]) -> list[tuple[str, int]]:
    found = [diagnose(code, Span("a.bib", line), value="x") for code, line in faults]
    left = silence(found, read_directives(SourceText("a.bib", text))[0])
    return [(each.code, each.span.line) for each in left if each.span]


def test_of_two_codes_for_one_fault_the_first_has_silenced_it() -> None:
    text = "% biblio: ignore R3 R301 F\n@book{b, date = {x}}\n"
    assert told(text, ("R301", 2), ("P101", 2)) == [("P101", 2), ("C106", 1), ("C106", 1)]
    assert told("% biblio: ignore R301 R3\n@book{b}\n", ("R301", 2), ("R302", 2)) == []


def test_a_comment_speaks_for_its_entry_alone() -> None:
    text = "@book{a}\n% biblio: ignore R301\n@book{b,\n}\n@book{c}\n"
    assert told(text, ("R301", 1), ("R301", 4), ("R301", 5)) == [("R301", 1), ("R301", 5)]
