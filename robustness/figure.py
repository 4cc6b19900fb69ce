"""One measured figure, and the bar that it has to reach."""

from __future__ import annotations

import re
from dataclasses import dataclass

# What biblio says of its own faults, where Python would say « Traceback ».
OWN_FAULT = re.compile(r"Traceback|\b(?:P122|E121|E122)\b")


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, the bar, whether it is reached, and a few cases that were not, to begin with."""

    name: str
    bar: str
    measured: str
    ok: bool
    short: tuple[str, ...] = ()
