"""The screen of all dossiers: what state each is in, a new one, the next edition of one, and one taken away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from biblio.build.freshness import current_inputs, current_manifest, manifest_name, read_manifest
from biblio.dossier.kinds import KINDS
from biblio.editing.spec_files import edited
from biblio.editing.specs import set_key
from biblio.editing.works import Work
from biblio.editing.yaml_text import Edit, in_turn
from biblio.project.new import SCHEMA, Answers, faults_of, require_free, spec_text, split_words
from biblio.project.project import BUILD, DOSSIERS, Project
from biblio.project.selection import selection_of
from biblio.server.cover import PICTURES, kinds_called, kinds_shown
from biblio.server.once import once
from biblio.server.pages import desk_of, gone_to, lang_of, page, text
from biblio.server.words import said
from biblio.text.collation import slugify
from biblio.words.faults import BiblioError, Parsed
from biblio.words.tables import Severity

HOME = "/dossiers"


@dataclass(frozen=True, slots=True)
class Row:
    """A dossier: what it is, how many sections and notices it has, its faults, and when it was published last.

    ``state`` is ``never`` published, ``current`` or ``changed`` since.
    """

    slug: str
    title: str
    kind: str
    style: str
    date: str
    sections: int = 0
    notices: int = 0
    errors: int = 0
    warnings: int = 0
    published: str = ""
    state: str = "never"


async def show(request: Request) -> Response:
    """The dossiers, and what a new one is made from."""
    lang = lang_of(request)
    rows, publisher, styles = await desk_of(request).labour(_rows)
    return page(
        request,
        "dossiers.html.j2",
        rows=rows,
        publisher=publisher,
        styles=styles,
        pictures=PICTURES,
        kinds=kinds_shown(lang),
        called=kinds_called(lang),
        today=datetime.now().astimezone().date().isoformat(),
    )


@once
async def make(request: Request) -> Response:
    """Makes a new dossier of what the form says."""
    form = await request.form()
    desk, lang = desk_of(request), lang_of(request)
    title, style = text(form, "title").strip(), text(form, "style")
    answers = Answers(
        title, text(form, "date"), text(form, "publisher"), text(form, "kind"),
        split_words([text(form, "themes")]), lang if lang in ("fr", "en") else "en",
    )  # fmt: skip
    slug, work = await desk.ask(_new, answers, style)
    await desk.change(said("dossiers_did_make", lang, title=title), [work])
    return gone_to(request, f"/dossier/{slug}")


@once
async def repeat(request: Request) -> Response:
    """Makes the next edition of a dossier: the same sections under another date, what is new since marked as new."""
    form = await request.form()
    desk, lang = desk_of(request), lang_of(request)
    title = text(form, "title").strip()
    slug, work = await desk.ask(_next, text(form, "slug"), title, text(form, "date"))
    await desk.change(said("dossiers_did_repeat", lang, title=title), [work])
    return gone_to(request, f"/dossier/{slug}")


async def remove(request: Request) -> Response:
    """Takes a dossier away; undoing it brings it back."""
    form = await request.form()
    desk, slug = desk_of(request), text(form, "slug")
    work = await desk.ask(_removed, slug)
    await desk.change(said("dossiers_did_remove", lang_of(request), slug=slug), [work])
    return gone_to(request, HOME)


def _rows(project: Project) -> tuple[list[Row], str, Sequence[str]]:
    publishers = Counter(spec.publisher for each in project.slugs if (spec := project.dossier(each).value))
    publisher = publishers.most_common(1)[0][0] if publishers else ""
    return [_row(project, slug) for slug in project.slugs], publisher, project.style_names


def _row(project: Project, slug: str) -> Row:
    loaded = project.dossier(slug)
    spec = loaded.value
    if spec is None:
        return Row(slug, slug, "", "", "", errors=len(loaded.diagnostics))
    selected = selection_of(project, spec)
    graves = Counter(each.severity for each in (*loaded.diagnostics, *selected.diagnostics))
    published, state = _published(project, slug)
    return Row(
        slug, spec.title, spec.kind, spec.style, spec.date, sum(1 for part in spec.parts for _ in part.walk()),
        len(selected.value.references), graves[Severity.ERROR], graves[Severity.WARNING], published, state,
    )  # fmt: skip


def _published(project: Project, slug: str) -> tuple[str, str]:
    folder = project.root / BUILD
    manifest = read_manifest(folder, slug)
    if manifest is None:
        return "", "never"
    try:
        when = datetime.fromtimestamp((folder / manifest_name(slug)).stat().st_mtime).astimezone().date().isoformat()
        options = manifest.inputs.options
        current = current_manifest(folder, slug, current_inputs(project, slug, options))
    except (OSError, BiblioError):
        return "", "never"
    return when, "changed" if current is None else "current"


def _new(project: Project, answers: Answers, style: str) -> tuple[str, Work]:
    if faults := faults_of(project, "dossier", answers):
        raise BiblioError(faults[0])
    slug = _free(project, answers.title)
    spec = spec_text(answers, project.themes.value, with_schema=(project.root / SCHEMA).is_file())
    own = KINDS[answers.kind].style
    return slug, _created(project, slug, spec.encode(), _setting({"style": style if style != own else ""}))


def _next(project: Project, slug: str, title: str, date: str) -> tuple[str, Work]:
    content, spec = project.dossier_file(slug).content, project.dossier(slug).value
    new = _free(project, f"{title} {date}" if spec and spec.title == title else title)
    values = {"title": title, "date": date}
    if spec is not None:
        values["whats_new"] = spec.date
        if spec.edition.isascii() and spec.edition.isdecimal():
            values["edition"] = str(int(spec.edition) + 1)
    return new, _created(project, new, content, _setting(values))


def _created(project: Project, slug: str, content: bytes, edit: Edit) -> Work:
    """The work that writes a spec where there is none yet. Raises ``BiblioError`` for a faulty one."""
    path = f"{DOSSIERS}/{slug}.yaml"
    place = require_free(project, slug)
    made = edited(content, path, slug, edit)
    if made.diagnostics:
        raise BiblioError(made.diagnostics[0])
    return Work(path, place, None, made.value)


def _removed(project: Project, slug: str) -> Work:
    file = project.dossier_file(slug)
    return Work(file.path, file.place, file.content, None)


def _setting(values: dict[str, str]) -> Edit:
    def one(key: str, value: str) -> Edit:
        return lambda spec: set_key(spec, (key,), value)

    def edit(spec: str) -> Parsed[str]:
        return in_turn(spec, [one(key, value) for key, value in values.items() if value])

    return edit


def _free(project: Project, title: str) -> str:
    """A name for the file of a dossier that none has yet."""
    base = slugify(title)[:60].strip("-") or "dossier"
    name, number = base, 2
    while name in project.slugs:
        name, number = f"{base}-{number}", number + 1
    return name


ROUTES = (
    Route(HOME, show),
    Route(HOME, make, methods=["POST"]),
    Route(f"{HOME}/next", repeat, methods=["POST"]),
    Route(f"{HOME}/remove", remove, methods=["POST"]),
)
