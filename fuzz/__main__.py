"""Fuzzes one target: ``python -m fuzz formats -max_total_time=60``; what makes it fail goes to ``fuzz/regressions``.

atheris is in no lock, because it has no wheel for every machine: ``make fuzz`` installs it.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import atheris

import biblio

with atheris.instrument_imports(include=["biblio", "pylatexenc"]):
    # The tables import what they name when it is first called, which is too late to be watched.
    for module in walk_packages(biblio.__path__, "biblio."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    from fuzz.targets import TARGETS

FOLDER = Path(__file__).parent


def main() -> None:
    """Hands the arguments after the target's name to libFuzzer."""
    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:
        sys.exit(f"usage: python -m fuzz {{{','.join(TARGETS)}}} [libFuzzer's options]")
    name = sys.argv[1]
    corpus = FOLDER / "corpus" / name
    corpus.mkdir(parents=True, exist_ok=True)
    found = f"-artifact_prefix={FOLDER / 'regressions' / name}-"
    atheris.Setup([sys.argv[0], found, *sys.argv[2:], str(corpus), str(FOLDER / "regressions")], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
