"""Hostile values at every door of the desk: some of those that ``python -m robustness --only 9`` tries.

A door that a new screen opens is tried by itself: the doors are its routes, and the names those that it asks for.
"""

from __future__ import annotations

import gc
from pathlib import Path

import httpx
import pytest
from server.desks import aside, concluded

from biblio.server import guard
from robustness.atelier import SECRET, make
from robustness.desk import Entrance, attempt_at, entrances, faults_of, try_desk

TRIED = ("escape: in a form", "path: up", "odd: half a character", "reference: end of attribute", "citekey: markup")


@pytest.mark.filterwarnings("ignore:Unclosed file")  # one that was sent where none is asked for
@pytest.mark.parametrize("name", TRIED)
def test_nothing_gets_through_the_desk(name: str) -> None:
    leaks = aside(lambda: try_desk(name)).leaks
    gc.collect()  # closes them
    assert leaks == []


def test_every_door_is_tried(tmp_path: Path) -> None:
    """Without this, the values above could all be refused before anything is asked."""
    names = {(each.method, each.path): each.names for each in entrances()}
    assert {"q", "sort", "type", "year"} <= set(names["GET", "/collection"])
    assert {"key", "field", "base", "title"} <= set(names["POST", "/reference/save"])
    assert {"slug", "view"} <= set(names["GET", "/preview/{slug}/{view}"])
    assert {"files", "pasted"} <= set(names["POST", "/import"])

    async def looked() -> set[tuple[str, str]]:
        async with attempt_at(make(tmp_path)) as attempt:
            save = Entrance("/reference/save", "POST", ("key", "field", "base", "title"))
            await attempt.ask(save, {**attempt.for_(save), "title": "Un autre"}, "well typed")
            assert attempt.leaks == []
            return attempt.answered

    assert concluded(looked()) == {("POST", "/reference/save")}
    assert "title = {Un autre}" in (tmp_path / "atelier-5b21/references/essai.bib").read_text("utf-8")


HEADERS = {"content-type": "text/html", **guard.HEADERS}


@pytest.mark.parametrize(
    ("status", "headers", "text", "fault"),
    [
        (500, {}, "", "status 500"),
        (422, {}, "erreur E122", "status 422"),
        (200, {"content-security-policy": "default-src 'self'"}, "", "the policy \"default-src 'self'\""),
        (200, {"x-content-type-options": ""}, "", "no nosniff"),
        (303, {"location": "//evil.example/"}, "", "sent on to //evil.example/"),
        (200, {"hx-redirect": "https://evil.example"}, "", "sent on to https://evil.example"),
        (200, {}, f"<p>{SECRET}", f"{SECRET} in the answer"),
        (200, {}, "<p>/home/moi", "/home/moi in the answer"),
        (200, {}, "<canari>", "the element canari"),
        (200, {}, "<base href=/>", "the element base"),
        (200, {}, "<meta http-equiv=refresh content=0>", "the element meta"),
        (200, {}, "<p onclick=x>", "the attribute onclick"),
        (200, {}, "<p style=x>", "the attribute style"),
        (200, {}, "<script>alert(1)</script>", "the program alert(1)"),
        (200, {}, "<script src=http://evil.example/a.js></script>", "a script of {'src': 'http://evil.example/a.js'}"),
        (200, {}, "<img src=//evil.example/a.png>", "src of img: //evil.example/a.png"),
        (200, {}, "<a href=javascript:alert(1)>x</a>", "href of a: javascript:alert(1)"),
        (200, {}, "<form action=http://evil.example/>", "action of form: http://evil.example/"),
    ],
)
def test_the_searches_find_what_they_look_for(status: int, headers: dict[str, str], text: str, fault: str) -> None:
    answer = httpx.Response(status, headers={**HEADERS, **headers}, text=text)
    assert fault in faults_of(answer, ["/home/moi"])


def test_a_good_page_has_no_fault() -> None:
    page = '<html><link rel=stylesheet href=/static/a.css><script src="/static/a.js"></script><a href="?q=1#x">x</a>'
    assert faults_of(httpx.Response(200, headers=HEADERS, text=page), []) == []
