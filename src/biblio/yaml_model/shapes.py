"""The shapes that a value may have: each knows how it is read, its JSON Schema, and what it is called.

A new shape is a member of ``Shape`` and nothing else: the loader, the schema and the reference pages ask it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Literal, Protocol

from biblio.text.nearest import nearest
from biblio.words.faults import Span
from biblio.words.tables import english_name, worded
from biblio.yaml_model.located import Located, Placed
from biblio.yaml_model.ranges import DateRange, is_date, parse_range
from biblio.yaml_model.slug import RESERVED, SLUG, is_slug, slug_like

Node = Any  # a node of the YAML library, which only the loader knows
Schema = dict[str, Any]

MOST = 999_999  # the largest whole number, of six figures


class Reader(Protocol):
    """What the loader does for a shape: it takes nodes apart and notes faults."""

    def report(self, code: str, span: Span, /, **arguments: object) -> None:
        """Notes a fault."""

    def span(self, node: Node) -> Span:
        """The place of a node."""

    def text(self, node: Node) -> str | None:
        """The characters of a scalar; ``None``, with a report, for anything else."""

    def words(self, node: Node) -> tuple[Placed, ...] | None:
        """A list of words, or one word alone."""

    def items(self, node: Node, *, alone: bool) -> list[Node] | None:
        """The items of a list; with ``alone``, a node that is no list is the one item."""

    def level(self, node: Node, model: str) -> Located | None:
        """The object of the dataclass of that name."""

    def level_by_slug(self, node: Node, model: str) -> tuple[tuple[Placed, Located], ...] | None:
        """The objects of that dataclass, by their slugs."""


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


# What a form has for a value: a field, a field with a line for each item, a list to choose from, a box, or fields of
# its own, of one thing or of several.
Control = Literal["text", "lines", "choice", "boolean", "number", "object", "objects"]


@dataclass(frozen=True, eq=False)
class Form:
    """All that is known of a shape.

    ``read`` gives the value of a node, or ``None`` with a report when it cannot be that; ``schema`` the JSON Schema
    (draft 2020-12) of what ``read`` takes; ``called`` its name in the reference pages, by language, where ``{of}`` is
    the kind of its objects. ``stand_in`` takes the place of a required value that is missing, so that the rest is
    checked in the same run; without one the level cannot be. ``lined`` values keep the places of their lines; ``prose``
    may have a sign in it that YAML takes for the beginning of a comment; ``citekeys`` are those of references.
    ``control`` is how a form asks for the value.
    """

    read: Callable[[Reader, Node, Key], Any]
    schema: Callable[[Key], Schema]
    called: Mapping[str, str]
    stand_in: str | None = None
    lined: bool = False
    prose: bool = False
    citekeys: bool = False
    control: Control = "text"


# --- readers ---------------------------------------------------------------------------------------------------------


def _text(reader: Reader, node: Node, _: Key) -> str | None:
    return reader.text(node)


def _words(reader: Reader, node: Node, _: Key) -> tuple[Placed, ...] | None:
    return reader.words(node)


def _citekeys(reader: Reader, node: Node, _: Key) -> tuple[Placed, ...] | None:
    words = reader.words(node)
    for word in words or ():
        if _SEVERAL.search(word.value):
            reader.report("D144", word.span, value=word.value)
    return None if words is None else tuple(word for word in words if not _SEVERAL.search(word.value))


def _word(reader: Reader, node: Node, _: Key) -> Placed | None:
    text = reader.text(node)
    return None if text is None else Placed(text, reader.span(node))


def _date(reader: Reader, node: Node, _: Key) -> str | None:
    text = reader.text(node)
    if text is not None and not is_date(text):
        reader.report("D112", reader.span(node), value=text)
        return None
    return text


def _time(reader: Reader, node: Node, _: Key) -> str | None:
    text = reader.text(node)
    if text is not None and not _TIME.fullmatch(text):
        reader.report("D125", reader.span(node), value=text)
        return None
    return text


def _colour(reader: Reader, node: Node, _: Key) -> str | None:
    text = reader.text(node)
    if text is not None and not _COLOUR.fullmatch(text):
        reader.report("D150", reader.span(node), value=text)
        return None
    return text


def _slug(reader: Reader, node: Node, _: Key) -> str | None:
    text = reader.text(node)
    if text is not None and not is_slug(text):
        reader.report("D105", reader.span(node), slug=text, suggestion=slug_like(text))
        return None
    return text


def _choice(reader: Reader, node: Node, key: Key) -> str | None:
    word = _word(reader, node, key)
    return word.value if word and _is_choice(reader, word, key) else None


def _choices(reader: Reader, node: Node, key: Key) -> tuple[Placed, ...] | None:
    words = reader.words(node)
    return None if words is None else tuple(word for word in words if _is_choice(reader, word, key))


def _sort_keys(reader: Reader, node: Node, key: Key) -> tuple[Placed, ...] | None:
    words = reader.words(node)
    return None if words is None else tuple(word for word in words if _is_choice(reader, word, key, sign="-"))


def _is_choice(reader: Reader, word: Placed, key: Key, sign: str = "") -> bool:
    """Whether a word, without the ``sign`` that may stand before it, is one of those that the key allows."""
    bare = word.value.removeprefix(sign)
    if bare in key.choices:
        return True
    suggestion = english_name(bare, "keys", key.choices) or nearest(bare, key.choices)
    if suggestion:
        typed_sign = word.value.removesuffix(bare)
        reader.report("D122", word.span, value=word.value, suggestion=typed_sign + suggestion)
    else:
        reader.report("D113", word.span, value=word.value, allowed=", ".join(key.choices))
    return False


def _ranges(reader: Reader, node: Node, _: Key) -> tuple[DateRange, ...] | None:
    words = reader.words(node)
    return None if words is None else tuple(found for word in words if (found := _range(reader, word)))


def _range(reader: Reader, word: Placed) -> DateRange | None:
    found = parse_range(word.value, word.span)
    if found is None:
        reader.report("D123", word.span, value=word.value)
    elif found.first > found.last:
        reader.report("D124", word.span, value=word.value)
        return None
    return found


def _integer(reader: Reader, node: Node, key: Key) -> int | None:
    text = reader.text(node)
    if text is None or (re.fullmatch(r"\d{1,6}", text) and int(text) >= key.least):
        return None if text is None else int(text)
    reader.report("D115", reader.span(node), value=text, least=key.least, most=MOST)
    return None


def _boolean(reader: Reader, node: Node, _: Key) -> bool | None:
    text = reader.text(node)
    if text is None or text in _BOOLEANS:
        return None if text is None else _BOOLEANS[text]
    suggestion = _SAID_OTHERWISE.get(text.lower(), "")
    if suggestion:
        reader.report("D122", reader.span(node), value=text, suggestion=suggestion)
        return None
    reader.report("D113", reader.span(node), value=text, allowed=", ".join(_BOOLEANS))
    return None


def _object(reader: Reader, node: Node, key: Key) -> Located | None:
    return reader.level(node, key.of)


def _table(reader: Reader, node: Node, key: Key) -> tuple[tuple[Placed, Located], ...] | None:
    return reader.level_by_slug(node, key.of)


def _objects(*, alone: bool) -> Callable[[Reader, Node, Key], tuple[Located, ...] | None]:
    """Reads several objects; with ``alone``, one that is not in a list as well."""

    def read(reader: Reader, node: Node, key: Key) -> tuple[Located, ...] | None:
        items = reader.items(node, alone=alone)
        if items is None:
            return None
        found = [reader.level(item, key.of) for item in items]
        return tuple(item for item in found if item is not None)

    return read


# --- schemas ---------------------------------------------------------------------------------------------------------

_TIME = re.compile(r"(?:[01]?\d|2[0-3])[:h][0-5]\d", re.ASCII)
_COLOUR = re.compile(r"#?(?:[0-9a-f]{3}|[0-9a-f]{6})", re.ASCII | re.IGNORECASE)
_SEVERAL = re.compile(r"[,;\[\]]")  # no citekey of BibTeX has a comma; a list of them has these
# How people say it, and how older YAML does.
_SAID_OTHERWISE = {
    **dict.fromkeys(("true", "oui", "vrai", "yes", "on", "y", "o", "1"), "true"),
    **dict.fromkeys(("false", "non", "faux", "no", "off", "n", "0"), "false"),
}
_BOOLEANS = {"true": True, "false": False}
_DAY = r"(?!0000)\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
# What an editor takes for a number, or for yes or no, the loader takes for the text that it is.
_ANY_WORD: Schema = {"type": ["string", "number", "boolean"], "pattern": r"\S"}


def _dated(pattern: str) -> Schema:
    return {"type": ["string", "integer"], "pattern": f"^{pattern}$", "minimum": 1000, "maximum": 9999}


def _slug_schema(_: Key) -> Schema:
    pattern = {"pattern": f"^{SLUG.pattern}$", "minimum": 0, "not": {"enum": sorted(RESERVED)}}
    return {"type": ["string", "integer"], **pattern}


def _one_or_more(item: Schema) -> Schema:
    return {"oneOf": [dict(item), {"type": "array", "items": dict(item)}]}


def _level_schema(key: Key) -> Schema:
    return {"$ref": f"#/$defs/{key.of}"}


def _table_schema(key: Key) -> Schema:
    names = {"pattern": f"^{SLUG.pattern}$"}
    return {"type": "object", "propertyNames": names, "additionalProperties": _level_schema(key)}


# --- the table -------------------------------------------------------------------------------------------------------


class Shape(Enum):
    """What the value of a key may be."""

    TEXT = Form(_text, lambda _: dict(_ANY_WORD), {"fr": "texte", "en": "text"}, stand_in="", prose=True)
    MARKDOWN = Form(
        _text, lambda _: dict(_ANY_WORD), {"fr": "texte en Markdown", "en": "text in Markdown"}, lined=True, prose=True
    )
    DATE = Form(_date, lambda _: _dated(_DAY), {"fr": "date", "en": "date"}, stand_in="")
    TIME = Form(
        _time,
        lambda _: {"type": "string", "pattern": r"^([01]?\d|2[0-3])(:|h)[0-5]\d$"},
        {"fr": "heure", "en": "time"},
    )
    RANGES = Form(
        _ranges,
        lambda _: _one_or_more(_dated(rf"({_DAY}|{_DAY} *\.\. *({_DAY})?|\.\. *{_DAY})")),
        {"fr": "date ou intervalle, ou liste des deux", "en": "date or range, or list of both"},
        control="lines",
    )
    COLOUR = Form(
        _colour,
        lambda _: {"type": ["string", "integer"], "pattern": "^#?([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$", "minimum": 0},
        {"fr": "couleur", "en": "colour"},
    )
    SLUG = Form(_slug, _slug_schema, {"fr": "nom", "en": "name"})
    CHOICE = Form(_choice, lambda key: {"enum": list(key.choices)}, {"fr": "mot", "en": "word"}, control="choice")
    CHOICES = Form(
        _choices,
        lambda key: _one_or_more({"enum": list(key.choices)}),
        {"fr": "mot, ou liste de mots", "en": "word, or list of words"},
        control="lines",
    )
    TEXTS = Form(
        _words,
        lambda _: _one_or_more(_ANY_WORD),
        {"fr": "texte, ou liste de textes", "en": "text, or list of texts"},
        prose=True,
        control="lines",
    )
    CITEKEY = Form(_word, lambda _: dict(_ANY_WORD), {"fr": "clé", "en": "citekey"}, citekeys=True)
    CITEKEYS = Form(
        _citekeys,
        lambda _: _one_or_more(_ANY_WORD),
        {"fr": "clé, ou liste de clés", "en": "citekey, or list of citekeys"},
        citekeys=True,
        control="lines",
    )
    SORT_KEYS = Form(
        _sort_keys,
        lambda key: _one_or_more({"enum": [sign + choice for choice in key.choices for sign in ("", "-")]}),
        {"fr": "critère, ou liste de critères", "en": "sort key, or list of sort keys"},
        control="lines",
    )
    INTEGER = Form(
        _integer,
        lambda key: {"type": "integer", "minimum": key.least, "maximum": MOST},
        {"fr": "nombre entier", "en": "whole number"},
        control="number",
    )
    BOOLEAN = Form(
        _boolean,
        lambda _: {"type": "boolean"},
        {"fr": "`true` ou `false`", "en": "`true` or `false`"},
        control="boolean",
    )
    OBJECT = Form(_object, _level_schema, {"fr": "{of}", "en": "{of}"}, control="object")
    OBJECTS = Form(
        _objects(alone=False),
        lambda key: {"type": "array", "items": _level_schema(key)},
        {"fr": "liste ; chaque élément est {of}", "en": "list; each item is {of}"},
        control="objects",
    )
    ONE_OR_MORE = Form(
        _objects(alone=True),
        lambda key: _one_or_more(_level_schema(key)),
        {"fr": "{of}, ou une liste", "en": "{of}, or a list"},
        control="objects",
    )
    TABLE = Form(
        _table, _table_schema, {"fr": "sous chaque nom, {of}", "en": "under each name, {of}"}, control="objects"
    )

    def read(self, reader: Reader, node: Node, key: Key) -> Any:
        """The value of a node; ``None``, with a report, when it cannot be of this shape."""
        return self.value.read(reader, node, key)

    def schema(self, key: Key) -> Schema:
        """The JSON Schema of the values of a key."""
        return self.value.schema(key)

    def called(self, lang: str, of: str = "") -> str:
        """What the shape is called; ``of`` is what its objects are called."""
        return worded(self.value.called, lang).format(of=of)
