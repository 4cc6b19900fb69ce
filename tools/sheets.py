"""Makes contact sheets: every page of every dossier in every style, twelve to a picture, to be looked at.

python -m tools.sheets FOLDER [STYLE …]    FOLDER/STYLE/DOSSIER-1.png and so on; all the styles unless some are named

Needs the packages of ``make test`` (pypdfium2), and Pillow.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from PIL import Image

from biblio.build.pipeline import compose_dossier, render
from biblio.project.project import Project
from tools.picture import page_image, side_by_side

ROOT = Path(__file__).parents[1]
HEIGHT = 760  # pixels of a page: its words can just be read
ACROSS, A_SHEET = 4, 12


def pdf_of(project: Project, slug: str, style: str) -> bytes:
    """A dossier in a style; its faults are printed."""
    spec = project.dossier(slug)
    if spec.value is None:
        sys.exit(f"{slug} cannot be read")
    composed = compose_dossier(project, spec.value, style)
    if composed.value is None:
        sys.exit(f"{slug} cannot be composed in {style}")
    made = render(composed.value, ("pdf",))
    for fault in (*spec.diagnostics, *composed.diagnostics, *made.diagnostics):
        print(slug, style, fault)
    return made.value["pdf"]


def sheets(pdf: bytes) -> Iterator[Image.Image]:
    """The pages of a PDF in rows, some to a sheet."""
    document = pypdfium2.PdfDocument(pdf)
    for first in range(0, len(document), A_SHEET):
        numbers = range(first, min(first + A_SHEET, len(document)))
        images = [page_image(document, number, HEIGHT) for number in numbers]
        rows = [side_by_side(images[start : start + ACROSS]) for start in range(0, len(images), ACROSS)]
        sheet = Image.new("RGB", (max(row.width for row in rows), sum(row.height for row in rows)), "white")
        top = 0
        for row in rows:
            sheet.paste(row, (0, top))
            top += row.height
        yield sheet


def main() -> None:
    """Writes the sheets."""
    folder, project = Path(sys.argv[1]), Project(ROOT)
    for style in sys.argv[2:] or project.style_names:
        (folder / style).mkdir(parents=True, exist_ok=True)
        for slug in project.slugs:
            for old in (folder / style).glob(f"{slug}-*.png"):
                old.unlink()
            for number, sheet in enumerate(sheets(pdf_of(project, slug, style)), 1):
                sheet.save(folder / style / f"{slug}-{number}.png")
            print(f"{style}: {slug}")


if __name__ == "__main__":
    main()
