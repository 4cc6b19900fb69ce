"""Makes the pictures of docs/styles.md: three pages of a dossier in each style.

python -m tools.gallery FOLDER [SMALL]    FOLDER/STYLE.png, for every style of the checkout; small ones into SMALL

A style is shown by the dossier that is made in it, else by the first one of all. Needs what ``tools.sheets`` needs.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import Image

from biblio.project.project import Project
from tools.picture import page_image, side_by_side
from tools.sheets import ROOT, pdf_of

SHOWN_BY_DEFAULT = "demarches-territoriales-de-sante"
HEIGHT, COLOURS = 620, 48
SMALL_WIDTH, SMALL_COLOURS = 480, 24  # of the pictures that the desk has, which shows them at a third of it
LIMIT = 1_500_000  # bytes of all the pictures


def picture(pdf: bytes) -> bytes:
    """The first two pages, and behind them that on which the second part opens, as a PNG."""
    document = pypdfium2.PdfDocument(pdf)
    tops = [entry.get_dest().get_index() for entry in document.get_toc() if entry.level == 0]
    third = next((page for page in tops[2:] if page > 2), 2)
    shown = side_by_side([page_image(document, index, HEIGHT) for index in (0, 1, third)])
    content = BytesIO()
    shown.quantize(COLOURS, dither=Image.Dither.NONE).save(content, "PNG", optimize=True)
    return content.getvalue()


def small(content: bytes) -> bytes:
    """A picture in small."""
    shown = Image.open(BytesIO(content)).convert("RGB")
    shown.thumbnail((SMALL_WIDTH, SMALL_WIDTH))
    made = BytesIO()
    shown.quantize(SMALL_COLOURS, dither=Image.Dither.NONE).save(made, "PNG", optimize=True)
    return made.getvalue()


def main() -> None:
    """Writes the pictures; ends with a message when they would be too heavy."""
    folder, project = Path(sys.argv[1]), Project(ROOT)
    own = {spec.style: spec.slug for slug in project.slugs if (spec := project.dossier(slug).value)}
    made = {style: picture(pdf_of(project, own.get(style, SHOWN_BY_DEFAULT), style)) for style in project.style_names}
    size = sum(map(len, made.values()))
    if size > LIMIT:
        sys.exit(f"the pictures have {size} bytes, more than {LIMIT}")
    folders = [(folder, made)]
    if len(sys.argv) > 2:
        folders.append((Path(sys.argv[2]), {style: small(content) for style, content in made.items()}))
    for each, pictures in folders:
        each.mkdir(parents=True, exist_ok=True)
        for style, content in pictures.items():
            (each / f"{style}.png").write_bytes(content)
    print(f"{len(made)} pictures, {size} bytes")


if __name__ == "__main__":
    main()
