"""``--executor`` where there is no cluster: what is wrong is said at once, and nothing is published."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest
from cli.running import PDF, biblio

WITHOUT_DASK = """
import importlib.util, sys
find = importlib.util.find_spec
importlib.util.find_spec = lambda name, *rest: None if name == "distributed" else find(name, *rest)
from biblio.cli.main import main
main(sys.argv[1:])
"""


@pytest.mark.parametrize(
    "executor",
    ["dask:", "dask:machine", "ray:machine:1", "dask:machine:0", "dask:http://machine:8786", "dask:a:1\x1b[2J"],
)
def test_an_address_that_is_none_is_told(project: Path, executor: str) -> None:
    done = biblio(project, "build", "--executor", executor)
    assert done.code == 2
    assert "E144 not-an-executor" in done.err
    assert "dask:HÔTE:PORT" in done.err
    assert "\x1b" not in done.err


def test_without_dask_the_line_to_type_is_told(project: Path) -> None:
    program = [sys.executable, "-c", WITHOUT_DASK]
    done = biblio(project, "build", "--executor", "dask:127.0.0.1:8786", program=program)
    assert done.code == 2
    assert "E145 no-dask" in done.err
    assert 'pip install "biblio[dask]"' in done.err
    assert not (project / PDF).exists()


def test_no_scheduler_at_the_address_is_told(project: Path) -> None:
    pytest.importorskip("distributed", reason="the extra “dask” is not installed")
    with socket.socket() as taken:  # bound, and not listening: nobody else gets the port meanwhile
        taken.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        done = biblio(project, "build", "--executor", f"dask:{address}")
    assert done.code == 2
    assert f"E146 no-scheduler: aucun ordonnanceur ne répond à tcp://{address}" in done.err
    assert not (project / PDF).exists()


def test_nobody_is_asked_while_nothing_is_to_be_made(project: Path) -> None:
    assert biblio(project, "build").code == 0
    done = biblio(project, "build", "--executor", "dask:127.0.0.1:1")
    assert (done.code, done.err) == (0, "")
    assert "à jour" in done.out
