"""The one pipeline: from a project's files to a dossier's outputs, or to the reasons why not."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from biblio import __version__
from biblio.citation import is_csl
from biblio.compose import compose
from biblio.compose.indexes import has_index, with_pages
from biblio.compose.kinds import KINDS
from biblio.document.tree import Document
from biblio.dossier.select import Selection, select
from biblio.dossier.spec import DossierSpec
from biblio.formats import FORMATS
from biblio.outputs.html import render_email, render_html
from biblio.outputs.pdf.engine import Attached, missing_characters, printed_pages, render_pdf
from biblio.project import pandoc
from biblio.project.manifest import (
    LIBRARIES,
    Inputs,
    Manifest,
    Options,
    dumps,
    inputs_of,
    loads,
    sha256,
    with_earlier,
)
from biblio.project.program import code_digest
from biblio.project.project import Project, SourceFile
from biblio.project.publish import publish, sweep
from biblio.reference.date import parse_date
from biblio.style.style import Style
from biblio.text.collation import fold_key
from biblio.text.inline import plain
from biblio.words.faults import BiblioError, Diagnostic, Parsed, diagnose, in_order
from biblio.words.tables import Severity, term

# The outputs, and how their files end.
OUTPUT_FORMATS: Mapping[str, str] = {"pdf": ".pdf", "html": ".html", "email": ".email.html"}
MOST_NOTICES, MOST_HEADINGS = 5_000, 1_000


@dataclass(frozen=True, slots=True)
class Request:
    """What to build: the outputs' folder and formats, the style when it is not the spec's own."""

    folder: Path
    formats: tuple[str, ...] = ("pdf",)
    style: str = ""
    force: bool = False
    strict: bool = False


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What became of one dossier: ``state`` is ``built``, ``current`` (nothing to do) or ``failed``."""

    slug: str
    state: str
    diagnostics: tuple[Diagnostic, ...] = ()
    outputs: tuple[Path, ...] = ()
    notices: int = 0


@dataclass(frozen=True, slots=True)
class Composed:
    """A dossier on its way to its outputs."""

    spec: DossierSpec
    style: Style
    selection: Selection
    document: Document


Progress = Callable[[str, str], None]


def silent(slug: str, step: str) -> None:
    """The progress of those who do not want to hear of it."""


def build(project: Project, slug: str, request: Request, progress: Progress = silent) -> BuildResult:
    """Builds one dossier, unless its outputs are those of the same inputs already.

    Faults that concern the dossier (its spec, its style, a reference that it prints) and are errors leave its old
    outputs as they were; with ``strict``, so do warnings. Raises ``BiblioError`` when the work cannot go on.
    """
    spec = project.dossier(slug)
    style_name = request.style or (spec.value.style if spec.value else "")
    if spec.value is None:
        return BuildResult(slug, "failed", in_order(spec.diagnostics))
    inputs = current_inputs(project, slug, Options(style_name, request.formats, epoch_setting()))
    sweep(request.folder, slug)
    if not request.force and is_current(request.folder, slug, inputs):
        return BuildResult(slug, "current", (), _paths(request, slug))
    refused = _without_template(spec.value, request.formats)
    if refused:
        return BuildResult(slug, "failed", in_order((*spec.diagnostics, *refused)))
    progress(slug, "compose")
    composed = compose_dossier(project, spec.value, style_name)
    diagnostics = [*spec.diagnostics, *composed.diagnostics]
    if composed.value is None or is_blocked(diagnostics, request.strict):
        return BuildResult(slug, "failed", in_order(diagnostics))
    progress(slug, "render")
    rendered = render(composed.value, request.formats)
    diagnostics += rendered.diagnostics
    if is_blocked(diagnostics, request.strict):
        return BuildResult(slug, "failed", in_order(diagnostics))
    progress(slug, "publish")
    outputs = {output_name(slug, name): content for name, content in rendered.value.items()}
    manifest = with_earlier(
        Manifest(slug, inputs, {name: sha256(content) for name, content in outputs.items()}),
        read_manifest(request.folder, slug),
    )
    publish({**outputs, manifest_name(slug): dumps(manifest).encode()}, request.folder, slug)
    notices = sum(1 for _ in composed.value.document.notices)
    return BuildResult(slug, "built", in_order(diagnostics), _paths(request, slug), notices)


def is_stale(project: Project, slug: str, request: Request) -> bool:
    """Whether building a dossier would take long: its spec can be read, and its outputs are not those of its inputs."""
    spec = project.dossier(slug).value
    if spec is None:
        return False
    options = Options(request.style or spec.style, request.formats, epoch_setting())
    return request.force or not is_current(request.folder, slug, current_inputs(project, slug, options))


def compose_dossier(project: Project, spec: DossierSpec, style_name: str) -> Parsed[Composed | None]:
    """The document of a dossier with every fault that concerns it; ``None`` when its style cannot be used."""
    style = project.style(style_name)
    library = project.opened
    themes = project.themes
    selected = select(library.value, spec, themes.value)
    if too_big := _beyond_measure(selected.value):
        return Parsed(None, too_big)
    printed = {fold_key(reference.citekey) for reference in selected.value.references}
    of_library = [
        diagnostic
        for diagnostic in library.diagnostics
        if diagnostic.citekey is None or fold_key(diagnostic.citekey) in printed or _is_broken(diagnostic)
    ]
    of_library += (fault for key in sorted(printed) for fault in library.value.faults_of(key))
    diagnostics = [*style.diagnostics, *themes.diagnostics, *of_library, *selected.diagnostics]
    if style.value is None:
        return Parsed(None, tuple(diagnostics))
    document = compose(selected.value, style.value, themes.value)
    diagnostics += document.diagnostics
    return Parsed(Composed(spec, style.value, selected.value, document.value), tuple(diagnostics))


def notices_of(project: Project, spec: DossierSpec) -> int:
    """How many references a dossier prints. A spec without a query answers without a look at the library."""
    if not any(section.select for part in spec.parts for section in part.walk()):
        return spec.placed
    selected = select(project.opened.value, spec, project.themes.value)
    return sum(part.count for part in selected.value.parts)


def _without_template(spec: DossierSpec, formats: Sequence[str]) -> tuple[Diagnostic, ...]:
    """The fault (W110) of asking for the e-mail of a kind that has none."""
    if "email" not in formats or KINDS[spec.kind].email:
        return ()
    kinds = ", ".join(kind.name for kind in KINDS.values() if kind.email)
    return (diagnose("W110", spec.span_of("kind"), kind=spec.kind, kinds=kinds),)


def _is_broken(diagnostic: Diagnostic) -> bool:
    """Whether an entry could not be read whole: it may be one that the dossier asks for under another key."""
    return diagnostic.code.startswith("P1") and diagnostic.severity is Severity.ERROR


def _beyond_measure(selection: Selection) -> tuple[Diagnostic, ...]:
    """The layout takes a time and a memory that grow with the dossier: what no one would print is refused (D119)."""
    sections = [section for part in selection.parts for section in part.walk()]
    if sum(len(section.placements) for section in sections) <= MOST_NOTICES and len(sections) <= MOST_HEADINGS:
        return ()
    limits = {"notices": MOST_NOTICES, "headings": MOST_HEADINGS}
    return (diagnose("D119", selection.spec.span, **limits),)


def render(composed: Composed, formats: Sequence[str]) -> Parsed[Mapping[str, bytes]]:
    """The bytes of each format asked for. Raises ``BiblioError`` (E106) when the PDF engine cannot be loaded."""
    outputs: dict[str, bytes] = {}
    diagnostics: list[Diagnostic] = []
    if "pdf" in formats:
        pdf = _render_pdf(composed)
        outputs["pdf"] = pdf.value
        diagnostics += pdf.diagnostics
    if "html" in formats:
        outputs["html"] = render_html(
            composed.document, composed.style, "screen", stamp_of(composed.document.metadata.date)
        ).encode()
    if "email" in formats:
        outputs["email"] = render_email(composed.document, composed.style).encode()
    return Parsed(outputs, tuple(diagnostics))


def _render_pdf(composed: Composed) -> Parsed[bytes]:
    document, lang = composed.document, composed.spec.lang
    references = composed.selection.references
    attachments = [
        Attached(
            f"references{row.extension}",
            row.mime_type,
            row.write(references).encode(),
            term("dossier.references", lang).format(format=row.name),
        )
        for row in FORMATS.values()
        if row.write is not None
    ]
    stamp = stamp_of(document.metadata.date)
    first_part = document.parts[0].anchor if document.parts else ""
    try:
        if has_index(document):
            laid_out = render_html(document, composed.style, "page", stamp)
            document = with_pages(document, printed_pages(laid_out, composed.style, first_part))
        pdf = render_pdf(
            render_html(document, composed.style, "page", stamp),
            composed.style,
            attachments,
            stamp,
            first_part=first_part,
            front_labels=(term("dossier.cover", lang), plain(document.contents_title)),
        )
    except ImportError as error:  # a library that cannot be mapped: little memory, or a broken installation
        raise BiblioError(diagnose("E106", reason=str(error).splitlines()[0])) from error
    except OSError as error:
        if error.errno is not None:  # the system's: no place for the fonts that the engine unpacks
            raise BiblioError(diagnose("E105", reason=error.strerror or str(error))) from error
        # cffi says so when Pango or HarfBuzz is not on the machine.
        raise BiblioError(diagnose("E106", reason=str(error).splitlines()[0])) from error
    return Parsed(pdf.value, (*missing_characters(words_of(document), composed.style), *pdf.diagnostics))


def words_of(document: Document) -> Mapping[str, str]:
    """The text that a document prints, by citekey; the empty key has the dossier's own words."""
    words = {"": "".join(plain(rich) for rich in document.texts)}
    for notice in document.notices:
        words[notice.citekey] = notice.label + notice.new + "".join(plain(line.content) for line in notice.lines)
    return words


def stamp_of(date: str) -> datetime:
    """The date that files bear: ``SOURCE_DATE_EPOCH`` if it is set (reproducible-builds.org), else the dossier's."""
    epoch = epoch_setting()
    if epoch:
        return datetime.fromtimestamp(int(epoch), UTC)
    parsed = parse_date(date)
    point = parsed.start if parsed else None
    return (
        datetime(point.year, point.month or 1, point.day or 1, tzinfo=UTC)
        if point
        else datetime(1970, 1, 1, tzinfo=UTC)
    )


def epoch_setting() -> str:
    """``SOURCE_DATE_EPOCH`` when it is a number of seconds, else nothing."""
    value = os.environ.get("SOURCE_DATE_EPOCH", "")
    return value if value.isascii() and value.isdigit() and len(value) < 12 else ""


def current_inputs(project: Project, slug: str, options: Options) -> Inputs:
    """The inputs of a dossier as they are now."""
    files: list[SourceFile] = [
        project.dossier_file(slug),
        *project.reference_files,
        *((project.theme_file,) if project.theme_file else ()),
        *project.style_files(options.style),
    ]
    csl = is_csl(project.citation_of(options.style))
    return inputs_of(files, options, {**versions(), **({"pandoc": pandoc.version()} if csl else {})})


def versions() -> Mapping[str, str]:
    """The versions of biblio and of the libraries that shape every output."""
    found = {"biblio": f"{__version__}+{code_digest()}"}
    for library in LIBRARIES:
        try:
            found[library] = version(library)
        except PackageNotFoundError:
            found[library] = ""
    return found


def is_current(folder: Path, slug: str, inputs: Inputs) -> bool:
    """Whether the outputs in ``folder``, in the formats of ``inputs``, are there, untouched, and made from these."""
    manifest = read_manifest(folder, slug)
    if manifest is None or manifest.inputs.of_any_format() != inputs.of_any_format():
        return False
    names = [output_name(slug, each) for each in inputs.options.formats]
    return all(name in manifest.outputs and _hash_of(folder / name) == manifest.outputs[name] for name in names)


def read_manifest(folder: Path, slug: str) -> Manifest | None:
    """The manifest of a dossier's last build in ``folder``, if there is one that can be read."""
    try:
        return loads((folder / manifest_name(slug)).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return None


def manifest_name(slug: str) -> str:
    """The name of the file that records a dossier's build."""
    return f"{slug}.manifest.json"


def output_name(slug: str, output_format: str) -> str:
    """The name of the file of one of a dossier's outputs."""
    return slug + OUTPUT_FORMATS[output_format]


def output_of(name: str) -> tuple[str, str] | None:
    """The dossier and the format that a file's name tells; ``None`` when it is that of no output."""
    # The longest ending first: .email.html is also an .html.
    for output_format, ending in sorted(OUTPUT_FORMATS.items(), key=lambda row: -len(row[1])):
        if name.endswith(ending):
            return name.removesuffix(ending), output_format
    return None


def _hash_of(path: Path) -> str:
    try:
        return sha256(path.read_bytes())
    except OSError:
        return ""


def _paths(request: Request, slug: str) -> tuple[Path, ...]:
    return tuple(request.folder / output_name(slug, name) for name in request.formats)


def is_blocked(diagnostics: Sequence[Diagnostic], strict: bool) -> bool:
    """Whether these faults forbid to publish: errors always do, warnings when ``strict``."""
    grave = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return any(diagnostic.severity in grave for diagnostic in diagnostics)
