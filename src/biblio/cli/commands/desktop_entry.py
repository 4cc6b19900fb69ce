"""The command ``desktop-entry``: an icon to double-click that opens the desk."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from biblio.cli.console import say_out, tell
from biblio.cli.icons import ICONS, Icon, name_of
from biblio.cli.options import ProjectOption, QuietOption
from biblio.cli.words import say
from biblio.project.overwrite import overwrite
from biblio.project.project import discover
from biblio.words.faults import BiblioError, Span, diagnose


def desktop_entry_command(
    context: typer.Context,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="option_icon_file")] = None,
    project: ProjectOption = Path(),
    system: Annotated[str, typer.Option("--system", help="option_system")] = "",
    quiet: QuietOption = False,
) -> None:
    """Writes an icon that opens the desk."""
    lang: str = context.obj
    root = discover(project).root
    icon = _icon(system or {"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux"))
    place = output or icon.folder() / icon.file(name_of(root))
    text = icon.write(_program(), root, say("icon_name", lang, project=root.name), say("icon_comment", lang))
    _make_folder(place.parent)
    overwrite(place, text.encode(icon.encoding))
    if icon.is_program:
        place.chmod(place.stat().st_mode | 0o111)
    say_out(str(place))
    if not quiet:
        tell(say(f"icon_done_{icon.system}", lang) + "\n")


def _icon(system: str) -> Icon:
    if system not in ICONS:
        raise BiblioError(diagnose("E239", system=system, known=", ".join(ICONS)))
    return ICONS[system]


def _program() -> list[str]:
    """The words that start this very program, from whatever folder."""
    frozen = getattr(sys, "frozen", False)
    return [sys.executable] if frozen else [sys.executable, "-m", "biblio"]


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        name = os.fsencode(folder.name).decode(errors="replace")
        raise BiblioError(diagnose("E105", Span(name), reason=error.strerror or str(error))) from error
