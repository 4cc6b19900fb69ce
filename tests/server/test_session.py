"""Steps of a session: written whole, undone and done again, and never over what somebody else has written."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest
from server.desks import asked, concluded, small_project
from server.test_import import RIS, add, drop, shown

from biblio.editing.journal import Journal
from biblio.editing.works import Work
from biblio.server.desk import Desk
from biblio.words.faults import BiblioError

BIB = "references/exemple.bib"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_project(tmp_path / "p")


def work(root: Path, after: bytes) -> Work:
    place = root / BIB
    return Work(BIB, place, place.read_bytes(), after)


def test_a_step_is_undone_and_done_again(root: Path) -> None:
    before, after = (root / BIB).read_bytes(), b"@book{a, title = {Un}}"
    with asked(root) as client:
        assert "disabled" in client.get("/session").text
        client.change("le titre de « a »", [work(root, after)])
        assert (root / BIB).read_bytes() == after
        assert "Annuler : le titre de « a »" in client.get("/session").text
        assert "Annulé : le titre de « a »" in client.post("/undo").text
        assert (root / BIB).read_bytes() == before
        assert "Rétabli : le titre de « a »" in client.post("/redo").text
        assert (root / BIB).read_bytes() == after
        assert "Rétabli :" not in client.post("/redo").text  # there is nothing more


def test_what_somebody_else_wrote_meanwhile_is_not_undone(root: Path) -> None:
    with asked(root) as client:
        client.change("un", [work(root, b"@book{a, title = {Un}}")])
        (root / BIB).write_bytes(b"@book{a, title = {Autre}}")
        answer = client.post("/undo")
        assert answer.status_code == 409
        assert "a changé" in answer.text
        assert (root / BIB).read_bytes() == b"@book{a, title = {Autre}}"


def test_two_who_write_at_once_take_their_turns(root: Path) -> None:
    async def both() -> Sequence[BaseException | None]:
        desk = Desk(root, "fr")
        first, second = (desk.change(name, [work(root, f"@book{{{name}}}".encode())]) for name in "ab")
        outcome = await asyncio.gather(first, second, return_exceptions=True)
        assert [step.said for step in desk.journal.past] == ["a"]
        desk.close()
        return outcome

    first, second = concluded(both())
    assert first is None
    assert isinstance(second, BiblioError)
    assert second.diagnostic.code == "E134"
    assert (root / BIB).read_bytes() == b"@book{a}"


@pytest.mark.parametrize("address", ["/session", "/collection", "/history/steps"])
def test_a_step_that_is_too_big_to_be_undone_is_said(root: Path, address: str) -> None:
    sentence = "Fait, mais trop gros pour être annulé (plus de 64 Mo) : tout"
    with asked(root) as client:
        client.desk.journal = Journal(most=30)
        client.change("un", [work(root, b"")])
        client.change("deux", [work(root, b"@book{a}")])
        assert "trop gros" not in client.get(address).text
        client.change("tout", [work(root, b"@book{a, title = {" + b"long " * 20 + b"}}")])
        text = client.get(address).text
        assert (sentence in text) == (address != "/history/steps")
        assert ("ne s&#39;annulent plus : 3" in text) == (address == "/history/steps")
        client.post("/undo")  # does nothing
        assert b"long" in (root / BIB).read_bytes()
        client.desk.journal = Journal(most=3000)
        client.change("petit", [work(root, b"@book{b}")])
        assert "trop gros" not in client.get(address).text


def test_an_import_that_is_too_big_to_be_undone_does_not_promise_it(root: Path) -> None:
    with asked(root) as client:
        client.desk.journal = Journal(most=30)
        text = add(client, shown(client, drop(client, ("a.ris", RIS))))
    assert "trop gros pour être annulé" in text
    assert "remet tout comme avant" not in text


def test_what_writes_nothing_is_no_step(root: Path) -> None:
    with asked(root) as client:
        client.change("rien", [])
        assert client.desk.journal.past == ()
        assert client.desk.version == 1
