"""What is done to a reference as a whole: its type, its key, its text, its place in dossiers, its end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from biblio.citation.left_out import left_out
from biblio.dossier.kinds import DEFAULT_STYLE
from biblio.editing.entries import EntryChange, removed_entry
from biblio.editing.reread import reread
from biblio.editing.works import Work
from biblio.project.project import Project
from biblio.reference.fields import BY_BIBLATEX
from biblio.reference.reference import Reference
from biblio.server.entry import Entry, entry_of, source_of, works_of
from biblio.server.fields import label_of, text_of, type_name
from biblio.server.pages import desk_of, gone_to, lang_of, page, text, texts
from biblio.server.sections import Standing, placed, rekeyed, standings, taken_out
from biblio.server.words import said
from biblio.text.collation import fold_key
from biblio.words.faults import BiblioError, diagnose


class Unprinted(NamedTuple):
    """A field that a type does not print, and what stands in it."""

    label: str
    text: str


# --- its type --------------------------------------------------------------------------------------------------------


async def ask_type(request: Request) -> Response:
    """What another type would no longer print, before anything is changed."""
    key, kind, slug = (request.query_params.get(name, "") for name in ("key", "type", "dossier"))
    lang = lang_of(request)

    def asked(project: Project) -> Sequence[Unprinted]:
        entry = entry_of(project, key)
        spec = project.dossier(slug).value if slug in project.slugs else None
        grammar = project.citation_of(spec.style if spec else DEFAULT_STYLE)
        now, then = (set(left_out(each, grammar)) for each in (entry.reference, _as(entry.reference, kind)))
        return tuple(_unprinted(entry.reference, then - now, lang))

    lost = await desk_of(request).ask(asked)
    return page(request, "reference_type.html.j2", key=key, kind=kind, named=type_name(kind, lang), lost=lost)


def _as(reference: Reference, kind: str) -> Reference:
    return reread(reference, {}, kind).reference


def _unprinted(reference: Reference, variables: set[str], lang: str) -> Sequence[Unprinted]:
    fields = {**reference.inherited, **reference.raw}
    rows = [(name, BY_BIBLATEX[name]) for name in fields if name in BY_BIBLATEX]
    return [
        Unprinted(label_of(name, lang), text_of(name, fields[name])) for name, row in rows if row.variable in variables
    ]


async def change_type(request: Request) -> Response:
    """Gives a reference another type; all its fields stay."""
    form = await request.form()
    key, kind, lang = text(form, "key"), text(form, "type"), lang_of(request)

    def made(project: Project) -> Sequence[Work]:
        return entry_of(project, key).works(EntryChange(entry_type=kind))

    await desk_of(request).edit(said("form_step_type", lang, key=key), made)
    return _to(request, key)


# --- its key ---------------------------------------------------------------------------------------------------------


async def change_key(request: Request) -> Response:
    """Gives a reference another key, in its file and in every dossier that names it; the old one still leads to it."""
    form = await request.form()
    key, new, lang = text(form, "key"), text(form, "new").strip(), lang_of(request)

    def made(project: Project) -> Sequence[Work]:
        entry = entry_of(project, key)
        other = project.opened.value.get(new) if new else None
        if other is not None and fold_key(other.citekey) != fold_key(entry.key):
            place = entry.reference.origin.entry
            raise BiblioError(diagnose("E225", place, entry.key, key=new, first=other.origin.entry.where))
        return (*entry.works(EntryChange(citekey=new)), *rekeyed(project, dict.fromkeys(entry.reference.keys, new)))

    if new and new != key:
        await desk_of(request).edit(said("form_step_key", lang, key=key, new=new), made)
    return _to(request, new or key)


# --- its text --------------------------------------------------------------------------------------------------------


async def source(request: Request) -> Response:
    """The entry as it stands in its file."""
    key = request.query_params.get("key", "")

    def asked(project: Project) -> tuple[Entry, str]:
        entry = entry_of(project, key)
        return entry, source_of(entry)

    entry, typed = await desk_of(request).ask(asked)
    return page(request, "reference_source.html.j2", typed=typed, where=entry.reference.origin.entry.where)


# --- where it stands -------------------------------------------------------------------------------------------------


async def standing(request: Request) -> Response:
    """The sections of all dossiers, with those in which the reference stands."""
    key = request.query_params.get("key", "")
    found = await desk_of(request).labour(_standings, key)
    return page(request, "reference_standing.html.j2", key=key, standings=found, is_open="open" in request.query_params)


def _standings(project: Project, key: str) -> tuple[Standing, ...]:
    return standings(project, entry_of(project, key).reference)


async def place(request: Request) -> Response:
    """Lists the reference in the sections that are ticked, and in no others."""
    form = await request.form()
    key, lang = text(form, "key"), lang_of(request)
    stamps = {slug: text(form, f"stamp:{slug}") for slug in texts(form, "slug")}
    wanted = {slug: frozenset(texts(form, f"in:{slug}")) for slug in stamps}

    def made(project: Project) -> Sequence[Work]:
        return placed(project, entry_of(project, key).reference, wanted, stamps)

    await desk_of(request).edit(said("form_step_place", lang, key=key), made)
    found = await desk_of(request).labour(_standings, key)
    return page(request, "reference_standing.html.j2", key=key, standings=found, is_open=True)


# --- its end ---------------------------------------------------------------------------------------------------------


async def ask_delete(request: Request) -> Response:
    """Where the reference stands, before it is deleted."""
    key = request.query_params.get("key", "")
    found = await desk_of(request).labour(_standings, key)
    return page(request, "reference_delete.html.j2", key=key, standings=[each for each in found if each.held])


async def delete(request: Request) -> Response:
    """Deletes a reference, and takes it out of the lists of dossiers where that is asked for."""
    form = await request.form()
    key, lang = text(form, "key"), lang_of(request)

    def made(project: Project) -> Sequence[Work]:
        entry = entry_of(project, key)
        done = removed_entry(entry.file.content, entry.file.path, entry.key)
        if done.diagnostics:
            raise BiblioError(done.diagnostics[0])
        lists = taken_out(project, [entry.reference]) if "lists" in form else ()
        return (*works_of(entry.file, done.content), *lists)

    await desk_of(request).edit(said("form_step_delete", lang, key=key), made)
    return gone_to(request, "/collection")


def _to(request: Request, key: str) -> Response:
    """Sends the page to the form of a reference."""
    return gone_to(request, f"/reference?{urlencode({'key': key})}")


ROUTES = (
    Route("/reference/type", ask_type),
    Route("/reference/type", change_type, methods=["POST"]),
    Route("/reference/key", change_key, methods=["POST"]),
    Route("/reference/source", source),
    Route("/reference/standing", standing),
    Route("/reference/place", place, methods=["POST"]),
    Route("/reference/delete", ask_delete),
    Route("/reference/delete", delete, methods=["POST"]),
)
