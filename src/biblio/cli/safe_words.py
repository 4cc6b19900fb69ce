"""The one door to the shell that completes a word: only words that no shell reads otherwise than as they stand.

A shell may run what it is given: the script for zsh evaluates the answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from textwrap import shorten
from typing import Any

# Letters and digits of any script, and the marks that are themselves in bash, zsh, fish and PowerShell when they do not
# begin a word. An option begins with hyphens.
_LINE = 70  # characters
_SAFE = re.compile(r"(--?)?\w[\w.:,@%+/=-]*")


def is_safe(word: str) -> bool:
    """Whether every shell takes a word for itself: it expands, quotes, runs and ends nothing."""
    return _SAFE.fullmatch(word) is not None


def safe(complete: Callable[..., Any]) -> Callable[..., list[Any]]:
    """What a completion of the library offers, without what some shell would take for more than a word.

    What it says of a word is one line: the library folds a longer one, and fish offers the second line as another word.
    """

    def offered(*arguments: Any) -> list[Any]:
        items = [item for item in complete(*arguments) if is_safe(item.value)]
        for item in items:
            item.help = shorten(item.help, _LINE, placeholder="…") if item.help else item.help
        return items

    return offered
