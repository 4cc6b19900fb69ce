"""Sets entries in a style of BibTeX, a program that may come from a stranger, in a process with limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from biblio.citation.pybtex import LONGEST_REASON, Failed, StyleError
from biblio.project.confined import run

# Seconds of a processor for a run, and more for each entry: a style sets a hundred entries in a second.
SECONDS, SECONDS_AN_ENTRY = 5, 0.1
# Bytes of what is written for an entry.
OUTPUT = 200_000


def set_in(style: str, entries: Sequence[Mapping[str, Any]]) -> list[str | Failed]:
    """What a style writes for each entry, in the order given. Raises ``StyleError`` when it cannot be read.

    The entry at which a limit is reached fails, and with it those behind: ``time``, ``memory``, ``output``.
    """
    seconds = SECONDS + round(len(entries) * SECONDS_AN_ENTRY)
    job = {"style": style, "entries": list(entries)}
    answers, reason = run("biblio.project.bst_process", job, seconds, (len(entries) + 1) * OUTPUT)
    if answers and "broken" in answers[0]:
        raise StyleError(str(answers[0]["broken"])[:LONGEST_REASON])
    found: list[str | Failed] = [_outcome(answer) for answer in answers[: len(entries)]]
    return [*found, *(Failed(reason) for _ in range(len(entries) - len(found)))]


def _outcome(answer: Mapping[str, Any]) -> str | Failed:
    return str(answer["text"]) if "text" in answer else Failed(str(answer.get("failed", ""))[:LONGEST_REASON])
