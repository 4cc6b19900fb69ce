"""The command ``new``: starts a dossier, from questions or options."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from biblio.cli.asking import ask
from biblio.cli.completion import complete_kind, complete_theme
from biblio.cli.console import has_colour, is_terminal, say_out, tell
from biblio.cli.options import ProjectOption
from biblio.cli.selected import located
from biblio.cli.words import say
from biblio.dossier.kinds import KINDS
from biblio.project.new import KIND, Answers, create, faults_of, require_free, split_words
from biblio.project.project import DOSSIERS, Project
from biblio.report.text import as_text
from biblio.words.faults import BiblioError, diagnose


def new_command(
    context: typer.Context,
    slug: Annotated[str, typer.Argument(help="argument_new_slug")],
    project: ProjectOption = Path(),
    title: Annotated[str, typer.Option("--title", help="option_title")] = "",
    kind: Annotated[str, typer.Option("--kind", help="option_kind", autocompletion=complete_kind)] = "",
    theme: Annotated[
        list[str] | None, typer.Option("--theme", help="option_theme", autocompletion=complete_theme)
    ] = None,
    date: Annotated[str, typer.Option("--date", help="option_date")] = "",
    publisher: Annotated[str, typer.Option("--publisher", help="option_publisher")] = "",
) -> None:
    """Starts a dossier."""
    lang: str = context.obj
    found, (slug,) = located(project, [slug])
    require_free(found, slug)
    given = {"title": title, "kind": kind, "theme": ",".join(theme or ()), "date": date, "publisher": publisher}
    missing = [name for name in ("title", "date", "publisher") if not given[name].strip()]
    if missing and not is_terminal(sys.stdin):
        raise BiblioError(diagnose("E119", options=", ".join(f"--{name}" for name in missing)))
    if missing:
        given = _asked(found, slug, given, lang)
    create(found, slug, _answers(given, lang))
    say_out(say("new_done", lang, file=f"{DOSSIERS}/{slug}.yaml", slug=slug))


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
            answer = ask(question, defaults[name], lang)
            trial = {"title": "–", "date": "2000", "publisher": "–", "kind": "", "theme": "", name: answer}
            wrong = faults_of(project, slug, _answers(trial, lang))
            if wrong:
                tell(as_text(wrong, {}, lang, colour=has_colour()))
                continue
            answers[name] = answer
            if name == "theme":  # nothing is an answer there
                break
    return answers


def _answers(given: Mapping[str, str], lang: str) -> Answers:
    return Answers(
        given["title"],
        given["date"],
        given["publisher"],
        given["kind"].strip() or KIND,
        split_words([given["theme"]]),
        lang,
    )
