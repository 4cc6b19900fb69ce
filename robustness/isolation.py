"""Figure 6: hostile vectors against the HTML, the e-mail, the PDF and the preview, and hostile repositories."""

from __future__ import annotations

import signal
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from robustness.atelier import listening, make
from robustness.figure import Figure
from robustness.leaks import leaks_of, outcome_of
from robustness.repositories import REPOSITORIES, try_repository
from robustness.vectors import VECTORS

# The names of the three outputs, as the figure counts them.
OUTPUTS = ("HTML", "PDF", "preview")
# Seconds of the clock for one vector, on a machine that may be at work on other things: the slowest takes ten of the
# processor.
PATIENCE = 300


def try_vector(name: str) -> list[str]:
    """What one vector got through, in words."""
    with tempfile.TemporaryDirectory() as folder, listening() as listener:
        atelier = make(Path(folder), listener.port)
        VECTORS[name](atelier)
        leaks = leaks_of(atelier, outcome_of(atelier))
        return leaks + ([f"{listener.calls} connections"] if listener.calls else [])


def _words(name: str) -> list[str]:
    attempt = try_vector if name in VECTORS else try_repository
    # Whatever a vector leads to, the next ones are tried.
    signal.signal(signal.SIGALRM, _stop)
    signal.alarm(PATIENCE)
    try:
        return [f"{name}: {leak}" for leak in attempt(name)]
    except Exception as error:  # noqa: BLE001  # whatever escapes is what is looked for
        return [f"{name}: {type(error).__name__}: {error}"]
    finally:
        signal.alarm(0)


def _stop(number: int, frame: object) -> None:
    raise TimeoutError(f"no end after {PATIENCE} s")


def measure(workers: int) -> Figure:
    """Tries every vector and every repository."""
    with ProcessPoolExecutor(workers) as pool:
        short = [words for found in pool.map(_words, (*VECTORS, *REPOSITORIES)) for words in found]
    return Figure(
        "isolation",
        "60 vectors or more, 0 leaks, 0 sockets, 0 paths",
        f"{len(VECTORS)} vectors × {len(OUTPUTS)} outputs, {len(REPOSITORIES)} repositories, {len(short)} leaks",
        len(VECTORS) >= 60 and not short,
        tuple(short),
    )
