"""The command ``links``: whether the addresses of references and dossiers still lead where they led."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from biblio.cli.completion import complete_report
from biblio.cli.console import FOUND, has_colour, is_terminal, print_lines, progress, say_json, say_out, tell
from biblio.cli.linking import Keeper, Looked, ask_archives, cited_links, look, save_copies
from biblio.cli.options import JsonOption, ProjectOption, QuietOption
from biblio.cli.readdressing import readdress
from biblio.cli.selected import located
from biblio.cli.words import say
from biblio.collection.cited_links import CitedLink
from biblio.collection.link_verdict import Verdict, news
from biblio.online.links.archives import Archives
from biblio.online.links.settings import timegates
from biblio.online.setup import open_observer
from biblio.outputs.links_page import NAME as LINKS_PAGE
from biblio.outputs.links_page import render_links
from biblio.project.project import BUILD, Project, output_folder, texts_of
from biblio.project.publish import publish
from biblio.project.settings import settings_file
from biblio.report.github import as_github
from biblio.report.links import counts_of, faults_of, news_lines, records_of, verdicts_of
from biblio.report.sarif import as_sarif
from biblio.report.table import FORMATS
from biblio.report.text import as_json, as_text
from biblio.words.faults import BiblioError, Diagnostic, diagnose, in_order, is_blocked

AGE = 7  # days for which a link that is well, or dead, is not checked again
NONE_AGE = 30  # days for which archives without a copy are not asked again
MOST = 2000  # addresses in one run


def today() -> date:
    """The day, where the user is."""
    return datetime.now().astimezone().date()


def links_command(
    context: typer.Context,
    words: Annotated[list[str] | None, typer.Argument(help="argument_linking")] = None,
    project: ProjectOption = Path(),
    report: Annotated[bool, typer.Option("--report", help="option_links_report")] = False,
    new: Annotated[bool, typer.Option("--new", help="option_links_new")] = False,
    fixing: Annotated[bool, typer.Option("--fix", help="option_links_fix")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="option_links_diff")] = False,
    offline: Annotated[bool, typer.Option("--offline", help="option_links_offline")] = False,
    again: Annotated[bool, typer.Option("--again", help="option_links_again")] = False,
    age: Annotated[int, typer.Option("--max-age", min=0, max=3650, help="option_links_age")] = AGE,
    most: Annotated[int, typer.Option("--most", min=0, help="option_links_most")] = MOST,
    archives: Annotated[bool, typer.Option("--archives/--no-archives", help="option_links_archives")] = True,
    save: Annotated[int, typer.Option("--save", min=0, help="option_links_save")] = 0,
    form: Annotated[
        str, typer.Option("--format", help="option_report_format", autocompletion=complete_report)
    ] = "text",
    json_output: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Checks the links of references and dossiers."""
    lang: str = context.obj
    form = "json" if json_output else form
    if form not in FORMATS:
        raise BiblioError(diagnose("E111", format=form, formats=", ".join(FORMATS)))
    found, named = located(project, words or ())
    links = cited_links(found, named, lang)
    keeper = Keeper.of(found, writing=not offline or fixing)
    before, looked = dict(keeper.history), Looked(0, 0)
    if not offline:
        day = today()
        days = (day.isoformat(), (day if again else day - timedelta(days=age)).isoformat())
        settings = settings_file(found.root)
        gates, observer = timegates(settings), open_observer(settings, os.environ)
        told = _Progress(lang, shown=is_terminal(sys.stderr) and not quiet)
        looked = look(keeper, observer, links, days, most, told.looking)
        asked = Archives(observer, days[0], gates)
        if archives:
            ask_archives(keeper, asked, links, (day - timedelta(days=NONE_AGE)).isoformat(), told.archiving)
        if save:
            save_copies(keeper, asked, links, save, told.archiving)
        told.clear()
    verdicts = verdicts_of(links, keeper.history)
    if fixing or diff:
        done = readdress(found, keeper, links, verdicts, lang, writing=fixing, diff=diff, quiet=quiet)
        links = [link for link in links if link not in done]
    if report:
        _write_page(found, links, verdicts, lang, quiet=quiet or new or form != "text")
    if new:
        told_now = list(news(before, keeper.history, verdicts))
        if form == "text":
            print_lines(news_lines(told_now, links, lang))
        else:
            addresses = {each.now.address for each in told_now}
            named_now = [link for link in links if link.asked in addresses]
            _print(form, found, named_now, verdicts, in_order(faults_of(named_now, verdicts)), lang)
        if told_now:
            raise typer.Exit(FOUND)
        return
    if diff and not fixing:
        return
    faults = in_order(faults_of(links, verdicts))
    _print(form, found, links, verdicts, faults, lang)
    if form == "text" and not quiet:
        say_out(say("links_done", lang, count=len(verdicts), looked=looked.count, **counts_of(verdicts)))
        if looked.waiting:
            say_out(say("links_put_off", lang, count=looked.waiting))
    if is_blocked(faults, strict=False):
        raise typer.Exit(FOUND)


def _write_page(
    project: Project, links: Sequence[CitedLink], verdicts: Mapping[str, Verdict], lang: str, *, quiet: bool
) -> None:
    """Writes the page for the centre, among the outputs."""
    library = project.opened.value
    keys = dict.fromkeys(link.citekey for link in links if link.citekey)
    cited = {key: reference for key in keys if (reference := library.get(key)) is not None}
    told = {link.asked: verdicts[link.asked] for link in links}
    page = render_links(links, told, cited, today().isoformat(), lang)
    publish({LINKS_PAGE: page.encode()}, output_folder(project, None), "links")
    if not quiet:
        say_out(say("links_page", lang, file=f"{BUILD}/{LINKS_PAGE}"))


class _Progress:
    """Says on a terminal how far the work is."""

    def __init__(self, lang: str, *, shown: bool) -> None:
        self._lang, self._shown = lang, shown

    def looking(self, number: int, count: int, address: str) -> None:
        self._say("links_looking", number, count, address)

    def archiving(self, number: int, count: int, address: str) -> None:
        self._say("links_archiving", number, count, address)

    def clear(self) -> None:
        if self._shown:
            progress("")

    def _say(self, name: str, number: int, count: int, address: str) -> None:
        if self._shown:
            progress(say(name, self._lang, number=number, count=count, address=address[:60]))


def _print(
    form: str,
    project: Project,
    links: Sequence[CitedLink],
    verdicts: Mapping[str, Verdict],
    faults: Sequence[Diagnostic],
    lang: str,
) -> None:
    match form:
        case "json":
            say_json({"links": records_of(links, verdicts), "diagnostics": as_json(faults, lang)})
        case "sarif":
            say_json(as_sarif(faults, lang))
        case "github":
            say_out(as_github(faults, lang), end="", commands=True)
        case _ if faults:
            quoted = texts_of(project.sources({each.span.path for each in faults if each.span}))
            tell(as_text(faults, quoted, lang, colour=has_colour()) + "\n")
        case _:
            pass
