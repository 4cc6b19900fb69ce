"""What a person downloads and double-clicks: the archive, the launchers in it. `make try-bundle` tries the whole."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tools.bundle.archive import pack
from tools.bundle.launchers import write_launchers

MOMENT = 1_700_000_000
SAYS = '#!/bin/sh\nprintf "%s\\n" "$0" "$@"\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a bundle for Linux, where somebody has unpacked it, whose Python says what it is asked."""
    monkeypatch.setattr(sys, "platform", "linux")
    folder = tmp_path / "À moi, l’été" / "biblio"
    write_launchers(folder, folder, "1.2.3")
    python = folder / "python/bin/python3"
    python.parent.mkdir(parents=True)
    python.write_text(SAYS)
    python.chmod(0o755)
    return folder


def said(command: Sequence[str | Path], environment: Mapping[str, str]) -> list[str]:
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.splitlines()


def test_the_command_line_is_that_of_the_python_beside_it(folder: Path, tmp_path: Path) -> None:
    link = tmp_path / "biblio"
    link.symlink_to(folder / "biblio")
    python = str(folder / "python/bin/python3")
    asked = [python, "-P", "-m", "biblio", "build", "un dossier"]
    assert said([folder / "biblio", "build", "un dossier"], {}) == asked
    assert said([link, "build", "un dossier"], {}) == asked


def test_an_icon_opens_the_desk_and_keeps_what_went_wrong(folder: Path, tmp_path: Path) -> None:
    (folder / "python/bin/python3").write_text('#!/bin/sh\necho "$@" >"$HOME/asked"\necho "raté" >&2\nexit 2\n')
    environment = {"HOME": str(tmp_path / "chez Zoé"), "BIBLIO_QUIET": "1"}
    done = subprocess.run([folder / "biblio-bureau"], env=environment, check=False)
    assert done.returncode == 2
    assert (tmp_path / "chez Zoé/asked").read_text() == "-P -m biblio serve --icon -C ~/biblio\n"
    assert (tmp_path / "chez Zoé/.cache/biblio/bureau.txt").read_text() == "raté\n"


def test_the_desktop_entry_finds_what_it_opens(folder: Path) -> None:
    entry = (folder / "biblio.desktop").read_text("utf-8")
    (line,) = re.findall(r"^Exec=(.*)$", entry, re.MULTILINE)
    # Desktop Entry Specification 1.5: the escapes of a string, then the quoting of a command, then the field codes.
    words = re.findall(r'"((?:[^"\\]|\\.)*)"|(\S+)', line.replace("\\\\", "\\"))
    unquoted = [re.sub(r"\\(.)", r"\1", quoted) or bare for quoted, bare in words]
    command = [str(folder / "biblio.desktop") if word == "%k" else word for word in unquoted]
    (folder / "biblio-bureau").write_text(SAYS)
    assert said(command, {"PATH": os.environ["PATH"]}) == [str(folder / "biblio-bureau")]


def test_who_opens_the_folder_is_told_what_to_do(folder: Path) -> None:
    text = (folder / "LISEZ-MOI.txt").read_text("utf-8")
    assert text.startswith("biblio 1.2.3\n\nDouble-cliquez sur « biblio-bureau »")
    assert "@" not in text


def test_the_programs_of_windows_start_the_python_beside_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    write_launchers(tmp_path, tmp_path, "1.2.3")
    for name, python in (("biblio.exe", b"python.exe"), ("biblio-bureau.exe", b"pythonw.exe")):
        content = (tmp_path / name).read_bytes()
        assert content.startswith(b"MZ")
        assert b"#!<launcher_dir>\\python\\" + python + b"\r\n" in content
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            compile(packed.read("__main__.py"), name, "exec")


def test_the_same_files_give_the_same_archive(folder: Path, tmp_path: Path) -> None:
    first = pack(folder, tmp_path / "dist/biblio-linux", MOMENT)
    content = first.read_bytes()
    os.utime(folder / "biblio", (1, 1))
    assert pack(folder, tmp_path / "dist/biblio-linux", MOMENT).read_bytes() == content
    with tarfile.open(first) as packed:
        members = packed.getmembers()
        assert {(each.uid, each.uname, each.mtime) for each in members} == {(0, "", MOMENT)}
        assert {each.name for each in members if each.isfile() and each.mode == 0o755} == {
            f"biblio/{name}" for name in ("biblio", "biblio-bureau", "biblio.desktop", "python/bin/python3")
        }
