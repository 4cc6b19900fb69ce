"""The command ``site``: everything that the project has to show, as pages that need no server."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import typer

from biblio.build.stamp import epoch_setting
from biblio.cli.console import FOUND, say_out, tell
from biblio.cli.options import OutputOption, ProjectOption, QuietOption
from biblio.cli.quoting import show, typed_path
from biblio.cli.words import say
from biblio.project.project import discover, is_source, output_folder
from biblio.project.settings import settings_file
from biblio.site.gather import gathered
from biblio.site.settings import site_settings
from biblio.site.table import site_files
from biblio.site.write import Kept, require_ours, write_site
from biblio.words.faults import BiblioError, Span, diagnose, in_order, is_blocked

FOLDER = "site"


def site_command(
    context: typer.Context,
    project: ProjectOption = Path(),
    output: OutputOption = None,
    quiet: QuietOption = False,
) -> None:
    """Makes the site."""
    lang: str = context.obj
    found = discover(project)
    settings = site_settings(settings_file(found.root))
    built = output_folder(found, None)
    folder = output if output is not None else built / FOLDER
    if is_source(found, folder):
        raise BiblioError(diagnose("E137", Span(folder.name)))
    require_ours(folder)
    made = gathered(found, settings, _today(), built, Kept.of(folder))
    show(in_order(made.diagnostics), found, lang)
    written = write_site(folder, site_files(made.value), made.value.made)
    if not quiet:
        say_out(
            say(
                "site_made",
                lang,
                folder=typed_path(folder),
                dossiers=len(made.value.dossiers),
                notices=len(made.value.references),
                files=written.files,
                changed=written.changed,
                removed=written.removed,
                size=f"{written.size / 1_000_000:.1f}".replace(".", "," if lang == "fr" else "."),
            )
        )
        if made.value.withheld:
            tell(say("site_withheld", lang, count=made.value.withheld) + "\n")
        if not settings.address:
            tell(say("site_without_address", lang) + "\n")
    if is_blocked(made.diagnostics, strict=False):
        raise typer.Exit(FOUND)


def _today() -> str:
    """The day on which the site is made, which embargoes wait for: that of ``SOURCE_DATE_EPOCH``, else the clock's."""
    epoch = epoch_setting()
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    return moment.strftime("%Y-%m-%d")
