"""Where the words go: pipes that close, terminals with and without colour, programs that listen."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest
from cli.running import BIB, BIBLIO, SLUG, biblio, environment, on_a_terminal, rewrite


@pytest.mark.parametrize(
    "words", [["list"], ["explain"], ["schema"], ["check"], ["show", "exemple-site"], ["--help"], ["build", "--help"]]
)
@pytest.mark.parametrize("reader", ["head -0", "head -1", "true"])
def test_a_pipe_that_nobody_reads(project: Path, words: list[str], reader: str) -> None:
    """Whether the command notices depends on how much it had to say; that it says nothing of it does not."""
    command = shlex.join([*BIBLIO, *words])
    done = subprocess.run(
        ["bash", "-c", f"{command} | {reader}; exit ${{PIPESTATUS[0]}}"],
        cwd=project,
        env=environment(),
        capture_output=True,
        check=False,
    )
    assert done.returncode in (0, 2)
    assert done.stderr == b""


def test_a_closed_pipe_ends_a_command_that_could_not_speak(project: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [*BIBLIO, "list"], cwd=project, env=environment(), stdout=writing, stderr=subprocess.PIPE, check=False
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (2, b"")


def test_nobody_listens_at_all(project: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        for words in (["list"], ["build", "rien"], ["frobnique"], ["build", "--format", "html"]):
            done = subprocess.run(
                [*BIBLIO, *words], cwd=project, env=environment(), stdout=writing, stderr=writing, check=False
            )
            assert done.returncode == 2
    finally:
        os.close(writing)
    assert (project / "build" / f"{SLUG}.html").exists()


COLOUR = re.compile(r"\x1b\[[\d;]*m")


def test_colour_on_a_terminal_and_nowhere_else(project: Path) -> None:
    rewrite(project / BIB, "{2024-03}", "{mars}")
    piped = biblio(project, "check")
    assert "\x1b" not in piped.out + piped.err
    code, coloured = on_a_terminal(project, "check")
    assert code == 0
    assert "\x1b[1;33mavertissement\x1b[0m" in coloured
    assert COLOUR.sub("", coloured) == piped.err + piped.out
    assert on_a_terminal(project, "check", NO_COLOR="1") == (0, piped.err + piped.out)
    assert on_a_terminal(project, "check", NO_COLOR="") == (0, coloured)


def test_a_notice_is_bold_and_italic_on_a_terminal(project: Path) -> None:
    piped = biblio(project, "show", "exemple-2024-article").out
    assert "\x1b" not in piped
    code, shown = on_a_terminal(project, "show", "exemple-2024-article")
    assert code == 0
    assert "\x1b[1mUn titre d’article" in shown
    assert "\x1b[3mLa Revue d’exemple" in shown
    assert COLOUR.sub("", shown) == piped
    assert on_a_terminal(project, "show", "exemple-2024-article", NO_COLOR="1") == (0, piped)


def test_errors_that_stop_are_coloured_too(project: Path) -> None:
    code, shown = on_a_terminal(project, "build", "rien")
    assert code == 2
    assert shown.startswith("\x1b[1;31merreur\x1b[0m E102 unknown-dossier: ")
    assert on_a_terminal(project, "build", "rien", NO_COLOR="1")[1].startswith("erreur E102")


def test_progress_on_a_terminal_writes_over_itself(project: Path) -> None:
    code, shown = on_a_terminal(project, "build", "--format", "html")
    assert code == 0
    steps = [f"{SLUG} : composition…", f"{SLUG} : mise en page…", f"{SLUG} : écriture…"]
    assert shown == "".join(f"\r\x1b[K{step}" for step in steps) + (f"\r\x1b[K{SLUG} : 3 notices → build/{SLUG}.html\n")
    for silent in ("--quiet", "--json"):
        code, shown = on_a_terminal(project, "build", "--format", "html", "--force", silent)
        assert (code, "\x1b" in shown, "composition" in shown) == (0, False, False)


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize(
    ("words", "code"), [("build --format html --force", 0), ("build rien", 2), ("list", 0), ("new x", 2)]
)
def test_streams_that_are_closed(project: Path, words: str, code: int, closed: str) -> None:
    command = f"{shlex.join(BIBLIO)} {words} {closed}"
    done = subprocess.run(["sh", "-c", command], cwd=project, env=environment(), capture_output=True, check=False)
    assert done.returncode == code
    assert b"E122" not in done.stderr
    assert b"Traceback" not in done.stderr
