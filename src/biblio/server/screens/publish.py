"""Publish: the formats of a dossier with their files, what changed since, what stands between, and the button."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from biblio.project.project import Project
from biblio.server.pages import desk_of, lang_of, page
from biblio.server.proofs import Proofing
from biblio.server.publication import all_in_one, files, offered, publication
from biblio.server.publishing import Publishing
from biblio.server.told import MOST, first_told, told
from biblio.words.faults import BiblioError, diagnose, required

ZIP = "application/zip"
# A file that is fetched is kept, whatever it is: none of its own pages is shown as one of the desk's.
FILE = "application/octet-stream"


async def show(request: Request) -> Response:
    """The whole screen."""
    return page(request, "publish.html.j2", **await _values(request))


async def stands(request: Request) -> Response:
    """How things stand, for a page that is open while something changes."""
    return page(request, "publish_stands.html.j2", **await _values(request))


async def publish(request: Request) -> Response:
    """Publishes in the formats that are chosen; a draft is refused (E234)."""
    slug = request.path_params["slug"]
    form = await request.form()
    asked = {name for name in form.getlist("format") if isinstance(name, str)}

    def formats(project: Project) -> Sequence[str]:
        spec = required(project.dossier(slug))
        if spec.draft:
            raise BiblioError(diagnose("E234", spec.span_of("draft"), slug=slug))
        return [name for name in offered(spec) if name in asked]

    _publishing(request).begin(slug, await desk_of(request).labour(formats))
    return RedirectResponse(request.url.path, 303)


async def fetch(request: Request) -> Response:
    """One of the files."""
    slug, name = request.path_params["slug"], request.query_params.get("format", "")
    found: Mapping[str, bytes] = await desk_of(request).labour(files, slug, (name,))
    return next((_attached(file, content, FILE) for file, content in found.items()), Response(status_code=404))


async def fetch_all(request: Request) -> Response:
    """All the files in one."""
    slug = request.path_params["slug"]
    return _attached(f"{slug}.zip", await desk_of(request).labour(all_in_one, slug), ZIP)


def _attached(file: str, content: bytes, media_type: str) -> Response:
    # The name of a dossier's file is a slug, of letters, digits and hyphens.
    return Response(content, media_type=media_type, headers={"content-disposition": f'attachment; filename="{file}"'})


def _publishing(request: Request) -> Publishing:
    publishing: Publishing = request.app.state.publishing
    return publishing


async def _values(request: Request) -> dict[str, Any]:
    slug, lang = request.path_params["slug"], lang_of(request)
    proofing: Proofing = request.app.state.proofing
    proofs = await proofing.of(slug)
    last = _publishing(request).last(slug)  # before what it is about: what is done is then seen
    standing = await desk_of(request).labour(publication, slug, lang)
    return {
        "slug": slug,
        "publication": standing,
        "since": told(standing.since, lang) if standing.since else None,
        "pages": 0 if proofs.stale or proofing.is_at_work(slug) else len(proofs.pages),
        "blocked": proofs.blocked,
        "faults": first_told(proofs.faults, lang),
        "more": max(len(proofs.faults) - MOST, 0),
        "last": last,
        "failed": first_told(last.faults, lang) if last and last.failed else [],
        "failed_more": max(len(last.faults) - MOST, 0) if last and last.failed else 0,
    }


ROUTES = (
    Route("/publish/{slug}", show),
    Route("/publish/{slug}", publish, methods=["POST"]),
    Route("/publish/{slug}/stands", stands),
    Route("/publish/{slug}/file", fetch),
    Route("/publish/{slug}/all.zip", fetch_all),
)
