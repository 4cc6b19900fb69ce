"""Keeps what a build will say when nothing has changed, for ``cli/unchanged.py`` to say it at once."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from biblio.build.freshness import manifest_name, read_manifest
from biblio.build.pipeline import BuildResult, Request
from biblio.cli.unchanged import Doubt, cache_folder, key_of, record_of, snapshot
from biblio.cli.words import say
from biblio.outputs.table import output_name
from biblio.project.keep import save_body
from biblio.project.project import Project
from biblio.text.harmless import harmless

KEPT, ROOM = 200, 32_000_000  # answers in the folder, and bytes that they may take together


def before(project: Project) -> dict[str, Any] | None:
    """The project as it stands before a build; ``None`` where an answer would not be found again."""
    if sys.argv[1:2] != ["build"] or project.root != Path.cwd():
        return None
    try:
        return snapshot(str(project.root), {})
    except (Doubt, OSError):
        return None


def remember(
    was: dict[str, Any] | None, results: Sequence[BuildResult], request: Request, lang: str, *, quiet: bool
) -> None:
    """Keeps the answer of a build after which nothing is to be done, nor to be told.

    It is kept only where the project is what it was before the build, and the outputs are those of their manifests.
    """
    folder = cache_folder()
    if was is None or folder is None or not results or request.force:
        return
    if any(each.state in ("failed", "draft") or each.diagnostics for each in results):
        return
    place = str(request.folder)
    made = {each.slug: [output_name(each.slug, name) for name in request.formats] for each in results}
    names = [*(manifest_name(slug) for slug in made), *(name for names in made.values() for name in names)]
    try:
        now = snapshot(str(Path.cwd()), {place: names})
    except (Doubt, OSError):
        return
    inputs = {path: told for path, told in now["files"].items() if path in was["files"]}
    if inputs != was["files"] or len(now["files"]) != len(inputs) + len(names) or now["program"] != was["program"]:
        return
    for slug, outputs in made.items():
        manifest = read_manifest(request.folder, slug)
        if manifest is None or "pandoc" in manifest.inputs.versions:  # which the system may change without a trace
            return
        if any(manifest.outputs.get(name) != now["files"][str(request.folder / name)] for name in outputs):
            return
    said = "" if quiet else "".join(harmless(say("current", lang, slug=slug), colours=False) + "\n" for slug in made)
    kept = record_of(now, place, names, said)
    save_body(Path(folder), key_of(sys.argv[1:], os.environ), kept, KEPT, ROOM)
