"""Reads an HTML page strictly: every element is closed, in order, and what is wrong is said rather than mended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

# The elements that have no end tag (HTML Living Standard § 13.1.2), as far as a dossier uses them.
VOID = frozenset({"meta", "link", "br", "hr", "img", "input", "wbr"})


@dataclass(eq=False, repr=False)
class Node:
    """An element, with its attributes and what is inside."""

    tag: str
    attributes: dict[str, str]
    parent: Node | None = None
    kids: list[Node | str] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """This element and all those inside it, in order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.walk()

    def find(self, *tags: str) -> list[Node]:
        """The elements of these tags, in order."""
        return [node for node in self.walk() if node.tag in tags]

    @property
    def text(self) -> str:
        """All the characters inside."""
        return "".join(kid if isinstance(kid, str) else kid.text for kid in self.kids)


@dataclass(frozen=True)
class Page:
    """A page, and the faults of its nesting."""

    root: Node
    faults: tuple[str, ...]


def read_html(source: str) -> Page:
    """Reads a whole page."""
    reader = _Reader()
    reader.feed(source)
    reader.close()
    left = [f"<{node.tag}> is never closed" for node in reader.open[1:]]
    return Page(reader.open[0], (*reader.faults, *left))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Node("", {})]
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs}, self.open[-1])
        if len(node.attributes) < len(attrs):
            self.faults.append(f"<{tag}> has an attribute twice, line {self.getpos()[0]}")
        self.open[-1].kids.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1].tag == tag:
            self.open.pop()
        else:
            self.faults.append(f"</{tag}> closes <{self.open[-1].tag}>, line {self.getpos()[0]}")

    def handle_data(self, data: str) -> None:
        self.open[-1].kids.append(data)
