"""The templates of the pages: one environment a room, in which everything is escaped that is not said to be markup."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any


@cache
def template(name: str, **filters: Callable[..., object]) -> Any:
    """A template of ``outputs/templates/``, with these filters; the class of templates is loosely typed."""
    made = environment("biblio.outputs")
    made.filters.update(filters)
    return made.get_template(name)


def environment(package: str, *more: str) -> Any:
    """The environment of the templates of a room, in its folder ``templates/``, and of those of ``more`` rooms."""
    # Only when a page is really made: the commands that make none start faster.
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=ChoiceLoader([PackageLoader(each) for each in (package, *more)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
