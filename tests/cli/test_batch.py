"""Several dossiers in one command: the same files as one by one, and nothing half-written whatever happens."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from cli.running import BIBLIO, SLUG, SPEC, biblio, environment, rewrite, snapshot

OTHERS = ("deuxieme", "troisieme")


@pytest.fixture
def three(project: Path) -> Path:
    """The project of ``biblio init`` with two dossiers more."""
    for slug in OTHERS:
        text = (project / SPEC).read_text(encoding="utf-8")
        (project / "dossiers" / f"{slug}.yaml").write_text(
            text.replace("Mon premier dossier", f"Le {slug}"), encoding="utf-8"
        )
    return project


def start(project: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*BIBLIO, "build", "--force"],
        cwd=project,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def workers_of(process: subprocess.Popen[bytes]) -> list[int]:
    """The processes that a command has forked, when there are two of them; on Linux alone.

    Loading a library starts others, for a moment, that run something else.
    """
    own = Path(f"/proc/{process.pid}")
    while process.poll() is None:
        with suppress(OSError):
            command = (own / "cmdline").read_bytes()
            found = [int(word) for word in (own / "task" / own.name / "children").read_text().split()]
            workers = [child for child in found if Path(f"/proc/{child}/cmdline").read_bytes() == command]
            if len(workers) > 1:
                return workers
        time.sleep(0.005)
    return []


def test_the_files_are_those_of_dossiers_built_one_by_one(three: Path, tmp_path: Path) -> None:
    for slug in (SLUG, *OTHERS):
        assert biblio(three, "build", slug, "--format", "pdf,html", "-o", str(tmp_path / "un")).code == 0
    done = biblio(three, "build", "--format", "pdf,html", "-o", str(tmp_path / "ensemble"))
    assert (done.code, done.err) == (0, "")
    assert [line.split(" : ")[0] for line in done.out.splitlines()] == sorted([SLUG, *OTHERS])
    assert snapshot(tmp_path / "ensemble") == snapshot(tmp_path / "un")


def test_a_faulty_dossier_does_not_stop_the_others(three: Path) -> None:
    rewrite(three / "dossiers" / "deuxieme.yaml", "exemple-2023-rapport", "exemple-2023-raport")
    done = biblio(three, "build")
    assert done.code == 1
    assert "dossiers/deuxieme.yaml" in done.err
    assert "deuxieme : non construit" in done.err
    built = {path.name for path in (three / "build").glob("*.pdf")}
    assert built == {f"{SLUG}.pdf", "troisieme.pdf"}


def test_an_output_that_cannot_be_written_is_told_once(three: Path) -> None:
    (three / "build" / "deuxieme.pdf").mkdir(parents=True)
    done = biblio(three, "build")
    assert done.code == 2
    assert done.err.count("E105") == 1
    assert "deuxieme.pdf" in done.err


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks for processes in /proc")
@pytest.mark.parametrize("moment", [0.0, 0.2, 0.5])
def test_an_interruption_leaves_whole_files_and_no_process(three: Path, moment: float) -> None:
    biblio(three, "build")
    before = snapshot(three / "build")
    process = start(three)
    workers = workers_of(process)
    time.sleep(moment)
    process.send_signal(signal.SIGINT)  # to the command alone: a terminal would also tell its processes
    out, err = process.communicate(timeout=120)
    assert b"Traceback" not in err
    assert process.returncode in (130, 0), (out, err)
    assert [worker for worker in workers if Path(f"/proc/{worker}").exists()] == []
    # The sources have not changed: whatever was published again is what was there.
    assert snapshot(three / "build") == before


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks for processes in /proc")
def test_a_process_that_the_system_ends_is_told(three: Path) -> None:
    process = start(three)
    workers = workers_of(process)
    assert workers, "three dossiers to build, and no processes for them"
    os.kill(workers[0], signal.SIGKILL)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 2
    assert "erreur E120 process-ended: le système a mis fin à la construction de « deuxieme »" in err.decode()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_the_processes_end_with_the_command_whatever_ends_it(three: Path, number: signal.Signals) -> None:
    process = start(three)
    workers = workers_of(process)
    assert workers
    process.send_signal(number)
    process.wait(10)
    deadline = time.monotonic() + 10
    while any(map(is_alive, workers)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not any(map(is_alive, workers))
    _, err = process.communicate(timeout=10)
    assert b"Traceback" not in err
    assert list(three.glob("build/.biblio-*.tmp")) == []
    assert not {path.name for path in three.glob("build/*.pdf")} >= {f"{slug}.pdf" for slug in (SLUG, *OTHERS)}


def is_alive(process: int) -> bool:
    """Whether a process is at work; one that has ended and waits to be asked after is not."""
    try:
        status = Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] not in "ZX"


NO_FORK = """
import errno, os, sys
works, left = os.fork, {0}
def fork():
    global left
    left -= 1
    if left < 0:
        raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN))
    return works()
os.fork = fork
os.sched_getaffinity = lambda _: set(range(3))
from biblio.cli.main import main
main(sys.argv[1:])
"""


@pytest.mark.parametrize("granted", [0, 1])
def test_a_system_that_grants_no_process_has_the_work_done_here(three: Path, granted: int) -> None:
    program = [sys.executable, "-c", NO_FORK.format(granted)]
    done = biblio(three, "build", "--format", "html", program=program)
    assert (done.code, done.err) == (0, "")
    assert {path.name for path in (three / "build").glob("*.html")} == {f"{slug}.html" for slug in (SLUG, *OTHERS)}
