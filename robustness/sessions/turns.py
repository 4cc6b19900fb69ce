"""What is undone and done again at the desk: the very bytes of before, but never over what somebody else wrote."""

from __future__ import annotations

from typing import Any

from robustness.sessions.oracle import read
from robustness.sessions.session import Session


async def undo(session: Session) -> set[str]:
    """Undoes the last step."""
    return await _turn(session, "/undo", session.past, session.future, forward=False)


async def redo(session: Session) -> set[str]:
    """Does again what was undone."""
    return await _turn(session, "/redo", session.future, session.past, forward=True)


async def _turn(session: Session, address: str, here: list[Any], there: list[Any], *, forward: bool) -> set[str]:
    files = session.files()
    status = await session.post(address, {})
    if not here:
        assert status == 200
        return set()
    _, before, after = here[-1]
    was, will = (before, after) if forward else (after, before)
    if any(files[path] != content for path, content in was.items()):
        assert status == 409, f"{address}: {status} over what somebody else wrote"
        return set()
    assert status == 200, f"{address}: {status}"
    there.append(here.pop())
    now = session.files()
    assert all(now[path] == content for path, content in will.items()), f"{address} is not what it was"
    session.expected = read({**files, **will})
    return set(will)
