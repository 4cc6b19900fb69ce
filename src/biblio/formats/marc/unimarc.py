"""UNIMARC as references, in the manners of the BnF, the Sudoc, Koha and PMB.

What each field becomes is in ``unimarc_fields``, with its source.
"""

from __future__ import annotations

import re

from biblio.formats.marc.codes import coded_date, isbns, issns, language_word
from biblio.formats.marc.copies import place_copies
from biblio.formats.marc.imprint import Imprint, lacks_date, place_extents, place_imprint
from biblio.formats.marc.links import addresses
from biblio.formats.marc.people import (
    Person,
    Value,
    body_of,
    name_in,
    place_meeting,
    place_people,
    roles_of,
)
from biblio.formats.marc.record import Field, MarcRecord
from biblio.formats.marc.statements import bare, date_of, joined, once, tidy, title_and_rest, without_stop
from biblio.formats.marc.unimarc_fields import ASIDE, NOTES, RELATED, SUBJECTS, TAKEN
from biblio.formats.marc.unimarc_host import place_host, place_series
from biblio.formats.marc.unimarc_links import unpacked
from biblio.formats.marc.unimarc_title import place_titles

_CONTENTS = {
    "a": "reference",
    "d": "reference",
    "e": "reference",
    "f": "reference",
    "k": "patent",
    "l": "standard",
    "m": "thesis",
    "v": "thesis",
    "n": "legislation",
    "p": "report",
    "7": "thesis",
}
_KINDS = {
    "b": "manuscript",
    "c": "music",
    "d": "music",
    "e": "image",
    "f": "image",
    "g": "video",
    "i": "audio",
    "j": "audio",
    "k": "image",
    "m": "kit",
    "r": "misc",
}
_MEDIA = (
    (re.compile(r"images? animée|vidéo|film|dvd", re.IGNORECASE), "video"),
    (re.compile(r"enregistrement|son|audio|disque|cd audio|musique|parole", re.IGNORECASE), "audio"),
    (re.compile(r"image fixe|carte|estampe|affiche|photo|cartograph", re.IGNORECASE), "image"),
    (re.compile(r"thèse|mémoire", re.IGNORECASE), "thesis"),
    (re.compile(r"article", re.IGNORECASE), "article"),
    (re.compile(r"rapport", re.IGNORECASE), "report"),
    (re.compile(r"périodique|revue", re.IGNORECASE), "periodical"),
    (re.compile(r"manuscrit", re.IGNORECASE), "manuscript"),
)
_PMID = re.compile(r"(?:pmid|pubmed|medline)\W*(\d{4,9})", re.IGNORECASE)
_DOI = re.compile(r"10\.\d{4,9}/\S+")
# 0 publication, 1 production, 2 distribution, 3 printing, 4 protection (UNIMARC 214).
_IMPRINT = Imprint("210", "214", "0 12", "1243", place="a", name="c", date="d")
_SAID = TAKEN.keys() | ASIDE
_PEOPLE = ("700", "710", "716", "720", "730", "701", "711", "721", "790", "791", "702", "712", "722")
_COPIES = {"995": ("k", "cba"), "852": ("hj", "abc"), "930": ("a", "")}
_CLASSES = ("676", "675", "680", "686")
# The subfields of a subject that are its heading, in their order.
_HEADS = {"600": "abdc", "601": "ab", "602": "af", "604": "at", "605": "ahi", "616": "a", "660": ""}


def fields_of(record: MarcRecord) -> tuple[str, dict[str, Value]]:
    """The biblatex type of a record and its fields, those that are empty left out."""
    fields: dict[str, Value] = {}
    kind = _type(record)
    hosts = [unpacked(found) for found in record.every("461", "462", "463", "464")]
    part = bool(hosts) and _level(record) == "a"
    _identifiers(record, fields)
    _languages(record, fields)
    place_titles(record, fields, kind)
    if "205" in record.by_tag:
        fields["edition"] = "; ".join(once(without_stop(" ".join(found.every("ab"))) for found in record.every("205")))
    place_imprint(record, fields, _IMPRINT)
    fields["note"] = joined(place_extents(record, fields, "215", part=part))
    if part and "pages" in fields:
        fields.pop("pagetotal", None)
    place_series(record, fields)
    kind = place_host(record, fields, hosts, kind)
    thesis = _thesis(record, fields)
    if kind == "thesis" and not thesis:
        fields.setdefault("type", "")
    place_people(fields, _people(record, fields), _statements(record), thesis=kind == "thesis")
    codes = record.value("100", "a")
    coded, original = coded_date(codes[8:9], codes[9:13], codes[13:17])
    if coded and lacks_date(fields):
        fields["date"] = coded
        if original:
            fields.setdefault("origdate", original)
    _said(record, fields)
    place_copies(record, fields, _COPIES, _CLASSES, "a")
    addresses(record, fields)
    if kind == "book" and fields.get("url") and _is_electronic(record) and not fields.get("isbn"):
        kind = "report" if fields.get("publisher") and fields.get("pagetotal") else "online"
    return kind, {name: value for name, value in fields.items() if value}


def not_taken(record: MarcRecord) -> list[str]:
    """The tags of a record that become nothing here."""
    known = record.by_tag
    if known.keys() <= _SAID:
        return []
    return [found.tag for tag in known if tag not in _SAID and tag[0] != "9" for found in known[tag]]


def _level(record: MarcRecord) -> str:
    level = record.leader[7:8].lower()
    if level in ("a", "m", "s", "c", "i", "b"):
        return "a" if level == "b" else level
    if record.first("463", "464") or (record.first("461") and not record.first("010")):
        return "a"
    return "s" if record.first("011", "110") and not record.first("010") else "m"


def _type(record: MarcRecord) -> str:
    contents = record.value("105", "a")
    codes = [_CONTENTS[letter] for letter in contents[4:8] if letter in _CONTENTS]
    if record.first("328") or "thesis" in codes:
        return "thesis"
    level = _level(record)
    if level == "a":
        return "article"
    if level in ("s", "i"):
        return "periodical"
    kind = _KINDS.get(record.leader[6:7].lower(), "")
    media = " ".join((*record.values("200", "b"), *record.values("203", "c")))
    if media and not kind:
        kind = next((found for form, found in _MEDIA if form.search(media)), "")
    if kind:
        return kind
    if contents[8:9] == "1":
        return "proceedings"
    return next((code for code in codes if code in ("report", "standard", "patent")), "book")


def _is_electronic(record: MarcRecord) -> bool:
    media = " ".join((*record.values("200", "b"), *record.values("203", "c")))
    return record.leader[6:7] == "l" or record.first("135") is not None or "lectroni" in media


def _identifiers(record: MarcRecord, fields: dict[str, Value]) -> None:
    fields["isbn"] = isbns(record, "010")
    fields["issn"] = issns(record, "011")
    for name, tag in (("ismn", "013"), ("isrn", "015")):
        if tag in record.by_tag:
            fields[name] = ", ".join(once(map(tidy, record.values(tag, "a"))))
    for found in record.every("017"):
        doi = _DOI.search(found.first("a"))
        if doi:
            fields.setdefault("doi", doi[0])
    for value in record.values("035", "a"):
        number = _PMID.search(value)
        if number:
            fields.setdefault("pmid", number[1])


def _languages(record: MarcRecord, fields: dict[str, Value]) -> None:
    # The text's language first, then that of what was said or sung.
    for name, codes in (("langid", "ad"), ("origlanguage", "c")):
        word = next((tag for value in record.values("101", codes) if (tag := language_word(value))), "")
        if word:
            fields[name] = word


def _thesis(record: MarcRecord, fields: dict[str, Value]) -> bool:
    found = record.first("328")
    if found is None:
        return False
    kind, institution, date = found.first("b"), found.first("e"), found.first("d")
    discipline = found.first("c")
    if not (kind or institution):
        # « Thèse de doctorat : Médecine : Paris 7 : 2010 », « Th. : Méd. : Lyon, 2010 ».
        pieces = [tidy(piece) for piece in re.split(r"(?<!\s)\s+:\s+|;\s+|\.\s+-\s+", found.first("a")) if tidy(piece)]
        if pieces and date_of(pieces[-1]) and re.search(r"\d{4}", pieces[-1]):
            year = re.search(r"\d{4}", pieces[-1])
            rest = pieces.pop().replace(year[0], "").strip(" ,.") if year else ""
            date = year[0] if year else ""
            pieces += [rest] if rest else []
        kind = pieces[0] if pieces else ""
        institution = pieces[-1] if len(pieces) > 1 else ""
        discipline = " : ".join(pieces[1:-1])
    fields["type"] = re.sub(r"\A(?:Reproduction de|Texte remanié de|Titre original)\s*:?\s*", "", tidy(kind))
    if institution:
        fields["publisher"] = once((bare(institution),))
    if discipline:
        fields["note"] = joined((str(fields["note"]), discipline))
    if date and not fields.get("date"):
        fields["date"] = date_of(date)
    return True


def _people(record: MarcRecord, fields: dict[str, Value]) -> list[Person]:
    people: list[Person] = []
    for found in record.every(*_PEOPLE):
        kind = found.tag[1]
        if kind == "1" and found.indicator(1) == "1" and found.first("a"):
            place_meeting(fields, tidy(found.first("a")), found.first("d"), found.first("e"), found.first("f"))
            continue
        if kind == "1":
            name = body_of(found.every("ab" if found.tag != "716" else "a"))
        elif kind == "2":
            name = body_of(found.every("a"))
        else:
            name = name_in(found, "b", "g", "d")
        people.append(Person(name, roles_of(found), found.tag[2] in "01" or found.tag in ("716", "730")))
    return people


def _statements(record: MarcRecord) -> list[str]:
    """The statements of responsibility, or the one behind the title where somebody typed it there."""
    return record.values("200", "f") or [title_and_rest(record.value("200", "a"))[2]]


def _said(record: MarcRecord, fields: dict[str, Value]) -> None:
    """What is said of the document: notes, abstract, contents, audience, subjects."""
    notes = [" ".join(_text(found, "abcdefghijklmnpqrstuvwxyz")) for found in record.every(*NOTES)]
    notes += [tidy(" : ".join(_text(unpacked(found), "tol"))) for found in record.every(*RELATED)]
    if notes:
        fields["note"] = joined((str(fields["note"]), *notes))
    if abstracts := record.values("330", "a"):
        fields["abstract"] = "\n\n".join(once(map(tidy, abstracts)))
    if contents := [tidy(value) for value in record.values("327", "abcdefghip")] + [
        " ".join(_text(found, "abcdefghipv")) for found in record.every("359")
    ]:
        fields["contents"] = "\n\n".join(once(contents))
    if audience := record.values("333", "a"):
        fields["audience"] = once(map(tidy, audience))
    if subjects := record.every(*SUBJECTS):
        fields["keywords"] = once([word for found in subjects for word in _subjects(found)])


def _text(found: Field, codes: str) -> list[str]:
    return [text for value in found.every(codes) if (text := tidy(value))]


def _subjects(found: Field) -> list[str]:
    """« Santé publique -- France -- 20e siècle », « Durand, Paul »; several words of 610 are as many keywords."""
    if found.tag == "610":
        # PMB has them between semicolons.
        return [word for text in _text(found, "a") for each in text.split(";") if (word := tidy(each))]
    head = [text for code in _HEADS.get(found.tag, "a") for text in _text(found, code)]
    joint = ". " if found.tag == "601" else " -- " if found.tag in ("606", "607", "608") else ", "
    return [" -- ".join(part for part in (joint.join(head), *_text(found, "jxyz")) if part)]
