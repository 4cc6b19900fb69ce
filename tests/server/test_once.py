"""Forms that are sent twice by a double click: what they ask for is done once, and both are answered alike."""

from __future__ import annotations

import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from server.desks import Asked, asked, concluded, small_project
from server.test_dossiers import NEW
from server.test_new import BIB, RIS, TYPED, taken
from starlette.responses import Response

from biblio.server.once import MOST, Once

Sent = Mapping[str, Any]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_project(tmp_path / "p")


def state(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def token_of(page: str) -> str:
    (*_, last) = re.findall(r'name="once" value="([\w-]+)"', page)
    return str(last)


def sent_twice(client: Asked, address: str, form: Sent) -> list[tuple[int, str]]:
    """Sends a form again before it is answered."""

    def send(_: int) -> tuple[int, str]:
        answer = client.post(address, data=form, headers={"hx-request": "true"})
        return answer.status_code, answer.headers.get("hx-redirect", "")

    with ThreadPoolExecutor(2) as clicks:
        return list(clicks.map(send, range(2)))


def filled(client: Asked, address: str) -> tuple[str, Sent]:
    """The page of a form, and what is sent of it."""
    match address:
        case "/reference/new/add":
            return client.get("/reference/new?type=book").text, {**TYPED, "into": BIB}
        case "/reference/new/add-found":
            page = client.post("/reference/new/found", data={"pasted": RIS}).text
            return page, {"take": taken(page), "into": BIB}
        case "/dossiers/next":
            form = {"slug": "premier-dossier", "title": "Second", "date": "2026"}
            return client.get("/dossiers").text, form
    return client.get("/dossiers").text, NEW


@pytest.mark.parametrize("address", ["/reference/new/add", "/reference/new/add-found", "/dossiers", "/dossiers/next"])
def test_a_form_that_is_sent_twice_is_done_once(root: Path, address: str) -> None:
    with asked(root) as client:
        page, form = filled(client, address)
        form = {**form, "once": token_of(page)}
        first, second = sent_twice(client, address, form)
        assert first == second
        assert len(client.desk.journal.past) == 1
        after = state(root)
        assert sent_twice(client, address, form) == [first, second]
        assert state(root) == after
        # Filled in anew it is another one, were it the same.
        again = client.post(address, data={**form, "once": token_of(filled(client, address)[0])})
        assert again.status_code < 400
        assert len(client.desk.journal.past) == 2


def test_a_form_that_was_refused_is_heard_again(root: Path) -> None:
    with asked(root) as client:
        form = {**NEW, "once": "t", "date": "jamais"}
        assert client.post("/dossiers", data=form).status_code == 422
        assert client.post("/dossiers", data=form).status_code == 422
        answer = client.post("/dossiers", data={**form, "date": "2026"}, follow_redirects=False)
        assert answer.headers["location"] == "/dossier/sante-des-jeunes"


def test_no_more_answers_are_kept_than_are_of_use() -> None:
    async def asked_often() -> int:
        kept, made = Once(), 0

        async def make() -> Response:
            nonlocal made
            made += 1
            return Response()

        for number in [*range(MOST + 1), MOST, 0]:
            await kept.answer(str(number), make)
        return made

    assert concluded(asked_often()) == MOST + 2  # the first is forgotten, the last is not
