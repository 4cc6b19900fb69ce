"""What a UNIMARC record is a part of: the series (225, 410), the host of an article or a chapter (461 to 464)."""

from __future__ import annotations

import re

from biblio.formats.marc.codes import isbn_in, issn_in
from biblio.formats.marc.people import Value
from biblio.formats.marc.record import Field, MarcRecord
from biblio.formats.marc.statements import (
    bare,
    date_of,
    inside_of,
    joined,
    number_alone,
    once,
    tidy,
    unbracketed,
    without_stop,
)
from biblio.formats.marc.unimarc_links import unpacked
from biblio.formats.marc.unimarc_title import number_of_part


def place_series(record: MarcRecord, fields: dict[str, Value]) -> None:
    """Fills the series and its number, of 225 or else of 410."""
    for found in (*record.every("225"), *map(unpacked, record.every("410"))):
        code = "a" if found.tag == "225" else "t"
        title = ". ".join(once(unbracketed(without_stop(value).strip("()")) for value in found.every(code + "i")))
        if not title:
            continue
        fields.setdefault("series", title)
        if fields["series"] == title or found.tag == "410":
            number = tidy(found.first("v"))
            if number:
                fields.setdefault("number", number_alone(number))


def place_host(record: MarcRecord, fields: dict[str, Value], hosts: list[Field], kind: str) -> str:
    """The document that this one is a part of; gives the type that follows from it."""
    named = [each for each in hosts if each.first("ta")]
    if kind != "article":
        main = named[0] if named else None
        if main is not None and main.tag in ("461", "462") and kind not in ("periodical", "thesis"):
            title = without_stop(main.first("ta"))
            if title != fields.get("title"):
                fields.setdefault("maintitle", title)
            if main.first("v"):
                fields.setdefault("volume", number_of_part(tidy(main.first("v"))))
        return kind
    issn = next((code for each in hosts if (code := issn_in(each.first("x")))), "")
    isbn = next((code for each in hosts if (code := isbn_in(each.first("y")))), "")
    places = [inside_of(value) for each in hosts for value in (*each.every("v"), *each.every("p"), *each.every("h"))]
    volume = next((place.volume for place in places if place.volume), "")
    issue = next((place.issue for place in places if place.issue), "")
    pages = next((place.pages for place in places if place.pages), "")
    loose = [place.rest for place in places if place.rest]
    dates = [date_of(value) for each in reversed(hosts) for value in each.every("d")]
    date = next(
        (text for text in dates if re.match(r"\d", text)), next((place.date for place in places if place.date), "")
    )
    is_book = (isbn and not issn) or (not issn and not volume and not issue and any(each.first("n") for each in hosts))
    title = without_stop(named[0].first("ta")) if named else ""
    inner = without_stop(named[-1].first("ta")) if len(named) > 1 else ""
    for text in loose:
        if re.fullmatch(r"\d+(?:[-/]\d+)?", text) and not issue:
            issue = text
        elif re.fullmatch(r"[A-Za-z]?\d+[-–]\d+", text) and not pages:
            pages = text
        elif not is_book and not issue:
            issue = text
        else:
            fields["note"] = joined((str(fields["note"]), text))
    if pages:
        fields.setdefault("pages", pages)
    if date:
        fields["date"] = date
    if is_book:
        fields["booktitle"] = title
        fields["booksubtitle"] = without_stop(named[0].first("o")) if named else ""
        fields["isbn"] = fields.get("isbn") or isbn
        fields["volume"] = volume or fields.get("volume", "")
        host = named[0] if named else hosts[0]
        fields["publisher"] = fields.get("publisher") or once(map(bare, host.every("n")))
        fields["location"] = fields.get("location") or once(map(bare, host.every("c")))
        return "incollection"
    fields["journaltitle"] = title
    if (
        inner
        and not re.match(r"\d{4}", date_of(inner))
        and inner != title
        and not inside_of(inner).issue
        and not re.search(re.escape(title), inner, re.IGNORECASE)
    ):
        fields["issuetitle"] = inner
    elif inner and not (volume or issue or re.match(r"\d{4}", date_of(inner))):
        place = inside_of(inner)
        volume, issue = place.volume, place.issue
    if volume:
        fields["volume"] = volume
    if issue:
        fields["number"] = issue
    fields["issn"] = fields.get("issn") or issn
    return "article" if hosts else "misc"
