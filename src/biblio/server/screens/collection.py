"""The references of the project as a table: searched as one types, sifted, sorted, and read notice by notice."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from biblio.build.preview import preview
from biblio.outputs.html import rich_html
from biblio.server.desk import Desk
from biblio.server.pages import desk_of, lang_of, page
from biblio.server.shelf import COLUMNS, FACETS, NONE, Beside, Found, Shelf, Wanted
from biblio.server.shelves import beside_of, shelf_of
from biblio.server.sieve import MOST_TYPED, mask_of
from biblio.server.told import told
from biblio.server.words import said
from biblio.words.tables import interface, say

HOME = "/collection"
PATIENCE = 1.5  # seconds for the first rows, before it is said how far they are
MOST_CHOSEN = 100  # values of a facet


async def show(request: Request) -> Response:
    """The table, whole or its rows and facets alone, as it is asked for in the address."""
    wanted = _wanted(request)
    shelf = await shelf_when_ready(desk_of(request))
    if shelf is None:
        return page(request, "collection.html.j2", waiting=True, far=desk_of(request).far)
    found = await run_in_threadpool(lambda: shelf.find(wanted, mask_of(shelf, wanted.words)))
    address = _address(wanted)
    template = "collection_rows.html.j2" if _is_part(request) else "collection.html.j2"
    answer = page(request, template, **_shown(request, shelf, wanted, found))
    if _is_part(request):  # what is typed is no step to go back to, nor the same table told anew
        typed = request.headers.get("hx-trigger-name") == "q"
        is_there = request.headers.get("hx-current-url", "").endswith(address)
        answer.headers["HX-Replace-Url" if typed or is_there else "HX-Push-Url"] = address
    return answer


async def waiting(request: Request) -> Response:
    """How far the reading is; once it is done, the page is to be asked for again."""
    if desk_of(request).last_known(shelf_of) is not None:
        return Response(headers={"HX-Refresh": "true"})
    return page(request, "collection_waiting.html.j2", far=desk_of(request).far)


async def keys(request: Request) -> Response:
    """The keys of all that is found, for who selects them."""
    wanted = _wanted(request)
    shelf = await asyncio.shield(desk_of(request).known(shelf_of))
    return JSONResponse(await run_in_threadpool(lambda: shelf.citekeys(wanted, mask_of(shelf, wanted.words))))


async def notice(request: Request) -> Response:
    """A notice as it prints, with the faults of its reference. Raises ``BiblioError`` (E109) for an unknown key."""
    desk, lang = desk_of(request), lang_of(request)
    citekey = request.query_params.get("key", "")
    shown = (await desk.ask(preview, citekey)).notice
    beside = desk.last_known(beside_of) or Beside()
    return page(
        request,
        "collection_notice.html.j2",
        notice=shown,
        lines=[(line.role.value, rich_html(line.content)) for line in shown.lines],
        faults=[told(each, lang) for each in beside.faults.get(shown.citekey, ())],
        dossiers=beside.dossiers.get(shown.citekey, ()),
    )


async def shelf_when_ready(desk: Desk) -> Shelf | None:
    """The shelf of the project as it is now; ``None`` where it takes a while the first time.

    What is known beside its rows may be that of an earlier version: that of this one is asked for, and told of.
    """
    made = desk.known(shelf_of)
    if desk.last_known(shelf_of) is None:
        await asyncio.wait([made], timeout=PATIENCE)
        if not made.done():
            return None
    shelf = await asyncio.shield(made)
    desk.known(beside_of, slow=True)
    return shelf.with_beside(desk.last_known(beside_of))


# --- the address -----------------------------------------------------------------------------------------------------


def _wanted(request: Request) -> Wanted:
    query = request.query_params
    chosen = {name: tuple(dict.fromkeys(query.getlist(name)))[:MOST_CHOSEN] for name in FACETS}
    number = query.get("page", "")
    return Wanted(
        query.get("q", "")[:MOST_TYPED].strip(),
        {name: values for name, values in chosen.items() if values},
        query.get("sort", "author"),
        int(number) if number.isdecimal() and len(number) < 9 else 1,
    )


def _address(wanted: Wanted, **instead: Any) -> str:
    """The address of a table, with something else for some of it."""
    pairs: list[tuple[str, str]] = [("q", wanted.words)]
    pairs += [(name, value) for name, values in wanted.chosen.items() for value in values]
    pairs += [("sort", instead.get("sort", wanted.sort)), ("page", str(instead.get("page", wanted.page)))]
    plain = {("q", ""), ("sort", "author"), ("page", "1")}
    asked = urlencode([pair for pair in pairs if pair not in plain])
    return f"{HOME}?{asked}" if asked else HOME


def _without(wanted: Wanted, name: str, value: str) -> str:
    """The address of a table that is sifted by one value less."""
    chosen = {
        facet: tuple(each for each in values if (facet, each) != (name, value))
        for facet, values in wanted.chosen.items()
    }
    return _address(Wanted(wanted.words, chosen, wanted.sort))


def _is_part(request: Request) -> bool:
    """Whether rows alone are asked for; who goes back in the browser asks for the page."""
    return "hx-request" in request.headers and "hx-history-restore-request" not in request.headers


# --- what is shown ---------------------------------------------------------------------------------------------------


def _shown(request: Request, shelf: Shelf, wanted: Wanted, found: Found) -> Mapping[str, Any]:
    lang = lang_of(request)
    faults = shelf.beside.faults if shelf.beside else {}
    return {
        "waiting": False,
        "empty": not shelf.rows,
        "wanted": wanted,
        "found": found,
        "rows": [
            (row, len(faults.get(row.citekey, ())), shelf.beside.gravest(row.citekey) if shelf.beside else "")
            for row in found.rows
        ],
        "kind": lambda row: row.kinds[lang != "fr"],
        "themes": lambda row: ", ".join(dict.fromkeys(_theme(shelf, word, lang) for word in row.themes)),
        "named": lambda name, value: name_of(shelf, name, value, lang),
        "columns": [(name, _sorting(wanted, name)) for name in COLUMNS if name != "faults" or shelf.beside],
        "address": lambda **instead: _address(wanted, **instead),
        "without": lambda name, value: _without(wanted, name, value),
        "known": shelf.beside is not None,
    }


def _sorting(wanted: Wanted, column: str) -> tuple[str, str]:
    """How a column is sorted (``aria-sort``), and how it would be at the next click; dates begin with the last one."""
    first, second = (f"-{column}", column) if column in ("year", "faults") else (column, f"-{column}")
    now = wanted.sort if wanted.sort.removeprefix("-") in COLUMNS else "author"
    state = "none" if now.removeprefix("-") != column else "descending" if now.startswith("-") else "ascending"
    return state, second if now == first else first


def _theme(shelf: Shelf, word: str, lang: str) -> str:
    slug = shelf.themes.find(word)
    return shelf.themes.label(slug, lang) if slug else word


def name_of(shelf: Shelf, name: str, value: str, lang: str) -> str:
    """What a value of a facet is called."""
    if value == NONE:
        return said(f"collection_no_{name}", lang)
    if name in ("access", "faults"):
        return said(f"collection_{name}_{value}", lang) if value in _SAID else value
    if name == "language" and f"language_{value}" in interface():
        return say(f"language_{value}", lang)
    return shelf.named(name, value, lang)


_SAID: Iterable[str] = ("yes", "no", "error", "warning", "note")

ROUTES = (
    Route(HOME, show),
    Route(f"{HOME}/waiting", waiting),
    Route(f"{HOME}/keys", keys),
    Route(f"{HOME}/notice", notice),
)
