"""Variables of style sheets that have one value, put in their places before the engine sees them.

The engine looks a variable up, and reads what it stands for, anew for every element that a rule dresses. Where a
variable is declared for the whole page alone, that is the same each time (CSS Custom Properties § 2: it is inherited by
every element from the root).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from biblio.style.style import Sheet

_COMMENT_OR_TEXT = re.compile(r"/\*.*?(?:\*/|\Z)|\"(?>(?:[^\"\\\n]|\\.)*)\"?|'(?>(?:[^'\\\n]|\\.)*)'?", re.DOTALL)
_ROOT = re.compile(r":root\s*\{([^{}]*)\}")
_DECLARED = re.compile(r"(?<![\w-])(?P<name>--[\w-]++)\s*+:(?P<value>[^;{}]*)")
_USED = re.compile(r"var\(\s*(--[\w-]+)\s*\)")
# What stands in the place of comments and texts, which are left out of account.
_MARK = "\0"
_PLAIN = re.compile(r"\A[^\0!]+\Z")
# Values that lead to each other in a circle are left to the engine, which finds them invalid.
_DEEPEST = 8
_LONGEST = 200


def resolved(sheets: Sequence[Sheet]) -> tuple[Sheet, ...]:
    """The sheets with the values of such variables, each in its place: what stands where does not change.

    A value that is longer than what names it stays a variable: messages tell lines and columns of what was typed.
    """
    bare = [_COMMENT_OR_TEXT.sub(_mark, sheet.css) for sheet in sheets]
    values = _values(bare)
    return tuple(replace(sheet, css=_filled(sheet.css, css, values)) for sheet, css in zip(sheets, bare, strict=True))


def _values(sheets: Sequence[str]) -> Mapping[str, str]:
    """What the variables stand for that are declared on the root alone, under no condition; the last one counts."""
    everywhere = Counter(name for css in sheets for name, _ in _DECLARED.findall(css))
    at_root = [declared for css in sheets for rule in _root_rules(css) for declared in _DECLARED.findall(rule)]
    counted = Counter(name for name, _ in at_root)
    values = {name: value.strip() for name, value in at_root if counted[name] == everywhere[name]}
    known = {name: value for name, value in values.items() if _PLAIN.search(value)}
    for _ in range(_DEEPEST):
        known = _one_step(known)
    return {name: value for name, value in known.items() if "var(" not in value and "\n" not in value}


def _root_rules(css: str) -> Iterator[str]:
    """What is between the braces of each rule of the root that stands in no other rule."""
    depth = end = 0
    for rule in _ROOT.finditer(css):
        between = css[end : rule.start()]  # what is before has been counted
        depth += between.count("{") - between.count("}")
        if depth == 0 and (between.rstrip()[-1:] or "}") in "};":
            yield rule[1]
        end = rule.end()


def _one_step(known: Mapping[str, str]) -> dict[str, str]:
    """Each value with those that it names, but for what grows too long to be put anywhere."""
    stepped = {name: _USED.sub(lambda used: known.get(used[1], used[0]), value) for name, value in known.items()}
    return {name: value for name, value in stepped.items() if len(value) <= _LONGEST}


def _filled(css: str, bare: str, values: Mapping[str, str]) -> str:
    """The sheet with values in the place of their names, as wide as these."""
    parts: list[str] = []
    end = 0
    for used in _USED.finditer(bare):
        value = values.get(used[1], "")
        if value and len(value) <= len(used[0]):
            parts += (css[end : used.start()], value.ljust(len(used[0])))
            end = used.end()
    return "".join((*parts, css[end:]))


def _mark(found: re.Match[str]) -> str:
    """As many marks as characters; those of a comment are blanks, between tokens as it is."""
    return " " * len(found[0]) if found[0].startswith("/*") else _MARK * len(found[0])
