"""Verdicts on addresses in print: as faults at the places where they were typed, and as records for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from biblio.collection.cited_links import CitedLink
from biblio.collection.link_history import History
from biblio.collection.link_verdict import News, State, Verdict, verdict_of
from biblio.words.faults import Diagnostic, Span, diagnose
from biblio.words.tables import say


def verdicts_of(links: Iterable[CitedLink], history: History) -> Mapping[str, Verdict]:
    """The verdict on each address that is asked, in the order of the first place of each."""
    return {each.asked: verdict_of(each.asked, history.get(each.asked)) for each in links}


def faults_of(links: Iterable[CitedLink], verdicts: Mapping[str, Verdict]) -> Iterator[Diagnostic]:
    """What is to be told of some addresses (L101 to L106), each at its place; nothing of those that are well."""
    for link in links:
        verdict = verdicts[link.asked]
        place = (link.span, link.citekey or None)
        cause, status = str(verdict.cause), status_of(verdict)
        address, since, copy = link.address, verdict.since, verdict.copy
        match verdict.state:
            case State.DEAD if copy is None:
                yield diagnose("L101", *place, address=address, since=since, cause=cause, status=status)
            case State.DEAD if copy is not None and copy.on_site:
                told = {"date": copy.date, "archive": copy.archive}
                yield diagnose("L103", *place, address=address, since=since, cause=cause, status=status, **told)
            case State.DEAD if copy is not None:
                told = {"date": copy.date, "archive": copy.archive, "copy": copy.url}
                yield diagnose("L102", *place, address=address, since=since, cause=cause, status=status, **told)
            case State.MOVED:
                yield diagnose("L104", *place, address=address, target=verdict.target + link.fragment)
            case State.DOUBTFUL:
                yield diagnose("L105", *place, address=address, since=since, cause=cause, status=status)
            case State.ALIVE if verdict.secure:
                yield diagnose("L106", *place, address=address)
            case _:
                pass


def status_of(verdict: Verdict) -> str:
    """The status of HTTP behind a verdict, as it is printed behind the cause; empty without any."""
    return f", HTTP {verdict.status}" if verdict.status else ""


def counts_of(verdicts: Mapping[str, Verdict]) -> Mapping[str, int]:
    """How many addresses there are of each state."""
    found = Counter(each.state for each in verdicts.values())
    return {str(state): found[state] for state in State}


def news_lines(news: Iterable[News], links: Sequence[CitedLink], lang: str) -> Iterator[str]:
    """A line for each address that has died or moved, with the first place of it."""
    places: dict[str, CitedLink] = {}
    for link in links:
        places.setdefault(link.asked, link)
    for each in news:
        verdict, link = each.now, places[each.now.address]
        place = link.citekey or place_of(link.span)
        if verdict.state is State.DEAD:
            cause = say(f"link_cause_{verdict.cause}", lang)
            told = {"since": verdict.since, "cause": cause, "status": status_of(verdict)}
            yield say("links_died", lang, place=place, address=link.address, **told)
        else:
            yield say("links_moved", lang, place=place, address=link.address, target=verdict.target + link.fragment)


def place_of(span: Span) -> str:
    """A place as a line of a list names it."""
    return span.where


def records_of(links: Iterable[CitedLink], verdicts: Mapping[str, Verdict]) -> list[dict[str, Any]]:
    """The addresses for programs, one record each, with all the places where it stands."""
    records: dict[str, dict[str, Any]] = {}
    for link in links:
        verdict = verdicts[link.asked]
        place = {"key": link.citekey or None, "path": link.span.path, "line": link.span.line, "as": link.address}
        record = records.setdefault(link.asked, _record(verdict))
        record["places"].append(place)
    return list(records.values())


def _record(verdict: Verdict) -> dict[str, Any]:
    copy = verdict.copy
    return {
        "address": verdict.address,
        "state": str(verdict.state),
        "cause": str(verdict.cause) if verdict.state is not State.UNSEEN else None,
        "status": verdict.status or None,
        "since": verdict.since or None,
        "looked": verdict.looked or None,
        "alive": verdict.alive or None,
        "target": verdict.target or None,
        "https": verdict.secure or None,
        "copy": copy and {"url": copy.url, "date": copy.date, "archive": copy.archive, "on_site": copy.on_site},
        "places": [],
    }
