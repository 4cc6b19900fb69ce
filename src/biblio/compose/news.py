"""What is new: the notices that came into the collection since a day, and the list of them behind the contents."""

from __future__ import annotations

from dataclasses import dataclass

from biblio.dossier.spec import DossierSpec
from biblio.reference.date import Date, date_order, parse_date
from biblio.reference.reference import Reference
from biblio.words.tables import term


@dataclass(frozen=True, slots=True)
class News:
    """Since when references are new: ``None`` in a dossier that does not tell."""

    since: Date | None
    lang: str

    @classmethod
    def of(cls, spec: DossierSpec) -> News:
        """What a spec says of it."""
        return cls(parse_date(spec.whats_new) if spec.whats_new else None, spec.lang)

    def tag(self, reference: Reference) -> str:
        """The mark of a reference that is new; empty for the others.

        It counts from the day it was added to the collection, else from that of its publication; a date without a day
        or a month begins with the first one.
        """
        date = reference.added or reference.issued
        if self.since is None or date is None or date.first is None or _first_day(date) < _first_day(self.since):
            return ""
        return term("dossier.new", self.lang)


def _first_day(date: Date) -> tuple[int, int, int]:
    year, month, day = date_order(date)
    return year, max(month, 1), max(day, 1)
