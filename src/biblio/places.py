"""Functions named by their place, ``module:name`` as entry points write it, and imported when they are first called.

A table of what biblio can do names far more than one command needs: with places in its rows, what is not called is not
imported, and a start costs what is asked of it.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from importlib import import_module

TYPE_CHECKING = False  # as checkers of types know it: an answer that is known already imports no ``typing``
if TYPE_CHECKING:
    from typing import Any

_found: dict[str, Callable[..., Any]] = {}


def imported(place: str) -> Callable[..., Any]:
    """The function at a place. Raises ``ImportError`` or ``AttributeError``: a place that leads nowhere is a bug."""
    if place not in _found:
        module, _, name = place.partition(":")
        collecting = gc.isenabled()
        gc.disable()
        try:
            _found[place] = getattr(import_module(module), name)
        finally:
            if collecting:
                gc.enable()
        gc.freeze()  # modules stay to the end: the collector of cycles need not go through them, again and again
    return _found[place]


def at(place: str) -> Callable[..., Any]:
    """A function that does what the one at the place does, which is imported at the first call."""

    def called(*arguments: Any, **named: Any) -> Any:
        return imported(place)(*arguments, **named)

    return called
