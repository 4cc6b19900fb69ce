"""Counts the work of a call in steps of the interpreter: the same on every machine, however busy it is."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def steps(call: Callable[[], object]) -> int:
    """How many instructions of Python code a call executes."""
    counted = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal counted
        frame.f_trace_opcodes = True
        frame.f_trace_lines = False
        counted += event == "opcode"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return counted


def growth(made: Callable[[int], Callable[[], object]], number: int) -> float:
    """How many times more work twice as much material is; a first call, smaller, imports what is needed."""
    made(number // 2)()
    return steps(made(2 * number)) / steps(made(number))
