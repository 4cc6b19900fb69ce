"""S1: what of a style sheet is not CSS, which browsers and the layout engine leave aside without a word of where.

Source: CSS Syntax Module Level 3 (W3C).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

import tinycss2

from biblio.check.finding import Finding, at
from biblio.check.rules.printing import Sheet
from biblio.words.faults import Span

MOST = 100  # findings of a sheet
LONGEST = 1_000_000  # characters of a sheet that is looked at: nobody typed more
_SHOWN = 40  # characters of what is not CSS
_OF_RULES = frozenset("container document keyframes layer media scope starting-style supports".split())


def not_css(sheet: Sheet) -> Iterator[Finding]:
    """A style sheet has a declaration or a rule that is not CSS. The sheet of e-mails is read with the style (W118)."""
    if sheet.path.endswith("/email.css") or len(sheet.css) > LONGEST:
        return
    for line, column, shown in _places(sheet.css):
        yield at(Span(sheet.path, line, column), text=shown)


@lru_cache(maxsize=32)  # several styles of a project extend one
def _places(css: str) -> tuple[tuple[int, int, str], ...]:
    """The lines and columns of what is not CSS in a sheet, each with what stands there."""
    lines = css.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n")
    parsed = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    found = []
    for node in islice(_broken(parsed), MOST):
        line = lines[node.source_line - 1].rstrip()
        text = line.strip() if node.type == "error" else line[node.source_column - 1 :]
        shown = text if len(text) <= _SHOWN else text[:_SHOWN].rstrip() + "…"
        found.append((node.source_line, node.source_column, shown))
    return tuple(found)


def _broken(nodes: Sequence[tinycss2.ast.Node]) -> Iterator[tinycss2.ast.Node]:
    """The nodes that are not CSS, at any depth, in their order."""
    left = list(reversed(nodes))
    while left:
        node = left.pop()
        if node.type == "error" or (node.type == "declaration" and not _is_css(node)):
            yield node
        elif node.type == "at-rule" and node.content is not None and node.lower_at_keyword in _OF_RULES:
            left += reversed(tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True))
        elif node.type in ("at-rule", "qualified-rule") and node.content is not None:
            left += reversed(tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True))


def _is_css(node: tinycss2.ast.Declaration) -> bool:
    """Whether a declaration has a value, and no token in it that is none of CSS."""
    if node.name.startswith("--"):
        return True
    left = list(node.value)
    if all(token.type == "whitespace" for token in left):
        return False
    while left:
        token = left.pop()
        if token.type == "error":
            return False
        left += getattr(token, "arguments", None) or getattr(token, "content", None) or ()
    return True
