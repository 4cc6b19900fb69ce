"""Notes in the text of a file of settings that two references are two documents; every other character stays."""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

from biblio.project.settings import FILE, TABLE

KEY = "accepted-duplicates"
_ARRAY = re.compile(rf"^[ \t]*(?:{KEY}|\"{KEY}\")[ \t]*=[ \t]*\[", re.MULTILINE)
_NEXT_LINE = re.compile(r"[ \t]*(?:#[^\n]*)?\r?\n([ \t]*)")
_HEADER = re.compile(r"^[ \t]*\[", re.MULTILINE)
_OWN_HEADER = re.compile(rf"^[ \t]*\[[ \t]*tool[ \t]*\.[ \t]*{TABLE}[ \t]*\][^\n]*\n?", re.MULTILINE)


def with_accepted(text: str, name: str, pair: tuple[str, str]) -> str | None:
    """The text of ``biblio.toml`` or ``pyproject.toml`` with a pair of citekeys among those that are accepted.

    ``None`` when that cannot be done without changing what else it says.
    """
    end = "\r\n" if "\r\n" in text else "\n"
    expected = _expected(_says(text, name), pair)
    for made in (_in_array(text, pair, end), _in_new_array(text, name, pair, end)):
        if made is not None and expected is not None and _says(made, name) == expected:
            return made
    return None


def _in_array(text: str, pair: tuple[str, str], end: str) -> str | None:
    """The pair behind the bracket that opens the array, on a line of its own where the others have theirs."""
    opened = _ARRAY.search(text)
    if opened is None:
        return None
    place = opened.end()
    line = _NEXT_LINE.match(text, place)
    if line is None:
        rest = text[place:].lstrip()
        return f"{text[:place]}{_typed(pair)}{'' if rest.startswith(']') else ', '}{text[place:].lstrip(' ')}"
    margin = line[1] if text[line.end() : line.end() + 1] != "]" else f"{line[1]}  "
    before = text[place : line.end() - len(line[1])]
    return f"{text[:place]}{before}{margin}{_typed(pair)},{end}{text[line.end() - len(line[1]) :]}"


def _in_new_array(text: str, name: str, pair: tuple[str, str], end: str) -> str | None:
    """The pair in an array of its own, before the tables of the file, or at the head of the table that is ours."""
    array = f"{KEY} = [{end}  {_typed(pair)},{end}]{end}"
    if name != FILE:
        header = _OWN_HEADER.search(text)
        return None if header is None else f"{text[: header.end()]}{array}{text[header.end() :]}"
    header = _HEADER.search(text)
    place = header.start() if header else len(text)
    before = text[:place]
    gap = "" if not before or before.endswith("\n") else end
    return f"{before}{gap}{array}{end if header else ''}{text[place:]}"


def _typed(pair: tuple[str, str]) -> str:
    """A pair in TOML, whose strings are those of JSON."""
    return json.dumps(list(pair), ensure_ascii=False)


def _says(text: str, name: str) -> Any:
    """What a file of settings says; ``None`` for what is no TOML."""
    try:
        said = tomllib.loads(text)
    except (ValueError, RecursionError):
        return None
    return said if name == FILE else (said, said.get("tool", {}).get(TABLE))


def _expected(said: Any, pair: tuple[str, str]) -> Any:
    """What it is to say then: the pair comes first."""
    if isinstance(said, tuple):
        whole, own = said
        new = _expected(own or {}, pair)
        return {**whole, "tool": {**whole.get("tool", {}), TABLE: new}}, new
    return None if said is None else {**said, KEY: [list(pair), *said.get(KEY, [])]}
