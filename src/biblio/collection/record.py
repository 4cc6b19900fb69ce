"""JSON values that are read back and not trusted: each is looked at before it is believed."""

from __future__ import annotations

from typing import Any

# What a record that is none raises while it is taken apart.
WRONG = (KeyError, TypeError, ValueError, IndexError, AttributeError)


def numbers(values: Any) -> list[int]:
    """A list of whole numbers from 0, or ``TypeError``."""
    if not isinstance(values, list) or set(map(type, values)) - {int} or (values and min(values) < 0):
        raise TypeError
    return values


def texts(values: Any) -> list[str]:
    """A list of texts, or ``TypeError``."""
    if not isinstance(values, list) or set(map(type, values)) - {str}:
        raise TypeError
    return values
