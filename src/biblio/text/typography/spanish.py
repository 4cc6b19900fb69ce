"""Spanish typography: its quotation marks, and the no-break spaces of numbers.

The opening ¿ and ¡ are letters of the text, which only its author can type.
"""

from __future__ import annotations

from biblio.text.typography import marks
from biblio.text.typography.options import Typography
from biblio.text.typography.rule import GAP, NBSP, Rule, spaces

RAE = "Real Academia Española, Ortografía de la lengua española (2010)"


def _no_break(options: Typography) -> str:
    return NBSP


RULES: tuple[Rule, ...] = (
    *marks.RULES["es"],
    Rule(
        "abbreviation",
        "a no-break space after p., pp., vol., n.º … before a number",
        RAE,
        ("vol. 3, n.º 5, pp. 12-15", "vol.\u00a03, n.º\u00a05, pp.\u00a012-15"),
        frozenset("."),
        spaces(rf"(?<!\w)(?i:pp?|vol|t|núm|art|cap|fig|n)\.º?({GAP}+)(?=\d)", _no_break),
    ),
    Rule(
        "extent",
        "a no-break space between a number of pages and p.",
        RAE,
        ("2016, 132 p.", "2016, 132\u00a0p."),
        frozenset("p"),
        spaces(rf"\d(?<!\d\d\d\d)({GAP}+)(?=p\.(?!{GAP}*\w))", _no_break),
    ),
    Rule(
        "sign",
        "a no-break space between a number and % or €",
        RAE,
        ("un 6 % de 15 €", "un 6\u00a0% de 15\u00a0€"),
        frozenset("%€"),
        spaces(rf"\d({GAP}+)(?=[%€])", _no_break),
    ),
)
