"""Whether a dossier's outputs are those of its inputs as they are now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from biblio import __version__, plugins
from biblio.collection.link_history import FILE as LINKS
from biblio.outputs.table import output_name
from biblio.project.manifest import LIBRARIES, Inputs, Manifest, Options, changes, inputs_of, loads, sha256
from biblio.project.processors import versions_for
from biblio.project.program import code_digest
from biblio.project.project import DOSSIERS, REFERENCES, Project
from biblio.project.read import MAX_RECORD, read_plainly
from biblio.project.source import SourceFile


def current_inputs(project: Project, slug: str, options: Options) -> Inputs:
    """The inputs of a dossier as they are now."""
    files: list[SourceFile] = [
        project.dossier_file(slug),
        *project.reference_files,
        *((project.theme_file,) if project.theme_file else ()),
        *((project.acronym_file,) if project.acronym_file else ()),
        *_links(project, slug),
        *project.image_files(slug),
        *project.style_files(options.style),
    ]
    return inputs_of(files, options, {**versions(), **versions_for(project.citation_of(options.style))})


def _links(project: Project, slug: str) -> tuple[SourceFile, ...]:
    """What was seen at addresses, for a dossier that prints the copies of what is dead."""
    spec = project.dossier(slug).value
    return (project.link_file,) if project.link_file and spec is not None and spec.archived_copies else ()


@cache  # asked for each dossier, they look through what is installed
def versions() -> Mapping[str, str]:
    """The versions of biblio, of the libraries that shape every output, and of the packages that add to the tables."""
    found = {"biblio": f"{__version__}+{code_digest()}"}
    for library in LIBRARIES:
        try:
            found[library] = version(library)
        except PackageNotFoundError:
            found[library] = ""
    return {**found, **plugins.distributions()}


def is_current(folder: Path, slug: str, inputs: Inputs) -> bool:
    """Whether the outputs in ``folder``, in the formats of ``inputs``, are there, untouched, and made from these."""
    return current_manifest(folder, slug, inputs) is not None


def current_manifest(folder: Path, slug: str, inputs: Inputs) -> Manifest | None:
    """The manifest of the outputs in ``folder`` if they are there, untouched, and made from these inputs."""
    manifest = read_manifest(folder, slug)
    if manifest is None or manifest.inputs.of_any_format() != inputs.of_any_format():
        return None
    return manifest if _is_whole(folder, manifest, inputs.options.formats) else None


def manifest_of_content(folder: Path, slug: str, inputs: Inputs, content: str) -> Manifest | None:
    """The manifest of the outputs in ``folder``, brought up to these inputs, if other inputs gave what they print.

    They are then what these inputs would give: outputs are made of what is printed, the style and the program alone.
    Faults of rendering are kept with the outputs, unless they name a place in a file that has changed: ``None`` then.
    """
    manifest = read_manifest(folder, slug)
    if manifest is None or manifest.content != content:
        return None
    before = manifest.inputs
    changed = {change.name for change in changes(before, replace(inputs, options=before.options))}
    asked = replace(inputs.options, formats=())
    if replace(before.options, formats=()) != asked or not all(map(_is_text_of_dossiers, changed)):
        return None
    kept = {name: told for name, told in manifest.diagnostics.items() if name}
    if any(each.span and each.span.path in changed for told in kept.values() for each in told):
        return None
    if not _is_whole(folder, manifest, inputs.options.formats):
        return None
    return replace(manifest, inputs=replace(inputs, options=before.options), diagnostics=kept)


def _is_text_of_dossiers(name: str) -> bool:
    """Whether a change is of a file whose content is told by what a dossier prints: no style, option or version."""
    return name == LINKS or name.startswith((f"{DOSSIERS}/", f"{REFERENCES}/"))


def _is_whole(folder: Path, manifest: Manifest, formats: Iterable[str]) -> bool:
    """Whether the outputs in these formats are there as they were made, with what was told of them."""
    return all(
        each in manifest.diagnostics
        and manifest.outputs.get(name := output_name(manifest.dossier, each), "") == _hash_of(folder / name) != ""
        for each in formats
    )


def read_manifest(folder: Path, slug: str) -> Manifest | None:
    """The manifest of a dossier's last build in ``folder``, if there is one that can be read."""
    try:
        return loads(read_plainly(folder / manifest_name(slug), MAX_RECORD).decode())
    except (OSError, UnicodeDecodeError):
        return None


def manifest_name(slug: str) -> str:
    """The name of the file that records a dossier's build."""
    return f"{slug}.manifest.json"


def _hash_of(path: Path) -> str:
    try:
        return sha256(read_plainly(path))
    except OSError:
        return ""
