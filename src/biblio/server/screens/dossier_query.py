"""The screen of the query of a section: chips, what they find as one changes them, and why a reference is in or out."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from starlette.datastructures import FormData, QueryParams
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from biblio.dossier.conditions import Setting, shown
from biblio.dossier.loader import load_query
from biblio.dossier.match import compile_query
from biblio.dossier.query import VARIABLES, Query, contradictions
from biblio.dossier.vocabulary import Vocabulary
from biblio.editing.specs import set_key
from biblio.editing.yaml_tree import Data, Path
from biblio.project.project import Project
from biblio.project.selection import selection_of
from biblio.reference.languages import WORDS
from biblio.reference.types import entry_type
from biblio.report.text import message_of
from biblio.server.chips import FIELDS, Chip, chips_of, query_of
from biblio.server.pages import desk_of, gone_to, lang_of, page, text
from biblio.server.plan import Part, Plan, Short, plan_of, short
from biblio.server.screens.collection import shelf_when_ready
from biblio.server.screens.dossier import found_by_words
from biblio.server.shelves import offered
from biblio.server.spec_steps import require_path, titles_of, work_of
from biblio.server.words import said
from biblio.text.collation import collate
from biblio.words.faults import BiblioError, diagnose
from biblio.yaml_model.keys import keys_of

FIRST = 20  # references found that are shown
ASKED = 5  # references of which it is said why
MOST_WORDS = 200  # words of a field that are offered


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a reference is in or out: the condition that it does not meet, its values, and what the reference has."""

    notice: Short
    field: str = ""
    wanted: str = ""
    has: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What a query finds, its faults in words, and of some references why they are in or out."""

    count: int
    found: tuple[Short, ...]
    faults: tuple[str, ...]
    reasons: tuple[Reason, ...]


async def show(request: Request) -> Response:
    """The chips of a section's query."""
    desk, lang, slug = desk_of(request), lang_of(request), request.path_params["slug"]
    plan: Plan = await desk.ask(plan_of, slug, lang)
    part = _part(plan, request.query_params.get("section", ""))
    query = part.data.get("select")
    chips, rest = chips_of(query, said("query_yes", lang), said("query_no", lang))
    result = await desk.ask(_result, slug, part.path, query if isinstance(query, dict) else {}, "", lang)
    shelf = await shelf_when_ready(desk)
    words = {**await desk.ask(_words, lang), **(offered(shelf) if shelf else {})}
    return page(
        request, "query.html.j2", slug=slug, plan=plan, part=part, chips=chips, rest=rest, rest_text=_text(rest),
        fields=FIELDS,
        words=words, result=result,
    )  # fmt: skip


async def result(request: Request) -> Response:
    """What the chips of a form would find; nothing is written."""
    desk, lang, slug = desk_of(request), lang_of(request), request.path_params["slug"]
    asked = request.query_params
    section = asked.get("section", "")
    require_path(section)
    query = query_of(_chips(asked), _rest(asked.get("rest", "")))
    why = asked.get("why", "")[:300]
    return page(request, "query_result.html.j2", result=await desk.ask(_result, slug, section, query, why, lang))


async def save(request: Request) -> Response:
    """Writes the query of a section; one without conditions takes it out."""
    form = await request.form()
    desk, lang, slug = desk_of(request), lang_of(request), request.path_params["slug"]
    section = require_path(text(form, "section"))
    query = query_of(_chips(form), _rest(text(form, "rest")))
    path: Path = (*section, "select")
    work = await desk.ask(work_of, slug, text(form, "digest"), lambda spec: set_key(spec, path, query or None))
    if work.after != work.before:
        assert work.before is not None
        (title,) = titles_of(work.before.decode("utf-8-sig"), [section])
        await desk.change(said("query_did", lang, title=title), [work])
    return gone_to(request, f"/dossier/{slug}")


def _part(plan: Plan, path: str) -> Part:
    found = next((part for part in plan.sections if part.path == path), None)
    if found is None:
        raise BiblioError(diagnose("E231", place=path[:100]))
    return found


def _chips(form: FormData | QueryParams) -> Iterator[Chip]:
    columns = [[str(each) for each in form.getlist(name)] for name in ("field", "is", "value")]
    for field, way, values in zip(*columns, strict=False):
        yield Chip(field, values[:1000], way == "not")


def _rest(text: str) -> Mapping[str, Data]:
    """The conditions beside the chips, as the page had them."""
    try:
        rest = json.loads(text) if text else {}
    except ValueError:
        return {}
    return rest if isinstance(rest, dict) else {}


def _text(rest: Mapping[str, Data]) -> list[str]:
    return [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in rest.items()]


def _result(project: Project, slug: str, section: str, data: Mapping[str, Data], why: str, lang: str) -> Result:
    library, themes = project.opened.value, project.themes.value
    loaded = load_query(json.dumps(data, ensure_ascii=False), slug)
    query = loaded.value
    if not data or query is None:
        return Result(0, (), tuple(message_of(each, lang) for each in loaded.diagnostics), ())
    faults = [*loaded.diagnostics, *Vocabulary(themes, library).faults_of(query), *contradictions(query)]
    setting = Setting(themes, _placed_above(project, slug, section), former=library.former_keys)
    matcher = compile_query(query, setting)
    found = matcher.found_in(library)
    reasons = []
    for reference in found_by_words(project, why)[:ASKED]:
        refused = matcher.refusal(reference)
        notice = short(reference, lang)
        if refused is None:
            reasons.append(Reason(notice))
        else:
            reasons.append(Reason(notice, refused.name, refused.typed, shown(refused.name, reference)))
    return Result(
        len(found),
        tuple(short(each, lang) for each in found[:FIRST]),
        tuple(message_of(each, lang) for each in faults),
        tuple(reasons),
    )


def _placed_above(project: Project, slug: str, section: str) -> set[str]:
    """The keys of what stands in the sections before one: what « placed » asks for."""
    spec = project.dossier(slug).value
    if spec is None:
        return set()
    paths = [part.path for part in plan_of(project, slug, spec.lang).sections]
    selected = selection_of(project, spec).value
    placed: set[str] = set()
    number = -1
    for filled in (inner for part in selected.parts for inner in part.walk()):
        number += filled.spec is not None
        if number < len(paths) and paths[number] == section:
            break
        placed.update(each.citekey for each in filled.references)
    return placed


def _words(project: Project, lang: str) -> Mapping[str, Sequence[str]]:
    """The words that are offered for the values of a field, the most frequent first."""
    library, themes = project.opened.value, project.themes.value
    keywords = [word for word, _ in Counter(chain.from_iterable(library.keywords())).most_common()]
    types = sorted({label or entry_type(name).label_in(lang) for name, label in library.kinds()}, key=collate)
    yes_or_no = (said("query_yes", lang), said("query_no", lang))
    fields = tuple(VARIABLES)
    booleans = {name: yes_or_no for name, key in keys_of(Query).items() if key.shape.value.control == "boolean"}
    return {
        "theme": (*themes.slugs, *keywords)[:MOST_WORDS],
        "keyword": tuple(keywords[:MOST_WORDS]),
        "type": tuple(types)[:MOST_WORDS],
        "language": tuple(dict.fromkeys(WORDS.values()))[:MOST_WORDS],
        "has": fields,
        "lacks": fields,
        **booleans,
    }


HOME = "/dossier/{slug}/query"
ROUTES = (Route(HOME, show), Route(f"{HOME}/result", result), Route(HOME, save, methods=["POST"]))
