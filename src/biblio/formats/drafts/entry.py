"""One record's values, by what they mean, as the fields of an entry: the same for every tagged format and every table.

What a value means depends on its tag; where it goes depends on the kind of document that it describes: the title of the
host of an article is that of its journal, of a chapter that of its book, of a report that of its series.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from biblio.formats.drafts.dates import date_of
from biblio.formats.drafts.draft import Draft, Meaning, flat
from biblio.formats.drafts.identifiers import place_identifiers
from biblio.formats.drafts.names import people
from biblio.formats.drafts.numbers import place_numbers
from biblio.formats.drafts.titles import place_titles
from biblio.formats.records import Record, marked, own_key
from biblio.reference.fields import BY_BIBLATEX, Kind
from biblio.text.collation import slugify

_OWN_NOTE = re.compile(r"(?P<name>[a-z]+): (?P<value>.*)", re.DOTALL)
_GOES_ON = re.compile(r"\s*\d{4}\s*[-–]\s*")
_BETWEEN_WORDS = re.compile(r"(?:(?<!\s)\s+)?[;\n]\s*")
_MARKED = ("title", "booktitle", "journaltitle", "series", "paralleltitle", "abstract", "note")
_PEOPLE = (
    ("author", (Meaning.AUTHOR, Meaning.BODY)),
    ("editor", (Meaning.EDITOR,)),
    ("translator", (Meaning.TRANSLATOR,)),
    ("bookauthor", (Meaning.BOOK_AUTHOR,)),
)
_LISTS = (("publisher", Meaning.PUBLISHER), ("location", Meaning.PLACE))
# Meanings that are one field each, as they stand; what comes second is kept under its tag.
_PLAIN = tuple(
    Meaning(name) for name in "shorttitle paralleltitle eventtitle venue volumes eid edition library type".split()
)


def record_of(draft: Draft, prefix: str) -> Record:
    """The record of a draft; what has no field of ours is kept in fields named by the format and the tag."""
    identifier = draft.first(Meaning.KEY)
    key = _key(draft)
    _restore_own_notes(draft)
    _names(draft)
    place_titles(draft)
    _dates(draft)
    place_numbers(draft)
    place_identifiers(draft)
    _texts(draft)
    for meaning in _PLAIN:
        if meaning in draft.values:
            draft.single(meaning.value, meaning)
    for meaning in list(draft.values):
        for tag, value in draft.values.pop(meaning, ()):
            if meaning not in (Meaning.FRAME, Meaning.KIND):
                draft.keep(tag, value)
    fields = draft.fields
    for name in _MARKED:
        text = fields.get(name, "")
        if isinstance(text, str) and "<" in text:
            fields[name] = marked(text)
    if draft.kept:
        # One value that is there already says nothing more.
        said = {value for value in fields.values() if isinstance(value, str)}
        for tag, values in draft.kept.items():
            if left := [value for value in dict.fromkeys(values) if value not in said]:
                joined = "; ".join(left)
                fields[f"{prefix}-{_in_a_name(tag)}"] = joined
                said.add(joined)
    return Record(draft.kind, key, fields, draft.place, identifier or str(fields.get("pmid", "")))


def _in_a_name(tag: str) -> str:
    """A tag, or the heading of a column, as a part of a field's name: a sign by what it is called."""
    if len(tag) == 1 and not tag.isalnum():
        return unicodedata.name(tag).lower().replace(" ", "-")
    return tag.lower() if tag.isascii() and tag.isalnum() else slugify(tag) or "x"


def _key(draft: Draft) -> str:
    """The key that somebody chose: no number of a record, no address and no name with blanks is one."""
    for tag, value in draft.values.pop(Meaning.KEY, ()):
        if key := own_key(value):
            return key
        draft.keep(tag, value)
    return ""


def _restore_own_notes(draft: Draft) -> None:
    """Notes that biblio's own export made of fields for which the format has no tag."""
    for tag, value in draft.values.pop(Meaning.NOTE, ()):
        match = _OWN_NOTE.fullmatch(value)
        row = BY_BIBLATEX.get(match["name"]) if match else None
        if match and row and not row.private and match["name"] != "note":
            if row.kind is Kind.NAMES:
                meaning = {"author": Meaning.AUTHOR, "editor": Meaning.EDITOR, "translator": Meaning.TRANSLATOR}
                if match["name"] in meaning:
                    draft.add(meaning[match["name"]], tag, match["value"])
                    continue
                draft.put(match["name"], tuple(people(match["value"])))
                continue
            if match["name"] not in draft.fields:
                draft.fields[match["name"]] = match["value"]
                continue
        draft.add(Meaning.NOTE, tag, value)


def _names(draft: Draft) -> None:
    for full, short in ((Meaning.AUTHOR, Meaning.AUTHOR_IN_SHORT), (Meaning.EDITOR, Meaning.EDITOR_IN_SHORT)):
        if shorter := draft.values.pop(short, []):
            # The short forms say nothing that the full ones do not, but that there are others.
            told = full in draft.values
            for tag, value in shorter:
                if not told or next(people(value), "") == "others":
                    draft.add(full, tag, value)
    for name, meanings in _PEOPLE:
        values = draft.take(*meanings)
        if values:
            found = dict.fromkeys(
                each for _, value in values for each in people(value, initials=True, given_first=draft.given_first)
            )
            if "others" in found:
                # « and others » stands last.
                del found["others"]
                found["others"] = None
            draft.put(name, tuple(found))
    if draft.kind == "collection" and "author" in draft.fields and "editor" not in draft.fields:
        draft.fields["editor"] = draft.fields.pop("author")


def _dates(draft: Draft) -> None:
    """The date, the fullest of those given; a value without a year takes that of the year's own tag."""
    dates, years = draft.take(Meaning.DATE, Meaning.OLD_DATE), draft.take(Meaning.YEAR)
    year = next((made[:4] for _, value in years if (made := date_of(value))), "")
    given = [(date_of(value, year), tag, value) for tag, value in [*dates, *years] if value.strip("0/- ")]
    if draft.kind == "periodical":
        # « 2012- »: it goes on.
        given = [(f"{made}/.." if _GOES_ON.fullmatch(value) else made, tag, value) for made, tag, value in given]
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
        for tag, value in draft.values.pop(meaning, ()):
            if (date := date_of(value, year if meaning is Meaning.EVENT_DATE else "")) and name not in draft.fields:
                draft.fields[name] = date
                if meaning is Meaning.EVENT_DATE and flat(value) != date:
                    draft.keep(tag, value)
            elif date != draft.fields.get(name):
                draft.keep(tag, value)


def _texts(draft: Draft) -> None:
    values = draft.values
    if Meaning.ABSTRACT in values:
        abstracts = list(dict.fromkeys(value for _, value in draft.take(Meaning.ABSTRACT)))
        # One that another begins with says nothing more.
        distinct = [one for one in abstracts if not any(other != one and other.startswith(one) for other in abstracts)]
        draft.put("abstract", "\n\n".join(distinct))
    if Meaning.NOTE in values:
        draft.put("note", " – ".join(dict.fromkeys(value for _, value in draft.take(Meaning.NOTE))))
    if Meaning.KEYWORDS in values:
        draft.put("keywords", tuple(_keywords([value for _, value in draft.take(Meaning.KEYWORDS)])))
    draft.single("langid", Meaning.LANGUAGE)
    for name, meaning in _LISTS:
        if meaning in values:
            draft.put(name, tuple(dict.fromkeys(flat(value) for _, value in draft.take(meaning))))


def _keywords(values: Sequence[str]) -> Iterable[str]:
    """The words of all the lines; one line alone has them between commas."""
    parts: list[str] = []
    for value in values:
        if ";" in value or "\n" in value:
            parts += (part for part in _BETWEEN_WORDS.split(value) if part.strip())
        elif value.strip():
            parts.append(value)
    if len(parts) == 1:
        parts = [part for part in parts[0].split(",") if part.strip()]
    return dict.fromkeys(filter(None, map(flat, parts)))
