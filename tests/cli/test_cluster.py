"""Dossiers built by the workers of a cluster on the loopback: the same files as here, whoever ends meanwhile."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from cli.running import BIBLIO, SLUG, SPEC, biblio, environment, snapshot
from sources import ROOT

pytest.importorskip("distributed", reason="the extra “dask” is not installed")

OTHERS = ("deuxieme", "troisieme", "quatrieme")
DASK = [sys.executable, "-W", "ignore", "-m", "dask"]
# Says when every worker that is expected is there, then when each has a dossier in hand.
WATCHER = """
import sys, time
from distributed import Client
with Client(sys.argv[1], timeout=30) as client:
    client.wait_for_workers(int(sys.argv[2]), timeout=60)
    print("there", flush=True)
    while sum("render_order" in str(keys) for keys in client.processing().values()) < int(sys.argv[2]):
        time.sleep(0.01)
    print("busy", flush=True)
"""


class Cluster:
    """A scheduler, and workers that can be ended one by one."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder, self._stack = folder, stack
        file = folder / "scheduler.json"
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file))
        self.address = address_in(file, self.scheduler)

    @property
    def executor(self) -> str:
        return f"dask:{self.address}"

    def worker(self, **env: str) -> subprocess.Popen[bytes]:
        return self._start("worker", self.address, "--no-nanny", "--nthreads", "1", **env)

    def watch(self, workers: int) -> subprocess.Popen[bytes]:
        """Returns when so many workers are there; the next line comes when each of them is at work."""
        words = [sys.executable, "-W", "ignore", "-c", WATCHER, self.address, str(workers)]
        process = self._stack.enter_context(ended(subprocess.Popen(words, stdout=subprocess.PIPE)))
        assert process.stdout is not None
        assert process.stdout.readline() == b"there\n"
        return process

    def _start(self, *words: str, **env: str) -> subprocess.Popen[bytes]:
        folder = self.folder / f"{words[0]}-{time.monotonic_ns()}"
        folder.mkdir()
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [*DASK, *words, "--no-dashboard"], cwd=folder, env=environment(**env), stdout=log, stderr=log
            )
        return self._stack.enter_context(ended(process))


class ended:  # noqa: N801  # reads as what it sees to
    """Sees to it that a process has ended."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process

    def __enter__(self) -> subprocess.Popen[bytes]:
        return self.process

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.communicate()


def address_in(file: Path, scheduler: subprocess.Popen[bytes]) -> str:
    """The address that a scheduler writes down when it listens."""
    while scheduler.poll() is None:
        try:
            address: str = json.loads(file.read_text(encoding="utf-8"))["address"]
        except (OSError, ValueError):
            time.sleep(0.05)
        else:
            return address
    raise AssertionError("the scheduler has ended")


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    with ExitStack() as stack:
        folder = tmp_path / "cluster"
        folder.mkdir()
        yield Cluster(folder, stack)


@pytest.fixture
def four(project: Path) -> Path:
    """The project of ``biblio init`` with three dossiers more."""
    for slug in OTHERS:
        text = (project / SPEC).read_text(encoding="utf-8")
        (project / "dossiers" / f"{slug}.yaml").write_text(
            text.replace("Mon premier dossier", f"Le {slug}"), encoding="utf-8"
        )
    return project


def start(project: Path, cluster: Cluster) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*BIBLIO, "build", "--executor", cluster.executor],
        cwd=project,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_a_worker_killed_at_work_changes_nothing(four: Path, tmp_path: Path, cluster: Cluster) -> None:
    first = cluster.worker(TZ="Asia/Tokyo", LANG="C", SOURCE_DATE_EPOCH="1")
    cluster.worker(TZ="America/Lima")
    watcher = cluster.watch(2)
    process = start(four, cluster)
    assert watcher.stdout is not None
    assert watcher.stdout.readline() == b"busy\n"
    first.kill()
    out, err = process.communicate(timeout=300)
    assert (process.returncode, err) == (0, b"")
    assert [line.split(" : ")[0] for line in out.decode().splitlines()] == sorted([SLUG, *OTHERS])
    assert biblio(four, "build", "-o", str(tmp_path / "ici")).code == 0
    assert snapshot(four / "build") == snapshot(tmp_path / "ici")


def test_when_no_worker_is_left_it_is_told(four: Path, cluster: Cluster) -> None:
    only = cluster.worker()
    watcher = cluster.watch(1)
    process = start(four, cluster)
    assert watcher.stdout is not None
    assert watcher.stdout.readline() == b"busy\n"
    only.kill()
    _, err = process.communicate(timeout=300)
    assert process.returncode == 2
    assert "E148 no-worker" in err.decode()
    assert "Traceback" not in err.decode()
    assert list(four.glob("build/.biblio-*.tmp")) == []
    # Whatever was published has its manifest, and is not made again.
    assert {path.stem for path in four.glob("build/*.pdf")} == {
        path.name.partition(".")[0] for path in four.glob("build/*.manifest.json")
    }


def test_when_the_scheduler_ends_it_is_told(four: Path, cluster: Cluster) -> None:
    cluster.worker()
    watcher = cluster.watch(1)
    process = start(four, cluster)
    assert watcher.stdout is not None
    assert watcher.stdout.readline() == b"busy\n"
    cluster.scheduler.kill()
    _, err = process.communicate(timeout=300)
    assert process.returncode == 2
    assert "E147 scheduler-lost" in err.decode()
    assert "Traceback" not in err.decode()


def test_an_interruption_gives_up(four: Path, cluster: Cluster) -> None:
    cluster.worker()
    watcher = cluster.watch(1)
    process = start(four, cluster)
    assert watcher.stdout is not None
    assert watcher.stdout.readline() == b"busy\n"
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in err.decode()
    assert list(four.glob("build/.biblio-*.tmp")) == []


def test_a_worker_of_another_version_is_left_aside(four: Path, tmp_path: Path, cluster: Cluster) -> None:
    other = tmp_path / "autre"
    shutil.copytree(ROOT / "src", other, ignore=shutil.ignore_patterns("__pycache__"))
    with (other / "biblio" / "places.py").open("a", encoding="utf-8") as file:
        file.write("# Another version.\n")
    cluster.worker(PYTHONPATH=os.pathsep.join((str(other), *filter(None, [os.environ.get("PYTHONPATH")]))))
    cluster.watch(1)
    done = biblio(four, "build", "--executor", cluster.executor)
    assert done.code == 2
    assert "E149 other-version" in done.err
    assert "E148 no-worker" in done.err
    assert not list(four.glob("build/*.pdf"))
    cluster.worker()
    cluster.watch(2)
    done = biblio(four, "build", "--executor", cluster.executor)
    assert done.code == 0
    assert done.err.count("E149") == 1
    assert {path.stem for path in four.glob("build/*.pdf")} == {SLUG, *OTHERS}
