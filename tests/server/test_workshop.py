"""The process beside the desk may end at any time: whoever waits is answered by a new one, or told."""

from __future__ import annotations

import asyncio
import errno
import pickle
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from server.desks import LONG, concluded

from biblio.server import workshop as module
from biblio.server.workshop import Workshop
from biblio.words.faults import BiblioError

# A process that does odd things when it is asked to.
PROCESS = """
import os, signal, sys, time
from pathlib import Path
from biblio.server.workshop_process import serve

def die():
    os.kill(os.getpid(), signal.SIGKILL)

def die_once(name):
    if not Path(name).exists():
        Path(name).touch()
        die()
    return "again"

def wait_for(name):
    Path(name + ".begun").touch()
    while not Path(name).exists():
        time.sleep(0.01)
    return "waited"

def leave():
    sys.exit(3)

slow = {"die": die, "die once": die_once, "wait for": wait_for, "odd": lambda: lambda: None, "leave": leave}
serve(slow, {"say": lambda said: said, "die now": die}, sys.stdin.buffer, os.fdopen(os.dup(1), "wb"))
"""


@pytest.fixture
def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[subprocess.Popen[bytes]]]:
    """The processes that workshops start, of the odd kind."""
    found: list[subprocess.Popen[bytes]] = []

    class Noted(subprocess.Popen[bytes]):
        def __init__(self, *arguments: Any, **named: Any) -> None:
            super().__init__(*arguments, **named)
            found.append(self)

    (tmp_path / "odd_process.py").write_text(PROCESS, encoding="utf-8")
    monkeypatch.setattr(module, "MODULE", "odd_process")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(subprocess, "Popen", Noted)
    yield found
    assert [each.poll() for each in found if each.returncode is None] == []
    assert [each.name for each in threading.enumerate() if each.name == "desk-workshop"] == []


def at_work(root: Path, work: Callable[[Workshop], Awaitable[Any]]) -> Any:
    """What some work with a workshop gives, which is closed then; it does not take for ever."""

    async def run() -> Any:
        workshop = Workshop(root)
        try:
            async with asyncio.timeout(LONG):
                return await work(workshop)
        finally:
            workshop.close()

    return concluded(run())


async def fault_of(asked: Awaitable[Any]) -> tuple[str, object]:
    with pytest.raises(BiblioError) as raised:
        await asked
    return raised.value.diagnostic.code, raised.value.diagnostic.arguments.get("reason")


async def begun(path: Path) -> None:
    while not path.with_name(f"{path.name}.begun").exists():
        await asyncio.sleep(0.01)


def test_all_who_wait_when_it_ends_are_answered_by_the_next(
    started: list[subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    async def work(workshop: Workshop) -> list[Any]:
        file, gate = tmp_path / "died", tmp_path / "gate"
        first = asyncio.ensure_future(workshop.do("wait for", str(gate)))
        await begun(gate)
        asked = [first, workshop.do("die once", str(file)), workshop.do("say", "é")]
        gate.touch()
        return list(await asyncio.gather(*asked, *(workshop.do("say", number) for number in range(20))))

    assert at_work(tmp_path, work) == ["waited", "again", "é", *range(20)]
    assert len(started) == 2


@pytest.mark.parametrize("how", ["killed", "killed and known to be", "closed", "both"])
def test_who_asks_of_one_that_has_just_ended_is_answered_and_so_are_those_who_waited(
    started: list[subprocess.Popen[bytes]], tmp_path: Path, how: str
) -> None:
    async def work(workshop: Workshop) -> list[Any]:
        gate = tmp_path / "gate"
        waiting = asyncio.ensure_future(workshop.do("wait for", str(gate)))
        await begun(gate)
        gate.touch()
        (process,) = started
        if how != "closed":
            process.kill()
        if how == "killed and known to be":
            process.wait()
        if how in ("closed", "both"):
            assert process.stdin is not None
            process.stdin.close()
        return [await workshop.do("say", 1), await waiting]

    assert at_work(tmp_path, work) == [1, "waited"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [("die", "SIGKILL"), ("die now", "SIGKILL"), ("odd", "1"), ("leave", "1"), ("none", "1")],
)
def test_work_that_ends_it_each_time_is_given_up_and_told(
    started: list[subprocess.Popen[bytes]], tmp_path: Path, name: str, reason: str
) -> None:
    async def work(workshop: Workshop) -> Any:
        return await fault_of(workshop.do(name)), await workshop.do("say", "and on")

    assert at_work(tmp_path, work) == (("E243", reason), "and on")
    assert len(started) == module.TRIES + 1


def test_one_that_cannot_be_started_is_told_and_tried_again(
    started: list[subprocess.Popen[bytes]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object, **__: object) -> None:
        raise OSError(errno.ENOMEM, "no memory")

    async def work(workshop: Workshop) -> Any:
        with monkeypatch.context() as context:
            context.setattr(subprocess, "Popen", failing)
            fault = await fault_of(workshop.do("say", 1))
        return fault, await workshop.do("say", 1)

    assert at_work(tmp_path, work) == (("E243", "no memory"), 1)


def test_once_it_is_closed_who_waits_is_told_and_no_other_is_started(
    started: list[subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    async def work(workshop: Workshop) -> Any:
        gate = tmp_path / "gate"
        waiting = asyncio.ensure_future(workshop.do("wait for", str(gate)))
        await begun(gate)
        workshop.close()
        assert started[0].poll() is not None
        return await fault_of(waiting), await fault_of(workshop.do("say", 1))

    assert [code for code, _ in at_work(tmp_path, work)] == ["E243", "E243"]
    assert len(started) == 1


@pytest.mark.parametrize("sent", [b"", b"\x80", pickle.dumps((1, "look", ("x", False)))[:-3], b"nothing of the kind"])
def test_the_process_ends_with_what_it_is_asked(tmp_path: Path, sent: bytes) -> None:
    command = [sys.executable, "-P", "-m", "biblio.server.workshop_process", str(tmp_path)]
    done = subprocess.run(command, input=sent, capture_output=True, timeout=LONG, check=False)
    assert (done.returncode, done.stdout) == (0, b"")
