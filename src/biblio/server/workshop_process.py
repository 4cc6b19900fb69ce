"""The process beside the desk: a layout, or a check, holds Python up for a second or more.

It reads requests from its input and writes answers, pickled, and ends with its input: with the desk. What takes long is
done one after the other; meanwhile pages of before are drawn.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import Any, BinaryIO

from biblio.server.inspection import Inspector
from biblio.server.laid_out import Dossiers, sent
from biblio.server.publication import published
from biblio.words.faults import BiblioError, diagnose, problem_of

Works = Mapping[str, Callable[..., object]]


def main() -> None:
    """Answers until there are no requests any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the desk, and ends this with it
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    root = Path(sys.argv[1])
    dossiers, inspector = Dossiers(root), Inspector(root)
    slow: Works = {"look": dossiers.look, "inspect": inspector.inspect, "publish": partial(published, root)}
    try:
        serve(slow, {"draw": dossiers.draw}, requests, answers)
    finally:
        os._exit(0)  # in the middle of a layout, if need be


def serve(slow: Works, quick: Works, requests: BinaryIO, answers: BinaryIO) -> None:
    """Answers each request ``(number, name, arguments)`` with ``(number, value)``, a fault of the work in its place.

    Where an answer cannot be given the process ends: whoever waits for one is told then.
    """
    telling = threading.Lock()
    waiting: SimpleQueue[tuple[int, Callable[..., object], tuple[Any, ...]]] = SimpleQueue()

    def answer(number: int, work: Callable[..., object], arguments: tuple[Any, ...]) -> None:
        told = pickle.dumps((number, _outcome(work, arguments)))
        with telling:
            answers.write(told)
            answers.flush()

    def labour() -> None:
        try:
            while True:
                answer(*waiting.get())
        finally:
            os._exit(1)

    threading.Thread(target=labour, daemon=True).start()
    while True:
        try:
            number, name, arguments = pickle.load(requests)  # from the desk that started this
        except (EOFError, pickle.UnpicklingError):  # the desk has ended, in the middle of a request perhaps
            return
        if name in quick:
            answer(number, quick[name], arguments)
        else:
            waiting.put((number, slow[name], arguments))


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
