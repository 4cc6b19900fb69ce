"""Clients that are slow, greedy or ill-mannered: the desk answers the others meanwhile, and waits for none for ever."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from server.desks import SHEET, TOKEN, Reached, reachable, small_project, whole

from biblio.server import clients, guard


def statuses(answer: bytes) -> list[int]:
    return [int(status) for status in re.findall(rb"HTTP/1\.1 (\d{3}) ", answer)]


@pytest.fixture(scope="module")
def reached(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reached]:
    with reachable(small_project(tmp_path_factory.mktemp("desk") / "p")) as found:
        yield found


# --- slow ------------------------------------------------------------------------------------------------------------


def drip(connection: socket.socket, until: threading.Event) -> None:
    """Sends a header that has no end, a byte at a time."""
    with suppress(OSError):
        while not until.wait(0.02):
            connection.sendall(b"x")


@pytest.mark.parametrize(
    "sent", [b"", b"GET / HTTP/1.1\r\nX: ", b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\nGET / HTTP/1.1\r\nX: "]
)
def test_headers_have_a_deadline_whatever_comes(reached: Reached, sent: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clients, "HEAD", 0.3)
    ended = threading.Event()
    with reached.call(sent) as connection:
        slow = threading.Thread(target=drip, args=(connection, ended))
        if sent:
            slow.start()
        try:
            found = whole(connection)
        finally:
            ended.set()
            if sent:
                slow.join()
    assert statuses(found) == ([421] if b"evil" in sent else [])
    assert reached.status() == 200


def test_the_rest_of_what_was_refused_is_not_waited_for(reached: Reached, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clients, "HEAD", 0.3)
    ended = threading.Event()
    with reached.call(b"POST / HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 1000000\r\n\r\n") as connection:
        slow = threading.Thread(target=drip, args=(connection, ended))
        slow.start()
        found = whole(connection)
        ended.set()
        slow.join()
    assert statuses(found) == [421]


def test_a_body_has_the_time_that_its_bytes_earn(reached: Reached, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "PATIENCE", 0.3)
    head = b"POST /language HTTP/1.1\r\n" + reached.head + b"Content-Type: application/x-www-form-urlencoded\r\n"
    ended = threading.Event()
    with reached.call(head + b"Connection: close\r\nContent-Length: 1000000\r\n\r\nlang=") as connection:
        slow = threading.Thread(target=drip, args=(connection, ended))
        slow.start()
        found = whole(connection)
        ended.set()
        slow.join()
    assert statuses(found) == [408]
    assert b"L'envoi est trop gros, ou trop lent." in found
    monkeypatch.setattr(guard, "PACE", 1)
    with reached.call(head + b"Connection: close\r\nContent-Length: 7\r\n\r\nlang") as connection:
        for byte in (b"=", b"e", b"n"):
            threading.Event().wait(0.2)  # in all longer than the patience: each byte earns a second
            connection.sendall(byte)
        assert statuses(whole(connection)) == [303]


def ask_on(connection: socket.socket, question: bytes) -> None:
    """Asks the same again and again, and reads nothing, until it is cut off."""
    while True:
        connection.sendall(question)
        threading.Event().wait(0.005)


def test_who_does_not_take_the_answer_is_let_go(reached: Reached, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clients, "TAKEN", 0.3)
    with reached.call() as connection, pytest.raises(ConnectionError):
        ask_on(connection, b"GET /static/htmx.min.js HTTP/1.1\r\n" + reached.head + b"\r\n")
    assert reached.status() == 200


def test_who_asks_far_ahead_of_the_answers_is_let_go(reached: Reached) -> None:
    with reached.call() as connection, pytest.raises(ConnectionError):
        ask_on(connection, (b"GET /static/htmx.min.js HTTP/1.1\r\n" + reached.head + b"\r\n") * 10_000)
    assert reached.status() == 200


# --- many ------------------------------------------------------------------------------------------------------------


def test_two_hundred_connections_that_say_nothing_hold_nobody_up(reached: Reached) -> None:
    with ExitStack() as stack:
        idle = [stack.enter_context(reached.call(b"GET / HTTP/1.1\r\nX: ")) for _ in range(200)]
        assert reached.status() == 200
        assert whole(idle[0]) == b""  # the one that has waited for longest went first


def test_streams_of_events_are_not_closed_for_others(reached: Reached, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clients, "MOST_OPEN", 8)
    with ExitStack() as stack:
        events = b"GET /events HTTP/1.1\r\n" + reached.head + b"\r\n"
        streams = [stack.enter_context(reached.call(events)) for _ in range(7)]
        for stream in streams:
            found = b""
            while b"event: hello" not in found:
                found += stream.recv(65536)
        for _ in range(20):
            stack.enter_context(reached.call(b"GET "))
        assert reached.status() == 200
        answer = reached.answer(
            b"POST /language HTTP/1.1\r\n" + reached.head + b"Connection: close\r\nContent-Length: 0\r\n\r\n"
        )
        assert statuses(answer) == [303]
        for stream in streams:
            stream.setblocking(False)
            with pytest.raises(BlockingIOError):  # open, and silent
                stream.recv(1)


# --- ill-mannered ----------------------------------------------------------------------------------------------------


def test_requests_that_follow_each_other_are_answered_in_their_order(reached: Reached) -> None:
    asked = [SHEET, "/rien", SHEET, "/static/rien"] * 10
    sent = b"".join(f"GET {path} HTTP/1.1\r\n".encode() + reached.head + b"\r\n" for path in asked)
    end = f"GET {SHEET} HTTP/1.1\r\n".encode() + reached.head + b"Connection: close\r\n\r\n"
    assert statuses(reached.answer(sent + end)) == [200, 404, 200, 404] * 10 + [200]


REFUSED = {
    "a megabyte of headers": (b"GET / HTTP/1.1\r\nX: " + b"x" * 1_000_000 + b"\r\n\r\n", [400]),
    "a megabyte of names": (b"GET / HTTP/1.1\r\n" + b"x:y\r\n" * 200_000 + b"\r\n", [400]),
    "the encoding twice": (
        b"POST / HTTP/1.1\r\n<HEAD>Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
        [400, 501],
    ),
    "an encoding and a length": (
        b"POST /language HTTP/1.1\r\n<HEAD>Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
        [400, 303],
    ),
    "two lengths": (b"POST / HTTP/1.1\r\n<HEAD>Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde", [400]),
    "a length that is none": (b"POST / HTTP/1.1\r\n<HEAD>Content-Length: -1\r\n\r\n", [400]),
    "a part that has no size": (b"POST /language HTTP/1.1\r\n<HEAD>Transfer-Encoding: chunked\r\n\r\nzz\r\n", [400]),
    "no host, as of old": (b"GET / HTTP/1.0\r\n\r\n", [421]),
    "no host": (b"GET / HTTP/1.1\r\n\r\n", [400]),
    "two hosts": (b"GET / HTTP/1.1\r\n<HEAD>Host: evil.example\r\n\r\n", [400]),
    "another host in the address": (b"GET http://evil.example/ HTTP/1.1\r\n<HEAD>\r\n", [404]),
    "this host in the address": (b"GET http://<HOST>/static/desk.css HTTP/1.1\r\n<HEAD>\r\n", [404]),
    "a proxy": (b"CONNECT evil.example:443 HTTP/1.1\r\n<HEAD>\r\n", [405]),
    "no address": (b"OPTIONS * HTTP/1.1\r\n<HEAD>\r\n", [405]),
    "a method of nobody's": (b"BREW / HTTP/1.1\r\n<HEAD>\r\n", [405]),
    "another protocol": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", [400]),
    "the second protocol": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", [421]),
    "a folded header": (b"GET / HTTP/1.1\r\n<HEAD>X: a\r\n b\r\n\r\n", [303]),
    "lines that end alone": (b"GET / HTTP/1.1\n\n", [400]),
    "a nul": (b"GET /\0 HTTP/1.1\r\n<HEAD>\r\n", [400]),
    "a socket": (
        b"GET / HTTP/1.1\r\n<HEAD>Upgrade: websocket\r\nConnection: upgrade\r\nSec-WebSocket-Key: eA==\r\n\r\n",
        [303],
    ),
    "another host behind the token": (b"GET //evil.example/?token=<TOKEN> HTTP/1.1\r\n<HEAD>\r\n", [303]),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_well_asked_gets_a_plain_answer(
    reached: Reached, name: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(clients, "HEAD", 0.2)  # what is well answered stays open for the next question
    sent, expected = REFUSED[name]
    for word, value in {b"<HEAD>": reached.head, b"<HOST>": reached.host.encode(), b"<TOKEN>": TOKEN.encode()}.items():
        sent = sent.replace(word, value)
    answer = reached.answer(sent)
    was_cut_off = not answer and len(sent) > 100_000
    assert was_cut_off or statuses(answer)[:1] in [[each] for each in expected]
    assert b"location: //" not in answer
    assert reached.status() == 200
    assert capfd.readouterr().err == ""


def test_the_end_of_the_desk_waits_for_no_slow_client(tmp_path: Path) -> None:
    with ExitStack() as stack:
        with reachable(small_project(tmp_path / "p")) as reached:
            slow = stack.enter_context(reached.call(b"GET / HTTP/1.1\r\nX: "))
            stream = stack.enter_context(reached.call(b"GET /events HTTP/1.1\r\n" + reached.head + b"\r\n"))
            assert b"200 OK" in stream.recv(100)
        assert whole(slow) == b""
        assert whole(stream).endswith(b"0\r\n\r\n")  # ended as answers end, not cut off
