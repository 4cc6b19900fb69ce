"""The tags of a page that say something of it: its values by name, and the texts of some elements. Nothing is run."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from biblio.formats.text import decode_bytes
from biblio.online.metadata.values import flat

MOST = 3_000_000  # characters
_MOST_VALUES = 500  # of one name
_MOST_TAGS, _MOST_SCRIPTS = 20_000, 20
_TAG = re.compile(
    r"<(meta|span|link|html|title|script)\b((?:[^<>\"']|\"[^\"]{0,60000}\"|'[^']{0,60000}')*)>", re.IGNORECASE
)
_ATTRIBUTE = re.compile(
    r"(?<![a-z0-9:._-])([a-z][a-z0-9:._-]*+)\s*+=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>=]+))", re.IGNORECASE
)
_CHARSET = re.compile(rb"<meta[^<>]{0,200}charset\s*=\s*[\"']?([\w-]{2,40})", re.IGNORECASE)


@dataclass(slots=True)
class PageTags:
    """What stands in the tags of a page: its values by name, in lower case, and the texts of some elements."""

    values: dict[str, list[str]] = field(default_factory=dict)
    coins: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    title: str = ""
    language: str = ""
    canonical: str = ""

    def all(self, *names: str) -> list[str]:
        """The values of the first of these names that has any."""
        return next((found for name in names if (found := self.values.get(name))), [])

    def first(self, *names: str) -> str:
        """The first of them; else empty."""
        return next(iter(self.all(*names)), "")


def _text(content: bytes) -> str:
    declared = _CHARSET.search(content, 0, 4000)
    if declared and declared[1].lower() not in (b"utf-8", b"utf8"):
        try:
            return content.decode(declared[1].decode("ascii"), "replace")[:MOST]
        except LookupError:
            pass
    return decode_bytes(content, "").value[:MOST]


def tags_of(content: bytes) -> PageTags:
    """The tags of a page; of a long one, those of its beginning."""
    page = PageTags()
    titled = False
    text = _without_comments(_text(content))
    for count, tag in enumerate(_TAG.finditer(text)):
        if count > _MOST_TAGS:
            break
        name = tag[1].lower()
        if name == "title":
            if not titled:
                page.title = flat(_inside(text, tag.end(), name, 2_000))
                titled = True
        elif name == "script":
            if "ld+json" in tag[2] and len(page.scripts) < _MOST_SCRIPTS:
                page.scripts.append(_inside(text, tag.end(), name, 400_000))
        else:
            attributes = {
                match[1].lower(): html.unescape(next(filter(None, match.groups()[1:]), ""))
                for match in _ATTRIBUTE.finditer(tag[2])
            }
            _take(page, name, attributes)
    return page


def _without_comments(text: str) -> str:
    parts, end = [], 0
    while (start := text.find("<!--", end)) >= 0:
        parts.append(text[end:start])
        closing = text.find("-->", start)
        if closing < 0:
            end = len(text)
            break
        end = closing + 3
    return "".join([*parts, text[end:]])


def _inside(text: str, start: int, name: str, most: int) -> str:
    """What stands in an element, up to its end or ``most`` characters."""
    part = text[start : start + most]
    end = part.lower().find(f"</{name}")
    return part if end < 0 else part[:end]


def _take(page: PageTags, name: str, attributes: Mapping[str, str]) -> None:
    if name == "html":
        page.language = page.language or attributes.get("lang", attributes.get("xml:lang", ""))
    elif name == "link":
        if attributes.get("rel", "").lower() == "canonical":
            page.canonical = attributes.get("href", "")
    elif name == "span":
        if "Z3988" in attributes.get("class", "") and len(page.coins) < 50:
            page.coins.append(attributes.get("title", ""))
    else:
        key = attributes.get("name") or attributes.get("property") or attributes.get("itemprop") or ""
        value = flat(attributes.get("content", ""))
        values = page.values.setdefault(key.strip().lower().replace(":", "."), [])
        if key and value and len(values) < _MOST_VALUES:
            values.append(value)
