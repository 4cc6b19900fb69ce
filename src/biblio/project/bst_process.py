"""The process in which a style of BibTeX runs, by pybtex's interpreter.

Its job has the text of the ``style`` and the ``entries``. Source: pybtex's ``bibtex.interpreter``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from biblio.project.confined import answer, reason_of


def _answers(job: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """A line for each entry: its ``text``, or why it ``failed``; or one alone, in what the style is ``broken``."""
    from pybtex.bibtex.bst import parse_string

    try:
        script = list(parse_string(job["style"]))
    except Exception as error:  # noqa: BLE001  # whatever a broken style makes the parser raise is told
        yield {"broken": reason_of(error)}
        return
    names = {command[1][0].value().lower() for command in script if command[0].upper() == "FUNCTION" and command[1]}
    for entry in job["entries"]:
        try:
            yield {"text": _set(script, names, entry)}
        except Exception as error:  # noqa: BLE001  # the same
            yield {"failed": reason_of(error)}


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


if __name__ == "__main__":
    answer(_answers)
