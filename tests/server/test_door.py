"""Who is let in at the desk, and what a page of it may do."""

from __future__ import annotations

from pathlib import Path

import pytest
from server.desks import HOST, ORIGIN, PORT, TOKEN, asked, small_project

from biblio.server import guard

COOKIE = f"biblio-{PORT}"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_project(tmp_path / "p")


def test_the_address_with_the_token_opens_the_desk_once_and_for_all(root: Path) -> None:
    with asked(root, known=False) as stranger:
        answer = stranger.get(f"/start?token={TOKEN}&a=b", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/start?a=b")
        cookie = answer.headers["set-cookie"]
        assert f"{COOKIE}={TOKEN}" in cookie
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie
        assert stranger.get("/static/desk.css").status_code == 200


@pytest.mark.parametrize("address", ["/", "/static/desk.css", "/events", "/rien", "/?token=", "/?token=faux"])
def test_without_the_token_nothing_is_shown(root: Path, address: str) -> None:
    with asked(root, known=False) as stranger:
        answer = stranger.get(address, follow_redirects=False)
        assert answer.status_code == 403
        assert answer.text == (
            "Ouvrez le bureau par son icône, ou par l'adresse complète qu'il affiche à l'ouverture.\n"
        )


@pytest.mark.parametrize(
    "cookie", [f"{COOKIE}=faux", f"biblio={TOKEN}", f"{COOKIE}", "\x01=;;;", f"x={COOKIE}={TOKEN}"]
)
def test_another_cookie_is_no_token(root: Path, cookie: str) -> None:
    with asked(root, known=False) as stranger:
        assert stranger.get("/", headers={"cookie": cookie}, follow_redirects=False).status_code == 403


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1",
        f"127.0.0.1:{PORT + 1}",
        f"{HOST}.evil.example",
        f"evil.example:{PORT}",
        f"127.0.0.1:{PORT}@evil.example",
        f" {HOST}x",
        f"LOCALHOST:{PORT}.",
        "",
    ],
)
def test_another_host_is_refused(root: Path, host: str) -> None:
    with asked(root) as client:
        answer = client.get("/static/desk.css", headers={"host": host})
        assert (answer.status_code, answer.text) == (421, "Cette adresse n'est pas celle du bureau.\n")


def test_the_desk_answers_to_both_its_names(root: Path) -> None:
    with asked(root) as client:
        for host in (HOST, f"localhost:{PORT}"):
            headers = {"host": host, "origin": f"http://{host}", "cookie": f"{COOKIE}={TOKEN}"}
            assert client.get("/static/desk.css", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": f"https://{HOST}"},
        {"origin": f"http://localhost:{PORT}"},  # the other name, of which this page is not
        {"origin": f"http://127.0.0.1:{PORT + 1}"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},  # another port of this machine
    ],
)
def test_a_page_from_elsewhere_is_refused(root: Path, headers: dict[str, str]) -> None:
    with asked(root) as client:
        for answer in (
            client.post("/language", data={"lang": "en"}, headers=headers),
            client.get("/", headers=headers),
        ):
            assert answer.status_code == 403
            assert "Une autre page" in answer.text


def test_a_form_without_an_origin_is_refused(root: Path) -> None:
    with asked(root) as client:
        del client.headers["origin"]
        assert client.post("/language", data={"lang": "en"}).status_code == 403
        assert client.get("/static/desk.css").status_code == 200  # as browsers ask for what is of a page


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
def test_other_methods_are_refused(root: Path, method: str) -> None:
    with asked(root) as client:
        assert client.request(method, "/").status_code == 405


@pytest.mark.parametrize("address", ["/static/desk.css", "/start", "/rien", "/static/rien"])
def test_every_answer_says_what_its_page_may_do(root: Path, address: str) -> None:
    with asked(root) as client:
        headers = client.get(address, follow_redirects=False).headers
        assert {name: headers[name] for name in guard.HEADERS} == guard.HEADERS
        assert "'unsafe" not in headers["content-security-policy"]
        assert "access-control-allow-origin" not in headers


def test_too_much_is_refused_before_it_is_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MOST_SENT", 1000)
    with asked(root) as client:
        assert client.post("/language", content=b"lang=" + b"x" * 2000).status_code == 413
        parts = iter([b"lang=", *[b"x" * 100] * 20])  # in parts, whose length nobody says
        headers = {"content-type": "application/x-www-form-urlencoded"}
        answer = client.post("/language", content=parts, headers=headers, follow_redirects=False)
        assert (answer.status_code, answer.text) == (413, "L'envoi est trop gros, ou trop lent.\n")
        assert client.post("/language", data={"lang": "en"}, follow_redirects=False).status_code == 303


@pytest.mark.parametrize(
    "path", ["/static/../desk.py", "/static/%2e%2e/desk.py", "/static/..%2fdesk.py", "/static//etc/passwd"]
)
def test_no_path_leads_out_of_the_files_of_the_desk(root: Path, path: str) -> None:
    with asked(root) as client:
        answer = client.get(path)
        assert answer.status_code == 404
        assert "from __future__" not in answer.text


def test_the_language_is_that_of_the_browser_until_another_is_chosen(root: Path) -> None:
    with asked(root) as client:
        assert '<html lang="fr">' in client.get("/rien").text
        assert '<html lang="en">' in client.get("/rien", headers={"accept-language": "de,en;q=0.5"}).text
        client.post("/language", data={"lang": "en"}, headers={"origin": ORIGIN}, follow_redirects=False)
        assert '<html lang="en">' in client.get("/rien").text
