"""The preview: the pages of a dossier as they would be published, on a screen of their own and beside others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from biblio.build.pipeline import compose_dossier, render
from biblio.build.preview import dossier_of
from biblio.build.resident import Place
from biblio.outputs.table import OUTPUTS
from biblio.project.project import Project
from biblio.report.text import message_of
from biblio.server.inspection import Inspected
from biblio.server.laid_out import Page
from biblio.server.pages import desk_of, lang_of, page
from biblio.server.proofs import Proofing, Proofs
from biblio.server.screens.faults import findings_of, rules_of
from biblio.server.told import MOST, dossier_address, first_told, reference_address
from biblio.server.words import said
from biblio.words.faults import BiblioError, required

# A page of this digest is always the same.
FOR_EVER = {"cache-control": "private, max-age=31536000, immutable"}
# What is looked at beside the pages; these bring their own style, and are in frames of ours alone.
VIEWS = ("html", "email")
WITHIN = {
    "content-security-policy": (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'self'"
    )
}


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of a page as a link: where it leads, its words, and where it stands, in hundredths of the page."""

    address: str
    kind: str
    key: str
    words: str
    box: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A page as a template shows it: its ``number``, the headings on it, and its links."""

    number: int
    digest: str
    width: int
    height: int
    titles: tuple[str, ...]
    spots: tuple[Spot, ...]


async def show(request: Request) -> Response:
    """The screen of a dossier's pages."""
    slug = request.path_params["slug"]
    return page(request, "preview.html.j2", **await _pane(request, slug, ""))


async def beside(request: Request) -> Response:
    """The pages beside another screen: those of the dossier that is named, else of the first with the reference."""
    slug, key = (request.query_params.get(name, "") for name in ("slug", "key"))
    chosen = await desk_of(request).labour(_chosen, slug, key)
    if not chosen:
        return page(request, "preview_none.html.j2")
    return page(request, "preview_pane.html.j2", **await _pane(request, chosen, key))


async def pages(request: Request) -> Response:
    """The pages that became what they are after a revision, and how things stand."""
    slug = request.path_params["slug"]
    since = request.query_params.get("since", "0")
    proofs = await _proofing(request).of(slug)
    revision = int(since) if since.isdecimal() and int(since) <= proofs.revision else 0
    return page(request, "preview_pages.html.j2", **_values(request, proofs, revision))


async def drawn(request: Request) -> Response:
    """A page as an image."""
    slug, digest = request.path_params["slug"], request.query_params.get("v", "")
    width = request.query_params.get("w", "")
    content = await _proofing(request).drawn(slug, digest, int(width) if width.isdecimal() else 1000)
    if content is None:
        return Response(status_code=404)
    return Response(content, media_type="image/png", headers=FOR_EVER)


async def view(request: Request) -> Response:
    """The dossier as one page for a screen, or as an e-mail."""
    slug, name = request.path_params["slug"], request.path_params["view"]
    if name not in VIEWS:
        raise HTTPException(404)
    try:
        return HTMLResponse(await desk_of(request).labour(_rendered, slug, name), headers=WITHIN)
    except BiblioError as error:
        answer = page(request, "preview_unmade.html.j2", message=message_of(error.diagnostic, lang_of(request)))
        answer.headers.update(WITHIN)
        return answer


def _proofing(request: Request) -> Proofing:
    proofing: Proofing = request.app.state.proofing
    return proofing


async def _pane(request: Request, slug: str, key: str) -> dict[str, Any]:
    proofs = await _proofing(request).of(slug)
    named = await desk_of(request).ask(_named, slug)
    return {**_values(request, proofs, 0), **named, "key": key}


def _values(request: Request, proofs: Proofs, revision: int) -> dict[str, Any]:
    """What the templates of pages are filled with: the pages of after a revision, and how things stand."""
    lang, work = lang_of(request), _proofing(request).is_at_work(proofs.slug)
    stands = "stale" if proofs.stale else "work" if work else "made"
    if not proofs.pages:
        stands = "none" if proofs.stale else "first"
    changed = proofs.changed_since(revision)
    found = findings_of(request).of(proofs.slug)
    inspected = found if isinstance(found, Inspected) else None
    return {
        "slug": proofs.slug,
        "proofs": proofs,
        "stands": stands,
        "shown": [_shown(proofs, number) for number in changed],
        "faults": first_told(proofs.faults, lang),
        "more": max(len(proofs.faults) - MOST, 0),
        "inspected": inspected,
        "rules": rules_of(inspected, lang) if inspected else (),
        "sentence": said(f"preview_{stands}", lang),
    }


def _shown(proofs: Proofs, number: int) -> Shown:
    made: Page = proofs.pages[number - 1]
    titles = tuple(place.words for place in made.places if place.kind == "heading")
    spots = tuple(_spot(proofs.slug, place) for place in made.places)
    return Shown(number, made.digest, round(made.width), round(made.height), titles, spots)


def _spot(slug: str, place: Place) -> Spot:
    address = reference_address(place.key) if place.kind == "notice" else f"{dossier_address(slug)}#section-{place.key}"
    return Spot(address, place.kind, place.key, place.words, " ".join(f"{100 * part:.3f}" for part in place.box))


def _chosen(project: Project, slug: str, key: str) -> str:
    """The dossier whose pages stand beside a screen; empty where there is none."""
    if slug in project.slugs:
        return slug
    reference = project.opened.value.get(key) if key else None
    spec = dossier_of(project, reference) if reference else None
    return spec.slug if spec else next(iter(project.slugs), "")


def _named(project: Project, slug: str) -> dict[str, Any]:
    """What a dossier is called, and how else it can be looked at."""
    spec = project.dossier(slug).value
    return {"title": spec.title if spec else slug, "views": tuple(_views(spec.kind if spec else ""))}


def _views(kind: str) -> Iterator[str]:
    yield from (name for name in VIEWS if not kind or kind in OUTPUTS[name].kinds)


def _rendered(project: Project, slug: str, name: str) -> bytes:
    """One output of a dossier. Raises ``BiblioError`` with the fault that keeps it from being made."""
    spec = required(project.dossier(slug))
    composed = required(compose_dossier(project, spec, spec.style))
    return render(composed, (name,)).value[name]


ROUTES = (
    Route("/preview", beside),
    Route("/preview/{slug}", show),
    Route("/preview/{slug}/pages", pages),
    Route("/preview/{slug}/page.png", drawn),
    Route("/preview/{slug}/{view}", view),
)
