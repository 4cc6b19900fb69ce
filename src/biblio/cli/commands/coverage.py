"""The commands ``outline``, ``why``, ``coverage``, ``diff`` and ``new``: options, what they print, and exit codes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from biblio.build.earlier import editions
from biblio.build.pipeline import is_blocked
from biblio.citation import label_of
from biblio.cli.completion import complete_key, complete_slug
from biblio.cli.console import FOUND, has_colour, json_text, show, tell
from biblio.cli.options import JsonOption, ProjectOption
from biblio.collection.themes import Themes
from biblio.dossier.coverage import TABLES, THIN, Coverage, coverage, name_of
from biblio.dossier.coverage import lines as coverage_lines
from biblio.dossier.difference import Difference, Item, compare, field_name
from biblio.dossier.difference import lines as difference_lines
from biblio.dossier.outline import lines as outline_lines
from biblio.dossier.outline import outline
from biblio.dossier.select import Selection, select
from biblio.dossier.spec import KINDS
from biblio.dossier.why import Absence, Stand, Verdict, why
from biblio.dossier.why import lines as why_lines
from biblio.outputs.coverage_page import render_coverage
from biblio.project.new import KIND, Answers, create, faults_of, require_free, split_words
from biblio.project.overwrite import overwrite
from biblio.project.project import BUILD, DOSSIERS, Project, discover
from biblio.project.publish import publish
from biblio.reference.date import edtf
from biblio.reference.reference import Reference
from biblio.report.text import as_text
from biblio.text.harmless import printable
from biblio.text.inline import plain
from biblio.words.faults import BiblioError, Diagnostic, Parsed, Span, diagnose, in_order
from biblio.words.tables import Severity, say

SlugArgument = Annotated[str, typer.Argument(help="argument_slug", autocompletion=complete_slug)]


# --- outline ---------------------------------------------------------------------------------------------------------


def outline_command(
    context: typer.Context,
    slug: SlugArgument,
    project: ProjectOption = Path(),
    json_output: JsonOption = False,
) -> None:
    """Shows the sections of a dossier and their references, in the order of print."""
    lang: str = context.obj
    found = discover(project)
    selected = _selected(found, slug, lang)
    spec = selected.value.spec
    sections = outline(selected.value)
    if json_output:
        count = len(selected.value.references)
        records = [asdict(section) for section in sections]
        typer.echo(json_text({"slug": slug, "title": spec.title, "references": count, "sections": records}))
    else:
        _print(outline_lines(slug, spec.title, sections, lang))
    _end(selected.diagnostics)


# --- why -------------------------------------------------------------------------------------------------------------


def why_command(
    context: typer.Context,
    key: Annotated[str, typer.Argument(help="argument_key", autocompletion=complete_key)],
    dossier: Annotated[str, typer.Option("--dossier", help="option_dossier", autocompletion=complete_slug)] = "",
    project: ProjectOption = Path(),
    json_output: JsonOption = False,
) -> None:
    """Says where a reference stands, and why."""
    lang: str = context.obj
    found = discover(project)
    loaded = [found.dossier(slug) for slug in ([dossier] if dossier else found.slugs)]
    verdicts = why(found.opened.value, [each.value for each in loaded if each.value], found.themes.value, key)
    if verdicts.diagnostics:
        raise BiblioError(verdicts.diagnostics[0])
    unreadable = [fault for each in loaded if each.value is None for fault in each.diagnostics]
    show(unreadable, found, lang)
    if json_output:
        typer.echo(json_text([_verdict_record(verdict) for verdict in verdicts.value]))
    else:
        _print(why_lines(verdicts.value, lang))
    if unreadable:
        raise typer.Exit(FOUND)


def _verdict_record(verdict: Verdict) -> dict[str, Any]:
    return {
        "slug": verdict.slug,
        "title": verdict.title,
        "stands": [_stand_record(stand) for stand in verdict.stands],
        "absences": [_absence_record(absence) for absence in verdict.absences],
    }


def _stand_record(stand: Stand) -> dict[str, Any]:
    pin = _place(stand.pin) if stand.pin else None
    return {"section": stand.path, "how": stand.how, "full": stand.full, **_place(stand.span), "pin": pin}


def _absence_record(absence: Absence) -> dict[str, Any]:
    record = {"section": absence.path, "reason": absence.bar, **_place(absence.span)}
    details = {name: getattr(absence, name) or None for name in ("condition", "wanted", "has", "limit", "rank")}
    return {**record, **details}


def _place(span: Span) -> dict[str, Any]:
    return {"path": span.path, "line": span.line, "column": span.column}


# --- coverage --------------------------------------------------------------------------------------------------------


def coverage_command(
    context: typer.Context,
    slug: SlugArgument,
    project: ProjectOption = Path(),
    html: Annotated[Path | None, typer.Option("--html", help="option_html")] = None,
    thin: Annotated[int, typer.Option("--thin", min=0, help="option_thin")] = THIN,
    json_output: JsonOption = False,
) -> None:
    """Compares a dossier with the collection."""
    lang: str = context.obj
    found = discover(project)
    selected = _selected(found, slug, lang)
    themes = found.themes.value
    figures = coverage(found.opened.value, selected.value, themes, lang, thin)
    if json_output:
        typer.echo(json_text(_coverage_record(figures, themes, lang)))
    else:
        _print(coverage_lines(figures, themes, lang))
    if html is not None:
        overwrite(html, render_coverage(figures, themes, lang).encode())
    elif not json_output:
        name = f"{slug}.coverage.html"
        publish({name: render_coverage(figures, themes, lang).encode()}, found.root / BUILD, slug)
    if not json_output:
        typer.echo("\n" + say("coverage_written", lang, file=html or f"{BUILD}/{slug}.coverage.html"))
    _end(selected.diagnostics)


def _coverage_record(figures: Coverage, themes: Themes, lang: str) -> dict[str, Any]:
    """The figures for programs; a row whose name is not known has the name ``null``, and its label in words."""
    tables = {
        table: [
            {
                "name": row.name or None,
                "label": name_of(table, row.name, lang, themes),
                "placed": row.placed,
                "unplaced": row.unplaced,
            }
            for row in getattr(figures, table)
        ]
        for table in TABLES
    }
    return {
        "slug": figures.slug,
        "title": figures.title,
        "themes": {"basis": figures.basis, "slugs": figures.themes},
        "placed": len(figures.placed),
        "unplaced": [_reference_record(reference, lang) for reference in figures.unplaced],
        "open_share": figures.open_share,
        "sections": [asdict(section) for section in figures.sections],
        **tables,
        "without_annotation": [_reference_record(reference, lang) for reference in figures.bare],
    }


def _reference_record(reference: Reference, lang: str) -> dict[str, Any]:
    place = reference.origin.entry
    return {
        "citekey": reference.citekey,
        "title": plain(reference.title),
        "type": label_of(reference, lang),
        "issued": edtf(reference.issued) if reference.issued else None,
        "keywords": reference.keyword,
        "path": place.path,
        "line": place.line,
    }


# --- diff ------------------------------------------------------------------------------------------------------------


def diff_command(
    context: typer.Context,
    slug: SlugArgument,
    since: Annotated[str, typer.Option("--since", help="option_since")],
    project: ProjectOption = Path(),
    json_output: JsonOption = False,
) -> None:
    """Compares a dossier with an earlier edition."""
    lang: str = context.obj
    found = discover(project)
    selected = _selected(found, slug, lang)
    both = editions(found, selected.value, since, lang)
    difference = compare(both.old, both.new)
    if json_output:
        typer.echo(json_text(_difference_record(slug, both.since, difference, lang)))
    else:
        typer.echo(say("diff_title", lang, slug=slug, since=both.since))
        _print(difference_lines(difference, lang))
    _end(selected.diagnostics)


def _difference_record(slug: str, since: str, difference: Difference, lang: str) -> dict[str, Any]:
    return {
        "slug": slug,
        "since": since,
        "sections_compared": difference.sectioned,
        "added": [_item_record(item) for item in difference.added],
        "removed": [_item_record(item) for item in difference.removed],
        "moved": [{**_item_record(moved.item), "from": moved.old} for moved in difference.moved],
        "changed": [
            {
                **_item_record(changed.item),
                "fields": [{**asdict(field), "label": field_name(field.name, lang)} for field in changed.fields],
            }
            for changed in difference.changed
        ],
        "renamed": [{"from": was, "section": now} for was, now in difference.renamed],
    }


def _item_record(item: Item) -> dict[str, Any]:
    return {"citekey": item.citekey, "title": item.title, "section": item.section}


# --- new -------------------------------------------------------------------------------------------------------------


def new_command(
    context: typer.Context,
    slug: Annotated[str, typer.Argument(help="argument_new_slug")],
    project: ProjectOption = Path(),
    title: Annotated[str, typer.Option("--title", help="option_title")] = "",
    kind: Annotated[str, typer.Option("--kind", help="option_kind")] = "",
    theme: Annotated[list[str] | None, typer.Option("--theme", help="option_theme")] = None,
    date: Annotated[str, typer.Option("--date", help="option_date")] = "",
    publisher: Annotated[str, typer.Option("--publisher", help="option_publisher")] = "",
) -> None:
    """Starts a dossier."""
    lang: str = context.obj
    found = discover(project)
    require_free(found, slug)
    given = {"title": title, "kind": kind, "theme": ",".join(theme or ()), "date": date, "publisher": publisher}
    missing = [name for name in ("title", "date", "publisher") if not given[name].strip()]
    if missing and not typer.get_text_stream("stdin").isatty():
        raise BiblioError(diagnose("E119", options=", ".join(f"--{name}" for name in missing)))
    if missing:
        given = _asked(found, slug, given, lang)
    create(found, slug, _answers(given, lang))
    typer.echo(say("new_done", lang, file=f"{DOSSIERS}/{slug}.yaml", slug=slug))


def _asked(project: Project, slug: str, given: Mapping[str, str], lang: str) -> dict[str, str]:
    """What was given, and an answer for each of the others; one that is faulty is asked for again."""
    publishers = Counter(spec.publisher for each in project.slugs if (spec := project.dossier(each).value))
    defaults = {
        "title": None,
        "kind": KIND,
        "theme": "",
        "date": datetime.now().astimezone().date().isoformat(),
        "publisher": publishers.most_common(1)[0][0] if publishers else None,
    }
    questions = {
        "title": say("ask_title", lang),
        "kind": say("ask_kind", lang, choices=", ".join(KINDS)),
        "theme": say("ask_themes", lang, choices=", ".join(project.themes.value.slugs) or "–"),
        "date": say("ask_date", lang),
        "publisher": say("ask_publisher", lang),
    }
    answers = dict(given)
    for name, question in questions.items():
        while not answers[name].strip():
            answer = _ask(question, defaults[name], lang)
            trial = {"title": "–", "date": "2000", "publisher": "–", "kind": "", "theme": "", name: answer}
            wrong = faults_of(project, slug, _answers(trial, lang))
            if wrong:
                tell(as_text(wrong, {}, lang, colour=has_colour()))
                continue
            answers[name] = answer
            if name == "theme":  # nothing is an answer there
                break
    return answers


def _ask(question: str, default: str | None, lang: str) -> str:
    prompt = say("ask", lang, question=question, default=f" [{default}]" if default else "")
    try:
        answer: str = typer.prompt(prompt, default=default, show_default=False, prompt_suffix=" ", err=True)
    except typer.Abort as error:  # Ctrl-C or Ctrl-D
        raise KeyboardInterrupt from error
    return answer


def _answers(given: Mapping[str, str], lang: str) -> Answers:
    return Answers(
        given["title"],
        given["date"],
        given["publisher"],
        given["kind"].strip() or KIND,
        split_words([given["theme"]]),
        lang,
    )


# --- what they share -------------------------------------------------------------------------------------------------


def _selected(project: Project, slug: str, lang: str) -> Parsed[Selection]:
    """The selection of a dossier, whose faults are shown; the command ends when its spec cannot be read."""
    loaded = project.dossier(slug)
    if loaded.value is None:
        show(loaded.diagnostics, project, lang)
        raise typer.Exit(FOUND)
    library, themes = project.opened, project.themes
    selected = select(library.value, loaded.value, themes.value, partial(label_of, lang=loaded.value.lang))
    broken = [each for each in library.diagnostics if each.severity is Severity.ERROR]
    found = in_order((*loaded.diagnostics, *themes.diagnostics, *broken, *selected.diagnostics))
    show(found, project, lang)
    return replace(selected, diagnostics=found)


def _print(lines: Iterable[str]) -> None:
    """Prints lines with words of the user's files in them, without what would play tricks on a terminal."""
    for line in lines:
        typer.echo(printable(line))


def _end(diagnostics: Iterable[Diagnostic]) -> None:
    """Ends with 1 when there were errors: what was printed is then of a part of the dossier."""
    if is_blocked(tuple(diagnostics), strict=False):
        raise typer.Exit(FOUND)
