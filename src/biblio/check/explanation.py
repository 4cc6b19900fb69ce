"""What a code means, for people: from the table of faults."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from biblio.check.finding import Safety
from biblio.check.table import RULES
from biblio.words.tables import Fault, faults, worded

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
    message, hint = shape(worded(fault.message, lang)), shape(worded(fault.hint, lang))
    rule = RULES.get(code)
    paragraphs = tuple(filter(None, worded(fault.why, lang).split("\n\n")))
    if rule is None:
        return Explanation(fault, message, hint, paragraphs, fault.example)
    return Explanation(fault, message, hint, paragraphs, fault.example, rule.safety, rule.default)


def explain_all(lang: str) -> Iterable[Explanation]:
    """Every code explained, in the order of the table."""
    return (explain(code, lang) for code in faults())


def shape(template: str) -> str:
    """A message with « … » for what is filled in."""
    return _PLACEHOLDER.sub(lambda match: {"{{": "{", "}}": "}"}.get(match.group(), "…"), template)
