"""The first screen of an empty folder: a new project, with or without examples."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from biblio.project.starter import create, make_empty
from biblio.server.pages import desk_of, lang_of, page

HOME = "/collection"


async def show(request: Request) -> Response:
    """Says where a project would be made, and of what."""
    desk = desk_of(request)
    if desk.has_project:
        return RedirectResponse(HOME, 303)
    return page(request, "start.html.j2", folder=desk.root.name or str(desk.root))


async def make(request: Request) -> Response:
    """Makes the project: the small one of ``biblio init``, or empty folders."""
    desk = desk_of(request)
    form = await request.form()
    if desk.has_project:  # made by the click before
        return RedirectResponse(HOME, 303)
    if form.get("with") == "examples":
        await run_in_threadpool(create, desk.root, lang_of(request))
    else:
        await run_in_threadpool(make_empty, desk.root)
    desk.changed()
    return RedirectResponse(HOME, 303)


ROUTES = (Route("/start", show), Route("/start", make, methods=["POST"]))
