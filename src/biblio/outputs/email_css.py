"""Puts a style sheet onto the elements themselves, where every mail reader finds it: many drop ``<style>``.

The sheet may come from anybody. It is parsed (``tinycss2``), its selectors are matched as a browser would
(``cssselect2``), and what is kept is written anew and escaped: no declaration can end the attribute that it stands in,
nor name anything that would be fetched. At-rules, pseudo-elements and what is no CSS have no place on an element and
are left out. The markup is that of our own templates, in which ``<``, ``>`` and ``"`` are escaped where they are text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, SubElement

import cssselect2
import tinycss2
from tinycss2.serializer import serialize_identifier, serialize_string_value

_CLASS = re.compile(r' class="[^"]*"')
_CONDITIONAL = re.compile(r"(\[if [^\]>]*\]>)(.*)(<!\[endif\])", re.DOTALL)  # what one mail reader alone reads
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
# What would be fetched, or run, by some reader of the last thirty years.
_FETCHING = frozenset("url src image image-set -webkit-image-set cross-fade element paint expression attr".split())
_RUNNING = frozenset(("behavior", "-moz-binding"))

# A declaration as text, and whether it is marked as important.
_Declaration = tuple[str, bool]


def inlined(html: str, css: str) -> str:
    """The page with what the rules say of each element in its ``style``; no class is left."""
    return _styled(html, _matcher(css))


def _matcher(css: str) -> cssselect2.Matcher:
    """The rules of a sheet, each with its declarations."""
    matcher = cssselect2.Matcher()
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type != "qualified-rule":
            continue
        declarations = list(_declarations(rule.content))
        try:
            selectors = cssselect2.compile_selector_list(rule.prelude) if declarations else ()
        except (cssselect2.SelectorError, RecursionError):
            continue
        for selector in selectors:
            if selector.pseudo_element is None:
                matcher.add_selector(selector, declarations)
    return matcher


def _declarations(content: Sequence[tinycss2.ast.Node]) -> Iterator[_Declaration]:
    """The declarations of a block, written anew; without those that have no place in an e-mail."""
    for node in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if node.type != "declaration" or node.lower_name in _RUNNING or not _is_inert(node.value):
            continue
        try:
            value = " ".join(tinycss2.serialize(node.value).split())
        except RecursionError:  # brackets without end
            continue
        if value:
            important = " !important" if node.important else ""
            yield f"{serialize_identifier(node.name)}: {value}{important}", node.important


def _is_inert(value: Sequence[tinycss2.ast.Node]) -> bool:
    """Whether a value is CSS, and names nothing to fetch."""
    left = list(value)
    while left:
        token = left.pop()
        if token.type == "string":  # between single marks: the attribute is between double ones
            token.representation = f"'{serialize_string_value(token.value).replace(chr(39), chr(92) + chr(39))}'"
        if token.type in ("error", "url", "{} block") or getattr(token, "lower_name", "") in _FETCHING:
            return False
        left += getattr(token, "arguments", None) or getattr(token, "content", None) or ()
    return True


def _styled(html: str, matcher: cssselect2.Matcher) -> str:
    tree = _Tree(html)
    styles = {
        id(wrapper.etree_element): _style(wrapper, matcher)
        for wrapper in cssselect2.ElementWrapper.from_html_root(tree.root).iter_subtree()
    }
    pieces, position = [], 0
    for start, text, element in tree.found:
        pieces.append(html[position:start])
        if element is None:  # a comment for one mail reader: a page of its own
            pieces.append(_CONDITIONAL.sub(lambda part: part[1] + _styled(part[2], matcher) + part[3], text))
        else:
            style = styles[id(element)]
            bare = _CLASS.sub("", text).removesuffix(">")
            pieces.append(f'{bare} style="{_escaped(style)}">' if style else f"{bare}>")
        position = start + len(text)
    return "".join((*pieces, html[position:]))


def _style(element: cssselect2.ElementWrapper, matcher: cssselect2.Matcher) -> str:
    """What the rules say of an element: the last word has an important one, a more particular, a later."""
    found: Iterable[_Declaration] = (
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
