"""Declares what a YAML file may hold: dataclasses whose attributes carry their own documentation.

The loader, the JSON Schema and the reference pages are all derived from these declarations: a new key is added in its
dataclass and nowhere else.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from biblio.words.faults import Span


class Shape(StrEnum):
    """What the value of a key may be."""

    TEXT = "text"
    MARKDOWN = "markdown"  # a text with paragraphs, lists, emphasis and links
    DATE = "date"
    TIME = "time"
    RANGES = "ranges"  # of dates
    SLUG = "slug"
    CHOICE = "choice"
    CHOICES = "choices"
    TEXTS = "texts"
    CITEKEY = "citekey"
    CITEKEYS = "citekeys"
    SORT_KEYS = "sort keys"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    OBJECT = "object"
    OBJECTS = "objects"
    ONE_OR_MORE = "one object, or several"
    TABLE = "objects by their slugs"


@dataclass(frozen=True, slots=True)
class Key:
    """What the loader, the schema and the documentation know of one key.

    ``about`` is its description, by language; ``example`` is YAML. ``of`` names the dataclass of an object's values,
    ``choices`` the values of a choice or the words that a list may hold, ``least`` the smallest whole number.
    """

    shape: Shape
    about: Mapping[str, str]
    example: str
    required: bool = False
    of: str = ""
    choices: Collection[str] = ()
    least: int = 0


def declare(
    shape: Shape,
    *,
    fr: str,
    en: str,
    example: str,
    default: Any = dataclasses.MISSING,
    of: str = "",
    choices: Collection[str] = (),
    least: int = 0,
) -> Any:
    """Declares an attribute; one without a default is required."""
    required = default is dataclasses.MISSING
    declared = Key(shape, {"fr": fr, "en": en}, example, required, of, choices, least)
    return dataclasses.field(default=default, metadata={"key": declared}, kw_only=True)


def keys_of(model: type[Any]) -> dict[str, Key]:
    """The keys that a dataclass declares, in order."""
    return {
        attribute.name: attribute.metadata["key"]
        for attribute in dataclasses.fields(model)
        if "key" in attribute.metadata
    }


@dataclass(frozen=True)
class Placed:
    """A citekey, or another word of the file, and where it stands."""

    value: str
    span: Span


@dataclass(frozen=True)
class Located:
    """What every level of a file knows: where it begins, and where the value of each of its keys stands.

    ``lines`` has the place of every line of the texts whose lines stand in the file as they are read. ``faulty`` are
    the keys in whose values something was reported, and those that a misspelt one most likely means: what they lack may
    have been typed.
    """

    span: Span
    spans: Mapping[str, Span]
    lines: Mapping[str, tuple[Span, ...]] = dataclasses.field(default_factory=dict, kw_only=True)
    faulty: frozenset[str] = dataclasses.field(default=frozenset(), kw_only=True)

    def span_of(self, name: str) -> Span:
        """The place of a key's value, else that of the whole level."""
        return self.spans.get(name, self.span)

    def lines_of(self, name: str) -> tuple[Span, ...]:
        """The place of each line of a key's text; empty where only the place of the whole is known."""
        return self.lines.get(name, ())
