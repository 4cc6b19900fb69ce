"""Completion in the shells themselves: nothing that files name is ever run, and what is harmless is offered."""

from __future__ import annotations

import os
import pty
import select
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cli.running import BIB, SPEC, biblio, environment
from hypothesis import given
from hypothesis import strategies as st

from biblio.cli.safe_words import is_safe

# What runs « id>hit » in one shell or another, once an answer of it is expanded or evaluated. Nothing here that opens
# and does not close: zsh would give up before it ran what the others hold.
HOSTILE = (r"\$(id>hit)", "$(id>hit)", "x;id>hit;", "x|id>hit", "x&&id>hit", ">hit", "-C")
ODD = ("`id>hit`", r"\`id>hit`", "x';id>hit;'", 'x"));id>hit;((":"', "<(id>hit)", "=(id>hit)", "*(e:id>hit:)")
NOT_WORDS = ("", "~", "a b", "a\nb", "%1", "=ls", "@x", "+x", "/etc", "a{b,c}", "é\u202e")
PLAIN = ("été-2024", "dblp:conf/2019.7", "martin_2019+b")
LINES = (
    "biblio show ",
    "biblio build ",
    "biblio build --style ",
    "biblio new x --theme ",
    "biblio explain F10",
    "biblio ",
)


@pytest.fixture
def hostile(project: Path) -> Path:
    """A project in which everything that completion names is also there under names that are commands."""
    entries = "".join(f"@misc{{{key}, title = {{Un}}}}\n" for key in (*HOSTILE, *PLAIN) if "," not in key)
    (project / BIB).write_text(entries, encoding="utf-8")
    themes = "".join(f"{theme!r}: {{fr: Un, en: One}}\n" for theme in ("sante", r"\$(id>hit)"))
    (project / "references" / "themes.yaml").write_text(themes, encoding="utf-8")
    for name in HOSTILE:
        if "/" not in name:
            shutil.copy(project / SPEC, project / "dossiers" / f"{name}.yaml")
            (project / "styles" / name).mkdir(parents=True)
            (project / "styles" / name / "style.yaml").write_text("title: Un\n")
    return project


def with_biblio(folder: Path) -> dict[str, str]:
    """An environment in which ``biblio`` is this one."""
    program = folder / "bin" / "biblio"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m biblio "$@"\n')
    program.chmod(0o755)
    home = folder / "home"
    home.mkdir()
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    return environment("C.UTF-8", PATH=path, HOME=str(home), TERM="dumb", ZDOTDIR=str(home))


def script(folder: Path, shell: str) -> str:
    done = biblio(folder, env=environment(_BIBLIO_COMPLETE=f"source_{shell}"))
    assert (done.code, done.err) == (0, "")
    return done.out


def needs(shell: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(shell) is None, reason=f"{shell} is not installed")


def unharmed(project: Path) -> None:
    assert [path for path in project.rglob("*") if path.name == "hit"] == []


@needs("bash")
def test_bash(hostile: Path, tmp_path: Path) -> None:
    words = script(hostile, "bash")
    for line in LINES:
        typed = line.split(" ")
        quoted = " ".join(f"'{word}'" for word in typed)
        words += f"\nCOMP_WORDS=({quoted}); COMP_CWORD={len(typed) - 1}; _biblio_completion biblio\n"
        words += "printf '%s\\n' \"${COMPREPLY[@]}\" ==\n"
    done = subprocess.run(
        ["bash", "--norc", "-c", words], cwd=hostile, env=with_biblio(tmp_path), capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    offered = [part.split("\n") for part in done.stdout.decode().split("\n==\n")]
    assert set(PLAIN) <= set(offered[0])
    assert offered[1] == ["premier-dossier"]
    assert {"cres", "liste"} < set(offered[2])
    assert offered[3] == ["sante"]
    assert "F101" in offered[4]
    assert "build" in offered[5]
    assert [word for words in offered[:-1] for word in words if not is_safe(word)] == []
    unharmed(hostile)


@needs("fish")
def test_fish(hostile: Path, tmp_path: Path) -> None:
    words = script(hostile, "fish") + "".join(f"\ncomplete -C '{line}'; echo ==" for line in LINES)
    done = subprocess.run(
        ["fish", "--no-config", "-c", words], cwd=hostile, env=with_biblio(tmp_path), capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    parts = done.stdout.decode().split("\n==\n")
    offered = [[word.partition("\t")[0] for word in part.split("\n")] for part in parts]
    assert set(PLAIN) <= set(offered[0])
    assert offered[1] == ["premier-dossier"]
    assert {"cres", "liste"} < set(offered[2])
    assert offered[3] == ["sante"]
    assert "F101" in offered[4]
    assert "build" in offered[5]
    assert [word for words in offered[:-1] for word in words if not is_safe(word)] == []
    unharmed(hostile)


class Zsh:
    """A zsh on a terminal of its own, typed to as a user would."""

    def __init__(self, folder: Path, env: dict[str, str]) -> None:
        self.master, slave = pty.openpty()
        self.process = subprocess.Popen(
            ["zsh", "-f", "-i"], cwd=folder, env=env, stdin=slave, stdout=slave, stderr=slave, start_new_session=True
        )
        os.close(slave)

    def type(self, keys: str, until: str) -> str:
        """Types, and gives all that was shown up to some words and the next prompt (which asks for bracketed paste)."""
        os.write(self.master, keys.encode())
        shown = ""
        end = time.monotonic() + 60
        while (
            "\x1b[?2004h" not in shown.partition(until)[2]
            and time.monotonic() < end
            and select.select([self.master], [], [], 60)[0]
        ):
            shown += os.read(self.master, 65536).decode(errors="replace")
        return shown

    def close(self) -> None:
        self.process.kill()
        self.process.wait(10)
        os.close(self.master)


@needs("zsh")
def test_zsh(hostile: Path, tmp_path: Path) -> None:
    (tmp_path / "completion.zsh").write_text(script(hostile, "zsh"), encoding="utf-8")
    zsh = Zsh(hostile, with_biblio(tmp_path))
    try:
        zsh.type("PS1='> '; autoload -Uz compinit; compinit -u; setopt no_beep list_ambiguous; echo re''ady\n", "ready")
        zsh.type(f"source '{tmp_path}/completion.zsh'; echo load''ed\n", "loaded")
        # Tab twice lists what is offered; Ctrl-U takes the line back; what echo says comes after all of it.
        shown = [zsh.type(f"{line}\t\t\x15echo do''ne\n", "done\r\n") for line in LINES]
    finally:
        zsh.close()
    unharmed(hostile)
    wanted = ("martin_2019+b", "premier-dossier", "cres", "sante", "F101", "coverage")
    assert [word for word, listed in zip(wanted, shown, strict=True) if word not in listed] == []
    assert "dblp:conf/2019.7" in shown[0]


@given(st.text(max_size=12))
def test_only_words_that_are_themselves_are_offered(word: str) -> None:
    if is_safe(word):
        assert not set(word) & set(" \t\n\r\\\"'`$&|;<>()[]{}*?!#~^\u2018\u2019\u201c\u201d")
        assert word[0].isalnum() or word[0] in "_-"


@pytest.mark.parametrize("word", [*HOSTILE[:-1], *ODD, *NOT_WORDS])
def test_these_are_not(word: str) -> None:
    assert not is_safe(word)
