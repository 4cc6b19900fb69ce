"""The JSON Schema of a declared model, so that editors complete and check a file as it is typed.

Source: JSON Schema draft 2020-12. Generated from the same declarations that the loader reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from biblio.yaml_model.keys import Key, Located, Shape, keys_of
from biblio.yaml_model.loader import RESERVED

# What an editor takes for a number, or for yes or no, the loader takes for the text that it is.
_WORDS = {"type": ["string", "number", "boolean"], "pattern": r"\S"}
_DATE = {
    "type": ["string", "integer"],
    "pattern": r"^(?!0000)\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$",
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
        case Shape.TEXT | Shape.CITEKEY:
            return dict(_WORDS)
        case Shape.DATE:
            return dict(_DATE)
        case Shape.SLUG:
            return dict(_SLUG)
        case Shape.CHOICE:
            return {"enum": list(key.choices)}
        case Shape.INTEGER:
            return {"type": "integer", "minimum": 0}
        case Shape.BOOLEAN:
            return {"type": "boolean"}
        case Shape.TEXTS | Shape.CITEKEYS:
            return {"oneOf": [dict(_WORDS), {"type": "array", "items": dict(_WORDS)}]}
        case Shape.SORT_KEYS:
            words = {"enum": [sign + choice for choice in key.choices for sign in ("", "-")]}
            return {"oneOf": [words, {"type": "array", "items": words}]}
        case Shape.OBJECT:
            return {"$ref": f"#/$defs/{key.of}"}
        case Shape.OBJECTS:
            return {"type": "array", "items": {"$ref": f"#/$defs/{key.of}"}}
