"""The date that outputs bear: never the clock's."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from biblio.reference.date import parse_date


def stamp_of(date: str) -> datetime:
    """The date that files bear: ``SOURCE_DATE_EPOCH`` if it is set (reproducible-builds.org), else the dossier's."""
    epoch = epoch_setting()
    if epoch:
        return datetime.fromtimestamp(int(epoch), UTC)
    parsed = parse_date(date)
    point = parsed.start if parsed else None
    return (
        datetime(point.year, point.month or 1, point.day or 1, tzinfo=UTC)
        if point
        else datetime(1970, 1, 1, tzinfo=UTC)
    )


def epoch_setting() -> str:
    """``SOURCE_DATE_EPOCH`` when it is a number of seconds, else nothing."""
    value = os.environ.get("SOURCE_DATE_EPOCH", "")
    return value if value.isascii() and value.isdigit() and len(value) < 12 else ""
