"""Adding documents by their identifiers, from the command line to the file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from online.asking import Command, asking
from online.servers import Asked, Given
from online.services import services

from biblio.online import setup

BIB = "references/nouvelles.bib"


@pytest.fixture
def command(project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Command]:
    with asking(services, project, monkeypatch, capsys) as made:
        yield made


def test_documents_are_added_under_keys_of_the_project(command: Command) -> None:
    done = command("add", "10.1684/ers.2019.1277", "978-2-07-036822-8 et PMID 31452104", "--into", BIB)
    assert (done.code, done.out) == (0, "")
    assert "notices ajoutées : 3" in done.err
    text = (command.folder / BIB).read_text("utf-8")
    keys = ["harpet-2019-contrats-locaux-sante", "durand-2019-soin-ville", "durand-2019-health-towns"]
    assert [line.partition("{")[2].rstrip(",") for line in text.splitlines() if line.startswith("@")] == keys
    assert "importedfrom     = {Crossref DOI 10.1684/ers.2019.1277}" in text
    # It is a file of references like any other.
    assert command("show", keys[0]).out.startswith("Article")
    again = command("add", "https://doi.org/10.1684/ERS.2019.1277", "--into", BIB)
    assert "déjà là : 1" in again.err
    assert (command.folder / BIB).read_text("utf-8") == text


def test_without_a_file_they_are_printed(command: Command) -> None:
    done = command("add", "10.1684/ers.2019.1277")
    assert done.code == 0
    assert done.out.startswith("@article{harpet-2019-contrats-locaux-sante,\n")
    assert not (command.folder / BIB).exists()


def test_a_dry_run_writes_nothing_and_says_what_would_be_done(command: Command) -> None:
    done = command("add", "10.1684/ers.2019.1277", "--into", BIB, "--dry-run")
    assert done.code == 0
    assert "ajoutée sous la clé harpet-2019-contrats-locaux-sante" in done.out
    assert not (command.folder / BIB).exists()


def test_programs_are_told_who_said_what(command: Command) -> None:
    done = command("add", "10.5281/zenodo.1234", "10.9999/none", "--json")
    assert done.code == 1
    assert [(each["path"], each["references"]) for each in done.json["files"]] == [
        ("DataCite", 1),
        ("DOI 10.9999/none", 0),
    ]
    assert done.json["counts"]["added"] == 1
    assert [each["code"] for each in done.json["diagnostics"]] == ["E161"]


def test_what_is_not_found_is_said_and_the_rest_is_added(command: Command) -> None:
    done = command("add", "10.9999/none", "9782070368229", "31452104", "--into", BIB)
    assert done.code == 1
    assert (
        "« DOI 10.9999/none » n'est connu d'aucun de ceux qui ont été interrogés : Crossref, DataCite, doi.org"
        in done.err
    )
    assert "« 9782070368229 » n'est ni un DOI" in done.err
    assert (command.folder / BIB).read_text("utf-8").count("\n@") == 0
    assert "durand-2019-health-towns" in (command.folder / BIB).read_text("utf-8")


def test_a_text_is_read_from_standard_input(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Harpet, Contrats locaux, 2019, https://doi.org/10.1684/ers.2019.1277.\nDurand, ISBN 978-2-07-036822-8"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert command("add", "-").out.count("\n@") == 1
    assert [each.host for each in command.served.asked] == ["api.crossref.org", "catalogue.bnf.fr"]


def test_offline_what_was_answered_serves(command: Command) -> None:
    first = command("add", "10.1684/ers.2019.1277")
    asked = len(command.served.asked)
    again = command("add", "10.1684/ers.2019.1277", "--offline")
    assert (again.code, again.out) == (0, first.out)
    never = command("add", "10.5281/zenodo.1234", "--offline")
    assert never.code == 1
    assert "n'a pas été demandé (--offline)" in never.err
    assert len(command.served.asked) == asked


def test_the_contact_of_the_settings_is_told(command: Command) -> None:
    (command.folder / "biblio.toml").write_text('contact = "doc@centre.example"\n', encoding="utf-8")
    command("add", "10.1684/ers.2019.1277")
    assert command.served.asked[0].headers["User-Agent"].endswith("(mailto:doc@centre.example)")
    (command.folder / "biblio.toml").write_text('contact = "doc@centre.example\\r\\nX: y"\n', encoding="utf-8")
    done = command("add", "10.5281/zenodo.1234")
    assert done.code == 2
    assert "biblio.toml:1:1: erreur C111" in done.err


def test_a_proxy_that_is_none_is_said(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(setup.PROXY, "proxy:3128")
    done = command("add", "10.5281/zenodo.1234")
    assert done.code == 2
    assert "E181" in done.err
    assert command.served.asked == []


def test_what_a_server_says_plays_no_tricks(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    title = "\\u001b[31mRouge\\u202e\\r\\n::error::Titre"

    def answer(_: Asked) -> Given:
        return Given(f'{{"message": {{"title": ["{title}"], "type": "report"}}}}', "application/json")

    with asking(answer, project, monkeypatch, capsys) as command:
        done = command("add", "10.1000/a")
    assert not {"\x1b", "\u202e", "\r"} & set(done.out + done.err)
    assert "\n::error" not in done.out
