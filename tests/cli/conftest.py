"""The project that a test may do with as it likes."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.running import make_project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path)
