"""What is published of a dossier, and what it may be published as: files with their sizes, and what changed since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from biblio.build.earlier import editions
from biblio.build.freshness import manifest_name, read_manifest
from biblio.build.pipeline import BuildResult, Request, build, is_up_to_date
from biblio.build.stamp import epoch_setting, stamp_of
from biblio.dossier.difference import compare, lines
from biblio.dossier.kinds import KINDS
from biblio.dossier.spec import DossierSpec
from biblio.outputs.package import packed
from biblio.outputs.table import OUTPUTS, output_name
from biblio.project import pandoc
from biblio.project.manifest import Manifest, Options, sha256
from biblio.project.project import Project, output_folder
from biblio.project.read import read_plainly
from biblio.project.selection import selection_of
from biblio.server.laid_out import sent
from biblio.words.faults import BiblioError, Diagnostic, required

# The formats that pandoc writes.
OF_PANDOC = frozenset({"docx", "odt", "epub", "md", "txt", "tex"})
State = Literal["current", "old", "none"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its file, of ``size`` bytes, which is ``current``, ``old``, or not there (``none``)."""

    name: str
    about: Mapping[str, str]
    file: str
    state: State
    size: int


@dataclass(frozen=True, slots=True)
class Publication:
    """The formats of a dossier, which may be a ``draft``; what changed since it was published, in lines of words.

    ``since`` is the fault that keeps from comparing, if one does.
    """

    title: str
    draft: bool
    formats: tuple[Format, ...]
    changed: tuple[str, ...]
    since: Diagnostic | None = None

    @property
    def published(self) -> bool:
        """Whether there is a file already."""
        return any(each.size for each in self.formats)


def publication(project: Project, slug: str, lang: str) -> Publication:
    """How things stand. Raises ``BiblioError``: E102 for a name that no dossier has, the fault of a spec, E133."""
    spec = _spec(project, slug)
    folder = output_folder(project, None)
    manifest = read_manifest(folder, slug)
    formats = tuple(_format(project, spec, folder, manifest, name) for name in offered(spec))
    changed: tuple[str, ...] = ()
    fault = None
    if manifest is not None and any(each.state == "old" for each in formats):
        try:
            changed = tuple(_changes(project, spec, folder / manifest_name(slug), lang))
        except BiblioError as error:
            fault = error.diagnostic
    return Publication(spec.title, spec.draft, formats, changed, fault)


def offered(spec: DossierSpec) -> Iterator[str]:
    """The formats that a dossier may have on this machine."""
    has_pandoc = bool(pandoc.version())
    for name, row in OUTPUTS.items():
        if row.offered_for(KINDS[spec.kind]) and (has_pandoc or name not in OF_PANDOC):
            yield name


def _format(project: Project, spec: DossierSpec, folder: Path, manifest: Manifest | None, name: str) -> Format:
    file = output_name(spec.slug, name)
    content = _content(folder, manifest, file)
    state: State = "none"
    if content:
        options = Options(spec.style, (name,), epoch_setting())
        state = "current" if is_up_to_date(project, spec, folder, options) else "old"
    return Format(name, OUTPUTS[name].about, file, state, len(content))


def _content(folder: Path, manifest: Manifest | None, file: str) -> bytes:
    """A file as it was published; empty where it is not there, or another one is."""
    try:
        content = read_plainly(folder / file)
    except OSError:
        return b""
    return content if manifest and manifest.outputs.get(file) == sha256(content) else b""


def _changes(project: Project, spec: DossierSpec, since: Path, lang: str) -> Iterator[str]:
    selection = selection_of(project, spec).value
    both = editions(project, selection, str(since), lang)
    difference = compare(both.old, both.new)
    if difference:
        yield from lines(difference, lang)


def files(project: Project, slug: str, names: Sequence[str] = ()) -> Mapping[str, bytes]:
    """The files that were published, by name: those in some formats, or all of them. Raises as ``publication``."""
    project.dossier_file(slug)  # a name that no dossier has leads nowhere
    folder = output_folder(project, None)
    manifest = read_manifest(folder, slug)
    wanted = (output_name(slug, name) for name in OUTPUTS if (not names or name in names))
    found = {file: _content(folder, manifest, file) for file in wanted}
    return {file: content for file, content in found.items() if content}


def all_in_one(project: Project, slug: str) -> bytes:
    """All the files in one package, which is the same for the same files. Raises as ``publication``."""
    return packed(files(project, slug), stamp_of(_spec(project, slug).date))


def published(root: Path, slug: str, name: str) -> BuildResult:
    """Publishes a dossier in a format, as ``biblio build`` does. Raises as it does."""
    project = Project(root)
    result = build(project, slug, Request(output_folder(project, None), (name,)))
    return replace(result, diagnostics=tuple(map(sent, result.diagnostics)))


def _spec(project: Project, slug: str) -> DossierSpec:
    return required(project.dossier(slug))
