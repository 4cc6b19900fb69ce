"""Damages files as hands and programs do: a sign too many or too few, pieces cut, moved or mixed, values odd."""

from __future__ import annotations

import random
import re

from robustness.oddities import ODD

SIGNS = '{}"@\\#=,'
# A value in braces that holds none.
_VALUE = re.compile(rb"=\s*\{(?P<value>[^{}]*)\}")


def single_edit(text: str, start: int, end: int, chance: random.Random) -> str:
    """One sign of the syntax put in, or taken out, between two offsets."""
    found = [index for index in range(start, end) if text[index] in SIGNS]
    if found and chance.random() < 0.5:
        index = chance.choice(found)
        return text[:index] + text[index + 1 :]
    index = chance.randrange(start, end)
    return text[:index] + chance.choice(SIGNS) + text[index:]


def mutant(content: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """A file after one to four damages of any kind."""
    for _ in range(chance.choice((1, 1, 2, 4))):
        content = _damaged(content, others, chance)
    return content


def _damaged(content: bytes, others: list[bytes], chance: random.Random) -> bytes:
    start, end = sorted(chance.randint(0, len(content)) for _ in range(2))
    match chance.randrange(10):
        case 0 | 1:
            return content[:start] + chance.choice(SIGNS).encode() + content[start:]
        case 2 | 3:
            signs = [index for index, byte in enumerate(content) if chr(byte) in SIGNS]
            index = chance.choice(signs) if signs else 0
            return content[:index] + content[index + 1 :]
        case 4:
            return content[:start]
        case 5:
            return content[:start] + content[end:]
        case 6:
            other = chance.choice(others)
            first, last = sorted(chance.randint(0, len(other)) for _ in range(2))
            return content[:start] + other[first : min(last, first + 2_000)] + content[start:]
        case 7:
            values = list(_VALUE.finditer(content))
            start, end = chance.choice(values).span("value") if values else (start, start)
            return content[:start] + chance.choice(ODD).encode() + content[end:]
        case 8:
            return content[:start] + bytes([chance.randrange(256)]) + content[start + 1 :]
        case _:
            return content[:start] + content[start : min(end, start + 300)] * chance.randint(2, 5) + content[end:]
