"""What was seen at each address of a project, day after day: a text file of the project, a line an address.

A line stands for itself and lines are in the order of their addresses, so that two branches of a history merge line by
line; of two lines of one address, as such a merge may leave, each day of both counts. Days are given by whoever looked:
nothing here knows a clock.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from biblio.reference.link import is_safe
from biblio.words.faults import Diagnostic, Parsed, Span, diagnose

FILE = "links.jsonl"
MOST_STRETCHES = 24  # of one address: the oldest others are forgotten
MOST_ADDRESSES = 200_000
_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])", re.ASCII)
_LONGEST = 4000  # characters of an address


class Cause(StrEnum):
    """Why an address is taken for what it is."""

    ANSWERED = "answered"
    GONE = "gone"  # 404 and 410
    SOFT = "soft-404"  # the page that the site gives for an address that it has never had
    SERVER = "server-error"
    UNKNOWN_HOST = "unknown-host"
    UNREACHABLE = "unreachable"
    TIME_OUT = "time-out"
    BROKEN_OFF = "broken-off"
    BUSY = "busy"  # 429, or asked to come back
    LOGIN = "login"
    REFUSED = "refused"
    CHALLENGE = "challenge"
    CERTIFICATE = "certificate"
    CIRCLE = "circle"  # redirects without end
    HOME = "home"  # sent on to the home page
    SHELL = "shell"  # one page for every address of the site, filled by a script
    NOT_PDF = "not-pdf"
    LOCAL = "local"
    ODD = "odd"  # no address that can be asked
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Sighting:
    """What one look at an address found, on a day (``2026-12-01``).

    ``status`` is the last one of HTTP, 0 without any. ``target`` is where redirects ended, each of which is
    ``permanent`` (301, 308); empty where there were none, or others. ``secure`` is the address in ``https:`` that
    gives the same page as this one in ``http:``.
    """

    address: str
    day: str
    cause: Cause
    status: int = 0
    target: str = ""
    permanent: bool = False
    secure: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Sightings alike, one behind the other: the first and the last day, and on how many days there was one."""

    first: str
    last: str
    days: int
    cause: Cause
    status: int = 0
    target: str = ""
    permanent: bool = False

    @property
    def found(self) -> tuple[Cause, int, str, bool]:
        """What was seen, whenever that was."""
        return (self.cause, self.status, self.target, self.permanent)

    def holds(self, other: Stretch) -> bool:
        """Whether the other is a part of this one, as an earlier state of it is."""
        return self.found == other.found and self.first <= other.first and other.last <= self.last


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy in an archive: where, of which day, whose archive, and when it was last opened.

    One that is read ``on_site`` alone is a note, no link.
    """

    url: str
    date: str
    archive: str
    opened: str
    on_site: bool = False


@dataclass(frozen=True, slots=True)
class LinkRecord:
    """All that is known of one address. ``none_on`` is the day on which every archive said that it has no copy.

    ``saved`` is the day on which an archive was last asked to make one.
    """

    stretches: tuple[Stretch, ...] = ()
    secure: str = ""
    copy: Copy | None = None
    none_on: str = ""
    saved: str = ""

    @property
    def last(self) -> str:
        """The day of the last look; empty without any."""
        return max((each.last for each in self.stretches), default="")

    def seen(self, sighting: Sighting) -> LinkRecord:
        """The record with one more sighting. Of one day, the same thing is counted once."""
        found = (sighting.cause, sighting.status, sighting.target, sighting.permanent)
        before = self.stretches[-1] if self.stretches else None
        stretches = (*self.stretches, Stretch(sighting.day, sighting.day, 1, *found))
        if before and before.found == found:
            if sighting.day <= before.last:
                return replace(self, secure=sighting.secure)
            stretches = (*self.stretches[:-1], replace(before, last=sighting.day, days=before.days + 1))
        return replace(self, stretches=stretches[-MOST_STRETCHES:], secure=sighting.secure)

    def with_that_of(self, other: LinkRecord) -> LinkRecord:
        """What two records of one address say together."""
        every = {*self.stretches, *other.stretches}
        found = sorted(
            (each for each in every if not any(other.holds(each) for other in every - {each})),
            key=lambda each: (each.last, each.first, each.days),
        )
        later = self if self.last >= other.last else other
        copies = sorted(filter(None, (self.copy, other.copy)), key=lambda each: (each.opened, each.url))
        return LinkRecord(
            tuple(found[-MOST_STRETCHES:]),
            later.secure,
            copies[-1] if copies else None,
            max(self.none_on, other.none_on),
            max(self.saved, other.saved),
        )


History = Mapping[str, LinkRecord]
NO_HISTORY: History = MappingProxyType({})


def dumps(history: History) -> str:
    """The text of the file."""
    lines = (json.dumps(_as_json(address, history[address]), ensure_ascii=False) for address in sorted(history))
    return "".join(f"{line}\n" for line in lines)


def loads(text: str, path: str = FILE) -> Parsed[History]:
    """The history of a text; each line that cannot be read is told (E241), and left out."""
    history: dict[str, LinkRecord] = {}
    faults: list[Diagnostic] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            if len(history) >= MOST_ADDRESSES:
                raise ValueError("many")
            address, record = _record(json.loads(line))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            faults.append(diagnose("E241", Span(path, number)))
            continue
        known = history.get(address)
        history[address] = record if known is None else known.with_that_of(record)
    return Parsed(MappingProxyType(history), tuple(faults))


def _as_json(address: str, record: LinkRecord) -> dict[str, Any]:
    """A record without what is empty in it."""
    value: dict[str, Any] = {"address": address, "seen": [_stretch_as_json(each) for each in record.stretches]}
    if record.secure:
        value["secure"] = record.secure
    if record.copy:
        copy = record.copy
        value["copy"] = {"url": copy.url, "date": copy.date, "archive": copy.archive, "opened": copy.opened}
        if copy.on_site:
            value["copy"]["on-site"] = True
    if record.none_on:
        value["no-copy"] = record.none_on
    if record.saved:
        value["saved"] = record.saved
    return value


def _stretch_as_json(each: Stretch) -> dict[str, Any]:
    value: dict[str, Any] = {"from": each.first, "to": each.last, "days": each.days, "cause": str(each.cause)}
    if each.status:
        value["status"] = each.status
    if each.target:
        value["target"] = each.target
    if each.permanent:
        value["permanent"] = True
    return value


def _record(value: Any) -> tuple[str, LinkRecord]:
    """A line of the file, taken apart. Raises ``ValueError`` and its like for what is none."""
    address = _text(value["address"])
    copy = value.get("copy")
    return address, LinkRecord(
        tuple(_stretch(each) for each in _list(value["seen"])[-MOST_STRETCHES:]),
        _address(value.get("secure", "")),
        None if copy is None else _copy(copy),
        _day(value["no-copy"]) if "no-copy" in value else "",
        _day(value["saved"]) if "saved" in value else "",
    )


def _stretch(value: Any) -> Stretch:
    first, last, days = _day(value["from"]), _day(value["to"]), _number(value["days"])
    if not first <= last or days < 1:
        raise ValueError(days)
    return Stretch(
        first,
        last,
        days,
        Cause(_text(value["cause"])),
        _number(value.get("status", 0)),
        _address(value.get("target", "")),
        value.get("permanent", False) is True,
    )


def _copy(value: Any) -> Copy:
    url = _address(value["url"])
    if not url:
        raise ValueError(url)
    on_site = value.get("on-site", False) is True
    return Copy(url, _day(value["date"]), _text(value["archive"]), _day(value["opened"]), on_site)


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(value)
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST or not value.isprintable():
        raise TypeError(value)
    value.encode()  # a lone surrogate, which no output can be written with, is a ValueError
    return value


def _address(value: Any) -> str:
    """An address that may become a link; the empty text where there is none."""
    if value and not (is_safe(_text(value)) and value.lower().startswith("http")):
        raise ValueError(value)
    return _text(value)


def _day(value: Any) -> str:
    if not _DAY.fullmatch(_text(value)):
        raise ValueError(value)
    return str(value)


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 100_000:
        raise TypeError(value)
    return value
