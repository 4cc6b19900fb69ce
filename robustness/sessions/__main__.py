"""Runs sessions, each of some hundred deeds, until the time is over: ``python -m robustness.sessions``."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter

import robustness.sessions
from robustness.sessions.run import run


def main() -> int:
    """Tells how much was done, or the first thing that was not as the oracle says."""
    parser = argparse.ArgumentParser(prog="python -m robustness.sessions", description=robustness.sessions.__doc__)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    end, seed, counts = time.monotonic() + options.seconds, options.seed, Counter[str]()
    while time.monotonic() < end:
        try:
            counts += run(seed, lambda number: number < 300 and time.monotonic() < end)
        except AssertionError as error:
            print(error, file=sys.stderr)
            return 1
        seed += 1
    done = ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
    print(f"{counts.total()} deeds in {seed - options.seed} sessions, all as the oracle says: {done}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
