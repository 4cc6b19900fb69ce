"""Work that is done side by side: the same outcomes as one after the other, whatever becomes of a process."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from contextlib import closing

import pytest

from biblio.build import forked
from biblio.build.forked import Undone, in_lots, side_by_side

HERE = os.getpid()


@pytest.fixture(autouse=True)
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forked, "processors", lambda: 2)


def added(lot: Sequence[int]) -> tuple[int, bool]:
    return sum(lot), os.getpid() == HERE


def test_each_lot_is_worked_on_in_another_process() -> None:
    assert sorted(in_lots(range(10), 4, added)) == [(0, (6, False)), (1, (22, False)), (2, (17, False))]


@pytest.mark.parametrize("why", ["one processor", "one lot", "no forks"])
def test_what_does_not_pay_is_done_here(monkeypatch: pytest.MonkeyPatch, why: str) -> None:
    if why == "one processor":
        monkeypatch.setattr(forked, "processors", lambda: 1)
    if why == "no forks":
        monkeypatch.setattr(forked, "can_fork", lambda: False)
    expected = [(0, (45, True))] if why == "one lot" else [(0, (10, True)), (1, (35, True))]
    assert list(in_lots(range(10), 10 if why == "one lot" else 5, added)) == expected


@pytest.mark.parametrize("how", [lambda: os._exit(1), lambda: os.kill(os.getpid(), signal.SIGKILL), lambda: 1 // 0])
def test_what_a_process_does_not_give_is_done_here(how: object) -> None:
    def work(lot: Sequence[int]) -> tuple[int, bool]:
        if os.getpid() != HERE and 5 in lot:
            assert callable(how)
            how()
        return added(lot)

    assert sorted(in_lots(range(10), 4, work)) == [(0, (6, False)), (1, (22, True)), (2, (17, False))]


def test_an_error_is_raised_here() -> None:
    def work(lot: Sequence[int]) -> int:
        return 1 // (lot[0] - 4)

    with pytest.raises(ZeroDivisionError):
        list(in_lots(range(10), 4, work))


def test_where_no_process_is_granted_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise BlockingIOError

    monkeypatch.setattr(forked, "_start", refused)
    assert list(in_lots(range(8), 4, added)) == [(0, (6, True)), (1, (22, True))]
    assert dict(side_by_side("ab", lambda piece, _: piece, 2)) == {"a": Undone.REFUSED, "b": Undone.REFUSED}


def test_news_come_before_the_outcome() -> None:
    told: list[tuple[str, str]] = []

    def work(piece: str, tell: forked.Tell) -> str:
        tell(f"{piece}1")
        tell(f"{piece}2")
        return piece * 2

    working = side_by_side("ab", work, 2, lambda piece, said: told.append((piece, said)))
    assert dict(working) == {"a": "aa", "b": "bb"}
    assert sorted(told) == [("a", "a1"), ("a", "a2"), ("b", "b1"), ("b", "b2")]


def test_no_process_stays_when_nobody_waits_any_more() -> None:
    pids: list[int] = []

    def work(piece: str, tell: forked.Tell) -> None:
        tell(str(os.getpid()))
        if piece == "b":
            time.sleep(3600)

    with closing(side_by_side("ab", work, 2, lambda _, said: pids.append(int(said)))) as working:
        assert next(working) == ("a", None)
    assert len(pids) in (1, 2)
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
