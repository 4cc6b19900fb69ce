"""Steps of a session: written whole, undone and done again, and never over what somebody else has written."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest
from server.desks import asked, small_project

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

    first, second = asyncio.run(both())
    assert first is None
    assert isinstance(second, BiblioError)
    assert second.diagnostic.code == "E134"
    assert (root / BIB).read_bytes() == b"@book{a}"
