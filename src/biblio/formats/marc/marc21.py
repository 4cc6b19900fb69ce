"""MARC 21 as references. What each field becomes is in ``marc21_fields``, with its source."""

from __future__ import annotations

import re
from collections.abc import Iterable

from biblio.formats.marc.codes import isbn_in, isbns, issn_in, issns, language_word
from biblio.formats.marc.copies import place_copies
from biblio.formats.marc.imprint import Imprint, lacks_date, place_extents, place_imprint
from biblio.formats.marc.links import addresses
from biblio.formats.marc.marc21_fields import ASIDE, NOTES, SUBJECTS, TAKEN
from biblio.formats.marc.people import Person, Value, body_of, name_in, place_meeting, place_people, roles_of
from biblio.formats.marc.record import Field, MarcRecord
from biblio.formats.marc.statements import (
    bare,
    date_of,
    inside_of,
    joined,
    number_alone,
    once,
    tidy,
    without_stop,
)

_KINDS = {
    "c": "music",
    "d": "music",
    "e": "image",
    "f": "image",
    "g": "video",
    "i": "audio",
    "j": "audio",
    "k": "image",
    "o": "kit",
    "p": "misc",
    "r": "misc",
    "t": "manuscript",
}
_YEAR = re.compile(r"[12]\d{3}|[12]\d\dX|[12]\dXX")
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_SEVERAL_CODES = re.compile(r"(?:[a-z]{3}){2,}")
_WORD_OF_PART = re.compile(r"\A(?:vol(?:ume)?|tome|t|part|pt|bd|band)\.?\s*(?=\d|[IVXLC]+\Z)", re.IGNORECASE)
_ENUMERATION = re.compile(r"(?P<v>[^:<]*)(?::(?P<n>[^<]*))?(?:<(?P<p>.*))?")
_HOST_IMPRINT = re.compile(r"(?P<place>[^:]*+):(?P<name>(?>(?:[^,]|,\D*+(?!\d{4}))*))(?:,.*)?")
# 1 publication, 0 production, 2 distribution, 3 manufacture, 4 copyright (MARC 21, 264).
_IMPRINT = Imprint("260", "264", "1 02", "0243", place="a", name="b", date="c")
# A word with a vowel behind a blank and before the full stop: « Green, Tom. », and neither « Smith, J. » nor « Jr. ».
_LAST_WORD = re.compile(r"(?:^|[\s-])(?=\w*[aeiouyà-ÿ])([^\W\d_]{2,})\.\s*\Z", re.IGNORECASE)
_ABBREVIATED = frozenset("alex aug benj co corp dept edw friedr geo inc joh jos robt theo univ wilh assoc".split())
_OLD_CATALOGUE = re.compile(r"(?:(?<!\s)\s+)?\[from old catalog\]\.?\s*\Z")
_PEOPLE = ("100", "110", "700", "710", "720")
_COPIES = {"852": ("khim", "abc"), "952": ("o", "ba")}
_CLASSES = ("090", "099", "050", "060", "080", "082", "084")
# Other fields that have a title, for a record whose 245 is empty or missing.
_OTHER_TITLES = ("240", "246", "740", "130", "247")
_HEADS = {"600": "abcdt", "610": "abt", "611": "acdn", "630": "anp", "653": "a", "662": "abcdfgh"}


def fields_of(record: MarcRecord) -> tuple[str, dict[str, Value]]:
    """The biblatex type of a record and its fields, those that are empty left out."""
    fields: dict[str, Value] = {}
    kind = _type(record)
    codes = record.every("008")[0].text if "008" in record.by_tag else ""
    _identifiers(record, fields)
    _title(record, fields)
    place_imprint(record, fields, _IMPRINT)
    fields["note"] = joined(place_extents(record, fields, "300", part=kind == "article"))
    _series(record, fields)
    kind = _host(record, fields, kind)
    place_people(fields, _people(record, kind), record.values("245", "c")[:1], thesis=kind == "thesis")
    for found in record.every("111", "711"):
        number = "; ".join(once(tidy(value).strip("()") for value in found.every("n")))
        place_meeting(fields, without_stop(found.first("a")), number, found.first("c"), found.first("d"))
    _thesis(record, fields)
    _languages(record, fields, codes)
    if (coded := _coded(codes)) and lacks_date(fields):
        fields["date"] = coded
    if codes[6:7] == "r" and re.fullmatch(r"\d{4}", codes[11:15]):
        fields["origdate"] = codes[11:15]
    _said(record, fields)
    place_copies(record, fields, _COPIES, _CLASSES, "ab", most_classes=1)
    addresses(record, fields)
    if kind == "report" and record.value("088", "a"):
        fields["number"] = tidy(record.value("088", "a"))
    return kind, {name: value for name, value in fields.items() if value}


def not_taken(record: MarcRecord) -> list[str]:
    """The tags of a record that become nothing here."""
    tags = (found.tag for found in record.fields)
    return [tag for tag in tags if tag not in TAKEN and tag not in ASIDE and tag[0] != "9" and tag[1:] != "9"]


def _type(record: MarcRecord) -> str:
    if record.first("502"):
        return "thesis"
    level = record.leader[7:8].lower()
    if level in ("a", "b") or (level not in ("m", "s", "c", "d", "i") and record.first("773")):
        return "article"
    kind = _KINDS.get(record.leader[6:7].lower())
    if kind:
        return kind
    if level in ("s", "i"):
        return "periodical"
    codes = next((found.text for found in record.every("008")), "")
    if record.leader[6:7] == "m" and codes[26:27] in ("b", "g"):
        return "software"  # a program or a game; a document or a system is not
    if codes[29:30] == "1":
        return "proceedings"
    if record.first("088"):
        return "report"
    has_address = record.first("856") is not None and record.first("020", "300") is None
    return "online" if has_address and (record.leader[6:7] == "m" or record.first("007")) else "book"


def _identifiers(record: MarcRecord, fields: dict[str, Value]) -> None:
    fields["isbn"] = isbns(record, "020")
    fields["issn"] = issns(record, "022")
    for found in record.every("024"):
        value = tidy(found.first("a"))
        doi = _DOI.search(value)
        if doi and (found.first("2").lower() == "doi" or value.lower().startswith(("10.", "doi", "http"))):
            fields.setdefault("doi", doi[0])
        elif found.indicator(1) == "2":
            fields.setdefault("ismn", value)


def _codes(value: str) -> list[str]:
    """« engfre » is two codes of languages, as it was typed before 2001."""
    value = tidy(value)
    return re.findall("[a-z]{3}", value) if _SEVERAL_CODES.fullmatch(value) else [value]


def _coded(codes: str) -> str:
    """The date of 008: the letter of the kind, then two years (positions 06 to 14)."""
    kind, first, second = codes[6:7], codes[7:11].lower().replace("u", "X"), codes[11:15].lower().replace("u", "X")
    if not _YEAR.fullmatch(first):
        return ""
    if kind == "c":
        return f"{first}/.."
    if kind in "dikmq" and kind and re.fullmatch(r"[12]\d{3}", second) and second > first:
        return f"{first}/{second}"
    if kind == "e" and re.fullmatch(r"\d{4}", second):
        month, day = second[:2], second[2:]
        return f"{first}-{month}" + (f"-{day}" if day != "00" else "") if "01" <= month <= "12" else first
    return first


def _title(record: MarcRecord, fields: dict[str, Value]) -> None:
    found = record.first("245")
    if found is None:
        fields["title"] = _other_title(record)
        return
    title = without_stop(found.first("a"))
    title = title or without_stop(found.first("k")) or without_stop(found.first("p")) or _other_title(record)
    rest = [tidy(value) for value in found.every("b")]
    subtitle = without_stop(" : ".join(once(rest)))
    if any(value.strip().endswith("=") for value in found.every("a")):
        fields["paralleltitle"], subtitle = subtitle, ""
    numbers = once(tidy(value).strip(" .") for value in found.every("n"))
    parts = once(without_stop(value) for value in found.every("p"))
    if parts and parts != (title,):
        fields["maintitle"], fields["mainsubtitle"] = title, subtitle
        fields["title"] = ". ".join(parts)
    else:
        fields["title"], fields["subtitle"] = title, subtitle
    if numbers:
        fields["volume"] = _WORD_OF_PART.sub("", numbers[0])
    addons: list[str] = []
    for each in record.every("246", "242"):
        text = without_stop(" : ".join(once(map(tidy, each.every("ab")))))
        if each.tag == "246" and each.indicator(2) == "1":
            fields.setdefault("paralleltitle", text)
        elif text and text != title:
            addons.append(text)
    fields["titleaddon"] = " ; ".join(once(addons))
    fields["edition"] = "; ".join(once(without_stop(" ".join(each.every("ab"))) for each in record.every("250")))
    fields["shortjournal"] = tidy(record.value("210", "a"))


def _other_title(record: MarcRecord) -> str:
    return next((text for tag in _OTHER_TITLES if (text := without_stop(record.value(tag, "a")))), "")


def _languages(record: MarcRecord, fields: dict[str, Value], codes: str) -> None:
    languages = [code for value in record.values("041", "ad") for code in _codes(value)]
    fields["langid"] = next((word for code in (*languages, codes[35:38]) if (word := language_word(code))), "")
    originals = [code for value in record.values("041", "h") for code in _codes(value)]
    fields["origlanguage"] = next((word for code in originals if (word := language_word(code))), "")
    if originals:
        fields["origtitle"] = without_stop(record.value("240", "a") or record.value("130", "a"))


def _series(record: MarcRecord, fields: dict[str, Value]) -> None:
    for found in record.every("490", "440", "830", "810", "811", "800"):
        codes = {"490": "a", "440": "anp", "830": "anp"}.get(found.tag, "t")
        title = ". ".join(once(without_stop(value) for value in found.every(codes)))
        if title and not fields.get("series"):
            fields["series"] = title
            fields["number"] = number_alone(tidy(found.first("v")))


def _host(record: MarcRecord, fields: dict[str, Value], kind: str) -> str:
    if kind != "article":
        return kind
    hosts = record.every("773")
    if not hosts:
        return "misc"
    found = next((each for each in hosts if each.first("tsa")), hosts[0])
    title = without_stop(found.first("ts") or found.first("a"))
    place = inside_of(" ".join(found.every("g")))
    volume, issue, pages = place.volume, place.issue, place.pages
    for each in hosts:
        # The same place, as other systems write it: « 12:3<45 », or in a field of its own.
        other = inside_of(" ".join(each.every("g"))) if each is not found else place
        counted = _ENUMERATION.fullmatch(each.first("q").strip())
        volume = volume or other.volume or (counted["v"] if counted else "")
        issue = issue or other.issue or (counted["n"] or "" if counted else "")
        pages = pages or other.pages or (counted["p"] or "" if counted else "")
    issn, isbn = issn_in(found.first("x")), isbn_in(found.first("z"))
    date = place.date or next(
        (date_of(year[0]) for value in found.every("d") if (year := re.search(r"\d{4}", value))), ""
    )
    if pages:
        fields["pages"] = pages
        fields.pop("pagetotal", None)
    if date and (place.date or not fields.get("date")):
        fields["date"] = date
    if place.rest:
        fields["note"] = joined((str(fields["note"]), place.rest))
    if isbn and not issn:
        fields["booktitle"] = title
        fields["isbn"] = fields.get("isbn") or isbn
        fields["volume"] = volume
        imprint = _HOST_IMPRINT.fullmatch(tidy(found.first("d")))
        if imprint:
            fields["location"] = fields.get("location") or once((bare(imprint["place"]),))
            fields["publisher"] = fields.get("publisher") or once((bare(imprint["name"]),))
        return "incollection"
    fields["journaltitle"] = title
    fields["volume"] = volume or fields.get("volume", "")
    fields["number"] = issue or fields.get("number", "")
    fields["issn"] = fields.get("issn") or issn
    return kind


def _heading(text: str) -> str:
    """A name without the full stop that ends its field, where that is none of an abbreviation or of initials."""
    text = _OLD_CATALOGUE.sub("", text)
    last = _LAST_WORD.search(text)
    return text if last is None or last[1].lower() in _ABBREVIATED else text.rstrip()[:-1]


def _people(record: MarcRecord, kind: str) -> list[Person]:
    people: list[Person] = []
    has_main = record.first("100", "110") is not None
    for found in record.every(*_PEOPLE):
        if found.tag in ("700", "710") and found.first("t"):
            continue  # a work that this one holds
        roles = roles_of(found) or roles_of(found, "e")
        is_body = found.tag[1:] == "10" or (found.tag == "720" and found.indicator(1) == "2")
        found = found._replace(subfields=tuple((code, _heading(value)) for code, value in found.subfields))
        name = body_of(found.every("ab")) if is_body else name_in(found, expanded="q", numeral="b")
        if found.tag == "700" and not roles and not has_main and kind in ("book", "proceedings"):
            roles = ("editor",)
        people.append(Person(name, roles, found.tag != "710"))
    return people


def _thesis(record: MarcRecord, fields: dict[str, Value]) -> None:
    found = record.first("502")
    if found is None:
        return
    text = without_stop(found.first("a"))
    kind, institution, date = tidy(found.first("b")), tidy(found.first("c")), tidy(found.first("d"))
    if text and not kind:
        # « Thesis (Ph. D.)--University of Lyon, 2010. »
        parsed = re.fullmatch(r"(?P<kind>.*?)(?<!\s)\s*+(?:--|—|–)\s*+(?P<where>.*?)(?:,\s*+(?P<date>\d{4}))?", text)
        kind = parsed["kind"] if parsed else text
        institution = parsed["where"] if parsed else ""
        date = parsed["date"] or "" if parsed else ""
    fields["type"] = kind
    if institution:
        fields["publisher"] = once((institution,))
    if date and not fields.get("date"):
        fields["date"] = date_of(date)


def _said(record: MarcRecord, fields: dict[str, Value]) -> None:
    """What is said of the document: notes, abstract, contents, audience, subjects."""
    fields["note"] = joined((str(fields["note"]), *(" ".join(found.every("abc")) for found in record.every(*NOTES))))
    fields["abstract"] = "\n\n".join(once(tidy(" ".join(found.every("ab"))) for found in record.every("520")))
    fields["contents"] = "\n\n".join(once(tidy(" ".join(found.every("agrt"))) for found in record.every("505")))
    fields["audience"] = once(map(without_stop, record.values("521", "a")))
    fields["keywords"] = once(map(_subject, record.every(*SUBJECTS)))


def _subject(found: Field) -> str:
    heads = once(without_stop(value).rstrip(",") for value in found.every(_HEADS.get(found.tag, "a")))
    divisions = once(without_stop(value) for value in found.every("vxyz"))
    return " -- ".join((*_joined_heads(found.tag, heads), *divisions))


def _joined_heads(tag: str, heads: Iterable[str]) -> list[str]:
    if tag in ("653", "662"):
        return list(heads)
    text = (". " if tag in ("610", "630") else ", ").join(heads)
    return [text] if text else []
