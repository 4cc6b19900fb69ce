"""What the words of a command line become: texts, paths and flags, without the library that Typer asks of each type.

Typer (since 0.29) asks pydantic how a text becomes a text, and importing pydantic is a fifth of the start of a command.
What is none of these (a choice, a number) Typer reads as it does. This is the one place that knows of it; see
docs/upstream.md.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args, get_origin

# What a word becomes, by the type that a parameter is declared with.
_MADE: Mapping[Any, Callable[[Any], Any]] = {str: os.fsdecode, Path: Path, bool: bool}


@dataclass(frozen=True, slots=True)
class _Reading:
    """How one parameter reads its words. Typer calls ``coerce``, the name and arguments of its own."""

    make: Callable[[Any], Any]
    is_list: bool

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:  # noqa: ARG002
        if value is None:
            return () if self.is_list else None
        return [self.make(each) for each in value] if self.is_list else self.make(value)


def read_plainly(command: Any) -> Any:
    """The same command of Typer, whose texts, paths and flags are read here; all else it takes is read by Typer."""
    for parameter in command.params:
        _read(parameter)
    command.get_help_option = _with_help_read(command.get_help_option)
    return command


def _read(parameter: Any) -> None:
    declared = getattr(getattr(parameter, "type_descriptor", None), "annotation", None)
    is_list = get_origin(declared) is list
    make = _MADE.get(get_args(declared)[0] if is_list else declared)
    if make is not None and hasattr(parameter, "_runtime_param"):
        parameter._runtime_param = _Reading(make, is_list)


def _with_help_read(get_help_option: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def help_option(context: Any) -> Any:  # made when it is first asked for
        option = get_help_option(context)
        if option is not None:
            _read(option)
        return option

    return help_option
