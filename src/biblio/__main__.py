"""Starts the command line, as ``biblio`` and as ``python -m biblio``."""

import os
import sys

try:
    # ``signal`` makes enumerations of its numbers, which takes a tenth of an answer that is known already.
    import _signal as signal  # type: ignore[import-not-found]  # of CPython, whose ``signal`` is made of it
except ImportError:  # another Python than CPython
    import signal

# The imports take most of the first half-second, in which Ctrl-C would print the interpreter's own words; the command
# line has better ones, and takes over when it is there.
if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)

from biblio.cli.unchanged import answer
from biblio.places import at

__all__ = ("main",)

_ordinary = at("biblio.cli.main:main")


def main() -> None:
    """Says at once what is known already; else runs the command line."""
    said = answer(sys.argv[1:], os.environ)
    if said is None:
        _ordinary()
        return
    try:
        sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
        sys.stdout.write(said)
        sys.stdout.flush()
    except (AttributeError, OSError, ValueError):
        _ordinary()  # which has words for a stream that takes nothing


if __name__ == "__main__":
    main()
