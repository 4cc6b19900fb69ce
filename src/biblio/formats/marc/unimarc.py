"""UNIMARC as references, in the manners of the BnF, the Sudoc, Koha and PMB.

Source: IFLA, UNIMARC Manual: Bibliographic Format, 3rd edition, with the updates up to 2021; the recommendation 995 of
French libraries. ``TAKEN`` is the table of what each field becomes, ``ASIDE`` that of fields which say something of the
record or of the copy, not of the document.
"""

from __future__ import annotations

import re
from functools import lru_cache

from biblio.formats.marc.links import addresses
from biblio.formats.marc.people import Person, Value, body_of, people_fields, people_of_statement, person_of, roles_of
from biblio.formats.marc.record import CONTROL, Field, MarcRecord
from biblio.formats.marc.statements import (
    KEPT,
    bare,
    coded_date,
    date_of,
    extent_of,
    inside_of,
    once,
    tidy,
    title_and_rest,
    without_stop,
)
from biblio.reference.languages import USUAL_WORDS, language_tag

# Each field, and where it goes.
TAKEN = {
    "001": "importedfrom",
    "010": "isbn (a)",
    "011": "issn (a)",
    "013": "ismn (a)",
    "015": "isrn (a)",
    "017": "doi (a / where 2 says so)",
    "035": "pmid (a / where it says so)",
    "100": "date / origdate (where 210 and 214 give none)",
    "101": "langid (a), origlanguage (c)",
    "105": "the type / thesis / report / standard / proceedings etc",
    "200": "title (a), subtitle (e), maintitle / volume (h) and title (i), paralleltitle (d), author (f / without 7xx)",
    "203": "the type (a / c), where the leader says none",
    "205": "edition (a b)",
    "210": "location (a), publisher (c), date (d)",
    "214": "the same / of the publication (second indicator 0 or blank), else of 1 and 2; date of 4",
    "215": "pagetotal / pages / volumes or duration (a), note (e)",
    "225": "series (a / i), number (v)",
    "300": "note",
    "302": "note",
    "303": "note",
    "304": "note",
    "305": "note",
    "307": "note",
    "308": "note",
    "310": "note",
    "311": "note",
    "312": "note",
    "313": "note",
    "314": "note",
    "315": "note",
    "316": "note",
    "317": "note",
    "318": "note",
    "320": "note",
    "321": "note",
    "322": "note",
    "323": "note",
    "324": "note",
    "325": "note",
    "326": "note",
    "327": "contents",
    "328": "type / publisher / date / note (thesis)",
    "330": "abstract",
    "333": "audience",
    "336": "note",
    "337": "note",
    "345": "note",
    "359": "contents",
    "410": "series (t), number (v), where 225 gives none",
    "430": "note",
    "440": "note",
    "451": "note",
    "452": "note",
    "453": "note",
    "454": "origtitle (t), origlanguage",
    "423": "note",
    "461": "journaltitle / booktitle or maintitle (t), volume (v), issn (x), isbn (y)",
    "462": "booktitle (t), volume (v)",
    "463": "journaltitle or booktitle (t), volume / number / pages (v p), date (d), issn (x), isbn (y)",
    "464": "journaltitle or booktitle (t), volume / number / pages (v p)",
    "488": "note",
    "500": "origtitle (a), of a translation",
    "501": "titleaddon",
    "503": "titleaddon",
    "510": "paralleltitle (a)",
    "512": "titleaddon",
    "517": "titleaddon",
    "518": "titleaddon",
    "531": "shortjournal (a)",
    "532": "titleaddon",
    "540": "titleaddon",
    "541": "paralleltitle (a)",
    "600": "keywords",
    "601": "keywords",
    "602": "keywords",
    "604": "keywords",
    "605": "keywords",
    "606": "keywords",
    "607": "keywords",
    "608": "keywords",
    "610": "keywords",
    "615": "keywords",
    "616": "keywords",
    "617": "keywords",
    "631": "keywords",
    "632": "keywords",
    "634": "keywords",
    "660": "keywords",
    "661": "keywords",
    "675": "library (a / where no copy has a call number)",
    "676": "library (a / where no copy has a call number)",
    "680": "library (a / where no copy has a call number)",
    "686": "library (a / where no copy has a call number)",
    "700": "author / editor / translator etc by the role (4)",
    "701": "the same",
    "702": "the same / without a role a collaborator / or the author when nobody else is",
    "710": "the same / a body / a meeting (first indicator 1) is eventtitle",
    "711": "the same",
    "712": "the same",
    "716": "the same (a trade mark)",
    "720": "the same (a family)",
    "721": "the same",
    "722": "the same",
    "730": "the same (a name as it is typed)",
    "790": "the same (a name that stands in another)",
    "791": "the same",
    "852": "library / holdings",
    "856": "url / links (u), doi",
    "930": "library (a)",
    "995": "holdings (b c / k), library",
}
# What says something of the record, of the copy or in code; the block 9 is each country's and each library's own.
ASIDE = frozenset(
    "000 002 003 004 005 006 007 008 009 012 014 020 021 022 033 034 036 039 040 071 072 073 098 099 102 106 110 111 "
    "115 116 117 120 121 122 123 124 125 126 127 128 130 131 135 140 141 145 146 181 182 183 801 802 830 886".split(),
)

_NOTES = tuple(tag for tag, place in TAKEN.items() if place == "note" and tag[0] == "3")
_RELATED = ("423", "430", "440", "451", "452", "453", "488")
_TITLE_ADDONS = ("501", "503", "512", "517", "518", "532", "540")
_SUBJECTS = tuple("600 601 602 604 605 606 607 608 610 615 616 617 631 632 634 660 661".split())
_PEOPLE = ("700", "710", "716", "720", "730", "701", "711", "721", "790", "791", "702", "712", "722")
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
_ISBN = re.compile(r"(?:97[89][\s-]?)?(?:\d[\s-]?){9}[\dXx]")
_ISSN = re.compile(r"\d{4}-?\d{3}[\dXx]")
_DOI = re.compile(r"10\.\d{4,9}/\S+")


def fields_of(record: MarcRecord) -> tuple[str, dict[str, Value]]:
    """The biblatex type of a record and its fields, those that are empty left out."""
    fields: dict[str, Value] = {}
    kind = _type(record)
    hosts = [found for tag in ("461", "462", "463", "464") for found in map(_unpacked, record.every(tag))]
    _identifiers(record, fields)
    _languages(record, fields)
    _title(record, fields, kind)
    fields["edition"] = "; ".join(once(without_stop(" ".join(found.every("ab"))) for found in record.every("205")))
    _publication(record, fields)
    _extents(record, fields, bool(hosts) and _level(record) == "a")
    _series(record, fields)
    kind = _host(record, fields, hosts, kind)
    thesis = _thesis(record, fields)
    if kind == "thesis" and not thesis:
        fields.setdefault("type", "")
    _people(record, fields, kind)
    if not fields.get("date"):
        codes = record.value("100", "a")
        date, original = coded_date(codes[8:9], codes[9:13], codes[13:17])
        fields["date"] = date
        if original:
            fields.setdefault("origdate", original)
    _said(record, fields)
    _copies(record, fields)
    addresses(record, fields)
    if kind == "book" and fields.get("url") and _is_electronic(record) and not fields.get("isbn"):
        kind = "report" if fields.get("publisher") and fields.get("pagetotal") else "online"
    return kind, {name: value for name, value in fields.items() if value}


def not_taken(record: MarcRecord) -> list[str]:
    """The tags of a record that become nothing here."""
    return [
        found.tag
        for found in record.fields
        if found.tag not in TAKEN and found.tag not in ASIDE and found.tag[0] != "9"
    ]


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
    kind = kind or next((found for form, found in _MEDIA if form.search(media)), "")
    if kind:
        return kind
    if contents[8:9] == "1":
        return "proceedings"
    return next((code for code in codes if code in ("report", "standard", "patent")), "book")


def _is_electronic(record: MarcRecord) -> bool:
    media = " ".join((*record.values("200", "b"), *record.values("203", "c")))
    return record.leader[6:7] == "l" or record.first("135") is not None or "lectroni" in media


def _identifiers(record: MarcRecord, fields: dict[str, Value]) -> None:
    fields["isbn"] = ", ".join(once(_found(_ISBN, value) for value in record.values("010", "a")))
    fields["issn"] = ", ".join(once(_found(_ISSN, value) for value in record.values("011", "a")))
    fields["ismn"] = ", ".join(once(map(tidy, record.values("013", "a"))))
    fields["isrn"] = ", ".join(once(map(tidy, record.values("015", "a"))))
    for found in record.every("017"):
        doi = _DOI.search(found.first("a"))
        if doi:
            fields.setdefault("doi", doi[0])
    for value in record.values("035", "a"):
        number = re.search(r"(?:pmid|pubmed|medline)\W*(\d{4,9})", value, re.IGNORECASE)
        if number:
            fields.setdefault("pmid", number[1])


def _found(form: re.Pattern[str], value: str) -> str:
    match = form.search(value)
    return match[0].strip(" -") if match else ""


def _languages(record: MarcRecord, fields: dict[str, Value]) -> None:
    # The text's language first, then that of what was said or sung.
    for name, codes in (("langid", "ad"), ("origlanguage", "c")):
        word = next((tag for value in record.values("101", codes) if (tag := language_word(value))), "")
        if word:
            fields[name] = word


@lru_cache(maxsize=KEPT)
def language_word(code: str) -> str:
    """The word that a file has for a language, from a catalogue's code; empty for none (``und``, ``mul``, ``zxx``)."""
    code = tidy(code).lower()[:20]
    if code in ("und", "mul", "zxx", "|||", "###", "mis", ""):
        return ""
    tag = language_tag(code) if re.fullmatch(r"[a-z]{2,3}(?:-\w+)?|[a-zç]{4,}", code) else ""
    return USUAL_WORDS.get(tag, tag)


def _title(record: MarcRecord, fields: dict[str, Value], kind: str) -> None:
    found = record.first("200")
    if found is None:
        fields["title"] = next((tidy(value) for tag in ("500", "540", "517") if (value := record.value(tag, "a"))), "")
        return
    titles: list[str] = []
    subtitles: list[str] = []
    parallel: list[str] = []
    numbers: list[str] = []
    parts: list[str] = []
    after_parallel = False
    for code, value in found.subfields:
        text = tidy(value)
        if not text or code in CONTROL:
            continue
        if code in ("a", "c"):
            titles.append(text)
        elif code == "d":
            # What stands behind a parallel title is in its language too.
            parallel.append(text.removeprefix("= ").strip())
            after_parallel = True
        elif code == "e" and after_parallel:
            parallel[-1] += f" : {text}"
        elif code == "e":
            subtitles.append(text)
        elif code in ("h", "i"):
            (numbers if code == "h" else parts).append(text.strip(" .,"))
            after_parallel = False
    if len(titles) == 1 and not subtitles:
        title, rest, _ = title_and_rest(titles[0])
        titles, subtitles = [title], [rest] if rest else []
    title = " ; ".join(once(_unbracketed(text) for text in titles))
    if parts and title:
        fields["maintitle"] = title
        fields["mainsubtitle"] = " : ".join(once(subtitles))
        fields["title"] = ". ".join(once(parts))
    else:
        fields["title"] = title or ". ".join(once(parts))
        fields["subtitle"] = " : ".join(once(subtitles))
    number = "; ".join(once(numbers))
    if number:
        if kind == "article" or (not parts and len(number) > 20):
            fields["titleaddon"] = number
        else:
            fields["volume"] = _number(number)
    if not number and found.first("v") and kind not in ("article", "periodical"):
        fields["volume"] = _number(tidy(found.first("v")))
    parallel += [text for tag in ("510", "541") for value in record.values(tag, "a") if (text := tidy(value))]
    fields["paralleltitle"] = " ; ".join(once(parallel))
    addons = (tidy(" : ".join(each.every("ae"))) for each in record.every(*_TITLE_ADDONS))
    addon = " ; ".join(text for text in once(addons) if text != fields["title"])
    fields["titleaddon"] = " ; ".join(once((str(fields.get("titleaddon", "")), addon)))
    fields["shortjournal"] = tidy(record.value("531", "a")) if kind == "periodical" else ""
    if record.first("101") and record.value("101", "c"):
        fields["origtitle"] = without_stop(record.value("500", "a"))
    for each in map(_unpacked, record.every("454")):
        fields["origtitle"] = fields.get("origtitle") or without_stop(each.first("ta"))


def _unbracketed(text: str) -> str:
    """A title that the cataloguer supplied, without the brackets that say so."""
    whole = text.startswith("[") and text.endswith("]") and "[" not in text[1:] and "]" not in text[:-1]
    return text[1:-1].strip() if whole else text


def _number(text: str) -> str:
    """« Tome 2 », « Vol. 3 », as the number that it is; anything else as it stands."""
    found = re.fullmatch(r"(?:tome|t|vol(?:ume)?|partie|livre|part|n[°o])\.?\s*(\d+|[IVXLC]+)\.?", text, re.IGNORECASE)
    return found[1] if found else text


def _publication(record: MarcRecord, fields: dict[str, Value]) -> None:
    statements = list(record.every("210"))
    by_function: dict[str, list[Field]] = {}
    for found in record.every("214"):
        by_function.setdefault(found.indicator(2), []).append(found)
    # 0 publication, 1 production, 2 distribution, 3 printing, 4 protection (UNIMARC 214).
    modern = next((by_function[code] for code in ("0", " ", "1", "2") if code in by_function), [])
    if modern:
        statements = modern
    places: list[str] = []
    publishers: list[str] = []
    dates: list[str] = []
    for found in statements:
        places += (bare(piece) for value in found.every("a") for piece in value.split(";"))
        publishers += map(bare, found.every("c"))
        dates += map(date_of, found.every("d"))
    others = [
        date_of(value)
        for code in ("1", "2", "4", "3")
        for each in by_function.get(code, ())
        for value in each.every("d")
    ]
    fields["location"] = once(places)
    fields["publisher"] = once(publishers)
    known = [date for date in once((*dates, *others)) if date]
    fields["date"] = next((date for date in known if re.match(r"\d|\.\./", date)), known[0] if known else "")


def _extents(record: MarcRecord, fields: dict[str, Value], part: bool) -> None:
    notes: list[str] = []
    for found in record.every("215"):
        for value in found.every("a"):
            extent = extent_of(value, part)
            for name, text in (
                ("pagetotal", extent.count),
                ("pages", extent.pages),
                ("volumes", extent.volumes),
                ("duration", extent.duration),
            ):
                if text:
                    fields.setdefault(name, text)
            if extent == extent_of("") and not re.fullmatch(r"\d*\s*vol\.?(?:umes?)?|\W*", tidy(value)):
                notes.append(tidy(value))
        notes += map(tidy, found.every("e"))
    if part and "pages" in fields:
        fields.pop("pagetotal", None)
    if notes:
        fields["note"] = _joined(fields, notes)


def _joined(fields: dict[str, Value], notes: list[str]) -> str:
    return ". ".join(text.rstrip(".") for text in once((str(fields.get("note", "")), *map(tidy, notes))))


def _unpacked(found: Field) -> Field:
    """A linking field in subfields of its own, from those of the fields that ``$1`` embeds in it."""
    if not any(code == "1" for code, _ in found.subfields):
        return found
    mapped = {
        ("200", "a"): "t",
        ("200", "e"): "o",
        ("200", "f"): "f",
        ("200", "v"): "v",
        ("200", "h"): "h",
        ("200", "i"): "i",
        ("500", "a"): "t",
        ("011", "a"): "x",
        ("010", "a"): "y",
        ("210", "a"): "c",
        ("210", "c"): "n",
        ("210", "d"): "d",
        ("214", "a"): "c",
        ("214", "c"): "n",
        ("214", "d"): "d",
        ("215", "a"): "p",
        ("225", "v"): "v",
        ("700", "a"): "a",
        ("856", "u"): "u",
    }
    subfields: list[tuple[str, str]] = []
    tag = ""
    for code, value in found.subfields:
        if code == "1":
            tag = value[:3]
            # « 001 » and its value in one; « 200 1 » and « 2001# » are a tag with its indicators.
            if tag[:2] == "00":
                tag = ""
        elif tag and (new := mapped.get((tag, code))):
            subfields.append((new, value))
        elif not tag:
            subfields.append((code, value))
    return Field(found.tag, found.indicators, tuple(subfields))


def _series(record: MarcRecord, fields: dict[str, Value]) -> None:
    for found in (*record.every("225"), *map(_unpacked, record.every("410"))):
        code = "a" if found.tag == "225" else "t"
        title = ". ".join(once(_unbracketed(without_stop(value).strip("()")) for value in found.every(code + "i")))
        if not title:
            continue
        fields.setdefault("series", title)
        if fields["series"] == title or found.tag == "410":
            number = tidy(found.first("v"))
            if number:
                fields.setdefault(
                    "number", re.sub(r"\A(?:n\s*[°ºo]\.?|no\.?|num\.|vol\.)\s*(?=\d)", "", number, flags=re.IGNORECASE)
                )


def _host(record: MarcRecord, fields: dict[str, Value], hosts: list[Field], kind: str) -> str:
    """The document that this one is a part of; gives the type that follows from it."""
    named = [each for each in hosts if each.first("ta")]
    if kind != "article":
        main = named[0] if named else None
        if main is not None and main.tag in ("461", "462") and kind not in ("periodical", "thesis"):
            title = without_stop(main.first("ta"))
            if title != fields.get("title"):
                fields.setdefault("maintitle", title)
            if main.first("v"):
                fields.setdefault("volume", _number(tidy(main.first("v"))))
        return kind
    issn = next((code for each in hosts if (code := _found(_ISSN, each.first("x")))), "")
    isbn = next((code for each in hosts if (code := _found(_ISBN, each.first("y")))), "")
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
            fields["note"] = _joined(fields, [text])
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


def _thesis(record: MarcRecord, fields: dict[str, Value]) -> bool:
    found = record.first("328")
    if found is None:
        return False
    kind, institution, date = found.first("b"), found.first("e"), found.first("d")
    discipline = found.first("c")
    if not (kind or institution):
        # « Thèse de doctorat : Médecine : Paris 7 : 2010 », « Th. : Méd. : Lyon, 2010 ».
        pieces = [tidy(piece) for piece in re.split(r"\s+:\s+|\s*;\s+|\.\s+-\s+", found.first("a")) if tidy(piece)]
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
        fields["note"] = _joined(fields, [discipline])
    if date and not fields.get("date"):
        fields["date"] = date_of(date)
    return True


def _people(record: MarcRecord, fields: dict[str, Value], kind: str) -> None:
    people: list[Person] = []
    for found in record.every(*_PEOPLE):
        if found.tag[:2] == "71" and found.indicator(1) == "1" and _meeting(found, fields):
            continue
        roles = roles_of(found)
        main = found.tag[2] in "01" or found.tag in ("716", "730")
        if found.tag[:2] == "71":
            name = body_of(found.every("ab")) if found.tag != "716" else body_of(found.every("a"))
        elif found.tag in ("720", "721", "722"):
            name = body_of(found.every("a"))
        else:
            name = person_of(found.first("a"), found.first("b"), found.first("g"))
            if found.first("d"):
                name = type(name)(f"{name} {tidy(found.first('d'))}")
        people.append(Person(name, roles, main))
    placed = people_fields(people, thesis=kind == "thesis")
    if not people:
        for statement in record.values("200", "f"):
            for name, value in people_of_statement(statement).items():
                placed.setdefault(name, value)
        if not placed:
            _, _, statement = title_and_rest(record.value("200", "a"))
            placed = people_of_statement(statement)
    publisher = placed.pop("publisher", None)
    if publisher and not fields.get("publisher"):
        fields["publisher"] = publisher
    fields.update(placed)


def _meeting(found: Field, fields: dict[str, Value]) -> bool:
    title = tidy(found.first("a"))
    if not title:
        return False
    number = tidy(found.first("d"))
    fields.setdefault("eventtitle", f"{title} ({number.strip('()')})" if number else title)
    fields.setdefault("venue", bare(found.first("e")))
    date = date_of(found.first("f").strip("()"))
    if re.match(r"\d", date):
        fields.setdefault("eventdate", date)
    return True


def _said(record: MarcRecord, fields: dict[str, Value]) -> None:
    """What is said of the document: notes, abstract, contents, audience, subjects."""
    notes = [" ".join(_text(found, "abcdefghijklmnpqrstuvwxyz")) for found in record.every(*_NOTES)]
    notes += (tidy(" : ".join(_text(found, "tol"))) for found in map(_unpacked, record.every(*_RELATED)))
    fields["note"] = _joined(fields, [note for note in notes if note])
    fields["abstract"] = "\n\n".join(once(tidy(value) for value in record.values("330", "a")))
    contents = [tidy(value) for value in record.values("327", "abcdefghip")]
    contents += [" ".join(_text(found, "abcdefghipv")) for found in record.every("359")]
    fields["contents"] = "\n\n".join(once(contents))
    fields["audience"] = once(map(tidy, record.values("333", "a")))
    fields["keywords"] = once(word for found in record.every(*_SUBJECTS) for word in _subjects(found))


def _text(found: Field, codes: str) -> list[str]:
    return [text for value in found.every(codes) if (text := tidy(value))]


def _subjects(found: Field) -> list[str]:
    """« Santé publique -- France -- 20e siècle », « Durand, Paul »; several words of 610 are as many keywords."""
    if found.tag == "610":
        return _text(found, "a")
    heads = {"600": "abdc", "601": "ab", "602": "af", "604": "at", "605": "ahi", "616": "a"}
    codes = heads.get(found.tag, "a" if found.tag != "660" else "")
    head = [text for code in codes for text in _text(found, code)]
    joint = ". " if found.tag == "601" else ", "
    if found.tag in ("606", "607", "608"):
        joint = " -- "
    divisions = _text(found, "jxyz")
    return [" -- ".join(part for part in (joint.join(head), *divisions) if part)]


def _copies(record: MarcRecord, fields: dict[str, Value]) -> None:
    numbers: list[str] = []
    lines: list[str] = []
    for found in record.every("995", "852", "930"):
        code = {"995": "k", "852": "hj", "930": "a"}[found.tag]
        number = tidy(found.first(code))
        place = tidy(found.first({"995": "cba", "852": "abc", "930": "c"}[found.tag]))
        if number and place and found.tag != "930":
            lines.append(f"{place.replace(':', ' ')} : {number}")
        elif number:
            numbers.append(number)
    if not numbers and not lines:
        numbers = [tidy(value) for tag in ("676", "675", "680", "686") for value in record.values(tag, "a")]
    fields["library"] = "; ".join(once(numbers))
    fields["holdings"] = "\n".join(once(lines))
