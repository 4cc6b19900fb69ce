"""Finds a project on the disk and reads its files: ``references/``, ``dossiers/`` and ``styles/``."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING
from urllib.parse import quote

from biblio.collection.acronyms import DeclaredAcronyms, load_acronyms
from biblio.collection.catalogue import Catalogue, Unreliable
from biblio.collection.library import Library
from biblio.collection.link_history import FILE as LINKS
from biblio.collection.link_history import NO_HISTORY, History
from biblio.collection.link_history import loads as load_history
from biblio.collection.themes import Themes, load_themes
from biblio.dossier.kinds import KINDS
from biblio.dossier.loader import load_dossier
from biblio.dossier.spec import DossierSpec
from biblio.formats.bibtex.file import BibFile
from biblio.formats.bibtex.reader import open_files, open_library
from biblio.formats.text import decode_bytes
from biblio.places import imported
from biblio.project import index
from biblio.project.processors import PROCESSORS
from biblio.project.read import MAX_FILE, MAX_RECORD, MAX_SETTINGS, is_inside, read_bytes
from biblio.project.source import SourceFile, said_as, shown_as
from biblio.project.style_folder import MAX_STYLE_FILE, STYLES, StyleFolder, bundled_styles
from biblio.project.unread import copy_of, holder_of, unread_dossiers, unread_references
from biblio.style.style import Style, citation_of, extends_of, load_style
from biblio.text.nearest import MOST_SUGGESTIONS, nearest
from biblio.words.faults import BiblioError, Diagnostic, Parsed, Span, diagnose
from biblio.yaml_model.slug import is_slug, slug_like

if TYPE_CHECKING:
    from biblio.project.index.catalogue import IndexedCatalogue

REFERENCES, DOSSIERS, BUILD = "references", "dossiers", "build"
FONTS, IMAGES = "fonts", "images"
BIBTEX, SPEC = ".bib", ".yaml"
THEMES = "themes.yaml"
ACRONYMS = "sigles.yaml"
MAX_EXTENDS = 8
MAX_SPEC = 16_000_000  # of characters it may have fewer (D118), and says so at their place


@dataclass(frozen=True)
class Project:
    """A folder with ``dossiers/`` and ``references/`` in it. Files are read when they are asked for, each one once."""

    root: Path

    @cached_property
    def reference_files(self) -> tuple[SourceFile, ...]:
        """Every ``.bib`` file under ``references/``, by name."""
        if self._index is None:
            return tuple(map(self._read, map(Path, self._reference_places.values())))
        hashes = self._index.hashes
        return tuple(SourceFile(name, None, place, hashes[name]) for name, place in self._reference_places.items())

    @cached_property
    def opened(self) -> Parsed[Library]:
        """The references of all the files, each made when it is asked for, with the faults of reading the files.

        The faults of its values are what ``Library.faults_of`` tells of each reference.
        """
        if self._index is None:
            return open_library(self._bib_files)
        try:
            return Parsed(Library.of(self._index, self._anew), self._index.diagnostics)
        except Unreliable:
            return self._read_anew()

    @cached_property
    def library(self) -> Parsed[Library]:
        """The references of all the files, with every fault of all of them."""
        opened = self.opened
        return Parsed(opened.value, (*opened.diagnostics, *opened.value.faults()))

    @cached_property
    def theme_file(self) -> SourceFile | None:
        """``references/themes.yaml``, if there is one."""
        path = self.root / REFERENCES / THEMES
        return self._read(path, MAX_SETTINGS) if os.path.lexists(path) else None

    @cached_property
    def themes(self) -> Parsed[Themes]:
        """The themes of the collection; none without a file of them."""
        file = self.theme_file
        if file is None:
            return Parsed(Themes())
        text = decode_bytes(file.content, file.path)
        loaded = load_themes(text.value, file.path)
        return Parsed(loaded.value, (*text.diagnostics, *loaded.diagnostics))

    @cached_property
    def acronym_file(self) -> SourceFile | None:
        """``references/sigles.yaml``, if there is one."""
        path = self.root / REFERENCES / ACRONYMS
        return self._read(path, MAX_SETTINGS) if os.path.lexists(path) else None

    @cached_property
    def link_file(self) -> SourceFile | None:
        """``links.jsonl``, if there is one: what was seen at the addresses of the project."""
        path = self.root / LINKS
        return self._read(path, MAX_RECORD) if os.path.lexists(path) else None

    @cached_property
    def link_history(self) -> Parsed[History]:
        """What was seen at the addresses of the project; nothing without a file of it."""
        file = self.link_file
        if file is None:
            return Parsed(NO_HISTORY)
        text = decode_bytes(file.content, file.path)
        loaded = load_history(text.value, file.path)
        return Parsed(loaded.value, (*text.diagnostics, *loaded.diagnostics))

    @cached_property
    def acronyms(self) -> Parsed[DeclaredAcronyms]:
        """The acronyms that the project declares; none without a file of them."""
        file = self.acronym_file
        if file is None:
            return Parsed(DeclaredAcronyms())
        text = decode_bytes(file.content, file.path)
        loaded = load_acronyms(text.value, file.path)
        return Parsed(loaded.value, (*text.diagnostics, *loaded.diagnostics))

    @property
    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """How many entries each reference file has, and how many of them the library keeps."""
        if self._index is not None:
            with suppress(Unreliable):
                return self._index.counts
        taken = Counter(each.span.path for each in self.opened.diagnostics if each.code == "P202" and each.span)
        return {file.path: {"entries": len(file), "kept": len(file) - taken[file.path]} for file in self._bib_files}

    @cached_property
    def _index(self) -> IndexedCatalogue | None:
        """What is known of the references of a large project; ``None`` for a small one, or where there can be none."""
        try:
            files = [index.Listed(name, place, os.stat(place)) for name, place in self._reference_places.items()]  # noqa: PTH116
        except OSError:  # reading it tells why
            return None
        if sum(each.status.st_size for each in files) < index.SMALL or any(
            not S_ISREG(each.status.st_mode) for each in files
        ):
            return None
        # SQLite takes a while to import, which small projects need not wait for.
        found: IndexedCatalogue | None = imported("biblio.project.index.opened:index_of")(os.fspath(self.root), files)
        return found

    def _read_anew(self) -> Parsed[Library]:
        """The library once the files are read, whatever an index has of them. They are what it was brought up to."""
        library = open_library(self._bib_files)
        if self._index is not None:
            self._index.store.discard()
        return library

    def _anew(self) -> Catalogue:
        return self._read_anew().value.catalogue

    @cached_property
    def _bib_files(self) -> list[BibFile]:
        return open_files([(file.content, file.path) for file in self.reference_files])

    @cached_property
    def _reference_places(self) -> Mapping[str, str]:
        """Where the reference files stand, by their names in messages, in order.

        There may be thousands, of which few are opened: to make a ``Path`` of each takes as long as to look at it.
        """
        start = len(os.fspath(self.root / REFERENCES)) - len(REFERENCES)
        listed = (place for place in self._walked(REFERENCES) if place.endswith(BIBTEX))
        found = (place for place in listed if not place.endswith(os.sep + BIBTEX) and not copy_of(place))
        return {said_as(place[start:].replace(os.sep, "/")): place for place in found}

    def sources(self, paths: Collection[str]) -> Iterator[SourceFile]:
        """Those of these files that the project holds: what messages quote."""
        yield from (file for file in self.reference_files if file.path in paths)
        if self.theme_file is not None and self.theme_file.path in paths:
            yield self.theme_file
        if self.acronym_file is not None and self.acronym_file.path in paths:
            yield self.acronym_file
        for slug in self.slugs:
            if f"{DOSSIERS}/{slug}.yaml" in paths:
                yield self.dossier_file(slug)
        for style in self.style_names:
            if any(path.startswith(f"{STYLES}/{style}/") for path in paths):
                yield from (file for file in self.style_files(style) if file.path in paths)

    @cached_property
    def slugs(self) -> tuple[str, ...]:
        """The names of the dossiers: the files of ``dossiers/``, without their extension."""
        folder = self.root / DOSSIERS
        listed = (path for path in self._listed(DOSSIERS) if path.suffix == SPEC and path.parent == folder)
        return tuple(path.stem for path in listed if not copy_of(path))

    @cached_property
    def unread(self) -> tuple[Diagnostic, ...]:
        """What is in ``references/`` and ``dossiers/`` and is not read, and was most likely meant to be."""
        beside = [(path, shown_as(path.relative_to(self.root))) for path in self._listed(REFERENCES)]
        specs = [(path, shown_as(path.relative_to(self.root))) for path in self._listed(DOSSIERS)]
        return (*unread_references(beside), *unread_dossiers(specs, self.root / DOSSIERS))

    def with_holders(self, diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """The faults, where a key that no reference has (D201, D207) stands in a file that is not read (D218)."""
        files: list[Path] | None = None
        looked = 0
        for fault in diagnostics:
            looked += fault.code in ("D201", "D207")
            if fault.code not in ("D201", "D207") or looked > MOST_SUGGESTIONS:
                yield fault
                continue
            if files is None:
                places = [each.span.path for each in self.unread if each.span]
                files = [self.root / place for place in places if place.startswith(f"{REFERENCES}/")]
            found = holder_of(fault.arguments["key"], files)
            if found is None:
                yield fault
            else:
                shown = shown_as(found.relative_to(self.root))
                yield diagnose("D218", fault.span, key=fault.arguments["key"], file=shown)

    def dossier_file(self, slug: str) -> SourceFile:
        """The spec of a dossier. Raises ``BiblioError`` (E102) when there is none of that name."""
        path = self.root / DOSSIERS / f"{slug}.yaml"
        if slug not in self.slugs:
            known = ", ".join(self.slugs) or "–"
            raise BiblioError(diagnose("E102", slug=slug, known=known))
        return self._read(path, MAX_SPEC)

    def dossier(self, slug: str) -> Parsed[DossierSpec | None]:
        """The spec of a dossier, read. Raises ``BiblioError`` (E102) when there is none of that name.

        A dossier that names no style has that of its kind. An unknown style is reported at its place (E103), and the
        kind's stands for it.
        """
        loaded = _loaded(self.dossier_file(slug), slug)
        spec, diagnostics = loaded.value, [*loaded.diagnostics]
        if spec is not None:
            is_known = spec.style in self.style_names
            if not is_known:
                diagnostics.append(self._unknown_style(spec.style, spec.span_of("style")))
            if not is_known or "style" not in spec.spans:
                spec = replace(spec, style=KINDS[spec.kind].style)
        return Parsed(spec, tuple(diagnostics))

    def image_files(self, slug: str) -> tuple[SourceFile, ...]:
        """The images that the spec of a dossier names, of the folder ``images``; a link out of it is left alone."""
        if slug not in self.slugs:  # a dossier that nobody has written down
            return ()
        spec = decode_bytes(self.dossier_file(slug).content, slug).value
        folder = self.root / IMAGES
        shown = {shown_as(path.relative_to(self.root)): path for path in self._listed(IMAGES)}
        named = (path for name, path in shown.items() if name in spec or quote(name) in spec)
        return tuple(self._read(path) for path in named if path.is_file() and is_inside(path, folder))

    def style_files(self, name: str) -> tuple[SourceFile, ...]:
        """Every file of a style and of those that it extends. Raises ``BiblioError`` (E103) for an unknown style."""
        own = (file for folder in self._style_chain(name) for file in folder.files)
        return (*own, *self.spare_fonts)

    @cached_property
    def spare_fonts(self) -> tuple[SourceFile, ...]:
        """The fonts of the project, for the characters that those of a style lack; a link out of it is left alone."""
        folder = self.root / FONTS
        paths = sorted(path for path in folder.glob("*") if path.suffix.lower() in (".ttf", ".otf") and path.is_file())
        return tuple(self._read(path, MAX_STYLE_FILE) for path in paths if is_inside(path, folder))

    def style(self, name: str) -> Parsed[Style | None]:
        """A style, ready for use. Raises ``BiblioError`` (E103) for an unknown one, or one that extends itself."""
        chain = self._style_chain(name)
        loaded = load_style([folder.parsed for folder in chain], PROCESSORS)
        refused = (diagnostic for folder in chain for diagnostic in folder.diagnostics)
        style = loaded.value
        if style is not None and self.spare_fonts:
            style = replace(style, spare_fonts={file.path: file.content for file in self.spare_fonts})
        return Parsed(style, (*loaded.diagnostics, *refused))

    def demotes(self, name: str) -> bool:
        """Whether a style prints particles behind given names, and files names without; one that is not there, no."""
        try:
            style = self.style(name).value
        except BiblioError:
            return False
        return style is not None and style.demotes

    def citation_of(self, name: str) -> str:
        """The citation grammar that a style names. Raises ``BiblioError`` (E103) for an unknown style."""
        return citation_of([folder.parsed for folder in self._style_chain(name)])

    @cached_property
    def style_names(self) -> tuple[str, ...]:
        """The styles to choose from: the project's own and those that come with biblio."""
        return tuple(sorted({path.parent.name for base in self._style_bases for path in base.glob("*/style.yaml")}))

    @property
    def _style_bases(self) -> tuple[Path, ...]:
        return (self.root / STYLES, bundled_styles())

    def _unknown_style(self, name: str, span: Span | None = None) -> Diagnostic:
        """The fault of naming a style that is not there, with the one that was most likely meant, if any (E141)."""
        made = slug_like(name)
        suggestion = made if made in self.style_names else nearest(made, self.style_names)
        if suggestion and suggestion != name:
            return diagnose("E141", span, style=name, suggestion=suggestion)
        return diagnose("E103", span, style=name, known=", ".join(self.style_names))

    def _style_chain(self, name: str) -> list[StyleFolder]:
        chain: list[StyleFolder] = []
        while name:
            bases = self._style_bases if is_slug(name) else ()
            base = next((base for base in bases if _stands(base / name / "style.yaml")), None)
            if base is None or len(chain) == MAX_EXTENDS or name in (folder.parsed.name for folder in chain):
                raise BiblioError(self._unknown_style(name))
            if base / name not in self._folders:
                self._folders[base / name] = StyleFolder.read(base / name, f"{STYLES}/{name}")
            chain.append(self._folders[base / name])
            name = extends_of(chain[-1].parsed)
        return chain

    def _listed(self, name: str) -> list[Path]:
        """Everything in a folder of the project and in the folders inside it, by name; nothing if it is not there."""
        return list(map(Path, self._walked(name)))

    def _walked(self, name: str) -> list[str]:
        """The same, as texts."""

        def stop(error: OSError) -> None:
            if not isinstance(error, FileNotFoundError):
                shown = shown_as(Path(error.filename).relative_to(self.root))
                raise BiblioError(diagnose("E104", Span(shown), reason=error.strerror)) from error

        walk = os.walk(self.root / name, onerror=stop)
        found = (f"{folder}{os.sep}{each}" for folder, folders, files in walk for each in (*folders, *files))
        return sorted(found, key=_order)

    def _read(self, path: Path, most: int = MAX_FILE) -> SourceFile:
        """A file, read once: what is made of it and the hash that stands for it are of the same bytes."""
        if path not in self._files:
            shown = shown_as(path.relative_to(self.root))
            self._files[path] = SourceFile(shown, read_bytes(path, shown, most), path)
        return self._files[path]

    @cached_property
    def _files(self) -> dict[Path, SourceFile]:
        return {}

    @cached_property
    def _folders(self) -> dict[Path, StyleFolder]:
        return {}


@lru_cache(maxsize=32)  # whoever reads a project anew after each change finds the others as they were
def _loaded(file: SourceFile, slug: str) -> Parsed[DossierSpec | None]:
    text = decode_bytes(file.content, file.path)
    loaded = load_dossier(text.value, file.path, slug)
    return Parsed(loaded.value, (*text.diagnostics, *loaded.diagnostics))


def _stands(path: Path) -> bool:
    """Whether there is something that is no folder: a pipe, or a link that leads nowhere, is refused when read."""
    return os.path.lexists(path) and not path.is_dir()


def output_folder(project: Project, given: Path | None) -> Path:
    """Where outputs go: where the user says, else ``build``, which may be a link inside the project alone (E133)."""
    if given is not None:
        return given
    require_inside(project, BUILD)
    return project.root / BUILD


def is_source(project: Project, path: Path) -> bool:
    """Whether a file stands among the sources of a project, which no output may replace."""
    return any(is_inside(path, project.root / name) for name in (REFERENCES, DOSSIERS, STYLES, IMAGES))


def require_inside(project: Project, folder: str) -> None:
    """Raises ``BiblioError`` (E133) for a folder of the project that is a link out of it."""
    if not is_inside(project.root / folder, project.root):
        raise BiblioError(diagnose("E133", Span(folder)))


def discover(start: Path) -> Project:
    """The project that holds ``start``: the nearest folder, upwards, with a ``dossiers/`` folder.

    Raises ``BiblioError`` (E101) when there is none, and (E104) when a folder on the way may not be entered.
    """
    try:
        start = start.resolve()
        for folder in (start, *start.parents):
            if (folder / DOSSIERS).is_dir():
                return Project(folder)
    except (OSError, RuntimeError) as error:  # RuntimeError: links that turn in a circle (Path.resolve)
        reason = getattr(error, "strerror", None) or str(error)
        raise BiblioError(diagnose("E104", Span(start.name or str(start)), reason=reason)) from error
    raise BiblioError(diagnose("E101", folder=start.name or str(start)))


def _order(path: str) -> list[str]:
    """Orders paths as ``Path`` does, which compares many times more slowly: of files there may be thousands."""
    return os.path.normcase(path).split(os.sep)  # noqa: PTH206


def texts_of(files: Iterable[SourceFile]) -> Mapping[str, str]:
    """The text of each file by its name: what messages quote their lines from."""
    return {file.path: decode_bytes(file.content, file.path).value for file in files}
