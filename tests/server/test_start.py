"""The desk in an empty folder, and as a program."""

from __future__ import annotations

import signal
import socket
from pathlib import Path

import httpx
import pytest
from server.desks import asked, served, small_project

from biblio.project.project import Project
from biblio.server.run import serve
from biblio.words.faults import BiblioError


def test_an_empty_folder_becomes_a_project(tmp_path: Path) -> None:
    with asked(tmp_path) as client:
        home = client.get("/")
        assert home.url.path == "/start"
        assert "Un nouveau projet" in home.text
        assert sorted(tmp_path.iterdir()) == []  # looking writes nothing
        client.post("/start", data={"with": "nothing"}, follow_redirects=False)
        assert sorted(each.name for each in tmp_path.iterdir()) == ["dossiers", "references"]
        assert client.get("/start", follow_redirects=False).headers["location"] == "/collection"


def test_the_example_is_that_of_the_language_of_the_page(tmp_path: Path) -> None:
    with asked(tmp_path, "en") as client:
        client.post("/start", data={"with": "examples"}, follow_redirects=False)
    assert Project(tmp_path).slugs == ("premier-dossier",)
    assert (tmp_path / "README.md").read_text("utf-8").startswith("# ")


def test_a_folder_with_other_files_is_refused_for_the_example_and_kept(tmp_path: Path) -> None:
    (tmp_path / "lettre.txt").write_text("à garder")
    with asked(tmp_path) as client:
        answer = client.post("/start", data={"with": "examples"})
        assert answer.status_code == 422
        assert "Ce n&#39;est pas fait" in answer.text
        assert "existe déjà et n&#39;est pas un dossier vide" in answer.text
        assert [each.name for each in tmp_path.iterdir()] == ["lettre.txt"]


def test_the_program_says_its_address_alone_and_ends_when_told(tmp_path: Path) -> None:
    small_project(tmp_path / "p")
    with served(tmp_path / "p") as desk:
        answer = httpx.get(desk.address, follow_redirects=False)
        assert answer.status_code == 303
        assert httpx.get(desk.origin + "/").status_code == 403
        cookies = dict(answer.cookies)
        with httpx.stream("GET", desk.origin + "/events", cookies=cookies) as events:
            lines = events.iter_lines()
            assert [next(lines), next(lines)] == ["event: hello", 'data: {"version": 1}']
            (tmp_path / "p/references/exemple.bib").write_text("@book{a, title={Un}}")
            heard = [next(lines) for _ in range(3)]
            assert heard == ["", "event: changed", 'data: {"version": 2, "said": ""}']
            desk.process.send_signal(signal.SIGINT)  # with a page that still listens
            assert desk.process.wait(2) == 130


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    small_project(tmp_path / "p")
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(BiblioError) as caught:
            serve(tmp_path / "p", other.getsockname()[1], "fr", browser=False, announce=print)
        assert caught.value.diagnostic.code == "E219"
