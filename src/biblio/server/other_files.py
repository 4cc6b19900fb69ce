"""What a file that is dropped may be besides references: a dossier that a colleague corrected in Word, a thesaurus."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from biblio.build.pipeline import compose_dossier
from biblio.editing.works import Work
from biblio.formats.skos import Concept, looks_like_skos, read_skos
from biblio.importing.corrected import Correction, corrections, marks_of
from biblio.importing.thesaurus import Tree, tree_of, with_themes
from biblio.importing.write import Prepared, prepare_corrections
from biblio.outputs.pandoc.docx import bookmark
from biblio.project.project import REFERENCES, THEMES, Project


class Upload(NamedTuple):
    """A file as a browser sent it: its name, which leads nowhere, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Corrected:
    """A corrected document of a dossier, and what it says otherwise than the sources."""

    file: str
    slug: str
    title: str
    found: Sequence[Correction]


def corrected_of(project: Project, uploads: Iterable[Upload]) -> Corrected | None:
    """The first of some files that is a document of a dossier of this project; ``None`` when none of them is."""
    for upload in uploads:
        marks = marks_of(upload.content) if upload.content.startswith(b"PK") else frozenset()
        found = [(count, slug) for slug in project.slugs if marks and (count := _count(project, slug, marks))]
        if found:
            return _compared(project, max(found)[1], upload)
    return None


def _count(project: Project, slug: str, marks: Collection[str]) -> int:
    """How many notices of a dossier a document has."""
    spec = project.dossier(slug).value
    composed = compose_dossier(project, spec, spec.style).value if spec else None
    return sum(bookmark(each.anchor) in marks for each in composed.document.notices) if composed else 0


def _compared(project: Project, slug: str, upload: Upload) -> Corrected | None:
    spec = project.dossier(slug).value
    composed = compose_dossier(project, spec, spec.style).value if spec else None
    if spec is None or composed is None:
        return None
    references = {each.citekey: each for each in composed.selection.references}
    found = corrections(upload.content, upload.name, composed.document, references)
    return Corrected(upload.name, slug, spec.title, found)


def works_of_corrections(project: Project, corrected: Corrected, chosen: Collection[int]) -> Prepared:
    """What some of the corrections, by their numbers, make of the files of references."""
    sure = [each for number, each in enumerate(corrected.found) if number in chosen]
    return prepare_corrections(sure, project.opened.value, project.reference_files)


def themes_of(project: Project, uploads: Iterable[Upload]) -> Tree | None:
    """The themes that thesauri among some files have and the collection has not; ``None`` without a thesaurus."""
    concepts: list[Concept] = []
    for upload in uploads:
        if looks_like_skos(upload.content):
            concepts += read_skos(upload.content, upload.name).value
    return tree_of(concepts, project.themes.value) if concepts else None


def works_of_themes(project: Project, tree: Tree, chosen: Collection[str]) -> Sequence[Work]:
    """What some branches of a tree, by their slugs, make of the file of themes. Raises as ``with_themes``."""
    taken = replace(tree, branches=tuple(each for each in tree.branches if each.slug in chosen))
    file, path = project.theme_file, f"{REFERENCES}/{THEMES}"
    before = file.content if file else None
    after = with_themes(before or b"", path, taken, project.themes.value)
    return [Work(path, project.root / REFERENCES / THEMES, before, after)] if taken.branches else []
