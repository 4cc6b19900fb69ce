"""The size of what is read, and the length of its lines: 10 points or more, 60 to 72 characters, in every style."""

from __future__ import annotations

from io import BytesIO
from statistics import median

import pikepdf
from outputs.outputs import SELECTION, Output

# Of the text of notices and of the documentalist: what lines are full of.
FULL = 45


def test_a_full_line_has_60_to_72_characters(output: Output) -> None:
    lengths = [len(line) for page in output.tagged.text for line in page.splitlines() if len(line) > FULL]
    assert len(lengths) > 50
    assert 60 <= median(lengths) <= 72


def test_most_of_the_text_is_set_in_10_points_or_more(output: Output) -> None:
    shown: dict[float, int] = {}
    with pikepdf.open(BytesIO(output.pdf)) as pdf:
        for page in pdf.pages:
            size = scale = 1.0
            for each in pikepdf.parse_content_stream(page):
                operands = each.operands
                match str(each.operator):
                    case "Tf":
                        size = float(operands[1])
                    case "Tm":
                        scale = abs(float(operands[3]))
                    case "TJ":
                        glyphs = sum(len(bytes(text)) // 2 for text in operands[0] if isinstance(text, pikepdf.String))
                        points = round(size * scale * 0.75, 1)  # a CSS pixel is three quarters of a point
                        shown[points] = shown.get(points, 0) + glyphs
    everything = sum(shown.values())
    assert sum(count for points, count in shown.items() if points >= 10) > 0.6 * everything, shown
    assert sum(count for points, count in shown.items() if points < 8) < 0.01 * everything, shown


def test_the_reference_dossier_has_34_pages_at_most(output: Output) -> None:
    if output.composed.spec.slug == SELECTION:
        assert len(output.tagged.boxes) <= 34
