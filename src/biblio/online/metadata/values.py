"""The values of a page's metadata, as those of a record: names, dates, pages, words."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from biblio.formats.records import Body

Fields = dict[str, str | Sequence[str]]
DOI = re.compile(r"10\.\d{4,9}(?:\.\d+){0,9}/[^\s\"<>]+")
_YEAR_FIRST = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?!\d)")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\Z")
_BETWEEN_WORDS = re.compile(r"[;,]")


def flat(text: str) -> str:
    """A text on one line, without the entities of HTML that it has twice."""
    return " ".join(html.unescape(text).split())


def people(names: Sequence[str]) -> list[str]:
    """Names, each apart; several in one value are parted by semicolons."""
    parts = [part.strip() for name in names[:500] for part in name.split(";")]
    return [person(part) for part in parts if part]


def person(name: str) -> str:
    """A name in the order of files; one of a single word, or in capitals of a body, as it stands."""
    if "," in name:
        return name
    words = name.split()
    if len(words) < 2 or len(words) > 5:
        return Body(name)
    return f"{words[-1]}, {' '.join(words[:-1])}"


def words(values: Sequence[str]) -> list[str]:
    """Keywords, each once."""
    parts = [part.strip() for value in values for part in _BETWEEN_WORDS.split(value)]
    return list(dict.fromkeys(part for part in parts if part))[:40]


def pages_of(first: str, last: str) -> str:
    """The range of two pages, or the one that is known."""
    return f"{first}-{last}" if first and last and first != last else first


def date_of(text: str) -> str:
    """A date in EDTF: « 2019/03/01 », « 2019-3 », « 01/03/2019 », the day of a time."""
    text = text.strip()
    if match := _DAY_FIRST.match(text):
        parts = [match[3], match[2], match[1]]
    elif match := _YEAR_FIRST.search(text):
        parts = [part for part in match.groups() if part]
    else:
        return ""
    kept = parts[:1]
    for part, most in zip(parts[1:], (12, 31), strict=False):
        if not 1 <= int(part) <= most:
            break
        kept.append(f"{int(part):02}")
    return "-".join(kept)
