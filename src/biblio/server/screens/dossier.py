"""The screen of a dossier: its sections and their references, put in order by mouse and by keyboard."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from biblio.dossier.conditions import Setting
from biblio.dossier.match import compile_query
from biblio.dossier.query import Query
from biblio.dossier.section import GROUPS
from biblio.editing import placing, specs
from biblio.editing.yaml_text import Edit, in_turn
from biblio.editing.yaml_tree import Path
from biblio.project.project import Project
from biblio.reference.reference import Reference
from biblio.server.cover import (
    COVER,
    COVER_ROWS,
    MORE,
    MORE_ROWS,
    PICTURES,
    SECTION_ROWS,
    fields_of,
    kinds_shown,
    tables_of,
)
from biblio.server.entry import reference_of
from biblio.server.images import brought, image_names
from biblio.server.pages import desk_of, lang_of, page, text, texts
from biblio.server.plan import Plan, Short, digest_of, plan_of, short
from biblio.server.spec_steps import (
    Move,
    carried,
    count_at,
    moved_by,
    require_path,
    setting,
    titles_of,
    trail,
    turned,
    work_of,
)
from biblio.server.spec_values import typed
from biblio.server.words import said
from biblio.words.faults import BiblioError, Parsed, Span
from biblio.words.tables import desk
from biblio.yaml_model.keys import Placed

PICKED = 40  # references that a search in the drawer shows
# How sections are sorted as a rule; anything else that a spec has stays.
SORTS = ("", "-date", "date", "author", "title", "type", "source")


async def show(request: Request) -> Response:
    """The whole screen."""
    if request.path_params["slug"] not in await desk_of(request).ask(attrgetter("slugs")):
        return page(request, "missing.html.j2", 404)
    return page(request, "dossier.html.j2", **await _shown(request))


async def tree(request: Request) -> Response:
    """The sections alone, for a page that has them already."""
    return page(request, "dossier_tree.html.j2", **await _shown(request))


async def pick(request: Request) -> Response:
    """The references that a search in the drawer finds, each with the sections of the dossier that hold it."""
    words = request.query_params.get("q", "")[:300]
    found, total = await desk_of(request).ask(_picked, words, lang_of(request))
    return page(request, "dossier_pick.html.j2", found=found, more=total - len(found), words=words)


async def place(request: Request) -> Response:
    """Puts references into sections: ``key`` and ``section``, several of each."""
    form = await request.form()
    keys, sections = _keys(form), [require_path(each) for each in texts(form, "section")]
    await desk_of(request).ask(_require_known, keys)
    before = text(form, "before")
    edits = [_editing(placing.put, section, keys, before) for section in sections]
    return await _step(request, form, in_order(edits), "put", keys, sections)


async def move(request: Request) -> Response:
    """Moves references (``key``) from a section (``from``) into others, in front of ``before`` in the first.

    With a ``way``, ``up`` or ``down``, one goes by one place in its list.
    """
    form = await request.form()
    keys, source = _keys(form), require_path(text(form, "from"))
    if way := text(form, "way"):
        by = {"up": -1, "down": 1}.get(way, 0)
        return await _step(
            request, form, in_order([_editing(placing.turn, key, source, by) for key in keys]), "order", keys, [source]
        )
    first, *others = (require_path(each) for each in texts(form, "section"))
    edits = [_editing(placing.put, section, keys, "") for section in others]
    edits.append(_editing(placing.shift, keys, source, first, text(form, "before")))
    did = "order" if source == first else "move"
    return await _step(request, form, in_order(edits), did, keys, [first, *others])


async def take(request: Request) -> Response:
    """Takes references (``key``) out of a section (``from``)."""
    form = await request.form()
    keys, source = _keys(form), require_path(text(form, "from"))
    return await _step(request, form, _editing(placing.take, source, keys), "take", keys, [source])


async def add_section(request: Request) -> Response:
    """Adds a section inside another one (``within``), or to the dossier, behind those that are there."""
    form = await request.form()
    within, lang = require_path(text(form, "within")), lang_of(request)
    title = text(form, "title").strip() or said("dossier_new_section", lang)

    def edit(spec: str) -> Parsed[str]:
        return specs.add_section(spec, within, count_at(spec, (*within, "sections")), {"title": title})

    return await _step(request, form, edit, "add", [], [], title=title)


async def move_section(request: Request) -> Response:
    """Moves a section: ``way`` is up, down, in or out, or with a ``target``, before, after or into."""
    form = await request.form()
    section, way, target = require_path(text(form, "section")), text(form, "way"), text(form, "target")
    into = require_path(target)

    def move_in(spec: str) -> Move | None:
        return carried(spec, section, into, way) if target else turned(spec, section, way)

    def edit(spec: str) -> Parsed[str]:
        return moved_by(spec, move_in(spec))

    return await _step(
        request, form, edit, "move_section", [], [section], followed=lambda spec: trail(spec, move_in(spec))
    )


async def remove_section(request: Request) -> Response:
    """Takes a section out with all that it holds."""
    form = await request.form()
    section = require_path(text(form, "section"))

    def edit(spec: str) -> Parsed[str]:
        return specs.remove_section(spec, section)

    return await _step(request, form, edit, "remove", [], [section], followed=lambda spec: trail(spec, section))


async def bring_image(request: Request) -> Response:
    """Puts an image among those of the project, and answers with its name there."""
    desk = desk_of(request)
    async with request.form() as form:
        sent = form.get("image")
        if not isinstance(sent, UploadFile):
            return page(request, "missing.html.j2", 404)
        called, content = sent.filename or "", await sent.read()
    name, works = await desk.ask(brought, called, content)
    if works:
        await desk.change(said("dossier_did_bring", lang_of(request), name=name), works)
    return PlainTextResponse(name)


async def set_field(request: Request) -> Response:
    """Gives a key (``name``) of the dossier or of a ``section`` what is typed, where it still says what it said."""
    form = await request.form()
    section, name = require_path(text(form, "section")), text(form, "name")
    path = (*section, *name.split("."))
    edit = setting(path, text(form, "value"), text(form, "before"), section, text(form, "title"), text(form, "digest"))
    sections = [section] if section else []
    did = "set_in" if section else "set"
    label = field_label(name, lang_of(request))
    # What is typed in one field is one step.
    subject = f"{request.path_params['slug']} {'.'.join(map(str, path))}"
    return await _step(request, form, edit, did, [], sections, subject=subject, key=label)


def in_order(edits: Sequence[Edit]) -> Edit:
    """Several edits as one."""
    return lambda spec: in_turn(spec, edits)


def field_label(name: str, lang: str) -> str:
    """What a key is called on the screen."""
    sentence = f"dossier_key_{name.replace('.', '_')}"
    return said(sentence, lang) if sentence in desk() else name[:100]


async def _step(
    request: Request,
    form: FormData,
    edit: Edit,
    did: str,
    keys: Sequence[str],
    sections: Sequence[Path],
    *,
    subject: str = "",
    followed: Callable[[str], Mapping[str, str]] = lambda _: {},
    **named: str,
) -> Response:
    """Writes an edit as a step, and answers with the sections as they are then, or for another screen with a sentence.

    With a ``subject``, whatever else changed in the spec meanwhile does not matter, nor that it changes just now.
    ``followed`` says where the sections of a spec were, for a page that knows them by their places.
    """
    lang, slug, desk = lang_of(request), request.path_params["slug"], desk_of(request)
    for is_last in (not subject, True):
        work = await desk.ask(work_of, slug, "" if subject else text(form, "digest"), edit)
        if work.after == work.before:
            return page(request, "dossier_tree.html.j2", **await _shown(request))
        assert work.before is not None
        before, since = work.before.decode("utf-8-sig"), digest_of(work.before)
        titles = titles_of(before, sections)
        shown = said("dossier_quoted", lang, titles=said("dossier_between", lang).join(titles))
        number = "_1" if len(keys) == 1 else ""
        sentence = said(f"dossier_did_{did}{number}", lang, count=len(keys), sections=shown, **named)
        try:
            await desk.change(sentence, [work], subject)
        except BiblioError as error:
            if is_last or error.diagnostic.code != "E134":
                raise
        else:
            break
    if "digest" not in form:
        return page(request, "dossier_said.html.j2", said=sentence)
    told = {"said": sentence, "since": since, "was": json.dumps(followed(before))}
    return page(request, "dossier_tree.html.j2", **{**await _shown(request), **told})


async def _shown(request: Request) -> dict[str, Any]:
    """What the templates show of a dossier."""
    lang, slug = lang_of(request), request.path_params["slug"]
    desk = desk_of(request)
    plan: Plan = await desk.ask(plan_of, slug, lang, request.query_params.get("whole", ""))
    styles = await desk.ask(attrgetter("style_names"))
    return {
        "plan": plan,
        "slug": slug,
        "typed": typed,
        "sorts": SORTS,
        "groups": GROUPS,
        "cover": fields_of(plan.data, COVER, lang),
        "more": fields_of(plan.data, MORE, lang),
        "cover_rows": tables_of(plan.data, COVER_ROWS, lang),
        "more_rows": tables_of(plan.data, MORE_ROWS, lang),
        "rows_of": lambda data: tables_of(data, SECTION_ROWS, lang, "sections"),
        "images": await desk.ask(image_names),
        "kinds": kinds_shown(lang),
        "styles": [(name, name, name) for name in styles],
        "pictures": PICTURES,
        "said": "",
        "since": "",
        "was": "{}",
    }


def found_by_words(project: Project, words: str) -> list[Reference]:
    """The references that have all of some words, the one of that very key first; none for no words."""
    library = project.opened.value
    if not words.strip():
        return []
    span = Span("")
    query = Query(span, {"text": span}, text=(Placed(words, span),))
    found = compile_query(query, Setting(project.themes.value)).found_in(library)
    exact = library.get(words.strip())
    if exact is not None and exact.is_document:
        found = [exact, *(each for each in found if each is not exact)]
    return found


def _picked(project: Project, words: str, lang: str) -> tuple[list[Short], int]:
    found = found_by_words(project, words)
    return [short(each, lang) for each in found[:PICKED]], len(found)


def _require_known(project: Project, citekeys: Sequence[str]) -> None:
    for citekey in citekeys:
        reference_of(project, citekey)


def _keys(form: FormData) -> list[str]:
    return list(dict.fromkeys(texts(form, "key")))


def _editing(function: Callable[..., Parsed[str]], *arguments: object) -> Edit:
    return lambda spec: function(spec, *arguments)


HOME = "/dossier/{slug}"
ROUTES = (
    Route(HOME, show),
    Route(f"{HOME}/tree", tree),
    Route("/collection/pick", pick),
    Route(f"{HOME}/place", place, methods=["POST"]),
    Route(f"{HOME}/move", move, methods=["POST"]),
    Route(f"{HOME}/take", take, methods=["POST"]),
    Route(f"{HOME}/section", add_section, methods=["POST"]),
    Route(f"{HOME}/section/move", move_section, methods=["POST"]),
    Route(f"{HOME}/section/remove", remove_section, methods=["POST"]),
    Route(f"{HOME}/field", set_field, methods=["POST"]),
    Route(f"{HOME}/image", bring_image, methods=["POST"]),
)
