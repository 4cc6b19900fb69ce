"""A glance at a reference: what queries ask of every reference of a large library, known without making any."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from biblio.reference.date import Date
from biblio.reference.reference import Reference


@dataclass(slots=True, eq=False)
class Glance:
    """Stands for a reference in a query. Whatever is asked of it beside the values below, the reference answers.

    The values are those of the reference, but for a date that could not be read, which is ``None``. ``present`` names
    the variables that have a value. ``people`` are the names of authors and editors, ``journals`` the titles of the
    journal; ``titles`` and ``text`` are the texts in which words are looked for, in the form of ``searchable``.
    """

    make: Callable[[str], Reference | None]
    citekey: str
    entry_type: str
    label: str
    language: str
    is_open: bool | None
    keyword: tuple[str, ...]
    audience: tuple[str, ...]
    collections: tuple[str, ...]
    territory: tuple[str, ...]
    publisher: tuple[str, ...]
    issued: Date | None
    added: Date | None
    present: frozenset[str]
    people: tuple[str, ...]
    journals: tuple[str, ...]
    titles: str
    text: str

    def __getattr__(self, name: str) -> Any:  # called for what is not above
        return getattr(self.make(self.citekey), name)
