"""The pages for screens under test, composed without a PDF beside them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from outputs.markup import Page, read_html
from outputs.outputs import ROOT

from biblio.build.pipeline import compose_dossier, render
from biblio.compose.composed import Composed
from biblio.document.tree import Document
from biblio.project.project import Project


@cache
def composed_of(slug: str, style: str = "", root: Path = ROOT) -> Composed:
    """A dossier of a project, composed in a style or else in its own."""
    project = Project(root)
    spec = project.dossier(slug).value
    assert spec
    composed = compose_dossier(project, spec, style or spec.style).value
    assert composed
    return composed


@cache
def html_of(slug: str, style: str = "", root: Path = ROOT) -> str:
    """Its page for screens."""
    return render(composed_of(slug, style, root), ("html",)).value["html"].decode()


def twin_of(slug: str, style: str = "") -> tuple[Document, Page]:
    """A dossier of the repository, and its page, read."""
    return composed_of(slug, style).document, read_html(html_of(slug, style))
