"""The import of what is no list of references: corrections of a dossier, and themes of a thesaurus."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from biblio.server.bringing import Bringing, Made
from biblio.server.other_files import works_of_corrections, works_of_themes
from biblio.server.pages import desk_of, gone_to, lang_of, text
from biblio.server.records import First, remarks
from biblio.server.screens.import_ import address_of, made_of, number_of
from biblio.server.words import said


async def correct(request: Request) -> Response:
    """Writes the corrections that were chosen, as one step."""
    form = await request.form()
    desk, lang, name = desk_of(request), lang_of(request), text(form, "id")
    bringing, made = await _current(request, name, text(form, "version"))
    if made is None or made.corrected is None:
        return gone_to(request, address_of(name, changed="1"))
    chosen = {number_of(str(each)) for each in form.getlist("correction")}
    prepared = await desk.labour(works_of_corrections, made.corrected, chosen)
    await desk.change(said("corrections_step", lang, title=made.corrected.title), prepared.works)
    count = len(chosen) - len(prepared.diagnostics)
    return _done(request, name, bringing, "corrections_done", count=count, left=remarks(prepared.diagnostics, lang))


async def add_themes(request: Request) -> Response:
    """Adds the themes that were chosen, as one step."""
    form = await request.form()
    desk, name = desk_of(request), text(form, "id")
    bringing, made = await _current(request, name, text(form, "version"))
    if made is None or made.themes is None:
        return gone_to(request, address_of(name, changed="1"))
    chosen = set(map(str, form.getlist("branch")))
    works = await desk.labour(works_of_themes, made.themes, chosen)
    count = sum(1 for top in made.themes.branches if top.slug in chosen for _ in top.walk())
    await desk.change(said("themes_step", lang_of(request), count=count), works)
    return _done(request, name, bringing, "themes_done", count=count, left=First())


async def _current(request: Request, name: str, version: str) -> tuple[Bringing, Made | None]:
    """What was shown, when the collection is still that of the ``version`` for which it was."""
    bringing = desk_of(request).pending.get(name, Bringing)
    made = await made_of(request, name, bringing)
    return bringing, made if made is not None and str(made.version) == version else None


def _done(request: Request, name: str, bringing: Bringing, sentence: str, *, left: Any, count: int) -> Response:
    bringing.end({"sentence": sentence, "arguments": {"count": count}, "slug": "", "left": left})
    return gone_to(request, address_of(name))


ROUTES = (
    Route("/import/corrections", correct, methods=["POST"]),
    Route("/import/themes", add_themes, methods=["POST"]),
)
