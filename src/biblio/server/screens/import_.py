"""The import: files are dropped, what would become of each record is shown and chosen, then all is added at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from biblio.importing.plan import Choice, OnDuplicate
from biblio.server.bringing import Bringing, Made, Where, files_of, prepared_for, suggested, uploads_of
from biblio.server.columns import columns_of, distinct, offered
from biblio.server.compared import turned
from biblio.server.desk import Desk
from biblio.server.pages import desk_of, gone_to, lang_of, page, text
from biblio.server.records import GROUPS, records_of, remarks
from biblio.server.words import said
from biblio.words.faults import BiblioError, diagnose
from biblio.yaml_model.slug import slug_like

PAGE = 50
MOST_FILES, MOST_FIELDS, MOST_TEXT = 50, 500, 8_000_000
MOST_COLUMNS = 5_000  # fields of a form: four a column


async def show(request: Request) -> Response:
    """Where files are dropped; with ``id``, what was read of them."""
    desk = desk_of(request)
    if not desk.has_project:
        return RedirectResponse("/start", 303)
    if "id" not in request.query_params:
        return page(request, "import.html.j2")
    bringing = _asked(request)
    if bringing.written is not None:
        return page(request, "import_done.html.j2", **bringing.written)
    return page(request, "import_plan.html.j2", **await _values(request, bringing))


async def part(request: Request) -> Response:
    """The plan alone, for a page that waits for it or that is open while the collection changes."""
    bringing = _asked(request)
    if bringing.written is not None:
        return gone_to(request, address_of(request.query_params["id"]))
    values = await _values(request, bringing)
    return page(request, "import_records.html.j2" if values["made"] else "import_waits.html.j2", **values)


async def take(request: Request) -> Response:
    """Takes files, or a text that was pasted, and begins to read them."""
    desk = desk_of(request)
    async with request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=MOST_TEXT) as form:
        sent = [each for each in form.getlist("files") if isinstance(each, UploadFile) and each.filename]
        files = [(each.filename or "", await each.read()) for each in sent]
        pasted = text(form, "pasted")
        if pasted.strip():
            files.append((said("import_pasted_name", lang_of(request)), pasted.encode("utf-8", "replace")))
    if not files:
        raise BiblioError(diagnose("E240"))
    bringing = Bringing(uploads_of(files))
    name = desk.pending.put(bringing)
    await bringing.made(desk, _telling(desk, name, bringing))
    return gone_to(request, address_of(name))


async def choose(request: Request) -> Response:
    """Notes what is to be done with one record, and shows it anew with what that changes."""
    form = await request.form()
    bringing = desk_of(request).pending.get(text(form, "id"), Bringing)
    number = number_of(text(form, "number"))
    bringing.choose(number, Choice(_on_duplicate(form), turned(form)))
    made = await made_of(request, text(form, "id"), bringing)
    if made is None or str(made.version) != text(form, "version") or number >= len(made.plan.outcomes):
        return gone_to(request, address_of(text(form, "id"), changed="1"))
    (record,) = await desk_of(request).ask(records_of, made, bringing.choices, [number], lang_of(request))
    values = await _summary(request, text(form, "id"), bringing, made)
    return page(request, "import_chosen.html.j2", record=record, **{**values, "oob": True})


async def choose_for_all(request: Request) -> Response:
    """Notes what is to be done with all that are there already."""
    form = await request.form()
    bringing = desk_of(request).pending.get(text(form, "id"), Bringing)
    bringing.choose_for_all(_on_duplicate(form))
    return gone_to(request, address_of(text(form, "id"), show=text(form, "show")))


async def mend_columns(request: Request) -> Response:
    """Reads the tables once more, their columns taken for what a person says."""
    form = await request.form(max_fields=MOST_COLUMNS)
    desk_of(request).pending.get(text(form, "id"), Bringing).read_again(columns_of(form))
    return gone_to(request, address_of(text(form, "id")))


async def note_where(request: Request) -> Response:
    """Notes where new references go, for who goes on looking."""
    form = await request.form()
    desk_of(request).pending.get(text(form, "id"), Bringing).where = _where(form)
    return Response(status_code=204)


async def add(request: Request) -> Response:
    """Writes what was shown, as one step; what was planned for another version of the collection is shown again."""
    form = await request.form()
    desk, lang, name = desk_of(request), lang_of(request), text(form, "id")
    bringing = desk.pending.get(name, Bringing)
    made = await made_of(request, name, bringing)
    if made is None or str(made.version) != text(form, "version"):
        return gone_to(request, address_of(name, changed="1"))
    where = _where(form)
    prepared = await desk.labour(prepared_for, made, where, lang)
    await desk.change(said("import_step", lang, added=len(made.plan.added), completed=made.completed), prepared.works)
    counts = {"added": len(made.plan.added), "completed": made.completed}
    files = ", ".join(work.path for work in prepared.works)
    bringing.end(
        {
            "sentence": "import_done",
            "arguments": {**counts, "files": files},
            "slug": slug_like(where.slug) if where.dossier else "",
            "left": remarks(prepared.diagnostics, lang),
        }
    )
    return gone_to(request, address_of(name))


async def forget(request: Request) -> Response:
    """Forgets files that were not added after all."""
    form = await request.form()
    desk_of(request).pending.drop(text(form, "id"))
    return gone_to(request, "/import")


# --- what is shown ---------------------------------------------------------------------------------------------------


async def _values(request: Request, bringing: Bringing) -> dict[str, Any]:
    """What the screen of a plan is filled with; without a plan, how far it is."""
    query, lang = request.query_params, lang_of(request)
    name = query["id"]
    made = await made_of(request, name, bringing)
    same = urlencode({key: query[key] for key in ("id", "show", "page") if key in query})
    if made is None:
        return {"made": None, "query": same, "done": bringing.done, "count": bringing.count}
    group = query.get("show", "")
    group = group if group in GROUPS else next((each for each in GROUPS if made.counts[each]), "added")
    numbers = made.groups[group]
    pages = max(1, -(-len(numbers) // PAGE))
    number = min(max(1, number_of(query.get("page", "1"))), pages)
    usual, others = offered(lang)
    shown = numbers[(number - 1) * PAGE : number * PAGE]
    return {
        "made": made,
        "query": same,
        "corrected": made.corrected,
        "themes": made.themes,
        "as_list": made.corrected is None or "list" in query,
        "records": await desk_of(request).ask(records_of, made, bringing.choices, shown, lang),
        "group": group,
        "groups": GROUPS,
        "page_number": number,
        "pages": pages,
        "columns": distinct(column for _, each in made.read for column in each.value.columns),
        "usual": usual,
        "others": others,
        "records_read": len(made.plan.outcomes),
        "refused": remarks(made.refused, lang),
        "remarks": remarks(made.of_files, lang),
        "changed": "changed" in query,
        **await _summary(request, name, bringing, made),
    }


async def _summary(request: Request, name: str, bringing: Bringing, made: Made) -> dict[str, Any]:
    """What is said of the whole: how many, where to, and what for all."""
    files = await desk_of(request).ask(files_of)
    return {
        "id": name,
        "counts": made.counts,
        "added": len(made.plan.added),
        "completed": made.completed,
        "version": made.version,
        "read": [(each_name, each.value.format, len(each.value.references)) for each_name, each in made.read],
        "on_duplicate": str(bringing.on_duplicate),
        "files": files,
        "where": bringing.where or suggested(bringing.uploads, files, made),
        "outline": any(each.value.outline for _, each in made.read),
        "oob": False,
    }


# --- what was asked --------------------------------------------------------------------------------------------------


def _asked(request: Request) -> Bringing:
    return desk_of(request).pending.get(request.query_params.get("id", ""), Bringing)


async def made_of(request: Request, name: str, bringing: Bringing) -> Made | None:
    """What an import will do to the project as it is; ``None`` while that is being worked out."""
    desk = desk_of(request)
    return await bringing.made(desk, _telling(desk, name, bringing))


def _telling(desk: Desk, name: str, bringing: Bringing) -> Callable[[int, int], None]:
    """Tells the pages how far an import is."""

    def told(done: int, count: int) -> None:
        bringing.done, bringing.count = done, count
        desk.events.say("work", id=name, done=done, count=count)

    return told


def address_of(name: str, **more: str) -> str:
    """Where an import is shown."""
    return f"/import?{urlencode({'id': name, **{key: value for key, value in more.items() if value}})}"


def _where(form: FormData) -> Where:
    return Where(text(form, "into"), text(form, "new"), bool(text(form, "dossier")), text(form, "slug"))


def number_of(typed: str) -> int:
    """A number that a browser sent; 0 for what is none."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 9 else 0


def _on_duplicate(form: FormData) -> OnDuplicate:
    words = {str(each): each for each in OnDuplicate}
    return words.get(text(form, "what"), OnDuplicate.SKIP)


ROUTES = (
    Route("/import", show),
    Route("/import", take, methods=["POST"]),
    Route("/import/part", part),
    Route("/import/choose", choose, methods=["POST"]),
    Route("/import/all", choose_for_all, methods=["POST"]),
    Route("/import/columns", mend_columns, methods=["POST"]),
    Route("/import/where", note_where, methods=["POST"]),
    Route("/import/add", add, methods=["POST"]),
    Route("/import/forget", forget, methods=["POST"]),
)
