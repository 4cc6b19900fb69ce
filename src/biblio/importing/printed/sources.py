"""Source lines read backwards: « Revue, vol. 18 n° 2, 2019-03, pp. 135-147 », « Éditeur, 2018, 96 p. », « In : … ».

They are the lines that ``citation.cres`` writes, with what centres write in their place.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, field

from biblio.formats.records import Body
from biblio.importing.printed.fragments import (
    DATE,
    EXTENT,
    NO_DATE,
    NOT_PAGED,
    NUMBERS,
    PAGES,
    compact_numbers,
    date_in,
    pages_of,
    without_label,
)
from biblio.text.collation import fold

_PAGES = re.compile(rf"{PAGES}\.?", re.IGNORECASE)
_EXTENT = re.compile(rf"(?:env\.\s*)?{EXTENT}(?:\s*\+\s*\w[\w .]*)?", re.IGNORECASE)
_NOT_PAGED = re.compile(NOT_PAGED, re.IGNORECASE)
_VOLUMES = re.compile(r"(\d+)\s*(?:vol(?:umes|s?\.)?|t(?:omes|\.))", re.IGNORECASE)
_DATE = re.compile(DATE, re.IGNORECASE)
_NO_DATE = re.compile(NO_DATE, re.IGNORECASE)
_DATE_THEN_PAGES = re.compile(rf"(?P<date>{DATE})\s+(?P<pages>{PAGES}|{EXTENT}|{NOT_PAGED})\.?", re.IGNORECASE)
_STATE = re.compile(r"à paraître|sous presse|in press|forthcoming", re.IGNORECASE)
_EDITION = re.compile(
    r"(?:\d+(?:e|ère|re|ème|nd|rd|th|st)|nouvelle|[ée]dition \d+)\s*[ée]d(?:ition|\.)?(?: \w+\.?)?|edition \d+",
    re.IGNORECASE,
)
_ARTICLE_NUMBER = re.compile(r"(?:art(?:icle|\.)\s*)(\w+)|(e\d{2,}\w*)", re.IGNORECASE)
_UPDATED = re.compile(
    rf"[\s,;(]*(?:à jour|mis(?:e)? à jour|actualisée?|updated?)\s*(?:(?:en|au|le|on|in|:)\s*)?(?P<date>{DATE})\)?",
    re.IGNORECASE,
)
_HOST = re.compile(r"\s*In\s?:\s*|\s*\bin\s?:\s*", re.IGNORECASE)
_JOURNAL_OF_LAW = re.compile(
    r"(?P<journal>JORF|JO|Journal officiel[\w ]*|BO\b[\w ]*|Bulletin officiel[\w ]*|JOUE|JOCE)[\s,]*+"
    r"(?:n\s?[°º]\s*+(?P<number>[\w-]++))?[\s,]*+"
    rf"(?:du|of|,)?\s*+(?P<date>{DATE})?(?:[\s,]*+(?:{PAGES}|texte \d+))?\.?",
    re.IGNORECASE,
)
# No source is as long as that.
_LONGEST = 600


@dataclass(slots=True)
class Source:
    """A source line by its parts: what leads, in pieces, and the fields that its end gives."""

    pieces: list[str]
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def dated(self) -> bool:
        """Whether it has a date, or says that there is none."""
        return "date" in self.fields or "pubstate" in self.fields or "undated" in self.fields


def source_of(text: str) -> Source | None:
    """A line as a source, from its end: pages, then a date, then whatever leads; ``None`` when it ends in neither."""
    if len(text) > _LONGEST:
        return None
    pieces = [piece.strip() for piece in re.split(r",(?:\s+|$)", text.strip(" .,;")) if piece.strip(" .")]
    found = Source(pieces)
    while pieces:
        piece = pieces[-1].strip(" .") if not pieces[-1].endswith(("p.", "éd.", "d.")) else pieces[-1].strip()
        if not _take_end(found, piece):
            break
        pieces.pop()
    if (
        not found.fields
        or len(text) > 600
        or not (found.dated or {"pages", "pagetotal", "number"} & found.fields.keys())
    ):
        return None
    return found


def _take_end(found: Source, piece: str) -> bool:
    """Whether the last piece of a source is one of those at its end; its field is put down."""
    fields = found.fields
    both = _DATE_THEN_PAGES.fullmatch(piece)
    if both and "date" not in fields:
        _take_pages(fields, both["pages"])
        fields["date"] = date_in(both["date"])
        return True
    if "date" not in fields:
        if _DATE.fullmatch(piece) and date_in(piece):
            fields["date"] = date_in(piece)
            return True
        if _NO_DATE.fullmatch(piece):
            fields["undated"] = piece
            return True
        if _STATE.fullmatch(piece):
            fields["pubstate"] = piece
            return True
        if _take_pages(fields, piece):
            return True
        ending = re.fullmatch(rf"(?P<before>.+?[^\d\s/-])\s+(?P<date>{DATE})", piece, re.IGNORECASE)
        if ending and len(found.pieces) > 1 and NUMBERS.match(piece) and NUMBERS.match(piece)[0]:  # type: ignore[index]
            fields["date"] = date_in(ending["date"])
            found.pieces.insert(len(found.pieces) - 1, ending["before"])
            return True
    return False


def _take_pages(fields: dict[str, str], piece: str) -> bool:
    if _PAGES.fullmatch(piece):
        before = f", {fields['pages']}" if "pages" in fields else ""
        fields["pages"] = pages_of(piece) + before
    elif _NOT_PAGED.fullmatch(piece):
        fields["pages"] = "np"
    elif _EXTENT.fullmatch(piece) and "pagetotal" not in fields:
        fields["pagetotal"] = re.sub(r"\s*(?:p(?:ages|p?\.?))$", "", piece.strip(), flags=re.IGNORECASE)
    elif _VOLUMES.fullmatch(piece):
        fields["volumes"] = _VOLUMES.fullmatch(piece)[1]  # type: ignore[index]
    elif (match := _ARTICLE_NUMBER.fullmatch(piece)) is not None:
        fields["eid"] = match[1] or match[2]
    else:
        return False
    return True


def article_fields(source: Source) -> tuple[dict[str, str], list[str]]:
    """The journal and its numbers, and the pieces that are none of them."""
    fields = dict(source.fields)
    fields.pop("undated", None)
    if "pagetotal" in fields and "pages" in fields:
        fields.pop("pagetotal")
    journal: list[str] = []
    rest: list[str] = []
    for piece in source.pieces:
        numbers = numbers_of(piece)
        if journal and numbers:
            for name, value in numbers.items():
                fields.setdefault(name, value)
        elif fields.keys() & {"volume", "number", "issue"}:
            rest.append(piece)
        else:
            journal.append(piece)
    title = ", ".join(journal)
    inside = re.fullmatch(r"(?P<journal>.+?)[\s,]+(?P<numbers>(?:vol|n°|n °|tome|no?\.).*)", title, re.IGNORECASE)
    if inside and numbers_of(inside["numbers"]):
        title = inside["journal"]
        fields = {**numbers_of(inside["numbers"]), **fields}
    return {"journaltitle": title, **fields}, rest


def numbers_of(piece: str) -> dict[str, str]:
    """Volume, number or « Hors série » of a piece that says nothing else."""
    if re.fullmatch(
        r"(?:num[ée]ro\s+)?hors[- ]s[ée]rie.{0,20}|num[ée]ro spécial|special issue|suppl[ée]ment.{0,10}",
        piece,
        re.IGNORECASE,
    ):
        return {"issue": piece}
    match = NUMBERS.fullmatch(piece.strip(" ,."))
    if match and (match["volume"] or match["number"]):
        volume, number = without_label(match["volume"] or ""), without_label(match["number"] or "")
        fields = {"volume": volume, "number": number, "issue": match["hors"] or ""}
        return {name: value for name, value in fields.items() if value}
    compact = compact_numbers(piece)
    return compact if "number" in compact or re.fullmatch(r"\d{1,3}", piece.strip()) else {}


def monograph_fields(source: Source, bodies: Container[str]) -> tuple[dict[str, str | Sequence[str]], list[str]]:
    """The publishers, the edition and the extent."""
    fields: dict[str, str | Sequence[str]] = {name: value for name, value in source.fields.items() if name != "undated"}
    publishers: list[str] = []
    rest: list[str] = []
    for piece in source.pieces:
        if _EDITION.fullmatch(piece):
            fields.setdefault("edition", re.sub(r"\D", "", piece) or piece)
        elif (
            bracketed := re.fullmatch(r"\(?(?:coll(?:ection|\.)\s*+:?\s*+)(.+?)\)?", piece, re.IGNORECASE)
        ) is not None:
            fields.setdefault("series", bracketed[1])
        else:
            publishers.append(piece)
    if publishers:
        fields["publisher"] = tuple(Body(each) for each in whole_bodies(publishers, bodies))
    return fields, rest


def whole_bodies(pieces: Sequence[str], bodies: Container[str]) -> list[str]:
    """The names of bodies in a line parted at its commas: those that have a comma of their own in one again.

    ``bodies`` are the names with commas that the document says elsewhere, as ``fold`` makes them. What goes on in
    lower case is no name of its own either.
    """
    out: list[str] = []
    at = 0
    while at < len(pieces):
        for end in range(min(len(pieces), at + 4), at, -1):
            whole = ", ".join(pieces[at:end])
            if end == at + 1 or fold(whole) in bodies:
                if out and whole[:1].islower():
                    out[-1] += f", {whole}"
                else:
                    out.append(whole)
                at = end
                break
    return out


def legal_fields(text: str) -> dict[str, str]:
    """« JORF n° 0172 du 26 juillet 2019 »; empty when a text names no official journal."""
    match = _JOURNAL_OF_LAW.fullmatch(text.strip(" ,."))
    if not match:
        return {}
    fields = {"journaltitle": match["journal"].strip(), "number": match["number"] or ""}
    fields["date"] = date_in(match["date"]) if match["date"] else ""
    return {name: value for name, value in fields.items() if value}


def web_fields(text: str) -> dict[str, str | Sequence[str]]:
    """« Organisme, à jour en janvier 2023 », either half alone too."""
    fields: dict[str, str | Sequence[str]] = {}
    updated = _UPDATED.search(text)
    if updated:
        fields["updated"] = date_in(updated["date"])
        text = f"{text[: updated.start()]} {text[updated.end() :]}"
    source = source_of(text)
    if source and source.dated and source.pieces:
        fields |= source.fields
        fields.pop("undated", None)
        text = ", ".join(source.pieces)
    elif source and not source.pieces:
        return {**fields, **{name: value for name, value in source.fields.items() if name != "undated"}}
    body = text.strip(" ,.;")
    if body.startswith("(") and body.endswith(")"):
        body = body[1:-1]
    if body:
        fields["publisher"] = (Body(body),)
    return fields


def is_updated(text: str) -> bool:
    """Whether a line says when a page was last changed."""
    return _UPDATED.search(text) is not None


def host_of(text: str) -> str | None:
    """What follows « In : » at the start of a line; ``None`` for any other line."""
    match = _HOST.match(text)
    return text[match.end() :] if match else None
