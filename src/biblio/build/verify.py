"""Tells whether a published file is what the sources give: builds it again in memory and compares the bytes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from biblio.build.freshness import current_inputs, read_manifest
from biblio.build.pipeline import compose_dossier, render
from biblio.build.stamp import epoch_setting
from biblio.outputs.table import OUTPUTS, output_of
from biblio.project.manifest import Change, Options, changes, sha256
from biblio.project.project import Project
from biblio.words.faults import BiblioError, Diagnostic, Span, diagnose, in_order, is_blocked


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a comparison says.

    ``genuine``: the sources give these very bytes. ``recorded``: the manifest beside the file is that of these bytes,
    so that ``changed`` tells what changed since they were made; ``None`` when no manifest knows such a file.
    ``diagnostics``: why the dossier cannot be built now.
    """

    genuine: bool
    recorded: bool | None
    changed: tuple[Change, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


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
    if spec.value is None:
        return Verdict(False, recorded, (), in_order(spec.diagnostics))
    made_with = manifest.inputs.options if manifest else Options(spec.value.style, (output_format,))
    options = Options(made_with.style, made_with.formats, epoch_setting())
    changed = changes(manifest.inputs, current_inputs(project, slug, options)) if manifest else ()
    composed = compose_dossier(project, spec.value, options.style)
    diagnostics = in_order((*spec.diagnostics, *composed.diagnostics))
    if composed.value is None or is_blocked(diagnostics, strict=False):
        return Verdict(False, recorded, changed, diagnostics)
    genuine = render(composed.value, (output_format,)).value[output_format] == content
    return Verdict(genuine, recorded, () if genuine else changed)
