"""What is to be thought of an address, from all that was seen there: alive, moved, dead since a day, or doubtful.

One look proves little. A page is dead when its server says so (404, 410), or when the address has failed on three
days; whoever is asked for a password, is refused or waits in vain knows nothing of the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from biblio.collection.link_history import Cause, Copy, History, LinkRecord, Stretch
from biblio.reference.persistent import is_persistent

FAILED_DAYS = 3
FAILURES = frozenset({Cause.SOFT, Cause.SERVER, Cause.UNKNOWN_HOST, Cause.UNREACHABLE})
# What says nothing at all: a verdict of before stands.
NO_NEWS = frozenset({Cause.TIME_OUT, Cause.BUSY, Cause.BROKEN_OFF})


class State(StrEnum):
    """The verdicts; ``unseen`` is none yet."""

    ALIVE = "alive"
    MOVED = "moved"
    DEAD = "dead"
    DOUBTFUL = "doubtful"
    UNSEEN = "unseen"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is thought of an address, and why.

    ``cause`` and ``status`` are those of the last look that counts. ``since`` is the day since which it is dead,
    doubtful, moved or alive; ``looked`` that of the last look, ``alive`` the last day on which it answered. ``target``
    is where it is now, if it has moved. ``failed`` is on how many days it failed.
    """

    address: str
    state: State
    cause: Cause = Cause.ANSWERED
    status: int = 0
    since: str = ""
    looked: str = ""
    alive: str = ""
    target: str = ""
    failed: int = 0
    secure: str = ""
    copy: Copy | None = None


def verdict_of(address: str, record: LinkRecord | None) -> Verdict:
    """The verdict on an address, whose record is ``None`` when nobody has looked yet."""
    if record is None or not record.stretches:
        return Verdict(address, State.UNSEEN, copy=record.copy if record else None)
    stretches = record.stretches
    if stretches[-1].cause in NO_NEWS and _state(address, _telling(stretches)) is State.DEAD:
        stretches = _telling(stretches)
    last, state = stretches[-1], _state(address, stretches)
    if state is State.DEAD:
        last = next(each for each in reversed(stretches) if each.cause is Cause.GONE or each.cause in FAILURES)
    return Verdict(
        address,
        state,
        last.cause,
        last.status,
        _since(address, stretches, state),
        record.last,
        max((each.last for each in record.stretches if each.cause is Cause.ANSWERED), default=""),
        last.target,
        _days(_failures(stretches)),
        record.secure,
        record.copy,
    )


@dataclass(frozen=True, slots=True)
class News:
    """A verdict that is not what it was."""

    before: State
    now: Verdict


def news(before: History, after: History, addresses: Iterable[str]) -> Iterator[News]:
    """Which of some addresses have died or moved since a history, in their order."""
    for address in addresses:
        was, now = (verdict_of(address, history.get(address)) for history in (before, after))
        if now.state not in (State.DEAD, State.MOVED):
            continue
        if was.state is not now.state or (now.state is State.MOVED and was.target != now.target):
            yield News(was.state, now)


def archived(history: History) -> dict[str, Verdict]:
    """The verdicts on the addresses of which there is a copy."""
    return {address: verdict_of(address, record) for address, record in history.items() if record.copy}


def is_due(record: LinkRecord | None, address: str, today: str, since: str) -> bool:
    """Whether an address is to be looked at: one that is well, or dead, if nobody has since a day; others every day."""
    if record is None or not record.stretches:
        return True
    if record.last >= today:
        return False
    return verdict_of(address, record).state is State.DOUBTFUL or record.last <= since


def _state(address: str, stretches: Sequence[Stretch]) -> State:
    if not stretches:
        return State.UNSEEN
    last = stretches[-1]
    if last.cause is Cause.ANSWERED:
        return State.MOVED if last.permanent and last.target and not is_persistent(address) else State.ALIVE
    if last.cause is Cause.GONE:
        return State.DEAD
    failed = last.cause in FAILURES and _days(_failures(stretches)) >= FAILED_DAYS
    return State.DEAD if failed else State.DOUBTFUL


def _telling(stretches: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """The stretches without those at their end that say nothing."""
    count = len(stretches)
    while count and stretches[count - 1].cause in NO_NEWS:
        count -= 1
    return tuple(stretches[:count])


def _failures(stretches: Sequence[Stretch]) -> list[Stretch]:
    """The failures since the address last answered, in their order."""
    found: list[Stretch] = []
    for each in reversed(stretches):
        if each.cause is Cause.ANSWERED:
            break
        if each.cause is Cause.GONE or each.cause in FAILURES:
            found.insert(0, each)
    return found


def _days(stretches: Sequence[Stretch]) -> int:
    """On how many days at least: two stretches may share one, and those of two branches of a history many."""
    total, last = 0, ""
    for each in sorted(stretches, key=lambda each: (each.first, each.last)):
        if each.first > last:
            total += each.days
        elif each.last > last:
            total += min(each.days - 1, 1) if each.first < last else each.days - 1
        last = max(last, each.last)
    return total


def _since(address: str, stretches: Sequence[Stretch], state: State) -> str:
    """The day since which a state lasts."""
    if state is State.DEAD:
        return _failures(stretches)[0].first
    first = stretches[-1].first
    for count in range(len(stretches) - 1, 0, -1):
        if _state(address, stretches[:count]) is not state:
            break
        first = stretches[count - 1].first
    return first
