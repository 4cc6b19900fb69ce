"""Material of every odd kind, in every style: no text over text or out of its frame, no heading alone, no link lost."""

from __future__ import annotations

from itertools import pairwise

import pytest
from outputs.markup import read_html
from outputs.outputs import STYLES, Output, output_of
from outputs.stress import SLUG, stress_project
from outputs.tagged import HEADINGS, Box, key, words
from outputs.test_styles import words_over_words

from biblio.document.tree import PAPERS

CASES = [(style, "A4") for style in STYLES]
CASES += [(style, paper) for style in STYLES for paper in PAPERS if paper != "A4"]
# In points: what italics and a capital at the end of a line may lean out of a frame.
LEANING = 2.0
SIZES = {"A4": (595, 842), "A5": (420, 595), "Letter": (612, 792)}


@pytest.fixture(
    params=[
        pytest.param(
            case,
            id="-".join(case),
            marks=[pytest.mark.xdist_group("-".join(case)), *([] if case == CASES[0] else [pytest.mark.slow])],
        )
        for case in CASES
    ]
)
def case(request: pytest.FixtureRequest) -> tuple[Output, str]:
    style, paper = request.param
    return output_of(stress_project(paper), SLUG, style), paper


def test_it_builds_without_a_fault(case: tuple[Output, str]) -> None:
    assert case[0].diagnostics == ()


def test_its_pages_have_the_size_of_their_paper(case: tuple[Output, str]) -> None:
    output, paper = case
    assert {(round(box.right), round(box.top)) for box in output.tagged.boxes} == {SIZES[paper]}


def test_no_text_stands_over_text(case: tuple[Output, str]) -> None:
    assert list(words_over_words(case[0].pdf)) == []


def test_no_text_leaves_its_frame(case: tuple[Output, str]) -> None:
    """The frame reaches from the edge of the headings to the folio, which stands at its right."""
    output, _ = case
    folios = [run for page in output.tagged.furniture for run in page if run.text.strip().isdigit()]
    left = min(run.box.left for element in output.tagged.root.find("H2") for run in element.runs())
    right, foot = max(run.box.right for run in folios), max(run.box.top for run in folios)
    numbered = {run.page for run in folios}
    for run in output.tagged.root.runs():
        page = output.tagged.boxes[run.page]
        frame = Box(left, foot, right if run.page in numbered else page.right - left / 2, page.top)
        assert not run.text.strip() or frame.holds(run.box, LEANING), f"{run.text!r} on page {run.page}"


def test_each_code_stands_beside_its_notice_and_over_no_text(case: tuple[Output, str]) -> None:
    output, _ = case
    figures = [figure for figure in output.tagged.root.find("Figure") if figure.alt.startswith("Code QR")]
    assert len(figures) == sum(bool(notice.address) for notice in output.composed.document.notices)
    for figure in figures:
        assert figure.box is not None
        line = figure.parent
        assert line is not None
        notice = line.parent
        assert notice is not None
        first = next(notice.runs())
        # On a narrow page the two tags of a notice stand above its head, and the code below them.
        assert first.box.top + 5 > figure.box.top > first.box.bottom - 30, figure.alt
        assert output.tagged.boxes[first.page].holds(figure.box, -15), figure.alt
        for run in (run for run in output.tagged.root.runs() if run.page == first.page and run.text.strip()):
            assert not meet(run.box, figure.box), f"{figure.alt} over {run.text!r}"


def meet(one: Box, other: Box) -> bool:
    """Whether two boxes share more than what letters lean out of theirs."""
    across = min(one.right, other.right) - max(one.left, other.left)
    return across > LEANING and min(one.top, other.top) - max(one.bottom, other.bottom) > LEANING


def test_no_heading_stands_alone_at_the_foot_of_a_page(case: tuple[Output, str]) -> None:
    blocks = case[0].tagged.root.find("P", "Reference", *HEADINGS)
    for heading, after in pairwise(blocks):
        above, below = list(heading.runs()), list(after.runs())
        body = heading.parent
        is_whole_notice = body is not None and body.tag == "LBody" and body.kids[-1] is heading
        if heading.tag in HEADINGS and above and below and not is_whole_notice:
            assert above[-1].page == below[0].page, f"{heading} and {after}"


def test_every_tag_is_printed_once(case: tuple[Output, str]) -> None:
    """What the foot of a page divides is printed twice by the engine, unless it is one piece."""
    tagged = case[0].tagged
    wanted: dict[str, int] = {}
    for notice in case[0].composed.document.notices:
        wanted[key(notice.label)] = wanted.get(key(notice.label), 0) + 1
    said = [key(words(each.runs())) for item in tagged.root.find("LBody") for each in item.find("P")]
    for label, count in wanted.items():
        assert not label or said.count(label) == count, label


def test_no_link_is_lost(case: tuple[Output, str]) -> None:
    output, _ = case
    asked = [link.attributes["href"] for link in read_html(output.page).root.find("a")]
    assert {each.uri for page in output.tagged.annotations for each in page if each.uri} == {
        href for href in asked if not href.startswith("#")
    }


def test_an_annotation_that_goes_on_is_marked(case: tuple[Output, str]) -> None:
    """On each page that begins inside an annotation, and on no other."""
    tagged = case[0].tagged
    marked = {page for page, runs in enumerate(tagged.furniture) if "(suite)" in words(runs)}
    inside: set[int] = set()
    for paragraph in tagged.root.find("P"):
        # What breaks right inside a notice is its annotation; the texts of news and events are in a division.
        if paragraph.parent is not None and paragraph.parent.tag == "LBody" and not [*paragraph.annotations()]:
            inside.update(sorted({run.page for run in paragraph.runs()})[1:])
    assert marked == inside
    assert len(marked) >= 2
