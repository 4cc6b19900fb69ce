"""What ``watch`` says: a line a build, and faults as they come and go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from biblio.build.pipeline import BuildResult
from biblio.build.resident import Refreshed
from biblio.cli.console import has_colour, say_out, tell
from biblio.cli.quoting import show, typed_path
from biblio.cli.words import say
from biblio.project.project import Project
from biblio.report.text import as_text
from biblio.words.faults import Diagnostic


class Teller:
    """Says in ``lang`` what became of dossiers, and what was not said the time before."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._told: dict[str, tuple[Diagnostic, ...]] = {}
        # What the last file of a dossier is known to be: of its sources, kept though they are faulty, or gone.
        self._states: dict[str, str] = {}
        self._stopped: Diagnostic | None = None

    def begins(self, root: Path) -> None:
        """Says which folder is watched."""
        self._say_error("watching", root=typed_path(root))

    def built(self, refreshed: Refreshed, seconds: float) -> None:
        """Says in a line what was made of a dossier."""
        result = refreshed.result
        values = {
            "slug": result.slug,
            "seconds": f"{seconds:.2f}".replace(".", "," if self._lang == "fr" else "."),
            "outputs": ", ".join(typed_path(path) for path in result.outputs),
        }
        if not refreshed.pages:
            say_out(say("watched_outputs", self._lang, **values))
        elif refreshed.whole:
            say_out(say("watched_whole", self._lang, pages=refreshed.pages, **values))
        else:
            changed = self._pages(refreshed.changed)
            say_out(say("watched_pages", self._lang, pages=refreshed.pages, changed=changed, **values))

    def faults(self, result: BuildResult, project: Project) -> None:
        """Shows the faults of a dossier that it did not have, how many it has no more, and what its file is then."""
        slug, now = result.slug, result.diagnostics
        before = self._told.get(slug, ())
        self._told[slug] = now
        known, left = ({_identity(each) for each in some} for some in (before, now))
        show([each for each in now if _identity(each) not in known], project, self._lang)
        gone = len(known - left)
        if gone and not now:
            self._say_error("watched_mended", slug=slug)
        elif gone:
            self._say_error("watched_fewer", slug=slug, gone=gone, left=len(now))
        if self._becomes(slug, "failed" if result.state == "failed" else "sound"):
            if result.state == "failed":
                self._say_error("failed", slug=slug)
                self._say_error("watched_kept", slug=slug)
            elif result.state == "current":
                say_out(say("current", self._lang, slug=slug))

    def settled(self, slug: str) -> None:
        """Says that what was published was not what a whole build gives."""
        self._say_error("watched_settled", slug=slug)

    def is_gone(self, slug: str) -> None:
        """Says that a dossier has no file any more, once."""
        if self._becomes(slug, "gone"):
            self._say_error("watched_gone", slug=slug)

    def stops(self, fault: Diagnostic) -> None:
        """Says what the work cannot go on for, once."""
        if fault != self._stopped:
            tell(as_text([fault], {}, self._lang, colour=has_colour()) + "\n")
        self._stopped = fault

    def can_read(self) -> None:
        """Says that the work goes on, where it could not."""
        if self._stopped is not None:
            self._stopped = None
            self._say_error("watched_again")

    def _becomes(self, slug: str, state: str) -> bool:
        """Whether the state of a dossier was another one before."""
        before, self._states[slug] = self._states.get(slug), state
        return before != state

    def _pages(self, numbers: tuple[int, ...]) -> str:
        name = {0: "watched_page_none", 1: "watched_page_one"}.get(len(numbers), "watched_page_many")
        return say(name, self._lang, numbers=", ".join(_ranges(numbers)))

    def _say_error(self, name: str, **values: object) -> None:
        tell(say(name, self._lang, **values) + "\n")


def _identity(fault: Diagnostic) -> object:
    """A fault wherever it stands in its file: what is typed before it moves it."""
    path = fault.span.path if fault.span else ""
    return fault.code, path, fault.citekey, tuple(sorted(fault.arguments.items()))


def _ranges(numbers: Iterable[int]) -> Iterator[str]:
    """Numbers in order as ranges: ``3-5``."""
    row = list(numbers)
    starts = [index for index, _ in enumerate(row) if index == 0 or row[index] != row[index - 1] + 1]
    for start, end in pairwise([*starts, len(row)]):
        yield str(row[start]) if end - start == 1 else f"{row[start]}-{row[end - 1]}"
