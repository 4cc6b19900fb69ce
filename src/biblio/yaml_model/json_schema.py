"""The JSON Schema of a declared model, so that editors complete and check a file as it is typed.

Source: JSON Schema draft 2020-12. Generated from the same declarations that the loader reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from biblio.words.tables import worded
from biblio.yaml_model.keys import Located, keys_of


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
        "properties": {
            name: {**key.shape.schema(key), "description": worded(key.about, language)}
            for name, key in declared.items()
        },
    }
