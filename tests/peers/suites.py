"""The fixtures of other programs' test suites, where they are, and the ledger of what is read otherwise on purpose.

``BIBLIO_PEERS`` names a folder that holds one folder a suite (``pybtex``, ``biber``, ``jabref``, ``pandoc`` …), each
a checkout or a part of one. Nothing of it is part of this repository; without it these tests are skipped.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

VARIABLE = "BIBLIO_PEERS"
LEDGER = Path(__file__).with_name("ledger.tsv")


def suite(name: str, path: str = "") -> Path:
    """The folder of a suite, or a file in it wherever it lies there; the test is skipped when there is none."""
    folder = os.environ.get(VARIABLE)
    if not folder:
        pytest.skip(f"{VARIABLE} names no folder of other programs' suites")
    root = Path(folder) / name
    found = sorted(root.glob(f"**/{path}")) if path else [root]
    if not root.is_dir() or not found:
        pytest.skip(f"no {path or 'files'} in {root}")
    return found[0]


def ledger(name: str) -> Mapping[str, str]:
    """The cases of a suite that are read otherwise on purpose, and why."""
    rows = (line.split("\t") for line in LEDGER.read_text(encoding="utf-8").splitlines() if line and line[0] != "#")
    return {case: reason for of, case, reason in rows if of == name}


def compare(name: str, found: Mapping[str, tuple[object, object]]) -> None:
    """Prints how far a suite agrees, field by field, and holds the rest to the ledger.

    ``found`` has for each case, « what::field » or one word, what the suite wants and what we read. A case that differs
    and is not in the ledger fails, and so does one in the ledger that agrees.
    """
    known = ledger(name)
    total, agreed = Counter[str](), Counter[str]()
    for case, (wanted, ours) in found.items():
        field = case.rpartition("::")[2] if "::" in case else "all"
        total[field] += 1
        agreed[field] += wanted == ours
    for field in sorted(total):
        sys.stdout.write(f"{name:10} {field:20} {agreed[field]:5} of {total[field]:5}\n")
    whole = f"{sum(agreed.values()):5} of {sum(total.values()):5}"
    sys.stdout.write(f"{name:10} {'':20} {whole}, {len(known)} in the ledger\n")
    differing = {case for case, (wanted, ours) in found.items() if wanted != ours}
    surprises = [
        f"{case}\n    wanted {found[case][0]!r}\n    ours   {found[case][1]!r}"
        for case in sorted(differing - known.keys())
    ]
    assert not surprises, "not in the ledger:\n" + "\n".join(surprises)
    settled = sorted(case for case in known.keys() & found.keys() if case not in differing)
    assert not settled, f"in the ledger, and agrees: {settled}"
    gone = sorted(known.keys() - found.keys())
    assert not gone, f"in the ledger, and no longer in the suite: {gone}"
