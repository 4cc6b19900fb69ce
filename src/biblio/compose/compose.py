"""The whole document: its cover, the parts that the selection fills, and what stands behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from biblio.collection.acronyms import DeclaredAcronyms
from biblio.collection.themes import Themes
from biblio.compose import blocks
from biblio.compose.abbreviations import marked
from biblio.compose.acronyms import expansions, standing, unexpanded
from biblio.compose.composer import Composer, with_links
from biblio.compose.copies import Archived, Copies
from biblio.compose.cover import CoverMaker
from biblio.compose.indexes import indexes
from biblio.compose.mailing import mailing
from biblio.compose.news import News
from biblio.compose.prose import with_whole_addresses
from biblio.compose.tags import TAGS
from biblio.compose.texts import Texts
from biblio.document.tree import (
    Acronym,
    Acronyms,
    Block,
    Cover,
    Document,
    Metadata,
    Notice,
    Notices,
    Pointer,
    Section,
)
from biblio.dossier.kinds import KINDS, Kind
from biblio.dossier.select import SelectedSection, Selection
from biblio.dossier.spec import DossierSpec
from biblio.reference.keys import in_language
from biblio.reference.reference import Reference
from biblio.style.style import Style
from biblio.text.collation import collate
from biblio.text.inline import Rich, plain, text
from biblio.words.faults import Parsed, diagnose
from biblio.words.tables import term

FIRST = 2  # the level of a part
DEEPEST = 6  # HTML has six levels of headings; what is deeper keeps the last.

NO_ACRONYMS = DeclaredAcronyms()
NO_IMAGES: Mapping[str, bytes] = MappingProxyType({})
NO_COPIES: Archived = MappingProxyType({})
MOST_ACRONYMS = 20  # named in one message
# Figures, with what joins or follows them (14, 14-15, 2025/3, 14 bis), or a Roman numeral.
NUMBER = re.compile(r"\d[\d./–-]*(?: ?(?:bis|ter))?|[IVXLC]+", re.IGNORECASE)


def compose(
    selection: Selection,
    style: Style,
    themes: Themes,
    declared: DeclaredAcronyms = NO_ACRONYMS,
    images: Mapping[str, bytes] = NO_IMAGES,
    archived: Archived = NO_COPIES,
) -> Parsed[Document]:
    """The document of a selection in a style, with the faults of what it prints.

    Those are what the texts of its spec cannot say (W111, W112, W131 to W135), texts of references beyond all measure
    (W105), and what a citation processor could not do (W113, W114). ``themes`` say what keywords are called,
    ``declared`` what acronyms stand for; ``images`` are those that texts may show, by their paths in the project, and
    ``archived`` what is known of addresses that have a copy. Pure: the same values give the same document.
    """
    spec = selection.spec
    options = style.citation_options(spec.lang)
    preset = style.preset.over(selection.references, options)
    fields = tuple(word.value for word in spec.fields or style.spec.fields)
    composer = Composer(options, preset, style, themes, diagnostics=[*preset.faults], fields=fields, images=images)
    maker = _Maker(composer, spec, KINDS[spec.kind], News.of(spec))
    parts = tuple(
        maker.part(part, number, declared is not spec.sitography)
        for number, (part, declared) in enumerate(zip(selection.parts, spec.parts, strict=True), 1)
    )
    texts = Texts(spec, composer)
    copies = Copies(archived, composer)
    known = maker.known(declared)
    document = Document(
        spec.kind,
        metadata(spec, texts.rights()),
        maker.cover(),
        maker.term(maker.kind.contents),
        (
            *marked(copies.sections(texts.before()), known),
            *marked(copies.sections(parts), known),
            *maker.acronyms(known),
            *indexes([each.value for each in spec.indexes], maker.printed, composer, spec.break_),
            *marked(copies.sections(texts.after()), known),
        ),
        copies.beside(composer.set(with_links(with_whole_addresses(spec.closing, spec.span_of("closing"), composer)))),
        maker.term("dossier.news") if spec.whats_new else (),
        tuple(
            Pointer(composer.title_of(reference), notice.anchor, notice.number)
            for notice, reference in maker.printed
            if notice.new
        ),
        spec.paper or style.spec.paper,
        mailing(spec, composer),
        (spec.qr_codes or style.spec.qr_codes) == "links",
    )
    return Parsed(document, tuple(composer.diagnostics))


def compose_notice(reference: Reference, style: Style, lang: str) -> Parsed[Notice]:
    """One notice by itself, with its type label, for a look at one reference; its faults as ``compose`` tells them."""
    made = compose_notices((reference,), style, lang)
    return Parsed(made.value[0], made.diagnostics)


def compose_notices(
    references: Sequence[Reference], style: Style, lang: str, archived: Archived = NO_COPIES
) -> Parsed[tuple[Notice, ...]]:
    """The notices of some references, in their order and outside any dossier, as ``compose_notice`` makes one.

    ``archived`` is what is known of addresses that have a copy, which then stands beside them.
    """
    options = style.citation_options(style.language(lang))
    references = tuple(in_language(reference, lang) for reference in references)
    preset = style.preset.over(references, options)
    fields = tuple(word.value for word in style.spec.fields)
    composer = Composer(options, preset, style, Themes(), diagnostics=[*preset.faults], fields=fields)
    copies = Copies(archived, composer)
    notices = tuple(copies.notice(TAGS["type"](reference, composer, True, "")) for reference in references)
    return Parsed(notices, tuple(composer.diagnostics))


def metadata(spec: DossierSpec, licence: str = "") -> Metadata:
    """What a spec says of its dossier, for the metadata of every format; ``licence`` where it tells no rights."""
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
        rights=spec.rights or licence,
    )


@dataclass(slots=True)
class _Maker:
    """Makes the pieces of one document, and remembers the notices that it has made, in the order of print."""

    composer: Composer
    spec: DossierSpec
    kind: Kind
    news: News
    printed: list[tuple[Notice, Reference]] = field(default_factory=list)
    series: str = ""
    last: int = 0

    @property
    def covers(self) -> CoverMaker:
        """What makes the cover, and the running heads."""
        return CoverMaker(self.spec, self.composer)

    def part(self, selected: SelectedSection, number: int, tagged: bool) -> Section:
        """A part of the dossier, ``number`` by its place; where notices are numbered by part, theirs begin again."""
        if self.numbers == "part":
            self.series, self.last = f"{number}.", 0
        return self.section(selected, FIRST, str(number), tagged or self.composer.style.spec.sitography_labels)

    @property
    def numbers(self) -> str:
        """How notices are numbered: throughout, by part, or not at all."""
        return self.spec.notice_numbers or self.composer.style.spec.notice_numbers

    def term(self, name: str) -> Rich:
        """A term, typeset; the empty one gives nothing."""
        return self.composer.words(term(name, self.spec.lang)) if name else ()

    def cover(self) -> Cover:
        subtitle = self.spec.subtitle
        if self.spec.edition:
            subtitle = self.numbered(subtitle, self.spec.edition)
        return self.covers.cover(subtitle)

    def numbered(self, subtitle: str, edition: str) -> str:
        """The subtitle with the number of the edition; one that is given in words stands as typed."""
        if not NUMBER.fullmatch(edition):
            return f"{subtitle}, {edition}" if subtitle else edition
        pattern = term("edition.of" if subtitle else self.kind.edition, self.spec.lang)
        return pattern.format(subtitle=subtitle, edition=edition)

    def section(
        self,
        selected: SelectedSection,
        level: int,
        number: str,
        tagged: bool,
        counted: bool = False,
    ) -> Section:
        """A section and those inside it; ``tagged`` says whether notices have type tags."""
        anchor = self.composer.anchor(selected.title)
        spec = selected.spec
        # The groups of a section are counted where the section is.
        counted = spec.counts if spec else counted
        if spec and spec.sitography:
            tagged = self.composer.style.spec.sitography_labels
        found = tuple(self.blocks(selected, tagged))
        inner = tuple(
            self.section(child, level + 1, f"{number}.{place}", tagged, counted)
            for place, child in enumerate(selected.sections, 1)
        )
        return Section(
            anchor,
            min(level, DEEPEST),
            self.composer.words(selected.title),
            found,
            inner,
            number if self.spec.numbering else "",
            selected.count if counted else None,
            self.covers.running(selected.title, spec.short_title if spec else ""),
            (spec.break_ if spec else "") or (self.spec.break_ if level == FIRST else ""),
        )

    def blocks(self, selected: SelectedSection, tagged: bool) -> Iterator[Block]:
        spec = selected.spec
        if spec:
            yield from blocks.before_notices(spec, self.composer)
            yield from blocks.items(spec, self.composer)
        if notices := tuple(self.notices(selected, tagged)):
            yield Notices(notices)
        if spec:
            yield from blocks.after_notices(spec, self.composer)
        yield from blocks.see_also(selected.see_also, self.composer)

    def notices(self, selected: SelectedSection, tagged: bool) -> Iterator[Notice]:
        for placement in selected.placements:
            reference = placement.reference
            notice = self.counted(TAGS[self.kind.tag](reference, self.composer, tagged, self.news.tag(reference)))
            self.composer.first.setdefault(reference.citekey, notice)
            self.printed.append((notice, reference))
            yield notice

    def counted(self, notice: Notice) -> Notice:
        """The notice with the next number, which stands before its label."""
        if self.numbers not in ("continuous", "part"):
            return notice
        self.last += 1
        number = f"{self.series}{self.last}"
        name = "dossier.numbered" if notice.label else "dossier.number"
        label = term(name, self.spec.lang).format(number=number, label=notice.label)
        return replace(notice, label=label, number=number)

    def known(self, declared: DeclaredAcronyms) -> Mapping[str, str]:
        """What acronyms stand for: those that the project declares, and those that notices spell out for a list."""
        found = expansions(notice for notice, _ in self.printed) if self.spec.acronyms else {}
        return {**found, **declared.in_language(self.spec.lang)}

    def acronyms(self, known: Mapping[str, str]) -> Iterator[Section]:
        """The list of the acronyms that stand in the notices, when it is asked for and not empty."""
        if not self.spec.acronyms:
            return
        notices = [notice for notice, _ in self.printed]
        left = unexpanded(notices, known)
        if left:
            shown = ", ".join(left[:MOST_ACRONYMS]) + (" …" if len(left) > MOST_ACRONYMS else "")
            fault = diagnose("W117", self.spec.span_of("acronyms"), acronyms=shown, count=len(left))
            self.composer.diagnostics.append(fault)
        used = sorted(standing(notices, known), key=collate)
        entries = tuple(Acronym(letters, self.composer.set(text(known[letters]))) for letters in used)
        if entries:
            title = self.term("dossier.acronyms")
            yield Section(
                self.composer.anchor("acronyms"),
                FIRST,
                title,
                (Acronyms(entries),),
                running=plain(title),
                breaks=self.spec.break_,
            )
