"""The notice as the CRES prints it: authors, title, source, annotation and its provenance, links.

Source: the published dossiers of the CRES Provence-Alpes-Côte d'Azur, whose order of elements is that of ISO 690
without its place of publication. One small function per line, one source line per pattern of entry.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from biblio.catalogue import term
from biblio.citation.dates import in_figures, in_words
from biblio.citation.options import Options
from biblio.document import Line, Role
from biblio.model.link import DocumentLink, is_safe
from biblio.model.name import Name, Names
from biblio.model.numbering import Numbering
from biblio.model.pages import Extent, Pages, parse_extent
from biblio.model.provenance import Provenance, Source
from biblio.model.reference import Reference
from biblio.model.types import Pattern
from biblio.richtext import Emph, Lang, Link, Rich, SmallCaps, Strong, Text, Verbatim, join, merge, plain, text


def cite(reference: Reference, options: Options) -> tuple[Line, ...]:
    """The lines of one notice, in the order of print; a line that would be empty is left out."""
    lines = (
        Line(Role.AUTHORS, _authors(reference, options)),
        Line(Role.TITLE, _title(reference, options)),
        Line(Role.SOURCE, _SOURCES[reference.type.pattern](reference, options)),
        Line(Role.EVENT, _event(reference, options)),
        Line(Role.NOTE, reference.note),
        *_annotation(reference, options),
        *(_link(link, options, gap) for link, gap in _with_gaps(reference.all_links)),
    )
    return tuple(line for line in lines if line.content)


def _authors(reference: Reference, options: Options) -> Rich:
    if reference.author:
        return names(reference.author, options)
    if reference.editor and reference.type.pattern is not Pattern.PART:
        return merge((*names(reference.editor, options), Text(" " + term("citation.editors", options.lang))))
    return ()


def names(listed: Names, options: Options) -> Rich:
    """``NOM Prénom, NOM Prénom (et al.)``: never « et »; four names or more are cut after three."""
    people = listed.people
    cut = listed.others
    if len(people) >= options.et_al_min and len(people) > options.et_al_use_first:
        people, cut = people[: options.et_al_use_first], True
    joined = join([_name(person) for person in people], ", ")
    return merge((*joined, Text(" " + term("citation.et_al", options.lang)))) if cut else joined


def _name(name: Name) -> Rich:
    """The family name in capitals, accents kept, its particle with it; a corporate name as written."""
    if name.literal:
        return text(name.literal)
    after = " ".join(part for part in (name.given, name.suffix) if part)
    family: Rich = (SmallCaps(text(name.full_family.upper())),) if name.full_family else ()
    return join([family, text(after)], " ")


def _title(reference: Reference, options: Options) -> Rich:
    """The title in bold, with its main title, volume, subtitle and additions; a page without one goes by its body."""
    own = join([reference.title, reference.subtitle], ". ")
    if not own:
        return (Strong(text(", ".join(reference.publisher))),) if reference.type.pattern is Pattern.WEB else ()
    if reference.chapter:
        own = (Text(term("citation.chapter", options.lang).format(number=reference.chapter)), *own)
    parts = [_foreign(own, reference, options)]
    volume = text(_capitalised(_labelled(reference.volume))) if reference.type.pattern is Pattern.MONOGRAPH else ()
    if reference.main_title:
        head = join([_foreign(reference.main_title, reference, options), volume], ". ")
        parts = [join([head, parts[0]], " : ")]
    elif volume:
        parts.append(volume)
    if reference.title_addon:
        parts.append(reference.title_addon)
    title = join(parts, _title_separator(parts[0]))
    if reference.parallel_title:
        title = join([title, reference.parallel_title], " = ")
    return (Strong(merge(title)),)


def _title_separator(title: Rich) -> str:
    """A full stop parts a title from what follows, unless the title brings its own mark (« … soin ? Dossier »)."""
    return " " if plain(title).rstrip(" »").endswith(("?", "!", ".", "…")) else ". "


def _foreign(title: Rich, reference: Reference, options: Options) -> Rich:
    """Marks a title in another language than the dossier's, for its typography, its hyphenation and screen readers."""
    language = reference.language
    same = not language or language.partition("-")[0] == options.lang
    return title if same else (Lang(language, title),)


def _labelled(numbering: Numbering | None, default: str = "") -> str:
    if numbering is None:
        return ""
    label = numbering.label or default
    return " ".join(part for part in (label, numbering.value, numbering.supplement) if part)


def _capitalised(value: str) -> str:
    return value[:1].upper() + value[1:]


def _article_source(reference: Reference, options: Options) -> Rich:
    """``Revue, vol. 18 n° 2, 2019-03, pp. 135-147``."""
    numbers = " ".join(
        part
        for part in (
            _labelled(reference.volume, term("citation.volume", options.lang)),
            _labelled(reference.number, term("citation.number", options.lang)),
        )
        if part
    )
    return _italic(
        [
            reference.container_title or text(", ".join(reference.publisher)),
            text(", ".join(part for part in (numbers, reference.issue) if part)),
            _issued(reference),
            _pages(reference.page, reference.number_of_pages, options),
        ],
    )


def _monograph_source(reference: Reference, options: Options) -> Rich:
    """``Éditeur, Éditeur, 2018, 96 p.``, the edition and the series before and after the publishers."""
    return _italic(
        [
            text(_edition(reference.edition, options)),
            *(text(publisher) for publisher in reference.publisher),
            _series(reference, options),
            _issued(reference),
            _pages(reference.page, reference.number_of_pages, options),
        ],
    )


def _edition(edition: str, options: Options) -> str:
    """``2e éd.`` for a number; an edition described in words stays as it is."""
    return term("citation.edition", options.lang).format(edition=edition) if edition.isdigit() else edition


def _series(reference: Reference, options: Options) -> Rich:
    """``Série statistiques n° 12``: the series, with the number that the document has in it."""
    return join(
        [reference.collection_title, text(_labelled(reference.number, term("citation.number", options.lang)))], " "
    )


def _part_source(reference: Reference, options: Options) -> Rich:
    """``In : AUTEURS, **Titre hôte**, *Éditeur, 2016, pp. 277-295*``."""
    host: Rich = (Strong(reference.container_title),) if reference.container_title else ()
    inside = join([names(reference.editor, options), host, _monograph_source(reference, options)], ", ")
    return merge((Text(term("citation.in", options.lang)), *inside)) if inside else ()


def _legal_source(reference: Reference, options: Options) -> Rich:
    """``JORF n° 0172 du 26 juillet 2019``: the reference of the official journal."""
    date = in_words(reference.issued, options.lang) if reference.issued else ""
    dated = term("citation.legal_date", options.lang).format(date=date) if date else ""
    number = _labelled(reference.number, term("citation.number", options.lang))
    return _italic([join([reference.container_title, text(number), text(dated)], " ")])


def _web_source(reference: Reference, options: Options) -> Rich:
    """``Organisme, à jour en janvier 2023``; the body alone stands as title when the page has none."""
    body = text(", ".join(reference.publisher)) if reference.title else ()
    issued = text(in_words(reference.issued, options.lang)) if reference.issued else ()
    return _italic([body, issued, text(_updated(reference, options))])


def _updated(reference: Reference, options: Options) -> str:
    if reference.updated is None:
        return ""
    exact = reference.updated.start is not None and reference.updated.start.day
    name = "citation.updated_day" if exact else "citation.updated_month"
    return term(name, options.lang).format(date=in_words(reference.updated, options.lang))


_SOURCES: Mapping[Pattern, Callable[[Reference, Options], Rich]] = {
    Pattern.ARTICLE: _article_source,
    Pattern.MONOGRAPH: _monograph_source,
    Pattern.PART: _part_source,
    Pattern.LEGAL: _legal_source,
    Pattern.WEB: _web_source,
}


def _italic(parts: list[Rich]) -> Rich:
    joined = join(parts, ", ")
    return (Emph(joined),) if joined else ()


def _issued(reference: Reference) -> Rich:
    return text(in_figures(reference.issued)) if reference.issued else ()


def _pages(page: Pages | None, extent: Extent | None, options: Options) -> Rich:
    """``pp. 135-147``, ``p. 12``, ``132 p.`` or ``np``."""
    if (page and page.unknown) or (extent and extent.unknown):
        return text(term("citation.unknown_pages", options.lang))
    if page and page.ranges:
        printed = ", ".join(f"{each.first}-{each.last}" if each.last else each.first for each in page.ranges)
        single = len(page.ranges) == 1 and not page.ranges[0].last
        name = "citation.page" if single else "citation.pages"
        return text(term(name, options.lang).format(pages=printed))
    if extent and extent.count:
        # What the reader could not take for a number of pages is printed as it was typed.
        form = term("citation.extent", options.lang) if parse_extent(extent.count) else "{count}"
        return text(form.format(count=extent.count))
    return ()


def _event(reference: Reference, options: Options) -> Rich:
    """``Lieu et date : Paris, 11 et 12 avril 2013``, or the event by its name."""
    date = in_words(reference.event_date, options.lang) if reference.event_date else ""
    place_and_date = ", ".join(part for part in (reference.event_place, date) if part)
    if reference.event_title:
        return join([reference.event_title, text(place_and_date)], ", ")
    return text(term("citation.event", options.lang).format(event=place_and_date)) if place_and_date else ()


def _annotation(reference: Reference, options: Options) -> tuple[Line, ...]:
    """The paragraphs of the annotation, else of the abstract; its provenance closes the last one."""
    paragraphs = reference.annotation or reference.abstract
    provenance = _provenance(reference.annotation_source, options)
    lines = [Line(Role.ANNOTATION, paragraph) for paragraph in paragraphs]
    if lines and provenance:
        lines[-1] = Line(Role.ANNOTATION, merge((*lines[-1].content, Text(f" [{provenance}]"))))
    return tuple(lines)


def _provenance(provenance: Provenance | None, options: Options) -> str:
    """``Résumé éditeur``, ``Extrait résumé d'après auteur``; nothing for the documentalist's own words."""
    if provenance is None or provenance.source is Source.DOCUMENTALIST:
        return ""
    source = term(f"provenance.{provenance.source.name.lower()}", options.lang)
    if provenance.adapted:
        source = term("provenance.adapted", options.lang).format(source=source)
    name = "provenance.extract" if provenance.extract else "provenance.abstract"
    return term(name, options.lang).format(source=source)


def _with_gaps(links: tuple[DocumentLink, ...]) -> list[tuple[DocumentLink, bool]]:
    """Each link, and whether it opens a new cluster."""
    return [(link, index > 0 and link.cluster > links[index - 1].cluster) for index, link in enumerate(links)]


def _link(link: DocumentLink, options: Options, gap: bool) -> Line:
    """A bare address, or a label that carries it; the format, size and access follow outside the link."""
    bracketed = ", ".join(part for part in (link.format, link.size) if part)
    details = [f"({bracketed})"] if bracketed else []
    if link.abstract_only:
        details.append(term("citation.abstract_only", options.lang))
    after: Rich = text(" " + " ".join(details)) if details else ()
    before: Rich = ()
    label = text(link.label)
    if link.label == "DOI":
        before, label = text(term("citation.doi", options.lang)), ()
    shown: Rich = label or (Verbatim(_shortened(link.url, options.displayed_url)),)
    if link.url and is_safe(link.url):
        shown = (Link(link.url, shown),)
    elif link.url and link.label:
        shown = (*label, Text(" "), Verbatim(_shortened(link.url, options.displayed_url)))
    return Line(Role.LINK, merge((*before, *shown, *after)), gap)


def _shortened(url: str, length: int) -> str:
    return url if len(url) <= length else url[: length - 1] + "…"
