"""Small projects to compose: a spec, references and themes, as text."""

from __future__ import annotations

from pathlib import Path

from outputs.outputs import Output, output_of
from pictures import png

from biblio.build.pipeline import compose_dossier
from biblio.compose.composed import Composed
from biblio.document.tree import Block, Document, Section
from biblio.project.project import Project
from biblio.text.inline import plain
from biblio.words.faults import Diagnostic

SLUG = "essai"
PICTURE = "images/carte.png"
HEAD = "title: Essai\nsubtitle: Pour voir\ndate: 2025-12-20\npublisher: CRES\n"

REFERENCES = """\
@article{bader, author = {Bader, Clément and Édouard, Anne}, title = {Les contrats locaux de santé (CLS) en 2019},
  journaltitle = {Santé publique}, date = {2019-03}, langid = {french}, keywords = {cls, inegalites},
  territory = {Occitanie}, added = {2025-12-01}, url = {https://www.example.org/bader}}
@report{ars, author = {{ARS Normandie}}, title = {Guide régional}, institution = {ARS Normandie},
  date = {2024}, langid = {french}, keywords = {cls}, audience = {élus, agents publics}, added = {2025-12-14},
  annotation = {Un guide pour la CPTS (communauté professionnelle territoriale de santé) et l'ARS.}}
@book{zay, author = {Zay, Luc}, editor = {Édouard, Anne}, title = {La santé mentale des villes},
  publisher = {Presses de l'EHESP}, date = {2022-05-10}, langid = {french}, keywords = {sante-mentale}}
"""
THEMES = """\
demarches:
  fr: Démarches territoriales
  en: Local initiatives
  children:
    cls: {fr: Contrats locaux de santé, en: Local health contracts}
sante-mentale: {fr: Santé mentale, en: Mental health}
"""


def project(folder: Path, spec: str, references: str = REFERENCES, head: str = HEAD) -> Project:
    """A project with the one dossier ``SLUG``: ``spec`` comes behind the title, the date and the publisher.

    It has the image ``PICTURE``.
    """
    for name, content in (
        (f"dossiers/{SLUG}.yaml", head + spec),
        ("references/essai.bib", references),
        ("references/themes.yaml", THEMES),
    ):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    picture = folder / PICTURE
    picture.parent.mkdir(exist_ok=True)
    picture.write_bytes(png(1200, 500))
    return Project(folder)


def composed(folder: Path, spec: str, head: str = HEAD) -> tuple[Composed, tuple[Diagnostic, ...]]:
    """The dossier of such a project, composed, and everything found wrong with it."""
    made = project(folder, spec, head=head)
    loaded = made.dossier(SLUG)
    assert loaded.value is not None, loaded.diagnostics
    done = compose_dossier(made, loaded.value, loaded.value.style)
    assert done.value is not None, done.diagnostics
    return done.value, (*loaded.diagnostics, *done.diagnostics)


def document(folder: Path, spec: str, head: str = HEAD) -> Document:
    """The document of such a project, in which nothing may be wrong but an acronym that nobody spells out."""
    done, diagnostics = composed(folder, spec, head)
    assert [each.code for each in diagnostics if each.code != "W117"] == []
    return done.document


def printed(folder: Path, spec: str, references: str = REFERENCES) -> Output:
    """Its PDF and its HTML."""
    project(folder, spec, references)
    return output_of(folder, SLUG)


def titles(sections: tuple[Section, ...]) -> list[str]:
    """The headings of some sections, with plain spaces."""
    return [spaced(plain(section.heading)) for section in sections]


def spaced(value: str) -> str:
    """A text with plain spaces and apostrophes."""
    return " ".join(value.replace("’", "'").split())


def said(block: Block) -> list[str]:
    """The words of a block, with plain spaces."""
    return [spaced(plain(rich)) for rich in block.texts if rich]
