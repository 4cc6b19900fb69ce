"""Tells whether a published file is what the sources give: builds it again in memory and compares the bytes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from biblio.build.freshness import current_inputs, read_manifest
from biblio.build.pipeline import compose_dossier, render
from biblio.build.stamp import epoch_setting
from biblio.dossier.spec import DossierSpec
from biblio.outputs.table import OUTPUTS, output_of
from biblio.project.manifest import Change, Manifest, Options, changes, sha256
from biblio.project.project import Project
from biblio.words.faults import BiblioError, Diagnostic, Span, diagnose, in_order, is_blocked


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a comparison says.

    ``genuine``: the sources give these very bytes. ``recorded``: the manifest beside the file is that of these bytes,
    so that ``changed`` tells what changed since they were made; ``None`` when no manifest knows such a file.
    ``style`` is the style that the file is in, or was recorded to be in, when the dossier asks for another.
    ``diagnostics``: why the dossier cannot be built now.
    """

    genuine: bool
    recorded: bool | None
    changed: tuple[Change, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    style: str = ""


def verify(project: Project, path: Path, content: bytes) -> Verdict:
    """Compares ``content``, read from ``path``, with what the sources give.

    The file's name says which dossier it is of, and the manifest beside it with which options it was made. Raises
    ``BiblioError`` for a file of no known format (E107) or dossier (E102), or when the work cannot go on.
    """
    told = output_of(path.name)
    if told is None:
        raise BiblioError(diagnose("E107", Span(path.name), formats=", ".join(OUTPUTS)))
    slug, output_format = told
    spec = project.dossier(slug)
    manifest = read_manifest(path.parent, slug)
    digest = manifest.outputs.get(path.name) if manifest else None
    recorded = None if digest is None else digest == sha256(content)
    if spec.value is None or is_blocked(spec.diagnostics, strict=False):
        changed = _changed(project, slug, manifest, manifest.inputs.options.style) if manifest else ()
        return Verdict(False, recorded, changed, in_order(spec.diagnostics))
    made_with = manifest.inputs.options if manifest else Options(spec.value.style, (output_format,))
    # A manifest may be anybody's: a style that is not there says nothing against a file that the sources give.
    styles = [each for each in dict.fromkeys((made_with.style, spec.value.style)) if each in project.style_names]
    tried = [_compared(project, spec.value, style, output_format, content) for style in styles]
    found = next((each for each in tried if each.genuine), tried[0])
    named = "" if found.style == spec.value.style else found.style
    if found.genuine:
        return Verdict(True, recorded, style=named)
    changed = _changed(project, slug, manifest, found.style) if manifest else ()
    diagnostics = in_order((*spec.diagnostics, *found.diagnostics)) if found.blocked else ()
    return Verdict(False, recorded, changed, diagnostics, named)


def _changed(project: Project, slug: str, manifest: Manifest, style: str) -> tuple[Change, ...]:
    """What differs between the inputs of a manifest and those at hand; nothing when its style is not at hand."""
    if style not in project.style_names:
        return ()
    options = Options(style, manifest.inputs.options.formats, epoch_setting())
    return changes(manifest.inputs, current_inputs(project, slug, options))


@dataclass(frozen=True, slots=True)
class _Compared:
    """A dossier built again in one style: ``genuine`` when it gives the file; ``blocked`` when it gives none."""

    style: str
    genuine: bool = False
    blocked: bool = False
    diagnostics: tuple[Diagnostic, ...] = ()


def _compared(project: Project, spec: DossierSpec, style: str, output_format: str, content: bytes) -> _Compared:
    composed = compose_dossier(project, spec, style)
    if composed.value is None or is_blocked(composed.diagnostics, strict=False):
        return _Compared(style, blocked=True, diagnostics=composed.diagnostics)
    return _Compared(style, render(composed.value, (output_format,)).value[output_format] == content)
