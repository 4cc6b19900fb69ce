"""A fault of the program itself: it costs as little as can be, is told in a sentence, and nothing published is lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from cli.running import BIB, SLUG, make_project, rewrite, snapshot

from biblio.check import run
from biblio.check.check import check, of_files
from biblio.check.finding import Finding, Rule, found
from biblio.check.table import REFERENCE, rules_about
from biblio.cli import main as cli
from biblio.formats.bibtex import convert, converters
from biblio.formats.bibtex.reader import read_bibtex
from biblio.outputs.pdf import write
from biblio.project.source import SourceFile
from biblio.reference.reference import Reference
from biblio.report.text import message_of

TWO = b"@book{a,\n  title = {Un},\n  langid = {french},\n  year = {2019},\n}\n\n@book{b,\n  title = {Deux},\n}\n"
Command = Callable[..., tuple[int, str]]


def fail(*arguments: object, **options: object) -> NoReturn:
    """What a function does whose author has overlooked a case."""
    raise IndexError(*arguments)


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs a command here, and gives its exit code and what it says of faults."""

    def run_here(*words: str) -> tuple[int, str]:
        with pytest.raises(SystemExit) as stop:
            cli.main([*words, "--lang", "en"])
        assert isinstance(stop.value.code, int)
        return stop.value.code, capsys.readouterr().err

    return run_here


def test_a_value_that_cannot_be_read_costs_itself_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(converters, "_tag_of", fail)
    monkeypatch.setattr(convert, "old_date", fail)
    read = read_bibtex(TWO, "a.bib")
    assert [reference.citekey for reference in read.value] == ["a", "b"]
    assert read.value[0].title == read_bibtex(TWO, "a.bib").value[0].title != ()
    assert (read.value[0].raw["langid"], read.value[0].language) == ("french", "")
    assert [(fault.code, fault.span and fault.span.line) for fault in read.diagnostics] == [("P122", 3), ("P122", 4)]
    assert re.fullmatch(
        r"biblio could not interpret the field “langid” \(IndexError, biblio\.formats\.bibtex\.converters:\d+\); "
        "its text is kept as it is, but not printed",
        message_of(read.diagnostics[0], "en"),
    )


def test_a_rule_that_fails_on_an_entry_silences_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails_on_the_first(reference: Reference) -> Iterator[Finding]:
        if reference.citekey == "a":
            fail()
        yield found()

    before = check(of_files([SourceFile("a.bib", TWO)]))
    rules = (Rule("R104", fails_on_the_first), *REFERENCE)
    monkeypatch.setattr(run, "rules_about", lambda about: rules if about == "reference" else rules_about(about))
    after = check(of_files([SourceFile("a.bib", TWO)]))
    new = [fault for fault in after if fault not in before]
    assert [(fault.code, fault.citekey) for fault in new] == [("E121", "a"), ("R104", "b")]
    assert re.fullmatch(
        r"the rule R104 stopped here \(IndexError, biblio\.check\.run:\d+\); the other rules were applied",
        message_of(new[0], "en"),
    )
    assert all(fault in after for fault in before)


@pytest.mark.parametrize("words", [["build"], ["build", SLUG]], ids=["all", "one"])
def test_a_command_that_fails_says_so_and_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: Command, words: list[str]
) -> None:
    project = make_project(tmp_path)
    spec = project / "dossiers" / f"{SLUG}.yaml"
    spec.with_name("autre.yaml").write_bytes(spec.read_bytes())
    assert command("build", "-C", str(project))[0] == 0
    before = snapshot(project / "build")
    rewrite(project / BIB, "Un titre d'article", "Un autre titre d'article")
    monkeypatch.setattr(write, "render_html", fail)
    code, said = command(*words, "-C", str(project))
    assert code == 2
    assert re.search(r"error E122 unforeseen: biblio stopped at something unforeseen \(IndexError, biblio\.\S+\)", said)
    assert "Traceback" not in said
    assert str(tmp_path) not in said
    assert snapshot(project / "build") == before
    monkeypatch.setenv("BIBLIO_TRACEBACK", "1")
    with pytest.raises(IndexError):
        cli.main([*words, "-C", str(project)])
