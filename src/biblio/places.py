"""Functions named by their place, ``module:name`` as entry points write it, and imported when they are first called.

A table of what biblio can do names far more than one command needs: with places in its rows, what is not called is not
imported, and a start costs what is asked of it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any


@cache
def imported(place: str) -> Callable[..., Any]:
    """The function at a place. Raises ``ImportError`` or ``AttributeError``: a place that leads nowhere is a bug."""
    module, _, name = place.partition(":")
    function: Callable[..., Any] = getattr(import_module(module), name)
    return function


def at(place: str) -> Callable[..., Any]:
    """A function that does what the one at the place does, which is imported at the first call."""

    def called(*arguments: Any, **named: Any) -> Any:
        return imported(place)(*arguments, **named)

    return called
