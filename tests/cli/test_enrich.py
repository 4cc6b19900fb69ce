"""What catalogues would add to references: shown, and written only when that is asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from online.asking import Command, asking
from online.services import services

BIB = "references/a-completer.bib"
TEXT = """% relu le lundi
@article{contrats,
  title   = {Contrats locaux de santé : quelle place pour les territoires ?},
  author  = {Harpet, C. and {Réseau des villes-santé}},
  journaltitle = {Environnement, risques \\& santé},
  date    = {2018},
  doi     = {10.1684/ers.2019.1277}
}

@book{soin, title={Le soin en ville}, isbn = {2-07-036822-X}, annotation = {Ici.}}

@article{inconnu, title = {Rien}, doi = {10.9999/none}, date = {2019}}

@misc{sans, title = {Sans identifiant}}
"""


@pytest.fixture
def command(project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Command]:
    (project / BIB).write_text(TEXT, encoding="utf-8")
    with asking(services, project, monkeypatch, capsys) as made:
        yield made


def text(command: Command) -> str:
    return (command.folder / BIB).read_text("utf-8")


def test_what_would_be_added_and_what_differs_is_shown(command: Command) -> None:
    done = command("enrich", "contrats", "soin")
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[0] == "contrats (DOI 10.1684/ers.2019.1277, Crossref)"
    assert "  + volume : 18" in lines
    assert "  + pages : 135-147" in lines
    assert "  ≠ date : 2018 ici, 2019-03 là-bas" in lines
    assert "soin (ISBN 9782070368228, BnF)" in lines
    assert "  + pagetotal : 246" in lines
    assert "2 références cherchées, 2 à compléter ; rien n'est écrit sans --apply" in done.err
    assert text(command) == TEXT


def test_what_is_lacking_is_written_and_every_other_byte_stays(command: Command) -> None:
    done = command("enrich", "contrats", "soin", "--apply")
    assert done.code == 0
    after = text(command)
    assert "pages   = {135-147}" in after
    assert "pagetotal = {246}" in after
    assert "date    = {2018}" in after
    for line in TEXT.splitlines():
        assert line.rstrip("}") in after
    assert after.startswith("% relu le lundi\n@article{contrats,\n  title   = {")
    again = command("enrich", "contrats", "soin", "--apply")
    assert "  +" not in again.out
    assert text(command) == after


def test_a_field_that_differs_is_replaced_when_it_is_named(command: Command) -> None:
    command("enrich", "contrats", "--apply", "--replace", "date")
    assert "date    = {2019-03}" in text(command)
    assert "{Harpet, C. and" in text(command)


def test_a_dry_run_writes_nothing(command: Command) -> None:
    command("enrich", "contrats", "--apply", "--dry-run")
    assert text(command) == TEXT


def test_without_a_name_everything_that_can_be_is_looked_up(command: Command) -> None:
    done = command("enrich", "--json")
    assert done.code == 1
    assert [each["key"] for each in done.json["references"]][-3:] == ["contrats", "soin", "inconnu"]
    assert "E161" in [each["code"] for each in done.json["diagnostics"]]
    assert done.json["written"] == []


def test_a_dossier_names_its_references(command: Command) -> None:
    done = command("enrich", "premier-dossier", "--offline", "--json")
    assert "contrats" not in [each["key"] for each in done.json["references"]]
    assert command.served.asked == []


def test_a_word_that_is_neither_is_said(command: Command) -> None:
    done = command("enrich", "contrat")
    assert (done.code, "« contrat » n'est ni une clé de la collection ni un dossier" in done.err) == (2, True)
    assert command.served.asked == []
