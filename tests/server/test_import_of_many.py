"""An import of very many records is worked out beside the pages, in proportion, and shown as far as a page can."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from counting import growth
from server.desks import asked, small_project
from server.test_import import drop, shown

from biblio.importing.plan import Fate, Outcome, Plan
from biblio.report.imports import faults_of_records
from biblio.server import bringing, records
from biblio.server.bringing import Made
from biblio.words.faults import Diagnostic, Span, diagnose


def refused(number: int) -> list[Diagnostic]:
    return [diagnose("P301", Span("a.ris", each + 1), number=each, tag="XX") for each in range(number)]


def remarks(number: int) -> list[Diagnostic]:
    return [diagnose("P001", Span("a.ris", each + 1, 2), characters="x") for each in range(number)]


def on_one_line(number: int) -> list[Outcome]:
    return [Outcome(Fate.ADDED, Span("a.json", 2), each, f"k{each}") for each in range(number)]


def of_one_key(number: int) -> list[Outcome]:
    return [Outcome(Fate.ADDED, Span("a.bib", each + 1), each, f"k{each}", "k") for each in range(number)]


@pytest.mark.parametrize("outcomes", [on_one_line, of_one_key])
def test_what_is_said_of_very_many_records_is_worked_out_in_proportion(
    outcomes: Callable[[int], list[Outcome]],
) -> None:
    def worked_out(number: int) -> Callable[[], object]:
        made = outcomes(number)
        faults = [diagnose("P109", each.place, each.own or each.key, field="note") for each in made]
        plan = Plan(tuple(made), (), {}, (*refused(number), *remarks(number), *faults))
        return lambda: Made(1, [], plan).worked_out()

    assert growth(worked_out, 200) < 2.5


def test_a_record_has_the_faults_of_its_own_lines_and_key_once() -> None:
    outcomes = [
        Outcome(Fate.ADDED, Span("a.bib", 1), 1, "k-2", "k"),
        Outcome(Fate.ADDED, Span("a.bib", 9), 2, "k-3", "k"),
        Outcome(Fate.ADDED, Span("a.bib", 20), 3, "other"),
    ]
    rows = [(1, "k"), (4, "k"), (9, "k"), (12, "k"), (20, "other"), (20, None), (1, None), (30, None), (7, "nobody")]
    faults = [diagnose("P109", Span("a.bib", line), key, field=str(line)) for line, key in rows]
    found = faults_of_records(outcomes, faults)
    assert [[each.span.line for each in row if each.span] for row in found] == [[1, 4, 1], [9, 12], [20, 20]]


def test_all_is_worked_out_in_the_thread_of_what_takes_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[str] = []
    plain = faults_of_records

    def noted(*arguments: object) -> object:
        threads.append(threading.current_thread().name)
        return plain(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(bringing, "faults_of_records", noted)
    with asked(small_project(tmp_path / "p")) as client:
        shown(client, drop(client, ("a.ris", "TY  - BOOK\nTI  - Un\nER  - \n")))
    assert [each.startswith("desk-slow") for each in threads] == [True]


def test_of_very_many_remarks_the_first_are_shown_and_the_others_counted(tmp_path: Path) -> None:
    text = "TY  - BOOK\nTI  - Un livre\nER  - \n" + "TY  - BOOK\nER  - \n" * 250
    with asked(small_project(tmp_path / "p")) as client:
        page = shown(client, drop(client, ("a.ris", text)))
    section = re.search(r"<summary>Remarques sur les fichiers : 250</summary>.*?</details>", page, re.DOTALL)
    assert section is not None
    assert section[0].count('<div class="fault') == records.MOST_TOLD
    assert "et d&#39;autres, qui ne sont pas montrés : 150" in section[0]
