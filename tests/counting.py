"""Tells how work grows with its material.

In steps of the interpreter, which are the same on every machine, however busy it is. What compiled code does (an
expression that goes back and forth in a text) is no step: there the processor's time tells, between sizes so far apart
that no neighbour on the machine makes the one growth look like the other.
"""

from __future__ import annotations

import sys
import time
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


def outgrows(call: Callable[[int], object], number: int) -> bool:
    """Whether work grows with the square of its material: far more than sixteen times as long for sixteen times it."""

    def seconds(size: int) -> float:
        started = time.process_time()
        call(size)
        return time.process_time() - started

    call(number)
    small = max(min(seconds(number) for _ in range(3)), 0.002)
    return min(seconds(16 * number) for _ in range(2)) > 100 * small
