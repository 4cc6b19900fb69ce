"""The backup: the whole project as one file, taken away and taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from biblio.editing.backup import ENDING, Backup, Restoration, backup_of, read_backup, restoration
from biblio.editing.journal import Step
from biblio.project.project import Project
from biblio.project.starter import make_empty
from biblio.server.bringing import uploads_of
from biblio.server.pages import desk_of, gone_to, lang_of, page, text
from biblio.server.words import said
from biblio.words.faults import BiblioError, diagnose
from biblio.yaml_model.slug import slug_like

HOME = "/backup"


@dataclass(frozen=True, slots=True)
class Restoring:
    """A backup that waits for a word: its name, and the files in it."""

    name: str
    files: Mapping[str, bytes]

    @property
    def size(self) -> int:
        """The bytes of its files."""
        return sum(map(len, self.files.values()))

    def give_up(self) -> None:
        """There is nothing that goes on."""


async def show(request: Request) -> Response:
    """What can be taken away and taken back; with ``id``, what a backup would do."""
    desk, query = desk_of(request), request.query_params
    if "id" not in query:
        done = {"added": query["added"], "replaced": query["replaced"]} if "replaced" in query else None
        return page(request, "backup.html.j2", done=done if done and all(map(str.isdecimal, done.values())) else None)
    restoring = desk.pending.get(query["id"], Restoring)
    version = desk.version
    plan = await desk.labour(_planned, restoring)
    values: dict[str, Any] = {
        "id": query["id"],
        "name": restoring.name,
        "plan": plan,
        "version": version,
        "changed": "changed" in query,
        "too_big": Step("", plan.works).size > desk.journal.most,
    }
    return page(request, "backup_plan.html.j2", **values)


async def download(request: Request) -> Response:
    """The backup, as a file to keep."""
    desk = desk_of(request)
    made = await desk.labour(_made)
    name = f"{slug_like(desk.root.name)}-{datetime.now().astimezone().date().isoformat()}{ENDING}"
    headers = {"content-disposition": f'attachment; filename="{quote(name)}"'}
    return Response(made.content, media_type="application/zip", headers=headers)


async def look(request: Request) -> Response:
    """Reads a backup; in an empty folder it is taken back at once."""
    desk = desk_of(request)
    async with request.form(max_files=1, max_fields=5) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile) or not file.filename:
            raise BiblioError(diagnose("E240"))
        (upload,) = uploads_of([(file.filename, await file.read())])
    files = await run_in_threadpool(read_backup, upload.content, upload.name)
    restoring = Restoring(upload.name, files)
    plan = await desk.labour(_planned, restoring)
    if not (plan.replaced or plan.unchanged or plan.beside):
        return await _take(request, restoring, plan)
    return gone_to(request, f"{HOME}?{urlencode({'id': desk.pending.put(restoring)})}")


async def take(request: Request) -> Response:
    """Writes what was shown; what was shown of another version of the project is shown again."""
    form = await request.form()
    desk, name = desk_of(request), text(form, "id")
    restoring = desk.pending.get(name, Restoring)
    if text(form, "version") != str(desk.version):
        return gone_to(request, f"{HOME}?{urlencode({'id': name, 'changed': 1})}")
    answer = await _take(request, restoring, await desk.labour(_planned, restoring))
    desk.pending.drop(name)
    return answer


async def forget(request: Request) -> Response:
    """Forgets a backup that was not taken back after all."""
    form = await request.form()
    desk_of(request).pending.drop(text(form, "id"))
    return gone_to(request, HOME)


async def _take(request: Request, restoring: Restoring, plan: Restoration) -> Response:
    desk = desk_of(request)
    await run_in_threadpool(make_empty, desk.root)
    await desk.change(said("backup_step", lang_of(request), name=restoring.name), plan.works)
    counts = {"added": len(plan.added), "replaced": len(plan.replaced)}
    return gone_to(request, f"{HOME}?{urlencode(counts)}")


def _planned(project: Project, restoring: Restoring) -> Restoration:
    return restoration(project.root, restoring.files)


def _made(project: Project) -> Backup:
    return backup_of(project.root)


ROUTES = (
    Route("/backup", show),
    Route("/backup", look, methods=["POST"]),
    Route("/backup/file", download),
    Route("/backup/take", take, methods=["POST"]),
    Route("/backup/forget", forget, methods=["POST"]),
)
