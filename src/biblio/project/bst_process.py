"""The process in which a style of BibTeX runs: pybtex's interpreter, and the limits that it is under.

It reads one JSON value (``style``, ``entries``, ``seconds``, ``memory``) and writes one line for each entry: its
``text``, or why it ``failed``; or one line alone, in what the style is ``broken``.

Source: pybtex's ``bibtex.interpreter``.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

DEEPEST = 5000  # calls of Python: a function of a style that calls itself ends, long before the memory does


def main() -> None:
    """Reads the job from the input, and answers line by line."""
    job = json.loads(sys.stdin.buffer.read())
    answers, sys.stdout, sys.stderr = sys.stdout, io.StringIO(), io.StringIO()  # some functions of BibTeX print
    _limit(job["seconds"], job["memory"])
    for answer in _answers(job["style"], job["entries"]):
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def _limit(seconds: int, memory: int) -> None:
    try:
        import resource  # not on Windows: the clock and the size of what is written still hold
    except ImportError:
        return
    for what, most in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0)):
        try:
            resource.setrlimit(what, (most, most))
        except (OSError, ValueError):
            continue  # a stricter limit holds already, or the system knows none of the kind


def _answers(style: str, entries: Sequence[Mapping[str, Any]]) -> Any:
    from pybtex.bibtex.bst import parse_string

    try:
        script = list(parse_string(style))
    except Exception as error:  # noqa: BLE001  # whatever a broken style makes the parser raise is told
        yield {"broken": _reason(error)}
        return
    names = {command[1][0].value().lower() for command in script if command[0].upper() == "FUNCTION" and command[1]}
    for entry in entries:
        try:
            yield {"text": _set(script, names, entry)}
        except Exception as error:  # noqa: BLE001  # the same
            yield {"failed": _reason(error)}


def _set(script: Sequence[Any], names: set[str], entry: Mapping[str, Any]) -> str:
    """One entry, by an interpreter of its own: what a style remembers of others stays out of it."""
    from pybtex import errors
    from pybtex.bibtex.interpreter import Interpreter
    from pybtex.database import BibliographyData, Entry

    kind = next((each for each in entry["types"] if each in names), entry["types"][-1])

    class Given:
        """What BibTeX's ``READ`` reads: the entry at hand, and no file."""

        def __init__(self, **options: Any) -> None:
            pass

        def parse_files(self, names: Sequence[str]) -> Any:  # noqa: ARG002  # pybtex's signature
            return BibliographyData({entry["key"]: Entry(kind, fields=entry["fields"])})

    with errors.capture():  # warnings: an empty field, a type that the style does not know
        written: str = Interpreter(Given, "utf-8").run(script, [entry["key"]], [], 2)
    return written


def _reason(error: Exception) -> str:
    if isinstance(error, MemoryError):
        return "memory"
    if isinstance(error, RecursionError):
        return "recursion"
    said = " ".join(str(error).split())
    return f"{type(error).__name__}: {said}"


if __name__ == "__main__":
    sys.setrecursionlimit(DEEPEST)
    main()
