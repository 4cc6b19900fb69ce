"""Under ``python -OO``, which takes docstrings and assertions out of a program, nothing that a user sees changes."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from cli.running import BIB, BIBLIO, SLUG, biblio, rewrite

OPTIMISED = [sys.executable, "-OO", "-m", "biblio"]


@pytest.mark.parametrize(
    "words",
    [
        ["explain"],
        *(["explain", code, "--lang", lang] for code in ("F101", "R504", "S101", "P106") for lang in ("fr", "en")),
        ["check", "--format", "sarif"],
        ["check", "--help"],
        ["list"],
        ["outline", SLUG],
        ["show", "exemple-2024-article"],
        ["schema"],
    ],
    ids=" ".join,
)
def test_a_command_says_the_same(project: Path, words: list[str]) -> None:
    rewrite(project / BIB, "{2024-03}", "{mars 2024}")
    assert biblio(project, *words, program=OPTIMISED) == biblio(project, *words)


def test_a_build_gives_the_same_bytes(project: Path) -> None:
    folders = {}
    for name, program in (("plain", BIBLIO), ("optimised", OPTIMISED)):
        done = biblio(project, "build", "--format", "html,pdf", "-o", name, program=program)
        assert done.code == 0, done.err
        folders[name] = {path.name: path.read_bytes() for path in (project / name).glob(f"{SLUG}.[hp]*")}
    assert folders["plain"] == folders["optimised"]
    assert len(folders["plain"]) == 2
