"""What is done with the references that are chosen in the table: each deed is asked for in a panel, and is one step."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from biblio.build.preview import DEFAULT_LANGUAGE
from biblio.dossier.kinds import DEFAULT_STYLE
from biblio.editing import placing
from biblio.editing.form import form_of
from biblio.editing.works import Work
from biblio.online.enrich import Enrichment, enrichment, identifier_of
from biblio.online.identifiers import Identifier
from biblio.online.setup import open_client
from biblio.outputs.exports import EXPORTS
from biblio.outputs.setting import Setting
from biblio.project.project import Project
from biblio.project.settings import settings_file
from biblio.reference.reference import Reference
from biblio.report.text import message_of
from biblio.server import bulk
from biblio.server.fields import label_of
from biblio.server.pages import desk_of, lang_of, page, text
from biblio.server.sections import sections_of, taken_out
from biblio.server.shelves import dossiers_of, shelf_of
from biblio.server.spec_steps import require_path, titles_of
from biblio.server.spec_steps import work_of as spec_work_of
from biblio.server.words import said
from biblio.text.inline import plain
from biblio.words.faults import BiblioError, diagnose, required

HOME = "/collection/chosen"
MOST_NAMED = 20  # references that are named one by one
MOST_ASKED = 200  # references that catalogues are asked for at once
MOST_OFFERED = 2000  # keywords that are completed


async def panel(request: Request) -> Response:
    """The panel of a deed (``do``) for the references chosen."""
    form = await request.form()
    make = _PANELS.get(text(form, "do"))
    if make is None:
        return page(request, "missing.html.j2", 404)
    values = await make(request, _keys(form))
    return page(request, f"chosen_{text(form, 'do')}.html.j2", count=len(_keys(form)), **values)


# --- themes and fields -----------------------------------------------------------------------------------------------


async def _theme_panel(request: Request, keys: Sequence[str]) -> Mapping[str, Any]:
    shelf = await desk_of(request).known(shelf_of)
    lang, chosen = lang_of(request), set(keys)
    words = {word for row in shelf.rows for word in row.themes}
    theirs = {word for row in shelf.rows if row.citekey in chosen for word in row.themes}
    named = {slug: shelf.themes.label(slug, lang) for slug in shelf.themes.slugs}
    others = sorted(word for word in words if not shelf.themes.find(word))
    offered = [*named.items(), *((word, "") for word in islice(others, MOST_OFFERED))]
    return {"offered": offered, "theirs": sorted((word, named.get(shelf.themes.find(word), word)) for word in theirs)}


async def add_theme(request: Request) -> Response:
    """Gives a theme to all that are chosen."""
    form = await request.form()
    word = " ".join(text(form, "word").split())
    return await _deed(request, form, "add_theme", lambda p: bulk.adding(p.themes.value, word), word)


async def drop_theme(request: Request) -> Response:
    """Takes a theme from all that are chosen."""
    form = await request.form()
    word = text(form, "word")
    return await _deed(request, form, "drop_theme", lambda p: bulk.dropping(p.themes.value, word), word)


async def _field_panel(request: Request, _: Sequence[str]) -> Mapping[str, Any]:
    lang = lang_of(request)
    names = [name for name in form_of("book", {}).offered if name != bulk.KEYWORDS]
    names += [each.name for each in form_of("book", {}).expected if each.name != bulk.KEYWORDS]
    return {"fields": sorted({name: label_of(name, lang) for name in names}.items(), key=lambda each: each[1].lower())}


async def set_field(request: Request) -> Response:
    """Gives a field to all that are chosen, or to those that lack it; nothing typed takes it away."""
    form = await request.form()
    name, lacking = text(form, "name"), "lacking" in form
    known = {each for each, _ in (await _field_panel(request, ()))["fields"]}
    if name not in known:
        return page(request, "missing.html.j2", 404)
    deed = bulk.setting(name, text(form, "value"), lacking=lacking)
    return await _deed(request, form, "set_field", lambda _: deed, label_of(name, lang_of(request)))


async def _deed(
    request: Request, form: FormData, did: str, deed: Callable[[Project], bulk.Deed], word: str
) -> Response:
    """Does a deed to the references chosen, as one step; says how many changed."""
    keys = _keys(form)
    if not (keys and word):
        return Response(status_code=204)
    lang, desk = lang_of(request), desk_of(request)
    works, count = await desk.ask(lambda project: bulk.works_of(project, keys, deed(project)))
    if not works:
        return _done(request, said("chosen_nothing", lang))
    sentence = said(f"chosen_did_{did}" + ("_1" if count == 1 else ""), lang, count=count, word=word)
    await desk.change(sentence, works)
    return _done(request, sentence)


# --- removal ---------------------------------------------------------------------------------------------------------


async def _remove_panel(request: Request, keys: Sequence[str]) -> Mapping[str, Any]:
    desk = desk_of(request)
    dossiers = await desk.ask(dossiers_of)
    placed = [(key, dossiers[key]) for key in keys if key in dossiers]
    titles = await desk.ask(_titles, [*(key for key, _ in placed[:MOST_NAMED]), *keys[:MOST_NAMED]])
    rest = [key for key in keys[:MOST_NAMED] if key not in dossiers]
    return {"placed": placed[:MOST_NAMED], "more": len(placed) - MOST_NAMED, "rest": rest, "titles": titles,
            "placed_count": len(placed)}  # fmt: skip


async def remove(request: Request) -> Response:
    """Takes the references out of their files, and out of the lists of dossiers where that is asked for."""
    form = await request.form()
    keys, lang, lists = _keys(form), lang_of(request), "lists" in form

    def made(project: Project) -> Sequence[Work]:
        works, _ = bulk.works_of(project, keys, bulk.removal)
        return (*works, *(taken_out(project, bulk.references_of(project, keys)) if lists else ()))

    sentence = said("chosen_did_remove" + ("_1" if len(keys) == 1 else ""), lang, count=len(keys))
    written = await desk_of(request).edit(sentence, made)
    return _done(request, sentence if written else said("chosen_nothing", lang), forget=True)


# --- dossiers --------------------------------------------------------------------------------------------------------


async def _place_panel(request: Request, _: Sequence[str]) -> Mapping[str, Any]:
    return {"dossiers": await desk_of(request).ask(_sections)}


def _sections(project: Project) -> list[tuple[str, str, list[tuple[str, str, int]]]]:
    """The dossiers with their titles, and their sections with their paths and depths."""
    found = []
    for slug in project.slugs:
        spec = project.dossier(slug).value
        if spec is not None:
            sections = [
                (".".join(map(str, path)), titles[-1], len(titles) - 1) for path, titles, _ in sections_of(spec)
            ]
            found.append((slug, spec.title, sections))
    return found


async def place(request: Request) -> Response:
    """Puts the references into a section: ``target`` is the slug of a dossier and the path of the section."""
    form = await request.form()
    slug, _, named = text(form, "target").partition(" ")
    keys, section, desk, lang = _keys(form), require_path(named), desk_of(request), lang_of(request)

    def made(project: Project) -> Sequence[Work]:
        bulk.references_of(project, keys)
        work = spec_work_of(project, slug, "", lambda text: placing.put(text, section, keys))
        return [] if work.after == work.before else [work]

    file = await desk.ask(lambda project: project.dossier_file(slug).content)
    title = "".join(titles_of(file.decode("utf-8-sig", "replace"), [section]))
    sentence = said("chosen_did_place" + ("_1" if len(keys) == 1 else ""), lang, count=len(keys), word=title)
    written = await desk.edit(sentence, made)
    return _done(request, sentence if written else said("chosen_placed_already", lang))


# --- export ----------------------------------------------------------------------------------------------------------


async def _export_panel(request: Request, _: Sequence[str]) -> Mapping[str, Any]:
    lang = lang_of(request)
    return {"formats": [(name, row.about.get(lang, row.about["en"])) for name, row in EXPORTS.items()]}


async def export(request: Request) -> Response:
    """The references as a file for other programs. Raises ``BiblioError`` (E111) for an unknown format."""
    form = await request.form()
    name, keys = text(form, "format"), _keys(form)
    if name not in EXPORTS:
        raise BiblioError(diagnose("E111", format=name, formats=", ".join(EXPORTS)))

    def written(project: Project) -> bytes:
        return EXPORTS[name].write(bulk.references_of(project, keys), lambda: _setting(project)).value

    content = await desk_of(request).labour(written)
    file = f"{said('chosen_file', lang_of(request))}{EXPORTS[name].extension}"
    headers = {"content-disposition": f'attachment; filename="{file}"'}
    return Response(content, media_type="application/octet-stream", headers=headers)


def _setting(project: Project) -> Setting:
    return Setting(required(project.style(DEFAULT_STYLE)), DEFAULT_LANGUAGE)


# --- what catalogues add ---------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Asking:
    """Catalogues are asked, one reference after another, until all are or somebody stops it."""

    named: Sequence[tuple[Reference, Identifier]]
    made: list[Enrichment] = field(default_factory=list)
    stopped: bool = False
    failed: BiblioError | None = None
    task: asyncio.Future[None] | None = None

    @property
    def size(self) -> int:
        """The bytes that it keeps, about."""
        return 4000 * len(self.named)

    @property
    def is_done(self) -> bool:
        """Whether nobody is asked any more."""
        return self.stopped or self.failed is not None or len(self.made) == len(self.named)

    def give_up(self) -> None:
        """Asks nobody else."""
        self.stopped = True

    def run(self, project: Project) -> None:
        """Asks, in a thread."""
        try:
            client = open_client(settings_file(project.root), os.environ)
            for reference, identifier in self.named:
                if self.stopped:
                    return
                self.made.append(enrichment(reference, identifier, client))
        except BiblioError as error:
            self.failed = error


async def _enrich_panel(request: Request, keys: Sequence[str]) -> Mapping[str, Any]:
    named = await desk_of(request).ask(_identified, keys)
    return {"named": len(named), "most": MOST_ASKED}


def _identified(project: Project, keys: Sequence[str]) -> list[tuple[Reference, Identifier]]:
    found = ((each, identifier_of(each)) for each in bulk.references_of(project, keys))
    return [(each, identifier) for each, identifier in found if identifier is not None]


async def ask(request: Request) -> Response:
    """Begins to ask catalogues for what the references lack; nothing is written."""
    desk, keys = desk_of(request), _keys(await request.form())
    asking = Asking((await desk.ask(_identified, keys))[:MOST_ASKED])
    name = desk.pending.put(asking)
    asking.task = asyncio.ensure_future(run_in_threadpool(asking.run, Project(desk.root)))
    return page(request, "chosen_asking.html.j2", name=name, asking=asking)


async def asked(request: Request) -> Response:
    """How far it is, or what was found, field by field."""
    name = request.query_params.get("name", "")
    asking = desk_of(request).pending.get(name, Asking)
    if "stop" in request.query_params:
        asking.give_up()
    if not asking.is_done:
        return page(request, "chosen_asking.html.j2", name=name, asking=asking)
    if asking.failed is not None:
        raise asking.failed
    lang = lang_of(request)
    faults = [message_of(fault, lang) for each in asking.made for fault in each.diagnostics]
    found = [(each, plain(each.reference.title)) for each in asking.made if each.added or each.differences]
    return page(
        request, "chosen_found.html.j2", name=name, asking=asking, found=found, faults=faults,
        label=lambda name: label_of(name, lang),
    )  # fmt: skip


async def complete(request: Request) -> Response:
    """Writes the fields that are ticked: ``take`` is the key of a reference and a field."""
    form = await request.form()
    asking = desk_of(request).pending.get(text(form, "name"), Asking)
    wanted: dict[str, set[str]] = {}
    for each in form.getlist("take"):
        key, _, name = str(each).rpartition(" ")
        wanted.setdefault(key, set()).add(name)
    left: list[Any] = []

    def made(project: Project) -> Sequence[Work]:
        works, left[:] = bulk.completing(project, asking.made, wanted)
        return works

    lang, desk = lang_of(request), desk_of(request)
    sentence = said("chosen_did_complete" + ("_1" if len(wanted) == 1 else ""), lang, count=len(wanted))
    written = await desk.edit(sentence, made)
    desk.pending.drop(text(form, "name"))
    return _done(request, sentence if written else said("chosen_nothing", lang), [message_of(e, lang) for e in left])


# --- what they share -------------------------------------------------------------------------------------------------


def _titles(project: Project, keys: Sequence[str]) -> Mapping[str, str]:
    return {each.citekey: plain(each.title) or each.citekey for each in bulk.references_of(project, keys)}


def _done(request: Request, sentence: str, faults: Sequence[str] = (), *, forget: bool = False) -> Response:
    """What was done, said to everybody; the panel goes."""
    answer = page(request, "chosen_done.html.j2", sentence=sentence, faults=faults)
    answer.headers["HX-Trigger"] = "chosen:forget" if forget else "chosen:done"
    return answer


def _keys(form: FormData) -> list[str]:
    return list(dict.fromkeys(filter(None, text(form, "keys").replace("\r\n", "\n").split("\n"))))


_PANELS = {
    "theme": _theme_panel,
    "field": _field_panel,
    "place": _place_panel,
    "enrich": _enrich_panel,
    "export": _export_panel,
    "remove": _remove_panel,
}

ROUTES = (
    Route(HOME, panel, methods=["POST"]),
    Route(f"{HOME}/theme", add_theme, methods=["POST"]),
    Route(f"{HOME}/theme/drop", drop_theme, methods=["POST"]),
    Route(f"{HOME}/field", set_field, methods=["POST"]),
    Route(f"{HOME}/place", place, methods=["POST"]),
    Route(f"{HOME}/export", export, methods=["POST"]),
    Route(f"{HOME}/remove", remove, methods=["POST"]),
    Route(f"{HOME}/ask", ask, methods=["POST"]),
    Route(f"{HOME}/asked", asked),
    Route(f"{HOME}/complete", complete, methods=["POST"]),
)
