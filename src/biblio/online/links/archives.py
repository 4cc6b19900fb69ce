"""Asks archives of the web for a copy of an address near a day, opens it before it is proposed, and has new ones made.

An archive that does not answer, or says nothing, is no archive without a copy: only « none » is none.

Sources: the Wayback Machine's availability API and CDX server (archive.org/help/wayback_api.php), RFC 7089 (Memento).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any
from urllib.parse import quote

from biblio.collection.link_history import Copy, LinkRecord
from biblio.online.addresses import parse_address
from biblio.online.links.observe import Observer, Trail, is_pdf
from biblio.online.links.settings import Timegate
from biblio.words.faults import BiblioError

NAME = "Internet Archive"
AVAILABLE = "https://archive.org/wayback/available?url={url}&timestamp={stamp}"
INDEX = (
    "https://web.archive.org/cdx/search/cdx?url={url}&output=json&fl=timestamp,original"
    "&filter=statuscode:200&limit=1&sort=closest&closest={stamp}"
)
PLAYED = "https://web.archive.org/web/{stamp}/{url}"
SAVE = "https://web.archive.org/save/{url}"
SAVE_PAUSE = 15.0  # seconds between two requests to save: a few a minute are allowed
_PLAYED = re.compile(r"https?://web\.archive\.org/web/(?P<stamp>\d{14})(?:[a-z]{2}_)?/(?P<url>.+)")
_STAMP = re.compile(r"\d{14}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Answer:
    """A copy, or none; ``is_known`` is false where nobody can say whether there is one."""

    copy: Copy | None = None
    is_known: bool = True


NONE, UNKNOWN = Answer(), Answer(is_known=False)


@dataclass
class Archives:
    """The archives that are asked, on a day: those of the settings, which are nearer, then the Internet Archive."""

    observer: Observer
    day: str
    gates: tuple[Timegate, ...] = ()

    def copy_of(self, address: str, near: str) -> Answer:
        """The copy nearest to a day, opened; ``near`` is a date as far as it is known (``2021-05``), or empty."""
        stamp = _stamp(near or self.day)
        answers: list[Answer] = []
        for ask in (*(_Gate(self, gate).copy_of for gate in self.gates), self._of_the_internet_archive):
            try:
                answer = ask(address, stamp)
            except BiblioError:  # an address that is too long behind that of an archive
                answer = UNKNOWN
            if answer.copy and not answer.copy.on_site:
                return answer
            answers.append(answer)
        noted = next((each for each in answers if each.copy), None)
        return noted or (NONE if all(each.is_known for each in answers) else UNKNOWN)

    def save(self, address: str) -> Answer:
        """Has the Internet Archive make a copy. It may say that it failed, and have made it: it is asked again then."""
        self.observer.pace.sleep(SAVE_PAUSE)
        try:
            trail = self.observer.follow(SAVE.format(url=_bare(address)))
        except BiblioError:
            return UNKNOWN
        place = trail.reply.headers.get("content-location", "") if trail.reply else ""
        for found in (str(trail.last), f"https://web.archive.org{place}"):
            match = _PLAYED.fullmatch(found)
            if match and _same(match["url"], address) and trail.status == 200:
                return Answer(self._copy(match["stamp"], address))
        answer = self._of_the_internet_archive(address, _stamp(self.day))
        return answer if answer.copy and answer.copy.date >= self.day else UNKNOWN

    # --- the Internet Archive -----------------------------------------------------------------------------------------

    def _of_the_internet_archive(self, address: str, stamp: str) -> Answer:
        found = self._available(address, stamp)
        if not found:  # which is often so though there are copies
            indexed = self._indexed(address, stamp)
            if indexed is None:
                return UNKNOWN
            found = indexed
        if not found:
            return NONE
        trail = self.observer.follow(PLAYED.format(stamp=found, url=_bare(address)))
        match = _PLAYED.fullmatch(str(trail.last))
        if trail.reply is None or trail.status != 200 or not match or not trail.reply.body:
            return UNKNOWN
        # A copy of a redirect leads to the copy of another page: what was on the first one is not in it.
        if not _same(match["url"], address) or (is_pdf(address) and trail.is_page):
            return UNKNOWN
        return Answer(self._copy(match["stamp"], match["url"]))

    def _copy(self, stamp: str, address: str) -> Copy:
        date = f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}"
        return Copy(PLAYED.format(stamp=stamp, url=_bare(address)), date, NAME, self.day)

    def _available(self, address: str, stamp: str) -> str:
        """When the nearest copy was made; empty where the service does not know of one."""
        value = _json(self.observer.follow(AVAILABLE.format(url=quote(address, safe=""), stamp=stamp)))
        closest = _within(value, "archived_snapshots", "closest")
        found = _within(closest, "timestamp")
        is_whole = isinstance(found, str) and _STAMP.fullmatch(found) and _within(closest, "status") == "200"
        return str(found) if is_whole else ""

    def _indexed(self, address: str, stamp: str) -> str | None:
        """The same by the index; ``None`` where that does not answer."""
        rows = _json(self.observer.follow(INDEX.format(url=quote(address, safe=""), stamp=stamp)))
        if not isinstance(rows, list):
            return None
        try:
            return next((str(row[0]) for row in rows if _STAMP.fullmatch(str(row[0]))), "")
        except (TypeError, KeyError, IndexError):
            return None


@dataclass(frozen=True, slots=True)
class _Gate:
    """One archive that is asked as RFC 7089 has it."""

    archives: Archives
    gate: Timegate

    def copy_of(self, address: str, stamp: str) -> Answer:
        try:
            moment = datetime(int(stamp[:4]), int(stamp[4:6]), int(stamp[6:8]), tzinfo=UTC)
        except ValueError:  # a day of consultation that no month has
            return UNKNOWN
        headers = {"Accept-Datetime": format_datetime(moment, usegmt=True)}
        # What is read on site alone opens for nobody elsewhere: that there is a copy is all that can be known.
        trail = self.archives.observer.follow(
            self.gate.address + _bare(address), headers, hops=0 if self.gate.on_site else None
        )
        if trail.reply is None:
            return UNKNOWN
        if self.gate.on_site:
            return self._noted(trail)
        if trail.status in (404, 410):
            return NONE
        date = _date(trail.reply.headers.get("memento-datetime", ""))
        if trail.status != 200 or not date or not trail.reply.body:
            return UNKNOWN
        return Answer(Copy(str(trail.last), date, self.gate.name, self.archives.day))

    def _noted(self, trail: Trail) -> Answer:
        if trail.status in (404, 410):
            return NONE
        headers = trail.reply.headers if trail.reply else {}
        try:
            place = str(parse_address(headers["location"], trail.first)) if "location" in headers else str(trail.first)
        except BiblioError:
            return UNKNOWN
        stamp = _STAMP.search(place)
        date = _date(headers.get("memento-datetime", "")) or (_day(stamp[0]) if stamp else "")
        if trail.status not in (200, 302, 303, 307) or not date:
            return UNKNOWN
        return Answer(Copy(place, date, self.gate.name, self.archives.day, on_site=True))


def is_asked(record: LinkRecord | None, since: str) -> bool:
    """Whether archives are to be asked for a copy: where none is known, and they have not all said so since a day."""
    return record is None or (record.copy is None and record.none_on <= since)


def _stamp(near: str) -> str:
    """A date as far as it is known, as a stamp: the middle of what is not."""
    parts = near.split("-")
    return f"{parts[0]}{parts[1] if len(parts) > 1 else '07'}{parts[2] if len(parts) > 2 else '01'}"


def _day(stamp: str) -> str:
    return f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}"


def _date(header: str) -> str:
    """The day of a date of HTTP; empty for none."""
    try:
        return parsedate_to_datetime(header).date().isoformat()
    except (ValueError, TypeError, OverflowError):
        return ""


def _bare(address: str) -> str:
    """An address as archives take it behind their own: as it is, without a fragment."""
    return address.partition("#")[0]


def _same(one: str, other: str) -> bool:
    """Whether two addresses are one for an archive, which looks neither at the scheme nor at ``www.``."""

    def bare(address: str) -> str:
        rest = address.partition("://")[2].partition("#")[0].casefold().removeprefix("www.")
        host, slash, path = rest.partition("/")
        return f"{host.removesuffix(':80').removesuffix(':443')}{slash}{path}".rstrip("/")

    return bare(one) == bare(other)


def _json(trail: Trail) -> Any:
    """What came, as JSON; ``None`` for anything else."""
    if trail.reply is None or trail.status != 200:
        return None
    try:
        return json.loads(trail.reply.body)
    except (ValueError, RecursionError):
        return None


def _within(value: Any, *names: str) -> Any:
    for name in names:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value
