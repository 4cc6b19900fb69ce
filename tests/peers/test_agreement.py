"""The page on agreement (docs/agreement.md) against the ledger: each disagreement has its row, no more, no less."""

from __future__ import annotations

import re
from pathlib import Path

from peers.suites import ledger

_PAGE = Path(__file__).parents[2] / "docs/agreement.md"
_ROW = re.compile(r"^\| (?P<suite>[\w-]+) \| [^|]+ \| (?P<agree>\d+) \| (?P<of>\d+) \| (?P<rows>\d+) \|", re.MULTILINE)


def test_the_page_counts_the_rows_of_the_ledger() -> None:
    rows = {match["suite"]: match for match in _ROW.finditer(_PAGE.read_text(encoding="utf-8"))}
    assert len(rows) == 12
    for suite, row in rows.items():
        assert int(row["of"]) - int(row["agree"]) == int(row["rows"]) == len(ledger(suite)), suite
