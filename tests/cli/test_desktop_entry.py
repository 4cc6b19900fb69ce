"""The icon that opens the desk: each system reads its words back as they are, whatever the folder is called."""

from __future__ import annotations

import configparser
import re
import shlex
import signal
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli.running import biblio, environment

from biblio.cli.icons import cmd_file, command_file, desktop_file

NASTY = [
    "simple",
    "Mes dossiers d'été",
    'a "b" c',
    "100 % $HOME `id` \\n",
    "%f %U",
    "-rf; touch x &",
    "a\\",
    " devant",
    "é\u202fà",
    "a#b~c=d*e?f(g)<h>|i",
]


def exec_words(text: str) -> list[str]:
    """The words of « Exec », taken apart by the rules of the specification: the value first, then the quotes."""
    parser = configparser.RawConfigParser(delimiters=("=",), comment_prefixes=("#",), strict=True)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read_string(text)
    entry = dict(parser["Desktop Entry"])
    assert entry["Type"] == "Application"
    assert entry["Terminal"] == "true"
    signs = {"s": " ", "n": "\n", "t": "\t", "r": "\r", "\\": "\\"}
    value = re.sub(r"\\(.)", lambda found: signs[found[1]], entry["Exec"])
    return list(_apart(value))


def _apart(value: str) -> Iterator[str]:
    for quoted, bare in re.findall(r'"((?:[^"\\`$]|\\["`$\\])*)"(?= |\Z)|([^\s"\'\\><~|&;$*?#()`]+)(?= |\Z)', value):
        word = re.sub(r"\\(.)", r"\1", quoted) if quoted else bare
        assert not re.search(r"(?<!%)(?:%%)*%(?!%)", word), word  # a sign for a file
        yield word.replace("%%", "%")


@pytest.mark.parametrize("name", NASTY)
def test_a_desktop_entry_has_the_words_as_they_are(name: str) -> None:
    program = [f"/opt/{name}/python", "-m", "biblio"]
    text = desktop_file(program, Path("/home/a") / name, name, "Ouvre")
    assert exec_words(text) == [*program, "serve", "-C", f"/home/a/{name}"]
    assert text.count("\n") == 9


@pytest.mark.parametrize("name", [*NASTY, "a\nb"])
def test_a_script_has_the_words_as_they_are(name: str) -> None:
    text = command_file([f"/opt/{name}/python"], Path("/home/a") / name, name, "Ouvre")
    first, remark, rest = text.split("\n", 2)
    assert (first, remark[0]) == ("#!/bin/sh", "#")
    assert shlex.split(rest) == ["exec", f"/opt/{name}/python", "serve", "-C", f"/home/a/{name}"]


@pytest.mark.parametrize("name", ["simple", "Mes dossiers d'été", "100 %PATH%", "a & b ^ c", "fin\\"])
def test_a_batch_file_has_the_words_between_quotes(name: str) -> None:
    text = cmd_file(["C:\\Python\\python.exe", "-m", "biblio"], Path(f"C:\\{name}"), name, "Ouvre")
    lines = text.split("\r\n")
    assert lines[:2] == ["@echo off", "chcp 65001 >nul"]
    assert not re.search(r'[%&|<>^"]', lines[2])
    words = re.findall(r'"([^"]*)"', lines[3])
    assert [word.replace("%%", "%") for word in words[:-1]] == ["C:\\Python\\python.exe", "-m", "biblio", "serve", "-C"]
    path = words[-1].replace("%%", "%")
    assert path == f"C:\\{name}" + ("\\" if name.endswith("\\") else "")  # before a quote, each backslash twice
    assert "\n" not in text.replace("\r\n", "")


def test_the_icon_opens_the_desk(project: Path, tmp_path: Path) -> None:
    home = tmp_path / "maison d'été"
    done = biblio(project, "desktop-entry", env=environment(HOME=str(home), XDG_DATA_HOME=""))
    assert done.code == 0
    place = Path(done.out.strip())
    assert place.parent == home / ".local/share/applications"
    assert place.suffix == ".desktop"
    assert place.stat().st_mode & stat.S_IXUSR
    words = exec_words(place.read_text())
    desk = subprocess.Popen([*words, "--no-browser"], stdout=subprocess.PIPE, text=True, cwd="/")
    try:
        assert desk.stdout is not None
        assert desk.stdout.readline().startswith("http://127.0.0.1:")
    finally:
        desk.send_signal(signal.SIGINT)
        desk.communicate(timeout=20)


def test_the_icon_of_another_system_goes_where_it_is_wanted(project: Path) -> None:
    assert biblio(project, "desktop-entry", "--system", "windows", "-o", "Ouvrir.cmd").out == "Ouvrir.cmd\n"
    assert (project / "Ouvrir.cmd").read_bytes().startswith(b"@echo off\r\n")
    assert biblio(project, "desktop-entry", "--system", "macos", "-o", "Ouvrir.command").code == 0
    assert (project / "Ouvrir.command").stat().st_mode & stat.S_IXUSR
    done = biblio(project, "desktop-entry", "--system", "amiga")
    assert (done.code, "E239 unknown-system" in done.err) == (2, True)
