"""The outputs under test: what a project's dossier becomes in a style, laid out once for all the tests."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path

from kept import files_in, kept, versions
from outputs.expected import Printed, find
from outputs.markup import Page, read_html
from outputs.tagged import Tagged, read_pdf

from biblio.build.pipeline import compose_dossier, render
from biblio.build.stamp import stamp_of
from biblio.compose.composed import Composed
from biblio.outputs.html import render_html
from biblio.project.program import code_digest
from biblio.project.project import Project
from biblio.words.faults import Diagnostic, Parsed

ROOT = Path(__file__).parents[2]
SLUGS = sorted(path.stem for path in (ROOT / "dossiers").glob("*.yaml"))
STYLES = sorted(path.parent.name for path in (ROOT / "styles").glob("*/style.yaml"))
# The dossier with the most in it, which is looked at in both of the styles that are made for its kind.
SELECTION = "demarches-territoriales-de-sante"
SELECTION_STYLES = ("cres", "sobre")


@dataclass(frozen=True, repr=False)
class Output:
    """A dossier in a style. ``page`` is the HTML that the PDF was laid out from, ``screen`` its accessible twin."""

    composed: Composed
    diagnostics: tuple[Diagnostic, ...]
    pdf: bytes
    page: str
    screen: str

    @cached_property
    def tagged(self) -> Tagged:
        """The PDF, read."""
        return read_pdf(self.pdf)

    @cached_property
    def printed(self) -> tuple[Printed, ...]:
        """Every heading and line of the document, with the place where the PDF prints it."""
        return tuple(find(self.composed.document, self.tagged))

    @cached_property
    def headings(self) -> tuple[Printed, ...]:
        """The headings of the parts and sections alone."""
        return tuple(each for each in self.printed if each.is_heading)

    @cached_property
    def twin(self) -> Page:
        """The HTML for screens, read."""
        return read_html(self.screen)


@cache
def output_of(root: Path, slug: str, style: str = "") -> Output:
    """The outputs of a dossier of the project in ``root``, in ``style`` or else in the dossier's own."""
    project = _project(root)
    spec = project.dossier(slug)
    assert spec.value is not None, spec.diagnostics
    composed = compose_dossier(project, spec.value, style or spec.value.style)
    assert composed.value is not None, composed.diagnostics
    document = composed.value.document
    rendered = _rendered(root, composed.value)
    return Output(
        composed.value,
        (*spec.diagnostics, *composed.diagnostics, *rendered.diagnostics),
        rendered.value["pdf"],
        render_html(document, composed.value.style, "page", stamp_of(document.metadata.date)),
        rendered.value["html"].decode(),
    )


def _rendered(root: Path, composed: Composed) -> Parsed[Mapping[str, bytes]]:
    """The files of a dossier and what was said of them, as ``render`` gives them for these very inputs."""

    def make() -> bytes:
        rendered = render(composed, ("pdf", "html"))
        # A read-only mapping has no pickled form.
        diagnostics = [replace(each, arguments=dict(each.arguments)) for each in rendered.diagnostics]
        return pickle.dumps((dict(rendered.value), diagnostics))

    made_from = (
        versions(),
        code_digest().encode(),
        *files_in(ROOT, "styles", "tests/kept.py", "tests/outputs/outputs.py"),
        *files_in(root, "biblio.toml", "dossiers", "references", "styles", "images"),
        *(name.encode() for name in (composed.spec.slug, composed.style.name)),
    )
    files, diagnostics = pickle.loads(kept("outputs", made_from, make))
    return Parsed(files, tuple(diagnostics))


@cache
def _project(root: Path) -> Project:
    return Project(root)


def _cases() -> list[tuple[str, str]]:
    """Every dossier in its own style, and the one of ``SELECTION`` in all of its styles."""
    specs = {slug: _project(ROOT).dossier(slug).value for slug in SLUGS}
    own = {(slug, spec.style) for slug, spec in specs.items() if spec}
    return sorted(own | {(SELECTION, style) for style in SELECTION_STYLES})


CASES = _cases()
