"""Makes a page of the desk of a template: whole for who comes to it, its work alone for a part that is asked for."""

from __future__ import annotations

from functools import cache
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from biblio.outputs.template import environment
from biblio.report.text import hint_of, message_of
from biblio.server.desk import Desk
from biblio.server.once import token
from biblio.server.words import grouped, said, spoken
from biblio.words.faults import BiblioError
from biblio.words.tables import LANGUAGES

LANG = "lang"  # the cookie of the language
# A file that somebody else has changed; a fault of ours.
_STATUS = {"E134": 409, "E122": 500}


def desk_of(request: Request) -> Desk:
    """The desk that a request is for."""
    desk: Desk = request.app.state.desk
    return desk


def lang_of(request: Request) -> str:
    """The language of a reader: what was chosen, else the first that the browser asks for, else that of the desk."""
    asked = (part.split(";")[0].strip()[:2] for part in request.headers.get("accept-language", "").split(","))
    wanted = (request.cookies.get(LANG, ""), *asked, desk_of(request).lang)
    return next((each for each in wanted if each in LANGUAGES), "en")


def page(request: Request, template: str, status: int = 200, **values: Any) -> Response:
    """A template of ``server/templates/`` as an answer.

    The templates have ``t(sentence, …)``, ``n(number)``, ``lang``, ``desk``, ``path``, ``spoken(words)``, and
    ``once()`` for a form that is to be done once, besides the values.
    """
    lang = lang_of(request)

    def t(name: str, /, **arguments: object) -> str:
        return said(name, lang, **arguments)

    def n(number: int) -> str:
        return grouped(number, lang)

    shared = {
        "t": t,
        "n": n,
        "lang": lang,
        "desk": desk_of(request),
        "path": request.url.path,
        "once": token,
        "spoken": spoken,
    }
    text = _environment().get_template(template).render(languages=LANGUAGES, **shared, **values)
    return HTMLResponse(text, status)


def gone_to(request: Request, address: str) -> Response:
    """Sends a browser to another page once something is done, whether a form asked for it or htmx."""
    if "hx-request" in request.headers:
        return Response(status_code=204, headers={"HX-Redirect": address})
    return RedirectResponse(address, 303)


def refused(request: Request, error: BiblioError) -> Response:
    """A page, or a part of one for htmx, that says a fault: what was asked for was not done, nothing was changed."""
    lang = lang_of(request)
    fault = error.diagnostic
    status = _STATUS.get(fault.code, 422)
    template = "refused.html.j2" if "hx-request" in request.headers else "refused_page.html.j2"
    return page(request, template, status, message=message_of(fault, lang), hint=hint_of(fault, lang))


def text(form: FormData, name: str) -> str:
    """What a form says under a name; empty for nothing, and for a file."""
    return next(iter(texts(form, name)), "")


def texts(form: FormData, name: str) -> list[str]:
    """All that a form says under a name."""
    return [value for value in form.getlist(name) if isinstance(value, str)]


@cache
def _environment() -> Any:
    return environment("biblio.server")
