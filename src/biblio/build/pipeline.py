"""The one pipeline: from a project's files to a dossier's outputs, or to the reasons why not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from biblio.build.content import content_of
from biblio.build.freshness import (
    current_inputs,
    current_manifest,
    is_current,
    manifest_name,
    manifest_of_content,
    read_manifest,
)
from biblio.build.limits import beyond_measure
from biblio.build.stamp import epoch_setting, stamp_of
from biblio.collection.library import concerning
from biblio.collection.link_verdict import Verdict, archived
from biblio.compose import compose
from biblio.compose.composed import Composed
from biblio.dossier.kinds import KINDS
from biblio.dossier.select import select
from biblio.dossier.spec import DossierSpec
from biblio.outputs.table import DEFAULT_OUTPUT, OUTPUTS, output_name
from biblio.project.manifest import Inputs, Manifest, Options, dumps, sha256, told_by, with_earlier
from biblio.project.project import Project
from biblio.project.publish import publish, sweep
from biblio.project.selection import selection_of
from biblio.words.faults import Diagnostic, Parsed, diagnose, in_order, is_blocked


@dataclass(frozen=True, slots=True)
class Request:
    """What to build: the outputs' folder and formats, the style when it is not the spec's own."""

    folder: Path
    formats: tuple[str, ...] = (DEFAULT_OUTPUT,)
    style: str = ""
    force: bool = False
    strict: bool = False


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What became of one dossier: ``state`` is ``built``, ``current`` (nothing to do), ``failed``, or ``draft``."""

    slug: str
    state: str
    diagnostics: tuple[Diagnostic, ...] = ()
    outputs: tuple[Path, ...] = ()
    notices: int = 0


Progress = Callable[[str, str], None]


def silent(slug: str, step: str) -> None:
    """The progress of those who do not want to hear of it."""


# Makes the outputs of a composed dossier, by their names.
Rendering = Callable[[Composed, Sequence[str]], Mapping[str, Parsed[bytes]]]


def rendered(composed: Composed, formats: Sequence[str]) -> Mapping[str, Parsed[bytes]]:
    """The bytes of each output asked for, with its faults. Raises ``BiblioError`` when the work cannot go on."""
    stamp = stamp_of(composed.document.metadata.date)
    return {name: OUTPUTS[name].render(composed, stamp) for name in formats}


@dataclass(frozen=True, slots=True)
class Begun:
    """A dossier that is to be rendered: what was composed, from which inputs, and what was told meanwhile."""

    composed: Composed
    inputs: Inputs
    content: str
    told: tuple[Diagnostic, ...]


def build(
    project: Project, slug: str, request: Request, progress: Progress = silent, rendering: Rendering = rendered
) -> BuildResult:
    """Builds one dossier, unless its outputs are those of the same inputs already; ``rendering`` makes them.

    Faults that concern the dossier (its spec, its style, a reference that it prints) and are errors leave its old
    outputs as they were; with ``strict``, so do warnings. What was told when outputs were made is told again, and fails
    a strict build again, for as long as they are those of their inputs. Raises ``BiblioError`` when the work cannot go
    on.
    """
    begun = begin(project, slug, request, progress)
    if isinstance(begun, BuildResult):
        return begun
    return finish(begun, rendering(begun.composed, request.formats), request, progress)


def begin(project: Project, slug: str, request: Request, progress: Progress = silent) -> BuildResult | Begun:
    """What ``build`` does before it renders; the result where nothing is to be rendered."""
    spec = project.dossier(slug)
    style_name = request.style or (spec.value.style if spec.value else "")
    if spec.value is None:
        return BuildResult(slug, "failed", in_order(spec.diagnostics))
    inputs = current_inputs(project, slug, Options(style_name, request.formats, epoch_setting()))
    sweep(request.folder, slug)
    current = None if request.force else current_manifest(request.folder, slug, inputs)
    if current is not None:
        return _current(current, request)
    refused = _not_offered(spec.value, request.formats)
    if refused:
        return BuildResult(slug, "failed", in_order((*spec.diagnostics, *refused)))
    progress(slug, "compose")
    composed = compose_dossier(project, spec.value, style_name)
    diagnostics = [*spec.diagnostics, *composed.diagnostics]
    if composed.value is None or is_blocked(diagnostics, request.strict):
        return BuildResult(slug, "failed", in_order(diagnostics))
    content, composing = content_of(composed.value), in_order(diagnostics)
    same = None if request.force else manifest_of_content(request.folder, slug, inputs, content)
    if same is not None:  # what changed is not printed: the outputs stand, and are those of the inputs as they are now
        same = replace(same, diagnostics={**same.diagnostics, "": composing})
        publish({manifest_name(slug): dumps(same).encode()}, request.folder, slug, lambda: progress(slug, "wait"))
        return _current(same, request)
    progress(slug, "render")
    return Begun(composed.value, inputs, content, composing)


def finish(
    begun: Begun, outcome: Mapping[str, Parsed[bytes]], request: Request, progress: Progress = silent
) -> BuildResult:
    """What ``build`` does behind it: publishes what was rendered, unless its faults forbid it."""
    slug = begun.composed.spec.slug
    told = {"": begun.told, **{name: in_order(made.diagnostics) for name, made in outcome.items()}}
    diagnostics = [*begun.told, *(each for made in outcome.values() for each in made.diagnostics)]
    if is_blocked(diagnostics, request.strict):
        return BuildResult(slug, "failed", in_order(diagnostics))
    progress(slug, "publish")
    outputs = {output_name(slug, name): made.value for name, made in outcome.items()}
    manifest = with_earlier(
        Manifest(slug, begun.inputs, {name: sha256(each) for name, each in outputs.items()}, begun.content, told),
        read_manifest(request.folder, slug),
    )
    files = {**outputs, manifest_name(slug): dumps(manifest).encode()}
    publish(files, request.folder, slug, lambda: progress(slug, "wait"))
    notices = sum(1 for _ in begun.composed.document.notices)
    return BuildResult(slug, "built", in_order(diagnostics), _paths(request, slug), notices)


def _current(manifest: Manifest, request: Request) -> BuildResult:
    """What there is to say where nothing is to be made: all that was said when the outputs were."""
    known = in_order(told_by(manifest, request.formats))
    state = "failed" if is_blocked(known, request.strict) else "current"
    return BuildResult(manifest.dossier, state, known, _paths(request, manifest.dossier))


def is_draft(project: Project, slug: str) -> bool:
    """Whether a dossier says that it is a draft, which is published only by name."""
    spec = project.dossier(slug).value
    return spec is not None and spec.draft


def is_stale(project: Project, slug: str, request: Request) -> bool:
    """Whether building a dossier would take long: its spec can be read, and its outputs are not those of its inputs."""
    spec = project.dossier(slug).value
    if spec is None:
        return False
    options = Options(request.style or spec.style, request.formats, epoch_setting())
    return request.force or not is_current(request.folder, slug, current_inputs(project, slug, options))


def is_up_to_date(project: Project, spec: DossierSpec, folder: Path, options: Options) -> bool:
    """Whether a build would have nothing to make: the outputs are those of the inputs, or of what the inputs print."""
    inputs = current_inputs(project, spec.slug, options)
    if is_current(folder, spec.slug, inputs):
        return True
    if read_manifest(folder, spec.slug) is None:
        return False
    composed = compose_dossier(project, spec, options.style)
    if composed.value is None or is_blocked(composed.diagnostics, strict=False):
        return False
    return manifest_of_content(folder, spec.slug, inputs, content_of(composed.value)) is not None


def compose_dossier(project: Project, spec: DossierSpec, style_name: str) -> Parsed[Composed | None]:
    """The document of a dossier with every fault that concerns it; ``None`` when its style cannot be used."""
    style = project.style(style_name)
    library = project.opened
    themes = project.themes
    demoted = style.value is not None and style.value.demotes
    if style.value is not None:
        spec = replace(spec, lang=style.value.language(spec.lang))
    selected = select(library.value, spec, themes.value, demoted=demoted)
    if too_big := beyond_measure(selected.value):
        return Parsed(None, too_big)
    of_library = concerning(library, (reference.citekey for reference in selected.value.references))
    diagnostics = [
        *style.diagnostics,
        *themes.diagnostics,
        *project.acronyms.diagnostics,
        *of_library,
        *project.with_holders(selected.diagnostics),
    ]
    if style.value is None:
        return Parsed(None, tuple(diagnostics))
    images = {file.path: file.content for file in project.image_files(spec.slug)}
    copies = copies_for(project, spec)
    document = compose(selected.value, style.value, themes.value, project.acronyms.value, images, copies)
    diagnostics += document.diagnostics
    diagnostics += project.link_history.diagnostics if spec.archived_copies else ()
    return Parsed(Composed(spec, style.value, selected.value, document.value), tuple(diagnostics))


def copies_for(project: Project, spec: DossierSpec) -> Mapping[str, Verdict]:
    """What is known of addresses that have a copy, for a dossier that prints copies."""
    return archived(project.link_history.value) if spec.archived_copies else {}


def notices_of(project: Project, spec: DossierSpec) -> int:
    """How many references a dossier prints. A spec without a query answers without a look at the library."""
    if not any(section.select for part in spec.parts for section in part.walk()):
        return spec.placed
    selected = selection_of(project, spec)
    return sum(part.count for part in selected.value.parts)


def render(composed: Composed, formats: Sequence[str]) -> Parsed[Mapping[str, bytes]]:
    """The bytes of each output asked for. Raises ``BiblioError`` (E106) when the PDF engine cannot be loaded."""
    made = rendered(composed, formats)
    faults = (fault for parsed in made.values() for fault in parsed.diagnostics)
    return Parsed({name: parsed.value for name, parsed in made.items()}, tuple(faults))


def _not_offered(spec: DossierSpec, formats: Sequence[str]) -> tuple[Diagnostic, ...]:
    """The fault (W110) of asking for an output that dossiers of this kind do not have."""
    return tuple(
        diagnose("W110", spec.span_of("kind"), kind=spec.kind, output=name, kinds=", ".join(OUTPUTS[name].kinds))
        for name in formats
        if not OUTPUTS[name].offered_for(KINDS[spec.kind])
    )


def _paths(request: Request, slug: str) -> tuple[Path, ...]:
    return tuple(request.folder / output_name(slug, name) for name in request.formats)
