"""Dates against biber's suite (``t/dateformats.t``, and the parts that it finds in ``t/tdata/dateformats.bib``)."""

from __future__ import annotations

import re

from peers.suites import compare, suite

from biblio.formats.bibtex.reader import read_bibtex
from biblio.reference.date import SEASONS, Date

_ENTRY = re.compile(r"\\entry\{([^}]+)\}\{[^}]*\}\{\}\{\}(.*?)\\endentry", re.DOTALL)
_PART = re.compile(r"\\field\{(orig|event|url|)(end|)(year|month|day)\}\{(-?\d*)\}")
_VARIABLES = {"": "issued", "orig": "original_date", "event": "event_date", "url": "accessed"}


def test_biber_dates() -> None:
    source = suite("biber", "dateformats.t").read_text(encoding="utf-8")
    content = suite("biber", "dateformats.bib").read_bytes()
    ours = {each.citekey: each for each in read_bibtex(content, "dateformats.bib").value}
    found: dict[str, tuple[object, object]] = {}
    for key, body in _ENTRY.findall(source):
        parts = _PART.findall(body)
        for prefix in dict.fromkeys(prefix for prefix, *_ in parts):
            wanted = {f"{end}{name}": number.lstrip("0") for of, end, name, number in parts if of == prefix and number}
            # An open end is an empty year there; BibTeX's own fields may hold other words than numbers.
            if key in ours and wanted.get("year", "").lstrip("-").isdigit():
                date: Date | None = getattr(ours[key], _VARIABLES[prefix])
                found[f"{key}::{prefix}date"] = (wanted, _parts(date))
    assert len(found) > 10
    compare("biber-dates", found)


def _parts(date: Date | None) -> dict[str, str]:
    """Year, month and day of both ends as biber writes them: no eras, seasons apart, decades in full."""
    parts: dict[str, str] = {}
    ends = (("", date.start), ("end", date.end if date.is_range else None)) if date else ()
    for end, point in ends:
        if point:
            month = 0 if point.month in SEASONS else point.month
            named = {"year": abs(point.year), "month": month, "day": point.day}
            parts |= {f"{end}{name}": str(number) for name, number in named.items() if number}
            if point.unspecified:
                parts["endyear"] = str(point.year + 10**point.unspecified - 1)
    return parts
