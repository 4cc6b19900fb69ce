"""Composes the document: cites every reference by the style's grammar, then sets every word by the typography."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from biblio.catalogue import term
from biblio.citation import PRESETS, Preset, label_of
from biblio.citation.dates import in_words
from biblio.citation.limits import MOST_CHARACTERS, fit
from biblio.citation.options import Options
from biblio.diagnostics import Diagnostic, diagnose
from biblio.document import Cover, Document, Line, Metadata, Notice, Role, Section
from biblio.dossier.select import SelectedSection, Selection
from biblio.dossier.spec import DossierSpec
from biblio.model.date import parse_date
from biblio.model.link import is_safe
from biblio.model.reference import Reference
from biblio.richtext import Inline, Link, Rich, Text, Verbatim, text
from biblio.style.style import Style
from biblio.typography import typeset

_ADDRESS = re.compile(r"https?://[^\s<>«»]*[^\s<>«».,;:!?)\]]")

LONGEST_LABEL = 100
# The fields in which a role's text is typed, for messages.
_TYPED: Mapping[Role, tuple[str, ...]] = {
    Role.AUTHORS: ("author", "editor"),
    Role.TITLE: ("title", "subtitle"),
    Role.SOURCE: ("journaltitle", "booktitle", "publisher"),
    Role.EVENT: ("eventtitle", "venue"),
    Role.NOTE: ("note",),
    Role.ANNOTATION: ("annotation", "abstract"),
    Role.LINK: ("links", "url"),
}


@dataclass(slots=True)
class _Composer:
    """What composing needs at every level, and the anchors already given."""

    options: Options
    preset: Preset
    style: Style
    taken: set[str]

    def set(self, rich: Rich) -> Rich:
        return typeset(rich, self.options.lang, self.style.typography)

    def anchor(self, wanted: str) -> str:
        """An anchor that no other place of the document has."""
        slug = slugify(wanted)
        unique, number = slug, 2
        while unique in self.taken:
            unique, number = f"{slug}-{number}", number + 1
        self.taken.add(unique)
        return unique

    def section(self, selected: SelectedSection, level: int, labels: bool) -> Section:
        anchor = self.anchor(selected.title)
        notices = tuple(self.notice(reference, labels) for reference in selected.references)
        inner = tuple(self.section(child, level + 1, labels) for child in selected.sections)
        # HTML has six levels of headings; what is deeper keeps the last.
        return Section(anchor, min(level, 6), self.set(text(selected.title)), notices, inner)

    def notice(self, reference: Reference, labels: bool) -> Notice:
        lines = tuple(
            line
            if line.role is Role.LINK and _is_bare(line.content)
            else Line(line.role, self.set(line.content), line.gap)
            for line in fit(self.preset.cite(reference, self.options)).lines
        )
        label = label_of(reference, self.options.lang)[:LONGEST_LABEL] if labels else ""
        return Notice(self.anchor(f"ref-{reference.citekey}"), reference.citekey, label, lines)


def compose(selection: Selection, style: Style) -> Document:
    """The document of a selection in a style. Pure: the same values give the same document."""
    spec = selection.spec
    composer = _Composer(style.citation_options(spec.lang), PRESETS[style.spec.citation], style, set())
    parts = tuple(
        composer.section(part, 2, labels=style.spec.sitography_labels or declared is not spec.sitography)
        for part, declared in zip(selection.parts, spec.parts, strict=True)
    )
    return Document(
        metadata(spec),
        _cover(spec, composer),
        composer.set(text(term("dossier.contents", spec.lang))),
        parts,
        composer.set(with_links(spec.closing)),
    )


def unprinted(selection: Selection, style: Style) -> tuple[Diagnostic, ...]:
    """What ``compose`` leaves out of print: texts beyond all measure (W105)."""
    options, preset = style.citation_options(selection.spec.lang), PRESETS[style.spec.citation]
    diagnostics: list[Diagnostic] = []
    for reference in selection.references:
        for role in sorted(fit(preset.cite(reference, options)).cut):
            span = reference.origin.of(*_TYPED[role])
            diagnostics.append(diagnose("W105", span, reference.citekey, limit=MOST_CHARACTERS))
    return tuple(diagnostics)


def compose_notice(reference: Reference, style: Style, lang: str) -> Notice:
    """One notice by itself, with its type label: for a look at a single reference."""
    composer = _Composer(style.citation_options(lang), PRESETS[style.spec.citation], style, set())
    return composer.notice(reference, labels=True)


def metadata(spec: DossierSpec) -> Metadata:
    """What a spec says of its dossier, for the metadata of every format."""
    return Metadata(
        title=spec.title,
        subtitle=spec.subtitle,
        event=spec.event,
        publisher=spec.publisher,
        authors=tuple(author.value for author in spec.authors) or (spec.publisher,),
        description=spec.description or spec.subtitle,
        keywords=tuple(keyword.value for keyword in spec.keywords),
        date=spec.date,
        lang=spec.lang,
    )


def _cover(spec: DossierSpec, composer: _Composer) -> Cover:
    date = parse_date(spec.date)
    printed = in_words(date, spec.lang) if date else spec.date
    return Cover(
        *(composer.set(text(words)) for words in (spec.event, spec.title, spec.subtitle, printed, spec.publisher)),
    )


def with_links(value: str) -> Rich:
    """A plain text whose web addresses are links."""
    rich: list[Inline] = []
    position = 0
    for match in _ADDRESS.finditer(value):
        address = match.group()
        rich.extend(text(value[position : match.start()]))
        rich.append(Link(address, (Verbatim(address),)) if is_safe(address) else Text(address))
        position = match.end()
    return (*rich, *text(value[position:]))


def _is_bare(content: Iterable[Inline]) -> bool:
    return all(isinstance(node, Link) for node in content)


def slugify(value: str) -> str:
    """An anchor for a heading: lower-case ASCII letters and digits joined by hyphens, at most 64 characters."""
    ascii_letters = unicodedata.normalize("NFKD", value.replace("œ", "oe").replace("Œ", "Oe"))
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_letters.encode("ascii", "ignore").decode().lower()).strip("-")
    return slug[:64].strip("-") or "section"
