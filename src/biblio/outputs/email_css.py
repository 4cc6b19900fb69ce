"""Puts a style sheet onto the elements themselves, where every mail reader finds it: many drop ``<style>``.

What is for dark colours alone cannot stand there: it goes to the head, and is lost where heads are dropped.

What may stand there is settled where the sheet is read (``style/email_sheet.py``); its selectors are matched as a
browser would (``cssselect2``), and declarations are escaped. The markup is that of our own templates, in which ``<``,
``>`` and ``"`` are escaped where they are text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, SubElement

import cssselect2

from biblio.style.email_sheet import Declaration, EmailRule, read_sheet

_CLASS = re.compile(r' class="([^"]*)"')
_NAMED = re.compile(r"\.([\w-]+)")
_IMPORTANT = " !important"
_CONDITIONAL = re.compile(r"(\[if [^\]>]*\]>)(.*)(<!\[endif\])", re.DOTALL)  # what one mail reader alone reads
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


def inlined(html: str, css: str) -> str:
    """The page with what the rules say of each element in its ``style``.

    The rules of dark colours stand in the head, for the mail readers that look there; the classes that they name are
    left, and no others.
    """
    rules = read_sheet(css, "").value
    dark = list(dict.fromkeys((rule.written, tuple(rule.declarations)) for rule in rules if rule.dark))
    kept = frozenset(name for selector, _ in dark for name in _NAMED.findall(selector))
    styled = _styled(html, _matcher(rule for rule in rules if not rule.dark), kept)
    return styled.replace("</head>", f"{_sheet_of(dark)}</head>", 1) if dark else styled


def _sheet_of(rules: Iterable[tuple[str, tuple[Declaration, ...]]]) -> str:
    """The rules of dark colours as an element of the head; they must outweigh what stands on the elements."""
    lines = [
        f"{selector} {{ {'; '.join(f'{text.removesuffix(_IMPORTANT)}{_IMPORTANT}' for text, _ in declarations)} }}"
        for selector, declarations in rules
    ]
    sheet = "\n".join(("@media (prefers-color-scheme: dark) {", *lines, "}")).replace("</", "<\\/")
    return f"<style>\n{sheet}\n</style>\n"


def _matcher(rules: Iterable[EmailRule]) -> cssselect2.Matcher:
    """What finds the rules of an element."""
    matcher = cssselect2.Matcher()
    for rule in rules:
        matcher.add_selector(rule.selector, rule.declarations)
    return matcher


def _styled(html: str, matcher: cssselect2.Matcher, kept: frozenset[str]) -> str:
    def left(match: re.Match[str]) -> str:
        names = " ".join(name for name in match[1].split() if name in kept)
        return f' class="{names}"' if names else ""

    tree = _Tree(html)
    styles = {
        id(wrapper.etree_element): _style(wrapper, matcher)
        for wrapper in cssselect2.ElementWrapper.from_html_root(tree.root).iter_subtree()
    }
    pieces, position = [], 0
    for start, text, element in tree.found:
        pieces.append(html[position:start])
        if element is None:  # a comment for one mail reader: a page of its own
            pieces.append(_CONDITIONAL.sub(lambda part: part[1] + _styled(part[2], matcher, kept) + part[3], text))
        else:
            style = styles[id(element)]
            bare = _CLASS.sub(left, text).removesuffix(">")
            pieces.append(f'{bare} style="{_escaped(style)}">' if style else f"{bare}>")
        position = start + len(text)
    return "".join((*pieces, html[position:]))


def _style(element: cssselect2.ElementWrapper, matcher: cssselect2.Matcher) -> str:
    """What the rules say of an element: the last word has an important one, a more particular, a later."""
    found: Iterable[Declaration] = (
        each
        for *_, declarations in sorted(matcher.match(element), key=lambda match: match[:2])
        for each in declarations
    )
    return "; ".join(text for text, _ in sorted(found, key=lambda each: each[1]))


def _escaped(text: str) -> str:
    """A text in an attribute between double quotation marks."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


class _Tree(HTMLParser):
    """The elements of a page, and where each start tag and each conditional comment stands in it."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.root = Element("document")
        self.found: list[tuple[int, str, Element | None]] = []
        self._open = [self.root]
        self._lines = [0, *(match.end() for match in re.finditer("\n", html))]
        self.feed(html)
        self.close()

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = SubElement(self._open[-1], tag, {name: value or "" for name, value in attrs})
        self.found.append((self._offset(), self.get_starttag_text() or "", element))
        if tag not in _VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        depth = next((at for at in range(len(self._open) - 1, 0, -1) if self._open[at].tag == tag), 0)
        if depth:
            del self._open[depth:]

    def handle_comment(self, data: str) -> None:
        if _CONDITIONAL.fullmatch(data):
            self.found.append((self._offset() + len("<!--"), data, None))
