r"""The files that open the desk by a double click, each as its system reads it: every path quoted so that it stays one.

Sources: the Desktop Entry Specification 1.5 (« Exec » and its two levels of quoting), POSIX 2024 § 2.2, and for cmd.exe
« cmd /? » and ``CommandLineToArgvW``.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from biblio.text.harmless import printable
from biblio.yaml_model.slug import slug_like

Written = Callable[[Sequence[str], Path, str, str], str]


@dataclass(frozen=True, slots=True)
class Icon:
    """A kind of file: for which system, what it is called, where it goes, what stands in it, and in what encoding.

    ``write`` is given the words of the program, the folder of the project, and the name and the comment to show.
    """

    system: str
    file: Callable[[str], str]
    folder: Callable[[], Path]
    write: Written
    encoding: str = "utf-8"
    is_program: bool = True


def name_of(root: Path) -> str:
    """What the file of a project is called."""
    return slug_like(root.name)


# --- Linux -----------------------------------------------------------------------------------------------------------


def desktop_file(program: Sequence[str], root: Path, name: str, comment: str) -> str:
    """A desktop entry. It opens a terminal, which shows the address and closes the desk when it is closed."""
    words = [*program, "serve", "-C", os.fspath(root)]
    lines = [
        "[Desktop Entry]",
        "Type=Application",
        "Version=1.5",
        f"Name={_value(name)}",
        f"Comment={_value(comment)}",
        f"Exec={_value(' '.join(map(_argument, words)))}",
        "Icon=accessories-text-editor",
        "Terminal=true",
        "Categories=Office;",
    ]
    return "\n".join(lines) + "\n"


def _argument(word: str) -> str:
    """A word of « Exec »: between quotes where a character is reserved, and a percent sign twice."""
    word = word.replace("%", "%%")
    if re.fullmatch(r"[\w%+,./:=@-]+", word, re.ASCII):
        return word
    escaped = re.sub(r'(["`$\\])', r"\\\1", word)
    return f'"{escaped}"'


def _value(text: str) -> str:
    """A value of a desktop entry: its backslashes and line ends by their signs."""
    text = text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
    return f"\\s{text[1:]}" if text.startswith(" ") else text


# --- macOS -----------------------------------------------------------------------------------------------------------


def command_file(program: Sequence[str], root: Path, name: str, comment: str) -> str:
    """A script for the Terminal of macOS, which ends when its window is closed."""
    words = [*program, "serve", "-C", os.fspath(root)]
    return f"#!/bin/sh\n# {printable(name)}: {printable(comment)}\nexec {shlex.join(words)}\n"


# --- Windows ---------------------------------------------------------------------------------------------------------


def cmd_file(program: Sequence[str], root: Path, name: str, comment: str) -> str:
    """A batch file, its lines ended as cmd.exe wants them; it reads as UTF-8 what stands below its second line."""
    words = [*program, "serve", "-C", os.fspath(root)]
    lines = ["@echo off", "chcp 65001 >nul", f"rem {_remark(f'{name}: {comment}')}", " ".join(map(_quoted, words))]
    return "\r\n".join([*lines, "if errorlevel 1 pause"]) + "\r\n"


def _quoted(word: str) -> str:
    """A word for cmd.exe, and for the program that takes the line apart; no path of Windows has a quote in it."""
    word = word.replace('"', "").replace("%", "%%")
    trailing = word[len(word.rstrip("\\")) :]  # backslashes before a quote count twice
    return f'"{word}{trailing}"'


def _remark(text: str) -> str:
    """A text without what cmd.exe would take for something else."""
    return re.sub(r'[%&|<>^"]', " ", printable(text))


# --- the table -------------------------------------------------------------------------------------------------------


def _applications() -> Path:
    home = Path(os.environ.get("XDG_DATA_HOME", ""))
    return (home if home.is_absolute() else Path.home() / ".local/share") / "applications"


def _desktop() -> Path:
    return Path.home() / "Desktop"


ICONS: Mapping[str, Icon] = {
    "linux": Icon("linux", lambda name: f"biblio-{name}.desktop", _applications, desktop_file),
    "macos": Icon("macos", lambda name: f"biblio {name}.command", _desktop, command_file),
    "windows": Icon("windows", lambda name: f"biblio {name}.cmd", _desktop, cmd_file, is_program=False),
}
