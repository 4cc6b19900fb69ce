"""Runs a style of BibTeX, a program that may come from a stranger, in a process of its own, with limits.

The process (``bst_process.py``) gets the style and the entries on its input and writes a line for each entry; it is
given no file and no shell. Its time and its memory are limited, and what it writes is read up to a size.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from threading import Timer
from typing import Any

from biblio.citation.pybtex import LONGEST_REASON, Failed, StyleError

# Seconds of a processor for a run, and more for each entry: a style sets a hundred entries in a second.
SECONDS, SECONDS_AN_ENTRY = 5, 0.1
# Seconds of the clock for each of the processor's: the machine may have other things to do.
PATIENCE = 6
MEMORY = 512 * 1024 * 1024
# Bytes of what is written for an entry.
OUTPUT = 200_000


def set_in(style: str, entries: Sequence[Mapping[str, Any]]) -> list[str | Failed]:
    """What a style writes for each entry, in the order given. Raises ``StyleError`` when it cannot be read.

    The entry at which a limit is reached fails, and with it those behind: ``time``, ``memory``, ``output``.
    """
    seconds = SECONDS + round(len(entries) * SECONDS_AN_ENTRY)
    job = {"style": style, "entries": list(entries), "seconds": seconds, "memory": MEMORY}
    written, reason = _run(json.dumps(job).encode(), seconds * PATIENCE, (len(entries) + 1) * OUTPUT)
    answers = _answers(written)
    if answers and "broken" in answers[0]:
        raise StyleError(str(answers[0]["broken"])[:LONGEST_REASON])
    found: list[str | Failed] = [_outcome(answer) for answer in answers[: len(entries)]]
    return [*found, *(Failed(reason) for _ in range(len(entries) - len(found)))]


def _run(job: bytes, seconds: int, most: int) -> tuple[bytes, str]:
    """The whole lines that the process wrote, and why it wrote no more."""
    process = subprocess.Popen(  # our own module, by our own interpreter
        [sys.executable, "-P", "-m", "biblio.project.bst_process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    late = Timer(seconds, process.kill)
    late.daemon = True
    late.start()
    try:
        with process:
            try:
                process.stdin.write(job)  # type: ignore[union-attr]  # it is a pipe
                process.stdin.close()  # type: ignore[union-attr]
            except BrokenPipeError:
                pass  # it ended before it had read everything; its lines, if any, say why
            written = process.stdout.read(most + 1)  # type: ignore[union-attr]
            if len(written) > most:
                process.kill()
                return written[: written[:most].rfind(b"\n") + 1], "output"
    finally:
        process.kill()
        late.cancel()
    # Killed by the clock, or by the system for the processor's time: nothing else kills it.
    return written[: written.rfind(b"\n") + 1], "time" if process.returncode < 0 else f"exit {process.returncode}"


def _answers(written: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.splitlines()]


def _outcome(answer: Mapping[str, Any]) -> str | Failed:
    return str(answer["text"]) if "text" in answer else Failed(str(answer.get("failed", ""))[:LONGEST_REASON])
