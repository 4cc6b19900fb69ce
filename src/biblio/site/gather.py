"""Finds on the disk all that the site shows: the dossiers that are published, the references, the folder ``site/``."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from biblio.build.pipeline import compose_dossier, copies_for
from biblio.collection.link_verdict import Verdict, archived
from biblio.compose import compose
from biblio.compose.composed import Composed
from biblio.compose.composer import Composer
from biblio.compose.prose import prose
from biblio.dossier.spec import DossierSpec
from biblio.formats.text import decode_bytes
from biblio.project.own import SITE
from biblio.project.project import IMAGES, Project
from biblio.project.read import MAX_SETTINGS, read_bytes
from biblio.reference.date import Date
from biblio.reference.reference import Reference
from biblio.site.downloads import downloads_of, formats_of, pages_of
from biblio.site.model import Dossier, Download, Page, Site, Support
from biblio.site.page_spec import ENDING, PageSpec, PageText, SupportSpec, load_page, misnamed, misplaced
from biblio.site.rights import public, public_selection
from biblio.site.settings import SiteSettings
from biblio.style.style import Style
from biblio.text.collation import collate
from biblio.text.inline import plain
from biblio.text.nearest import nearest
from biblio.words.faults import BiblioError, Diagnostic, Parsed, diagnose, is_blocked

MOST_SUPPORT = 50_000_000  # bytes of a file that a page offers
# What readers may be given; a page of HTML among them could do in the site's name what it likes.
_TAKEN = frozenset("pdf odt ods odp docx xlsx pptx csv txt epub zip mp3 mp4 png jpg jpeg".split())


def gathered(
    project: Project,
    settings: SiteSettings,
    today: str,
    build: Path,
    kept: Mapping[str, bytes],
) -> Parsed[Site]:
    """The site of a project, with every fault met; a dossier that cannot be composed is left out.

    ``build`` is the folder of the outputs that were built, ``kept`` has files of the last site. Raises ``BiblioError``
    for a style that is not there.
    """
    style = project.style(settings.style)
    if style.value is None:
        raise BiblioError(style.diagnostics[0])
    gathering = _Gathering(project, settings, style.value, today, build, kept)
    dossiers = tuple(gathering.dossiers())
    pages = tuple(gathering.pages({each.slug for each in dossiers}))
    references = gathering.references(dossiers, pages)
    site = Site(
        settings,
        style.value,
        project.themes.value,
        references,
        dossiers,
        pages,
        today,
        gathering.logo(),
        gathering.withheld,
        archived=gathering.archived(),
    )
    return Parsed(site, tuple(gathering.faults))


@dataclass(slots=True)
class _Gathering:
    project: Project
    settings: SiteSettings
    style: Style
    today: str
    build: Path
    kept: Mapping[str, bytes]
    faults: list[Diagnostic] = field(default_factory=list)
    withheld: int = 0

    def dossiers(self) -> Iterator[Dossier]:
        """The dossiers that are no drafts and under no embargo, the latest first."""
        specs = []
        for slug in self.project.slugs:
            loaded = self.project.dossier(slug)
            spec = loaded.value
            if spec is None or is_blocked(loaded.diagnostics, strict=False):
                self.faults += loaded.diagnostics
            elif not spec.draft and not self.is_held(spec):
                specs.append(spec)
        for spec in sorted(specs, key=lambda spec: (_backwards(spec.date), collate(spec.title))):
            made = self.dossier(spec)
            if made is not None:
                yield made

    def archived(self) -> Mapping[str, Verdict]:
        """What is known of addresses that have a copy, for a site that shows copies."""
        if not self.settings.archived_copies:
            return {}
        history = self.project.link_history
        self.faults += history.diagnostics
        return archived(history.value)

    def is_held(self, spec: DossierSpec) -> bool:
        """Whether an embargo still holds a dossier back."""
        return bool(spec.embargo) and spec.embargo > self.today[: len(spec.embargo)]

    def dossier(self, spec: DossierSpec) -> Dossier | None:
        found = compose_dossier(self.project, spec, spec.style)
        composed = found.value
        if composed is None or is_blocked(found.diagnostics, strict=False):
            self.faults += found.diagnostics
            return None
        self.faults += misnamed(spec.former)
        selection = public_selection(composed.selection, self.settings.abstracts)
        whole = selection is composed.selection
        if not whole:
            images = {file.path: file.content for file in self.project.image_files(spec.slug)}
            themes, acronyms = self.project.themes.value, self.project.acronyms.value
            copies = copies_for(self.project, composed.spec)
            document = compose(selection, composed.style, themes, acronyms, images, copies).value
            composed = Composed(composed.spec, composed.style, selection, document)
        formats = formats_of(self.build, spec.slug)
        downloads = downloads_of(self.project, self.build, composed, formats, self.kept, whole=whole)
        self.faults += downloads.diagnostics
        references = {each.citekey: each for each in selection.references}
        return Dossier(composed.spec, composed.document, references, downloads.value)

    def references(self, dossiers: tuple[Dossier, ...], pages: tuple[Page, ...]) -> tuple[Reference, ...]:
        """The references that the site shows: by the day on which they came in, else by that of publication."""
        shown = {key for dossier in dossiers for key in dossier.references}
        shown |= {word.value for page in pages for word in page.spec.references}
        library = self.project.opened.value
        found = [
            each for each in library.wanted() if self.settings.notices == "all" or each.added or each.citekey in shown
        ]
        found.sort(
            key=lambda each: (_backwards(_day(each.added)), _backwards(_day(each.issued)), collate(each.citekey))
        )
        readable = tuple(public(each, self.settings.abstracts) for each in found)
        self.withheld = sum(
            bool(each.annotation or each.abstract) and not (made.annotation or made.abstract)
            for each, made in zip(found, readable, strict=True)
        )
        return readable

    # --- the folder site/ -------------------------------------------------------------------------------------------

    def pages(self, dossiers: set[str]) -> Iterator[Page]:
        """The pages that are no drafts: those without a day by name, then the events, the latest first."""
        made = []
        for path in sorted((self.project.root / SITE).glob(f"*{ENDING}")):
            if not path.is_file() or not self.is_inside(path):
                continue
            shown = f"{SITE}/{path.name}"
            text = decode_bytes(read_bytes(path, shown, MAX_SETTINGS), shown)
            loaded = load_page(text.value, shown, path.stem)
            self.faults += (*text.diagnostics, *loaded.diagnostics)
            if loaded.value is not None and not loaded.value.spec.draft:
                made.append(self.page(loaded.value, dossiers))
        yield from sorted(made, key=lambda page: (_backwards(page.spec.date) if page.is_event else (), page.slug))

    def page(self, read: PageText, dossiers: set[str]) -> Page:
        spec = read.spec
        lang = spec.lang or self.settings.languages[0]
        options = self.style.citation_options(lang)
        images = {f"{IMAGES}/{name}": content for name, content in self.images(read.text)}
        composer = Composer(options, self.style.preset, self.style, self.project.themes.value, images=images)
        flow = prose(read.text, spec.span, composer, read.places).flow
        self.faults += composer.diagnostics
        library = self.project.opened.value
        known = tuple(word for word in spec.dossiers if word.value in dossiers)
        self.faults += (
            misplaced(word.value, nearest(word.value, dossiers), word.span)
            for word in spec.dossiers
            if word not in known
        )
        found = [(word, library.get(word.value)) for word in spec.references]
        self.faults += (
            misplaced(word.value, nearest(word.value, library.citekeys_alike(word.value)), word.span)
            for word, reference in found
            if reference is None
        )
        themes = self.project.themes.value
        self.faults += (
            misplaced(word.value, nearest(word.value, themes.slugs), word.span)
            for word in spec.themes
            if not themes.find(word.value)
        )
        self.faults += misnamed(spec.former)
        cited = tuple(replace(word, value=reference.citekey) for word, reference in found if reference)
        supports = tuple(made for each in spec.supports if (made := self.support(each)) is not None)
        supports = tuple(replace(each, title=plain(composer.words(each.title))) for each in supports)
        return Page(_in_print(replace(spec, dossiers=known, references=cited), composer), flow, supports)

    def images(self, text: str) -> Iterator[tuple[str, bytes]]:
        """The images of the project that a text names."""
        for path in sorted((self.project.root / IMAGES).glob("*")):
            if path.name in text and path.is_file() and self.is_inside(path):
                yield path.name, read_bytes(path)

    def support(self, spec: SupportSpec) -> Support | None:
        """A file that a page offers; ``None``, with a fault, for one that is not there or is nothing to give away."""
        path = self.project.root / spec.file
        ending = path.suffix.removeprefix(".").lower()
        if (
            not spec.file.startswith(f"{SITE}/")
            or ending not in _TAKEN
            or not self.is_inside(path)
            or not path.is_file()
        ):
            self.faults.append(
                diagnose("D233", spec.span_of("file"), file=spec.file[:60], formats=", ".join(sorted(_TAKEN)))
            )
            return None
        content = read_bytes(path, spec.file, MOST_SUPPORT)
        return Support(
            spec.title,
            Download(path.name, ending.upper(), content, pages_of(content) if ending == "pdf" else 0),
            spec.under,
        )

    def logo(self) -> Download | None:
        """The logo that the settings name."""
        if not self.settings.logo:
            return None
        path = self.project.root / self.settings.logo
        if not path.is_file() or not self.is_inside(path):
            self.faults.append(diagnose("C123", None, file=self.settings.logo))
            return None
        return Download(f"logo{path.suffix.lower()}", path.suffix.removeprefix(".").upper(), read_bytes(path))

    def is_inside(self, path: Path) -> bool:
        """Whether a file is one of the project, and no link out of it."""
        return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(self.project.root))


def _in_print(spec: PageSpec, composer: Composer) -> PageSpec:
    """The words at the head of a page with their typography, as its text has it."""

    def words(value: str) -> str:
        return plain(composer.words(value))

    return replace(
        spec,
        title=words(spec.title),
        description=words(spec.description),
        place=words(spec.place),
        videos=tuple(replace(each, title=words(each.title), length=words(each.length)) for each in spec.videos),
    )


def _day(date: Date | None) -> str:
    point = date.first if date else None
    if point is None or point.unspecified or point.year < 0:
        return ""
    return f"{point.year:04d}-{point.month if point.month < 13 else 0:02d}-{point.day:02d}"


def _backwards(date: str) -> tuple[int, ...]:
    """What sorts a date before those that are earlier, and before none."""
    return tuple(-ord(character) for character in date) if date else (1,)
