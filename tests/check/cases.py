"""The cases of the rules: one text file a code, with the files to check, what is said of them, and how they are mended.

A line ``=== name`` begins each part: ``references/essai.bib``, ``dossiers/essai.yaml``, a style sheet … are files;
``messages`` holds what is found, a line a fault; ``corrigé`` the first file after its safe fixes, and ``corrigé sur
demande`` after all of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from biblio.check.check import Collection, check, of_files, of_project
from biblio.check.settings import Settings
from biblio.project.project import Project
from biblio.project.source import SourceFile
from biblio.report.text import message_of
from biblio.words.faults import Diagnostic

_ACCEPTED = (("absente", "harpet-2019"),)

FOLDER = Path(__file__).parent / "cases"
_ACCEPTED = (("absente", "harpet-2019"),)
MESSAGES, MENDED, MENDED_ON_REQUEST = "messages", "corrigé", "corrigé sur demande"


@dataclass(frozen=True)
class Case:
    """One case file."""

    code: str
    files: dict[str, str]
    messages: str
    mended: str | None
    mended_on_request: str | None


def read_case(path: Path) -> Case:
    """The parts of a case file."""
    pieces = re.split(r"^=== (.+)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    parts = dict(zip(pieces[::2], pieces[1::2], strict=True))
    messages, mended, on_request = (parts.pop(name, None) for name in (MESSAGES, MENDED, MENDED_ON_REQUEST))
    return Case(path.stem.partition("-")[0], parts, messages or "", mended, on_request)


def collect(case: Case, folder: Path) -> Collection:
    """The collection that a case describes: loose files, or a project in ``folder`` when it has a dossier."""
    if not any(name.startswith("dossiers/") for name in case.files):
        return of_files([SourceFile(name, text.encode()) for name, text in case.files.items()])
    for name, text in case.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return of_project(Project(folder))


def found_in(case: Case, folder: Path) -> tuple[Diagnostic, ...]:
    """What the case's own rule finds, and no other."""
    # The faults of settings and comments are about the other codes, which must be looked for.
    settings = Settings(accepted=_ACCEPTED) if case.code.startswith("C") else Settings(select=(case.code,))
    found = check(collect(case, folder), settings)
    return tuple(diagnostic for diagnostic in found if diagnostic.code == case.code)


def told(diagnostic: Diagnostic, lang: str = "fr") -> str:
    """A fault as a line of a case file."""
    span = diagnostic.span
    place = f"{span.path}:{span.line}:{span.column}: " if span else ""
    return f"{place}{diagnostic.code} {message_of(diagnostic, lang)}"
