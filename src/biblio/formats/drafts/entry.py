"""One record's values, by what they mean, as the fields of an entry: the same for every tagged format.

What a value means depends on its tag; where it goes depends on the kind of document that it describes: the title of the
host of an article is that of its journal, of a chapter that of its book, of a report that of its series.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from biblio.formats.drafts.dates import date_of
from biblio.formats.drafts.names import people
from biblio.formats.records import Record, marked, own_key
from biblio.reference.fields import BY_BIBLATEX, Kind
from biblio.reference.types import Pattern, entry_type
from biblio.text.collation import slugify
from biblio.words.faults import Span


class Meaning(StrEnum):
    """What the value of a tag is."""

    AUTHOR = "author"
    AUTHOR_IN_SHORT = "author in short"  # « Smith JA », where the full name may stand beside
    EDITOR = "editor"
    EDITOR_IN_SHORT = "editor in short"
    TRANSLATOR = "translator"
    BOOK_AUTHOR = "bookauthor"
    BODY = "body"  # a body as an author
    TITLE = "title"
    SHORT_TITLE = "shorttitle"
    PARALLEL_TITLE = "paralleltitle"
    HOST = "host"  # the title of what it is a part of
    HOST_IN_FULL = "host in full"
    HOST_IN_SHORT = "host in short"
    HOST_BOOK = "host book"
    SERIES = "series"
    EVENT = "eventtitle"
    EVENT_PLACE = "venue"
    EVENT_DATE = "eventdate"
    DATE = "date"
    OLD_DATE = "old date"  # of an older form of the format, which a newer tag corrects
    YEAR = "year"
    ACCESSED = "urldate"
    VOLUME = "volume"
    NUMBER = "number"
    SERIES_NUMBER = "series number"
    VOLUMES = "volumes"
    PAGES = "pages"
    FIRST_PAGE = "first page"
    LAST_PAGE = "last page"
    PAGE_COUNT = "pagetotal"
    ARTICLE_NUMBER = "eid"
    EDITION = "edition"
    PUBLISHER = "publisher"
    PLACE = "location"
    DOI = "doi"
    MAYBE_DOI = "maybe doi"  # a DOI, or what kind of work it is
    STANDARD_NUMBER = "standard number"  # an ISBN or an ISSN, or the number of a report
    IDENTIFIER = "identifier"  # a DOI, an address or an item's number, with its kind in brackets
    PMID = "pmid"
    PMCID = "pmcid"
    ADDRESS = "url"
    FILE = "file"
    CALL_NUMBER = "library"
    LANGUAGE = "langid"
    KEYWORDS = "keywords"
    ABSTRACT = "abstract"
    NOTE = "note"
    GENRE = "type"
    KEY = "key"
    KIND = "kind"  # what kind of document it is: the reader of the format has looked at it
    FRAME = "frame"  # says how the file is made, nothing of the document
    KEPT = "kept"  # has no field of ours, and is kept under its tag


@dataclass(slots=True)
class Draft:
    """The values of one record in the making: of each meaning, in the order of the file, with the tag of each.

    ``kept`` has what gets no field, by tag.
    """

    kind: str
    place: Span
    values: dict[Meaning, list[tuple[str, str]]] = field(default_factory=dict)
    kept: dict[str, list[str]] = field(default_factory=dict)
    fields: dict[str, str | Sequence[str]] = field(default_factory=dict)

    def add(self, meaning: Meaning, tag: str, value: str) -> None:
        """One more value."""
        if meaning is Meaning.KEPT:
            self.keep(tag, value)
        else:
            self.values.setdefault(meaning, []).append((tag, value))

    def keep(self, tag: str, value: str) -> None:
        """A value for which there is no field."""
        self.kept.setdefault(tag, []).append(value)

    def all(self, *meanings: Meaning) -> list[str]:
        """The values of some meanings, in the order of the meanings."""
        return [value for meaning in meanings for _, value in self.values.get(meaning, ())]

    def first(self, *meanings: Meaning) -> str:
        """The first value of some meanings; empty without one."""
        return next((self.values[meaning][0][1] for meaning in meanings if self.values.get(meaning)), "")

    def take(self, *meanings: Meaning) -> list[tuple[str, str]]:
        """The values of some meanings with their tags, which are then gone from the draft."""
        if len(meanings) == 1:
            return self.values.pop(meanings[0], [])
        return [each for meaning in meanings for each in self.values.pop(meaning, ())]


_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s\"<>|]+")
_ISSN = re.compile(r"(?<![\dXx-])\d{4}[-‐–]?\d{3}[\dXx](?![\dXx-])")
_ISBN = re.compile(r"(?<![\dXx-])(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx](?![\dXx])")
_EMPTY = frozenset(
    {"nan", "null", "none", "n/a", "undefined", "(null)", "-", "n.d.", "s.d.", "s. d.", "[s.d.]", "[not available]"}
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]\w{1,30});")
_OWN_NOTE = re.compile(r"(?P<name>[a-z]+): (?P<value>.*)", re.DOTALL)
_ADDRESS = re.compile(r"(?:https?|ftp)://\S+", re.IGNORECASE)
# One address whose last part is a file's name in several words.
_WITH_BLANKS = re.compile(r"(?:https?|ftp)://[^\s:;,]+(?: +[^\s:;,]+)*? +[^\s:;,]+\.\w{2,5}", re.IGNORECASE)
_RANGE = re.compile(r"(?P<first>\d+)\s*[-‐-―]+\s*(?P<last>\d+)")
_COUNT = re.compile(r"(?P<count>\d+)\s*(?:p|pp|pages?|s|S|leaves)\b\.?", re.IGNORECASE)
_PAGE_WORD = re.compile(r"^\s*(?:pp?|pages?)\b[\s.]*(?=[\divxlcIVXLC])", re.IGNORECASE)

# Meanings that are one field each, as they stand; what comes second is kept under its tag.
_MARKED = frozenset({"title", "booktitle", "journaltitle", "series", "paralleltitle", "abstract", "note"})
_PLAIN = tuple(
    Meaning(name) for name in "shorttitle paralleltitle eventtitle venue volumes eid edition library type".split()
)


def cleaned(value: str) -> str:
    """A value without the entities of HTML that databases leave in it; empty when it says that there is none."""
    if value.strip().lower() in _EMPTY:
        return ""
    return _ENTITY.sub(lambda match: html.unescape(match[0]), value) if "&" in value else value


def record_of(draft: Draft, prefix: str) -> Record:
    """The record of a draft; what has no field of ours is kept in fields named by the format and the tag."""
    identifier = draft.first(Meaning.KEY)
    key = _key(draft)
    _restore_own_notes(draft)
    _names(draft)
    _titles(draft)
    _dates(draft)
    _numbers(draft)
    _pages(draft)
    _identifiers(draft)
    _texts(draft)
    for meaning in _PLAIN:
        if meaning in draft.values:
            _single(draft, meaning.value, meaning)
    for meaning in list(draft.values):
        for tag, value in draft.take(meaning):
            if meaning not in (Meaning.FRAME, Meaning.KIND):
                draft.keep(tag, value)
    for name in _MARKED & draft.fields.keys():
        text = draft.fields[name]
        if isinstance(text, str) and "<" in text:
            draft.fields[name] = marked(text)
    for tag, values in draft.kept.items():
        # One value that is there already says nothing more.
        said = {value for value in draft.fields.values() if isinstance(value, str)}
        if left := [value for value in dict.fromkeys(values) if value not in said]:
            draft.fields[f"{prefix}-{_in_a_name(tag)}"] = "; ".join(left)
    return Record(draft.kind, key, draft.fields, draft.place, identifier or str(draft.fields.get("pmid", "")))


def _in_a_name(tag: str) -> str:
    """A tag, or the heading of a column, as a part of a field's name: a sign by what it is called."""
    if len(tag) == 1 and not tag.isalnum():
        return unicodedata.name(tag).lower().replace(" ", "-")
    return tag.lower() if tag.isascii() and tag.isalnum() else slugify(tag) or "x"


def _key(draft: Draft) -> str:
    """The key that somebody chose: no number of a record, no address and no name with blanks is one."""
    for tag, value in draft.take(Meaning.KEY):
        if key := own_key(value):
            return key
        draft.keep(tag, value)
    return ""


def _put(draft: Draft, name: str, value: str | Sequence[str]) -> None:
    if value and name not in draft.fields:
        draft.fields[name] = value


def _single(draft: Draft, name: str, *meanings: Meaning) -> None:
    """The first value of some meanings as a field; the others are kept."""
    for tag, value in draft.take(*meanings):
        flat = _flat(value)
        if draft.fields.setdefault(name, flat) != flat:
            draft.keep(tag, value)


def _flat(value: str) -> str:
    return " ".join(value.split())


def _restore_own_notes(draft: Draft) -> None:
    """Notes that biblio's own export made of fields for which the format has no tag."""
    notes = draft.take(Meaning.NOTE)
    for tag, value in notes:
        match = _OWN_NOTE.fullmatch(value)
        row = BY_BIBLATEX.get(match["name"]) if match else None
        if match and row and not row.private and match["name"] != "note":
            if row.kind is Kind.NAMES:
                meaning = {"author": Meaning.AUTHOR, "editor": Meaning.EDITOR, "translator": Meaning.TRANSLATOR}
                if match["name"] in meaning:
                    draft.add(meaning[match["name"]], tag, match["value"])
                    continue
                _put(draft, match["name"], tuple(people(match["value"])))
                continue
            if match["name"] not in draft.fields:
                draft.fields[match["name"]] = match["value"]
                continue
        draft.add(Meaning.NOTE, tag, value)


def _names(draft: Draft) -> None:
    for full, short in ((Meaning.AUTHOR, Meaning.AUTHOR_IN_SHORT), (Meaning.EDITOR, Meaning.EDITOR_IN_SHORT)):
        shorter = draft.take(short)
        # The short forms say nothing that the full ones do not, but that there are others.
        kept = [each for each in shorter if full not in draft.values or next(people(each[1]), "") == "others"]
        for tag, value in kept:
            draft.add(full, tag, value)
    for name, meanings in (
        ("author", (Meaning.AUTHOR, Meaning.BODY)),
        ("editor", (Meaning.EDITOR,)),
        ("translator", (Meaning.TRANSLATOR,)),
        ("bookauthor", (Meaning.BOOK_AUTHOR,)),
    ):
        found = dict.fromkeys(each for _, value in draft.take(*meanings) for each in people(value, initials=True))
        # « and others » stands last.
        ordered = tuple(sorted(found, key=lambda each: each == "others"))
        _put(draft, name, ordered)
    if draft.kind == "collection" and "author" in draft.fields and "editor" not in draft.fields:
        draft.fields["editor"] = draft.fields.pop("author")


def _titles(draft: Draft) -> None:
    _single(draft, "title", Meaning.TITLE)
    pattern = entry_type(draft.kind).pattern
    if pattern is Pattern.PART:
        _single(draft, "booktitle", Meaning.HOST_BOOK, Meaning.HOST_IN_FULL)
        if "booktitle" in draft.fields and draft.kind == "inproceedings":
            _single(draft, "eventtitle", Meaning.HOST)
        _single(draft, "booktitle", Meaning.HOST, Meaning.HOST_IN_SHORT)
        _single(draft, "series", Meaning.SERIES)
    elif pattern is Pattern.MONOGRAPH:
        if not draft.fields.get("title"):
            _single(draft, "title", Meaning.HOST_BOOK)
        if draft.kind == "proceedings":
            _single(draft, "eventtitle", Meaning.HOST_BOOK)
        _single(draft, "series", Meaning.SERIES, Meaning.HOST, Meaning.HOST_IN_FULL, Meaning.HOST_BOOK)
    else:
        full = (Meaning.HOST_IN_FULL, Meaning.HOST, Meaning.HOST_BOOK)
        short = draft.take(Meaning.HOST_IN_SHORT)
        _single_of(draft, "journaltitle", draft.take(*full), "shortjournal")
        for tag, value in short:
            if "journaltitle" not in draft.fields:
                draft.fields["journaltitle"] = _flat(value)
            elif draft.fields["journaltitle"] != _flat(value):
                _short(draft, tag, value)
        _single(draft, "series", Meaning.SERIES)
    if "title" not in draft.fields and Meaning.SHORT_TITLE in draft.values:
        _single(draft, "title", Meaning.SHORT_TITLE)


def _single_of(draft: Draft, name: str, values: Iterable[tuple[str, str]], shorter: str) -> None:
    """The first of some values as one field, a shorter one as another; the rest is kept."""
    for tag, value in values:
        said = draft.fields.setdefault(name, _flat(value))
        if said != _flat(value) and len(_flat(value)) < len(said):
            _short(draft, tag, value, shorter)
        elif said != _flat(value):
            draft.keep(tag, value)


def _short(draft: Draft, tag: str, value: str, name: str = "shortjournal") -> None:
    if draft.fields.setdefault(name, _flat(value)) != _flat(value):
        draft.keep(tag, value)


def _dates(draft: Draft) -> None:
    """The date, the fullest of those given; a value without a year takes that of the year's own tag."""
    dates, years = draft.take(Meaning.DATE, Meaning.OLD_DATE), draft.take(Meaning.YEAR)
    year = next((made[:4] for _, value in years if (made := date_of(value))), "")
    given = [(date_of(value, year), tag, value) for tag, value in [*dates, *years] if value.strip("0/- ")]
    understood = [each for each, _, _ in given if each]
    # Another year than that of publication is when the record was made.
    said = year or next(iter(understood), "")[:4]
    best = max((each for each in understood if each.startswith(said)), key=len, default="")
    if best:
        draft.fields["date"] = best
        for each, tag, value in given:
            if not best.startswith(each[:4] or "?"):
                draft.keep(tag, value)
    elif given:
        draft.fields["date"] = given[0][2]
    for name, meaning in (("urldate", Meaning.ACCESSED), ("eventdate", Meaning.EVENT_DATE)):
        for tag, value in draft.take(meaning):
            if (date := date_of(value, year if meaning is Meaning.EVENT_DATE else "")) and name not in draft.fields:
                draft.fields[name] = date
                if meaning is Meaning.EVENT_DATE and _flat(value) != date:
                    draft.keep(tag, value)
            elif date != draft.fields.get(name):
                draft.keep(tag, value)


def _numbers(draft: Draft) -> None:
    _single(draft, "volume", Meaning.VOLUME)
    _single(draft, "number", Meaning.NUMBER, Meaning.SERIES_NUMBER)


def _pages(draft: Draft) -> None:
    """Pages of a range in one value or two; one number alone is that of all the pages, where the document is whole."""
    first, last = draft.take(Meaning.FIRST_PAGE), draft.take(Meaning.LAST_PAGE)
    pages = [value for _, value in draft.take(Meaning.PAGES)]
    whole = entry_type(draft.kind).pattern is Pattern.MONOGRAPH
    start, end = (_flat(each[0][1]) if each else "" for each in (first, last))
    for tag, value in (*first[1:], *last[1:]):
        draft.keep(tag, value)
    given = _range(start, end)
    if not given and pages:
        given, pages = _flat(pages[0]), pages[1:]
    for value in pages:
        draft.keep("pages", value)
    given = _PAGE_WORD.sub("", given)
    count = _COUNT.fullmatch(given)
    if count or (whole and given.isdigit()):
        _put(draft, "pagetotal", count["count"] if count else given)
    elif given:
        _put(draft, "pages", _RANGE.sub(_in_full, given))
    _single(draft, "pagetotal", Meaning.PAGE_COUNT)


def _range(start: str, end: str) -> str:
    if not start or not end or end == start or re.search(r"\d\s*[-‐-―]+\s*\d", start):
        return start or end
    return f"{start.rstrip(' -–')}-{end.lstrip(' -–')}"


def _in_full(match: re.Match[str]) -> str:
    """« 1135-47 » is « 1135-1147 »."""
    first, last = match["first"], match["last"]
    return f"{first}-{first[: len(first) - len(last)]}{last}" if len(last) < len(first) else f"{first}-{last}"


def _identifiers(draft: Draft) -> None:
    for tag, value in draft.take(Meaning.IDENTIFIER):
        if _ADDRESS.match(value):
            draft.add(Meaning.ADDRESS, tag, value)
        elif "[doi]" in value or _DOI.match(value):
            draft.add(Meaning.DOI, tag, value.replace("[doi]", ""))
        else:
            draft.keep(tag, value)
    _dois(draft)
    _standard_numbers(draft)
    for tag, value in draft.take(Meaning.PMID):
        number = re.search(r"\d{1,9}", value)
        if number is None or draft.fields.setdefault("pmid", number[0]) != number[0]:
            draft.keep(tag, value)
    for tag, value in draft.take(Meaning.PMCID):
        found_id = re.search(r"PMC\d+", value)
        if found_id is None or draft.fields.setdefault("pmcid", found_id[0]) != found_id[0]:
            draft.keep(tag, value)
    addresses: list[str] = []
    for tag, value in draft.take(Meaning.ADDRESS):
        if pmid := re.fullmatch(r"PM:\s*(\d+)", value.strip()):
            _put(draft, "pmid", pmid[1])
        elif _WITH_BLANKS.fullmatch(value.strip()):
            addresses.append(value.strip())  # told where it is read (R220)
        elif found := _ADDRESS.findall(value):
            addresses += found
            if _ADDRESS.sub("", value).strip(" ;,|<>()"):
                draft.keep(tag, value)
        elif value.strip().lower().startswith("www."):
            addresses.append("http://" + value.strip())
        else:
            draft.keep(tag, value)
    for tag, value in draft.take(Meaning.FILE):
        found = _ADDRESS.findall(value)
        addresses += found
        if not found:
            draft.keep(tag, value)
    distinct = list(dict.fromkeys(addresses))
    if distinct:
        _put(draft, "url", distinct[0])
        _put(draft, "links", "\n".join(f"<{address}>" for address in distinct if address != draft.fields["url"]))
        if "doi" not in draft.fields:
            named = (match for each in distinct if "doi.org/" in each and (match := _DOI.search(each)))
            _put(draft, "doi", next((_trimmed(match[0]) for match in named), ""))


def _dois(draft: Draft) -> None:
    for tag, value in draft.take(Meaning.DOI):
        match = _DOI.search(value)
        if match is None or draft.fields.setdefault("doi", _trimmed(match[0])) != _trimmed(match[0]):
            draft.keep(tag, value)
    for tag, value in draft.take(Meaning.MAYBE_DOI):
        match = _DOI.search(value)
        if match is None:
            draft.add(Meaning.GENRE, tag, value)
        elif draft.fields.setdefault("doi", _trimmed(match[0])) != _trimmed(match[0]):
            draft.keep(tag, value)
    for tag, value in draft.take(Meaning.NOTE):
        # A note that is a DOI, or that names one.
        match = re.search(r"(?:^|doi(?:\.org/|:)?\s*)(" + _DOI.pattern + ")", value, re.IGNORECASE)
        if match:
            _put(draft, "doi", _trimmed(match[1]))
        if not match or len(_flat(value)) > len(match[0]) + 12:
            draft.add(Meaning.NOTE, tag, value)


def _trimmed(doi: str) -> str:
    doi = doi.rstrip(".,;")
    return doi[:-1] if doi.endswith((")", "]")) and not ("(" in doi or "[" in doi) else doi


def _standard_numbers(draft: Draft) -> None:
    article = entry_type(draft.kind).pattern is Pattern.ARTICLE
    found: dict[str, list[str]] = {"issn": [], "isbn": []}
    for tag, given in draft.take(Meaning.STANDARD_NUMBER):
        value = re.sub(r"\b[EP]?IS[BS]N-", "", given)
        isbns, issns = _ISBN.findall(value), _ISSN.findall(value)
        if isbns and not (article and issns):
            found["isbn"] += isbns
        elif issns:
            found["issn"] += (_hyphenated(issn) for issn in issns)
        elif draft.kind in ("report", "patent", "standard", "legislation") and "number" not in draft.fields:
            draft.fields["number"] = _flat(value)
        else:
            draft.keep(tag, value)
    for name, numbers in found.items():
        _put(draft, name, ", ".join(dict.fromkeys(map(str.strip, numbers))))


def _hyphenated(issn: str) -> str:
    return f"{issn[:4]}-{issn[-4:].upper()}"


def _texts(draft: Draft) -> None:
    abstracts = list(dict.fromkeys(value for _, value in draft.take(Meaning.ABSTRACT)))
    # One that another begins with says nothing more.
    distinct = [each for each in abstracts if not any(other != each and other.startswith(each) for other in abstracts)]
    _put(draft, "abstract", "\n\n".join(distinct))
    _put(draft, "note", " – ".join(dict.fromkeys(value for _, value in draft.take(Meaning.NOTE))))
    keywords = draft.all(Meaning.KEYWORDS)
    draft.take(Meaning.KEYWORDS)
    _put(draft, "keywords", tuple(_keywords(keywords)))
    _single(draft, "langid", Meaning.LANGUAGE)
    for name, meaning in (("publisher", Meaning.PUBLISHER), ("location", Meaning.PLACE)):
        _put(draft, name, tuple(dict.fromkeys(_flat(value) for _, value in draft.take(meaning))))


def _keywords(values: Sequence[str]) -> Iterable[str]:
    """The words of all the lines; one line alone has them between commas."""
    parts = [part.strip() for value in values for part in re.split(r"\s*[;\n]\s*", value) if part.strip()]
    if len(parts) == 1:
        parts = [part.strip() for part in parts[0].split(",") if part.strip()]
    return dict.fromkeys(_flat(part) for part in parts)
