"""A language as a house writes it: its tag, with the words that the house prints in the place of ours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self


class Language(str):
    """A BCP 47 tag, and terms by their names; wherever a language goes, the words of the house go with it.

    It is equal to its tag: two languages of one tag are never in use together.
    """

    __slots__ = ("words",)
    words: Mapping[str, str]

    def __new__(cls, tag: str, words: Mapping[str, str]) -> Self:
        """The language of a tag in these words."""
        made = super().__new__(cls, tag)
        made.words = words
        return made

    def __reduce__(self) -> tuple[type[Language], tuple[str, Mapping[str, str]]]:
        """How another process gets it (``pickle``)."""
        return Language, (str(self), dict(self.words))
