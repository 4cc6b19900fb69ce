"""The form of one reference: its fields, each saved as it is typed, and the notice that they print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from biblio.citation import label_of as type_label
from biblio.editing.entries import EntryChange
from biblio.editing.form import field_of, form_of
from biblio.editing.values import united
from biblio.editing.works import Work
from biblio.outputs.html import rich_html
from biblio.project.project import Project
from biblio.reference.fields import BY_BIBLATEX, Kind
from biblio.report.text import hint_of, message_of
from biblio.server.entry import Entry, Look, dossier_for, entry_of, faults_of, look_at, stamp, stamp_after
from biblio.server.fields import as_read, label_of, named_fields, shown_field, type_choices, typed_field
from biblio.server.pages import desk_of, lang_of, page, text
from biblio.server.words import said
from biblio.text.inline import plain

NOTE = "internalnote"
MOST_WORDS = 500  # that are offered


class Opened(NamedTuple):
    """A reference, the dossiers in whose styles it may be shown, and the one in which it is shown first."""

    entry: Entry
    slugs: Sequence[str]
    slug: str


def _opened(project: Project, key: str) -> Opened:
    entry = entry_of(project, key)
    return Opened(entry, project.slugs, dossier_for(project, entry.reference))


async def show(request: Request) -> Response:
    """The whole screen."""
    opened = await desk_of(request).ask(_opened, request.query_params.get("key", ""))
    lang = lang_of(request)
    reference = opened.entry.reference
    named = plain(reference.title) or reference.citekey
    slug = request.query_params.get("dossier", opened.slug)
    return page(
        request,
        "reference.html.j2",
        title=named,
        kind=type_label(reference, lang),
        types=type_choices(lang, reference.entry_type),
        entry_type=reference.entry_type,
        slugs=opened.slugs,
        slug=slug,
        path_of_file=opened.entry.file.path,
        **_form_values(opened.entry, lang),
    )


async def fields(request: Request) -> Response:
    """The fields alone, for a page that is open while something changes."""
    entry = await desk_of(request).ask(entry_of, request.query_params.get("key", ""))
    return page(request, "reference_fields.html.j2", **_form_values(entry, lang_of(request)))


async def one_field(request: Request) -> Response:
    """One field, to be added or to be shown anew."""
    key, name = request.query_params.get("key", ""), request.query_params.get("name", "")
    if key:
        entry = await desk_of(request).ask(entry_of, key)
        field = field_of(name, entry.reference.raw, entry.reference.inherited)
    else:  # of a reference that is not there yet
        field = field_of(name, {})
    return page(request, "reference_field.html.j2", field=shown_field(field, lang_of(request)))


async def words(request: Request) -> Response:
    """The words that are offered for a field: the themes, and what other references have in it."""
    offered = await desk_of(request).labour(_known_words, request.query_params.get("of", ""), lang_of(request))
    return page(request, "reference_words.html.j2", offered=offered)


def _known_words(project: Project, name: str, lang: str) -> Sequence[tuple[str, str]]:
    """The words with what each is called, the commonest first behind the themes."""
    row = BY_BIBLATEX.get(name)
    if row is None or row.kind is not Kind.KEYWORDS:
        return ()
    library, themes = project.opened.value, project.themes.value
    if row.variable == "keyword":
        counted = Counter(word for words in library.keywords() for word in words)
        own = [(slug, themes.label(slug, lang)) for slug in themes.slugs]
    else:
        counted = Counter(word for reference in library.wanted() for word in getattr(reference, row.variable))
        own = []
    known = {slug for slug, _ in own}
    return (*own, *((word, "") for word, _ in counted.most_common(MOST_WORDS) if word not in known))


def _form_values(entry: Entry, lang: str) -> dict[str, Any]:
    reference = entry.reference
    form = form_of(reference.entry_type, reference.raw, reference.inherited)
    return {
        "key": reference.citekey,
        "expected": [shown_field(field, lang) for field in form.expected],
        "more": [shown_field(field, lang) for field in form.more],
        "offered": sorted(((name, label_of(name, lang)) for name in form.offered), key=lambda each: each[1]),
    }


# --- as it prints ----------------------------------------------------------------------------------------------------


async def look(request: Request) -> Response:
    """The notice with what is being typed, how that is read, and the faults of each field. Nothing is written."""
    form = await request.form()
    names = named_fields(form)

    def looked(project: Project) -> Look:
        entry = entry_of(project, text(form, "key"))
        values = {name: typed_field(form, name, entry.reference.raw.get(name)) for name in names}
        return look_at(project, entry, values, text(form, "dossier"))

    seen = await desk_of(request).ask(looked)
    return page(request, "reference_look.html.j2", **look_values(seen, lang_of(request)))


def look_values(seen: Look, lang: str) -> dict[str, Any]:
    """What the template of a look is filled with."""
    faults: dict[str, list[Mapping[str, Any]]] = {}
    for told in seen.faults:
        fault = told.diagnostic
        row = {
            "code": fault.code,
            "severity": str(fault.severity),
            "message": message_of(fault, lang),
            "hint": hint_of(fault, lang),
            "mends": told.mended is not None,
        }
        faults.setdefault(told.field, []).append(row)
    lines = [(line.role.value, rich_html(line.content)) for line in seen.notice.lines]
    return {
        "title": plain(seen.reference.title) or seen.reference.citekey,
        "label": seen.notice.label,
        "lines": lines,
        "faults": faults,
        "read": as_read(seen.reference, lang),
    }


# --- written ---------------------------------------------------------------------------------------------------------


class ConflictError(Exception):
    """A field is no longer what it was when it was read: ``mine`` was typed, ``theirs`` is there."""

    def __init__(self, mine: str | None, theirs: str | None) -> None:
        self.mine = mine
        self.theirs = theirs


async def save(request: Request) -> Response:
    """Writes one field, unless somebody else has changed it since it was read (409)."""
    form = await request.form()
    lang = lang_of(request)
    key, name, base = text(form, "key"), text(form, "field"), text(form, "base")
    written: list[str] = []

    def made(project: Project) -> Sequence[Work]:
        entry = entry_of(project, key)
        theirs = entry.reference.raw.get(name)
        mine = typed_field(form, name, theirs)
        works = entry.works(EntryChange({name: mine}))
        written[:] = [stamp_after(entry, works, name)]
        if stamp(theirs) not in (base, *written):
            raise ConflictError(mine, theirs)
        return works

    step = said("form_step", lang, field=label_of(name, lang), key=key)
    try:
        await desk_of(request).edit(step, made, f"{text(form, 'visit')} {key} {name}")
    except ConflictError as conflict:
        return _conflict(request, name, conflict)
    return page(request, "reference_saved.html.j2", stamp=written[0], named=label_of(name, lang))


def _conflict(request: Request, name: str, conflict: ConflictError) -> Response:
    lang = lang_of(request)
    theirs = shown_field(field_of(name, {} if conflict.theirs is None else {name: conflict.theirs}), lang)
    return page(request, "reference_conflict.html.j2", 409, theirs=theirs, gone=conflict.theirs is None)


async def both(request: Request) -> Response:
    """Writes what was typed beside what is there; in the internal note, what a field has no room for."""
    form = await request.form()
    lang = lang_of(request)
    key, name, base = text(form, "key"), text(form, "field"), text(form, "base")
    label = label_of(name, lang)

    def made(project: Project) -> Sequence[Work]:
        entry = entry_of(project, key)
        theirs = entry.reference.raw.get(name)
        mine = typed_field(form, name, theirs)
        if stamp(theirs) != base:
            raise ConflictError(mine, theirs)
        if mine is None or theirs is None:
            return entry.works(EntryChange({name: mine or theirs}))
        one = united(name, mine, theirs)
        values = (
            {name: one}
            if one
            else {name: mine, NOTE: _noted(entry, said("labelled", lang, label=label, value="") + theirs)}
        )
        return entry.works(EntryChange(values))

    try:
        await desk_of(request).edit(said("form_step", lang, field=label, key=key), made)
    except ConflictError as conflict:
        return _conflict(request, name, conflict)
    return page(request, "reference_saved.html.j2", stamp="", named=label)


def _noted(entry: Entry, line: str) -> str:
    note = entry.reference.raw.get(NOTE, "")
    return f"{note.rstrip()}\n\n{line}".lstrip()


async def fix(request: Request) -> Response:
    """Mends one fault of a field as its rule proposes."""
    form = await request.form()
    lang = lang_of(request)
    key, name, code = text(form, "key"), text(form, "field"), text(form, "code")

    def made(project: Project) -> Sequence[Work]:
        entry = entry_of(project, key)
        told = faults_of(project, entry, {})
        mended = next((each.mended for each in told if (each.field, each.diagnostic.code) == (name, code)), None)
        return entry.works(EntryChange(mended)) if mended else ()

    step = said("form_step_fix", lang, code=code, key=key)
    await desk_of(request).edit(step, made)
    return page(request, "reference_saved.html.j2", stamp="", named=label_of(name, lang) if name else key)


ROUTES = (
    Route("/reference", show),
    Route("/reference/fields", fields),
    Route("/reference/field", one_field),
    Route("/reference/words", words),
    Route("/reference/look", look, methods=["POST"]),
    Route("/reference/save", save, methods=["POST"]),
    Route("/reference/both", both, methods=["POST"]),
    Route("/reference/fix", fix, methods=["POST"]),
)
