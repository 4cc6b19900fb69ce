"""R3, second half: pages, numbers of pages, volumes and issues."""

from __future__ import annotations

import re
from collections.abc import Iterator

from biblio.check.finding import Change, Finding, Fix, found, replace
from biblio.reference.pages import Leaf, completed, extent_without_thousands, parse_pages, without_thousands
from biblio.reference.reference import Reference

_LABEL = re.compile(
    r"(?:\A\s*|(?<=[-\u2010-\u2015\u2212,;&])\s*|\b(?:et|and)\s+)(?P<label>(?:pp?\b\.?|pages?\b|pg\.)\s*)(?=[\dA-Za-z])",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"(?<![\w.:/-])(?P<first>\d{1,9})\s*(?:-{1,3}|[\u2010-\u2015\u2212])\s*(?P<last>\d{1,9})(?![\w:/-]|\.\d)"
)
_SPACED = re.compile(
    r"(?<=\w)(?:[ \u00a0\u202f]+(?P<a>-{1,2}|–)[ \u00a0\u202f]*|(?P<b>-{1,2}|–)[ \u00a0\u202f]+)(?=\w)"
)
_ODD_DASH = re.compile("[\u2010-\u2012\u2014\u2015\u2212]")
_EXTENT = re.compile(r"\s*(?P<count>\d+)\s*(?:pages|p\b\.?)\s*")
_EXTENT_LABEL = re.compile(r"(?<=[\dIVXLCDMivxlcdm])\s*(?:pages|p\.?)\s*\Z")
_OWN_LABELS = {
    "volume": re.compile(r"\s*(?:vol\.?|volume)\s*(?=\d)", re.IGNORECASE),
    "number": re.compile(r"\s*(?:n[°º]|num[ée]ro)\s*(?=\d)", re.IGNORECASE),
}


def reversed_pages(reference: Reference) -> Iterator[Finding]:
    """A range of pages ends before it begins: 147-135."""
    value = reference.raw.get("pages", "")
    # Where the whole is no range of pages, that is what is said.
    typed = " ".join(value.strip(" {}").split())
    if without_thousands(typed) or parse_pages(typed) is None:
        return
    for match in _RANGE.finditer(value):
        if int(match["last"]) < int(match["first"]) and not completed(match["first"], match["last"]):
            yield found("pages", match.start(), match.end(), value=match.group())


def shortened_pages(reference: Reference) -> Iterator[Finding]:
    """The last page is shortened: 135-47, which is read as 135-147."""
    value = reference.raw.get("pages", "")
    for match in _RANGE.finditer("" if without_thousands(" ".join(value.split())) else value):
        last = completed(match["first"], match["last"])
        if last:
            fix = replace(match.start("last"), match.end("last"), last)
            right = f"{match['first']}-{last}"
            yield found("pages", match.start(), match.end(), fix, value=match.group(), right=right)


def commas_in_pages(reference: Reference) -> Iterator[Finding]:
    """Commas or blanks part the thousands of both pages of a range: 11,991--12,007 is read as 11991-12007.

    Where only one of the two has a comma, it parts two places: 5,127--130. A number of pages has one end.
    """
    for name, without in (("pages", without_thousands), ("pagetotal", extent_without_thousands)):
        value = reference.raw.get(name, "")
        typed = " ".join(value.split())
        right = without(typed)
        if right:
            yield found(name, 0, -1, replace(0, len(value), right), value=typed, right=right)


def pages_label(reference: Reference) -> Iterator[Finding]:
    """« p. » or « pp. » is typed before the pages: pp.81-115, p. 8-17, p.12--p.15."""
    value = reference.raw.get("pages", "")
    pages = parse_pages(value)
    # « 132 p. » is a number of pages, « np » means that there are none; « pl. III, p. 12 » needs both of its labels.
    if pages and any(each.leaf is not Leaf.PAGE for each in pages.ranges):
        return
    labels = list(_LABEL.finditer(value))
    if labels:
        fix = Fix(tuple(Change(*match.span("label"), "") for match in labels))
        first = labels[0]
        yield found("pages", *first.span("label"), fix, label=first["label"].strip(), value=value.strip())


def spaced_pages(reference: Reference) -> Iterator[Finding]:
    """There is a space beside the hyphen of a range of pages: 277- 295."""
    for match in _SPACED.finditer(reference.raw.get("pages", "")):
        dash = match["a"] or match["b"]
        value = reference.raw["pages"].strip()
        yield found("pages", match.start(), match.end(), replace(*match.span(), dash), value=value)


def odd_dash(reference: Reference) -> Iterator[Finding]:
    """A range of pages has a dash that is none for ranges: a minus sign, an em dash."""
    for match in _ODD_DASH.finditer(reference.raw.get("pages", "")):
        yield found(
            "pages", match.start(), match.end(), replace(*match.span(), "-"), mark=f"U+{ord(match.group()):04X}"
        )


def extent_label(reference: Reference) -> Iterator[Finding]:
    """« p. » is typed behind the number of pages: 132 p."""
    value = reference.raw.get("pagetotal", "")
    match = _EXTENT_LABEL.search(value)
    if match:
        yield found("pagetotal", 0, -1, replace(*match.span(), ""), value=value.strip())


def extent_in_pages(reference: Reference) -> Iterator[Finding]:
    """``pages`` holds a number of pages, « 132 p. », which belongs in ``pagetotal``."""
    value = reference.raw.get("pages", "")
    match = _EXTENT.fullmatch(value)
    if match:
        free = "pagetotal" not in reference.raw
        fix = Fix(replace(0, len(value), match["count"]).changes, rename="pagetotal") if free else None
        yield found("pages", 0, -1, fix, value=value.strip(), count=match["count"])


def numbering_label(reference: Reference) -> Iterator[Finding]:
    """« vol. » or « n° » is typed before the number of a volume or an issue."""
    for name, pattern in _OWN_LABELS.items():
        match = pattern.match(reference.raw.get(name, ""))
        if match:
            yield found(
                name, match.start(), match.end(), replace(*match.span(), ""), label=match.group().strip(), name=name
            )
