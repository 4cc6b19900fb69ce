"""What one look at an address finds, at servers of every kind; hostile ones too."""

from __future__ import annotations

import gzip
import re
import ssl
import threading
import time
import tracemalloc
from collections.abc import Callable, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from online.servers import PUBLIC, Asked, Clock, Given, Served, serving

from biblio.collection.link_history import Cause, Sighting
from biblio.online.addresses import parse_address
from biblio.online.links import observe
from biblio.online.links.likeness import is_alike
from biblio.online.links.observe import Observer, PutOff, sibling
from biblio.online.links.pace import Pace
from biblio.online.links.run import WITNESS, PutOffAddress, look_at_all
from biblio.online.wire import Wire
from biblio.words.faults import BiblioError

DAY = "2026-12-01"
PAGE = "https://www.example.org/docs/rapport.html"
WORDS = "Les contrats locaux de santé dans les quartiers prioritaires de la ville : un rapport d'étape pour tous"


def html(words: str = WORDS, title: str = "Rapport", **headers: str) -> Given:
    page = f"<!DOCTYPE html><html><head><title>{title}</title></head><body><p>{words}</p></body></html>"
    return Given(page, "text/html; charset=utf-8", headers=headers)


def sent(location: str, status: int = 301) -> Given:
    return Given(status=status, headers={"Location": location})


def site(pages: dict[str, Given | Callable[[Asked], Given]], missing: Given | None = None) -> Callable[[Asked], Given]:
    """A web of pages, each by its host and path; anything else is missing."""

    def answer(asked: Asked) -> Given:
        found = pages.get(asked.address, missing or Given("rien", status=404))
        return found if isinstance(found, Given) else found(asked)

    return answer


def observer_of(served: Served, contact: str = "") -> Observer:
    clock = Clock()
    pace = Pace(sleep=clock.sleep, now=clock.now)
    return Observer(Wire(transport=served.transport), lambda host, port: (PUBLIC,), pace, contact)  # noqa: ARG005


def look(
    pages: dict[str, Given | Callable[[Asked], Given]], address: str = PAGE, missing: Given | None = None
) -> Sighting:
    with serving(site(pages, missing)) as served:
        return observer_of(served).look(address, DAY)


HERE = "www.example.org/docs/rapport.html"


def test_a_page_that_answers_is_there() -> None:
    assert look({HERE: html()}) == Sighting(PAGE, DAY, Cause.ANSWERED, 200)


def test_it_is_asked_by_head_then_by_get_and_its_folder_once() -> None:
    pages: dict[str, Given | Callable[[Asked], Given]] = {
        HERE: html(),
        "www.example.org/docs/autre.html": html("Autre"),
    }
    with serving(site(pages)) as served:
        observer = observer_of(served, "doc@example.org")
        observer.look(PAGE, DAY)
        observer.look("https://www.example.org/docs/autre.html", DAY)
    assert [(each.method, each.target) for each in served.asked[:2]] == [
        ("HEAD", "/docs/rapport.html"),
        ("GET", "/docs/rapport.html"),
    ]
    assert [each.method for each in served.asked] == ["HEAD", "GET", "GET", "HEAD", "GET"]
    agent = served.asked[0].headers["User-Agent"]
    assert agent.startswith("biblio/")
    assert "mailto:doc@example.org" in agent
    assert "link" not in agent.lower()


def test_a_file_is_told_by_its_head_alone() -> None:
    pdf = Given(b"%PDF-1.7", "application/pdf")
    with serving(site({"www.example.org/a.pdf": pdf})) as served:
        assert observer_of(served).look("https://www.example.org/a.pdf", DAY).cause is Cause.ANSWERED
    assert [each.method for each in served.asked] == ["HEAD"]


@pytest.mark.parametrize("status", [400, 403, 404, 405, 500, 501])
def test_a_head_that_fails_is_tried_by_get(status: int) -> None:
    found = look({HERE: lambda asked: html() if asked.method == "GET" else Given(status=status)})
    assert found.cause is Cause.ANSWERED


@pytest.mark.parametrize(
    ("status", "headers", "cause"),
    [
        (404, {}, Cause.GONE),
        (410, {}, Cause.GONE),
        (404, {"Server": "cloudflare"}, Cause.GONE),
        (401, {}, Cause.LOGIN),
        (407, {}, Cause.LOGIN),
        (403, {}, Cause.REFUSED),
        (403, {"Server": "cloudflare"}, Cause.CHALLENGE),
        (503, {"Server": "cloudflare"}, Cause.CHALLENGE),
        (403, {"cf-mitigated": "challenge"}, Cause.CHALLENGE),
        (405, {"x-amzn-waf-action": "captcha"}, Cause.CHALLENGE),
        (400, {}, Cause.REFUSED),
        (451, {}, Cause.REFUSED),
        (500, {}, Cause.SERVER),
        (502, {}, Cause.SERVER),
        (503, {}, Cause.SERVER),
        (300, {}, Cause.UNREADABLE),
    ],
)
def test_each_refusal_has_its_cause(status: int, headers: dict[str, str], cause: Cause) -> None:
    found = look({HERE: Given("non", status=status, headers=headers)})
    assert (found.cause, found.status) == (cause, status)


# --- redirects --------------------------------------------------------------------------------------------------------


def test_a_chain_that_is_permanent_from_end_to_end_is_told_whole() -> None:
    pages: dict[str, Given | Callable[[Asked], Given]] = {
        HERE: sent("/nouveau", 301),
        "www.example.org/nouveau": sent("https://autre.example/rapport", 308),
        "autre.example/rapport": html(),
    }
    found = look(pages)
    assert (found.cause, found.target, found.permanent) == (Cause.ANSWERED, "https://autre.example/rapport", True)
    fragment = look(pages, f"{PAGE}#page=3")
    assert fragment.target == "https://autre.example/rapport#page=3"


@pytest.mark.parametrize("status", [302, 303, 307])
def test_one_step_that_is_not_for_good_makes_the_chain_temporary(status: int) -> None:
    pages: dict[str, Given | Callable[[Asked], Given]] = {
        HERE: sent("/nouveau", 301),
        "www.example.org/nouveau": sent("/encore", status),
        "www.example.org/encore": html(),
    }
    found = look(pages)
    assert (found.cause, found.target, found.permanent) == (Cause.ANSWERED, "", False)


def test_an_address_of_one_visit_alone_is_not_where_a_page_has_moved_to() -> None:
    place = "/la;jsessionid=0123"
    assert look({HERE: sent(place), f"www.example.org{place}": html()}).target == ""


def test_a_chain_that_ends_nowhere_is_dead_and_not_moved() -> None:
    assert look({HERE: sent("/nouveau")}).cause is Cause.GONE


@pytest.mark.parametrize("location", ["/docs/rapport.html", "/a"])
def test_redirects_that_turn_in_a_circle_end(location: str) -> None:
    assert look({HERE: sent(location), "www.example.org/a": sent("/docs/rapport.html")}).cause is Cause.CIRCLE


def test_redirects_without_end_end() -> None:
    with serving(lambda asked: sent(f"{asked.target}x")) as served:
        assert observer_of(served).look(PAGE, DAY).cause is Cause.CIRCLE
    assert len(served.asked) == 2 * (observe.MOST_HOPS + 1)


@pytest.mark.parametrize(
    ("location", "cause"),
    [
        ("http://127.0.0.1/", Cause.LOCAL),
        ("http://[::1]:631/", Cause.LOCAL),
        ("http://169.254.169.254/latest/meta-data/", Cause.LOCAL),
        ("http://10.0.0.1/", Cause.LOCAL),
        ("//nas.local/", Cause.LOCAL),
        ("file:///etc/passwd", Cause.ODD),
        ("https://anne:secret@www.example.org/", Cause.ODD),
        ("javascript:alert(1)", Cause.BROKEN_OFF),  # what the library takes for no answer
    ],
)
def test_it_is_not_led_into_the_local_network(location: str, cause: Cause) -> None:
    with serving(lambda _: sent(location)) as served:
        observer = observer_of(served)
        observer.resolve = lambda host, _: (PUBLIC,) if host == "www.example.org" else (host,)
        assert observer.look(PAGE, DAY).cause is cause
    assert {each.host for each in served.asked} == {"www.example.org"}


@pytest.mark.parametrize(
    ("address", "cause"),
    [
        ("http://localhost/", Cause.LOCAL),
        ("http://192.168.1.1/", Cause.LOCAL),
        ("ftp://www.example.org/a", Cause.ODD),
        ("https://anne:secret@www.example.org/", Cause.ODD),
        ("https://www.example.org/a…", Cause.ANSWERED),
    ],
)
def test_what_may_not_be_asked_is_not(address: str, cause: Cause) -> None:
    with serving(lambda _: Given("a", "text/plain")) as served:
        observer = observer_of(served)
        observer.resolve = lambda host, _: (PUBLIC,) if host == "www.example.org" else (host,)
        assert observer.look(address, DAY).cause is cause
    assert bool(served.asked) == (cause is Cause.ANSWERED)


# --- soft 404 ---------------------------------------------------------------------------------------------------------

NOT_FOUND = "Nous sommes désolés, cette page ne se trouve pas ici, essayez le plan du site ou la recherche en haut"


def test_the_page_that_comes_for_any_address_is_none() -> None:
    def missing(asked: Asked) -> Given:
        return html(f"{NOT_FOUND} : {asked.target}, erreur {id(asked)}", "Perdu")

    with serving(lambda asked: html("Accueil") if asked.target == "/" else missing(asked)) as served:
        assert observer_of(served).look(PAGE, DAY).cause is Cause.SOFT


def test_words_alone_condemn_nothing() -> None:
    assert look({HERE: html(NOT_FOUND, "Page introuvable, erreur 404")}).cause is Cause.ANSWERED


def test_a_page_unlike_its_sibling_stands_though_the_site_has_soft_errors() -> None:
    assert look({HERE: html()}, missing=html(NOT_FOUND, "Perdu")).cause is Cause.ANSWERED


@pytest.mark.parametrize("status", [301, 302])
def test_all_that_is_sent_to_the_home_page_is_lost(status: int) -> None:
    pages: dict[str, Given | Callable[[Asked], Given]] = {"www.example.org/": html("Accueil")}
    assert look(pages, missing=sent("/", status)).cause is Cause.SOFT


def test_one_page_that_is_sent_to_the_home_page_is_doubtful_and_never_moved() -> None:
    found = look({HERE: sent("/"), "www.example.org/": html("Accueil")})
    assert (found.cause, found.permanent) == (Cause.HOME, False)


@pytest.mark.parametrize("path", ["/", "/fr/", "/fr", "/index.php", "/accueil.html"])
def test_home_pages_are_not_compared(path: str) -> None:
    with serving(lambda _: html()) as served:
        assert observer_of(served).look(f"https://www.example.org{path}", DAY).cause is Cause.ANSWERED
    assert {each.target for each in served.asked} == {path}


def test_one_page_for_every_address_filled_by_a_script_proves_nothing() -> None:
    with serving(lambda _: Given('<div id="app"></div><script src="/a.js"></script>', "text/html")) as served:
        assert observer_of(served).look(PAGE, DAY).cause is Cause.SHELL


def test_a_sibling_that_cannot_be_had_condemns_nothing() -> None:
    assert look({HERE: html()}, missing=Given("non", status=403)).cause is Cause.ANSWERED


def test_a_sibling_stands_beside_has_the_same_ending_and_is_another_each_day() -> None:
    def beside(address: str, day: str = DAY) -> str:
        return sibling(parse_address(address), day).target

    assert re.fullmatch(r"/docs/[a-p]{18}\.html", beside(PAGE))
    assert re.fullmatch(r"/docs/[a-p]{18}/", beside("https://www.example.org/docs/rapport/?a=1"))
    assert re.fullmatch(r"/[a-p]{18}", beside("https://www.example.org/v1.2-final.version"))
    assert beside(PAGE) == beside("https://www.example.org/docs/b.html") != beside(PAGE, "2026-12-02")


def test_pages_are_alike_but_for_figures_and_the_words_of_the_address() -> None:
    page = html(NOT_FOUND + " /docs/abc 12:30").body
    assert isinstance(page, str)
    other = page.replace("/docs/abc 12:30", "/docs/xyz 12:31")
    assert is_alike(page.encode(), other.encode(), ("/docs/abc", "/docs/xyz"))
    assert not is_alike(page.encode(), page.replace(NOT_FOUND, WORDS).encode())
    assert not is_alike(page.encode(), page.replace("<title>Rapport", "<title>Autre").encode())
    assert not is_alike(b"<p>court</p>", b"<p>bref</p>")


# --- walls and files --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "location",
    [
        "/login?next=/docs/rapport.html",
        "https://sso.example/cas/login?service=https%3A%2F%2Fwww.example.org%2Fdocs%2Frapport.html",
        "https://idp.example/saml2/sso?RelayState=https%3A%2F%2Fwww.example.org%2Fdocs%2Frapport.html",
    ],
)
def test_an_address_that_asks_who_one_is_is_doubtful(location: str) -> None:
    with serving(
        lambda asked: sent(location, 302) if asked.target == "/docs/rapport.html" else html("Qui ?")
    ) as served:
        assert observer_of(served).look(PAGE, DAY).cause is Cause.LOGIN


@pytest.mark.parametrize("anything", [True, False])
def test_a_page_with_a_field_for_a_password_at_another_address_is_doubtful(anything: bool) -> None:
    form = html("<form><input name=a type='password'></form>")
    with serving(
        lambda asked: (
            form
            if asked.target == "/entree"
            else sent("/entree", 302)
            if anything or asked.target == "/docs/rapport.html"
            else Given(status=404)
        )
    ) as served:
        assert observer_of(served).look(PAGE, DAY).cause is Cause.LOGIN


def test_a_page_of_consent_to_come_back_from_is_no_loss() -> None:
    def answer(asked: Asked) -> Given:
        if asked.host == "consent.example":
            return html(
                "Acceptez-vous les cookies de ce site et de ses partenaires ? Oui, non, ou plus tard", "Cookies"
            )
        return sent(f"https://consent.example/?continue=https://www.example.org{asked.target}", 302)

    with serving(answer) as served:
        assert observer_of(served).look(PAGE, DAY).cause is Cause.LOGIN


def test_a_page_that_has_a_field_for_a_password_itself_is_there() -> None:
    assert look({HERE: html(WORDS + "<input type=password>")}).cause is Cause.ANSWERED
    slash = {HERE: sent("/docs/rapport.html/"), f"{HERE}/": html(WORDS + "<input type=password>")}
    assert look({**slash}).cause is Cause.ANSWERED


def test_a_pdf_that_became_a_page_is_doubtful() -> None:
    address = "https://www.example.org/docs/rapport.pdf"
    assert look({"www.example.org/docs/rapport.pdf": html()}, address).cause is Cause.NOT_PDF
    page = {"www.example.org/docs/rapport.pdf": sent("/publication"), "www.example.org/publication": html()}
    assert look({**page}, address).cause is Cause.NOT_PDF


def test_a_pdf_that_became_the_page_of_what_is_lost_is_lost() -> None:
    def answer(asked: Asked) -> Given:
        return html("Accueil") if asked.target == "/" else html(NOT_FOUND, "Perdu")

    with serving(answer) as served:
        assert observer_of(served).look("https://www.example.org/docs/rapport.pdf", DAY).cause is Cause.SOFT


# --- https ------------------------------------------------------------------------------------------------------------


class TwoSchemes(httpx.BaseTransport):
    """Leads ``http:`` and ``https:`` to a server each."""

    def __init__(self, plain: Served, secure: Served) -> None:
        self.plain, self.secure = plain.transport, secure.transport

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return (self.secure if request.url.scheme == "https" else self.plain).handle_request(request)


@pytest.mark.parametrize(
    ("there", "same"),
    [
        (html(WORDS), True),
        (html(WORDS.replace("étape", "étape ") + " 12:31"), True),
        (html("Ce site n'est pas encore prêt"), False),
        (Given(status=404), False),
        (sent("http://www.example.org/docs/rapport.html"), False),
    ],
)
def test_https_is_proposed_when_the_same_page_answers(there: Given, same: bool) -> None:
    with serving(site({HERE: html()})) as plain, serving(site({HERE: there})) as secure:
        observer = observer_of(plain)
        observer.wire = Wire(transport=TwoSchemes(plain, secure))
        found = observer.look("http://www.example.org/docs/rapport.html#p", DAY)
    assert found.cause is Cause.ANSWERED
    assert found.secure == ("https://www.example.org/docs/rapport.html#p" if same else "")


def test_https_of_a_file_is_the_same_file() -> None:
    pdf, other = Given(b"%PDF-1.7 a", "application/pdf"), Given(b"%PDF-1.7 b", "application/pdf")
    for there, same in ((pdf, True), (other, False)):
        with serving(lambda _: pdf) as plain, serving(lambda _, given=there: given) as secure:  # type: ignore[misc]
            observer = observer_of(plain)
            observer.wire = Wire(transport=TwoSchemes(plain, secure))
            assert bool(observer.look("http://www.example.org/a.pdf", DAY).secure) == same


def test_an_identifier_is_never_rewritten_not_even_to_https() -> None:
    found = look({"dx.doi.org/10.3917/spub.193.0123": html()}, "http://dx.doi.org/10.3917/spub.193.0123")
    assert (found.cause, found.secure) == (Cause.ANSWERED, "")


# --- servers that fail ------------------------------------------------------------------------------------------------


def unresolved(*_: object) -> Sequence[str]:
    raise OSError(-2, "Name or service not known")


def test_a_host_that_nobody_knows_is_asked_for_once() -> None:
    asked = []
    with serving(lambda _: html()) as served:
        observer = observer_of(served)

        def resolve(host: str, port: int) -> Sequence[str]:
            asked.append(host)
            return unresolved(host, port)

        observer.resolve = resolve
        assert observer.look(PAGE, DAY).cause is Cause.UNKNOWN_HOST
        assert observer.look("https://www.example.org/b", DAY).cause is Cause.UNKNOWN_HOST
    assert asked == ["www.example.org"]


def test_a_server_that_is_not_there_is_unreachable() -> None:
    with serving(lambda _: html()) as served:
        pass
    assert observer_of(served).look(PAGE, DAY).cause is Cause.UNREACHABLE


@pytest.mark.parametrize("answer", [b"", b"no http at all\r\n\r\n", b"HTTP/1.1 200 OK\r\nX: " + b"a" * 300_000])
def test_what_is_no_answer_is_broken_off(answer: bytes) -> None:
    with serving(lambda asked: asked.handler.wfile.write(answer) and None) as served:
        assert observer_of(served).look(PAGE, DAY).cause is Cause.BROKEN_OFF


def test_a_body_without_end_is_read_to_a_point() -> None:
    def endless(asked: Asked) -> None:
        asked.handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while True:
            asked.handler.wfile.write(b"<p>encore et encore " * 1000)

    with serving(lambda asked: endless(asked) if asked.target == "/docs/rapport.html" else Given(status=404)) as served:
        assert observer_of(served).look(PAGE, DAY).cause is Cause.ANSWERED


@pytest.mark.parametrize("layers", [1, 2])
def test_a_packed_bomb_is_unpacked_to_a_point(layers: int) -> None:
    bomb = gzip.compress(b"<p>" + b"\0" * 50_000_000)
    for _ in range(layers - 1):
        bomb = gzip.compress(bomb)
    given = Given(bomb, "text/html", headers={"Content-Encoding": "gzip"})
    with serving(lambda asked: given if asked.target == "/docs/rapport.html" else Given(status=404)) as served:
        observer = observer_of(served)
        tracemalloc.start()
        assert observer.look(PAGE, DAY).cause is Cause.ANSWERED
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert most < 10_000_000


@pytest.mark.parametrize("head", [b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"])
def test_a_server_that_drips_is_given_up_and_left_alone(head: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(observe, "SECONDS", 0.3)
    stop = threading.Event()

    def drip(asked: Asked) -> None:
        asked.handler.wfile.write(head)
        while not stop.wait(0.02):
            asked.handler.wfile.write(b"a")
            asked.handler.wfile.flush()

    with serving(lambda asked: drip(asked) if asked.method == "GET" else Given(status=405)) as served:
        observer = observer_of(served)
        assert observer.look(PAGE, DAY).cause is Cause.TIME_OUT  # who waited for the end would wait for ever
        stop.set()


def test_a_host_that_times_out_again_and_again_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(observe, "SECONDS", 0.1)
    stop = threading.Event()

    def keep_waiting(_: Asked) -> None:
        stop.wait(5)

    with serving(keep_waiting) as served:
        observer = observer_of(served)
        for path in ("a", "b"):
            assert observer.look(f"https://www.example.org/{path}", DAY).cause is Cause.TIME_OUT
        with pytest.raises(PutOff):
            observer.look("https://www.example.org/c", DAY)
        stop.set()


CERTIFICATE = Path(__file__).with_name("self-signed.pem")


class Secure(httpx.BaseTransport):
    """Leads to a server that speaks TLS with a certificate that nobody vouches for."""

    def __init__(self, port: int) -> None:
        self.port, self._inner = port, httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.url = request.url.copy_with(host="127.0.0.1", port=self.port)
        return self._inner.handle_request(request)


def test_a_certificate_that_nobody_vouches_for_is_doubtful() -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        clock = Clock()
        wire = Wire(transport=Secure(server.server_port))
        observer = Observer(wire, lambda *_: (PUBLIC,), Pace(sleep=clock.sleep, now=clock.now))
        assert observer.look(PAGE, DAY).cause is Cause.CERTIFICATE
    finally:
        server.shutdown()
        server.server_close()


# --- politeness -------------------------------------------------------------------------------------------------------


def test_two_requests_to_one_host_are_a_second_apart() -> None:
    with serving(site({HERE: html()})) as served:
        observer = observer_of(served)
        observer.look(PAGE, DAY)
        assert observer.pace.sleep.__self__.slept == [1.0, 1.0]  # type: ignore[attr-defined]


def test_a_server_that_says_when_is_waited_for() -> None:
    given = iter([Given(status=429, headers={"Retry-After": "7"}), Given(b"%PDF", "application/pdf")])
    with serving(lambda _: next(given)) as served:
        observer = observer_of(served)
        assert observer.look("https://www.example.org/a.pdf", DAY).cause is Cause.ANSWERED
        assert observer.pace.sleep.__self__.slept == [7.0]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "headers", [{"Retry-After": "86400"}, {}, {"Retry-After": "Fri, 31 Dec 2100 23:59:59 GMT"}, {"Retry-After": "x"}]
)
def test_a_server_that_is_busy_for_long_is_left_alone(headers: dict[str, str]) -> None:
    with serving(lambda _: Given(status=429, headers=headers)) as served:
        observer = observer_of(served)
        assert observer.look(PAGE, DAY).cause is Cause.BUSY
        before = len(served.asked)
        with pytest.raises(PutOff):
            observer.look("https://www.example.org/b", DAY)
        assert len(served.asked) == before
        assert observer.look("https://autre.example/b", DAY).cause is Cause.BUSY


def test_a_busy_server_is_left_alone_whoever_leads_to_it() -> None:
    def answer(asked: Asked) -> Given:
        return Given(status=429) if asked.host == "revue.example" else sent(f"https://revue.example{asked.target}", 302)

    with serving(answer) as served:
        observer = observer_of(served)
        found = observer.look("https://doi.org/10.1684/ers.2019.1277", DAY)
        assert (found.cause, found.status) == (Cause.BUSY, 429)
        with pytest.raises(PutOff):
            observer.look("https://doi.org/10.1684/ers.2019.1278", DAY)
    assert [each.host for each in served.asked].count("revue.example") == 1


# --- many at once -----------------------------------------------------------------------------------------------------


def test_hosts_are_asked_side_by_side_and_one_host_in_a_row() -> None:
    together = threading.Barrier(3, timeout=20)
    at_once: dict[str, int] = {}
    most: list[int] = []

    def answer(asked: Asked) -> Given:
        at_once[asked.host] = at_once.get(asked.host, 0) + 1
        most.append(at_once[asked.host])
        if asked.target == "/0.pdf":
            together.wait()  # one alone would wait in vain
        time.sleep(0.01)
        at_once[asked.host] -= 1
        return Given(b"%PDF", "application/pdf")

    addresses = [f"https://{host}.example/{number}.pdf" for host in "abc" for number in range(4)]
    with serving(answer) as served:
        found = list(look_at_all(observer_of(served), addresses, DAY))
    assert sorted(each.address for each in found) == sorted(addresses)
    assert {each.cause for each in found if isinstance(each, Sighting)} == {Cause.ANSWERED}
    assert max(most) == 1


def test_what_is_put_off_is_said() -> None:
    with serving(lambda _: Given(status=429)) as served:
        found = list(look_at_all(observer_of(served), [f"https://a.example/{each}" for each in range(3)], DAY))
    assert [type(each) for each in found] == [Sighting, PutOffAddress, PutOffAddress]


def test_without_a_network_nothing_is_held_against_anybody() -> None:
    with serving(lambda _: html()) as served:
        observer = observer_of(served)
        observer.resolve = unresolved
        with pytest.raises(BiblioError) as refused:
            list(look_at_all(observer, [PAGE, "https://b.example/"], DAY))
    assert refused.value.diagnostic.code == "E242"


def test_where_the_witness_answers_the_failures_count() -> None:
    with serving(lambda _: Given()) as served:
        observer = observer_of(served)
        observer.resolve = lambda host, port: (PUBLIC,) if host in WITNESS else unresolved(host, port)
        found = list(look_at_all(observer, [PAGE, "https://b.example/"], DAY))
    assert {each.cause for each in found if isinstance(each, Sighting)} == {Cause.UNKNOWN_HOST}
    assert served.addresses == ["doi.org/"]
