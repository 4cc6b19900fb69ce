"""The command ``new-style``: starts a house's own style, from questions or options."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from biblio.cli.asking import ask
from biblio.cli.console import is_terminal, say_out
from biblio.cli.options import ProjectOption
from biblio.cli.selected import located
from biblio.cli.words import say
from biblio.document.tree import PAPERS
from biblio.dossier.kinds import DEFAULT_STYLE
from biblio.outputs.pdf.engine import read_font
from biblio.project.new_style import (
    COLOUR,
    FONTS,
    PAPER,
    StyleAnswers,
    create_style,
    read_asset,
    require_free_style,
)
from biblio.style.contrast import LEAST, colour_of
from biblio.words.faults import BiblioError, diagnose


def new_style_command(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="argument_new_style")],
    project: ProjectOption = Path(),
    title: Annotated[str, typer.Option("--title", help="option_style_title")] = "",
    colour: Annotated[str, typer.Option("--colour", "--color", help="option_colour")] = "",
    extends: Annotated[str, typer.Option("--extends", help="option_extends")] = "",
    paper: Annotated[str, typer.Option("--paper", help="option_paper")] = "",
    font: Annotated[list[Path] | None, typer.Option("--font", help="option_font")] = None,
    logo: Annotated[Path | None, typer.Option("--logo", help="option_logo")] = None,
) -> None:
    """Starts a style."""
    lang: str = context.obj
    found, _ = located(project, [])
    require_free_style(found, name)
    given = {"title": title, "colour": colour, "extends": extends, "paper": paper}
    if not (title.strip() and colour.strip()):
        if not is_terminal(sys.stdin):
            missing = [f"--{each}" for each in ("title", "colour") if not given[each].strip()]
            raise BiblioError(diagnose("E119", options=", ".join(missing)))
        given, font, logo = _asked(given, font, logo, lang)
    answers = StyleAnswers(
        given["title"].strip(),
        given["colour"],
        given["extends"].strip() or DEFAULT_STYLE,
        _paper(given["paper"]) or PAPER,
        tuple(font or ()),
        _family(font or ()),
        logo,
    )
    made = create_style(found, name, answers, lang)
    sentence = "new_style_kept" if made.is_kept else "new_style_changed"
    ratio = f"{made.contrast:.1f}"
    say_out(say(sentence, lang, asked=made.asked, ratio=ratio, least=f"{LEAST}", colour=made.colour))
    say_out(say("new_style_dark", lang, colour=made.dark))
    say_out(say("new_style_done", lang, folder=f"styles/{name}", name=name))


def _paper(typed: str) -> str:
    """A paper in the capitals that its name has; anything else as it is typed."""
    return next((paper for paper in PAPERS if paper.lower() == typed.strip().lower()), typed.strip())


def _family(fonts: Iterable[Path]) -> str:
    """What some fonts call themselves: the shortest of their names, which tells no weight (E208 where one has none)."""
    names: set[str] = set()
    for path in fonts:
        found = read_font(read_asset(path, FONTS)).families
        if not found:
            raise BiblioError(diagnose("E208", value=path.name, allowed=", ".join(FONTS)))
        names |= found
    return min(names, key=lambda name: (len(name), name), default="")


def _asked(
    given: dict[str, str], fonts: list[Path] | None, logo: Path | None, lang: str
) -> tuple[dict[str, str], list[Path] | None, Path | None]:
    """What was given, and an answer for each of the others; a colour that is none is asked for again."""
    defaults = {"title": None, "colour": COLOUR, "extends": DEFAULT_STYLE, "paper": PAPER}
    questions = {
        "title": say("ask_style_title", lang),
        "colour": say("ask_colour", lang),
        "extends": say("ask_extends", lang),
        "paper": say("ask_paper", lang, choices=", ".join(PAPERS)),
    }
    answers = dict(given)
    for name, question in questions.items():
        while not answers[name].strip():
            answer = ask(question, defaults[name], lang)
            if name == "colour" and not colour_of(answer):
                say_out(say("not_a_colour", lang, value=answer))
                continue
            answers[name] = answer
    if fonts is None:
        typed = ask(say("ask_fonts", lang), "", lang)
        fonts = [Path(each.strip()) for each in typed.split(",") if each.strip()]
    if logo is None:
        typed = ask(say("ask_logo", lang), "", lang).strip()
        logo = Path(typed) if typed else None
    return answers, fonts, logo
