"""Writes references for BibTeX itself: the types, the fields and the dates that its styles print.

Sources: O. Patashnik, *BibTeXing*, 1988, § 3 (types and fields); biblatex manual § 2.1.2 and § 2.2.5, which says what
the old names are called now. Choices where BibTeX has no place:

- a subtitle stands behind its title, since BibTeX has titles alone; so does the title of one volume behind the whole's;
- a date that year and month cannot say, and whatever else BibTeX does not know, keeps its biblatex field beside them:
  BibTeX passes over fields that it does not know;
- the number of an article is ``eid``, which styles of today know, whatever who typed it called it (ACM: ``articleno``);
  without pages it stands in their place too, where the old styles look for it;
- names in the extended form (``family=…, given=…``) are written with commas;
- an entry has the fields that it takes from others, and names none of these.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from biblio.formats.bibtex.writer import entry, public_fields
from biblio.reference.date import Date, edtf, parse_date
from biblio.reference.fields import BY_BIBLATEX, Kind
from biblio.reference.name import Name, Names
from biblio.reference.reference import Reference
from biblio.reference.types import Pattern

# The types of BibTeX that ours become, those that it has besides; the others are ``misc``.
_OWN = frozenset(
    "article book booklet incollection inproceedings manual mastersthesis misc phdthesis proceedings techreport "
    "unpublished".split()
)
_TYPES = {
    "review": "article",
    "suppperiodical": "article",
    "mvbook": "book",
    "collection": "book",
    "mvcollection": "book",
    "reference": "book",
    "mvreference": "book",
    "report": "techreport",
    "mvproceedings": "proceedings",
    "inbook": "incollection",
    "bookinbook": "incollection",
    "suppbook": "incollection",
    "suppcollection": "incollection",
    "inreference": "incollection",
    "conference": "inproceedings",
    "presentation": "unpublished",
    "standard": "techreport",
}
# Fields of biblatex under their old names, and who publishes, by type.
_OLD_NAMES = {"journaltitle": "journal", "location": "address", "annotation": "annote", "langid": "language"}
_PUBLISHERS = {
    "techreport": "institution",
    "phdthesis": "school",
    "mastersthesis": "school",
    "manual": "organization",
    "misc": "howpublished",
    "booklet": "howpublished",
}
_PUBLISHED_BY = ("publisher", "institution", "organization", "school")
# Titles and what stands behind each of them.
_SUBTITLES = {
    "title": "subtitle",
    "booktitle": "booksubtitle",
    "maintitle": "mainsubtitle",
    "journal": "journalsubtitle",
    "issuetitle": "issuesubtitle",
}
_TIES = frozenset({"crossref", "xdata", "xref"})
_MONTHS = ("", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_EXTENDED = re.compile(r"\b(?:family|given|prefix|suffix)(?:-i)?\s*=")
_ONE_HYPHEN = re.compile(r"(?<=[\w.])\s*[-–—]\s*(?=[\w.])")
_SPECIAL = re.compile(r"[{}\\]")


def write_classic(references: Sequence[Reference]) -> str:
    """The references as one BibTeX file, with a final newline; empty for none. Never raises."""
    return "\n".join(map(_entry, references))


def _entry(reference: Reference) -> str:
    kind = _type(reference)
    raw = {name.strip().lower(): value for name, value in {**reference.raw, **reference.inherited}.items()}
    fields = {name: value for name, value in public_fields(raw).items() if name not in _TIES}
    for name in list(fields):
        row = BY_BIBLATEX.get(name)
        if row is not None and row.kind is Kind.NAMES and _EXTENDED.search(fields[name]):
            fields[name] = _names(getattr(reference, row.variable))
    for new, old in _OLD_NAMES.items():
        if new in fields and old not in fields:
            fields[old] = fields.pop(new)
    for title, subtitle in _SUBTITLES.items():
        if fields.get(title) and fields.get(subtitle):
            # « : » between title and subtitle is ISBD's punctuation, the same in every language.
            fields[title] = f"{fields[title]} : {fields.pop(subtitle)}"
    _whole(fields, reference)
    _publisher(fields, kind)
    _article_number(fields, reference)
    if "pages" in fields:
        fields["pages"] = _ONE_HYPHEN.sub("--", fields["pages"]) if _is_plain(fields["pages"]) else fields["pages"]
    return entry(kind, reference.citekey, fields, _dates(fields, reference.issued))


def _type(reference: Reference) -> str:
    kind = reference.entry_type.lower()
    if reference.type.csl == "thesis":
        return "mastersthesis" if reference.type.label in ("dissertation", "dea") else "phdthesis"
    kind = _TYPES.get(kind, kind)
    return kind if kind in _OWN else "misc"


def _whole(fields: dict[str, str], reference: Reference) -> None:
    """The title of the whole before that of its volume: BibTeX has one title, and one of what a part is in."""
    main = fields.get("maintitle", "")
    if main and reference.type.pattern is Pattern.PART and not fields.get("booktitle"):
        fields["booktitle"] = fields.pop("maintitle")
    elif main and reference.type.pattern is not Pattern.PART and fields.get("title"):
        fields["title"] = f"{fields.pop('maintitle')}. {fields['title']}"


def _publisher(fields: dict[str, str], kind: str) -> None:
    place = _PUBLISHERS.get(kind, "publisher")
    if place in fields:
        return
    found = next((name for name in _PUBLISHED_BY if fields.get(name)), "")
    if found:
        fields[place] = fields.pop(found)


def _article_number(fields: dict[str, str], reference: Reference) -> None:
    if not reference.article_number or reference.type.pattern is not Pattern.ARTICLE:
        return
    for name in ("articleno", "article-number"):
        if name in fields:
            fields.setdefault("eid", fields.pop(name))
    fields.setdefault("pages", fields.get("eid") or reference.article_number)


def _is_plain(value: str) -> bool:
    return "{" not in value and "\\" not in value


def _dates(fields: dict[str, str], issued: Date | None) -> Mapping[str, str]:
    """Puts the year in its field, and gives the macro of the month; ``date`` stays where these say less than it."""
    typed = fields.pop("date", "")
    if issued is None or issued.first is None:
        return {}
    for name in ("year", "month", "day"):
        fields.pop(name, None)
    point = issued.first
    single = not issued.is_range
    year = f"{point.year:04d}"
    if point.unspecified:
        year = year[: -point.unspecified] + "X" * point.unspecified
    closed = issued.start and issued.end and not (issued.start.month or issued.end.month)
    fields["year"] = f"{year}--{issued.end.year:04d}" if closed and issued.end else year
    month = _MONTHS[point.month] if point.month < len(_MONTHS) else ""
    said = Date(type(point)(point.year, point.month if month else 0)) if single else None
    if said != issued:
        fields["date"] = typed if typed and parse_date(typed) == issued else edtf(issued)
    return {"month": month} if month and single else {}


def _names(names: Names) -> str:
    people = [*map(_name, names.people), *(["others"] if names.others else [])]
    return " and ".join(people)


def _name(name: Name) -> str:
    if name.literal:
        return f"{{{_escaped(name.literal)}}}"
    family = " ".join(filter(None, (name.particle, name.family)))
    return ", ".join(map(_escaped, filter(None, (family, name.suffix, name.given))))


def _escaped(value: str) -> str:
    return _SPECIAL.sub("", value).replace("&", r"\&").replace("%", r"\%").replace("_", r"\_")
