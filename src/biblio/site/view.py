"""The site in one language: its notices in their order, each with what lists show of it, and the values of facets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from markupsafe import Markup

from biblio.citation import PRESETS, label_of
from biblio.citation.dates import in_words
from biblio.compose.compose import compose_notices
from biblio.compose.composer import Composer
from biblio.document.tree import Notice, Role
from biblio.outputs.coins import coins
from biblio.outputs.take_away import CITATION
from biblio.reference.languages import is_right_to_left
from biblio.reference.link import is_safe
from biblio.reference.reference import Reference
from biblio.site.addresses import slug_of
from biblio.site.facets import FACETS, Value, is_withdrawn, names_of
from biblio.site.frame import render
from biblio.site.model import Dossier, Page, Site
from biblio.site.settings import SiteSettings
from biblio.text.collation import fold_key
from biblio.text.inline import plain

_TOGETHER = 200  # notices that are composed at once: a citation processor is started once for them
# Stands in what lists show for the way to the root of the site, which each page has its own of.
ROOT = "\ue000"


@dataclass(slots=True)
class Entry:
    """A notice: its number, by which the index knows it, its page, and what lists show.

    ``title`` is plain, ``day`` that on which it came in, ``YYYY-MM-DD`` or less. ``brief`` is a row of a list,
    ``whole`` one of the watch, ``body`` what its own page says; ``values`` are those of its facets, by slug.
    """

    number: int
    reference: Reference
    slug: str
    title: str
    label: str
    citation: str
    body: str
    brief: str
    whole: str
    coins: str
    values: Mapping[str, tuple[str, ...]]

    @property
    def path(self) -> str:
        """Where its page is."""
        return f"notices/{self.slug}.html"

    @property
    def day(self) -> str:
        """The day on which it came into the collection, as far as it is known."""
        return iso_day(self.reference.added)

    @property
    def text(self) -> str:
        """What lists show of it, with what reference managers read."""
        return self.brief.replace("</li>", f"{span_of(self.coins)}</li>")


@dataclass
class View:
    """The site in one language, whose pages are under ``prefix``, empty for the first one."""

    site: Site
    lang: str
    prefix: str = ""
    entries: list[Entry] = field(default_factory=list)
    facets: dict[str, dict[str, Value]] = field(default_factory=lambda: {name: {} for name in FACETS})

    @property
    def settings(self) -> SiteSettings:
        """The settings of the site."""
        return self.site.settings

    @cached_property
    def watched(self) -> Sequence[Entry]:
        """The notices of the watch: those whose day of arrival is known, the latest first. They are the first ones."""
        return [entry for entry in self.entries if entry.reference.added]

    @cached_property
    def by_key(self) -> Mapping[str, Entry]:
        """The notices by their keys, folded."""
        return {fold_key(entry.reference.citekey): entry for entry in self.entries}

    @cached_property
    def cited(self) -> Mapping[str, Sequence[tuple[Dossier, str]]]:
        """The dossiers that print a notice, by its key, folded, each with the anchor of its place there."""
        found: dict[str, list[tuple[Dossier, str]]] = {}
        for dossier in self.site.dossiers:
            for notice in dossier.document.notices:
                places = found.setdefault(fold_key(notice.citekey), [])
                if not places or places[-1][0] is not dossier:
                    places.append((dossier, notice.anchor))
        return found

    @property
    def pages(self) -> Sequence[Page]:
        """The pages of ``site/`` in this language, without the events."""
        return [page for page in self._pages if not page.is_event]

    @property
    def events(self) -> Sequence[Page]:
        """The reports of events in this language, the latest first."""
        return [page for page in self._pages if page.is_event]

    @property
    def _pages(self) -> Iterator[Page]:
        first = self.settings.languages[0]
        return (page for page in self.site.pages if (page.spec.lang or first) == self.lang)


def view_of(site: Site, lang: str) -> View:
    """The site in a language, with all its notices composed."""
    view = View(site, lang, "" if lang == site.settings.languages[0] else f"{lang}/")
    style = site.style
    composer = Composer(style.citation_options(style.language(lang)), style.preset, style, site.themes)
    withdrawn = names_of(site.settings.withdrawn)
    cited = replace(style, preset=PRESETS[CITATION])
    for start in range(0, len(site.references), _TOGETHER):
        some = site.references[start : start + _TOGETHER]
        bare = tuple(replace(each, annotation=(), abstract=()) for each in some)
        composed = zip(
            some,
            compose_notices(some, style, lang, site.archived).value,
            compose_notices(bare, cited, lang).value,
            strict=True,
        )
        for reference, notice, citation in composed:
            number = len(view.entries)
            values = _values(view, reference, composer, number, withdrawn)
            view.entries.append(_entry(view, reference, notice, citation, composer, number, values))
        composer.diagnostics.clear()
    for slug, value in view.facets["theme"].items():
        row = site.themes.rows.get(slug)
        value.parent = row.parent if row else ""
    return view


def _values(
    view: View, reference: Reference, composer: Composer, number: int, withdrawn: frozenset[frozenset[str]]
) -> dict[str, tuple[str, ...]]:
    """The values of the facets of a notice, which is put among their own."""
    found: dict[str, tuple[str, ...]] = {}
    for facet in FACETS.values():
        if facet.name == "person" and not view.settings.people:
            continue
        known = view.facets[facet.name]
        slugs: list[str] = []
        for slug, label, order in facet.values_of(reference, composer, view.lang):
            if slug in slugs or (facet.name == "person" and is_withdrawn(label, withdrawn)):
                continue
            slugs.append(slug)
            value = known.get(slug) or known.setdefault(slug, Value(slug, label, order))
            value.notices.append(number)
        if slugs:
            found[facet.name] = tuple(slugs)
    return found


def _entry(
    view: View,
    reference: Reference,
    notice: Notice,
    citation: Notice,
    composer: Composer,
    number: int,
    values: dict[str, tuple[str, ...]],
) -> Entry:
    lang = view.lang
    title, slug = plain(composer.title_of(reference)), slug_of(reference.citekey)
    tag = "" if reference.language in ("", lang) else reference.language
    label = label_of(reference, lang)
    shown: dict[str, Any] = {
        "number": number,
        "reference": reference,
        "notice": notice,
        "title": title,
        "tag": tag,
        "backwards": is_right_to_left(tag) if tag else False,
        "label": label,
        "link": next((each.url for each in reference.all_links if is_safe(each.url)), ""),
        "address": f"{ROOT}notices/{slug}.html",
        "root": ROOT,
        "values": {
            name: [(view.facets[name][each].label, f"{ROOT}{FACETS[name].folder}/{each}.html") for each in slugs]
            for name, slugs in (values | _own_themes(view, values)).items()
            if FACETS[name].folder
        },
        "moment": iso_day(reference.added),
        "day": in_words(reference.added, lang) if reference.added else "",
    }
    return Entry(
        number,
        reference,
        slug,
        title,
        label,
        " ".join(plain(line.content) for line in citation.lines if line.role is not Role.ANNOTATION),
        render("notice_body.html.j2", lang=lang, **shown),
        render("brief.html.j2", lang=lang, **shown),
        render("whole.html.j2", lang=lang, **shown) if reference.added else "",
        coins(reference),
        values,
    )


def _own_themes(view: View, values: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The themes of a notice without those around another one of them, which that one says."""
    slugs = values.get("theme", ())
    around = {each for slug in slugs for each in view.site.themes.ancestors(slug)}
    own = tuple(slug for slug in slugs if slug not in around)
    return {"theme": own} if own else {}


def iso_day(date: object) -> str:
    """A date as HTML writes it: a day, a month or a year; empty for what is none of these."""
    point = getattr(date, "first", None)
    if point is None or point.unspecified or not 0 < point.year < 10_000 or point.month > 12:
        return ""
    parts = [f"{point.year:04d}", *(f"{each:02d}" for each in (point.month, point.day) if each)]
    return "-".join(parts if point.month else parts[:1])


def span_of(described: str) -> Markup:
    """What reference managers read of a reference in a list."""
    return Markup('<span class="Z3988" title="{}"></span>').format(described) if described else Markup("")
