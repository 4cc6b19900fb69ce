"""What a code means, for people: from the rule's docstring in English, from the catalogue in French."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable
from dataclasses import dataclass

from biblio.check.finding import Safety
from biblio.check.table import RULES
from biblio.words.tables import Fault, faults

_PLACEHOLDER = re.compile(r"\{\{|\}\}|\{[a-z_]+\}")


@dataclass(frozen=True, slots=True)
class Explanation:
    """One code explained in one language.

    ``paragraphs`` say what the fault is and why it matters; ``example`` is faulty on purpose, and may be empty for the
    codes that no rule of this package gives. ``default`` says whether the rule runs without being selected.
    """

    fault: Fault
    message: str
    hint: str
    paragraphs: tuple[str, ...]
    example: str = ""
    safety: Safety = Safety.NONE
    default: bool = True


def explain(code: str, lang: str) -> Explanation:
    """The explanation of a code. An unknown code is a bug and raises ``KeyError``."""
    fault = faults()[code]
    message, hint = shape(fault.message[lang]), shape(fault.hint.get(lang, ""))
    rule = RULES.get(code)
    if rule is None:
        why = fault.why.get(lang)
        return Explanation(fault, message, hint, (why,) if why else (), fault.example)
    what, example = _sections(rule.check)
    if lang != "en":
        what = (fault.why[lang],)
    return Explanation(fault, message, hint, what, example, rule.safety, rule.default)


def explain_all(lang: str) -> Iterable[Explanation]:
    """Every code explained, in the order of the catalogue."""
    return (explain(code, lang) for code in faults())


def shape(template: str) -> str:
    """A message with « … » for what is filled in."""
    return _PLACEHOLDER.sub(lambda match: {"{{": "{", "}}": "}"}.get(match.group(), "…"), template)


def _sections(check: object) -> tuple[tuple[str, ...], str]:
    """The paragraphs of a docstring, each on one line, and its example with its own lines."""
    text, _, example = (inspect.getdoc(check) or "").partition("\n\nExample:\n")
    paragraphs = tuple(re.sub(r"\s*\n\s*", " ", part).replace("``", "`") for part in text.split("\n\n"))
    return paragraphs, inspect.cleandoc(example)
