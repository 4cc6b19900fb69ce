"""The stream of events: nothing is missed, and nothing is left behind when a page goes away."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack
from pathlib import Path

import pytest
from server.desks import asked, concluded, reachable, small_project

from biblio.server.events import MOST_READERS, MOST_WAITING, Events


async def _following(events: Events, count: int) -> list[str]:
    stream = events.stream(("hello", {"version": 1}))
    lines = [await anext(stream)]
    events.say("changed", version=2, said="« é »")
    lines += [await anext(stream) for _ in range(count - 1)]
    await stream.aclose()
    return lines


def _left() -> set[str]:
    """The tasks that go on, but for the one that asks."""
    return {str(task.get_coro()) for task in asyncio.all_tasks() if task is not asyncio.current_task()}


def test_a_reader_hears_how_things_stand_and_what_follows() -> None:
    async def run() -> None:
        events = Events()
        assert await _following(events, 2) == [
            'event: hello\ndata: {"version": 1}\n\n',
            'event: changed\ndata: {"version": 2, "said": "\\u00ab \\u00e9 \\u00bb"}\n\n',
        ]
        await asyncio.sleep(0)
        assert _left() == set()  # what waited for an event waits no more

    concluded(run())


def test_a_reader_who_is_slow_is_told_to_look_at_everything_anew() -> None:
    async def run() -> None:
        events = Events()
        stream = events.stream(("hello", {}))
        await anext(stream)
        for number in range(MOST_WAITING + 5):
            events.say("pages", number=number)
        heard = [await anext(stream) for _ in range(2)]
        assert any(line.startswith("event: changed\ndata: {}") for line in heard)
        events.end()
        assert len([line async for line in stream]) < 10  # it ends

    concluded(run())


def test_there_are_no_more_readers_than_are_bounded() -> None:
    async def run() -> None:
        events = Events()
        streams = [events.stream(("hello", {})) for _ in range(MOST_READERS + 1)]
        heard = [await anext(each, "") for each in streams]
        assert heard.count("") == 1
        await streams[0].aclose()
        assert await anext(events.stream(("hello", {})), "") != ""

    concluded(run())


def test_one_listener_too_many_is_told_to_ask_no_more(tmp_path: Path) -> None:
    with reachable(small_project(tmp_path)) as reached, ExitStack() as stack:
        events = b" /events HTTP/1.1\r\n" + reached.head + b"\r\n"
        for _ in range(MOST_READERS):
            stream = stack.enter_context(reached.call(b"GET" + events))
            assert stream.recv(15).startswith(b"HTTP/1.1 200")
        while reached.listeners < MOST_READERS:
            pass
        for method in (b"GET", b"HEAD"):
            refused = stack.enter_context(reached.call(method + events))
            assert refused.recv(100).startswith(b"HTTP/1.1 204")
        assert reached.status() == 200
        assert reached.listeners == MOST_READERS


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_page_can_say_that_there_are_too_many(tmp_path: Path, lang: str) -> None:
    with asked(small_project(tmp_path), lang) as client:
        assert client.head("/events").status_code == 200  # asked for without being listened to
        assert client.desk.events.is_full is False
        text = client.get("/collection").text
        assert f'data-full="{"Trop d&#39;onglets" if lang == "fr" else "Too many tabs"}' in text
