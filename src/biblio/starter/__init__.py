"""The small project that ``biblio init`` makes, in French or in English."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from biblio.diagnostics import BiblioError, Span, diagnose

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
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise BiblioError(diagnose("E108", Span(folder.name)))
        made = []
        for target, source in FILES.items():
            path = folder / target
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(files(__name__).joinpath(lang, source).read_text(encoding="utf-8"), encoding="utf-8")
            made.append(path)
    except OSError as error:
        raise BiblioError(diagnose("E105", Span(folder.name), reason=error.strerror or str(error))) from error
    return tuple(made)
