"""What starts the browser is read by everybody of the machine: the token is not in it, and a ticket serves once."""

from __future__ import annotations

import os
import time
from pathlib import Path

import httpx
import pytest
from server.desks import LONG, PORT, TOKEN, asked, small_project
from server.test_icon import double_click

from biblio.server import tickets
from biblio.server.tickets import TICKET, VALID, Tickets, ticket

NOW = 1_000_000.5


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_project(tmp_path / "p")


def at(seconds: float) -> tickets.Clock:
    return lambda: NOW + seconds


@pytest.mark.parametrize(("later", "opens"), [(0, True), (VALID - 1, True), (VALID + 1, False), (-5, False)])
def test_a_ticket_is_dead_after_a_minute(later: float, opens: bool) -> None:
    session = Tickets(TOKEN, at(later)).use(ticket(TOKEN, at(0)))
    assert (session is not None) == opens


@pytest.mark.parametrize("false", ["", ".", "..", "é.é.é", f"{int(NOW) + 30}.x.y", "inf.x."])
def test_only_who_has_the_token_can_write_one(false: str) -> None:
    assert Tickets(TOKEN, at(0)).use(false) is None
    written = ticket(TOKEN, at(0))
    for each in (ticket("another", at(0)), written[1:], written[:-1], written.replace(".", "", 1), f"9{written}"):
        assert Tickets(TOKEN, at(0)).use(each) is None


def test_a_ticket_that_comes_twice_opens_nothing_and_closes_what_it_had_opened() -> None:
    desk, written = Tickets(TOKEN, at(0)), ticket(TOKEN, at(0))
    first, other = desk.use(written), desk.use(ticket(TOKEN, at(0)))
    assert first is not None
    assert other is not None
    assert (desk.opened(first), desk.opened(other), desk.opened(""), desk.opened("é")) == (True, True, False, False)
    assert desk.use(written) is None
    assert (desk.opened(first), desk.opened(other)) == (False, True)


def test_it_opens_the_desk_by_a_cookie_of_its_own(root: Path) -> None:
    with asked(root, known=False) as browser:
        address = f"/start?a=b&{TICKET}={ticket(TOKEN)}"
        assert browser.head(address, follow_redirects=False).status_code == 403  # it only looks
        answer = browser.get(address, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/start?a=b")
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith(f"biblio-{PORT}=")
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie
        assert TOKEN not in cookie
        assert browser.get("/collection").status_code == 200
        again = browser.get(address, follow_redirects=False)
        assert (again.status_code, "qu'une fois" in again.text) == (403, True)
        assert browser.get("/collection").status_code == 403  # somebody has read it
        assert browser.get(f"/?token={TOKEN}").status_code == 200


def test_nobody_reads_the_token_where_the_browser_is_started(tmp_path: Path) -> None:
    opened = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$@" >> "{opened}"\n')
    browser.chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    environment = {**kept, "HOME": str(tmp_path), "BROWSER": str(browser), "LANG": "fr_FR.UTF-8"}
    with double_click(environment) as (address, _), double_click(environment) as (_, second):
        second.wait(LONG)
        end = time.monotonic() + LONG
        while (not opened.exists() or opened.read_text().count("\n") < 2) and time.monotonic() < end:
            time.sleep(0.05)
        addresses = opened.read_text().split()
        token = address.partition("?token=")[2]
        assert token
        assert token not in opened.read_text()
        assert [httpx.get(each).status_code for each in addresses] == [303, 303]  # that of the second icon too
        assert [httpx.get(each).status_code for each in addresses] == [403, 403]
        assert httpx.get(address).status_code == 303
