"""What was done: the steps of the session, undone and done again, and the commits of the project's repository."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from biblio.build.commits import Pending, Person, commit, pending, person
from biblio.build.history import Commit, changes_of, log
from biblio.dossier.difference import field_name
from biblio.project.project import Project
from biblio.server.pages import desk_of, gone_to, lang_of, page, text
from biblio.words.faults import BiblioError

MOST = 50  # commits of a page
NO_REPOSITORY = ("E113", "E114")


class Repository(NamedTuple):
    """The commits of a repository, what is not in any yet, and who would commit it."""

    commits: Sequence[Commit]
    pending: Sequence[Pending]
    by: Person


async def show(request: Request) -> Response:
    """The screen."""
    found = await desk_of(request).labour(_repository)
    return page(request, "history.html.j2", repository=found)


async def steps(request: Request) -> Response:
    """The steps of the session alone."""
    return page(request, "history_steps.html.j2")


def _repository(project: Project) -> Repository | None:
    try:
        return Repository(log(project.root, MOST), pending(project.root), person(project.root))
    except BiblioError as error:
        if error.diagnostic.code in NO_REPOSITORY:
            return None
        raise


async def changes(request: Request) -> Response:
    """What a commit changed, in words."""
    lang = lang_of(request)
    root = desk_of(request).root
    found = await run_in_threadpool(changes_of, root, request.query_params.get("commit", ""), lang)
    differing = found.references.changed
    changed = [(each.item, ", ".join(field_name(field.name, lang) for field in each.fields)) for each in differing]
    return page(request, "history_changes.html.j2", found=found, changed=changed)


async def make_commit(request: Request) -> Response:
    """Commits the project's own files."""
    form = await request.form()
    by = Person(text(form, "name").strip(), text(form, "mail").strip())
    await desk_of(request).labour(_commit, text(form, "message"), by)
    return gone_to(request, "/history")


def _commit(project: Project, message: str, by: Person) -> str:
    return commit(project.root, message, by)


ROUTES = (
    Route("/history", show),
    Route("/history/steps", steps),
    Route("/history/changes", changes),
    Route("/history/commit", make_commit, methods=["POST"]),
)
