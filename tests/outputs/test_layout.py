"""What a reader sees: all the text, inside the page, with no heading and no title left alone at the foot of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import dropwhile, pairwise, takewhile

import pytest
from outputs.expected import PAGE, Printed, expect
from outputs.outputs import ROOT, SELECTION, Output, output_of
from outputs.tagged import Box, Run, key, words

from biblio.document.tree import Notice, Role
from biblio.text.inline import plain
from biblio.words.tables import term

# In points: of a line of text, with the space around it.
A_LINE = 16
HIGH = 1000  # above any page
# In points: text nearer than 5 mm to the edge is lost on most printers.
EDGE = 5 / 25.4 * 72


def test_a_dossier_of_the_repository_builds_without_a_fault(output: Output) -> None:
    assert output.diagnostics == ()


def test_every_line_is_printed_once_and_in_order(output: Output) -> None:
    expected = [key(each.on_paper.removesuffix(PAGE)) for each in expect(output.composed.document)]
    assert [key(each.words) for each in output.printed] == expected


def test_every_line_can_be_found_and_copied(output: Output) -> None:
    """PDFium's own reading of a page, which knows nothing of the tags, has each line in one piece."""
    pages = [key(text) for text in output.tagged.text]
    for each in output.printed:
        for page in {run.page for run in each.runs}:
            assert key("".join(run.text for run in each.runs if run.page == page)) in pages[page], each.text


def test_the_closing_words_come_last(output: Output) -> None:
    closing = key(plain(output.composed.document.closing))
    assert key(words(output.tagged.root.runs())).endswith(closing)


def test_no_text_leaves_the_page(output: Output) -> None:
    runs = [*output.tagged.root.runs(), *(run for page in output.tagged.furniture for run in page)]
    for run in runs:
        page = output.tagged.boxes[run.page]
        paper = Box(page.left + EDGE, page.bottom + EDGE, page.right - EDGE, page.top - EDGE)
        assert not run.text.strip() or paper.holds(run.box, 0), f"{run.text!r} on page {run.page}"


def test_the_text_keeps_clear_of_headers_and_folios(output: Output) -> None:
    for run in output.tagged.root.runs():
        for aside in output.tagged.furniture[run.page]:
            apart = (
                run.box.bottom >= aside.box.top
                or run.box.top <= aside.box.bottom
                or run.box.left >= aside.box.right
                or run.box.right <= aside.box.left
            )
            assert apart, f"{run.text!r} runs into {aside.text!r} on page {run.page}"


def test_no_line_is_broken_where_typography_forbids_it(output: Output) -> None:
    breaks = [
        (before.text.rstrip(), after.text.lstrip())
        for each in output.printed
        for before, after in pairwise(each.runs)
        if after.page == before.page and after.box.top < before.box.bottom
    ]
    assert len(breaks) > 10
    stranded = re.compile(r"[:;!?»%,.)\]]")  # what stays with the word before it
    leading = re.compile(r"(?:«|[(\[]|\bn°|\b(?:vol|pp?|art)\.)$")  # what stays with the word after it
    assert [pair for pair in breaks if stranded.match(pair[1]) or leading.search(pair[0])] == []


def test_no_heading_ends_a_page(output: Output) -> None:
    for heading, after in pairwise(output.printed):
        if heading.is_heading:
            assert heading.first.page == after.first.page, heading.text


def test_a_notice_runs_over_only_where_the_rest_of_it_had_no_room(output: Output) -> None:
    feet = [min((run.box.bottom for run in runs), default=HIGH) for runs in by_page(output)]
    lowest = min(feet)
    for notice in output.composed.document.notices:
        runs = [run for each in output.printed if each.notice is notice for run in each.runs]
        first, last = runs[0].page, runs[-1].page
        # What to see also goes with the last notice.
        runs += [run for each in behind(output, notice) for run in each.runs]
        rest = [run.box for run in runs if run.page == last]
        if last == first + 1:
            height = max(box.top for box in rest) - min(box.bottom for box in rest)
            assert feet[first] - lowest < height + A_LINE, f"{notice.citekey} leaves page {first}"


def behind(output: Output, notice: Notice) -> Iterator[Printed]:
    """What stands between a notice and the next one, or the next heading."""
    after = dropwhile(lambda each: each.notice is not notice, output.printed)
    rest = dropwhile(lambda each: each.notice is notice, after)
    return takewhile(lambda each: each.notice is None and not each.is_heading, rest)


def by_page(output: Output) -> list[list[Run]]:
    """The text of each page that stands in parts."""
    runs: list[list[Run]] = [[] for _ in output.tagged.boxes]
    for each in output.printed:
        for run in each.runs:
            runs[run.page].append(run)
    return runs


@pytest.mark.slow
def test_the_style_in_which_parts_have_most_room_leaves_no_page_to_one_notice() -> None:
    assert_no_part_leaves_a_page_to_one_notice(output_of(ROOT, SELECTION, "affiche"))


def test_no_part_leaves_a_page_to_one_notice(output: Output) -> None:
    assert_no_part_leaves_a_page_to_one_notice(output)


def assert_no_part_leaves_a_page_to_one_notice(output: Output) -> None:
    """Where parts begin pages, the last page of one has two notices, or a third of it; else they had better run on."""
    for part in output.composed.document.parts:
        notices = {id(notice) for section in part.walk() for notice in section.notices}
        printed = [each for each in output.printed if id(each.notice) in notices]
        pages = sorted({run.page for each in printed for run in each.runs})
        if len(pages) < 2 or part is output.composed.document.parts[-1]:
            continue
        last = [each for each in printed if each.runs[-1].page == pages[-1]]
        runs = [run.box for run in by_page(output)[pages[-1]]]
        height = max(box.top for box in runs) - min(box.bottom for box in runs)
        box = output.tagged.boxes[pages[-1]]
        assert len({id(each.notice) for each in last}) > 1 or height > (box.top - box.bottom) / 3, plain(part.title)


@pytest.mark.parametrize("style", ["cres", "affiche"])
def test_what_to_see_also_is_never_alone_on_a_page(style: str) -> None:
    """Where it has no room behind the last notice, that notice goes with it."""
    output = output_of(ROOT, "veille-territorialisation-decembre-2025", style)
    title = term("dossier.see_also", output.composed.spec.lang)
    pages = {each.first.page for each in output.printed if each.text == title}
    with_notices = {run.page for each in output.printed if each.notice for run in each.runs}
    assert len(pages) > 1
    assert pages <= with_notices


def test_an_annotation_that_goes_on_is_marked_and_nothing_else_is(output: Output) -> None:
    mark = key(term("dossier.continued", output.composed.spec.lang).format(label=""))
    marked = {page for page, runs in enumerate(output.tagged.furniture) if mark in key(words(runs))}
    annotations = [each for each in output.printed if each.line and each.line.role is Role.ANNOTATION]
    going_on = {page for each in annotations for page in sorted({run.page for run in each.runs})[1:]}
    between = {
        after.first.page
        for line, after in pairwise(output.printed)
        if line.notice is after.notice is not None and line.last.page < after.first.page
    }
    assert going_on <= marked <= going_on | between


def test_no_notice_is_cut_before_its_first_lines(output: Output) -> None:
    heads = [Role.AUTHORS, Role.TITLE]
    for line, after in pairwise(output.printed):
        if line.notice and line.notice is after.notice and (line.line is None or line.line.role in heads):
            assert line.first.page == after.first.page, f"{line.text!r} is parted from {after.text!r}"
