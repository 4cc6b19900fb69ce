"""The notices of a dossier, read back from the HTML that biblio made of it: where each stands, and its lines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from biblio.document.tree import Role

MOST = 32_000_000  # characters
MOST_ELEMENTS = 500_000
_UNCLOSED = re.compile(r"<[^<>]*(?:<|\Z)")
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_BLOCKS = ("p", *_HEADINGS)  # the title of a notice is a heading, or was a paragraph once
_PASSED = frozenset(("new", "citation"))  # what stands inside a notice and says nothing of the reference itself
_LINES = frozenset(("label", *Role))  # a page may have been changed since: what else it names is a note


@dataclass(frozen=True, slots=True)
class PrintedNotice:
    """A notice: its anchor, the headings above it from the part inwards, and its lines, joined, by their roles."""

    anchor: str
    path: tuple[str, ...]
    lines: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """The notices in the order of the page, and the path of every heading."""

    notices: tuple[PrintedNotice, ...]
    headings: frozenset[tuple[str, ...]]


class TooMuchError(Exception):
    """A page holds more than any of ours."""


def read_page(html: str) -> PrintedPage:
    """The notices of a page; none when it is no page of ours.

    Raises ``TooMuchError`` beyond ``MOST`` characters or ``MOST_ELEMENTS``.
    """
    if len(html) > MOST:
        raise TooMuchError
    if not _is_ours(html):
        return PrintedPage((), frozenset())
    reader = _Reader()
    reader.feed(html)
    reader.close()
    notices = tuple(PrintedNotice(each.anchor, each.path, each.lines) for each in reader.found)
    return PrintedPage(notices, frozenset(reader.headings))


def _is_ours(html: str) -> bool:
    """Whether every « < » opens something that ends before the next one, as in a page of ours, but for its sheet.

    Our script has no « < ».
    On anything else the library's parser may look for an end again and again: a time that grows with the square.
    """
    sheet = html.find("<style>")
    sheet_ends = html.find("</style>", sheet)
    text = html[:sheet] + html[sheet_ends:] if 0 <= sheet < sheet_ends else html
    return _UNCLOSED.search(text) is None


@dataclass(slots=True)
class _Notice:
    anchor: str
    path: tuple[str, ...]
    lines: dict[str, str] = field(default_factory=dict)


class _Reader(HTMLParser):
    """Follows headings and notices; text is gathered inside a heading and inside each paragraph of a notice."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[_Notice] = []
        self.elements = 0
        self.headings: set[tuple[str, ...]] = set()
        self.path: list[tuple[str, str]] = []  # the level of each heading, and its words
        self.inside = False  # a notice
        self.depth = 0  # lists inside it
        self.role = ""
        self.passing = False  # over words that say nothing of the reference itself
        self.text: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements += 1
        if self.elements > MOST_ELEMENTS:
            raise TooMuchError
        given = dict(attrs)
        classes = (given.get("class") or "").split()
        if tag in _HEADINGS and "title" not in classes and given.get("id") != "_files":
            self.text = []
        elif tag == "li" and self.inside:
            self.depth += 1
        elif tag == "li" and "notice" in classes:
            self.inside, self.depth = True, 0
            self.found.append(_Notice(given.get("id") or "", tuple(words for _, words in self.path)))
        elif tag == "span" and self.inside:
            self.passing = "new" in classes
        elif tag in _BLOCKS and self.inside and _PASSED.isdisjoint(classes):
            self.role, self.text = next((each for each in classes if each in _LINES), "note"), []

    def handle_data(self, data: str) -> None:
        if self.text is not None and not self.passing:
            self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        words = " ".join("".join(self.text or ()).split())
        if tag in _HEADINGS and not self.inside and self.text is not None:
            self.path = [(level, other) for level, other in self.path if level < tag]
            self.path.append((tag, words))
            self.headings.add(tuple(words for _, words in self.path))
            self.text = None
        elif tag == "span":
            self.passing = False
        elif tag in _BLOCKS and self.inside and self.text is not None:
            lines = self.found[-1].lines
            if words:
                lines[self.role] = "\n".join(filter(None, (lines.get(self.role, ""), words)))
            self.text = None
        elif tag == "li" and self.inside:
            self.inside = self.depth > 0
            self.depth -= 1
