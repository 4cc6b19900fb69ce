"""No expression of the package takes a time out of proportion to the length of a text that it meets."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from expressions import SHORT, Expression, outgrown_by

TESTS = Path(__file__).parent
SHARES = 4
PATIENCE = 900  # seconds of the clock, on a machine that may be at work on other things


def _of(text: str, way: str) -> Expression:
    return Expression(text, re.compile(text).flags, (("here", 1),), frozenset({way}))


@pytest.mark.parametrize(
    ("text", "way"),
    [
        (r"\s+x", "search"),
        (r"\w+@", "sub"),
        (r"(?m)^\s*:", "finditer"),
        (r"\s*;?\s*x", "match"),
        (r"\d+\d+x", "match"),
        (r"<.*>", "search"),
        (r"(?:a+)+b", "fullmatch"),
        (r"[a-z]{2,3}(?:[-_]\w{2,8}(?:[-_]\w{1,8})*)?", "fullmatch"),
    ],
)
def test_an_expression_that_goes_back_is_found(text: str, way: str) -> None:
    assert outgrown_by(_of(text, way)) is not None


@pytest.mark.parametrize(
    ("text", "way"),
    [
        (r"(?<!\s)\s+x", "search"),
        (r"^\s*:", "search"),
        (r"\s*+;?\s*+x", "match"),
        (r"<[^<>]*>", "search"),
        (r"\s+x", "match"),
    ],
)
def test_an_expression_that_does_not_is_left_alone(text: str, way: str) -> None:
    assert outgrown_by(_of(text, way)) is None


@pytest.mark.parametrize("share", range(SHARES))
def test_no_expression_outgrows_its_text(share: int) -> None:
    """In a process that may not go on for ever, which says which expression it is at."""
    command = [sys.executable, str(TESTS / "expressions.py"), str(share), str(SHARES)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="ascii") as process:
        try:
            said, _ = process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            said, _ = process.communicate()
    lines = said.splitlines()
    assert process.returncode == 0, lines[-1:]
    assert len(lines) > 100
    assert [f"{lines[at - 1]}\n{line}" for at, line in enumerate(lines) if line.startswith("!")] == []


def test_every_line_of_the_ledger_has_an_expression() -> None:
    code = f"import sys; sys.path.insert(0, {str(TESTS)!r}); import expressions; expressions.print_used()"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split("\n")
    assert [place for place in SHORT if ascii(place) not in said] == []
