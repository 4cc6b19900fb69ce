"""How much two colours differ, as WCAG 2.2 measures it (relative luminance, contrast ratio)."""

from __future__ import annotations

import re

LEAST = 4.5  # of text (WCAG 2.2, success criterion 1.4.3)

_HEX = re.compile(r"#?(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)


def colour_of(value: str) -> str:
    """A colour as ``#0b5563``, from six or three figures with or without ``#``; empty when it is none."""
    bare = value.strip()
    if not _HEX.fullmatch(bare):
        return ""
    figures = bare.removeprefix("#").lower()
    return "#" + (figures if len(figures) == 6 else "".join(2 * each for each in figures))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (``#rrggbb``), from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable(colour: str, paper: str) -> str:
    """The colour, made darker or lighter by as little as gives text enough contrast with the paper."""
    towards = "#000000" if _luminance(paper) > 0.18 else "#ffffff"  # what is farther from the paper
    for step in range(101):
        tried = _mixed(colour, towards, step / 100)
        if contrast(tried, paper) >= LEAST:
            return tried
    return towards


def _mixed(colour: str, other: str, share: float) -> str:
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in _channels(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
