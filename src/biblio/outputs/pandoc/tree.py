"""A document as pandoc's tree: the one mapper of all the twins that pandoc writes.

A ``Medium`` says what the formats do in their own way: whether paragraphs bear the names of styles, what anchors look
like, how the contents and the pages of an index are made. Whatever the medium, the headings, the notices, their lines
and their links are the same, in the same order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from biblio.document.flow import Figure, Flow, Listing, Paragraph, Subheading, Table
from biblio.document.tree import (
    Acronyms,
    Agenda,
    Block,
    Document,
    Index,
    Items,
    Line,
    LinkBox,
    Notice,
    Notices,
    Pointer,
    Prose,
    Role,
    Section,
    SeeAlso,
)
from biblio.formats.text import without_controls
from biblio.outputs.pandoc.inlines import Inlines, Node, attributes, inlines, link, node, words
from biblio.text.inline import Rich, plain
from biblio.words.tables import term

API = [1, 23, 1]  # the version of the tree that pandoc 3 reads
LOGO = 30  # hundredths of the width of the text
WIDE = 600  # pixels of an image as wide as the text, 16 cm
FIRST, LEVELS = 2, 5  # the level of parts in a document, and how many levels of headings there are from there on

# The names that paragraphs have in the styles of office documents, by what a line says.
STYLES = {
    "cover-event": "Cover Event",
    "title": "Title",
    "subtitle": "Subtitle",
    "date": "Date",
    "publisher": "Cover Publisher",
    "contents": "Contents Title",
    "label": "Notice Label",
    "new": "Notice New",
    **{role.value: f"Notice {role.value.capitalize()}" for role in Role if role is not Role.TITLE},
    "notice-title": "Notice Title",
    # The first line of a notice that has no label before it.
    "authors-first": "Notice Authors First",
    "notice-title-first": "Notice Title First",
    "box-title": "Box Title",
    "when": "Event Date",
    "place": "Event Place",
    "acronym": "Acronym",
    "index": "Index Entry",
    "closing": "Closing Words",
    "credit": "Credit",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: how deep it stands, its words, the anchor that it leads to."""

    depth: int
    title: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Medium:
    """What a format does in its own way.

    ``styled`` paragraphs bear the name of a style, the others are joined in a few paragraphs a notice. ``cover`` says
    whether the cover is part of the tree, ``top`` the level of the headings of parts. ``anchor`` gives an anchor the
    shape that names have there. ``contents`` makes the table of contents of its title and entries; ``page`` the
    reference to the page of an anchor, where there are pages. What is ``unmarked`` is words alone. With
    ``marked_inside`` the anchor of a notice stands in its first line. With ``pictures`` it has images.
    """

    styled: bool
    cover: bool
    top: int = 1
    anchor: Callable[[str], str] = str
    contents: Callable[[str, Sequence[Entry]], list[Node]] | None = None
    page: Callable[[str], Node] | None = None
    unmarked: bool = False
    marked_inside: bool = False
    pictures: bool = False


def tree(document: Document, medium: Medium, created: str) -> dict[str, Any]:
    """The document in pandoc's tree; ``created`` is the day that files bear."""
    mapper = _Mapper(document, medium)
    return {"pandoc-api-version": API, "meta": _meta(document, created), "blocks": list(mapper.blocks())}


def _meta(document: Document, created: str) -> dict[str, Any]:
    said = document.metadata
    texts = {
        "title": said.title,
        "subtitle": said.subtitle,
        "lang": said.lang,
        "description": said.description,
        "subject": said.event,
        "publisher": said.publisher,
        "date": created,
    }
    meta = {name: node("MetaInlines", words(value)) for name, value in texts.items() if value}
    lists = {"author": said.authors, "keywords": said.keywords}
    for name, values in lists.items():
        if values:
            meta[name] = node("MetaList", [node("MetaInlines", words(value)) for value in values])
    return meta


@dataclass(frozen=True, slots=True)
class _Mapper:
    document: Document
    medium: Medium

    def blocks(self) -> Iterator[Node]:
        document = self.document
        if self.medium.cover:
            yield from self.cover()
        if document.contents_title and self.medium.contents:
            yield from self.medium.contents(plain(document.contents_title), list(self.entries(document.parts, 1)))
        if document.news:
            yield self.paragraph("contents", self.rich(document.news_title), anchor="new")
            yield self.listing(self.pointers(document.news))
        for part in document.parts:
            yield from self.section(part)
        if document.closing:
            yield self.paragraph("closing", self.rich(document.closing))

    def entries(self, sections: Iterable[Section], depth: int) -> Iterator[Entry]:
        lang = self.document.metadata.lang
        for section in sections:
            count = "" if section.count is None else " " + term("dossier.count", lang).format(count=section.count)
            yield Entry(depth, without_controls(plain(section.heading) + count), self.medium.anchor(section.anchor))
            yield from self.entries(section.sections, depth + 1)

    def rich(self, rich: Rich) -> Inlines:
        return inlines(rich, unmarked=self.medium.unmarked)

    # --- pieces ------------------------------------------------------------------------------------------------------

    def paragraph(self, style: str, content: Inlines, anchor: str = "", kind: str = "Para") -> Node:
        """A paragraph, in a division that names its style where styles have names."""
        anchor = self.medium.anchor(anchor) if anchor else ""
        if self.medium.styled:
            return node("Div", [attributes(anchor, custom_style=STYLES[style]), [node(kind, content)]])
        if anchor:
            content = [node("Span", [attributes(anchor), []]), *content]
        return node(kind, content)

    def listing(self, items: Iterable[list[Node]]) -> Node:
        return node("BulletList", list(items))

    def pointers(self, pointers: Iterable[Pointer]) -> Iterator[list[Node]]:
        for pointer in pointers:
            title = self.internal(pointer.anchor, words(plain(pointer.title)))
            yield [node("Plain", [title, *self.numbered(pointer.number)])]

    def numbered(self, number: str) -> Inlines:
        """The number of a notice behind its title; nothing where notices have none."""
        if not number:
            return []
        return words(term("dossier.at_number", self.document.metadata.lang).format(number=number))

    def internal(self, anchor: str, content: Inlines) -> Node:
        return link(f"#{self.medium.anchor(anchor)}", content)

    def cover(self) -> Iterator[Node]:
        cover = self.document.cover
        if cover.logo:
            yield from self.figure(cover.logo, LOGO)
        if cover.event:
            yield self.paragraph("cover-event", self.rich(cover.event))
        if self.medium.styled:
            yield self.paragraph("title", self.rich(cover.title))
        else:
            yield node("Header", [1, attributes(), self.rich(cover.title)])
        if cover.subtitle:
            yield self.paragraph("subtitle", self.rich(cover.subtitle))
        for figure in filter(None, (cover.image,)):
            yield from self.figure(figure)
        for style, rich in (("date", cover.date), ("publisher", cover.publisher)):
            if rich:
                yield self.paragraph(style, self.rich(rich))
        for line in cover.lines:
            yield self.paragraph("credit", self.rich(line))
        for figure in cover.partners:
            yield from self.figure(figure, LOGO)

    def section(self, section: Section) -> Iterator[Node]:
        level = section.level - FIRST + self.medium.top
        yield node("Header", [level, attributes(self.medium.anchor(section.anchor)), self.rich(section.heading)])
        for block in section.blocks:
            yield from self.block(block, level + 1)
        for inner in section.sections:
            yield from self.section(inner)

    def block(self, block: Block, level: int) -> Iterator[Node]:
        """A block; the headings inside its texts begin at ``level``."""
        match block:
            case Notices(items):
                for notice in items:
                    yield from self.notice(notice)
            case Prose(flow):
                yield from self.flow(flow, level)
            case LinkBox(title, links):
                yield self.paragraph("box-title", self.rich(title))
                yield self.listing([node("Plain", self.rich(each))] for each in links)
            case SeeAlso(title, entries):
                yield self.paragraph("box-title", self.rich(title))
                yield self.listing(self.pointers(entries))
            case Items():
                yield from self.items(block, level)
            case Agenda():
                yield from self.agenda(block, level)
            case Index():
                yield from self.index(block)
            case Acronyms(entries):
                colon = term("dossier.colon", self.document.metadata.lang)
                for entry in entries:
                    letters = node("Strong", words(entry.letters))
                    yield self.paragraph("acronym", [letters, *words(colon), *self.rich(entry.expansion)])

    # --- blocks ------------------------------------------------------------------------------------------------------

    def notice(self, notice: Notice) -> Iterator[Node]:
        before = [(name, words(value)) for name, value in (("label", notice.label), ("new", notice.new)) if value]
        lines = [*before, *((_style(line), self.rich(line.content)) for line in notice.lines)]
        if self.medium.styled:
            names = [style for style, _ in lines]
            names[:1] = map(_first, names[:1])
            yield self.division(
                notice.anchor, "notice", [(name, line) for name, (_, line) in zip(names, lines, strict=True)]
            )
            return
        yield from self.joined(notice.anchor, lines)

    def division(self, anchor: str, name: str, lines: Sequence[tuple[str, Inlines]]) -> Node:
        """Lines in a division that bears their anchor, or whose first line does."""
        anchor = self.medium.anchor(anchor)
        if self.medium.marked_inside:
            mark = node("Span", [attributes(anchor), []])
            lines = [
                (style, [mark, *content] if number == 0 else content) for number, (style, content) in enumerate(lines)
            ]
            anchor = ""
        inside = [self.paragraph(style, content) for style, content in lines]
        return node("Div", [attributes(anchor, name), inside])

    def joined(self, anchor: str, lines: Sequence[tuple[str, Inlines]]) -> Iterator[Node]:
        """Lines in as few paragraphs as read well: of the reference, of each paragraph said of it, of its links."""
        content: Inlines = [node("Span", [attributes(self.medium.anchor(anchor)), []])]
        before = ""
        for style, words_of_line in lines:
            apart = "annotation" in (style, before) or (style == "link" and before != "link")
            if before and apart:
                yield node("Para", content)
                content = []
            elif before:
                content.append(node("LineBreak"))
            content += words_of_line
            before = style
        yield node("Para", content)

    def flow(self, flow: Iterable[Flow], level: int) -> Iterator[Node]:
        """A text; its own headings begin at ``level``, and have no line in the contents."""
        for piece in flow:
            match piece:
                case Paragraph(content):
                    yield node("Para", self.rich(content))
                case Subheading(depth, content):
                    rank = min(level + depth - 1, LEVELS + self.medium.top - 1)
                    yield node("Header", [rank, attributes("", "unnumbered", "unlisted"), self.rich(content)])
                case Table():
                    yield self.table(piece)
                case Figure():
                    yield from self.figure(piece)
                case Listing(items, None):
                    yield self.listing(list(self.flow(item, level)) for item in items)
                case Listing(items, start):
                    numbers = [start, node("Decimal"), node("Period")]
                    yield node("OrderedList", [numbers, [list(self.flow(item, level)) for item in items]])

    def table(self, table: Table) -> Node:
        aligned = {"left": "AlignLeft", "right": "AlignRight", "center": "AlignCenter", "": "AlignDefault"}
        columns = [
            [node(aligned[each]), node("ColWidth", share / 100)]
            for each, share in zip(table.aligned, table.shares, strict=True)
        ]
        body = [attributes(), int(table.has_row_heads), [], [self.row(row) for row in table.rows]]
        head = [attributes(), [self.row(table.heads)]]
        return node("Table", [attributes(), [None, []], columns, head, [body], [attributes(), []]])

    def row(self, row: Iterable[Rich]) -> list[Any]:
        cells = [[attributes(), node("AlignDefault"), 1, 1, [node("Plain", self.rich(cell))]] for cell in row]
        return [attributes(), cells]

    def figure(self, figure: Figure, most: int = 100) -> Iterator[Node]:
        """An image with its text and whom it is owed to; the text in its place where a format has no images.

        It is at most as wide as ``most`` hundredths of the text.
        """
        if self.medium.pictures:
            share = min(most, round(100 * figure.picture.width / WIDE))
            shown = [attributes(width=f"{share}%"), words(figure.said), [figure.picture.inline, ""]]
            yield node("Para", [node("Image", shown)])
        else:
            said = term("texts.image", self.document.metadata.lang).format(text=figure.said)
            yield node("Para", words(said))
        if figure.credit:
            yield self.paragraph("credit", self.rich(figure.credit))

    def items(self, block: Items, level: int) -> Iterator[Node]:
        for item in block.items:
            yield from self.anchored(item.anchor, [("notice-title", item.title)])
            yield from self.flow(item.text.flow, level)
            if item.link:
                yield self.paragraph("link", self.rich(item.link))

    def agenda(self, block: Agenda, level: int) -> Iterator[Node]:
        for event in block.events:
            lines = [("when", event.when), ("notice-title", event.title), ("place", event.place)]
            yield from self.anchored(event.anchor, lines)
            yield from self.flow(event.text.flow, level)
            if event.link:
                yield self.paragraph("link", self.rich(event.link))

    def anchored(self, anchor: str, lines: Iterable[tuple[str, Rich]]) -> Iterator[Node]:
        """A few lines, the title among them in bold, to whose first the anchor leads."""
        shown = [(style, self.rich(rich)) for style, rich in lines if rich]
        strong = [(style, [node("Strong", made)] if style == "notice-title" else made) for style, made in shown]
        if self.medium.styled:
            yield self.division(anchor, "item", [(_first(style), made) for style, made in strong[:1]] + strong[1:])
        else:
            yield from self.joined(anchor, strong)

    def index(self, block: Index) -> Iterator[Node]:
        for entry in block.entries:
            if self.medium.page is None:
                titles = [
                    [
                        node(
                            "Plain",
                            [self.internal(each.anchor, words(plain(each.title))), *self.numbered(each.number)],
                        )
                    ]
                    for each in entry.mentions
                ]
                yield self.paragraph("index", self.rich(entry.label))
                yield self.listing(titles)
                continue
            content = self.rich(entry.label)
            for number, mention in enumerate(entry.mentions):
                at = self.medium.anchor(mention.anchor)
                to = self.internal(mention.anchor, words(mention.number)) if mention.number else self.medium.page(at)
                content += [*words(", " if number else "\u2003"), to]
            yield self.paragraph("index", content)


def _first(style: str) -> str:
    """The style of a first line, with room above it, where it has one."""
    return name if (name := f"{style}-first") in STYLES else style


def _style(line: Line) -> str:
    return "notice-title" if line.role is Role.TITLE else line.role.value
