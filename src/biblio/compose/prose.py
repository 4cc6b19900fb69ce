"""The documentalist's own texts: Markdown becomes paragraphs, lists, headings, tables and images.

CommonMark (spec.commonmark.org, 0.31) read by markdown-it, with the tables of GitHub (github.github.com/gfm, § 4.10). A
dossier knows paragraphs, hard line breaks, emphasis, strong emphasis, lists, links to http, https and mailto, headings
outside of lists, tables, and images of the project that stand by themselves. The rest, code, quotations, rules and
HTML, with the deletions that others add to it, is printed as it was typed, and reported: nothing that was written is
lost, and nothing becomes markup.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from biblio.compose.composer import Composer, with_links
from biblio.compose.images import image_of
from biblio.document.flow import Figure, Flow, Listing, Paragraph, Subheading, Table
from biblio.document.tree import Prose
from biblio.reference.link import encoded, is_safe
from biblio.text.inline import (
    Break,
    Emph,
    Inline,
    Link,
    Rich,
    Strong,
    Text,
    Verbatim,
    merge,
    plain,
    with_children,
)
from biblio.words.faults import Span, diagnose

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

# ``<https://…>`` and ``[words](https://…)`` with blanks in the address; behind a quotation mark comes a link's title.
_BLANK_INSIDE = re.compile(
    r"(?P<before><|\]\()(?P<url>https?://[^()<>\s]+(?: +[^()<>\s\"']+)+)(?P<after>[)>])", re.IGNORECASE
)
_SHOWN = 60  # as many characters of what cannot be set are quoted in a message
# Beyond these a table is no text any more, and columns are too narrow on paper.
MOST_COLUMNS, MOST_ROWS, LONGEST_CELL = 8, 200, 1000


def prose(value: str, span: Span, composer: Composer, places: Sequence[Span] = ()) -> Prose:
    """The text of a Markdown source, typeset. What it cannot say is reported (W111, W112, W131 to W135).

    ``places`` has the place of each line of the source; a fault of a line without one stands at ``span``.
    """
    if not value.strip():
        return Prose(())
    reader = _Reader(value.split("\n"), span, places, composer)
    return Prose(tuple(reader.flow(_parser().parse(_BLANK_INSIDE.sub(reader.address, value)))))


def with_whole_addresses(value: str, span: Span, composer: Composer) -> str:
    """A text that is no Markdown, the blanks of whose addresses between ``<`` and ``>`` are reported and coded."""
    return _BLANK_INSIDE.sub(_Reader(value.split("\n"), span, (), composer).address, value)


def followed(url: str, span: Span, composer: Composer) -> str:
    """An address with its blanks as an address writes them, which is reported (R220)."""
    address = encoded(url)
    if address == url or not is_safe(address):
        return url
    composer.diagnostics.append(diagnose("R220", span, value=url[:_SHOWN], right=address[:_SHOWN]))
    return address


@cache
def _parser() -> MarkdownIt:
    # Only when there is a text to read: the commands that read none start faster.
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import backtick, html_inline, image, link

    # Link definitions on lines of their own would vanish when nothing refers to them. Deletions are not set, but must
    # be seen to be reported.
    parser = MarkdownIt("commonmark").disable("reference").enable(["table", "strikethrough"])
    for name, rule in (("backticks", backtick), ("html_inline", html_inline), ("image", image), ("link", link)):
        parser.inline.ruler.at(name, _noted(rule))
    # Every address is looked at here: one that may not be a link is printed, and said to be.
    parser.validateLink = _any_address  # type: ignore[method-assign]
    return parser


def _any_address(url: str) -> bool:
    return True


def _noted(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """A rule whose last token knows what was typed, and how many lines of its paragraph end before what follows."""

    def noting(state: StateInline, silent: bool) -> bool:
        start, tokens = state.pos, len(state.tokens)
        found = rule(state, silent)
        if len(state.tokens) > tokens:
            state.tokens[-1].meta["typed"] = state.src[start : state.pos]
            state.tokens[-1].meta["ended"] = state.src.count("\n", 0, state.pos)
        return found

    return noting


class _Reader:
    """Makes the pieces of one text from its tokens."""

    def __init__(self, lines: Sequence[str], span: Span, places: Sequence[Span], composer: Composer) -> None:
        self.lines = lines
        self.span = span
        self.places = places
        self.composer = composer
        self.open_ranks: list[int] = []

    def address(self, match: re.Match[str]) -> str:
        """An address of the source that has blanks: Markdown would take its first word for all of it."""
        line = match.string.count("\n", 0, match.start("url"))
        return match["before"] + followed(match["url"], self.place(line, match["url"]), self.composer) + match["after"]

    # --- paragraphs, lists, headings, tables, images -----------------------------------------------------------------

    def flow(self, tokens: Sequence[Token], *, listed: bool = False) -> Iterator[Flow]:
        """The pieces of a text, or of an item of a list, which has no headings, tables or images."""
        for first, inside in _elements(tokens):
            if first.type == "paragraph_open":
                yield from self.paragraph(first, inside[0].children or (), listed)
            elif first.type in ("bullet_list_open", "ordered_list_open"):
                items = tuple(tuple(self.flow(item, listed=True)) for _, item in _elements(inside))
                start = int(first.attrs.get("start", 1)) if first.type == "ordered_list_open" else None
                yield Listing(items, start)
            elif first.type == "heading_open" and not listed and inside[0].content:
                yield Subheading(self.depth(int(first.tag[1:])), self.set_inline(inside[0], _line(first)))
            elif first.type == "table_open" and not listed:
                yield self.table(first, inside)
            else:
                words = self.block(first)
                self.unsupported(plain(words), _line(first))
                yield Paragraph(self.composer.set(words))

    def paragraph(self, first: Token, children: Sequence[Token], listed: bool) -> Iterator[Flow]:
        """A paragraph; one of nothing but images is those, where all of them can be printed."""
        _number(children, _line(first))
        images = [each for each in children if each.type != "softbreak"]
        if images and not listed and all(each.type == "image" for each in images):
            figures = [self.figure(each) for each in images]
            yield from (each if isinstance(each, Figure) else Paragraph(self.composer.set((each,))) for each in figures)
            return
        yield Paragraph(self.composer.set(self.inline(children)))

    def set_inline(self, token: Token, line: int) -> Rich:
        """The words of a heading or a cell, typeset."""
        children = token.children or ()
        _number(children, line)
        return self.composer.set(self.inline(children))

    def depth(self, rank: int) -> int:
        """How deep a heading of a rank stands under those before it: no level is left out, whatever was typed."""
        while self.open_ranks and self.open_ranks[-1] >= rank:
            self.open_ranks.pop()
        self.open_ranks.append(rank)
        return len(self.open_ranks)

    def table(self, first: Token, inside: Sequence[Token]) -> Table | Paragraph:
        """A table; as typed one that is not to be set as such, which is reported (W135)."""
        rows = [
            (_line(row), [(cell, words[0]) for cell, words in _elements(cells)])
            for _, part in _elements(inside)
            for row, cells in _elements(part)
        ]
        if self.is_beyond_measure(rows):
            place = self.place(_line(first), self.lines[_line(first)].strip())
            self.composer.diagnostics.append(
                diagnose("W135", place, columns=MOST_COLUMNS, rows=MOST_ROWS, characters=LONGEST_CELL)
            )
            return Paragraph(self.composer.set(self.block(first)))
        heads, *others = (tuple(self.set_inline(words, line) for _, words in cells) for line, cells in rows)
        aligned = tuple(str(cell.attrs.get("style", "")).removeprefix("text-align:") for cell, _ in rows[0][1])
        return Table(heads, tuple(others), aligned)

    def is_beyond_measure(self, rows: Sequence[tuple[int, Sequence[tuple[Token, Token]]]]) -> bool:
        """Whether a table is too large, or has a row with more cells than heads, which Markdown would drop."""
        from markdown_it.rules_block.table import escapedSplit

        heads = rows[0][1]
        return (
            len(heads) > MOST_COLUMNS
            or len(rows) > MOST_ROWS
            or any(len(words.content) > LONGEST_CELL for _, cells in rows for _, words in cells)
            or any(len(escapedSplit(self.lines[line].strip().strip("|"))) > len(heads) for line, _ in rows[1:])
            or not any(words.content for _, words in heads[1:] or heads)
        )

    def figure(self, token: Token) -> Figure | Text:
        """An image of the project with the text that stands for it; what was typed when it cannot be printed."""
        typed, line = " ".join(str(token.meta["typed"]).split()), _line(token)
        path = unquote(str(token.attrs.get("src", "")))
        children = token.children or ()
        said = "".join(" " if each.type == "softbreak" else each.content for each in children)
        said = " ".join(said.split())
        picture = image_of(path, said, self.place(line, typed), self.composer)
        if picture is None:
            return Text(typed)
        credit = str(token.attrs.get("title", ""))
        return Figure(picture, said, self.composer.set(with_links(credit)))

    def block(self, token: Token) -> Rich:
        """What a text cannot say, line by line as it was typed."""
        begin, end = token.map or (0, 0)
        typed = [" ".join(line.split()) for line in self.lines[begin:end] if line.strip()]
        rich: list[Inline] = []
        for line in typed:
            rich += (Break(), Text(line)) if rich else (Text(line),)
        return tuple(rich)

    # --- what stands in a line --------------------------------------------------------------------------------------

    def inline(self, tokens: Sequence[Token]) -> Rich:
        rich: list[Inline] = []
        for first, inside in _elements(tokens):
            match first.type:
                case "text":
                    rich += with_links(first.content)
                case "softbreak":
                    rich.append(Text(" "))
                case "hardbreak":
                    rich.append(Break())
                case "em_open":
                    rich.append(Emph(self.inline(inside)))
                case "strong_open":
                    rich.append(Strong(self.inline(inside)))
                case "link_open":
                    rich += self.link(first, inside)
                case "s_open":
                    deleted = (Text(first.markup), *self.inline(inside), Text(first.markup))
                    self.unsupported(plain(deleted), _line(first))
                    rich += deleted
                case _:
                    rich.append(self.unsupported(" ".join(str(first.meta["typed"]).split()), _line(first)))
        return merge(tuple(rich))

    def link(self, token: Token, inside: Sequence[Token]) -> Rich:
        url, title = str(token.attrs.get("href", "")), str(token.attrs.get("title", ""))
        if token.info == "auto":
            # The library decodes what is printed, for the sake of letters.
            words: Rich = (Verbatim(encoded("".join(each.content for each in inside))),)
        else:
            words = self.inline(inside)
        linked = words
        if is_safe(url) and words:
            linked = _linked(words, url)
        else:
            self.composer.diagnostics.append(diagnose("W112", self.place(_line(token), url), url=url[:_SHOWN]))
            if token.info != "auto":
                linked = (*words, Text(" ("), Verbatim(url), Text(")"))
        if not title:
            return linked
        return (*linked, Text(" ("), self.unsupported(f'"{title}"', _line(token)), Text(")"))

    # --- what it cannot say -----------------------------------------------------------------------------------------

    def unsupported(self, typed: str, line: int) -> Text:
        """Reports what was typed, and gives it back to be printed."""
        shown = typed if len(typed) <= _SHOWN else typed[: _SHOWN - 1] + "…"
        self.composer.diagnostics.append(diagnose("W111", self.place(line, typed), text=shown))
        return Text(typed)

    def place(self, line: int, typed: str) -> Span:
        """Where ``typed`` stands on a line, counted from 0, that has it once; else the line, else the whole text."""
        if line >= len(self.places):
            return self.span
        place, found = self.places[line], self.lines[line]
        if found.count(typed) != 1:
            return place
        return replace(place, column=place.column + found.index(typed), length=len(typed))


def _number(tokens: Iterable[Token], line: int) -> None:
    """Gives each token of a paragraph the line of the source on which it begins."""
    first = line
    for token in tokens:
        token.map = [line, line]
        if "ended" in token.meta:
            line = first + int(token.meta["ended"])
        elif token.type in ("softbreak", "hardbreak"):
            line += 1


def _line(token: Token) -> int:
    return token.map[0] if token.map else 0


def _linked(words: Rich, url: str) -> Rich:
    """Words that lead to an address: a link holds characters alone, so each run of them is one."""
    linked: list[Inline] = []
    for node in merge(tuple(Text(plain((node,))) if isinstance(node, Link) else node for node in words)):
        match node:
            case Text(value) if not value.strip():
                linked.append(node)
            case Text() | Verbatim():
                linked.append(Link(url, (node,)))
            case Break():
                linked.append(node)
            case _:
                linked.append(with_children(node, _linked(node.children, url)))
    return tuple(linked)


def _elements(tokens: Sequence[Token]) -> Iterator[tuple[Token, Sequence[Token]]]:
    """Each token of the outermost level, with those up to the one that closes it."""
    position = 0
    while position < len(tokens):
        end = position
        depth: int = tokens[position].nesting
        while depth > 0:
            end += 1
            depth += tokens[end].nesting
        yield tokens[position], tokens[position + 1 : end]
        position = end + 1
