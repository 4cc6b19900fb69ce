"""The titles of a UNIMARC record: field 200, in the order of its subfields, and the other titles of block 5."""

from __future__ import annotations

import re

from biblio.formats.marc.people import Value
from biblio.formats.marc.record import CONTROL, MarcRecord
from biblio.formats.marc.statements import once, tidy, title_and_rest, unbracketed, without_stop
from biblio.formats.marc.unimarc_fields import TITLE_ADDONS
from biblio.formats.marc.unimarc_links import unpacked

_NUMBER = re.compile(r"(?:tome|t|vol(?:ume)?|partie|livre|part|n[°o])\.?\s*(\d+|[IVXLC]+)\.?", re.IGNORECASE)
_ELIDED = ("'", "’")


def place_titles(record: MarcRecord, fields: dict[str, Value], kind: str) -> None:
    """Fills the titles and the number that stands in them; what a number is depends on the kind of document."""
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
            if titles and titles[-1].endswith(_ELIDED):  # an article typed apart, which is not sorted by
                titles[-1] += text
            else:
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
    title = " ; ".join(once(unbracketed(text) for text in titles))
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
            fields["volume"] = number_of_part(number)
    if not number and found.first("v") and kind not in ("article", "periodical"):
        fields["volume"] = number_of_part(tidy(found.first("v")))
    parallel += [text for tag in ("510", "541") for value in record.values(tag, "a") if (text := tidy(value))]
    fields["paralleltitle"] = " ; ".join(once(parallel))
    addons = (tidy(" : ".join(each.every("ae"))) for each in record.every(*TITLE_ADDONS))
    addon = " ; ".join(text for text in once(addons) if text != fields["title"])
    fields["titleaddon"] = " ; ".join(once((str(fields.get("titleaddon", "")), addon)))
    fields["shortjournal"] = tidy(record.value("531", "a")) if kind == "periodical" else ""
    if record.first("101") and record.value("101", "c"):
        fields["origtitle"] = without_stop(record.value("500", "a"))
    for each in map(unpacked, record.every("454")):
        fields["origtitle"] = fields.get("origtitle") or without_stop(each.first("ta"))


def number_of_part(text: str) -> str:
    """« Tome 2 », « Vol. 3 », as the number that it is; anything else as it stands."""
    found = _NUMBER.fullmatch(text)
    return found[1] if found else text
