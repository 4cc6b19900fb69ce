"""The JSON Schema of a declared model, so that editors complete and check a file as it is typed.

Source: JSON Schema draft 2020-12. Generated from the same declarations that the loader reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from biblio.yaml_model.keys import Key, Located, Shape, keys_of
from biblio.yaml_model.loader import MOST, RESERVED

# What an editor takes for a number, or for yes or no, the loader takes for the text that it is.
_WORDS = {"type": ["string", "number", "boolean"], "pattern": r"\S"}
_DATE = {
    "type": ["string", "integer"],
    "pattern": r"^(?!0000)\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$",
    "minimum": 1000,
    "maximum": 9999,
}
_TIME = {"type": "string", "pattern": r"^([01]?\d|2[0-3])(:|h)[0-5]\d$"}
_DAY = r"(?!0000)\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
_RANGE = {
    "type": ["string", "integer"],
    "pattern": rf"^({_DAY}|{_DAY} *\.\. *({_DAY})?|\.\. *{_DAY})$",
    "minimum": 1000,
    "maximum": 9999,
}
_SLUG = {
    "type": ["string", "integer"],
    "pattern": r"^[a-z0-9][a-z0-9-]{0,63}$",
    "minimum": 0,
    "not": {"enum": sorted(RESERVED)},
}


def json_schema(model: type[Located], models: Mapping[str, type[Located]], title: str, language: str) -> dict[str, Any]:
    """The schema of files of ``model``, its descriptions in ``language`` (``fr`` or ``en``)."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        **_object(model, language),
        "$defs": {name: _object(defined, language) for name, defined in models.items() if defined is not model},
    }


def _object(model: type[Located], language: str) -> dict[str, Any]:
    declared = keys_of(model)
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [name for name, key in declared.items() if key.required],
        "properties": {name: {**_value(key), "description": key.about[language]} for name, key in declared.items()},
    }


def _value(key: Key) -> dict[str, Any]:
    match key.shape:
        case Shape.TEXT | Shape.MARKDOWN | Shape.CITEKEY:
            return dict(_WORDS)
        case Shape.DATE:
            return dict(_DATE)
        case Shape.TIME:
            return dict(_TIME)
        case Shape.RANGES:
            return _one_or_more(_RANGE)
        case Shape.SLUG:
            return dict(_SLUG)
        case Shape.CHOICE:
            return {"enum": list(key.choices)}
        case Shape.INTEGER:
            return {"type": "integer", "minimum": key.least, "maximum": MOST}
        case Shape.BOOLEAN:
            return {"type": "boolean"}
        case Shape.TEXTS | Shape.CITEKEYS:
            return _one_or_more(_WORDS)
        case Shape.CHOICES:
            return _one_or_more({"enum": list(key.choices)})
        case Shape.SORT_KEYS:
            return _one_or_more({"enum": [sign + choice for choice in key.choices for sign in ("", "-")]})
        case Shape.OBJECT:
            return _reference(key)
        case Shape.OBJECTS:
            return {"type": "array", "items": _reference(key)}
        case Shape.ONE_OR_MORE:
            return _one_or_more(_reference(key))
        case Shape.TABLE:
            return _table(_reference(key))


def _reference(key: Key) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{key.of}"}


def _one_or_more(item: Mapping[str, Any]) -> dict[str, Any]:
    return {"oneOf": [dict(item), {"type": "array", "items": dict(item)}]}


def _table(item: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "propertyNames": {"pattern": _SLUG["pattern"]}, "additionalProperties": dict(item)}
