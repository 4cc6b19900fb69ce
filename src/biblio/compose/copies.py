"""Puts the archived copy of what is dead beside each link that led there: « (copie archivée le 3 mai 2021) »."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urldefrag

from biblio.citation.dates import in_words
from biblio.collection.link_verdict import State, Verdict
from biblio.compose.composer import Composer
from biblio.document.flow import Figure, Flow, Listing, Paragraph, Subheading, Table
from biblio.document.tree import Agenda, Block, Items, LinkBox, Notice, Notices, Prose, Role, Section
from biblio.reference.date import parse_date
from biblio.text.inline import Inline, Link, Rich, Text, Verbatim, Version, merge, plain, with_children
from biblio.words.tables import term

# By the address as it is asked, what is thought of it; those alone of which there is a copy.
Archived = Mapping[str, Verdict]


@dataclass(frozen=True, slots=True)
class Copies:
    """The copies that a document prints, set by its composer."""

    archived: Archived
    composer: Composer

    def sections(self, sections: Iterable[Section]) -> Iterator[Section]:
        """The sections with what is archived beside the links of their notices and texts."""
        for section in sections:
            if not self.archived:
                yield section
                continue
            blocks = tuple(map(self._block, section.blocks))
            yield replace(section, blocks=blocks, sections=tuple(self.sections(section.sections)))

    def beside(self, rich: Rich) -> Rich:
        """A text with its copies; a link inside it knows its own."""
        if not self.archived:
            return rich
        found: list[Inline] = []
        for node in rich:
            if isinstance(node, Link):
                found += self._linked(node)
            elif isinstance(node, Text | Verbatim):
                found.append(node)
            else:
                found.append(with_children(node, self.beside(node.children)))
        return merge(tuple(found))

    def _linked(self, link: Link) -> Rich:
        verdict = self.archived.get(urldefrag(link.href).url)
        copy = verdict.copy if verdict else None
        if verdict is None or copy is None:
            return (link,)
        date = parse_date(copy.date)
        said = {"date": in_words(date, self.composer.options.lang) if date else copy.date, "archive": copy.archive}
        if copy.on_site:
            words = self._words("dossier.copy_on_site", said)
            return (link, Text(f" ({plain(words)})")) if verdict.state is State.DEAD else (link,)
        version = Version(link.href, copy.url, copy.date)
        link = replace(link, version=version)
        if verdict.state is not State.DEAD:
            return (link,)
        return (link, Text(" ("), Link(copy.url, self._words("dossier.copy_archived", said), version), Text(")"))

    def _words(self, name: str, said: Mapping[str, str]) -> Rich:
        """Words in characters alone, as a link has them, with the spaces of their language."""
        return (Text(plain(self.composer.words(term(name, self.composer.options.lang).format(**said)))),)

    def _block(self, block: Block) -> Block:
        match block:
            case Notices(items):
                return Notices(tuple(map(self.notice, items)))
            case Prose():
                return self._prose(block)
            case LinkBox(title, links):
                return LinkBox(title, tuple(map(self.beside, links)))
            case Items(items):
                return Items(
                    tuple(replace(each, text=self._prose(each.text), link=self.beside(each.link)) for each in items)
                )
            case Agenda(events):
                return Agenda(
                    tuple(replace(each, text=self._prose(each.text), link=self.beside(each.link)) for each in events)
                )
            case _:
                return block

    def notice(self, notice: Notice) -> Notice:
        """A notice with its copies."""
        if not self.archived:
            return notice
        lines = tuple(
            line
            if line.role is Role.TITLE
            else replace(line, content=self.beside(line.content), printed=self.beside(line.printed))
            for line in notice.lines
        )
        return replace(notice, lines=lines)

    def _prose(self, prose: Prose) -> Prose:
        return Prose(tuple(map(self._flow, prose.flow)))

    def _flow(self, piece: Flow) -> Flow:
        match piece:
            case Paragraph(content):
                return Paragraph(self.beside(content))
            case Listing(items, start):
                return Listing(tuple(tuple(map(self._flow, item)) for item in items), start)
            case Table(heads, rows, aligned):
                return Table(heads, tuple(tuple(map(self.beside, row)) for row in rows), aligned)
            case Figure():
                return replace(piece, credit=self.beside(piece.credit))
            case Subheading():
                return piece
