"""Whether a dossier's outputs are those of its inputs as they are now."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from biblio import __version__, plugins
from biblio.outputs.table import output_name
from biblio.project.manifest import LIBRARIES, Inputs, Manifest, Options, inputs_of, loads, sha256
from biblio.project.processors import versions_for
from biblio.project.program import code_digest
from biblio.project.project import Project, SourceFile
from biblio.project.read import MAX_RECORD, read_plainly


def current_inputs(project: Project, slug: str, options: Options) -> Inputs:
    """The inputs of a dossier as they are now."""
    files: list[SourceFile] = [
        project.dossier_file(slug),
        *project.reference_files,
        *((project.theme_file,) if project.theme_file else ()),
        *((project.acronym_file,) if project.acronym_file else ()),
        *project.style_files(options.style),
    ]
    return inputs_of(files, options, {**versions(), **versions_for(project.citation_of(options.style))})


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
    names = [output_name(slug, each) for each in inputs.options.formats]
    whole = all(name in manifest.outputs and _hash_of(folder / name) == manifest.outputs[name] for name in names)
    told = all(each in manifest.diagnostics for each in inputs.options.formats)
    return manifest if whole and told else None


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
