"""The composed dossier: headings, what stands under them, notices and their lines, ready for any renderer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from biblio.document.flow import Figure, Flow, figures, flow_texts
from biblio.text.inline import Link, Rich, Strong, Text, text

PAPERS = ("A4", "A5", "Letter")
QR_CODES = ("links", "none")


class Role(StrEnum):
    """What a line of a notice says; styles give each role its look."""

    AUTHORS = "authors"
    TITLE = "title"
    SOURCE = "source"
    EVENT = "event"
    NOTE = "note"
    ANNOTATION = "annotation"
    TOPICS = "topics"
    DETAILS = "details"
    LINK = "link"
    HOLDING = "holding"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a notice. ``gap`` asks for a little space before it: the start of a new cluster of links.

    ``printed`` is what paper shows in the place of ``content``, where a link of words leads nowhere; else empty.
    """

    role: Role
    content: Rich
    gap: bool = False
    printed: Rich = ()

    @property
    def on_paper(self) -> Rich:
        """What paper shows."""
        return self.printed or self.content


@dataclass(frozen=True, slots=True)
class Notice:
    """One reference as it is printed.

    ``label`` is the tag beside it, its number and its type or its day, empty where the dossier prints none; ``new`` is
    a second tag, of what came in lately. ``number`` is that of the notice alone, where notices have numbers.
    """

    anchor: str
    citekey: str
    label: str
    lines: tuple[Line, ...]
    new: str = ""
    number: str = ""

    @property
    def address(self) -> str:
        """The address that it leads to first; empty where it leads nowhere."""
        links = (node for line in self.lines if line.role is Role.LINK for node in line.content)
        return next((node.href for node in links if isinstance(node, Link)), "")

    @property
    def title(self) -> Rich:
        """Its line of title; empty where a citation grammar puts all in one paragraph."""
        return next((line.content for line in self.lines if line.role is Role.TITLE), ())

    @property
    def name(self) -> Rich:
        """What it is called where it is told of: its title alone, of a line that runs on with authors and date."""
        return next((node.children for node in self.title if isinstance(node, Strong)), self.title)


@dataclass(frozen=True, slots=True)
class Pointer:
    """A title, the anchor of the place where it stands, and the number of the notice there, if it has one."""

    title: Rich
    anchor: str
    number: str = ""


# --- blocks: what stands under a heading. ``name`` is that of the macro that renders it -------------------------------


@dataclass(frozen=True, slots=True)
class Notices:
    """References, in their order."""

    name: ClassVar[str] = "notices"
    items: tuple[Notice, ...]

    @property
    def texts(self) -> Iterator[Rich]:
        """The words of the block that belong to no notice."""
        yield from ()


@dataclass(frozen=True, slots=True)
class Prose:
    """A text of the documentalist."""

    name: ClassVar[str] = "prose"
    flow: tuple[Flow, ...]

    @property
    def texts(self) -> Iterator[Rich]:
        """All that it says."""
        yield from flow_texts(self.flow)


@dataclass(frozen=True, slots=True)
class LinkBox:
    """A box of links; each one is a line with a link in it."""

    name: ClassVar[str] = "link_box"
    title: Rich
    links: tuple[Rich, ...]

    @property
    def texts(self) -> Iterator[Rich]:
        """The title, then the links."""
        yield self.title
        yield from self.links


@dataclass(frozen=True, slots=True)
class SeeAlso:
    """References of the section that stand in full in an earlier one."""

    name: ClassVar[str] = "see_also"
    title: Rich
    entries: tuple[Pointer, ...]

    @property
    def texts(self) -> Iterator[Rich]:
        """The title, then those of the references."""
        yield self.title
        yield from (entry.title for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of news that is no reference; ``link`` is empty where there is none."""

    anchor: str
    title: Rich
    text: Prose
    link: Rich = ()


@dataclass(frozen=True, slots=True)
class Items:
    """News, in their order."""

    name: ClassVar[str] = "items"
    items: tuple[Item, ...]

    @property
    def texts(self) -> Iterator[Rich]:
        """Title, text and link of each."""
        for item in self.items:
            yield from (item.title, *item.text.texts, item.link)


@dataclass(frozen=True, slots=True)
class Event:
    """An event to come; ``moment`` is when it starts, as HTML writes it (``2025-11-27T14:30``, ``2025-11``)."""

    anchor: str
    when: Rich
    moment: str
    title: Rich
    place: Rich
    text: Prose
    link: Rich = ()


@dataclass(frozen=True, slots=True)
class Agenda:
    """Events, the next one first."""

    name: ClassVar[str] = "agenda"
    events: tuple[Event, ...]

    @property
    def texts(self) -> Iterator[Rich]:
        """Day, title, place, text and link of each."""
        for event in self.events:
            yield from (event.when, event.title, event.place, *event.text.texts, event.link)


@dataclass(frozen=True, slots=True)
class Mention:
    """A notice that an index leads to, by its ``number`` where it has one.

    Else ``page`` is the number printed on its page, empty before the layout.
    """

    anchor: str
    title: Rich
    page: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A word of an index and the notices it stands for, in the order of print."""

    label: Rich
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """The entries of an index, in the order of a dictionary."""

    name: ClassVar[str] = "index"
    entries: tuple[IndexEntry, ...]

    @property
    def texts(self) -> Iterator[Rich]:
        """The words of the entries."""
        yield from (entry.label for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Acronym:
    """An acronym and what it stands for."""

    letters: str
    expansion: Rich


@dataclass(frozen=True, slots=True)
class Acronyms:
    """Acronyms, in the order of a dictionary."""

    name: ClassVar[str] = "acronyms"
    entries: tuple[Acronym, ...]

    @property
    def texts(self) -> Iterator[Rich]:
        """The acronyms and their expansions."""
        for entry in self.entries:
            yield from (text(entry.letters), entry.expansion)


Block = Notices | Prose | LinkBox | SeeAlso | Items | Agenda | Index | Acronyms


# --- the whole --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of ``level`` 2 (a part) or deeper, the blocks under it and the sections inside it.

    ``number`` is ``1.2`` where headings have numbers. ``running`` is what running heads say of it. ``breaks`` tells
    where it begins: on a new ``page`` or right behind (``none``), empty where the style decides. ``count``, where the
    contents tell it, is how many notices the section and those inside it print.
    """

    anchor: str
    level: int
    title: Rich
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    number: str = ""
    count: int | None = None
    running: str = ""
    breaks: str = ""

    @property
    def heading(self) -> Rich:
        """The title behind its number."""
        return (Text(f"{self.number}\u00a0"), *self.title) if self.number else self.title

    @property
    def notices(self) -> tuple[Notice, ...]:
        """The notices right under this heading."""
        return tuple(notice for block in self.blocks if isinstance(block, Notices) for notice in block.items)

    def walk(self) -> Iterator[Section]:
        """This section and all those inside it, in the order of print."""
        yield self
        for section in self.sections:
            yield from section.walk()


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the dossier says of itself. ``date`` is EDTF; the texts are plain."""

    title: str
    subtitle: str
    event: str
    publisher: str
    authors: tuple[str, ...]
    description: str
    keywords: tuple[str, ...]
    date: str
    lang: str
    rights: str = ""


@dataclass(frozen=True, slots=True)
class Mailing:
    """What an e-mail of the dossier says beside it, as plain texts.

    ``online`` and ``unsubscribe`` are addresses, or what a mailing tool puts in their place; empty for none.
    """

    sender: str = ""
    subject: str = ""
    preheader: str = ""
    online: str = ""
    unsubscribe: str = ""


@dataclass(frozen=True, slots=True)
class Cover:
    """The words of the cover, typeset; ``running`` and ``issue`` say title and subtitle in running heads.

    ``logo``, ``image`` and ``partners`` are its images, ``colour`` (``#7a1f3d``) stands in the place of the style's;
    ``cite``, ``license`` and ``contact`` are lines at its foot. All of them are empty where a dossier has none.
    """

    event: Rich
    title: Rich
    subtitle: Rich
    date: Rich
    publisher: Rich
    running: str = ""
    issue: str = ""
    logo: Figure | None = None
    image: Figure | None = None
    partners: tuple[Figure, ...] = ()
    colour: str = ""
    cite: Rich = ()
    license: Rich = ()
    contact: Rich = ()

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Its images, in the order in which they are read."""
        return tuple(each for each in (self.logo, self.image, *self.partners) if each)

    @property
    def lines(self) -> tuple[Rich, ...]:
        """What stands at its foot, in order."""
        return tuple(filter(None, (self.cite, self.license, self.contact)))


@dataclass(frozen=True, slots=True)
class Document:
    """A whole dossier of a ``kind``.

    ``contents_title`` heads the table of contents, and is empty where there is none; ``news_title`` the list of what is
    new, which stands behind it. The ``parts`` are the sections of level 2. ``paper`` is one of
    ``PAPERS``. With ``qr_codes`` paper shows the address of each notice as a code too.
    """

    kind: str
    metadata: Metadata
    cover: Cover
    contents_title: Rich
    parts: tuple[Section, ...]
    closing: Rich = ()
    news_title: Rich = ()
    news: tuple[Pointer, ...] = ()
    paper: str = "A4"
    mailing: Mailing = Mailing()
    qr_codes: bool = False

    @property
    def sections(self) -> Iterator[Section]:
        """Every section of every part, in the order of print."""
        for part in self.parts:
            yield from part.walk()

    @property
    def notices(self) -> Iterator[Notice]:
        """Every notice, in the order of print."""
        for section in self.sections:
            yield from section.notices

    @property
    def figures(self) -> Iterator[Figure]:
        """Every image of the cover and of the documentalist's texts, in the order of print."""
        yield from self.cover.figures
        for prose in self.prose:
            yield from figures(prose.flow)

    @property
    def prose(self) -> Iterator[Prose]:
        """Every text of the documentalist, in the order of print."""
        for section in self.sections:
            for block in section.blocks:
                match block:
                    case Prose():
                        yield block
                    case Items(items):
                        yield from (item.text for item in items)
                    case Agenda(events):
                        yield from (event.text for event in events)
                    case _:
                        pass

    @property
    def texts(self) -> Iterator[Rich]:
        """Everything that the dossier says itself, beside its notices."""
        cover = self.cover
        yield from (cover.event, cover.title, cover.subtitle, cover.date, cover.publisher, *cover.lines)
        yield from (each.credit for each in cover.figures)
        yield from (self.contents_title, self.closing, self.news_title)
        for section in self.sections:
            yield section.heading
            for block in section.blocks:
                yield from block.texts
