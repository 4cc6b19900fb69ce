"""Notices whose date stands in the source, read backwards: ISO 690, Vancouver, and the commas of French footnotes.

« NOM, Prénom. Titre. Revue, 2019, vol. 18, n° 2, p. 135-147 », « Nom AB. Title. Journal. 2019;18(2):135-47 »,
« Prénom Nom, « Titre », Revue, vol. 18, 2019, p. 135 », « Prénom Nom, Titre, Paris, Éditeur, 2019 ».

Sources: ISO 690:2021 § 5 and annex A; *Citing Medicine*, chapters 1 and 2.
"""

from __future__ import annotations

import re

from biblio.importing.printed.notice import Reading
from biblio.importing.printed.people import People, ends_in_others, people_of
from biblio.importing.printed.tails import read_tail
from biblio.importing.printed.titles import end_of_title, put_title
from biblio.importing.printed.whole import Whole

_CUT = re.compile(r"(?P<sign>[.,:])\s+(?=\S)")
_MOST_CUTS = 40
_CAPITALS = re.compile(r"\b[A-ZÀ-Ý][A-ZÀ-Ý'’-]{2,}")
_WORD = re.compile(r"[A-ZÀ-Ý][’'\w]*[a-zà-ÿ]")


def read_running(whole: Whole) -> Reading:
    """The notice by this grammar; its share is low when it does not begin with names."""
    reading = Reading("book")
    authors, people, after, sign = _authors(whole)
    if people.names:
        reading.put({people.role or "author": people.names})
    if sign == "," and not whole.quoted and not whole.italics:
        title, _, tail = after.partition(", ")
        host = ""
    elif sign == "," and whole.italics and after.startswith(whole.italics[0]) and not whole.quoted:
        title, host = whole.italics[0], next((each for each in whole.italics[1:] if each in after), "")
        tail = after[len(title) :]
    else:
        title, tail, host = end_of_title(after, whole)
    put_title(reading, title)
    reading.put(whole.fields)
    read_tail(reading, tail, host)
    fields = reading.fields
    known = bool({"journaltitle", "booktitle", "publisher", "url", "doi"} & fields.keys())
    firm = bool({"pages", "pagetotal", "volume", "number", "doi", "isbn"} & fields.keys())
    if people.names and all("," not in name for name in people.names) and not firm and "location" not in fields:
        known = False  # what begins as the name of a body may be any sentence
    reading.share = (
        0.15
        + 0.3 * people.sure * bool(authors)
        + 0.15 * bool(title)
        + 0.15 * known
        + 0.1 * firm
        + 0.15 * ("date" in fields)
        - 0.1 * bool(reading.left)
    )
    if not any(map(str.isalpha, title)):
        reading.share = 0  # what stands for the title is none
    if people.same:
        fields["same"] = "1"
    return reading


def _authors(whole: Whole) -> tuple[str, People, str, str]:
    """The names at the start, the text after them and the sign between: the longest run of names without a doubt."""
    text = whole.text
    limit = whole.quoted_at[0] if whole.quoted else len(text)
    for phrase in whole.italics[:1]:
        at = text.find(phrase)
        limit = min(limit, at) if at > 0 else limit
    best: tuple[str, People, str, str] = ("", People(), text, "")
    if whole.quoted and limit > 2:
        people = people_of(text[:limit])
        if people.names and (people.sure >= 0.5 or limit < 80):
            return text[:limit], people, text[limit:], ","
    for number, match in enumerate(_CUT.finditer(text, 0, min(limit + 2, 500))):
        if number > _MOST_CUTS:
            break
        prefix = text[
            : match.start() + (match["sign"] == "." and bool(re.search(r"\b[A-ZÀ-Ý]$", text[: match.start()])))
        ]
        if ends_in_others(prefix) is False or _goes_beyond(best, prefix):
            break
        people = people_of(prefix)
        if people.same:
            return prefix, people, text[match.end() :], match["sign"]
        if not people.names or people.sure < 1:
            direct = people.names and match["sign"] == "," and not best[0] and _is_direct(prefix)
            if direct:
                best = (prefix, people, text[match.end() :], match["sign"])
            continue
        bodies = [name for name in people.names if "," not in name and name != "others"]
        # Persons are not followed by bodies: what looks like one is the title.
        if best[0] and bodies and best[1].sure == 1:
            continue
        best = (prefix, people, text[match.end() :], match["sign"])
        if people.role:
            break
    return best


def _goes_beyond(best: tuple[str, People, str, str], prefix: str) -> bool:
    """Whether names in capitals, which a full stop has ended, are followed by words that are no name in capitals."""
    found, people, _, sign = best
    added = prefix[len(found) :].lstrip(" .")
    in_capitals = sign == "." and people.sure == 1 and _CAPITALS.search(found) is not None
    return in_capitals and _WORD.match(added) is not None and _CAPITALS.search(added) is None


def _is_direct(prefix: str) -> bool:
    """Whether names stand as they are said, « Prénom Nom »: two to four words with capitals."""
    words = prefix.split()
    return 2 <= len(words) <= 4 and all(
        word[:1].isupper() or word in ("de", "du", "van", "von", "et") for word in words
    )
