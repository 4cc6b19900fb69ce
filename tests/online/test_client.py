"""What the client makes of servers that are busy, slow, broken or hostile."""

from __future__ import annotations

import gzip
import threading
import time
import tracemalloc
import zlib
from pathlib import Path

import pytest
from online.servers import PUBLIC, Asked, Clock, Given, client_of, serving

from biblio.online import client as client_module
from biblio.online.addresses import parse_address
from biblio.online.answers import FRESH, Answers
from biblio.online.client import Client
from biblio.online.wire import Wire
from biblio.words.faults import BiblioError, Diagnostic

ADDRESS = "https://catalogue.example/notices?id=1"


def fault(client: Client, address: str = ADDRESS, **options: int) -> Diagnostic:
    with pytest.raises(BiblioError) as refused:
        client.get(address, **options)  # type: ignore[arg-type]
    return refused.value.diagnostic


def test_an_answer_comes_with_its_type_and_whoever_asks_says_so() -> None:
    with serving(lambda _: Given("é", "Text/Plain; charset=utf-8")) as served:
        answer = client_of(served, contact="doc@example.org").get(ADDRESS, "text/plain")
    assert (answer.status, answer.body.decode(), answer.media_type, answer.address) == (200, "é", "text/plain", ADDRESS)
    (asked,) = served.asked
    assert asked.address == "catalogue.example/notices?id=1"
    assert asked.headers["User-Agent"].endswith(" (mailto:doc@example.org)")
    assert asked.headers["Accept"] == "text/plain"
    assert not {"Authorization", "Cookie", "Referer"} & set(asked.headers)


def test_without_a_contact_nothing_is_said_of_anybody() -> None:
    with serving(lambda _: Given()) as served:
        client_of(served).get(ADDRESS)
    assert served.asked[0].headers["User-Agent"].startswith("biblio/")
    assert "mailto" not in served.asked[0].headers["User-Agent"]


def test_the_connection_goes_to_the_number_that_was_checked() -> None:
    """A name that is looked up again might lead elsewhere: it is looked up once."""
    looked_up: list[str] = []

    def resolve(host: str, port: int) -> tuple[str, ...]:
        looked_up.append(f"{host}:{port}")
        return (PUBLIC,) if len(looked_up) == 1 else ("127.0.0.1",)

    with serving(lambda _: Given("a")) as served:
        client = client_of(served)
        client.resolve = resolve
        client.get(ADDRESS)
        assert served.transport.connected == [PUBLIC]
        assert fault(client).code == "E152"
    assert looked_up == ["catalogue.example:443"] * 2
    assert len(served.asked) == 1


@pytest.mark.parametrize("name", ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"])
def test_no_proxy_of_the_environment_is_asked(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".netrc").write_text("machine catalogue.example login anne password secret\n")
    (tmp_path / ".netrc").chmod(0o600)
    with serving(lambda _: Given("proxy")) as other, serving(lambda _: Given("server")) as served:
        monkeypatch.setenv(name, f"http://127.0.0.1:{other.port}")
        assert client_of(served).get(ADDRESS).body == b"server"
    assert other.asked == []
    assert "Authorization" not in served.asked[0].headers


def test_a_proxy_that_is_named_is_asked() -> None:
    with serving(lambda _: Given("proxy")) as proxy:
        client = Client(Wire(f"http://127.0.0.1:{proxy.port}"), None)
        assert client.get("http://catalogue.example/a").body == b"proxy"
        assert fault(client, "http://192.168.0.1/").code == "E152"
        assert fault(client, "http://localhost/").code == "E152"
    assert [each.target for each in proxy.asked] == ["http://catalogue.example/a"]


def test_it_goes_where_it_is_sent_on_to() -> None:
    def answer(asked: Asked) -> Given:
        if asked.target == "/a":
            return Given(status=302, headers={"Location": "/b"})
        if asked.target == "/b":
            return Given(status=301, headers={"Location": "http://autre.example/c"})
        return Given("c")

    with serving(answer) as served:
        answered = client_of(served).get("https://catalogue.example/a", headers={"Zotero-API-Key": "abc"})
    assert (answered.body, answered.address) == (b"c", "http://autre.example/c")
    assert served.addresses == ["catalogue.example/a", "catalogue.example/b", "autre.example/c"]
    # Another server is not told the key.
    assert [each.headers.get("Zotero-API-Key") for each in served.asked] == ["abc", "abc", None]


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("http://127.0.0.1/", "E152"),
        ("http://[::1]:631/", "E152"),
        ("http://169.254.169.254/latest/meta-data/", "E152"),
        ("http://[::ffff:10.0.0.1]/", "E152"),
        ("http://localhost:8080/", "E152"),
        ("//nas.local/", "E152"),
        ("file:///etc/passwd", "E151"),
        ("https://anne:secret@catalogue.example/", "E151"),
        ("ftp://catalogue.example/", "E151"),
    ],
)
def test_it_does_not_go_where_it_must_not(location: str, code: str) -> None:
    with serving(lambda _: Given(status=307, headers={"Location": location})) as served:
        client = client_of(served)
        client.resolve = lambda host, _: (PUBLIC,) if host == "catalogue.example" else (host,)
        assert fault(client).code == code
    assert len(served.asked) == 1


def test_addresses_that_lead_to_each_other_come_to_an_end() -> None:
    with serving(lambda asked: Given(status=302, headers={"Location": asked.target + "x"})) as served:
        found = fault(client_of(served))
    assert (found.code, found.arguments["count"]) == ("E157", "5")
    assert len(served.asked) == 6


def test_a_page_of_the_loopback_sends_nowhere() -> None:
    with serving(lambda _: Given(status=302, headers={"Location": "https://catalogue.example/"})) as served:
        client = client_of(served)
        with pytest.raises(BiblioError) as refused:
            client.get(f"http://127.0.0.1:{served.port}/", local=True)
        assert refused.value.diagnostic.code == "E158"
        with pytest.raises(BiblioError) as elsewhere:
            client.get("http://192.168.0.1/", local=True)
        assert elsewhere.value.diagnostic.code == "E152"


def test_it_waits_as_it_is_told_and_asks_again() -> None:
    given = iter([Given(status=429, headers={"Retry-After": "7"}), Given(status=503), Given(status=500), Given("a")])
    with serving(lambda _: next(given)) as served:
        client = client_of(served)
        assert client.get(ADDRESS).body == b"a"
        clock = client.sleep.__self__  # type: ignore[attr-defined]
    assert clock.slept == [7.0, 2.0, 4.0]
    assert len(served.asked) == 4


def test_a_date_to_come_back_is_understood() -> None:
    clock = Clock()
    given = iter([Given(status=503, headers={"Retry-After": "Mon, 12 Jan 1970 13:47:10 GMT"}), Given("a")])
    with serving(lambda _: next(given)) as served:
        client = client_of(served)
        client.sleep, client.now = clock.sleep, clock.now
        assert client.get(ADDRESS).body == b"a"
    assert clock.slept == [30.0]


def test_it_does_not_wait_for_ever() -> None:
    with serving(lambda _: Given(status=429, headers={"Retry-After": "86400"})) as served:
        found = fault(client_of(served))
    assert (found.code, found.arguments["seconds"]) == ("E159", "86400")
    assert len(served.asked) == 1


@pytest.mark.parametrize(
    ("status", "times"), [(500, 4), (502, 4), (429, 4), (400, 1), (401, 1), (403, 1), (304, 1), (204, 1)]
)
def test_what_a_server_refuses_is_said(status: int, times: int) -> None:
    with serving(lambda _: Given(status=status)) as served:
        client = client_of(served)
        if status == 304:
            assert client.get(ADDRESS).status == 304
        else:
            found = fault(client)
            assert (found.code, found.arguments["status"]) == ("E158", str(status))
    assert len(served.asked) == times


def test_two_requests_to_one_host_are_kept_apart() -> None:
    with serving(lambda _: Given("a")) as served:
        client = client_of(served)
        for place in ("a", "b", "c"):
            client.get(f"https://catalogue.example/{place}", pause=3.0)
        client.get("https://autre.example/", pause=3.0)
        assert client.sleep.__self__.slept == [3.0, 3.0]  # type: ignore[attr-defined]


def endless(asked: Asked, head: bytes = b"") -> None:
    asked.handler.wfile.write(head or b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
    while True:
        asked.handler.wfile.write(b"x" * 65_536)


def test_a_body_without_end_is_cut_off() -> None:
    with serving(lambda asked: endless(asked)) as served:
        found = fault(client_of(served), most=2_000_000)
    assert (found.code, found.arguments["limit"]) == ("E155", "2")


def test_headers_without_end_are_cut_off() -> None:
    with serving(lambda asked: endless(asked, b"HTTP/1.1 200 OK\r\nX: ")) as served:
        assert fault(client_of(served)).code == "E153"


@pytest.mark.parametrize("layers", [1, 2])
def test_a_packed_body_is_counted_as_it_is_unpacked(layers: int) -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    for _ in range(layers - 1):
        bomb = gzip.compress(bomb)
    coding = ", ".join(["gzip"] * layers)
    with serving(lambda _: Given(bomb, headers={"Content-Encoding": coding})) as served:
        client = client_of(served)
        tracemalloc.start()
        assert fault(client, most=1_000_000).code == ("E155" if layers == 1 else "E156")
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert most < 10_000_000
    assert len(bomb) < 100_000


@pytest.mark.parametrize(
    ("body", "coding"),
    [
        (zlib.compress(b"abc"), "deflate"),
        (b"abc", "br"),
        (b"abc", "gzip"),
        (gzip.compress(b"abc" * 100, mtime=0)[:-9], "gzip"),
        (b"", "gzip"),
    ],
    ids=["deflate", "brotli", "not packed", "cut", "empty"],
)
def test_a_body_that_is_packed_otherwise_or_cut_is_not_taken_for_whole(body: bytes, coding: str) -> None:
    with serving(lambda _: Given(body, headers={"Content-Encoding": coding})) as served:
        assert fault(client_of(served)).code == "E156"


def test_a_packed_body_is_unpacked() -> None:
    text = ("Territoires et santé. " * 10_000).encode()
    with serving(lambda _: Given(gzip.compress(text), headers={"Content-Encoding": "gzip"})) as served:
        assert client_of(served).get(ADDRESS).body == text
    assert served.asked[0].headers["Accept-Encoding"] == "gzip"


def test_an_answer_that_breaks_off_is_not_taken_for_whole() -> None:
    with serving(lambda _: Given("abc", headers={"Content-Length": "1000"})) as served:
        client = client_of(served)
        found = fault(client)
    assert found.code == "E153"
    assert len(served.asked) == client_module.MOST_TRIES


@pytest.mark.parametrize(
    "answer", [b"", b"no http at all\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", b"\0" * 100]
)
def test_what_is_no_answer_is_said(answer: bytes) -> None:
    with serving(lambda asked: asked.handler.wfile.write(answer) and None) as served:
        found = fault(client_of(served))
    assert (found.code, found.arguments["host"]) == ("E153", "catalogue.example")
    assert "127.0.0.1" not in found.arguments["reason"]


def test_a_server_that_is_not_there_is_said() -> None:
    with serving(lambda _: Given()) as served:
        pass
    found = fault(client_of(served))
    assert (found.code, found.arguments["reason"]) == ("E153", "Connection refused")


@pytest.mark.parametrize("head", [b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_a_server_that_sends_a_byte_now_and_then_is_given_up(head: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "SECONDS", 0.4)
    stop = threading.Event()

    def drip(asked: Asked) -> None:
        asked.handler.wfile.write(head)
        while not stop.wait(0.02):
            asked.handler.wfile.write(b"a")
            asked.handler.wfile.flush()

    with serving(drip) as served:
        found = fault(client_of(served))  # who waited for the end would wait for ever
        stop.set()
    assert (found.code, found.arguments["seconds"]) == ("E154", "0.4")


def test_what_was_answered_is_kept_for_a_while(tmp_path: Path) -> None:
    answers = Answers(tmp_path / "online")
    with serving(lambda asked: Given(f"{len(served.asked)} {asked.headers['Accept']}", "text/x")) as served:
        clock = Clock(time.time())

        def client(*, offline: bool = False) -> Client:
            made = client_of(served, answers=answers, offline=offline)
            made.now = clock.now
            return made

        first = client().get(ADDRESS, "a/b")
        again = client().get(ADDRESS, "a/b")
        assert (first.body, again.body, again.media_type) == (b"1 a/b", b"1 a/b", "text/x")
        assert client().get(ADDRESS, "c/d").body == b"2 c/d"
        assert client().get(ADDRESS, "a/b", kept=False).body == b"3 a/b"
        clock.time += FRESH + 60
        assert client(offline=True).get(ADDRESS, "a/b").body == b"1 a/b"
        assert client().get(ADDRESS, "a/b").body == b"4 a/b"
        assert client(offline=True).get(ADDRESS, "a/b").body == b"4 a/b"
        found = fault(client(offline=True), "https://catalogue.example/autre")
    assert (found.code, found.arguments) == ("E160", {"host": "catalogue.example"})
    assert len(served.asked) == 4


def test_what_needed_a_key_or_failed_is_not_kept(tmp_path: Path) -> None:
    answers = Answers(tmp_path / "online")
    with serving(lambda asked: Given("a", status=404 if "non" in asked.target else 200)) as served:
        client = client_of(served, answers=answers)
        client.get(ADDRESS, headers={"Zotero-API-Key": "abc"})
        client.get("https://catalogue.example/non")
    assert not list(tmp_path.rglob("*"))


@pytest.mark.parametrize("content", [b"", b"abc\n{}", b"\0" * 100, None])
def test_a_damaged_answer_is_asked_for_again(content: bytes | None, tmp_path: Path) -> None:
    answers = Answers(tmp_path / "online")
    with serving(lambda _: Given("a")) as served:
        client_of(served, answers=answers).get(ADDRESS)
        (path,) = (tmp_path / "online").glob("*.json")
        path.unlink()
        if content is None:
            path.symlink_to("/etc/passwd")
        else:
            path.write_bytes(content)
        assert client_of(served, answers=answers).get(ADDRESS).body == b"a"
    assert len(served.asked) == 2


def test_the_number_of_a_host_of_ipv6_stands_in_brackets() -> None:
    with serving(lambda _: Given("a")) as served:
        client = client_of(served)
        client.resolve = lambda *_: ("2a00:1450:4007::1",)
        client.get(ADDRESS)
    assert served.transport.connected == ["2a00:1450:4007::1"]
    assert str(parse_address(ADDRESS)) == ADDRESS
