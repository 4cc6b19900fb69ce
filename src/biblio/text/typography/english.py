"""English typography: curly quotation marks and apostrophes, and nothing else."""

from __future__ import annotations

from biblio.text.typography.line import QUOTATION_OPENS
from biblio.text.typography.quotes import STRAIGHT, Marks, apostrophes, quotations, single_quotations
from biblio.text.typography.rule import Rule

CSL = "CSL, locales-en-US"

RULES: tuple[Rule, ...] = (
    Rule(
        "quotations",
        "straight marks become “ ”, and ‘ ’ inside a quotation",
        CSL,
        ('A "health in all" city', "A “health in all” city"),
        frozenset(STRAIGHT + QUOTATION_OPENS),
        quotations(Marks(("“", "”"), ("‘", "’"))),
    ),
    Rule(
        "single-quotations",
        "single straight marks become ‘ ’",
        CSL,
        ("the 'inverse care law' today", "the ‘inverse care law’ today"),
        frozenset("'"),
        single_quotations,
    ),
    Rule(
        "apostrophe",
        "' becomes ’ in a word",
        CSL,
        ("Children's health: what works?", "Children’s health: what works?"),
        frozenset("'"),
        apostrophes,
    ),
)
