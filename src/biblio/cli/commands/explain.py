"""The command ``explain``: what a code means, or all the codes."""

from __future__ import annotations

from typing import Annotated

import typer

from biblio.check.explanation import explain, explain_all
from biblio.check.finding import Safety
from biblio.cli.completion import complete_code
from biblio.cli.console import say_out
from biblio.cli.words import say
from biblio.words.faults import BiblioError, diagnose
from biblio.words.tables import faults


def explain_command(
    context: typer.Context,
    code: Annotated[str, typer.Argument(help="argument_code", autocompletion=complete_code)] = "",
) -> None:
    """Explains a code."""
    lang: str = context.obj
    if not code:
        for explained in explain_all(lang):
            fault = explained.fault
            say_out(f"{fault.code}  {fault.name:<28} {say(f'severity_{fault.severity}', lang)}")
        return
    if code.upper() not in faults():
        raise BiblioError(diagnose("E110", code=code))
    explained = explain(code.upper(), lang)
    fault = explained.fault
    parts = [f"{fault.code} {fault.name} ({say(f'severity_{fault.severity}', lang)})", explained.message]
    parts += [part for part in (explained.hint, *explained.paragraphs) if part]
    if explained.example:
        parts.append(
            f"{say('explain_example', lang)}\n" + "\n".join(f"  {line}" for line in explained.example.split("\n"))
        )
    if explained.safety is not Safety.NONE:
        parts.append(say(f"fix_{explained.safety}", lang))
    if not explained.default:
        parts.append(say("rule_on_request", lang, code=fault.code))
    say_out("\n\n".join(parts))
