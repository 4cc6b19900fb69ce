"""Lays dossiers out and draws their pages, in a process of its own: a layout holds Python up for a second.

It reads requests from its input and writes answers, pickled, and ends with its input: with the desk. While a layout is
made, pages of before are drawn. It publishes nothing.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue
from typing import Any, BinaryIO

from biblio.server.standing import Dossiers, sent
from biblio.words.faults import BiblioError, diagnose, problem_of


def main() -> None:
    """Answers until there are no requests any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the desk, and ends this with it
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    serve(Dossiers(Path(sys.argv[1])), requests, answers)
    os._exit(0)  # in the middle of a layout, if need be


def serve(dossiers: Dossiers, requests: BinaryIO, answers: BinaryIO) -> None:
    """Answers each request ``(number, name, arguments)`` with ``(number, value)``, a fault of the work in its place."""
    telling = threading.Lock()
    looks: SimpleQueue[tuple[int, tuple[Any, ...]]] = SimpleQueue()

    def answer(number: int, work: Callable[..., object], arguments: tuple[Any, ...]) -> None:
        value = _outcome(work, arguments)
        with telling:
            pickle.dump((number, value), answers)
            answers.flush()

    def look() -> None:
        while True:
            number, arguments = looks.get()
            answer(number, dossiers.look, arguments)

    threading.Thread(target=look, daemon=True).start()
    while True:
        try:
            number, name, arguments = pickle.load(requests)  # from the desk that started this
        except EOFError:
            return
        if name == "look":
            looks.put((number, arguments))
        else:
            answer(number, dossiers.draw, arguments)


def _outcome(work: Callable[..., object], arguments: tuple[Any, ...]) -> object:
    """What some work gives: the fault that kept it from its end, if one did."""
    try:
        return work(*arguments)
    except BiblioError as error:
        return sent(error.diagnostic)
    except Exception as error:  # noqa: BLE001  # a fault of ours costs one answer
        return sent(diagnose("E122", problem=problem_of(error)))


if __name__ == "__main__":
    main()
