"""What stands under a heading beside the notices: the text, the box of links, « Voir aussi », the news, the agenda."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator

from biblio.citation.dates import in_words
from biblio.citation.titles import capitalised
from biblio.compose.composer import Composer
from biblio.compose.prose import followed, prose
from biblio.document.tree import Agenda, Block, Event, Item, Items, LinkBox, Pointer, SeeAlso
from biblio.dossier.section import EventSpec, ItemSpec, LinkSpec, SectionSpec
from biblio.dossier.select import Placement
from biblio.reference.date import Date, parse_date
from biblio.reference.link import is_safe
from biblio.text.inline import Link, Rich, Text, Verbatim, merge, text
from biblio.words.faults import Span, diagnose
from biblio.words.tables import term

_TIME = re.compile(r"(\d{1,2})[:h](\d{2})")


def before_notices(section: SectionSpec, composer: Composer) -> Iterator[Block]:
    """The text that introduces a section, and its box of links."""
    if section.intro:
        yield prose(section.intro, section.span_of("intro"), composer, section.lines_of("intro"))
    if section.links:
        title = composer.words(term("dossier.links", composer.options.lang))
        yield LinkBox(title, tuple(_boxed(each, composer) for each in section.links))


def after_notices(section: SectionSpec, composer: Composer) -> Iterator[Block]:
    """The events of a section."""
    if section.agenda:
        events = sorted(section.agenda, key=_when)
        yield Agenda(tuple(_event(each, composer) for each in events))


def items(section: SectionSpec, composer: Composer) -> Iterator[Block]:
    """The news of a section."""
    if section.items:
        yield Items(tuple(_item(each, composer) for each in section.items))


def see_also(placements: Iterable[Placement], composer: Composer) -> Iterator[Block]:
    """The references of a section that stand in full further up."""
    entries = tuple(
        Pointer(composer.title_of(each.reference), notice.anchor, notice.number)
        for each in placements
        for notice in (composer.first[each.reference.citekey],)
    )
    if entries:
        yield SeeAlso(composer.words(term("dossier.see_also", composer.options.lang)), entries)


def _boxed(link: LinkSpec, composer: Composer) -> Rich:
    details = text(f" ({link.details})") if link.details else ()
    return composer.set(merge((*_link(link.label, link.url, link.span_of("url"), composer), *details)))


def _item(item: ItemSpec, composer: Composer) -> Item:
    return Item(
        composer.anchor(item.title),
        composer.words(item.title),
        prose(item.text, item.span_of("text"), composer, item.lines_of("text")),
        composer.set(_link(item.label, item.url, item.span_of("url"), composer)),
    )


def _event(event: EventSpec, composer: Composer) -> Event:
    date = parse_date(event.date)
    return Event(
        composer.anchor(event.title),
        composer.words(capitalised(_in_words(event, date, composer.options.lang))),
        _moment(event),
        composer.words(event.title),
        composer.words(event.place),
        prose(event.text, event.span_of("text"), composer, event.lines_of("text")),
        composer.set(_link("", event.url, event.span_of("url"), composer)),
    )


def _link(label: str, url: str, span: Span, composer: Composer) -> Rich:
    """A link with its words, else its address; one that may not become a link is only printed, and reported (W112)."""
    if not url:
        return ()
    url = followed(url, span, composer)
    shown: Rich = text(label) or (Verbatim(url),)
    if is_safe(url):
        return (Link(url, shown),)
    composer.diagnostics.append(diagnose("W112", span, url=url[:60]))
    return (*text(label), Text(" ("), Verbatim(url), Text(")")) if label else shown


# --- days and times ---------------------------------------------------------------------------------------------------


def _when(event: EventSpec) -> tuple[int, int, int, int, int]:
    """What events are sorted by; a month stands before its days."""
    date = parse_date(event.date)
    point = date.first if date else None
    hour, minute = _time(event.start) or (0, 0)
    return (point.year, point.month, point.day, hour, minute) if point else (9999, 0, 0, 0, 0)


def _time(value: str) -> tuple[int, int] | None:
    match = _TIME.fullmatch(value)
    return (int(match[1]), int(match[2])) if match else None


def _in_words(event: EventSpec, date: Date | None, lang: str) -> str:
    """``jeudi 27 novembre 2025, de 14 h 30 à 16 h``: the day, with that of the week, and the times."""
    day = in_words(date, lang) if date else event.date
    point = date.start if date else None
    if point and point.day:
        weekday = term(f"weekday.{calendar.weekday(point.year, point.month, point.day) + 1}", lang)
        day = term("date.weekday", lang).format(weekday=weekday, date=day)
    start, end = (_clock(value, lang) for value in (event.start, event.end))
    if start and end:
        return term("date.from_to", lang).format(date=day, start=start, end=end)
    if start:
        return term("date.at_time", lang).format(date=day, start=start)
    return term("date.until", lang).format(date=day, end=end) if end else day


def _clock(value: str, lang: str) -> str:
    """``14 h 30``, ``9 h``, as the Imprimerie nationale writes times; ``14:30`` in English."""
    time = _time(value)
    if time is None:
        return ""
    hour, minute = time
    return term("date.time" if minute else "date.full_hour", lang).format(hour=hour, minute=f"{minute:02}")


def _moment(event: EventSpec) -> str:
    """The start as ``<time datetime>`` takes it (HTML Living Standard § 3.5.1): a day, with its time, or a month."""
    time = _time(event.start)
    is_day = event.date.count("-") == 2
    return f"{event.date}T{time[0]:02}:{time[1]:02}" if is_day and time else event.date
