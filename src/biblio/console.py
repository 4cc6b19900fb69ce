"""What the commands share: the two streams, and whether they show colours."""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from typing import Any


def tell(text: str) -> None:
    """Writes to the error stream, at once; says nothing when nobody listens there."""
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except OSError:
        # What is left in the stream would be written, and fail, when the interpreter closes it (exit code 120).
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


def has_colour() -> bool:
    """Whether the error stream is a terminal that wants colours (https://no-color.org)."""
    return sys.stderr.isatty() and not os.environ.get("NO_COLOR")


def json_text(value: Any) -> str:
    """A value as JSON, for people and programs."""
    return json.dumps(value, ensure_ascii=False, indent=2)
