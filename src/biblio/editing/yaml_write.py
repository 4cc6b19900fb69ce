"""Writes values as YAML: texts bare where nothing could take them for something else, lists and mappings in blocks."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from biblio.editing.yaml_tree import Data, scalar_of
from biblio.yaml_model.mistakes import curly, dash_instead

_STRING = "tag:yaml.org,2002:str"
# A year, a month or a day is read as it is typed, whatever other readers make of it.
_DATE = re.compile(r"\d{4}(?:-\d\d){0,2}", re.ASCII)
# What YAML 1.1 does not let stand in a file (§ 5.1), or would take for the end of a line.
_UNPRINTABLE = re.compile("[^ -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_ESCAPES = {"\n": "\\n", "\t": "\\t", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_SPECIAL = re.compile(_UNPRINTABLE.pattern + '|["\\\\]')
_FOLD = re.compile(r"(?<=\S) (?=\S)")
FOLDED_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file is written: by how much what stands under a key is indented, keys and items of lists apart.

    Lists of single texts stand on one line between brackets, but those of the keys in ``columns``; all of them in
    lines when that is ``None``.
    """

    step: int = 2
    dash: int = 2
    columns: Collection[str] | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A value behind its key or its dash: what follows on the same line, and the lines below, indented from there."""

    head: str
    body: tuple[str, ...] = ()


def written(value: Data, layout: Layout, *, under: str = "", in_item: bool = False, style: str = "") -> Written:
    """A value as it stands in a block, under the key ``under`` or, with ``in_item``, behind a dash.

    ``style`` is that of the text before it, which is kept where it can be.
    """
    if isinstance(value, str):
        return _text(value, layout.step, style)
    if not value or not isinstance(value, list | dict):
        return Written(inline(value))
    if isinstance(value, list) and _is_short(value, layout, under):
        return Written(inline(value))
    lines = block(value, layout)
    if in_item:
        return Written(lines[0], tuple(f"  {line}" if line else "" for line in lines[1:]))
    indent = " " * (layout.dash if isinstance(value, list) else layout.step)
    return Written("", tuple(indent + line if line else "" for line in lines))


def block(value: Data, layout: Layout) -> tuple[str, ...]:
    """The lines of a list or a mapping that is not empty."""
    if isinstance(value, list):
        return tuple(line for each in value for line in item(each, layout))
    assert isinstance(value, dict)
    return tuple(line for key, each in value.items() for line in pair(key, each, layout))


def item(value: Data, layout: Layout) -> tuple[str, ...]:
    """The lines of an item, from its dash."""
    made = written(value, layout, in_item=True)
    return (f"- {made.head}".rstrip(), *made.body)


def pair(key: str, value: Data, layout: Layout) -> tuple[str, ...]:
    """The lines of a key and its value."""
    made = written(value, layout, under=key)
    return (f"{scalar(key)}: {made.head}".rstrip(), *made.body)


def inline(value: Data, *, in_flow: bool = False, style: str = "") -> str:
    """A value on one line; a text that is not between brackets already may hold the signs of those."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null" if in_flow else ""
    if isinstance(value, list):
        return f"[{', '.join(inline(each, in_flow=True) for each in value)}]"
    if isinstance(value, dict):
        pairs = (f"{scalar(key, in_flow=True)}: {inline(each, in_flow=True)}" for key, each in value.items())
        return f"{{{', '.join(pairs)}}}"
    return scalar(value, in_flow=in_flow, style=style) if isinstance(value, str) else str(value)


def scalar(value: str, *, in_flow: bool = False, style: str = "") -> str:
    """A text on one line, bare if it may be, in the quotation marks ``style`` if it had some, else in double ones."""
    if style == "'" and not _UNPRINTABLE.search(value):
        return "'" + value.replace("'", "''") + "'"
    if style != '"' and _is_bare(value, in_flow):
        return value
    return f'"{_SPECIAL.sub(_escaped, value)}"'


def _escaped(found: re.Match[str]) -> str:
    sign, code = found[0], ord(found[0])
    return _ESCAPES.get(sign) or (f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}")


def _is_bare(value: str, in_flow: bool) -> bool:
    # What the loader takes for a slip of the keyboard is quoted as well.
    if _UNPRINTABLE.search(value) or value != value.strip() or curly(value) or dash_instead(value):
        return False
    around = "- k: [{}]\n" if in_flow else "- k: {}\n"
    if scalar_of(f"- {value}\n") != scalar_of(around.format(value)):
        return False
    read = scalar_of(around.format(value))
    return read is not None and read[0] == value and (read[1] == _STRING or _DATE.fullmatch(value) is not None)


def _is_short(value: Sequence[Data], layout: Layout, under: str) -> bool:
    """Whether a list is one of a few words, which stands on the line of its key."""
    words = not any(isinstance(each, list | dict) for each in value)
    return words and layout.columns is not None and under not in layout.columns


def _text(value: str, step: int, style: str) -> Written:
    """A text of several lines, or one that stood in a block already, in a block; any other on one line."""
    if "\n" in value or style in ("|", ">"):
        for made in ((_folded(value, step),) if style == ">" else ()) + (_literal(value, step),):
            lines = "\n".join((f"- k: {made.head}", *(f"  {line}" if line else "" for line in made.body), ""))
            if not _UNPRINTABLE.search(value.replace("\n", "").replace("\t", "")) and scalar_of(lines) == (
                value,
                _STRING,
            ):
                return made
    return Written(scalar(value, style=style))


def _literal(value: str, step: int) -> Written:
    first = next((line for line in value.split("\n") if line.strip()), "")
    indicator = str(step) if first.startswith((" ", "\t")) else ""
    return _in_block("|", indicator, value, value.removesuffix("\n").split("\n"), step)


def _folded(value: str, step: int) -> Written:
    paragraphs = value.removesuffix("\n").split("\n")
    return _in_block(">", "", value, [line for each in paragraphs for line in (*_filled(each), "")][:-1], step)


def _in_block(sign: str, indicator: str, value: str, lines: Sequence[str], step: int) -> Written:
    chomp = "" if value.endswith("\n") else "-"
    return Written(f"{sign}{indicator}{chomp}", tuple(" " * step + line if line else "" for line in lines))


def _filled(paragraph: str) -> list[str]:
    """The lines of a paragraph that is folded, broken at single spaces."""
    lines = [""]
    for word in _FOLD.split(paragraph):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and len(longer) > FOLDED_WIDTH:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
