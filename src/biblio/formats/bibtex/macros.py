"""The macros of a file: ``@string`` definitions, those of other files, and the months that BibTeX defines."""

from __future__ import annotations

from collections.abc import Mapping

# 30 doublings of a macro make a value of 2^30 characters: a budget for all expansions of one file.
EXPANSION_BUDGET = 10_000_000

MONTHS = {
    "jan": "January",
    "feb": "February",
    "mar": "March",
    "apr": "April",
    "may": "May",
    "jun": "June",
    "jul": "July",
    "aug": "August",
    "sep": "September",
    "oct": "October",
    "nov": "November",
    "dec": "December",
}
_NUMBERS = {name: str(number) for number, name in enumerate(MONTHS, 1)}


class OverBudgetError(Exception):
    """The expansions of a file are beyond all measure."""


class Macros:
    """The macros known at one place of a file. ``shared`` are those that the other files of the library define."""

    def __init__(self, shared: Mapping[str, str]) -> None:
        self._own: dict[str, str] = {}
        self._known: tuple[Mapping[str, str], ...] = (self._own, shared, MONTHS)
        self._own_months = {name for name in MONTHS if name in shared}
        self._budget = EXPANSION_BUDGET

    def define(self, name: str, value: str) -> None:
        """What ``@string`` does; a new definition replaces an old one from here on."""
        name = name.lower()
        self._own[name] = value
        if name in MONTHS:
            self._own_months.add(name)

    def expand(self, name: str) -> str | None:
        """The value of a macro in any case, ``None`` when it has none. Raises ``OverBudgetError``."""
        name = name.lower()
        value = next((known[name] for known in self._known if name in known), None)
        if value is not None:
            self._budget -= len(value)
            if self._budget < 0:
                raise OverBudgetError
        return value

    @property
    def spent(self) -> bool:
        """Whether a macro was asked for beyond the budget."""
        return self._budget < 0

    def month(self, name: str) -> str | None:
        """The number of a month that stands alone, as biblatex's field ``month`` wants it (manual § 2.3.9)."""
        name = name.lower()
        return None if name in self._own_months else _NUMBERS.get(name)
