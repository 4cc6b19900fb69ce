"""An issue as plain text, for mail readers that show no other: every word and every address, a line a paragraph."""

from __future__ import annotations

from collections.abc import Iterator

from biblio.document.flow import Figure, Flow, Listing, Paragraph, Subheading, Table
from biblio.document.tree import (
    Acronyms,
    Agenda,
    Block,
    Document,
    Index,
    Items,
    LinkBox,
    Notice,
    Notices,
    Prose,
    Section,
    SeeAlso,
)
from biblio.outputs.link_words import is_bare
from biblio.text.inline import Inline, Link, Rich, plain
from biblio.words.tables import term

RULES = "=-"  # under a heading, by its level from that of a part on


def plain_text(document: Document) -> str:
    """The text, with LF at the end of each line."""
    return "\n".join(_lines(document)) + "\n"


def _lines(document: Document) -> Iterator[str]:
    cover, mailing, lang = document.cover, document.mailing, document.metadata.lang
    said = (cover.event, cover.title, cover.subtitle, cover.date, cover.publisher, *cover.lines)
    yield from filter(None, map(_words, said))
    if mailing.online:
        yield from ("", f"{term('email.online', lang)}{term('dossier.colon', lang)}{mailing.online}")
    if document.contents_title:
        yield from ("", _words(document.contents_title))
        yield from (f"- {_words(part.heading)}" for part in document.parts)
    for part in document.parts:
        yield from _section(part, lang)
    if document.closing:
        yield from ("", _words(document.closing))
    if mailing.unsubscribe:
        yield from ("", f"{term('email.unsubscribe', lang)}{term('dossier.colon', lang)}{mailing.unsubscribe}")


def _section(section: Section, lang: str) -> Iterator[str]:
    heading = _words(section.heading)
    rule = RULES[min(section.level - 2, len(RULES) - 1)]
    yield from ("", "", heading, rule * min(len(heading), 72))
    for block in section.blocks:
        yield from _block(block, lang)
    for inner in section.sections:
        yield from _section(inner, lang)


def _block(block: Block, lang: str) -> Iterator[str]:
    match block:
        case Notices(items):
            for notice in items:
                yield from _notice(notice)
        case Prose(flow):
            yield from _flow(flow, lang)
        case LinkBox(title, links):
            yield from ("", _words(title), *(f"- {_words(link)}" for link in links))
        case SeeAlso(title, entries):
            yield from ("", _words(title), *(f"- {_words(entry.title)}" for entry in entries))
        case Items(items):
            for item in items:
                yield from ("", _words(item.title), *_flow(item.text.flow, lang), *filter(None, (_words(item.link),)))
        case Agenda(events):
            for event in events:
                yield from ("", *filter(None, map(_words, (event.when, event.title, event.place))))
                yield from (*_flow(event.text.flow, lang), *filter(None, (_words(event.link),)))
        case Index(entries):
            yield from ("", ", ".join(_words(entry.label) for entry in entries))
        case Acronyms(entries):
            colon = term("dossier.colon", lang)
            yield from ("", *(f"{entry.letters}{colon}{_words(entry.expansion)}" for entry in entries))


def _notice(notice: Notice) -> Iterator[str]:
    tag = " – ".join(filter(None, (notice.label, notice.new)))
    yield from ("", *([f"[{tag}]"] if tag else []))
    yield from (_words(line.content) for line in notice.lines)


def _flow(flow: tuple[Flow, ...], lang: str, indent: str = "") -> Iterator[str]:
    for piece in flow:
        match piece:
            case Paragraph(content):
                yield from ("", indent + _words(content))
            case Subheading(_, content):
                words = _words(content)
                yield from ("", words, RULES[-1] * min(len(words), 72))
            case Table(heads, rows):
                yield ""
                yield from (" | ".join(map(_words, row)) for row in (heads, *rows))
            case Figure(_, said, credit):
                yield from ("", term("texts.image", lang).format(text=said), *filter(None, (_words(credit),)))
            case Listing(items, start):
                for place, item in enumerate(items):
                    mark = "- " if start is None else f"{start + place}. "
                    lines = [line for line in _flow(item, lang) if line]
                    yield from (f"{indent}{mark if not number else '  '}{line}" for number, line in enumerate(lines))


def _words(rich: Rich) -> str:
    """The words of a line; a link has its address behind them, and an address that is shown cut stands whole."""
    return " ".join("".join(map(_spelt, rich)).split("\n"))


def _spelt(node: Inline) -> str:
    if isinstance(node, Link):
        return node.href if is_bare(node) else f"{plain(node.children)} <{node.href}>"
    children = getattr(node, "children", None)
    return plain((node,)) if children is None or not _has_link(children) else "".join(map(_spelt, children))


def _has_link(rich: Rich) -> bool:
    return any(isinstance(node, Link) or _has_link(getattr(node, "children", ())) for node in rich)
