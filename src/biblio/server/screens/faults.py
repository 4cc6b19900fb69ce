"""Faults: what ``check`` finds, by rule, with what mends it, and silence about it for a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from operator import attrgetter
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from biblio.check.explanation import explain
from biblio.check.finding import Safety
from biblio.project.project import BIBTEX, Project
from biblio.server.findings import Findings
from biblio.server.inspection import Group, Inspected
from biblio.server.mending import Mended, lines_of, mended, silence
from biblio.server.pages import desk_of, lang_of, page, text
from biblio.server.told import Told, told
from biblio.server.words import said
from biblio.words.faults import BiblioError, Diagnostic, diagnose
from biblio.words.tables import Severity, faults

# Places of a fix that are shown before it is made.
MOST_LINES = 40
# Beyond as many references nothing is looked for before somebody comes to this screen: it takes a while.
LARGE = 3000


@dataclass(frozen=True, slots=True)
class Rule:
    """The faults of a rule as a template shows them; ``more`` is how many are not among ``found``."""

    code: str
    severity: Severity
    title: str
    why: tuple[str, ...]
    count: int
    more: int
    mends: bool
    found: tuple[Told, ...]


async def show(request: Request) -> Response:
    """The whole screen."""
    return page(request, "faults.html.j2", **await _values(request))


async def listed(request: Request) -> Response:
    """The faults alone, for a page that is open while something changes."""
    return page(request, "faults_list.html.j2", **await _values(request))


async def counted(request: Request) -> Response:
    """How many faults there are, for the navigation."""
    findings = findings_of(request)
    is_small = desk_of(request).has_project and await desk_of(request).ask(_is_small)
    found = findings.of() if is_small else findings.last()
    return page(request, "faults_count.html.j2", inspected=found if isinstance(found, Inspected) else None)


async def ask_to_fix(request: Request) -> Response:
    """What a fix would change; nothing is written."""
    code, key = _code(request.query_params.get("code", "")), request.query_params.get("key", "")

    def seen(project: Project) -> Sequence[Mended]:
        return tuple(islice(lines_of(mended(project, code, key)), MOST_LINES + 1))

    lines = await desk_of(request).labour(seen)
    title, more = _title(code, lang_of(request)), len(lines) > MOST_LINES
    return page(request, "faults_fix.html.j2", lines=lines[:MOST_LINES], more=more, code=code, key=key, title=title)


async def fix(request: Request) -> Response:
    """Mends the faults of a rule, in one step."""
    form = await request.form()
    code, key, lang = _code(text(form, "code")), text(form, "key"), lang_of(request)
    step = said("faults_step_fix", lang, title=_title(code, lang))
    works = await desk_of(request).labour(mended, code, key)
    if works:
        await desk_of(request).change(step, works)
    return page(request, "faults_done.html.j2", said=said("faults_fixed" if works else "faults_no_fix", lang))


async def ask_for_silence(request: Request) -> Response:
    """Asks for the reason."""
    code, key = _code(request.query_params.get("code", "")), request.query_params.get("key", "")
    return page(request, "faults_silence.html.j2", code=code, key=key, title=_title(code, lang_of(request)))


async def silent(request: Request) -> Response:
    """Says nothing of a fault of a reference any more: its file tells so, with the reason."""
    form = await request.form()
    code, key, reason = _code(text(form, "code")), text(form, "key"), text(form, "reason")
    lang = lang_of(request)
    step = said("faults_step_silence", lang, title=_title(code, lang), key=key)
    await desk_of(request).edit(step, lambda project: silence(project, code, key, reason))
    return page(request, "faults_done.html.j2", said=said("faults_silent", lang, key=key))


def findings_of(request: Request) -> Findings:
    """What is found in the project of the desk."""
    findings: Findings = request.app.state.findings
    return findings


def rules_of(inspected: Inspected, lang: str) -> list[Rule]:
    """What was found, in the words of a reader."""
    return [_rule(group, lang) for group in inspected.groups]


def _rule(group: Group, lang: str) -> Rule:
    explained = explain(group.code, lang)
    return Rule(
        group.code,
        group.severity,
        _title(group.code, lang),
        explained.paragraphs,
        group.count,
        group.count - len(group.found),
        explained.safety is not Safety.NONE and all(_is_typed(each.fault) for each in group.found),
        tuple(told(each.fault, lang, each.field) for each in group.found),
    )


def _is_typed(fault: Diagnostic) -> bool:
    return fault.span is not None and fault.span.path.endswith(BIBTEX)


async def _values(request: Request) -> dict[str, Any]:
    slug, lang = request.query_params.get("slug", ""), lang_of(request)
    slugs = await desk_of(request).ask(attrgetter("slugs"))
    if slug:
        await desk_of(request).ask(Project.dossier_file, slug)
    findings = findings_of(request)
    found = findings.of(slug)
    inspected = found if isinstance(found, Inspected) else None
    return {
        "slug": slug,
        "slugs": slugs,
        "inspected": inspected,
        "rules": rules_of(inspected, lang) if inspected else [],
        "stopped": told(found, lang) if isinstance(found, Diagnostic) else None,
        "at_work": findings.is_at_work(slug),
    }


def _is_small(project: Project) -> bool:
    return len(project.opened.value) <= LARGE


def _title(code: str, lang: str) -> str:
    message = explain(code, lang).message
    return message[:1].upper() + message[1:]


def _code(word: str) -> str:
    """A code that is known. Raises ``BiblioError`` (C103) for another word."""
    if word not in faults():
        raise BiblioError(diagnose("C103", code=word))
    return word


ROUTES = (
    Route("/faults", show),
    Route("/faults/list", listed),
    Route("/faults/count", counted),
    Route("/faults/fix", ask_to_fix),
    Route("/faults/fix", fix, methods=["POST"]),
    Route("/faults/silence", ask_for_silence),
    Route("/faults/silence", silent, methods=["POST"]),
)
