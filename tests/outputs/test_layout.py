"""What a reader sees: all the text, inside the page, with no heading and no title left alone at the foot of a page."""

from __future__ import annotations

import re
from itertools import pairwise

from outputs.expected import PAGE, expect
from outputs.outputs import Output
from outputs.tagged import Box, key, words

from biblio.document.tree import Role
from biblio.text.inline import plain
from biblio.words.tables import term

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
