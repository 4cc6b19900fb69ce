"""German typography: its quotation marks, and the no-break spaces of abbreviations and numbers."""

from __future__ import annotations

from biblio.text.typography import marks
from biblio.text.typography.options import Typography
from biblio.text.typography.rule import GAP, NBSP, Rule, spaces

DUDEN = "Duden, Textverarbeitung"


def _no_break(options: Typography) -> str:
    return NBSP


RULES: tuple[Rule, ...] = (
    *marks.RULES["de"],
    Rule(
        "abbreviation",
        "a no-break space after S., Bd., Nr., Kap. … before a number",
        DUDEN,
        ("Bd. 3, Nr. 5, S. 12-15", "Bd.\u00a03, Nr.\u00a05, S.\u00a012-15"),
        frozenset("."),
        spaces(rf"(?<!\w)(?:S|Bd|Nr|Bl|Taf|Art|Kap|Abb|Tab|H)\.({GAP}+)(?=\d)", _no_break),
    ),
    Rule(
        "initials",
        "a no-break space inside z. B., d. h., u. a., v. Chr.",
        DUDEN,
        ("z. B. um 44 v. Chr.", "z.\u00a0B. um 44 v.\u00a0Chr."),
        frozenset("."),
        spaces(rf"(?<!\w)(?:[zi]\.({GAP}+)(?=[BT]\.)|[duo]\.({GAP}+)(?=[haJSO]\.)|v\.({GAP}+)(?=Chr\.))", _no_break),
    ),
    Rule(
        "extent",
        "a no-break space between a number and S., or the name of a month behind its day",
        DUDEN,
        ("am 4. Juni, 132 S.", "am 4.\u00a0Juni, 132\u00a0S."),
        frozenset("S."),
        spaces(
            rf"(?<!\d)\d{{1,2}}\.({GAP}+)(?=[JFMASOND][a-zä]{{2,8}}\b)|\d({GAP}+)(?=S\.(?!{GAP}*[A-ZÄÖÜ]))", _no_break
        ),
    ),
    Rule(
        "sign",
        "a no-break space between a number and % or €, and behind §",
        DUDEN,
        ("§ 20: 6 % von 15 €", "§\u00a020: 6\u00a0% von 15\u00a0€"),
        frozenset("%€§"),
        spaces(rf"\d({GAP}+)(?=[%€])|§({GAP}+)(?=\d)", _no_break),
    ),
)
