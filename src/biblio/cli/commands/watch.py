"""The command ``watch``: builds dossiers again as their files are edited, until it is interrupted."""

from __future__ import annotations

import gc
import time
from pathlib import Path

import typer

from biblio.build.pipeline import Request, is_draft
from biblio.build.resident import Refreshed, Resident
from biblio.cli.options import (
    FormatsOption,
    OutputOption,
    ProjectOption,
    SlugsArgument,
    StrictOption,
    StyleOption,
    asked_formats,
)
from biblio.cli.selected import located
from biblio.cli.watching import Teller
from biblio.project.changes import changes, look
from biblio.project.project import Project, output_folder
from biblio.words.faults import BiblioError

# How many dossiers are kept laid out: each takes some 100 MB.
KEPT = 4
# Seconds without a change before the whole is laid out anew.
CALM = 20.0


def watch_command(
    context: typer.Context,
    slugs: SlugsArgument = None,
    project: ProjectOption = Path(),
    output: OutputOption = None,
    style: StyleOption = "",
    formats: FormatsOption = "pdf",
    strict: StrictOption = False,
) -> None:
    """Builds dossiers again and again."""
    found, named = located(project, slugs or ())
    request = Request(output_folder(found, output), asked_formats(formats), style, strict=strict)
    for slug in dict.fromkeys(named):
        found.dossier_file(slug)  # a name mistyped stops the command before any long work
    watcher = _Watcher(found.root, tuple(dict.fromkeys(named)), request, Teller(context.obj))
    seen = look(found.root)
    watcher.teller.begins(found.root)
    watcher.refresh()
    calm = time.monotonic()
    tidy = False
    for changed in changes(found.root, seen):
        if changed:
            watcher.refresh()
            calm, tidy = time.monotonic(), False
        elif not tidy:
            gc.collect()  # what the layouts before have left, while nobody waits
            tidy = True
        elif time.monotonic() - calm > CALM or not watcher.is_ready:
            watcher.settle()


class _Watcher:
    """The dossiers that are watched: those named, or all that there are. The last ones built are kept laid out."""

    def __init__(self, root: Path, named: tuple[str, ...], request: Request, teller: Teller) -> None:
        self.teller = teller
        self._root, self._named, self._request = root, named, request
        self._residents: dict[str, Resident] = {}

    def refresh(self) -> None:
        """Builds what is not as it was, and says so; what cannot go on is said, and tried again at the next change."""
        project = Project(self._root)
        try:
            there = project.slugs
            for slug in self._named or [each for each in there if not is_draft(project, each)]:
                if slug in there:
                    self._build(slug, project)
                else:
                    self.teller.is_gone(slug)
            self.teller.can_read()
        except BiblioError as error:
            self.teller.stops(error.diagnostic)

    @property
    def is_ready(self) -> bool:
        """Whether the next change finds the dossiers laid out."""
        return all(resident.is_ready for _, resident in self._last())

    def _last(self) -> list[tuple[str, Resident]]:
        """The dossiers that were built last."""
        return list(self._residents.items())[-KEPT:]

    def settle(self) -> None:
        """Lays out as a whole one of the dossiers that are not, if there is one."""
        for slug, resident in self._last():
            if not resident.is_settled:
                try:
                    if not resident.settle():
                        self.teller.settled(slug)
                except BiblioError as error:
                    self.teller.stops(error.diagnostic)
                return

    def _build(self, slug: str, project: Project) -> None:
        resident = self._residents.pop(slug, None) or Resident(self._root, slug, self._request)
        self._residents[slug] = resident  # the last one built is the last to be forgotten
        started = time.monotonic()
        refreshed = resident.refresh(project=project)
        self._tell(refreshed, project, time.monotonic() - started)
        laid_out = [each for each in self._residents.values() if each.keeps]
        for each in laid_out[:-KEPT]:
            each.forget()

    def _tell(self, refreshed: Refreshed, project: Project, seconds: float) -> None:
        self.teller.faults(refreshed.result, project)
        if refreshed.result.state == "built":
            self.teller.built(refreshed, seconds)
