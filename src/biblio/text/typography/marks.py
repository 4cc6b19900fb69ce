"""The quotation marks and apostrophes of other languages than the dossier's own, for the titles that are in them.

Nothing else of their typography is touched: the spaces and the dashes of a title are those of its title page.
"""

from __future__ import annotations

from collections.abc import Mapping

from biblio.text.typography.line import QUOTATION_OPENS
from biblio.text.typography.quotes import STRAIGHT, Marks, apostrophes, quotations
from biblio.text.typography.rule import Rule

CLDR = "CLDR, delimiters"

# Languages whose two outer marks are one character (Swedish, Finnish) are left as typed: which opens cannot be seen.
MARKS: Mapping[str, Marks] = {
    "ca": Marks(("«", "»"), ("“", "”")),
    "cs": Marks(("„", "“"), ("‚", "‘")),
    "da": Marks(("“", "”"), ("‘", "’")),
    "de": Marks(("„", "“"), ("‚", "‘")),
    "el": Marks(("«", "»"), ("“", "”")),
    "es": Marks(("«", "»"), ("“", "”")),
    "it": Marks(("«", "»"), ("“", "”")),
    "nb": Marks(("«", "»"), ("‘", "’")),
    "nl": Marks(("“", "”"), ("‘", "’")),
    "no": Marks(("«", "»"), ("‘", "’")),
    "pl": Marks(("„", "”"), ("«", "»")),
    "pt": Marks(("“", "”"), ("‘", "’")),
    "ro": Marks(("„", "”"), ("«", "»")),
    "ru": Marks(("«", "»"), ("„", "“")),
    "sk": Marks(("„", "“"), ("‚", "‘")),
    "sl": Marks(("„", "“"), ("‚", "‘")),
    "uk": Marks(("«", "»"), ("„", "“")),
}


def _rules(marks: Marks) -> tuple[Rule, ...]:
    (opens, closes), (inside, inside_closes) = marks.outer, marks.inner
    return (
        Rule(
            "quotations",
            f"straight marks become {opens} {closes}, and {inside} {inside_closes} inside a quotation",
            CLDR,
            ('A "b" c', f"A {opens}b{closes} c"),
            frozenset(STRAIGHT + QUOTATION_OPENS),
            quotations(marks),
        ),
        Rule("apostrophe", "' becomes ’ in a word", CLDR, ("l'a", "l’a"), frozenset("'"), apostrophes),
    )


RULES: Mapping[str, tuple[Rule, ...]] = {language: _rules(marks) for language, marks in MARKS.items()}
