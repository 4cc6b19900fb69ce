"""Puts the desk together: its screens, what they share, and the guard at the door."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from biblio.server.desk import Desk
from biblio.server.findings import Findings
from biblio.server.guard import Door, Guard, TooMuchError, refusal
from biblio.server.once import Once
from biblio.server.pages import LANG, desk_of, lang_of, page, refused
from biblio.server.proofs import Proofing
from biblio.server.publishing import Publishing
from biblio.server.screens import (
    backup,
    chosen,
    collection,
    coverage,
    dossier,
    dossier_query,
    dossiers,
    duplicates,
    faults,
    history,
    import_,
    import_others,
    new_reference,
    preview,
    publish,
    reference,
    reference_acts,
    start,
)
from biblio.server.workshop import Workshop
from biblio.words.faults import BiblioError, diagnose, problem_of

# Each screen's routes; a new screen is a module and a row.
SCREENS: Sequence[Sequence[Route]] = (
    start.ROUTES,
    collection.ROUTES,
    chosen.ROUTES,
    reference.ROUTES,
    import_.ROUTES,
    preview.ROUTES,
    dossier.ROUTES,
    reference_acts.ROUTES,
    new_reference.ROUTES,
    history.ROUTES,
    import_others.ROUTES,
    faults.ROUTES,
    dossiers.ROUTES,
    coverage.ROUTES,
    duplicates.ROUTES,
    publish.ROUTES,
    dossier_query.ROUTES,
    backup.ROUTES,
)
STATIC = Path(__file__).parent / "static"


def application(desk: Desk, door: Door) -> ASGIApp:
    """The desk as an ASGI application, behind its guard."""
    # One lays pages out, so that none of the other's work keeps them waiting.
    workshops = Workshop(desk.root), Workshop(desk.root)
    proofing, findings = Proofing(desk, workshops[0]), Findings(desk, workshops[1])
    publishing = Publishing(desk, workshops[1])

    @asynccontextmanager
    async def open_desk(_: Starlette) -> AsyncIterator[None]:
        desk.watch()
        try:
            yield
        finally:
            for each in (proofing, findings, publishing, *workshops):
                each.close()
            desk.close()

    routes = [
        Route("/", _home),
        Route("/events", _events),
        Route("/language", _language, methods=["POST"]),
        Route("/session", _session),
        Route("/undo", _undo, methods=["POST"]),
        Route("/redo", _redo, methods=["POST"]),
        Mount("/static", StaticFiles(directory=STATIC)),
        *(route for routes in SCREENS for route in routes),
    ]
    handlers = {BiblioError: _fault, TooMuchError: _too_much, Exception: _failure, 404: _missing, 405: _missing}
    app = Starlette(routes=routes, exception_handlers=handlers, lifespan=open_desk)  # type: ignore[arg-type]
    app.state.desk, app.state.proofing = desk, proofing
    app.state.once = Once()
    app.state.findings, app.state.publishing = findings, publishing
    return Guard(app, door)


async def _home(request: Request) -> Response:
    return RedirectResponse("/collection" if desk_of(request).has_project else "/start", 303)


async def _events(request: Request) -> Response:
    """The stream of events; 204, by which a browser asks no more, where there are too many already."""
    desk = desk_of(request)
    if desk.events.is_full or request.method == "HEAD":
        return Response(status_code=204 if desk.events.is_full else 200)
    return StreamingResponse(desk.events.stream(("hello", {"version": desk.version})), media_type="text/event-stream")


async def _language(request: Request) -> Response:
    """Remembers the language that a reader chooses, for the browser's session."""
    form = await request.form()
    answer = RedirectResponse("/", 303)
    answer.set_cookie(LANG, str(form.get("lang", ""))[:3], samesite="strict", httponly=True)
    return answer


async def _session(request: Request) -> Response:
    """The buttons that undo and do again."""
    return page(request, "_session.html.j2", said="", done="")


async def _undo(request: Request) -> Response:
    return page(request, "_session.html.j2", said=await desk_of(request).undo(), done="undone")


async def _redo(request: Request) -> Response:
    return page(request, "_session.html.j2", said=await desk_of(request).redo(), done="redone")


async def _fault(request: Request, error: BiblioError) -> Response:
    return refused(request, error)


async def _too_much(request: Request, error: TooMuchError) -> Response:
    return refusal("too_much", error.status, lang_of(request))


async def _failure(request: Request, error: Exception) -> Response:
    """A fault of ours: said as the command line says it (E122); nothing was written."""
    return refused(request, BiblioError(diagnose("E122", problem=problem_of(error))))


async def _missing(request: Request, error: Exception) -> Response:
    del error
    return page(request, "missing.html.j2", 404)
