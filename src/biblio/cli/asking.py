"""Asks a question on the terminal, for the commands that start something from answers."""

from __future__ import annotations

import typer

from biblio.cli.words import say
from biblio.text.harmless import harmless


def ask(question: str, default: str | None, lang: str) -> str:
    """The answer, or the default where nothing is typed. Raises ``KeyboardInterrupt`` when who is asked leaves."""
    prompt = harmless(say("ask", lang, question=question, default=f" [{default}]" if default else ""))
    try:
        answer: str = typer.prompt(prompt, default=default, show_default=False, prompt_suffix=" ", err=True)
    except typer.Abort as error:  # Ctrl-C or Ctrl-D
        raise KeyboardInterrupt from error
    return answer
