"""One measured figure, and the bar that it has to reach."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, the bar, whether it is reached, and a few cases that were not, to begin with."""

    name: str
    bar: str
    measured: str
    ok: bool
    short: tuple[str, ...] = ()
