"""A dossier that is built again and again by one process, which keeps what the last build made of it.

What is published is what ``build`` would publish, to the byte.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from biblio.build.freshness import current_inputs, is_current
from biblio.build.pipeline import BuildResult, Progress, Request, build, compose_dossier, rendered, silent
from biblio.build.stamp import epoch_setting, stamp_of
from biblio.compose.composed import Composed
from biblio.document.tree import Document
from biblio.outputs.pdf.kept.press import Press, Sheet
from biblio.outputs.pdf.write import Layouts, looked_at
from biblio.outputs.pdf.write import render as render_pdf
from biblio.outputs.table import DEFAULT_OUTPUT, output_name
from biblio.project.manifest import Options
from biblio.project.project import Project
from biblio.text.inline import plain
from biblio.words.faults import Parsed, in_order


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What became of a dossier, and of its pages: which ``changed``, from 1, of how many ``pages``.

    No page changed where no PDF was made. ``whole`` says whether all of it was laid out.
    """

    result: BuildResult
    changed: tuple[int, ...] = ()
    pages: int = 0
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Place:
    """Where a notice or a heading stands on a page.

    ``key`` is the citekey, or the anchor of the heading; ``words`` its title. ``box`` is left, top, width and height,
    as parts of the page's.
    """

    kind: Literal["notice", "heading"]
    key: str
    words: str
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A page: its ``number``, from 1, its size in pixels of CSS, and what stands on it, in the order of reading."""

    number: int
    width: float
    height: float
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """The ``pages`` that were laid out anew, of ``count``; ``content`` is a PDF of these, to be looked at."""

    count: int
    pages: tuple[LookedAt, ...]
    content: bytes


class Resident:
    """One dossier of a project, kept from build to build."""

    def __init__(self, root: Path, slug: str, request: Request) -> None:
        self.root, self.slug, self.request = root, slug, request
        self._counted, self._printed = Press(), Press()
        self._layouts = Layouts(self._counted.lay_out, self._printed.lay_out)
        self._shown: tuple[object, ...] = ()
        self._made = False
        self._settled = False

    @property
    def is_settled(self) -> bool:
        """Whether there is nothing to lay out as a whole, or it was tried."""
        return self._settled or DEFAULT_OUTPUT not in self.request.formats

    @property
    def is_ready(self) -> bool:
        """Whether the next build can follow a layout, or it was tried to have one."""
        return self.keeps or self.is_settled

    @property
    def whole(self) -> bool:
        """Whether the last PDF was laid out as a whole."""
        return self._printed.whole and self._counted.whole

    @property
    def keeps(self) -> bool:
        """Whether there is a layout that the next build can follow."""
        return self._printed.keeps

    def refresh(self, progress: Progress = silent, project: Project | None = None) -> Refreshed:
        """Builds the dossier from its files as they are now, but for what is as it was.

        ``project`` is the project, where it has been read just now. Raises ``BiblioError`` as ``build`` does.
        """
        return self._built(project or Project(self.root), self.request, progress)

    def look(self) -> Parsed[Look | None]:
        """Lays out what the files as they are now change, and draws it; publishes nothing, which ``refresh`` then does.

        ``None`` where the dossier cannot be composed, with the faults that say why. Raises ``BiblioError``.
        """
        project = Project(self.root)
        loaded = project.dossier(self.slug)
        if loaded.value is None:
            return Parsed(None, in_order(loaded.diagnostics))
        composed = compose_dossier(project, loaded.value, self.request.style or loaded.value.style)
        told = in_order((*loaded.diagnostics, *composed.diagnostics))
        if composed.value is None:
            return Parsed(None, told)
        document = composed.value.document
        excerpt = looked_at(composed.value, stamp_of(document.metadata.date), self._layouts, self._printed.excerpt)
        known = dict(_named(document))
        pages = tuple(_looked_at(sheet, known) for sheet in excerpt.sheets)
        return Parsed(Look(excerpt.count, pages, excerpt.content), told)

    def settle(self) -> bool:
        """Lays the whole out, when there is time; tells whether that gives what is published.

        Where it does not, which is a fault of ours, what it gives is published. Nothing is laid out where the files
        have changed since. Raises ``BiblioError``.
        """
        project, request = Project(self.root), self.request
        self._settled = True
        spec = project.dossier(self.slug).value
        if spec is None:
            return True
        options = Options(request.style or spec.style, request.formats, epoch_setting())
        if not is_current(request.folder, self.slug, current_inputs(project, self.slug, options)):
            return True
        composed = compose_dossier(project, spec, options.style).value
        if composed is None:
            return True
        self.forget()
        content = self._rendered(composed, (DEFAULT_OUTPUT,))[DEFAULT_OUTPUT].value
        self._shown = self._printed.drawn()
        if (request.folder / output_name(self.slug, DEFAULT_OUTPUT)).read_bytes() == content:
            return True
        self._built(project, replace(request, force=True), silent)
        return False

    def forget(self) -> None:
        """Keeps nothing: the next build lays out the whole."""
        self._counted.forget()
        self._printed.forget()

    def _built(self, project: Project, request: Request, progress: Progress) -> Refreshed:
        self._made, self._settled = False, False
        result = build(project, self.slug, request, progress, self._rendered)
        if not self._made or result.state != "built":
            return Refreshed(result)
        self._settled = self.whole
        before, self._shown = self._shown, self._printed.drawn()
        changed = tuple(
            number
            for number, shown in enumerate(self._shown, 1)
            if number > len(before) or (shown is not before[number - 1] and shown != before[number - 1])
        )
        return Refreshed(result, changed, len(self._shown), self.whole)

    def _rendered(self, composed: Composed, formats: Sequence[str]) -> Mapping[str, Parsed[bytes]]:
        others = rendered(composed, [name for name in formats if name != DEFAULT_OUTPUT])
        if len(others) == len(formats):
            return others
        pdf = render_pdf(composed, stamp_of(composed.document.metadata.date), self._layouts)
        self._made = True
        return {name: pdf if name == DEFAULT_OUTPUT else others[name] for name in formats}


def _named(document: Document) -> Iterator[tuple[str, tuple[Literal["notice", "heading"], str, str]]]:
    """What the anchors of a document are of: the kind, the citekey or the anchor, and the title."""
    for section in document.sections:
        yield section.anchor, ("heading", section.anchor, plain(section.heading))
    for notice in document.notices:
        yield notice.anchor, ("notice", notice.citekey, plain(notice.name) or notice.citekey)


def _looked_at(sheet: Sheet, known: Mapping[str, tuple[Literal["notice", "heading"], str, str]]) -> LookedAt:
    places = tuple(
        Place(*known[anchor], _part_of(box, sheet)) for anchor, box in sheet.anchors.items() if anchor in known
    )
    return LookedAt(sheet.number + 1, sheet.width, sheet.height, places)


def _part_of(box: tuple[float, float, float, float], sheet: Sheet) -> tuple[float, float, float, float]:
    left, top, right, bottom = box
    return left / sheet.width, top / sheet.height, (right - left) / sheet.width, (bottom - top) / sheet.height
