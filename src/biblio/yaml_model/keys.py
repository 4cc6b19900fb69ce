"""Declares what a YAML file may hold: dataclasses whose attributes carry their own documentation.

The loader, the JSON Schema and the reference pages are all derived from these declarations: a new key is added in its
dataclass and nowhere else, a new shape in ``shapes``. Models import all that they are declared with from here.
"""

from __future__ import annotations

import dataclasses
import keyword
from collections.abc import Collection
from typing import Any

from biblio.yaml_model.located import Located, Placed
from biblio.yaml_model.shapes import Key, Shape

__all__ = ["Key", "Located", "Placed", "Shape", "attribute_of", "declare", "keys_of"]


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
        attribute.name.removesuffix("_"): attribute.metadata["key"]
        for attribute in dataclasses.fields(model)
        if "key" in attribute.metadata
    }


def attribute_of(key: str) -> str:
    """The attribute that holds a key: its name, behind which a word of Python's own has an underscore (``break_``)."""
    return f"{key}_" if keyword.iskeyword(key) else key
