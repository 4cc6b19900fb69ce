"""Addresses, identifiers and links as values; what cannot be followed is told."""

from __future__ import annotations

import re

from biblio.formats.bibtex.entry import Entry
from biblio.formats.bibtex.latex import decode_plain
from biblio.formats.bibtex.layout import in_one_piece
from biblio.formats.bibtex.leavings import access_of
from biblio.formats.bibtex.syntax import RawField
from biblio.formats.bibtex.verbatim import addresses, doi, link_line, numbers, unescaped
from biblio.reference.date import Date, parse_date
from biblio.reference.link import DocumentLink, encoded, is_safe, parse_link

# Nothing but an address, with a few words before it, and when it was consulted.
_ONLY_ADDRESS = re.compile(
    r"\s*+(?:[^\\{}]{0,40}:?\s*)?(?:\\url\{(?P<url>[^{}]+)\}|(?P<bare>https?://[^\s{}\\,;]++))"
    r"(?:(?:[\s,;]|(?<=\}))[\s.,;]*[\[(]?(?P<access>[^\W\d_][^\[\](){}]{8,60})[\])]?)?\s*+(?:[.,;]\s*+)?",
    re.IGNORECASE,
)


def verbatim(field: RawField, entry: Entry) -> str | list[str]:
    """What a field holds as characters; of ``url`` the addresses, one or more."""
    match field.name:
        case "url":
            return [address(typed, field, entry) for typed in addresses(field.value)]
        case "doi":
            return doi(field.value)
        case "isbn" | "issn":
            return numbers(field.value)
        case _:
            return " ".join(unescaped(" ".join(field.value.split())).split())


def address(typed: str, field: RawField, entry: Entry) -> str:
    """An address as it can be followed; what was not one as typed is told."""
    whole = encoded(typed)
    if any(map(str.isspace, typed)) and whole != typed:
        entry.report("R220", field, value=typed, right=whole)
    if not is_safe(whole):
        entry.report("R201", field, value=whole)
    return whole


def only_address(field: RawField, entry: Entry) -> tuple[str, Date | None] | None:
    """The address that a field holds and nothing else, and when it was consulted, if it says that."""
    match = _ONLY_ADDRESS.fullmatch(field.value)
    consulted = access_of(match["access"]) if match and match["access"] else None
    if match is None or (match["access"] and consulted is None):
        return None
    typed = in_one_piece(unescaped(match["url"] or match["bare"].rstrip("."))).strip()
    return address(typed, field, entry), parse_date(consulted.value) if consulted else None


def links(field: RawField, entry: Entry) -> tuple[DocumentLink, ...]:
    """One link a line; lines apart from each other by an empty one are of several clusters."""
    found: list[DocumentLink] = []
    cluster, gap = 0, False
    offset = field.offset
    for line in field.value.split("\n"):
        if line.strip():
            cluster += 1 if gap and found else 0
            gap = False
            here = field.with_value(line.strip())._replace(offset=offset + len(line) - len(line.lstrip()))
            link = parse_link(_link_line(line, here, entry), cluster)
            if link is None:
                entry.report("R202", here, value=line.strip())
                link = DocumentLink(label=line.strip(), cluster=cluster)
            elif link.url and not is_safe(link.url):
                entry.report("R201", here, value=link.url)
            elif not link.url and "://" in link.label:
                entry.report("R202", here, value=line.strip())
            found.append(link)
        else:
            gap = True
        offset += len(line) + 1
    return tuple(found)


def _link_line(line: str, here: RawField, entry: Entry) -> str:
    """A line of links without escapes, its address as it can be followed."""
    line = link_line(line)
    label, _, rest = line.partition("<")
    typed, closing, details = rest.partition(">")
    if not closing:
        return unescaped(line) if "\\" in line or "{" in line else line
    whole = encoded(unescaped(typed))
    if any(map(str.isspace, whole)) or (any(map(str.isspace, unescaped(typed))) and whole != typed):
        entry.report("R220", here, value=typed, right=whole)
    return f"{decode_plain(label)} <{whole}>{details}"
