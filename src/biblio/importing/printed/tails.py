"""What follows the title of a notice in one paragraph: journal with its numbers, host, publisher, thesis, in any order.

The parts that have a form of their own are taken out first, wherever they stand: pages, numbers, dates, editions. What
is left is the name of a journal or of a publisher, perhaps behind a place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from biblio.formats.records import Body
from biblio.importing.printed.fragments import (
    DATE,
    EXTENT,
    MONTHS,
    NO_DATE,
    NUMBERS,
    PAGES,
    YEAR,
    date_in,
    pages_of,
    whole_range,
    without_label,
)
from biblio.importing.printed.notice import Reading
from biblio.importing.printed.people import people_of

# « 2019 Mar 15;18(2):135-47 » and « 18(2), 135-147 », « 18:135-147 », « 18(2): 135 ».
_VANCOUVER = re.compile(
    rf"(?P<date>{YEAR}(?:\s+{MONTHS}(?:-{MONTHS})?(?:\s+\d{{1,2}})?)?)\s*;\s*(?P<volume>[\w-]{{1,12}})?"
    r"(?:\((?P<number>[^()]{1,30})\))?(?:\s*:\s*(?P<pages>[A-Za-z]?\d[\w.]*(?:\s*[-–]\s*[A-Za-z]?\d\w*)?))?",
    re.IGNORECASE,
)
_COMPACT = re.compile(
    r"(?:(?<=[\s,.])|^)(?P<volume>\d{1,4}(?:[-–/]\d{1,4})?)\s?(?:\((?P<number>[^()]{1,30})\)(?:\s*[:,]\s*(?:pp?\.\s*)?(?P<pages>[A-Za-z]?\d[\w.]*(?:\s*[-–]\s*[A-Za-z]?\d\w*)?))?"
    r"|\s*[:,]\s*(?:pp?\.\s*)?(?P<range>[A-Za-z]?\d+\s*[-–]\s*[A-Za-z]?\d+))(?=\s*(?:[.,;]|$))"
)
_PAGES = re.compile(rf"[\s,;:(]*(?P<pages>{PAGES})\)?(?=[\s.,;)]|$)", re.IGNORECASE)
_EXTENT = re.compile(rf"[\s,;:]*(?P<extent>{EXTENT})(?=[\s.,;)]|$)", re.IGNORECASE)
_DATE = re.compile(rf"(?:(?<![\s,;:(])[\s,;:(]+)?(?<![\d/])(?P<date>{DATE})(?![\d])[a-z]?\)?", re.IGNORECASE)
_NO_DATE = re.compile(rf"(?:(?<![\s,;:])[\s,;:]+)?{NO_DATE}", re.IGNORECASE)
_EDITION = re.compile(
    r"[\s,;:(]*(?P<edition>(?:(?P<number>\d+)\s?(?:e|ère|re|ème|nd|rd|th|st)|nouvelle|rev\.|revised)"
    r"\s*[ée]d(?:ition|n|\.)?(?: \w+\.)?)\)?(?=[\s.,;)]|$)",
    re.IGNORECASE,
)
_SERIES = re.compile(
    r"[\s,;:]*\((?:coll(?:ection|\.)\s*+:?\s*+)?[«“\"]?(?P<series>[^()]{3,80}?)[»”\"]?\)|[\s,;:]*\bcoll(?:ection|\.)\s*+:?\s*+[«“\"]?\s*(?P<named>[^,.;»”\"]{3,80})\s*[»”\"]?",
    re.IGNORECASE,
)
# « Lyon : Éditeur, 2019, 210 p. (Collection ; 12) », as ISBD and the notes of French books have it.
_ISBD_SERIES = re.compile(
    r"\s*\((?P<series>[^\W\d_][^();]{2,80}?)(?:\s*[;,]\s*(?:n\s?[°º]\s*)?(?P<number>\d{1,5}))?\)[\s,.;]*\Z",
    re.IGNORECASE,
)
_THESIS = re.compile(
    r"[\[(]?\b(?P<kind>(?:th[èe]se|m[ée]moire|habilitation|HDR|ph\.?\s?d\.?(?: thesis| dissertation)?"
    r"|doctoral (?:thesis|dissertation)"
    r"|master(?:['’]s|s)? (?:thesis|dissertation)|dissertation|dipl[ôo]me)(?:\s+(?:de |d['’]|en |du )[\w'’ -]{2,60}?)?)"
    r"(?:\s*:\s*(?P<field>[\w'’ -]{3,60}))?(?P<end>[\])]|(?=[.,;:\[]|$))",
    re.IGNORECASE,
)
_THESIS_BRACKET = re.compile(
    r"[\[(](?P<kind>(?:th[èe]se|m[ée]moire|habilitation|doctoral|master|ph\.?\s?d|dissertation)[^,\])]{0,60}+),?\s*+(?P<school>[^\])]{0,120}+)[\])]",
    re.IGNORECASE,
)
_SCHOOL = re.compile(r"universit|école|institut|ehesp|sciences po|faculté|school|college", re.IGNORECASE)
_REPORT = re.compile(
    r"[\[(]?\b(?P<kind>(?:rapport|report|working paper|document de travail|technical report|étude)\b"
    r"(?:\s+(?:de|d['’]|technique|annuel)\s?[\w'’ ]{0,40}?)?)"
    r"\s*(?P<number>(?:n\s?[°º]|no\.?|number)\s*[\w./-]+)?[\])]?",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?:^|(?<=[.,;]\s)|(?<=[.,;»”\"]\s))(?:In|Dans|in|dans)\s?:?\s+(?=[^\s\d])")
_MEETING = re.compile(
    r"\b(?:actes|proceedings|proc\.|colloque|congr[èe]s|conf[ée]rence|symposium|workshop|s[ée]minaire|journées?)\b",
    re.IGNORECASE,
)
_ROLE_END = re.compile(
    r"\(\s*(?:dirs?\.?|[ée]ds?\.?|coords?\.?|sous la dir\.?)\s*\)"
    r"|,\s*(?:dirs?\.|[ée]ds?\.|coords?\.|editors?)(?=[,. ])",
    re.IGNORECASE,
)
# « Santé publique 30, no 2 (2018): 155-56 », as Chicago has it.
_VOLUME_BEHIND = re.compile(r"(?P<journal>.*[^\W\d_])\s+(?P<volume>\d{1,3})")
_PAGES_BEHIND = re.compile(r"(?:^|[\s,)])\s*:\s*(?P<pages>\d+\s*[-–]\s*\d+)")
_PLACE = re.compile(
    r"(?P<place>[A-ZÀ-Ý][^\d:;()]{1,90}?(?:\s?\([A-Z][\w .]{1,20}\))?(?:,\s?[A-Z]{2})?)\s?:\s(?P<publisher>.+)"
)
_NO_PLACE = re.compile(r"\[?\s*[sS]\.\s?[ln]\.\s*\]?\s*[,:;.]?\s*")
_TOWNS = frozenset(
    """paris lyon marseille rennes toulouse bordeaux lille grenoble montpellier nantes strasbourg nice dijon bruxelles
    bruxelles louvain liège genève lausanne montréal québec ottawa londres london oxford cambridge berlin new york
    boston chicago toronto amsterdam dordrecht princeton vanves saint-denis aubervilliers ivry rouen tours poitiers
    perpignan aix-en-provence clermont-ferrand besançon nancy metz arles malakoff cachan issy-les-moulineaux
    louvain-la-neuve washington geneva copenhague copenhagen rome madrid barcelone milan""".split()
) | {"new york", "saint denis", "los angeles"}


def read_tail(reading: Reading, tail: str, host: str = "") -> None:
    """Adds the fields of what follows a title; ``host`` is the phrase in italic that names a journal or a book."""
    tail = tail.strip(" ,;")
    _thesis(reading, tail)
    inside = _HOST.search(tail)
    if inside and reading.entry_type != "thesis":
        _part(reading, tail[inside.end() :], host)
        return
    report = _REPORT.search(tail) if not host else None
    if report and report["number"] and reading.entry_type != "thesis":
        reading.entry_type = "report"
        reading.put({"number": without_label(report["number"]).rstrip(".")})
        tail = f"{tail[: report.start()]} {tail[report.end() :]}"
    before = _before_numbers(tail)
    tail = _numbers(reading, tail)
    tail = _extent_and_date(reading, tail)
    if reading.entry_type == "report":
        _publisher(reading, tail)
        return
    numbered = bool({"volume", "number", "pages"} & reading.fields.keys())
    if reading.entry_type == "thesis":
        _publisher(reading, _THESIS_BRACKET.sub(" ", _THESIS.sub(" ", tail)))
    elif host or (numbered and "pagetotal" not in reading.fields):
        name, _, rest = tail.partition(host) if host and host in tail else ("", "", "")
        journal = host or before or _first_piece(tail)
        volume = _VOLUME_BEHIND.fullmatch(journal)
        if volume and "volume" not in reading.fields:
            journal = volume["journal"]
            reading.put({"volume": volume["volume"]})
        reading.entry_type = "article"
        reading.put({"journaltitle": journal.strip(' ,.;:«»"“”')})
        if host:
            left = f"{name} {rest}".strip(" ,.;:()[]")
            if sum(map(str.isalpha, left)) > 3:
                reading.left.append(left)
            elif re.fullmatch(r"\d{1,4}", left):
                reading.put({"volume": left})
    else:
        report = _REPORT.match(tail)
        if report:
            reading.entry_type = "report"
            tail = tail[report.end() :]
        _publisher(reading, tail)


def _before_numbers(tail: str) -> str:
    """What stands before the first number or date of a tail: the name of a journal, with the commas that it has."""
    found = [next((match for match in NUMBERS.finditer(tail) if match[0]), None)]
    found += [pattern.search(tail) for pattern in (_VANCOUVER, _COMPACT, _PAGES, _DATE)]
    name = tail[: min((match.start() for match in found if match), default=0)].strip(" ,.;:([")
    return name if 2 < len(name) < 120 else ""


def _thesis(reading: Reading, tail: str) -> None:
    bracket = _THESIS_BRACKET.search(tail)
    found = bracket or _THESIS.search(tail)
    if not found:
        return
    reading.entry_type = "thesis"
    reading.put({"type": found["kind"].strip()})
    if bracket and bracket["school"].strip():
        reading.put({"publisher": (Body(bracket["school"].strip(" ,.")),)})
    elif not bracket and found.groupdict().get("field") and _SCHOOL.match(found["field"]):
        reading.put({"publisher": (Body(found["field"].strip(" ,.")),)})


def _part(reading: Reading, text: str, host: str) -> None:
    """« In : DUPONT, J. (dir.), Titre de l'ouvrage. Paris : Éditeur, 2016, p. 277-295 »."""
    text = _numbers(reading, text)
    text = _extent_and_date(reading, text)
    makers, rest = "", text
    if host and host in text:
        makers, _, rest = text.partition(host)
        title = host
    else:
        role = _ROLE_END.search(text)
        if role:
            makers, rest = text[: role.end()], text[role.end() :].strip(" ,.:")
        else:
            first, cut, after = _cut_people(text)
            makers, rest = (first, after) if cut else ("", text)
        title, rest = _sentence(rest)
    people = people_of(makers.strip(" ,.:"))
    if people.names:
        reading.put({"editor": people.names})
    elif sum(map(str.isalpha, makers)) > 3:
        reading.left.append(makers.strip(" ,.:"))
    reading.entry_type = "inproceedings" if _MEETING.search(title) else "incollection"
    reading.put({"booktitle": title.strip(' ,.;:«»"“”')})
    reading.fields.pop("journaltitle", None)
    _publisher(reading, rest)


def _cut_people(text: str) -> tuple[str, bool, str]:
    """Names before a title, where a stop or a comma parts them and nothing else."""
    for match in re.finditer(r"[.,:]\s+(?=[^\W\d_a-z])", text[:300]):
        people = people_of(text[: match.start()])
        following = people_of(text[match.end() : match.end() + 40].split(",")[0])
        if people.names and people.sure == 1 and "," in text[: match.start()] and following.sure < 1:
            return text[: match.start()], True, text[match.end() :]
    return "", False, text


def _numbers(reading: Reading, tail: str) -> str:
    """The tail without its numbers and pages, which go to the fields."""
    vancouver = _VANCOUVER.search(tail)
    if vancouver and (vancouver["volume"] or vancouver["pages"]):
        _put_numbers(reading, vancouver["volume"], vancouver["number"], vancouver["pages"])
        reading.put({"date": date_in(vancouver["date"])})
        return f"{tail[: vancouver.start()]} {tail[vancouver.end() :]}"
    labelled = next((match for match in NUMBERS.finditer(tail) if match["volume"] or match["number"]), None)
    if labelled:
        volume, number = labelled["volume"] or "", labelled["number"] or ""
        tail = f"{tail[: labelled.start()]}, {tail[labelled.end() :]}"
        more = next(
            (match for match in NUMBERS.finditer(tail) if match["number"] and not number and match["number"]), None
        )
        if more:
            number = more["number"]
            tail = f"{tail[: more.start()]}, {tail[more.end() :]}"
        _put_numbers(reading, without_label(volume), without_label(number), "")
    else:
        compact = _COMPACT.search(tail)
        if compact and not re.fullmatch(YEAR, compact["volume"]):
            _put_numbers(reading, compact["volume"], compact["number"], compact["pages"] or compact["range"])
            tail = f"{tail[: compact.start()]}, {tail[compact.end() :]}"
    pages = _PAGES.search(tail) or (None if "pages" in reading.fields else _PAGES_BEHIND.search(tail))
    if pages:
        reading.put({"pages": whole_range(pages_of(pages["pages"]))})
        tail = f"{tail[: pages.start()]}, {tail[pages.end() :]}"
    return tail


def _put_numbers(reading: Reading, volume: str | None, number: str | None, pages: str | None) -> None:
    found = whole_range(pages_of(pages)) if pages else ""
    is_article_number = bool(re.fullmatch(r"e\d+|\d{6,}", found))
    reading.put(
        {
            "volume": (volume or "").replace("–", "-"),
            "number": (number or "").strip(),
            "eid" if is_article_number else "pages": found,
        }
    )


def _extent_and_date(reading: Reading, tail: str) -> str:
    extent = _EXTENT.search(tail)
    if extent:
        count = re.sub(r"\s*(?:p(?:ages|p?\.?)|f(?:euillets|\.))$", "", extent["extent"], flags=re.IGNORECASE)
        reading.put({"pagetotal": count.strip()})
        tail = f"{tail[: extent.start()]}, {tail[extent.end() :]}"
    edition = _EDITION.search(tail)
    if edition:
        reading.put({"edition": edition["number"] or edition["edition"]})
        tail = f"{tail[: edition.start()]}, {tail[edition.end() :]}"
    dates = list(_DATE.finditer(tail))
    if dates:
        date = dates[-1]
        reading.put({"date": date_in(date["date"])})
        for each in reversed(dates):
            if date_in(each["date"]) == date_in(date["date"]) or each is date:
                tail = f"{tail[: each.start()]}, {tail[each.end() :]}"
    elif (none := _NO_DATE.search(tail)) is not None:
        tail = f"{tail[: none.start()]} {tail[none.end() :]}"
    return re.sub(r"(?:\s*[,;]\s*){2,}", ", ", tail).strip(" ,;")


def _first_piece(tail: str) -> str:
    return re.split(r"\.\s|,\s|;\s", tail.strip(" .,;"), maxsplit=1)[0]


def _sentence(text: str) -> tuple[str, str]:
    """The first sentence of a text, or what stands before its first comma where it has no stop, and the rest."""
    stop = re.search(r"(?<![\s.][A-Z])(?<!\b[A-Z])[.?!]\s+(?=[^\W\d_a-z«\"]|\[|\d)", text)
    if stop:
        end = stop.start() + (text[stop.start()] != ".")
        return text[:end], text[stop.end() :]
    comma = text.find(", ")
    return (text[:comma], text[comma + 2 :]) if comma > 0 else (text, "")


def _publisher(reading: Reading, tail: str) -> None:
    """« Paris : Éditeur », « Éditeur, Paris », « Paris, Éditeur », « Éditeur »."""
    named = _ISBD_SERIES.search(tail) if "pagetotal" in reading.fields else None
    if named:
        reading.put({"series": named["series"].strip(), "number": named["number"] or ""})
        tail = tail[: named.start()]
    series = _SERIES.search(tail)
    if series and (series["named"] or "coll" in series[0].lower()):
        reading.put({"series": (series["named"] or series["series"] or "").strip(" ,.«»")})
        tail = f"{tail[: series.start()]}, {tail[series.end() :]}"
    tail = _NO_PLACE.sub("", tail).strip(" ,.;:()[]")
    tail = re.sub(r"(?:\s*[,;.]\s*){2,}", ", ", tail).strip(" ,.;:")
    if not tail:
        return
    place = _PLACE.fullmatch(tail)
    if place:
        before, stop, town = place["place"].rpartition(". ")
        title = reading.fields.get("title")
        if stop and isinstance(title, str) and len(before) > 3:
            # A second sentence of the title stands before the place.
            reading.fields["title"] = f"{title}. {before}"
            reading.put({"location": (town.strip(" ,"),), "publisher": _bodies(place["publisher"])})
            return
        reading.put({"location": (place["place"].strip(" ,"),), "publisher": _bodies(place["publisher"])})
        return
    pieces = [piece.strip(" .;:") for piece in re.split(r",\s+|;\s+|\.\s+(?=[A-ZÀ-Ý])", tail) if piece.strip(" .;:")]
    places = [piece for piece in pieces if piece.lower() in _TOWNS]
    bodies = [piece for piece in pieces if piece.lower() not in _TOWNS]
    if places:
        reading.put({"location": tuple(places)})
    if bodies and len(bodies) <= 3 and sum(map(len, bodies)) < 160:
        reading.put({"publisher": tuple(Body(each) for each in bodies)})
    elif bodies:
        reading.left.append(", ".join(bodies))


def _bodies(text: str) -> Sequence[str]:
    return tuple(Body(each.strip(" .,;")) for each in re.split(r"\s*;\s*|\s+/\s+", text) if each.strip(" .,;"))
