"""Author–date notices read backwards: « Nom, P. (2019). Titre. Revue, 18(2), 135-147. » and what is near to it.

Sources: *Publication Manual* of the APA, 7th edition, chapters 9 and 10; the author–date forms of ISO 690:2021 § 5 and
of Harvard, whose year stands without brackets.
"""

from __future__ import annotations

import re

from biblio.importing.printed.fragments import EXTENT, MONTHS, YEAR, date_in
from biblio.importing.printed.notice import Reading
from biblio.importing.printed.people import people_of
from biblio.importing.printed.tails import read_tail
from biblio.importing.printed.titles import end_of_title, put_title
from biblio.importing.printed.whole import Whole

_STATES = r"s\.\s?d\.|n\.\s?d\.|sous presse|in press|à paraître|forthcoming"
_DAYS = rf"(?:\d{{1,2}}(?:er)?\s+)?{MONTHS}(?:\s*[-–]\s*{MONTHS})?(?:\s+\d{{1,2}}(?:\s*[-–]\s*\d{{1,2}})?)?"
_BRACKETED = re.compile(
    rf"^(?P<authors>.{{0,600}}?)[\s.,]*[(\[]\s*(?P<date>{YEAR}|{_STATES})(?P<letter>[a-z])?(?:[,\s]+(?P<rest>{_DAYS}))?"
    r"\s*[)\]]\s*[.,:]?\s*(?P<after>.+)$",
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"^(?P<authors>.{{2,600}}?)[.,]\s+(?P<date>{YEAR}|s\.\s?d\.|n\.\s?d\.)(?P<letter>[a-z])?(?:-\d\d(?:-\d\d)?)?\s*[.,:]\s+(?P<after>[^\W\d_a-z«“\"].+)$"
)
_WITH_ALL = re.compile(rf",\s*{EXTENT}\Z", re.IGNORECASE)


def read_author_date(whole: Whole) -> Reading:
    """The notice by this grammar; its share is 0 when no date follows the names."""
    reading = Reading("book")
    match = _BRACKETED.match(whole.text) or _BARE.match(whole.text)
    if match is None:
        return reading
    names = match["authors"]
    # The stop of a last initial belongs to it.
    people = people_of(f"{names}." if re.search(r"(?:^|[\s.-])[A-ZÀ-Ý]$", names) else names)
    if match["authors"].strip() and not people.names and not people.same:
        return reading
    date = match["date"]
    given = match.groupdict()
    month = given.get("rest") or ""
    if date[:1].isdigit():
        reading.put({"date": date_in(f"{month} {date}" if month else date)})
    elif date[:1].lower() != "n" and not re.match(r"s\.\s?d", date, re.IGNORECASE):
        reading.put({"pubstate": date})
    if people.names:
        reading.put({people.role or "author": people.names})
    title, tail, host = end_of_title(match["after"], whole)
    if not tail and _WITH_ALL.search(title):
        # Commas alone part the title from what follows it.
        title, _, tail = title.partition(", ")
    put_title(reading, title)
    reading.put(whole.fields)
    read_tail(reading, tail, host)
    known = bool({"journaltitle", "booktitle", "publisher", "url", "doi"} & reading.fields.keys())
    reading.share = 0.25 + 0.3 * people.sure + 0.15 * bool(title) + 0.3 * known - 0.1 * bool(reading.left)
    if match.re is _BARE:
        reading.share -= 0.05 if people.sure == 1 else 0.35
    if not any(map(str.isalpha, title)):
        reading.share = 0  # what stands for the title is none
    if people.same:
        reading.fields["same"] = "1"
    return reading
