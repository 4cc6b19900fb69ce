"""The sheet of an e-mail, read: the rules that may stand on elements, and what has no place there (W118, W119).

A sheet may come from anybody. It is parsed (``tinycss2``) and what is kept is written anew, so that no declaration can
end the attribute that it will stand in, nor name anything that would be fetched. At-rules and pseudo-elements have no
place on an element, but for one: what is between ``@media (prefers-color-scheme: dark)`` is kept apart, for the mail
readers that look at a sheet. Whatever is left out is told, at its place.

Source: CSS Syntax Module Level 3 (W3C).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import cssselect2
import tinycss2
from tinycss2.serializer import serialize_identifier, serialize_string_value

from biblio.style.sheet_text import parsable
from biblio.words.faults import Diagnostic, Parsed, Span, diagnose

# What would be fetched, or run, by some reader of the last thirty years.
_FETCHING = frozenset(
    "url src image image-set -webkit-image-set cross-fade element paint expression attr alphaimageloader".split()
)
_RUNNING = frozenset(("behavior", "-moz-binding", "-o-link"))
MOST = 100  # faults of a sheet
_SHOWN = 40  # characters of what is left out
_LINE_END = re.compile(r"\r\n?|\f")  # of CSS, beside a line feed

# A declaration as text, and whether it is marked as important.
Declaration = tuple[str, bool]


@dataclass(frozen=True, slots=True)
class EmailRule:
    """A selector, compiled, and the declarations that it gives to what it matches.

    ``written`` is the selector as text; ``dark`` is for a screen whose reader has chosen dark colours.
    """

    selector: cssselect2.compiler.CompiledSelector
    declarations: Sequence[Declaration]
    written: str = ""
    dark: bool = False


@lru_cache(maxsize=8)  # a style is loaded for each of its dossiers
def read_sheet(css: str, path: str) -> Parsed[tuple[EmailRule, ...]]:
    """The rules of a sheet in their order; what is not CSS is a fault (W118), and so is what has no place (W119).

    Of faults, the first ``MOST`` are told.
    """
    css = parsable(_LINE_END.sub("\n", css))
    lines = css.split("\n")
    rules: list[EmailRule] = []
    told: list[Diagnostic] = []
    for part in _parts(css):
        if isinstance(part, EmailRule):
            rules.append(part)
        elif len(told) < MOST:
            told.append(_fault(*part, lines, path))
    return Parsed(tuple(rules), tuple(told))


def _parts(css: str) -> Iterator[EmailRule | tuple[tinycss2.ast.Node, bool]]:
    """The rules, and what is left out of the sheet, with whether it is CSS at least."""
    yield from _rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), dark=False)


def _rules(rules: Sequence[tinycss2.ast.Node], *, dark: bool) -> Iterator[EmailRule | tuple[tinycss2.ast.Node, bool]]:
    for rule in rules:
        if not dark and _is_for_the_dark(rule):
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            yield from _rules(inner, dark=True)
            continue
        if rule.type != "qualified-rule":
            yield rule, _is_sound(rule)
            continue
        parsed = list(_declarations(rule.content))
        yield from ((each, _is_sound(each)) for each in parsed if not isinstance(each, tuple))
        declarations = [each for each in parsed if isinstance(each, tuple)]
        try:
            selectors = cssselect2.compile_selector_list(rule.prelude)
        # AttributeError: the library looks behind the end of a selector that « | » ends (cssselect2 0.10).
        except (cssselect2.SelectorError, RecursionError, AttributeError):
            yield rule, False
            continue
        if any(selector.pseudo_element is not None for selector in selectors):
            yield rule, True
        written = " ".join(tinycss2.serialize(rule.prelude).split())
        kept = (each for each in selectors if each.pseudo_element is None)
        yield from (EmailRule(each, declarations, written, dark) for each in kept)


def _is_for_the_dark(rule: tinycss2.ast.Node) -> bool:
    """Whether a rule holds those of dark colours."""
    return (
        rule.type == "at-rule"
        and rule.lower_at_keyword == "media"
        and rule.content is not None
        and "".join(tinycss2.serialize(rule.prelude).split()).lower() == "(prefers-color-scheme:dark)"
    )


def _declarations(content: Sequence[tinycss2.ast.Node]) -> Iterator[Declaration | tinycss2.ast.Node]:
    """The declarations of a block, written anew; as they were parsed, those that are none or have no place."""
    for node in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        written = _written(node) if node.type == "declaration" else None
        yield node if written is None else written


def _written(node: tinycss2.ast.Declaration) -> Declaration | None:
    """A declaration as text; ``None`` for one that cannot be kept."""
    if node.lower_name in _RUNNING or not (_is_css(node.value) and _is_inert(node.value)):
        return None
    try:
        value = " ".join(tinycss2.serialize(node.value).split())
    except RecursionError:  # brackets without end
        return None
    important = " !important" if node.important else ""
    return (f"{serialize_identifier(node.name)}: {value}{important}", node.important) if value else None


def _is_sound(node: tinycss2.ast.Node) -> bool:
    """Whether something that is left out is CSS, and has only no place on an element."""
    if node.type != "declaration":
        return node.type in ("at-rule", "qualified-rule")
    return any(token.type != "whitespace" for token in node.value) and _is_css(node.value)


def _fault(node: tinycss2.ast.Node, sound: bool, lines: Sequence[str], path: str) -> Diagnostic:
    """A fault, with what its line says; the whole of it where the parser names the place at which it gave up."""
    line = lines[node.source_line - 1].rstrip()
    text = line.strip() if node.type == "error" else line[node.source_column - 1 :]
    shown = text if len(text) <= _SHOWN else text[:_SHOWN].rstrip() + "…"
    span = Span(path, node.source_line, node.source_column, 1 if node.type == "error" else max(1, len(text)))
    return diagnose("W119", span, text=shown) if sound else diagnose("W118", span, text=shown)


def _tokens(value: Sequence[tinycss2.ast.Node]) -> Iterator[tinycss2.ast.Node]:
    """Every token of a value, with those in brackets."""
    left = list(value)
    while left:
        token = left.pop()
        yield token
        left += getattr(token, "arguments", None) or getattr(token, "content", None) or ()


def _is_css(value: Sequence[tinycss2.ast.Node]) -> bool:
    """Whether a value has no token that is none of CSS, nor a block of declarations in it."""
    return all(token.type not in ("error", "{} block") for token in _tokens(value))


def _is_inert(value: Sequence[tinycss2.ast.Node]) -> bool:
    """Whether a value names nothing to fetch; its strings are put between single marks, for an attribute has others."""
    for token in _tokens(value):
        if token.type == "string":
            token.representation = f"'{serialize_string_value(token.value).replace(chr(39), chr(92) + chr(39))}'"
        if token.type == "url" or getattr(token, "lower_name", "") in _FETCHING:
            return False
    return True
