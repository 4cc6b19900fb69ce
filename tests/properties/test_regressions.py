"""What once made a reader fail, or is known to make others fail, is read without a fault of ours."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuzz.targets import TARGETS

CASES = sorted(path for path in (Path(__file__).parents[2] / "fuzz" / "regressions").iterdir() if path.suffix != ".md")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_a_regression_stays_away(path: Path) -> None:
    TARGETS[path.name.partition("-")[0]](path.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
@given(content=st.binary(max_size=120))
def test_a_target_takes_any_bytes(name: str, content: bytes) -> None:
    TARGETS[name](content)
