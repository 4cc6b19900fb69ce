"""What a command loads before it answers: heavy libraries only where their work is due."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from cli.running import biblio

TIMED = [sys.executable, "-X", "importtime", "-m", "biblio"]
HEAVY = {"multiprocessing", "weasyprint", "jinja2", "pydantic", "pypandoc"}


def loaded(project: Path, *words: str) -> set[str]:
    """The modules that a command imports, as Python tells when it is asked for the time that each one took."""
    done = biblio(project, *words, program=TIMED)
    assert done.code == 0
    assert "Traceback" not in done.err
    return {line.rpartition("|")[2].strip() for line in done.err.splitlines() if line.startswith("import time:")}


# What is called by its place when its work is due, by the command that calls it.
LATE = {
    "biblio.check.run": "check",
    "biblio.citation.csl": "",
    "biblio.cli.commands.build": "",
    "biblio.formats.marc.reader": "",
    "biblio.importing.readers": "",
    "biblio.online.wire": "",
    "biblio.outputs.pdf.write": "check",
    "httpx": "",
    "xlsxwriter": "",
}


@pytest.mark.parametrize(
    "words",
    [["--version"], ["--help"], ["list"], ["check"], ["why", "exemple-2024-article"], ["show", "exemple-2024-article"]],
    ids=lambda words: words[0],
)
def test_a_small_command_loads_what_it_needs_and_nothing_heavy(project: Path, words: list[str]) -> None:
    modules = loaded(project, *words)
    assert "biblio.cli.app" in modules
    assert modules & HEAVY == set()
    assert {late for late, command in LATE.items() if command != words[0] and late in modules} == set()


def test_a_build_loads_what_it_needs(project: Path) -> None:
    assert loaded(project, "build") & HEAVY == {"weasyprint", "jinja2"}
