"""A new reference: typed in a form, or found by its identifiers or in what is pasted; shown before it is added."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from biblio.check.config import configuration
from biblio.check.one import faults_of_one
from biblio.editing.form import form_of
from biblio.editing.reread import reread
from biblio.editing.works import Work
from biblio.formats.bibtex.reader import read_bibtex
from biblio.formats.bibtex.writer import write_bibtex
from biblio.importing.files import format_of, read_file
from biblio.online.identifiers import Identifier, Scheme
from biblio.online.lookups import LookedUp, identifiers_of, look_up
from biblio.online.setup import open_client
from biblio.project.project import Project
from biblio.project.settings import settings_file
from biblio.reference.reference import Origin, Reference
from biblio.report.text import message_of
from biblio.server.adding import Same, added, all_added, draft, files_for, key_for, same_as
from biblio.server.entry import Look, dossier_for, notice_of
from biblio.server.fields import label_of, named_fields, shown_field, type_choices, typed_field
from biblio.server.once import once
from biblio.server.pages import desk_of, gone_to, lang_of, page, text, texts
from biblio.server.screens.reference import look_values
from biblio.server.words import said
from biblio.words.faults import Diagnostic

DEFAULT_TYPE = "article"


async def show(request: Request) -> Response:
    """The screen: what to paste, and the form of a type."""
    kind = request.query_params.get("type", "")
    lang = lang_of(request)
    files = await desk_of(request).ask(files_for)
    form = form_of(kind or DEFAULT_TYPE, {})
    return page(
        request,
        "new.html.j2",
        kind=kind,
        types=type_choices(lang),
        files=files,
        expected=[shown_field(field, lang) for field in form.expected],
        more=(),
        offered=sorted(((name, label_of(name, lang)) for name in form.offered), key=lambda each: each[1]),
    )


# --- typed -----------------------------------------------------------------------------------------------------------


class Seen(NamedTuple):
    """A reference as it would be: how it looks, its key, and what it probably is already."""

    look: Look
    key: str
    same: Same | None


async def look(request: Request) -> Response:
    """The notice of what is typed, its faults, its key, and what it probably is already. Nothing is written."""
    form = await request.form()
    fields = _fields(form)

    def looked(project: Project) -> Seen:
        reference = draft(text(form, "type"), fields)
        read = reread(reference, {})
        told = faults_of_one(read.reference, read.text, read.diagnostics, configuration(project.root))
        notice = notice_of(project, read.reference, dossier_for(project, reference))
        (same,) = same_as(project, [reference])
        return Seen(
            Look(read.reference, notice, told if fields else ()), key_for(project, reference) if fields else "", same
        )

    seen = await desk_of(request).labour(looked)
    values = look_values(seen.look, lang_of(request))
    values["title"] = ""
    return page(request, "new_look.html.j2", key=seen.key, same=seen.same, **values)


def _fields(form: Any) -> dict[str, str]:
    """The fields that are typed."""
    typed = {name: typed_field(form, name, None) for name in named_fields(form)}
    return {name: value for name, value in typed.items() if value is not None}


@once
async def add(request: Request) -> Response:
    """Adds what is typed."""
    form = await request.form()
    reference = draft(text(form, "type"), _fields(form))
    keys: list[str] = []

    def made(project: Project) -> Sequence[Work]:
        key = text(form, "new-key").strip() or key_for(project, reference)
        keys[:] = [key]
        return added(project, reference, key, text(form, "into"))

    await desk_of(request).edit(said("new_step", lang_of(request), count=1), made)
    return gone_to(request, f"/reference?{urlencode({'key': keys[0]})}")


# --- found -----------------------------------------------------------------------------------------------------------


class Candidate(NamedTuple):
    """A reference that was found: who gave it, all that adding it takes, how it looks, what it probably is already."""

    source: str
    taken: str
    look: Mapping[str, Any]
    same: Same | None


async def found(request: Request) -> Response:
    """What is in a pasted text: references, shown at once, and identifiers, each of which is then asked about."""
    form = await request.form()
    pasted = text(form, "pasted")
    lang = lang_of(request)
    source = said("new_paste", lang)
    content = pasted.encode("utf-8", "replace")
    references: Sequence[Reference] = ()
    faults: Sequence[Diagnostic] = ()
    identifiers: Sequence[Identifier] = ()
    if format_of(content, source) is not None:
        read = await run_in_threadpool(read_file, content, source)
        references, faults = read.value.references, read.diagnostics
    if not references:
        named = identifiers_of([pasted])
        identifiers, faults = named.value, named.diagnostics
    candidates = await desk_of(request).labour(_candidates, [(source, each) for each in references], lang)
    return page(
        request,
        "new_found.html.j2",
        candidates=candidates,
        identifiers=[(each.scheme.name, each.value, str(each)) for each in identifiers],
        faults=[message_of(each, lang) for each in faults],
        files=await desk_of(request).ask(files_for),
    )


async def lookup(request: Request) -> Response:
    """What one identifier leads to: here, and nowhere else, others are asked."""
    form = await request.form()
    desk, lang = desk_of(request), lang_of(request)
    scheme = Scheme.__members__.get(text(form, "scheme"), Scheme.URL)
    identifier = Identifier(scheme, text(form, "value"))
    answered = await run_in_threadpool(_asked, desk.root, identifier)
    known = [(answered.source, answered.reference)] if answered.reference else []
    candidates = await desk.labour(_candidates, known, lang)
    faults = [message_of(each, lang) for each in answered.diagnostics] if not known else []
    return page(request, "new_candidates.html.j2", candidates=candidates, faults=faults, asked=str(identifier))


def _asked(root: Any, identifier: Identifier) -> LookedUp:
    return look_up(identifier, open_client(settings_file(root), os.environ))


def _candidates(project: Project, references: Sequence[tuple[str, Reference]], lang: str) -> tuple[Candidate, ...]:
    same = same_as(project, [reference for _, reference in references])
    shown = []
    for (source, reference), each in zip(references, same, strict=True):
        read = reread(reference, {})
        notice = notice_of(project, read.reference, dossier_for(project, read.reference))
        look = look_values(Look(read.reference, notice, ()), lang)
        shown.append(Candidate(source, _taken(source, reference), look, each))
    return tuple(shown)


def _taken(source: str, reference: Reference) -> str:
    """A reference as one text: who gave it, its key if it has one, what the record is called there, and the entry."""
    head = (source, reference.citekey, reference.origin.record)
    return "\n".join([*(" ".join(each.split()) for each in head), write_bibtex([reference], private=True)])


def _untaken(taken: str) -> Iterator[tuple[str, Reference]]:
    """The same, taken apart."""
    source, key, record, typed = [*taken.replace("\r\n", "\n").split("\n", 3), "", "", ""][:4]
    for read in read_bibtex(typed.encode("utf-8", "replace"), source).value:
        origin = Origin(read.origin.entry, {}, record)
        yield source, Reference.of({**read.__dict__, "citekey": key, "origin": origin})


@once
async def add_found(request: Request) -> Response:
    """Adds those of the references that were found which are ticked."""
    form = await request.form()
    chosen = [each for taken in texts(form, "take") for each in _untaken(taken)]
    works = await desk_of(request).labour(all_added, chosen, text(form, "into")) if chosen else ()
    if works:
        await desk_of(request).change(said("new_step", lang_of(request), count=len(chosen)), works)
    return gone_to(request, "/collection")


ROUTES = (
    Route("/reference/new", show),
    Route("/reference/new/look", look, methods=["POST"]),
    Route("/reference/new/add", add, methods=["POST"]),
    Route("/reference/new/found", found, methods=["POST"]),
    Route("/reference/new/lookup", lookup, methods=["POST"]),
    Route("/reference/new/add-found", add_found, methods=["POST"]),
)
