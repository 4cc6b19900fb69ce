"""A YAML text taken apart: every value with the place of its characters, its style, and the comments around it.

Places are offsets in the text. Lines end where YAML 1.1 § 4.2 ends them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import yaml

from biblio.text.positions import Positions
from biblio.words.faults import Diagnostic, Parsed, Span, diagnose
from biblio.yaml_model.loader import load_nodes

Data = None | str | int | bool | list["Data"] | dict[str, "Data"]
Path = tuple[str | int, ...]

BREAKS = "\r\n\x85\u2028\u2029"
_LINE_END = re.compile(f"\r\n|[{BREAKS}]")
_COMMENT = re.compile(f"#[^{BREAKS}]*")
_HEADER = re.compile(r"[|>][-+0-9]*")
_INTEGER = re.compile(r"0|-?[1-9][0-9]*", re.ASCII)
_NULL, _BOOLEAN, _NUMBER = (f"tag:yaml.org,2002:{name}" for name in ("null", "bool", "int"))
_BOOLEANS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of a list or a pair of a mapping.

    ``start`` is where its dash, its key or, between brackets, its value begins, at ``column``; ``behind`` where the
    value may begin, after the dash or the colon.
    """

    key: str | int
    start: int
    behind: int
    column: int
    node: Node


@dataclass(frozen=True, slots=True)
class Node:
    """A value, from ``start`` to ``end``; the line end of a block is behind its end.

    ``style`` is a quotation mark, ``|``, ``>`` or nothing for a text, ``[`` or ``{`` between brackets, ``-`` or ``:``
    in a block. What is not written at all is ``None`` without any length.
    """

    data: Data
    start: int
    end: int
    style: str
    entries: tuple[Entry, ...] = ()

    @property
    def is_flow(self) -> bool:
        """Whether it stands between brackets."""
        return self.style in ("[", "{")

    @property
    def is_block(self) -> bool:
        """Whether it is a list or a mapping of lines."""
        return self.style in ("-", ":")

    def entry(self, key: str | int) -> Entry | None:
        """The entry of that key or number."""
        return next((each for each in self.entries if each.key == key and type(each.key) is type(key)), None)


@dataclass(frozen=True)
class Source:
    """A YAML text, its lines and its tree."""

    text: str
    file: str
    root: Node
    ends: Sequence[int] = field(repr=False)  # where each line ends, in front of its line end
    starts: Sequence[int] = field(repr=False)

    @property
    def newline(self) -> str:
        """The line end of the file: that of its first line."""
        found = _LINE_END.search(self.text)
        return found[0] if found else "\n"

    def line_of(self, offset: int) -> int:
        """The number of the line, from 0, that an offset is in."""
        return bisect_right(self.starts, offset) - 1

    def line(self, number: int) -> str:
        """A line without its line end."""
        return self.text[self.starts[number] : self.ends[number]]

    def line_end(self, offset: int) -> int:
        """Where the line of an offset ends, in front of its line end."""
        return self.ends[self.line_of(offset)]

    def next_line(self, number: int) -> int:
        """Where the line behind one begins; the end of the text after the last."""
        return self.starts[number + 1] if number + 1 < len(self.starts) else len(self.text)

    def is_blank(self, number: int) -> bool:
        """Whether there is nothing on a line."""
        return not self.line(number).strip()

    def is_comment(self, number: int) -> bool:
        """Whether there is a comment alone on a line that is no part of a text."""
        return self.line(number).lstrip(" \t").startswith("#")

    def find(self, path: Path) -> Node | None:
        """The value at a path; ``None`` where there is none."""
        node: Node | None = self.root
        for key in path:
            entry = node.entry(key) if node else None
            node = entry.node if entry else None
        return node

    def entry(self, path: Path) -> Entry | None:
        """The entry at a path; ``None`` where there is none, and for the whole."""
        parent = self.find(path[:-1])
        return parent.entry(path[-1]) if parent and path else None

    def span(self, offset: int) -> Span:
        """The place of an offset, as faults name it."""
        return Positions(self.text, self.file).span(offset)

    def comments(self) -> Iterator[tuple[int, str]]:
        """Every comment and where it begins."""
        done = 0
        for start, end in (*_texts(self.text, self.root), (len(self.text), len(self.text))):
            yield from ((done + found.start(), found[0].rstrip()) for found in _COMMENT.finditer(self.text[done:start]))
            done = end


def header_end(text: str, node: Node) -> int:
    """Where the sign of a text in a block ends: ``|-`` and what else is told there."""
    found = _HEADER.match(text, node.start)
    return found.end() if found else node.start


def read(text: str, file: str) -> Parsed[Source | None]:
    """A text with its tree; ``None``, with faults of the family D1, when it is not one plain YAML document.

    A text that does not end its last line is read as if it did.
    """
    loaded = load_nodes(text if text.endswith(tuple(BREAKS)) else f"{text}\n", file)
    if loaded.value is None:
        return Parsed(None, loaded.diagnostics)
    found = [*_LINE_END.finditer(text)]
    ends = [each.start() for each in found]
    starts = [0, *(each.end() for each in found)]
    ends.append(len(text))
    if len(starts) > 1 and starts[-1] == len(text):
        starts.pop()
        ends.pop()
    source = Source(text, file, _node(text, loaded.value), ends, starts)
    repeated = tuple(_repeated(source, loaded.value))
    return Parsed(None, repeated) if repeated else Parsed(source)


def scalar_of(text: str) -> tuple[str, str] | None:
    """The characters and the tag of the text that is the value in ``- k: …``; ``None`` where it is no text alone."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return None
    node = root
    while isinstance(node, yaml.CollectionNode) and len(node.value) == 1:
        node = node.value[0]
        node = node[1] if isinstance(node, tuple) else node
    return (node.value, node.tag) if isinstance(node, yaml.ScalarNode) else None


def _repeated(source: Source, node: yaml.Node) -> Iterator[Diagnostic]:
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _repeated(source, item)
    elif isinstance(node, yaml.MappingNode):
        seen: dict[str, int] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                yield diagnose("D106", source.span(key.start_mark.index), expected="text")
            elif key.value in seen:
                first = source.span(seen[key.value]).line
                yield diagnose("D107", source.span(key.start_mark.index), key=key.value, first=first)
            else:
                seen[key.value] = key.start_mark.index
            yield from _repeated(source, value)


def _texts(text: str, node: Node) -> Iterator[tuple[int, int]]:
    """From where to where there are no comments: the texts and the keys, in order."""
    if node.style in ("|", ">"):
        yield node.start, header_end(text, node)
        line_end = _LINE_END.search(text, node.start)
        if line_end and line_end.end() < node.end:
            yield line_end.end(), node.end
    elif not node.entries:
        yield node.start, node.end
    for entry in node.entries:
        if isinstance(entry.key, str):
            yield entry.start, entry.behind
        yield from _texts(text, entry.node)


def _node(text: str, node: yaml.Node) -> Node:
    data: Data
    start = node.start_mark.index
    if isinstance(node, yaml.ScalarNode):
        return Node(_data(node), start, _end_of_text(text, node), node.style or "")
    if isinstance(node, yaml.SequenceNode):
        entries = tuple(_items(text, node))
        data = [each.node.data for each in entries]
        style = "[" if node.flow_style else "-"
    else:
        assert isinstance(node, yaml.MappingNode), node
        entries = tuple(_pairs(text, node))
        data = {str(each.key): each.node.data for each in entries}
        style = "{" if node.flow_style else ":"
    end = node.end_mark.index if node.flow_style else max(entries[-1].behind, entries[-1].node.end)
    return Node(data, start, end, style, entries)


def _end_of_text(text: str, node: yaml.ScalarNode) -> int:
    start, end = node.start_mark.index, min(node.end_mark.index, len(text))
    if node.style not in ("|", ">"):
        return int(end)
    header = _HEADER.match(text, start)
    written = text[start:end]
    if header and "+" in header[0]:
        return int(start + len(written.removesuffix("\n").removesuffix("\r")))
    return int(start + len(written.rstrip()))


def _data(node: yaml.ScalarNode) -> Data:
    value = str(node.value)
    if node.tag == _NULL:
        return None
    if node.tag == _BOOLEAN and value in _BOOLEANS:
        return _BOOLEANS[value]
    return int(value) if node.tag == _NUMBER and _INTEGER.fullmatch(value) else value


def _masked(text: str, start: int, end: int) -> str:
    """What stands between two values, with blanks for the comments."""
    return _COMMENT.sub(lambda found: " " * len(found[0]), text[start:end])


def _items(text: str, node: yaml.SequenceNode) -> Iterator[Entry]:
    done, column = node.start_mark.index, node.start_mark.column
    for number, item in enumerate(node.value):
        inner = _node(text, item)
        if node.flow_style:
            yield Entry(number, inner.start, inner.start, item.start_mark.column, inner)
        else:
            dash = done + _masked(text, done, inner.start).rfind("-")
            yield Entry(number, dash, dash + 1, column, inner)
        done = inner.end


def _pairs(text: str, node: yaml.MappingNode) -> Iterator[Entry]:
    for key, value in node.value:
        inner = _node(text, value)
        start, end = key.start_mark.index, key.end_mark.index
        colon = _masked(text, end, inner.start).find(":")
        yield Entry(str(key.value), start, end + colon + 1, key.start_mark.column, inner)
