"""The files of a dossier to take away: those that were built, or made anew from what readers may have of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from biblio.build.content import content_of
from biblio.build.freshness import current_inputs, current_manifest, read_manifest, versions
from biblio.build.pipeline import rendered
from biblio.build.stamp import epoch_setting
from biblio.compose.composed import Composed
from biblio.outputs.table import OUTPUTS, output_name
from biblio.project.manifest import Options, sha256
from biblio.project.project import Project
from biblio.project.read import read_plainly
from biblio.site.model import Download
from biblio.words.faults import BiblioError, Diagnostic, Parsed, is_blocked

# What is sent, and what the site itself is.
_NOT_TAKEN = frozenset({"email", "eml"})


def formats_of(folder: Path, slug: str) -> tuple[str, ...]:
    """The outputs that a dossier was built in, in the order of the table."""
    manifest = read_manifest(folder, slug)
    built = () if manifest is None else manifest.outputs
    return tuple(name for name in OUTPUTS if name not in _NOT_TAKEN and output_name(slug, name) in built)


def downloads_of(
    project: Project,
    folder: Path,
    composed: Composed,
    formats: Sequence[str],
    kept: Mapping[str, bytes],
    *,
    whole: bool,
) -> Parsed[tuple[Download, ...]]:
    """The files of a dossier in these formats; where it is not ``whole``, for an abstract stays behind, none as built.

    ``kept`` are files of the last site by the hashes that ``made_key`` gives. A format that cannot be made is left
    out, with the fault that says why.
    """
    slug = composed.spec.slug
    found: list[Download] = []
    faults: list[Diagnostic] = []
    for name in formats:
        content, key = _built(project, folder, composed, name) if whole else None, ""
        if content is None:
            key = made_key(project, composed, name)
            content = kept.get(key)
        if content is None:
            try:
                made = rendered(composed, (name,))[name]
            except BiblioError as error:
                faults.append(error.diagnostic)
                continue
            faults += made.diagnostics
            if is_blocked(made.diagnostics, strict=False):
                continue
            content = made.value
        pages = pages_of(content) if name == "pdf" else 0
        found.append(Download(output_name(slug, name), name.upper(), content, pages, key))
    return Parsed(tuple(found), tuple(faults))


def _built(project: Project, folder: Path, composed: Composed, name: str) -> bytes | None:
    """An output of the last build, if it is what a build would give now."""
    options = Options(composed.spec.style, (name,), epoch_setting())
    slug = composed.spec.slug
    if current_manifest(folder, slug, current_inputs(project, slug, options)) is None:
        return None
    try:
        return read_plainly(folder / output_name(slug, name))
    except OSError:
        return None


def made_key(project: Project, composed: Composed, name: str) -> str:
    """What an output that the site makes itself depends on, as one hash."""
    return sha256("\0".join(_inputs(project, composed, name)).encode())


def _inputs(project: Project, composed: Composed, name: str) -> Iterator[str]:
    yield from (name, content_of(composed), epoch_setting())
    yield from (f"{each}={version}" for each, version in sorted(versions().items()))
    yield from (f"{file.path}={file.sha256}" for file in project.style_files(composed.spec.style))


def pages_of(content: bytes) -> int:
    """How many pages a PDF has; 0 for what is none."""
    # Where there is something to count alone: the library takes a while to start.
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        with PdfDocument(content) as document:
            return len(document)
    except (PdfiumError, ValueError):
        return 0
