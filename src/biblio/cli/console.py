"""What the commands share: the two streams, whether they show colours, and exit codes."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, TextIO

import typer

from biblio.text.harmless import harmless, harmless_json, printable
from biblio.words.faults import BiblioError, Diagnostic, diagnose

# Exit codes; 0 is that nothing was found.
FOUND, COULD_NOT_RUN, INTERRUPTED = 1, 2, 130


def fill_closed_streams() -> None:
    """Puts the null device in the place of closed streams: a file opened there would get what they are sent."""
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free


def tell(text: str) -> None:
    """Writes to the error stream, at once; says nothing when nobody listens there."""
    if sys.stderr is None:  # closed by whoever started the program
        return
    try:
        sys.stderr.write(harmless(text, colours=has_colour()))
        sys.stderr.flush()
    except OSError:
        # What is left in the stream would be written, and fail, when the interpreter closes it (exit code 120).
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a stream is open, and a terminal."""
    return stream is not None and stream.isatty()


def has_colour() -> bool:
    """Whether the error stream is a terminal that wants colours (https://no-color.org)."""
    return is_terminal(sys.stderr) and not os.environ.get("NO_COLOR")


def has_colour_out() -> bool:
    """Whether the output stream is a terminal that wants colours."""
    return is_terminal(sys.stdout) and not os.environ.get("NO_COLOR")


def say_out(text: str, *, end: str = "\n", commands: bool = False) -> None:
    """Writes to the output stream; with ``commands``, text that is meant for a service that runs builds."""
    _write_out(harmless(text, colours=has_colour_out(), commands=commands) + end)


def say_bytes(content: bytes) -> None:
    """Writes the bytes of a file to the output stream, as they are."""
    typer.echo(content, nl=False)


def say_json(value: Any) -> None:
    """Writes a value to the output stream as JSON, for people and programs."""
    _write_out(harmless_json(json.dumps(value, ensure_ascii=False, indent=2)) + "\n")


def _write_out(text: str) -> None:
    """Writes to the output stream, at once. Raises ``BiblioError`` (E142) when it takes nothing more."""
    raw = getattr(sys.stdout, "buffer", None)
    try:
        if isinstance(raw, io.RawIOBase):  # Python unbuffered (-u), which takes no notice of what was not written
            sys.stdout.flush()
            rest = text.encode(sys.stdout.encoding, sys.stdout.errors or "strict")
            while rest:
                rest = rest[raw.write(rest) or 0 :]
        else:
            typer.echo(text, nl=False)
    except BrokenPipeError:  # nobody reads any more: the library ends the command
        raise
    except OSError as error:
        raise BiblioError(deaf(error)) from error


def deaf(error: OSError) -> Diagnostic:
    """The fault of an output stream that takes nothing more; it is asked for nothing more, not even at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return diagnose("E142", reason=error.strerror or str(error))


def progress(text: str) -> None:
    """Writes over the line of a terminal that the last step wrote; the empty text clears it."""
    sys.stderr.write("\r\x1b[K" + harmless(text))
    sys.stderr.flush()


def print_lines(lines: Iterable[str]) -> None:
    """Prints lines with words of the user's files in them, a line each, whatever the words hold."""
    for line in lines:
        say_out(printable(line))


def shows_traceback() -> bool:
    """Whether whoever runs the command wants to see where the program itself fails."""
    return bool(os.environ.get("BIBLIO_TRACEBACK"))
