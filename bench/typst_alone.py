"""Typst alone: sets ``dossier.typ`` in a folder, with the fonts of a style, as PDF/UA-1."""

import sys
from pathlib import Path

import typst  # type: ignore[import-not-found,unused-ignore]  # installed by make bench

folder, fonts, output = map(Path, sys.argv[1:])
typst.compile(
    folder / "dossier.typ", output, font_paths=[fonts], ignore_system_fonts=True, pdf_standards=["ua-1"], timestamp=0
)
