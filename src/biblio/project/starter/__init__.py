"""The small project that ``biblio init`` makes, in French or in English."""

from __future__ import annotations

from contextlib import suppress
from importlib.resources import files
from pathlib import Path

from biblio.words.faults import BiblioError, Span, diagnose

# The files of the project: where each goes, and the file beside this module that it comes from.
FILES = {
    "references/exemple.bib": "references.bib",
    "dossiers/premier-dossier.yaml": "dossier.yaml",
    "README.md": "README.md",
    ".gitignore": "gitignore",
}


def create(folder: Path, lang: str) -> tuple[Path, ...]:
    """Makes the project in ``folder`` and returns its files.

    Raises ``BiblioError`` when the folder is there and not empty (E108), or cannot be written (E105).
    """
    spoken = lang if files(__name__).joinpath(lang).is_dir() else "en"
    made: list[Path] = []
    is_new = True
    try:
        is_new = not folder.exists()
        if not is_new and (not folder.is_dir() or any(folder.iterdir())):
            raise BiblioError(diagnose("E108", folder=folder.resolve().name or folder))
        for target, source in FILES.items():
            path = folder / target
            path.parent.mkdir(parents=True, exist_ok=True)
            made.append(path)
            path.write_text(files(__name__).joinpath(spoken, source).read_text(encoding="utf-8"), encoding="utf-8")
    except OSError as error:
        _unmake(folder, made, is_new)
        raise BiblioError(diagnose("E105", Span(folder.name or "."), reason=error.strerror or str(error))) from error
    return tuple(made)


def _unmake(folder: Path, made: list[Path], is_new: bool) -> None:
    """Takes back a half-made project, so that nothing is in the way of a second attempt."""
    for path in made:
        with suppress(OSError):
            path.unlink()
    for parent in {path.parent for path in made} - {folder}:
        with suppress(OSError):
            parent.rmdir()
    if is_new:
        with suppress(OSError):
            folder.rmdir()


def make_empty(folder: Path) -> None:
    """The folders without which a project is none, whatever else stands there. Raises ``BiblioError`` (E105)."""
    try:
        for target in FILES:
            (folder / target).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BiblioError(diagnose("E105", Span(folder.name or "."), reason=error.strerror or str(error))) from error
