"""Starts the command line, as ``biblio`` and as ``python -m biblio``."""

import signal

# The imports take most of the first half-second, in which Ctrl-C would print the interpreter's own words; the command
# line has better ones, and takes over when it is there.
if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)

from biblio.cli.main import main

__all__ = ("main",)

if __name__ == "__main__":
    main()
