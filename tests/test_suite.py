"""The suite's three parts: each test is in one, and a quick test that is not quick is told."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from parts import ENGINE, ENGINES, SLOW, TESTS, hold_engines_back, part_of

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    ("file", "fixtures", "part"),
    [
        ("test_floors.py", [], "quick"),
        ("test_floors.py", ["tmp_path", "output"], "engine"),
        ("test_verapdf.py", [], "engine"),
        ("cli/test_commands.py", [], "engine"),
        ("text/test_collation.py", [], "quick"),
        ("outputs/test_standards.py", ["tmp_path"], "engine"),
        ("outputs/test_browsers.py", ["output"], "slow"),
    ],
)
def test_the_part_of_a_test(file: str, fixtures: list[str], part: str) -> None:
    assert (TESTS / file).is_file()
    assert part_of(TESTS / file, fixtures) == part


def test_this_test_is_quick(request: pytest.FixtureRequest) -> None:
    assert [mark.name for mark in request.node.iter_markers()] == []


@pytest.mark.parametrize("engine", ENGINES)
def test_a_quick_test_cannot_use_an_engine(tmp_path: Path, engine: str) -> None:
    hold_engines_back(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", f"import {engine}"],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert f"a quick test needs {engine}: tests/parts.py must say" in done.stderr


def test_every_place_that_is_named_exists() -> None:
    assert [place for place in (*ENGINE, *SLOW) if not (TESTS / place).exists()] == []


def test_continuous_integration_runs_every_part_and_the_tests_last() -> None:
    ran = re.findall(r"^make (\S+) \|\| status=1$", (ROOT / ".ci" / "run").read_text("utf-8"), re.MULTILINE)
    assert ran == ["lint", "test-slow", "test"]  # the quick tests are a part of test
