"""A dossier that is built again and again by one process, which keeps what the last build made of it.

What is published is what ``build`` would publish, to the byte.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from biblio.build.freshness import current_inputs, is_current
from biblio.build.pipeline import BuildResult, Progress, Request, build, compose_dossier, rendered, silent
from biblio.build.stamp import epoch_setting, stamp_of
from biblio.compose.composed import Composed
from biblio.outputs.pdf.kept.press import Press
from biblio.outputs.pdf.write import Layouts, looked_at
from biblio.outputs.pdf.write import render as render_pdf
from biblio.outputs.table import DEFAULT_OUTPUT, output_name
from biblio.project.manifest import Options
from biblio.project.project import Project
from biblio.words.faults import Parsed


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
class Look:
    """The ``numbers``, from 1, of pages that were laid out anew; ``content`` is a PDF of these, to be looked at."""

    numbers: tuple[int, ...]
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

    def look(self) -> Look | None:
        """Lays out what the files as they are now change, and draws it; publishes nothing, which ``refresh`` then does.

        ``None`` where the dossier cannot be composed. Raises ``BiblioError``.
        """
        project = Project(self.root)
        spec = project.dossier(self.slug).value
        composed = spec and compose_dossier(project, spec, self.request.style or spec.style).value
        if not composed:
            return None
        stamp = stamp_of(composed.document.metadata.date)
        numbers, content = looked_at(composed, stamp, self._layouts, self._printed.excerpt)
        return Look(tuple(number + 1 for number in numbers), content)

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
