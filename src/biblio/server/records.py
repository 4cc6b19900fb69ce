"""The records of an import as a page shows them: the notice that each prints, what is done with it, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from biblio.importing.plan import Choice, Outcome
from biblio.project.project import Project
from biblio.server.bringing import Made, group_of
from biblio.server.compared import Compared, compared
from biblio.server.printed import Printed, printed
from biblio.server.told import Told, told
from biblio.words.faults import Diagnostic

MOST_TOLD = 100
GROUPS = ("added", "known", "left")


@dataclass(frozen=True, slots=True)
class First:
    """The first of some faults in words, and how many there are in all."""

    told: Sequence[Told] = ()
    count: int = 0

    @property
    def more(self) -> int:
        """How many are not among the first."""
        return self.count - len(self.told)


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its ``number`` among all, what becomes of it, what it prints, and what is said of it.

    ``chosen`` is what was chosen for it alone; empty for what is done with all. ``compared`` are its fields
    beside those of the reference that it is already.
    """

    number: int
    group: str
    outcome: Outcome
    printed: Printed
    faults: First
    chosen: str
    compared: Sequence[Compared] = ()


def records_of(
    project: Project, made: Made, choices: Mapping[int, Choice], numbers: Sequence[int], lang: str
) -> Sequence[Record]:
    """Some of the records, by their numbers."""
    outcomes = [made.plan.outcomes[number] for number in numbers]
    notices = printed(project, [each.reference for each in outcomes if each.reference])
    return [
        Record(
            number,
            group_of(outcome),
            outcome,
            notice,
            remarks(made.of_records[number], lang),
            str(choices[number].on_duplicate) if number in choices else "",
            _compared(project, made, outcome, choices.get(number), lang),
        )
        for number, outcome, notice in zip(numbers, outcomes, notices, strict=True)
    ]


def _compared(project: Project, made: Made, outcome: Outcome, choice: Choice | None, lang: str) -> Sequence[Compared]:
    if not outcome.other or outcome.reference is None:
        return ()
    known = project.opened.value.get(outcome.other) or made.added.get(outcome.other)
    return compared(known, outcome.reference, choice.turned if choice else (), lang) if known else ()


def remarks(faults: Sequence[Diagnostic], lang: str) -> First:
    """As many faults in words as a page can show, without the first line of files that have none."""
    shown = [replace(told(fault, lang), where=_place(fault)) for fault in faults[:MOST_TOLD]]
    return First(shown, len(faults))


def _place(fault: Diagnostic) -> str:
    if fault.span is None:
        return ""
    return fault.span.where if fault.span.line > 1 else fault.span.path
