"""Checks a project or some files: everything that reading, the rules, the dossiers and their styles find."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from biblio.build.pipeline import compose_dossier
from biblio.check.directives import Directive, Silence, read_directives, silence
from biblio.check.each import look_at_each
from biblio.check.fixes import Fixed, fix_file
from biblio.check.rules.dossiers import Dossiers
from biblio.check.rules.printing import Sheet
from biblio.check.rules.sketch import sketches_of
from biblio.check.run import (
    Problem,
    check_dossiers,
    check_file,
    check_headings,
    check_in_print,
    check_library,
    check_printed,
    check_references,
    check_sheet,
    without_replaced,
)
from biblio.check.settings import Settings
from biblio.check.source import SourceText
from biblio.check.table import RULES
from biblio.citation import DEFAULT_PRESET, PRESETS
from biblio.collection.library import Library
from biblio.dossier.kinds import KINDS
from biblio.dossier.select import select
from biblio.dossier.spec import DossierSpec
from biblio.formats import FORMATS
from biblio.formats.bibtex.reader import open_files, open_library, read_bibtex
from biblio.formats.text import decode_bytes
from biblio.outputs.pdf.write import unprintable
from biblio.outputs.table import OUTPUTS
from biblio.plugins import Unusable
from biblio.project.project import Project
from biblio.project.read import read_bytes
from biblio.project.source import SourceFile
from biblio.project.unread import copy_of, unread_references
from biblio.reference.reference import Reference
from biblio.reference.types import ENTRY_TYPES
from biblio.style.fields import PRINTABLE
from biblio.style.style import Style
from biblio.text.collation import fold_key
from biblio.text.inline import plain
from biblio.words.faults import BiblioError, Diagnostic, Parsed, Span, diagnose, in_order
from biblio.words.tables import Severity

DEFAULT = Settings()
# What only composing a dossier finds: what is beyond all measure, what its texts cannot say, what its fonts lack.
OF_COMPOSING = (
    *("D119", "D148", "W101", "W105", "W107", "W111", "W112", "W117"),
    *("W131", "W132", "W133", "W134", "W135"),
)


@dataclass(frozen=True, slots=True)
class Collection:
    """What is checked: files of references, read as one library, and the project that they belong to, if any."""

    files: tuple[SourceFile, ...]
    library: Parsed[Library]
    counts: Mapping[str, Mapping[str, int]]  # how many entries each file has, and how many of them the library keeps
    project: Project | None = None


def of_project(project: Project) -> Collection:
    """Everything in a project. Raises ``BiblioError`` when a file cannot be read."""
    return Collection(project.reference_files, project.library, project.counts, project)


def of_paths(paths: Sequence[Path]) -> Collection:
    """The ``.bib`` files of these paths, themselves files or folders, by their names as seen from here.

    Raises ``BiblioError``: E104 when a file cannot be read, C108 when a path is neither.
    """
    found: list[Path] = []
    unread: list[Diagnostic] = []
    for path in paths:
        inside = sorted(path.rglob("*.bib")) if path.is_dir() else [path]
        if not inside or (path.exists() and not path.is_dir() and path.suffix.lower() != ".bib"):
            raise BiblioError(diagnose("C108", Span(path.as_posix())))
        found += (each for each in inside if path.is_file() or not copy_of(each))
        if path.is_dir():
            unread += unread_references((each, _shown(each)) for each in sorted(path.rglob("*")))
    made = of_files([SourceFile(_shown(path), read_bytes(path), path) for path in dict.fromkeys(found)])
    return replace(made, library=Parsed(made.library.value, (*unread, *made.library.diagnostics)))


def _shown(path: Path) -> str:
    """A path as messages print it: from here, if it is here."""
    return (path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path).as_posix()


def of_files(files: Sequence[SourceFile]) -> Collection:
    """Files that were read, outside any project."""
    opened = open_files([(file.content, file.path) for file in files])
    library = open_library(opened)
    taken = Counter(each.span.path for each in library.diagnostics if each.code == "P202" and each.span)
    counts = {file.path: {"entries": len(file), "kept": len(file) - taken[file.path]} for file in opened}
    return Collection(tuple(files), Parsed(library.value, (*library.diagnostics, *library.value.faults())), counts)


def check(checked: Collection | Project, settings: Settings = DEFAULT) -> tuple[Diagnostic, ...]:
    """Every fault of a collection that the settings ask for, in the order of its files, each one once.

    Raises ``BiblioError`` when a file cannot be read or a style does not exist.
    """
    collection = of_project(checked) if isinstance(checked, Project) else checked
    library = collection.library.value
    sources = _sources(collection.files)
    each = look_at_each(library, sources, settings)
    found = [*collection.library.diagnostics, *_of_plugins(), *each.faults]
    found += (problem.diagnostic for problem in check_library(each.sketches, sources, settings))
    for source in sources.values():
        found += (problem.diagnostic for problem in check_file(source, settings))
    if collection.project is None:
        found += check_in_print({(DEFAULT_PRESET, False, ()): tuple(library)}, sources, settings)
    else:
        found += _of_project(collection.project, library, sources, settings)
        found += _of_settings(library, settings)
    return _told(found, sources, settings)


def check_alone(project: Project, settings: Settings = DEFAULT) -> tuple[Diagnostic, ...]:
    """The faults that ``check`` would find in single references, without comparing them or looking at dossiers.

    Raises ``BiblioError`` when a file cannot be read.
    """
    sources = _sources(project.reference_files)
    found = [*project.library.diagnostics, *look_at_each(project.library.value, sources, settings).faults]
    return tuple(each for each in _told(found, sources, settings) if each.citekey)


def _told(found: Iterable[Diagnostic], sources: Mapping[str, SourceText], settings: Settings) -> tuple[Diagnostic, ...]:
    """What is said of all that was found."""
    wanted = [diagnostic for diagnostic in without_replaced(found) if _is_wanted(diagnostic, settings)]
    return _once_a_file(in_order(_silenced(wanted, sources.values(), settings)))


def _once_a_file(diagnostics: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The faults, of the rules that are told once a file the first alone, with the number of its kind."""
    once = {code for code, rule in RULES.items() if rule.once}
    counts = Counter((each.code, each.span.path) for each in diagnostics if each.code in once and each.span)
    told: list[Diagnostic] = []
    for each in diagnostics:
        if each.code not in once or each.span is None:
            told.append(each)
        elif count := counts.pop((each.code, each.span.path), 0):
            told.append(replace(each, arguments={**each.arguments, "count": str(count)}))
    return tuple(told)


def _of_plugins() -> Iterator[Diagnostic]:
    for each in unusable_plugins():
        yield diagnose("E123", name=each.name, group=each.group, problem=each.problem)


def unusable_plugins() -> Iterator[Unusable]:
    """What installed packages meant to add to the tables and could not (E123)."""
    for table in (ENTRY_TYPES, FORMATS, KINDS, OUTPUTS, PRESETS, RULES):
        yield from table.unusable


def count(diagnostics: Iterable[Diagnostic]) -> Counter[Severity]:
    """How many faults there are of each severity."""
    return Counter(diagnostic.severity for diagnostic in diagnostics)


def fix(file: SourceFile, settings: Settings, *, unsafe: bool, citekeys: Container[str] | None = None) -> Fixed:
    """A file of references after its fixes: the safe ones, and with ``unsafe`` all of them.

    What the settings or the file's own comments leave unreported is left as it is, and so is all that does not belong
    to one of the ``citekeys``, folded, where these are given.
    """
    return fix_file(file.path, file.content, read_bibtex, decode_bytes, partial(_fixable, settings, unsafe, citekeys))


def _fixable(
    settings: Settings,
    unsafe: bool,
    citekeys: Container[str] | None,
    references: Sequence[Reference],
    source: SourceText,
) -> Iterator[Problem]:
    silent = Silence(read_directives(source)[0])
    for problem in (
        *check_file(source, settings),
        *check_references(references, {source.path: source}, settings),
        *(check_library(sketches_of(references), {source.path: source}, settings, mending=True) if unsafe else ()),
    ):
        diagnostic = problem.diagnostic
        silenced = silent.silences(diagnostic)
        meant = citekeys is None or (diagnostic.citekey is not None and fold_key(diagnostic.citekey) in citekeys)
        if meant and (problem.safe or unsafe) and _is_wanted(diagnostic, settings) and not silenced:
            yield problem


def _sources(files: Iterable[SourceFile]) -> dict[str, SourceText]:
    return {file.path: SourceText(file.path, decode_bytes(file.content, file.path).value) for file in files}


def _is_wanted(diagnostic: Diagnostic, settings: Settings) -> bool:
    path = diagnostic.span.path if diagnostic.span else ""
    # Which rules run by default has been settled when they ran.
    return settings.wants(diagnostic.code) and settings.wants_in(diagnostic.code, path)


def _silenced(
    diagnostics: Iterable[Diagnostic],
    sources: Iterable[SourceText],
    settings: Settings,
) -> Iterator[Diagnostic]:
    """The faults that no comment of a file silences, with those of the comments themselves."""
    directives: list[Directive] = []
    for source in sources:
        understood, misunderstood = read_directives(source)
        directives += understood
        yield from (diagnostic for diagnostic in misunderstood if _is_wanted(diagnostic, settings))
    for diagnostic in silence(diagnostics, directives):
        # A comment for a code that was not looked for is not useless.
        if diagnostic.code != "C106" or (
            _is_wanted(diagnostic, settings) and settings.wants(diagnostic.arguments["code"])
        ):
            yield diagnostic


def _of_settings(library: Library, settings: Settings) -> Iterator[Diagnostic]:
    """The accepted pairs that name a notice which is not there."""
    for first, second in settings.accepted:
        for key in (first, second):
            if library.get(key) is None:
                yield diagnose("C105", None, first=first, second=second, key=key)


def _of_project(
    project: Project,
    library: Library,
    sources: Mapping[str, SourceText],
    settings: Settings,
) -> Iterator[Diagnostic]:
    """The faults of the dossiers of a project, of what they print, and of their styles."""
    specs: list[DossierSpec] = []
    in_print: dict[tuple[str, bool, tuple[str, ...]], list[Reference]] = {}
    printed: list[list[tuple[Reference, Span]]] = []
    yield from project.unread
    yield from project.themes.diagnostics
    yield from project.acronyms.diagnostics
    yield from project.link_history.diagnostics
    for slug in project.slugs:
        loaded = project.dossier(slug)
        yield from loaded.diagnostics
        spec = loaded.value
        if spec is None:
            continue
        specs.append(spec)
        selected = select(library, spec, project.themes.value, demoted=project.demotes(spec.style))
        yield from project.with_holders(selected.diagnostics)
        sections = (section for part in selected.value.parts for section in part.walk())
        printed.append([(each.reference, each.reason.span) for section in sections for each in section.placements])
        style = project.style(spec.style)
        yield from style.diagnostics
        if style.value is not None:
            beside = tuple(PRINTABLE[word.value] for word in spec.fields or style.value.spec.fields)
            grammar = (style.value.preset.name, style.value.spec.roles, beside)
            in_print.setdefault(grammar, []).extend(reference for reference, _ in printed[-1])
        yield from check_headings(spec, spec.lang, settings)
        if any(settings.wants(code) for code in OF_COMPOSING):
            yield from _of_printed(project, spec, settings)
    unique = {
        grammar: tuple({each.citekey: each for each in all_of_it}.values()) for grammar, all_of_it in in_print.items()
    }
    yield from check_in_print(unique, sources, settings)
    yield from check_dossiers(Dossiers(specs, library, printed), sources, settings)
    for name in dict.fromkeys(spec.style for spec in specs):
        style = project.style(name)
        if style.value is not None:
            yield from _of_style(project, name, style.value, settings)


def _of_printed(project: Project, spec: DossierSpec, settings: Settings) -> Iterator[Diagnostic]:
    """The faults that can be seen in the words of a dossier before they are laid out."""
    made = compose_dossier(project, spec, spec.style)
    composed = made.value
    # What a build tells is told here: that of its files a second time, which counts once.
    yield from made.diagnostics
    if composed is None:
        return
    yield from unprintable(composed, composed.document)
    places = composed.selection.places
    for notice in composed.document.notices:
        span = places[notice.citekey]
        for line in notice.lines:
            yield from check_printed(plain(line.content), span, notice.citekey, settings)


def _of_style(project: Project, name: str, style: Style, settings: Settings) -> Iterator[Diagnostic]:
    for file in project.style_files(name):
        if file.path.endswith(".css"):
            text = decode_bytes(file.content, file.path).value
            yield from check_sheet(Sheet(file.path, text, style.assets), settings)
