"""What a command loads before it answers: heavy libraries only where their work is due."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from cli.running import biblio

TIMED = [sys.executable, "-X", "importtime", "-m", "biblio"]
HEAVY = {"multiprocessing", "weasyprint", "jinja2", "pypandoc"}


def loaded(project: Path, *words: str) -> set[str]:
    """The modules that a command imports, as Python tells when it is asked for the time that each one took."""
    done = biblio(project, *words, program=TIMED)
    assert done.code == 0
    assert "Traceback" not in done.err
    return {line.rpartition("|")[2].strip() for line in done.err.splitlines() if line.startswith("import time:")}


@pytest.mark.parametrize(
    "words",
    [["--version"], ["list"], ["check"], ["why", "exemple-2024-article"]],
    ids=lambda words: words[0],
)
def test_a_small_command_loads_nothing_heavy(project: Path, words: list[str]) -> None:
    modules = loaded(project, *words)
    assert "biblio.build.batch" in modules
    assert modules & HEAVY == set()


def test_a_build_loads_what_it_needs(project: Path) -> None:
    assert loaded(project, "build") & HEAVY == {"weasyprint", "jinja2"}
