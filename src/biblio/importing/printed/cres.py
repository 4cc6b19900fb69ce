"""The notice of the CRES read backwards: authors, title, source, event, annotation with its provenance, links.

It is what ``citation.cres`` prints; where bold and italic are lost, the order of the lines and their forms tell them.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from biblio.formats.records import Body
from biblio.importing.printed.addresses import PrintedLink, inline_links, is_cut, joined, links_of
from biblio.importing.printed.fragments import MONTHS, YEAR, date_in
from biblio.importing.printed.notice import Notice, Reading, Setting
from biblio.importing.printed.paragraph import Paragraph, text_of
from biblio.importing.printed.people import people_of
from biblio.importing.printed.sources import (
    Source,
    article_fields,
    host_of,
    is_updated,
    legal_fields,
    monograph_fields,
    source_of,
    web_fields,
)
from biblio.reference.body_names import names_a_body
from biblio.reference.provenance import parse_provenance
from biblio.reference.types import Pattern, entry_type

_ADDONS = re.compile(
    r"(?P<title>.+?[.?!»)])\s*(?P<addon>Dossier(?: documentaire| thématique| spécial)?|Commentaires?|Éditorial"
    r"|Editorial|Poster|Entretien|Interview|Synthèse|Note de lecture|Résumé|Infographie)\.?"
)
_CHAPTER = re.compile(r"Chap(?:itre|ter|\.)\s*(?P<number>\d+|[IVXL]+)\s*[.:]\s*(?P<title>.+)", re.IGNORECASE)
_VOLUME = re.compile(r"(?P<title>.+?)[.,]?\s+(?P<volume>Tome (?:\d+|[IVX]+))")
_PROVENANCE = re.compile(
    r"\s*\[(?P<words>(?:extrait|résumé|d['’]après|d['’]|extr|rés|abstract|extract)[^\[\]]{0,60})\]\.?\s*$",
    re.IGNORECASE,
)
_EVENT = re.compile(r"(?:Lieu(?: et dates?)?|Dates? et lieu|Place and date|Date)\s*:\s*(?P<event>.+)", re.IGNORECASE)
_EVENT_DATE = re.compile(
    rf"(?:du\s+)?(?P<date>\d[\w\s,-]{{0,60}}?(?:{MONTHS})\s+{YEAR}|(?:{MONTHS})\s+{YEAR}|{YEAR})", re.IGNORECASE
)
_LAW = re.compile(
    r"(?:loi|décret|arrêté|ordonnance|circulaire|instruction|directive|règlement|note d'information|décision)\b"
    r"[^,]{0,60}?\bn\s?[°º]",
    re.IGNORECASE,
)
_KEYWORDS = re.compile(r"(?:Mots[- ]cl[ée]s|Descripteurs|Keywords|Thèmes?)\s*:\s*(?P<words>.+)", re.IGNORECASE)
_ACRONYM = re.compile(r"(?P<title>.+?)\s*\((?P<body>[A-ZÀ-Ý][\w'’ -]{1,60})\)")
# A title, authors and a source take no more lines than this before a notice is something else.
_HEAD = 9


def read_cres(notice: Notice, setting: Setting) -> Reading:
    """The notice by this grammar."""
    bodies = setting.bodies
    reading = Reading(notice.label.entry_type if notice.label else "online" if notice.web else "misc")
    if notice.label and notice.label.subtype:
        reading.fields["entrysubtype"] = notice.label.subtype
    lines = list(notice.paragraphs)
    authors, title, source, after = _web_head(lines) if notice.web and not notice.label else _head(lines)
    _put_title(reading, title, notice)
    people = people_of(authors)
    if people.names:
        reading.put({"author" if not people.role else people.role: people.names})
    _put_source(reading, source, notice, bodies)
    put_after(reading, after, notice, setting)
    if "title" not in reading.fields and "publisher" not in reading.fields and notice.heading:
        reading.put({"title": notice.heading})
    reading.share = 1.0 if title and source else 0.6 if {"title", "publisher"} & reading.fields.keys() else 0.3
    return reading


def _head(lines: Sequence[Paragraph]) -> tuple[str, str, Paragraph | None, Sequence[Paragraph]]:
    """Authors, title, the line of the source and what comes after it."""
    at = _source_line(lines)
    if at is None:
        count = next((index for index, line in enumerate(lines) if not _is_strong(line) and index), len(lines))
        strong = [index for index, line in enumerate(lines[:4]) if _is_strong(line)]
        if strong:
            first, last = strong[0], strong[-1]
            return _joined(lines[:first]), _joined(lines[first : last + 1]), None, lines[last + 1 :]
        if len(lines) > 1 and people_of(lines[0].text).sure >= 0.5 and not links_of(lines[1]):
            return lines[0].text, lines[1].text, None, lines[2:]
        return "", _joined(lines[:count]), None, lines[count:]
    before, source, after = lines[:at], lines[at], lines[at + 1 :]
    if not before:
        # Title and source in one paragraph, parted by their manner alone.
        strong_part = text_of(run for run in source.runs if run.bold)
        rest = [run for run in source.runs if not run.bold]
        if strong_part and rest:
            return "", strong_part, Paragraph(tuple(rest), source.number, source.where), after
        return "", "", source, after
    strong = [index for index, line in enumerate(before) if _is_strong(line)]
    if strong:
        return _joined(before[: strong[0]]), _joined(before[strong[0] :]), source, after
    if len(before) == 1:
        return "", before[0].text, source, after
    # Authors go on over lines as long as a line ends in a comma.
    split = 1
    while split < len(before) - 1 and before[split - 1].text.endswith(","):
        split += 1
    authors = _joined(before[:split])
    if people_of(authors).sure >= 0.5:
        return authors, _joined(before[split:]), source, after
    return "", _joined(before), source, after


def _source_line(lines: Sequence[Paragraph]) -> int | None:
    """Which of the first lines is the source."""
    candidates = [
        index
        for index, line in enumerate(lines[:_HEAD])
        if not _is_strong(line) and (host_of(line.text) is not None or _is_source(line.text)) and not links_of(line)
    ]
    for index in candidates:
        if lines[index].italic or host_of(lines[index].text) is not None:
            return index
    italic = next((i for i, line in enumerate(lines[:4]) if line.italic and i and not _is_strong(line)), None)
    if italic is not None and (not candidates or italic < candidates[0]):
        return italic
    return candidates[0] if candidates else None


def _is_source(text: str) -> bool:
    source = source_of(text)
    return source is not None and bool(source.pieces) and len(text) < 400


def _is_strong(line: Paragraph) -> bool:
    return line.bold or line.level > 0


def _joined(lines: Sequence[Paragraph]) -> str:
    return " ".join(line.text for line in lines if line.text)


def _web_head(lines: Sequence[Paragraph]) -> tuple[str, str, Paragraph | None, Sequence[Paragraph]]:
    """The title, the body and what follows of a page in a sitography."""
    first = lines[0]
    bold = text_of(run for run in first.runs if run.bold)
    if bold and not first.bold:
        rest = tuple(run for run in first.runs if not run.bold)
        return "", bold.rstrip(" ,"), Paragraph(rest, first.number, first.where), lines[1:]
    count = next((index for index, line in enumerate(lines) if not _is_strong(line)), len(lines))
    title = _joined(lines[:count])
    rest_lines = lines[count:]
    if not count and first.text and links_of(first) and not first.mark:
        label = " ".join(link.label for link in links_of(first) if link.label)
        if label:
            title, rest_lines = label, lines[1:]
    elif (
        not count
        and not (first.italic or is_updated(first.text) or legal_fields(first.text))
        and not _is_prose(first)
        and not first.mark
    ):
        following = lines[1] if len(lines) > 1 else None
        if following is None or not _is_prose(following) or links_of(following) or following.italic:
            title, rest_lines = first.text, lines[1:]
    if rest_lines:
        line = rest_lines[0]
        bracketed = line.text.startswith("(") and line.text.endswith(")") and len(line.text) < 90
        is_body = line.italic or is_updated(line.text) or legal_fields(line.text) or bracketed or _is_source(line.text)
        if is_body and not links_of(line) and len(line.text) < 200:
            return "", title, line, rest_lines[1:]
    return "", title, None, rest_lines


def _is_prose(line: Paragraph) -> bool:
    return len(line.text) > 160 or (len(line.text) > 60 and line.text.endswith("."))


def _put_title(reading: Reading, title: str, notice: Notice) -> None:
    title = title.strip(" ,")
    title = title.removesuffix(".") if not title.endswith(("..", "etc.")) and title.count(".") else title
    linked = not any(_is_strong(line) for line in notice.paragraphs[:1]) or notice.paragraphs[0].level > 0
    if notice.web and not notice.label:
        tail = source_of(title)
        if tail and tail.dated and len(tail.pieces) > 1:
            reading.entry_type = "report"
            reading.put({"publisher": tuple(Body(piece) for piece in tail.pieces[1:]), **tail.fields})
            title = tail.pieces[0]
        elif linked and (ending := _ACRONYM.fullmatch(title)) and not _abbreviates(ending["body"], ending["title"]):
            reading.put({"publisher": (Body(ending["body"]),)})
            title = ending["title"]
        if _LAW.match(title):
            reading.entry_type = "legislation"
            whole, dash, article = title.partition(" – art.")
            if dash:
                title = whole
                reading.put({"titleaddon": f"art.{article}"})
    addon = _ADDONS.fullmatch(title)
    if addon and len(addon["title"]) > 8:
        title = addon["title"].removesuffix(".").strip()
        reading.put({"titleaddon": addon["addon"]})
    reading.put({"title": title})


def _abbreviates(acronym: str, title: str) -> bool:
    """Whether an acronym may stand for the words before it: its letters are among their first letters, in order."""
    if not acronym.isupper() or "," in acronym:
        return not acronym.isupper() or "," in acronym
    letters = "".join(word if word.isupper() else word[0] for word in re.findall(r"[^\W\d_]+", title)).upper()
    if not letters or letters[0] != acronym[0]:
        return False
    at = 0
    for letter in acronym:
        at = letters.find(letter, at) + 1
        if not at:
            return False
    return True


def _put_source(reading: Reading, line: Paragraph | None, notice: Notice, bodies: Container[str]) -> None:
    if line is None:
        return
    text = line.text
    pattern = entry_type(reading.entry_type).pattern
    host = host_of(text)
    legal = legal_fields(text)
    if host is not None:
        _put_host(reading, line, len(text) - len(host), bodies)
    elif legal and (notice.web or pattern is Pattern.LEGAL):
        reading.entry_type = "legislation"
        reading.put(legal)
    elif pattern is Pattern.WEB:
        fields = web_fields(text)
        title = reading.fields.get("title")
        if fields.keys() == {"updated"} and isinstance(title, str) and names_a_body(title):
            # A page without a title goes by its body.
            fields["publisher"] = (Body(reading.fields.pop("title")),)
        reading.put(fields)
        if "pagetotal" in fields:
            reading.entry_type = "report"
    else:
        source = source_of(text) or Source([text.strip(" ,.")])
        if pattern is Pattern.ARTICLE:
            numbered, rest = article_fields(source)
            reading.put(numbered)
        else:
            more, rest = monograph_fields(source, bodies)
            if more.get("pages") == "np":
                more["pagetotal"] = more.pop("pages")
            reading.put(more)
            _take_volume(reading)
        reading.left += rest


def _take_volume(reading: Reading) -> None:
    """« … Tome I » at the end of a title is the number of the volume."""
    title = reading.fields.get("title")
    match = _VOLUME.fullmatch(title) if isinstance(title, str) else None
    if match and len(match["title"]) > 10:
        reading.fields["title"] = match["title"].strip(" ,.")
        reading.put({"volume": match["volume"][0].lower() + match["volume"][1:]})


def _put_host(reading: Reading, line: Paragraph, start: int, bodies: Container[str]) -> None:
    """« In : AUTEURS, **Titre hôte**, *Éditeur, 2016, pp. 277-295* »."""
    if reading.entry_type in ("book", "misc", "collection", "report"):
        reading.entry_type = "incollection"
    elif reading.entry_type in ("proceedings", "unpublished"):
        reading.entry_type = "inproceedings"
    title = reading.fields.get("title")
    chapter = _CHAPTER.fullmatch(title) if isinstance(title, str) else None
    if chapter:
        reading.fields |= {"title": chapter["title"], "chapter": chapter["number"]}
    runs = line.cut(start)
    bold = text_of(run for run in runs if run.bold)
    if bold:
        first = next(index for index, run in enumerate(runs) if run.bold)
        last = max(index for index, run in enumerate(runs) if run.bold)
        people, host = text_of(runs[:first]), bold.strip(" ,")
        source = source_of(text_of(runs[last + 1 :]).strip(" ,")) or Source([])
    else:
        source = source_of(text_of(runs)) or Source([text_of(runs)])
        people, host, publishers = _host_pieces(source.pieces)
        source = Source(publishers, source.fields)
    makers = people_of(people.strip(" ,"))
    if makers.names:
        reading.put({"editor": makers.names})
    fields, rest = monograph_fields(source, bodies)
    reading.put({"booktitle": host, **fields})
    reading.left += rest


def _host_pieces(pieces: Sequence[str]) -> tuple[str, str, list[str]]:
    """The makers, the title and the publishers of a host that nothing but commas parts."""
    count = 0
    while count < len(pieces) - 1 and people_of(pieces[count]).sure == 1 and pieces[count].split()[0].isupper():
        count += 1
        if "al." in pieces[count - 1]:
            break
    rest = list(pieces[count:])
    cut = max(1, len(rest) - 1)
    return ", ".join(pieces[:count]), ", ".join(rest[:cut]), rest[cut:]


def put_after(reading: Reading, lines: Sequence[Paragraph], notice: Notice, setting: Setting) -> None:
    """The event, the annotation with its provenance, the keywords and the links."""
    links: list[PrintedLink] = []
    texts: list[str] = []
    for line in lines:
        event = _EVENT.fullmatch(line.text)
        keywords = _KEYWORDS.fullmatch(line.text)
        own = links_of(line)
        if own:
            links += own
        elif event and not texts:
            _put_event(reading, event["event"])
        elif keywords:
            words = re.split(r"\s*[;,]\s*", keywords["words"].strip(" ."))
            reading.put({"keywords": tuple(word for word in words if word)})
        elif (
            notice.web
            and (line.mark or links)
            and (links or not texts)
            and not _is_prose(line)
            and len(line.text) < 140
        ) or (line.size and line.size == setting.link_size and len(line.text) < 140 and not _is_prose(line)):
            links += inline_links(line) or [PrintedLink("", line.text)]
        else:
            texts.append(f"{line.mark} {line.text}".strip() if line.mark else line.text)
            links += inline_links(line)
    _put_annotation(reading, texts)
    _put_links(reading, joined(links))


def _put_event(reading: Reading, text: str) -> None:
    match = _EVENT_DATE.search(text)
    place = (text[: match.start()] if match else text).strip(" ,")
    reading.put({"venue": place, "eventdate": date_in(match["date"]) if match else ""})


def _put_annotation(reading: Reading, texts: list[str]) -> None:
    if texts:
        ending = _PROVENANCE.search(texts[-1])
        words = ending["words"] if ending else ""
        plain = re.sub(
            r"^(extrait )?(?:du )?résumé (?:de )?(?:l['’]\s*)?", r"\1", words.replace("’", "'"), flags=re.IGNORECASE
        )
        provenance = parse_provenance(plain.strip(" .")) or parse_provenance(words.strip(" ."))
        if ending and provenance:
            texts[-1] = texts[-1][: ending.start()].rstrip()
            parts = (
                "extrait" if provenance.extract else "",
                "d'après" if provenance.adapted else "",
                provenance.source,
            )
            reading.put({"annotationsource": " ".join(filter(None, parts))})
    reading.put({"annotation": "\n\n".join(filter(None, texts))})


def _put_links(reading: Reading, links: Sequence[PrintedLink]) -> None:
    """One bare address is the field ``url``; a DOI is an identifier; the others are lines of ``links``."""
    others: list[PrintedLink] = []
    for link in links:
        doi = re.fullmatch(r"https?://(?:dx\.)?doi\.org/(10\..+)", link.url)
        if doi and "doi" not in reading.fields:
            reading.put({"doi": doi[1]})
        elif is_cut(link.url):
            reading.left.append(link.url)
        elif link.url not in ("", "#") and not link.label and not link.abstract_only and "url" not in reading.fields:
            reading.put({"url": link.url})
        else:
            others.append(link)
    reading.put({"links": "\n".join(link.line for link in others if link.line)})
