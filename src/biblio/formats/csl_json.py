"""Writes references as CSL-JSON, the data that citation processors, Zotero and pandoc read.

Source: CSL 1.0.2, appendices III and IV, and its schema ``csl-data.json``. What CSL lacks goes into ``custom``,
the object that the schema sets aside for this, under the program's own names. Choices that the schema leaves
open:

- names that the source leaves out (« and others ») become a last name ``{"literal": "others"}``: citeproc prints
  it as the style's *et al.*, and users of Zotero know it from BibTeX files;
- ``&``, ``<`` and ``>`` stand as they are: processors read text with a few tags, not HTML, and would print an
  entity letter by letter; only a ``<`` that could begin a tag becomes ``&lt;``;
- ``abstract`` is the abstract or, without one, the annotation, which most readers would not look for in
  ``annote``;
- pagination known to be missing (*np*) is left out;
- a work in several volumes has its title where CSL wants it, and the volume's own, or that of a special issue, in
  ``volume-title``;
- the kind of a document and its state are in words, in the document's language or in English: only
  biblatex has keys;
- an article without pages has its number where they would be, and a preprint without a DOI its address in ``URL``:
  few programs read ``custom``, which has them too;
- the schema closes the list of variables: what it does not have is in ``custom``, even where the specification of CSL
  has a name for it (``license``), and a part's number is ``part``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from biblio.reference.bodies import joined_again
from biblio.reference.date import SEASONS, Date, DatePoint, edtf
from biblio.reference.fields import FIELDS, Kind
from biblio.reference.genres import genre_of, series_in_words, spoken, state_of
from biblio.reference.holding import Holding
from biblio.reference.keys import in_language
from biblio.reference.link import DocumentLink, is_safe
from biblio.reference.name import Name, Names
from biblio.reference.numbering import Numbering
from biblio.reference.pages import Extent, Pages
from biblio.reference.particles import csl_particles
from biblio.reference.provenance import Provenance
from biblio.reference.reference import Reference
from biblio.reference.types import Pattern
from biblio.text.inline import Emph, Inline, Quoted, Rich, SmallCaps, Strong, Sub, Sup, Text, Verbatim

_TAGS: Mapping[type, tuple[str, str]] = {
    Emph: ("<i>", "</i>"),
    Strong: ("<b>", "</b>"),
    Sup: ("<sup>", "</sup>"),
    Sub: ("<sub>", "</sub>"),
    SmallCaps: ('<span style="font-variant:small-caps;">', "</span>"),
}
# Also at the end of a run, where the next one could complete the tag.
_TAG_START = re.compile(r"<(?=/?(?:[A-Za-z]|\Z))")
_CONTROLS = re.compile("[\0-\x1f\x7f-\x9f\ud800-\udfff]+")

_PRESS = {"newspaper": "article-newspaper", "magazine": "article-magazine"}

# The types whose number, beside the title of a series, is a place in that series (biblatex manual § 2.2.2).
_IN_SERIES = frozenset({"book", "chapter", "paper-conference", "entry-encyclopedia"})

# The variables that ``_item`` places itself, because where they go depends on others.
_PLACED = frozenset(
    "title subtitle main_title main_subtitle journal_title book_title book_subtitle issue_title issue_subtitle number "
    "issue genre label status collection_title url abstract".split(),
)


def write_csl_json(references: Sequence[Reference]) -> str:
    """The references as one JSON array of CSL items, keys sorted, with a final newline. Never raises."""
    items = [_item(reference) for reference in references]
    return json.dumps(items, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False) + "\n"


def _item(reference: Reference) -> dict[str, object]:
    lang = spoken(reference)
    reference = in_language(reference, lang)
    item: dict[str, object] = {}
    custom: dict[str, object] = {}
    for row in FIELDS:
        value = getattr(reference, row.variable)
        if value and row.variable not in _PLACED and not row.private:
            target, name = (item, row.csl) if row.csl else (custom, row.variable.replace("_", "-"))
            if row.kind is Kind.NAMES:
                target[name] = _names(value, reference.language)
            else:
                target[name] = _CONVERTERS[row.kind](value)
    if not is_safe(reference.url):
        custom["url"] = _verbatim(reference.url)
    if reference.genre and reference.label:
        custom["label"] = _literal(reference.label)
    item |= {
        **_titles(reference),
        "genre": _literal(genre_of(reference)) if _type(reference) not in _PRESS.values() else "",
        "status": _literal(state_of(reference, lang)),
        "collection-title": _literal(series_in_words(reference, lang)) or _html(reference.collection_title),
        "URL": _address(reference),
        "page": item.get("page") or _literal(reference.article_number),
        "abstract": _paragraphs(reference.abstract or reference.annotation),
        "custom": {name: value for name, value in custom.items() if value},
        **_numbers(reference),
    }
    kept = {name: value for name, value in item.items() if value}
    return {"id": _verbatim(reference.citekey), "type": _type(reference)} | kept


def _type(reference: Reference) -> str:
    """The type, which tells a newspaper and a magazine from a journal where ``entrysubtype`` does."""
    kind = reference.type.csl
    return (_PRESS.get(reference.label.lower()) or kind) if kind == "article-journal" else kind


def _titles(reference: Reference) -> dict[str, str]:
    """The titles of the document, of what holds it, and of the volume: CSL has them from the whole to the part."""
    title, main = _titled(reference.title, reference.subtitle), _titled(reference.main_title, reference.main_subtitle)
    container = _html(reference.journal_title) or _titled(reference.book_title, reference.book_subtitle)
    issue = _titled(reference.issue_title, reference.issue_subtitle)
    if not main:
        return {"title": title, "container-title": container, "volume-title": issue}
    if reference.type.pattern in (Pattern.PART, Pattern.ARTICLE):
        return {"title": title, "container-title": main, "volume-title": container or issue}
    return {"title": main, "container-title": container, "volume-title": title or issue}


def _titled(title: Rich, subtitle: Rich) -> str:
    # « : » between title and subtitle is ISBD's punctuation, the same in every language.
    return " : ".join(filter(None, (_html(title), _html(subtitle))))


def _address(reference: Reference) -> str:
    """The first address that may become a link, else that of an open archive; ``custom`` has the others."""
    addresses = (reference.url, *(link.url for link in reference.links))
    deposit = reference.eprint_deposit if not reference.doi else None
    return next(filter(is_safe, (*addresses, deposit.url if deposit else "")), "")


def _numbers(reference: Reference) -> dict[str, str]:
    number = _numbering(reference.number) if reference.number else ""
    issue = _literal(reference.issue)
    if reference.type.pattern is Pattern.ARTICLE:
        return {"issue": ", ".join(filter(None, (number, issue)))}
    in_series = reference.collection_title and reference.type.csl in _IN_SERIES
    return {"collection-number" if in_series else "number": number, "issue": issue}


def _html(rich: Rich) -> str:
    """Rich text with the tags that CSL processors know; the rest of the structure is dropped, never its characters."""
    return "".join(map(_node, rich))


def _node(node: Inline) -> str:
    match node:
        case Text(value) | Verbatim(value):
            return _literal(value)
        case Quoted(children):
            # Straight quotes: the processor sets those of the language.
            return f'"{_html(children)}"'
        case _:
            opening, closing = _TAGS.get(type(node), ("", ""))
            return opening + _html(node.children) + closing


def _literal(value: str) -> str:
    """Plain text that no processor takes for a tag."""
    return _TAG_START.sub("&lt;", _verbatim(value))


def _verbatim(value: str) -> str:
    return _CONTROLS.sub(" ", value)


def _paragraphs(paragraphs: Sequence[Rich]) -> str:
    return "\n\n".join(map(_html, paragraphs))


def _names(names: Names, language: str = "") -> list[dict[str, str]]:
    people = [part for person in names.people if (part := _name(person, language))]
    return [*people, {"literal": "others"}] if names.others else people


def _name(name: Name, language: str) -> dict[str, str]:
    """The parts of a name: the particle that falls behind the given name is the one that CSL drops."""
    dropping, non_dropping, family = csl_particles(name, language)
    parts = {
        "family": family,
        "given": name.given,
        "dropping-particle": dropping,
        "non-dropping-particle": non_dropping,
        "suffix": name.suffix,
        "literal": name.literal,
    }
    return {part: _literal(value) for part, value in parts.items() if value}


def _date(date: Date) -> dict[str, object]:
    """The parts of a date; in EDTF, as a literal, what they cannot say: open ranges, ``199X``, a range of seasons."""
    points = [point for point in (date.start, date.end) if point is not None]
    if not all(_has_parts(point, date.is_range) for point in points) or len(points) != 1 + date.is_range:
        literal = _literal(edtf(date))
        return {"literal": literal} if literal else {}
    converted: dict[str, object] = {"date-parts": [_date_parts(point) for point in points]}
    if points[0].month in SEASONS:
        converted["season"] = points[0].month - min(SEASONS) + 1
    if any(point.approximate or point.uncertain for point in points):
        converted["circa"] = True
    return converted


def _has_parts(point: DatePoint, in_range: bool) -> bool:
    return not (point.unspecified or (point.day and not point.month) or (in_range and point.month in SEASONS))


def _date_parts(point: DatePoint) -> list[int]:
    # CSL counts as historians do: the year before 1 is -1, which is 0 in EDTF.
    parts = [point.year if point.year > 0 else point.year - 1]
    if point.month and point.month not in SEASONS:
        parts.append(point.month)
    if point.day:
        parts.append(point.day)
    return parts


def _pages(pages: Pages) -> str:
    return "" if pages.unknown else _literal(str(pages))


def _extent(extent: Extent) -> str:
    return _literal(extent.count)


def _numbering(number: Numbering) -> str:
    """The number without its label (*vol.*, *tome*), which a CSL style brings along."""
    return _literal(" ".join(filter(None, (number.value, number.supplement))))


def _links(links: Sequence[DocumentLink]) -> list[dict[str, object]]:
    return [
        {
            name: value
            for name, value in (
                ("url", _verbatim(link.url)),
                ("label", _literal(link.label)),
                ("format", link.format),
                ("size", link.size),
                ("abstract-only", link.abstract_only),
            )
            if value
        }
        for link in links
    ]


def _semicolons(values: Sequence[str]) -> str:
    return "; ".join(map(_literal, joined_again(values)))


def _commas(values: Sequence[str]) -> str:
    return ", ".join(map(_literal, values))


def _provenance(provenance: Provenance) -> dict[str, object]:
    return {"source": provenance.source.value} | {
        name: True for name in ("adapted", "extract") if getattr(provenance, name)
    }


def _holdings(holdings: Sequence[Holding]) -> list[dict[str, str]]:
    named = ({"place": each.place, "call-number": each.call_number, "terms": each.terms} for each in holdings)
    return [{name: _literal(value) for name, value in each.items() if value} for each in named]


_CONVERTERS: Mapping[Kind, Callable[[Any], object]] = {
    Kind.RICH: _html,
    Kind.PARAGRAPHS: _paragraphs,
    Kind.NAMES: _names,
    Kind.LIST: _semicolons,
    Kind.KEYWORDS: _commas,
    Kind.DATE: _date,
    Kind.PAGES: _pages,
    Kind.EXTENT: _extent,
    Kind.NUMBERING: _numbering,
    Kind.LITERAL: _literal,
    Kind.LANGUAGE: _literal,
    Kind.VERBATIM: _verbatim,
    Kind.LINKS: _links,
    Kind.PROVENANCE: _provenance,
    Kind.HOLDINGS: _holdings,
}
