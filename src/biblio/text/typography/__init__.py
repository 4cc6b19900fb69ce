"""Micro-typography: sets the spaces, quotation marks and apostrophes of a tree by the language of each of its parts.

The rules work on ``Text`` leaves only. ``Verbatim`` nodes, the targets of links, links that show an address, and the
addresses, identifiers, times and ratios in running text are never touched (``protected``). A rule sees a paragraph as
one line (``line``), so that a space or a quotation mark is set by its neighbours in whatever node they stand. The
tables of rules are ``french.RULES``, one for each variety, ``english.RULES``, ``spanish.RULES``, ``german.RULES``; of
other languages ``marks`` has the quotation marks.
"""

from __future__ import annotations

from biblio.text.inline import Rich
from biblio.text.typography import english, french, german, marks, spanish
from biblio.text.typography.line import Line
from biblio.text.typography.options import Typography
from biblio.text.typography.rule import Rule

__all__ = ["RULES", "Typography", "typeset"]

RULES: dict[str, tuple[Rule, ...]] = {
    **marks.RULES,
    **french.RULES,
    "en": english.RULES,
    "es": spanish.RULES,
    "de": german.RULES,
}


def typeset(rich: Rich, lang: str, options: Typography) -> Rich:
    """One paragraph with the typography of its language, ``lang`` (BCP 47), and of the languages named inside it.

    Languages without rules stay as they are, as do their ``Quoted`` nodes; where there are rules, a ``Quoted`` node
    becomes its children between marks. Typesetting again changes nothing.
    """
    line = Line(RULES.keys())
    line.add(rich, lang)
    for language in sorted(line.spoken):
        _apply(line, language, RULES[language], options)
    return line.tree() if line.changed else rich


def _apply(line: Line, language: str, rules: tuple[Rule, ...], options: Typography) -> None:
    view = line.view(language)
    present = set(view)
    for rule in rules:
        if rule.needs.isdisjoint(present):
            continue
        edits = tuple(rule.edits(view, options))
        if edits:
            line.apply(edits)
            view = line.view(language)
            present = set(view)
