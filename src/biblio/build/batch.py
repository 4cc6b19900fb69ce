"""Builds several dossiers side by side: the library is read once, the layout engine imported once, a process each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from biblio.build.forked import Undone, can_fork, processors, side_by_side
from biblio.build.pipeline import BuildResult, Progress, Request, build, is_stale, silent
from biblio.outputs.pdf.engine import engine_problem
from biblio.project.project import Project
from biblio.words.faults import BiblioError, Diagnostic, diagnose, problem_of

Outcome = BuildResult | Diagnostic


def build_all(
    project: Project, slugs: Sequence[str], request: Request, progress: Progress = silent, workers: int = 0
) -> Iterator[BuildResult]:
    """Builds dossiers as ``build`` does, and gives the results in the order of ``slugs``.

    At most ``workers`` processes work at a time, one for each processor by default. Where processes cannot be forked,
    or one alone has something to do, everything is built here. An interruption ends them all, and so does the end of
    this process, whatever ends it: what they have published is whole, what they have not is as it was. Raises
    ``BiblioError``, at its turn, when the work on a dossier cannot go on (see ``build``), or (E120) when the system has
    ended its process.
    """
    workers = workers or processors()
    stale = [slug for slug in slugs if is_stale(project, slug, request)] if workers > 1 else []
    if len(stale) < 2 or not can_fork():
        for slug in slugs:
            yield build(project, slug, request, progress)
        return
    _share(project, request)

    def work(slug: str, tell: Callable[[str], None]) -> Outcome:
        # The other steps of several at a time would only flicker.
        return _outcome_of(project, slug, request, lambda _, step: tell(step) if step == "wait" else None)

    working = side_by_side(stale, work, workers, progress)
    outcomes: dict[str, Outcome] = {}
    try:
        for slug in slugs:
            if slug not in stale:
                yield build(project, slug, request, progress)
                continue
            while slug not in outcomes:
                done, outcome = next(working)
                if outcome is Undone.REFUSED:
                    outcome = _outcome_of(project, done, request, progress)
                outcomes[done] = diagnose("E120", slug=done) if isinstance(outcome, Undone) else outcome
            found = outcomes[slug]
            if isinstance(found, Diagnostic):
                raise BiblioError(found)
            yield found
    finally:
        working.close()


def _share(project: Project, request: Request) -> None:
    """Does what every process needs before there are any: they begin with what is in memory here."""
    _ = project.opened, project.themes
    if "pdf" in request.formats:
        engine_problem()  # where it cannot be loaded, each build tells


def _outcome_of(project: Project, slug: str, request: Request, progress: Progress) -> Outcome:
    try:
        return build(project, slug, request, progress)
    except BiblioError as error:
        return error.diagnostic
    except Exception as error:  # noqa: BLE001  # told in the end by the command, which may be another process
        return diagnose("E122", problem=problem_of(error))
