"""Reads the folder of a style from the disk; what leads out of it, or is too big, is refused."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import biblio
from biblio.formats.text import decode_bytes
from biblio.project.read import MAX_SETTINGS, is_inside, read_bytes
from biblio.project.source import SourceFile, shown_as
from biblio.style.style import StyleFiles
from biblio.words.faults import Diagnostic, Span, diagnose

STYLES = "styles"
# A font of Chinese, the largest file that a style has use for, stays under it.
MAX_STYLE_FILE = 32_000_000
MAX_SHEET = 4_000_000


@dataclass(frozen=True, slots=True)
class StyleFolder:
    """One style's folder, read, and the files of it that were refused."""

    files: tuple[SourceFile, ...]
    parsed: StyleFiles
    diagnostics: tuple[Diagnostic, ...] = ()

    @classmethod
    def read(cls, folder: Path, shown: str) -> StyleFolder:
        """Reads a folder, which is called ``shown`` in messages. Raises ``BiblioError`` (E104)."""
        files: dict[str, bytes] = {}
        refused: list[Diagnostic] = []
        for path in sorted(path for path in folder.rglob("*") if not path.name.startswith(".")):
            name = shown_as(path.relative_to(folder))
            # A style may come from a stranger: a link in it must not bring a file of this machine into the outputs.
            if not is_inside(path, folder):
                refused.append(diagnose("D116", Span(f"{shown}/{name}")))
            elif not path.is_dir():
                limit = _most_of(path)
                if path.is_file() and path.stat().st_size > limit:
                    refused.append(diagnose("D117", Span(f"{shown}/{name}"), limit=limit // 1_000_000))
                else:
                    files[name] = read_bytes(path, f"{shown}/{name}", limit)

        def sheet(name: str) -> str:
            return decode_bytes(files.get(name, b""), f"{shown}/{name}").value

        parsed = StyleFiles(
            folder.name,
            f"{shown}/style.yaml",
            sheet("style.yaml"),
            sheet("page.css"),
            sheet("screen.css"),
            sheet("email.css"),
            {
                name: content
                for name, content in files.items()
                if name.endswith((".ttf", ".otf", ".svg", ".png", ".csl", ".bst"))
            },
            sheet("words.yaml"),
        )
        return cls(
            tuple(SourceFile(f"{shown}/{name}", content) for name, content in files.items()), parsed, tuple(refused)
        )


def _most_of(path: Path) -> int:
    """How many bytes a file of a style may have: text is what somebody typed, and is read as a whole."""
    if path.name == "email.css":  # goes onto every element of a letter
        return MAX_SETTINGS
    return {".yaml": MAX_SETTINGS, ".css": MAX_SHEET, ".csl": MAX_SHEET}.get(path.suffix, MAX_STYLE_FILE)


def bundled_styles() -> Path:
    """The folder of biblio's own styles: inside the installed package, or beside ``src/`` in a checkout."""
    package = Path(biblio.__file__).resolve().parent
    installed = package / STYLES
    return installed if installed.is_dir() else package.parents[1] / STYLES
