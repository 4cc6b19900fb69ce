"""MARC 21 as references.

Source: Library of Congress, MARC 21 Format for Bibliographic Data, update 37. ``TAKEN`` is the table of what each field
becomes, ``ASIDE`` that of fields which say something of the record or of the copy, not of the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from biblio.formats.marc.links import addresses
from biblio.formats.marc.people import Person, Value, body_of, people_fields, people_of_statement, person_of, roles_of
from biblio.formats.marc.record import Field, MarcRecord
from biblio.formats.marc.statements import bare, date_of, extent_of, inside_of, once, tidy, without_stop
from biblio.formats.marc.unimarc import language_word

TAKEN = {
    "001": "importedfrom",
    "008": "date / langid / origdate (in code / where no field says them)",
    "020": "isbn (a)",
    "022": "issn (a)",
    "024": "doi (a / where 2 says so), ismn (first indicator 2)",
    "041": "langid (a d), origlanguage (h)",
    "050": "library (a b / where no copy has a call number)",
    "060": "library (a b / where no copy has a call number)",
    "080": "library (a b / where no copy has a call number)",
    "082": "library (a b / where no copy has a call number)",
    "084": "library (a b / where no copy has a call number)",
    "088": "number (a / of a report)",
    "090": "library (a b / where no copy has a call number)",
    "099": "library (a / where no copy has a call number)",
    "100": "author / editor / translator etc by the role (4, e)",
    "110": "the same / a body",
    "111": "eventtitle (a n), eventdate (d), venue (c)",
    "130": "origtitle (a), of a translation",
    "210": "shortjournal (a)",
    "240": "origtitle (a), of a translation",
    "242": "titleaddon",
    "245": "title (a), subtitle (b), titleaddon or volume (n), title (p)",
    "246": "paralleltitle (a / second indicator 1), titleaddon",
    "250": "edition (a b)",
    "260": "location (a), publisher (b), date (c)",
    "264": "the same / of the publication (second indicator 1), else of 0 and 2; date of 4",
    "300": "pagetotal / pages / volumes or duration (a), note (e)",
    "440": "series (a n p), number (v)",
    "490": "series (a), number (v)",
    "502": "type / publisher / date / note (thesis)",
    "505": "contents",
    "520": "abstract (a b)",
    "521": "audience (a)",
    "710": "author / editor etc by the role (4, e), a body",
    "711": "eventtitle / as 111",
    "700": "author / editor / translator etc by the role (4, e)",
    "720": "author / editor / translator etc by the role (4, e)",
    "773": "journaltitle or booktitle (t), volume / number / pages (g q), issn (x), isbn (z), publisher (d)",
    "800": "series",
    "810": "series",
    "811": "series",
    "830": "series (a), number (v), where 490 gives none",
    "852": "library / holdings",
    "856": "url / links (u), doi",
    "952": "holdings (a b / o), library (Koha)",
}
TAKEN |= dict.fromkeys(
    ("600", "610", "611", "630", "647", "648", "650", "651", "653", "654", "655", "656", "657", "658", "662"),
    "keywords",
)
_NOTES = (
    "500",
    "501",
    "504",
    "508",
    "511",
    "515",
    "518",
    "525",
    "530",
    "533",
    "534",
    "538",
    "545",
    "546",
    "550",
    "580",
)
TAKEN |= dict.fromkeys(_NOTES, "note")
# What is left of the fields is said: those that are not here, and the block 9, which is each library's own.
ASIDE = frozenset(
    "000 002 003 004 005 006 007 009 010 015 016 017 018 019 025 026 027 028 029 030 031 032 033 034 035 036 037 038 "
    "040 042 043 044 045 046 047 048 051 052 055 066 070 071 072 074 085 086 263 336 337 338 583 841 842 843 844 850 "
    "853 854 855 863 864 865 866 867 868 876 877 878 880 882 883 884 885 886 887".split(),
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
_ISBN = re.compile(r"(?:97[89][\s-]?)?(?:\d[\s-]?){9}[\dXx]")
_ISSN = re.compile(r"\d{4}-?\d{3}[\dXx]")


def fields_of(record: MarcRecord) -> tuple[str, dict[str, Value]]:
    """The biblatex type of a record and its fields, those that are empty left out."""
    fields: dict[str, Value] = {}
    kind = _type(record)
    codes = next((found.text for found in record.every("008")), "")
    _identifiers(record, fields)
    _title(record, fields)
    _publication(record, fields)
    for value in record.values("300", "a"):
        extent = extent_of(value, kind == "article")
        for name, text in (
            ("pagetotal", extent.count),
            ("pages", extent.pages),
            ("volumes", extent.volumes),
            ("duration", extent.duration),
        ):
            if text:
                fields.setdefault(name, text)
    _series(record, fields)
    kind = _host(record, fields, kind)
    _people(record, fields, kind)
    _thesis(record, fields)
    languages = [code for value in record.values("041", "ad") for code in _codes(value)]
    fields["langid"] = next((word for code in (*languages, codes[35:38]) if (word := language_word(code))), "")
    originals = [code for value in record.values("041", "h") for code in _codes(value)]
    fields["origlanguage"] = next((word for code in originals if (word := language_word(code))), "")
    if originals:
        fields["origtitle"] = without_stop(record.value("240", "a") or record.value("130", "a"))
    if not fields.get("date"):
        fields["date"] = _coded(codes)
    if codes[6:7] == "r" and re.fullmatch(r"\d{4}", codes[11:15]):
        fields["origdate"] = codes[11:15]
    _said(record, fields)
    _copies(record, fields)
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
    fields["isbn"] = ", ".join(once(_found(_ISBN, value) for value in record.values("020", "a")))
    fields["issn"] = ", ".join(once(_found(_ISSN, value) for value in record.values("022", "a")))
    for found in record.every("024"):
        value = tidy(found.first("a"))
        doi = re.search(r"10\.\d{4,9}/\S+", value)
        if doi and (found.first("2").lower() == "doi" or value.lower().startswith(("10.", "doi", "http"))):
            fields.setdefault("doi", doi[0])
        elif found.indicator(1) == "2":
            fields.setdefault("ismn", value)


def _found(form: re.Pattern[str], value: str) -> str:
    match = form.search(value)
    return match[0].strip(" -") if match else ""


def _codes(value: str) -> list[str]:
    """« engfre » is two codes of languages, as it was typed before 2001."""
    value = tidy(value)
    return re.findall("[a-z]{3}", value) if re.fullmatch(r"(?:[a-z]{3}){2,}", value) else [value]


def _coded(codes: str) -> str:
    """The date of 008: the letter of the kind, then two years (positions 06 to 14)."""
    kind, first, second = codes[6:7], codes[7:11].lower().replace("u", "X"), codes[11:15].lower().replace("u", "X")
    if not re.fullmatch(r"[12]\d{3}|[12]\d\dX|[12]\dXX", first):
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
        fields["title"] = without_stop(record.value("240", "a") or record.value("246", "a"))
        return
    title = without_stop(found.first("a"))
    title = title or without_stop(found.first("k")) or without_stop(found.first("p"))
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
        number = re.sub(
            r"\A(?:vol(?:ume)?|tome|t|part|pt|bd|band)\.?\s*(?=\d|[IVXLC]+\Z)", "", numbers[0], flags=re.IGNORECASE
        )
        fields["volume"] = number
    addons: list[str] = []
    for each in record.every("246", "242"):
        text = without_stop(" : ".join(each.every("ab")))
        if each.tag == "246" and each.indicator(2) == "1":
            fields.setdefault("paralleltitle", text)
        elif text and text != title:
            addons.append(text)
    fields["titleaddon"] = " ; ".join(once(addons))
    fields["edition"] = "; ".join(once(without_stop(" ".join(each.every("ab"))) for each in record.every("250")))
    fields["shortjournal"] = tidy(record.value("210", "a"))


def _publication(record: MarcRecord, fields: dict[str, Value]) -> None:
    statements = list(record.every("260"))
    by_function: dict[str, list[Field]] = {}
    for found in record.every("264"):
        by_function.setdefault(found.indicator(2), []).append(found)
    modern = next((by_function[code] for code in ("1", " ", "0", "2") if code in by_function), [])
    statements = modern or statements
    fields["location"] = once(
        bare(piece) for found in statements for value in found.every("a") for piece in value.split(";")
    )
    fields["publisher"] = once(bare(value).rstrip(",") for found in statements for value in found.every("b"))
    others = [found for code in ("0", "2", "4", "3") for found in by_function.get(code, ())]
    dates = [date_of(value.strip().rstrip(".")) for found in (*statements, *others) for value in found.every("c")]
    known = [date for date in dates if date]
    fields["date"] = next((date for date in known if re.match(r"\d|\.\./", date)), known[0] if known else "")


def _series(record: MarcRecord, fields: dict[str, Value]) -> None:
    for found in record.every("490", "440", "830", "810", "811", "800"):
        codes = {"490": "a", "440": "anp", "830": "anp"}.get(found.tag, "t")
        title = ". ".join(once(without_stop(value) for value in found.every(codes)))
        if title and not fields.get("series"):
            fields["series"] = title
            number = tidy(found.first("v"))
            fields["number"] = re.sub(
                r"\A(?:n\s*[°ºo]\.?|no\.?|num\.|vol\.|v\.)\s*(?=\d)", "", number, flags=re.IGNORECASE
            )


def _host(record: MarcRecord, fields: dict[str, Value], kind: str) -> str:
    found = record.first("773")
    if kind != "article":
        return kind
    if found is None:
        return "misc"
    title = without_stop(found.first("ts") or found.first("a"))
    place = inside_of(" ".join(found.every("g")))
    volume, issue, pages = place.volume, place.issue, place.pages
    enumeration = re.fullmatch(r"(?P<v>[^:<]*)(?::(?P<n>[^<]*))?(?:<(?P<p>.*))?", found.first("q").strip())
    if enumeration and found.first("q"):
        volume, issue, pages = (
            volume or enumeration["v"],
            issue or enumeration["n"] or "",
            pages or enumeration["p"] or "",
        )
    issn, isbn = _found(_ISSN, found.first("x")), _found(_ISBN, found.first("z"))
    date = place.date or next(
        (date_of(year[0]) for value in found.every("d") if (year := re.search(r"\d{4}", value))), ""
    )
    if pages:
        fields["pages"] = pages
        fields.pop("pagetotal", None)
    if date and (place.date or not fields.get("date")):
        fields["date"] = date
    if place.rest:
        fields["note"] = place.rest
    if isbn and not issn:
        fields["booktitle"] = title
        fields["isbn"] = fields.get("isbn") or isbn
        fields["volume"] = volume
        imprint = re.fullmatch(r"(?P<place>[^:]*?)\s*:\s*(?P<name>.*?)\s*(?:,\s*\D*\d{4}.*)?", tidy(found.first("d")))
        if imprint:
            fields["location"] = fields.get("location") or once((bare(imprint["place"]),))
            fields["publisher"] = fields.get("publisher") or once((bare(imprint["name"]),))
        return "incollection"
    fields["journaltitle"] = title
    fields["volume"] = volume or fields.get("volume", "")
    fields["number"] = issue or fields.get("number", "")
    fields["issn"] = fields.get("issn") or issn
    return kind


def _people(record: MarcRecord, fields: dict[str, Value], kind: str) -> None:
    people: list[Person] = []
    has_main = record.first("100", "110") is not None
    for found in record.every("100", "110", "700", "710", "720"):
        if found.tag in ("700", "710") and found.first("t"):
            continue  # a work that this one holds
        roles = roles_of(found) or roles_of(found, "e")
        if found.tag[1:] == "10" or (found.tag == "720" and found.indicator(1) == "2"):
            name = body_of(found.every("ab"))
        else:
            given = found.first("a")
            name = person_of(given, "", "")
            if found.first("q") and "," in given:
                name = person_of(given.partition(",")[0], given.partition(",")[2], found.first("q"))
            if found.first("b") and not name.count(","):
                name = type(name)(f"{name} {tidy(found.first('b'))}")
        if found.tag == "700" and not roles and not has_main and kind in ("book", "proceedings"):
            roles = ("editor",)
        people.append(Person(name, roles, found.tag in ("100", "110", "700", "720") and found.tag != "710"))
    placed = people_fields(people, thesis=kind == "thesis")
    if not people:
        placed = people_of_statement(record.value("245", "c"))
    publisher = placed.pop("publisher", None)
    if publisher and not fields.get("publisher"):
        fields["publisher"] = publisher
    fields.update(placed)
    for found in record.every("111", "711"):
        number = "; ".join(once(tidy(value).strip("()") for value in found.every("n")))
        title = without_stop(found.first("a"))
        fields.setdefault("eventtitle", f"{title} ({number})" if number else title)
        fields.setdefault("venue", bare(found.first("c").strip("() ")))
        date = date_of(found.first("d").strip("():; "))
        if re.match(r"\d", date):
            fields.setdefault("eventdate", date)


def _thesis(record: MarcRecord, fields: dict[str, Value]) -> None:
    found = record.first("502")
    if found is None:
        return
    text = without_stop(found.first("a"))
    kind, institution, date = tidy(found.first("b")), tidy(found.first("c")), tidy(found.first("d"))
    if text and not kind:
        # « Thesis (Ph. D.)--University of Lyon, 2010. »
        parsed = re.fullmatch(r"(?P<kind>.*?)\s*(?:--|—|–)\s*(?P<where>.*?)(?:,\s*(?P<date>\d{4}))?", text)
        kind = parsed["kind"] if parsed else text
        institution = parsed["where"] if parsed else ""
        date = parsed["date"] or "" if parsed else ""
    fields["type"] = kind
    if institution:
        fields["publisher"] = once((institution,))
    if date and not fields.get("date"):
        fields["date"] = date_of(date)


def _said(record: MarcRecord, fields: dict[str, Value]) -> None:
    extra = [tidy(value) for value in record.values("300", "e")]
    notes = [tidy(" ".join(found.every("abc"))) for found in record.every(*_NOTES)]
    before = [str(fields["note"])] if fields.get("note") else []
    fields["note"] = ". ".join(text.rstrip(".") for text in once((*before, *extra, *notes)))
    fields["abstract"] = "\n\n".join(once(tidy(" ".join(found.every("ab"))) for found in record.every("520")))
    fields["contents"] = "\n\n".join(once(tidy(" ".join(found.every("agrt"))) for found in record.every("505")))
    fields["audience"] = once(without_stop(value) for value in record.values("521", "a"))
    tags = [tag for tag, place in TAKEN.items() if place == "keywords"]
    fields["keywords"] = once(_subject(found) for found in record.every(*tags))


def _subject(found: Field) -> str:
    codes = {"600": "abcdt", "610": "abt", "611": "acdn", "630": "anp", "653": "a", "662": "abcdfgh"}
    heads = once(without_stop(value).rstrip(",") for value in found.every(codes.get(found.tag, "a")))
    divisions = once(without_stop(value) for value in found.every("vxyz"))
    return " -- ".join((*_joined_heads(found.tag, heads), *divisions))


def _joined_heads(tag: str, heads: Iterable[str]) -> list[str]:
    if tag in ("653", "662"):
        return list(heads)
    text = (". " if tag in ("610", "630") else ", ").join(heads)
    return [text] if text else []


def _copies(record: MarcRecord, fields: dict[str, Value]) -> None:
    numbers: list[str] = []
    lines: list[str] = []
    for found in record.every("852", "952"):
        number = tidy(" ".join(found.every("khim" if found.tag == "852" else "o")))
        place = tidy(found.first("abc" if found.tag == "852" else "ba"))
        if number and place:
            lines.append(f"{place.replace(':', ' ')} : {number}")
        elif number:
            numbers.append(number)
    if not numbers and not lines:
        tags = ("090", "099", "050", "060", "080", "082", "084")
        numbers = [tidy(" ".join(found.every("ab"))) for tag in tags for found in record.every(tag)][:1]
    fields["library"] = "; ".join(once(numbers))
    fields["holdings"] = "\n".join(once(lines))
