"""S1 and W1: the sheets of a style, and the words that a dossier prints."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from posixpath import normpath

from biblio.check.finding import Finding, at, found
from biblio.check.rules.prose import masked
from biblio.check.source import SourceText
from biblio.words.faults import Span

LONGEST = 50  # characters without a place to break that a column of print holds

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_URL = re.compile(
    r"url\(\s*+(?P<quote>[\"'])?(?P<url>(?(quote)[^\"')]*+|[^\"'()]*+))(?(quote)(?P=quote))\s*+\)"
    r"|@import\s+[\"'](?P<sheet>[^\"']*)[\"']"
)
_REMOTE = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//|(?:https?|ftp|file):", re.IGNORECASE)
_RUN = re.compile(rf"[^\s/?&=.:;,_\u2010-\u2015\u200b\u00ad-]{{{LONGEST},}}")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A style sheet: its path and text, and the paths of the files that its style has, its own and those inherited."""

    path: str
    css: str
    assets: Collection[str]


def remote_resource(sheet: Sheet) -> Iterator[Finding]:
    """A style sheet names a file outside the style: another site, another folder of the machine."""
    for url, span in _urls(sheet):
        if _REMOTE.match(url) or url.startswith("/") or normpath(url).startswith(".."):
            yield at(span, url=url)


def missing_asset(sheet: Sheet) -> Iterator[Finding]:
    """A style sheet names a font or an image that is not in the style's folder."""
    for url, span in _urls(sheet):
        remote = _REMOTE.match(url) or url.startswith(("/", "data:", "#")) or normpath(url).startswith("..")
        path = normpath(url.partition("#")[0].partition("?")[0])
        if url and not remote and path not in sheet.assets and not path.endswith(".css"):
            yield at(span, path=path)


def _urls(sheet: Sheet) -> Iterator[tuple[str, Span]]:
    """The addresses of a sheet outside its comments, each with its place."""
    source = SourceText(sheet.path, sheet.css)
    visible = _COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), sheet.css)
    for match in _URL.finditer(visible):
        name = "url" if match["sheet"] is None else "sheet"
        yield match[name].strip(), source.span(*match.span(name))


def unbreakable_word(text: str) -> Iterator[Finding]:
    """A word is so long that it runs over the edge of its column."""
    for match in _RUN.finditer(masked(text)):
        yield found("", match.start(), match.end(), word=match.group()[:40] + "…", count=len(match.group()))
