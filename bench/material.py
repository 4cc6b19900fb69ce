"""A project to measure with, and the programs that are run on it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.measure import run

SLUG = "dossier"
PAGES = "pages.txt"


@dataclass(frozen=True, slots=True)
class Material:
    """A project of one dossier, ``SLUG``; in its folder ``bare``, the same dossier for WeasyPrint alone."""

    folder: Path
    pages: int

    @classmethod
    def make(cls, folder: Path, times: int) -> Material:
        """The reference dossier with its sections ``times`` over; with 0, its first notice alone.

        Another process makes it: what this one has ever held in memory would show in the peaks that it measures.
        """
        run((sys.executable, "-m", "bench.prepare", str(folder), str(times)))
        return cls(folder, int((folder / PAGES).read_text(encoding="ascii")))

    def cold(self, number: int) -> Sequence[str]:
        """A build of everything, into a folder of its own for each round."""
        return (*build(self.folder, f"build-{number}"), "--force")

    def idle(self, number: int) -> Sequence[str]:
        """A build that finds nothing to do behind the cold one; again, it answers from what the first kept."""
        return build(self.folder, f"build-{number}")

    def python(self, _: int) -> Sequence[str]:
        """Python alone, which does nothing."""
        return (sys.executable, "-c", "pass")

    def bare(self, number: int) -> Sequence[str]:
        """WeasyPrint alone on what biblio gives to it."""
        return lay_out(self.folder, f"bare-{number}.pdf")

    def typst(self, number: int) -> Sequence[str]:
        """Typst on the same text."""
        return set_by_typst(self.folder, f"typst-{number}.pdf")


def build(folder: Path, output: str) -> Sequence[str]:
    """The command that builds the dossier of a project into a folder inside it, typed in the project."""
    return ("env", "-C", str(folder), sys.executable, "-m", "biblio", "build", SLUG, "-o", output)


def lay_out(folder: Path, output: str) -> Sequence[str]:
    """The command that lays out what is in the folder ``bare`` of a project, into a file inside the project."""
    return (sys.executable, str(Path(__file__).with_name("bare.py")), str(folder / "bare"), str(folder / output))


def set_by_typst(folder: Path, output: str) -> Sequence[str]:
    """The command by which Typst sets what is in the folder ``typst`` of a project, into a file inside the project."""
    program = str(Path(__file__).with_name("typst_alone.py"))
    return (sys.executable, program, str(folder / "typst"), str(folder / "styles/cres/fonts"), str(folder / output))
