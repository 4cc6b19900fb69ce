"""Writes what is double-clicked, and the command line, of each system."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import distlib

FILES = Path(__file__).parent / "files"
# What a person double-clicks, and what is typed.
NAMES = {
    "linux": ("biblio-bureau", "./biblio"),
    "darwin": ("biblio.app", "biblio.app/Contents/Resources/biblio"),
    "win32": ("biblio-bureau.exe", "biblio.exe"),
}


def write_launchers(folder: Path, inside: Path, version: str) -> None:
    """Writes what opens the desk into ``folder``; the command line and what to read into ``inside``, beside Python."""
    if sys.platform == "win32":
        _write_program(folder / "biblio.exe", "t64.exe", "python.exe", "command.py")
        _write_program(folder / "biblio-bureau.exe", "w64.exe", "pythonw.exe", "desk.py")
    elif sys.platform == "darwin":
        _copy("Info.plist", folder / "Contents", version)
        _copy("biblio-bureau", folder / "Contents/MacOS", version, runs=True)
        _copy("biblio", inside, version, runs=True)
    else:
        _copy("biblio", folder, version, runs=True)
        _copy("biblio-bureau", folder, version, runs=True)
        _copy("biblio.desktop", folder, version, runs=True)
    _copy("LISEZ-MOI.txt", inside, version)


def _copy(name: str, folder: Path, version: str, *, runs: bool = False) -> None:
    icon, command = NAMES[sys.platform]
    text = (FILES / name).read_text("utf-8")
    for mark, value in (("@VERSION@", version), ("@ICON@", icon), ("@COMMAND@", command)):
        text = text.replace(mark, value)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    (folder / name).chmod(0o755 if runs else 0o644)


def _write_program(place: Path, launcher: str, python: str, source: str) -> None:
    """A program of Windows: the launcher that pip uses too, the Python that it starts, and a zip of what that runs."""
    launchers = Path(distlib.__file__).parent
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo("__main__.py"), (FILES / source).read_text("utf-8"))
    shebang = f"#!<launcher_dir>\\python\\{python}\r\n".encode()
    place.write_bytes((launchers / launcher).read_bytes() + shebang + packed.getvalue())
