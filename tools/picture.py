"""Makes the picture of the README: the contents of a dossier and one of its pages, side by side.

python tools/picture.py PDF PNG [LABEL]    LABEL is the number printed on the page to show, 8 unless given

Needs the packages of ``make test`` (pypdfium2), and Pillow, which WeasyPrint brings.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

HEIGHT = 1000  # pixels of a page
GAP, MARGIN = 28, 28
EDGE, GROUND = "#b8bec6", "#eef0f3"
COLOURS = 64
LIMIT = 250_000  # bytes


def page_image(pdf: pypdfium2.PdfDocument, index: int, height: int = HEIGHT) -> Image.Image:
    """One page, of so many pixels down, with a thin edge."""
    page = pdf[index]
    image: Image.Image = page.render(scale=height / page.get_height()).to_pil().convert("RGB")
    return ImageOps.expand(image, border=1, fill=EDGE)


def side_by_side(pages: list[Image.Image]) -> Image.Image:
    """The pages in a row, on one ground."""
    width = sum(page.width for page in pages) + GAP * (len(pages) - 1) + 2 * MARGIN
    picture = Image.new("RGB", (width, max(page.height for page in pages) + 2 * MARGIN), GROUND)
    left = MARGIN
    for page in pages:
        picture.paste(page, (left, MARGIN))
        left += page.width + GAP
    return picture


def main() -> None:
    """Writes the picture; ends with a message when it cannot, or when it would be too heavy."""
    source, target, label = Path(sys.argv[1]), Path(sys.argv[2]), (*sys.argv[3:], "8")[0]
    pdf = pypdfium2.PdfDocument(source)
    labels = [pdf.get_page_label(index) for index in range(len(pdf))]
    if label not in labels:
        sys.exit(f"{source.name} has no page {label}")
    # The cover comes first, the contents next.
    picture = side_by_side([page_image(pdf, 1), page_image(pdf, labels.index(label))])
    target.parent.mkdir(parents=True, exist_ok=True)
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)
    size = target.stat().st_size
    if size > LIMIT:
        sys.exit(f"{target.name} has {size} bytes, more than {LIMIT}")
    print(f"{target.name}: {picture.width} × {picture.height}, {size} bytes")


if __name__ == "__main__":
    main()
