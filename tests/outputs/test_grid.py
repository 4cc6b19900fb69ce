"""One baseline grid for both columns and every page, and headings that differ by level, in every style."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO

import pikepdf
import pytest
from outputs.outputs import STYLES, Output, output_of
from outputs.stress import SLUG, stress_project

QUARTER = 3.125  # points: a quarter of a line
TEXT = 10.0  # points of the text
# The faces of a style do not all sit alike on their line.
APART = 0.3
A_PIXEL = 0.75  # points
# One stress dossier with the suite, where others read the same; those in the other styles with the slow tests.
EACH_STYLE = pytest.mark.parametrize(
    "style",
    [
        pytest.param(
            style,
            marks=[pytest.mark.xdist_group(f"{style}-A4"), *([] if style == STYLES[0] else [pytest.mark.slow])],
        )
        for style in STYLES
    ],
)


@dataclass(frozen=True)
class Piece:
    """Some text as it is drawn: where it begins, its size, and the colour and font that it is in."""

    page: int
    x: float
    baseline: float
    size: float
    look: tuple[object, ...]


@cache
def pieces(pdf: bytes) -> tuple[Piece, ...]:
    """Every piece of text of a PDF of ours, in the order of drawing."""
    return tuple(_pieces(pdf))


def _pieces(pdf: bytes) -> Iterator[Piece]:
    with pikepdf.open(BytesIO(pdf)) as document:
        for number, page in enumerate(document.pages):
            height = float(page.MediaBox[3])
            size, matrix, font = 1.0, [0.0] * 6, ""
            colour: tuple[str, ...] = ()
            for each in pikepdf.parse_content_stream(page):
                match str(each.operator):
                    case "Tf":
                        font, size = str(each.operands[0]), float(each.operands[1])
                    case "Tm":
                        matrix = [float(number) for number in each.operands]
                    case "rg" | "g" | "k" | "scn":
                        colour = tuple(str(operand) for operand in each.operands)
                    case "TJ":
                        points = round(size * abs(matrix[3]) * A_PIXEL, 2)
                        x, y = matrix[4] * A_PIXEL, height - matrix[5] * A_PIXEL
                        yield Piece(number, x, y, points, (font, colour))


def apart(baseline: float, other: float, step: float) -> float:
    """How far two baselines are from being whole steps apart."""
    left = abs(baseline - other) % step
    return min(left, step - left)


def test_the_text_of_every_page_stands_on_one_grid(output: Output) -> None:
    text = [each for each in pieces(output.pdf) if each.page >= 1 and each.size == TEXT]
    # Nothing is said of contents and indexes, whose entries are set closer.
    foot = min(run.box.bottom for each in output.printed for run in each.runs)  # folios stand below
    inside = [each for each in text if each.page in in_notices(output) and each.baseline > foot]
    assert len(inside) > 25
    usual = max(inside, key=lambda each: sum(apart(each.baseline, other.baseline, QUARTER) < APART for other in inside))
    off = [each for each in inside if apart(each.baseline, usual.baseline, QUARTER) > APART]
    assert off == []


def in_notices(output: Output) -> set[int]:
    """The pages on which notices stand."""
    return {run.page for each in output.printed if each.notice for run in each.runs}


@EACH_STYLE
def test_a_tag_stands_on_the_line_of_its_notice(style: str) -> None:
    """In both columns, where a style has two: elsewhere tags stand above."""
    made = output_of(stress_project("A4"), SLUG, style)
    drawn = pieces(made.pdf)
    edge = min(run.box.left for heading in made.tagged.root.find("H2") for run in heading.runs())
    beside = 0
    for item in made.tagged.root.find("LBody"):
        tag = next((kid for kid in item.find("P") if kid.parent is item and list(kid.runs())), None)
        lines = [each for each in item.find("P", "H3", "H4", "H5", "H6") if each.parent is item and each is not tag]
        if tag is None or not lines:
            continue
        label = next(tag.runs())
        line = min((run for each in lines for run in each.runs()), key=lambda run: (run.page, -run.box.top))
        if label.page != line.page or label.box.left > edge + 5:
            continue
        one, other = (nearest(drawn, run.page, run.box.left, run.box.bottom) for run in (label, line))
        assert abs(one.baseline - other.baseline) < 1.1, label.text
        beside += 1
    assert beside >= 10 or style == "liste"  # whose outer column is too narrow for them


def nearest(drawn: Sequence[Piece], page: int, x: float, bottom: float) -> Piece:
    """The piece that begins nearest to a point, a descender above it."""
    return min(
        (each for each in drawn if each.page == page),
        key=lambda each: abs(each.x - x) + abs(each.baseline - bottom),
    )


@EACH_STYLE
def test_four_levels_of_headings_differ(style: str) -> None:
    """By size, or by colour, weight and slope: what tells levels apart is seen without their words."""
    made = output_of(stress_project("A4"), SLUG, style)
    drawn = pieces(made.pdf)
    looks: dict[str, set[tuple[float, tuple[object, ...]]]] = {}
    titles = {id(each) for item in made.tagged.root.find("LI") for each in item.find("H3", "H4", "H5", "H6")}
    for level in ("H2", "H3", "H4", "H5"):
        for heading in made.tagged.root.find(level):
            inside = any(each.tag in ("Part", "Main") for each in heading.ancestors())
            if id(heading) in titles or not inside:
                continue
            run = next(heading.runs())
            piece = nearest(drawn, run.page, run.box.left, run.box.bottom)
            looks.setdefault(level, set()).add((piece.size, piece.look))
    assert sorted(looks) == ["H2", "H3", "H4", "H5"]
    assert all(len(each) == 1 for each in looks.values()), looks
    sizes = [next(iter(looks[level]))[0] for level in ("H2", "H3", "H4", "H5")]
    assert sizes == sorted(sizes, reverse=True)
    assert len({next(iter(each)) for each in looks.values()}) == 4
