"""What is thought of an address, by all that was seen there, and the file in which that is kept."""

from __future__ import annotations

import json
from collections.abc import Iterable

import pytest

from biblio.collection.link_history import (
    MOST_STRETCHES,
    NO_HISTORY,
    Cause,
    Copy,
    History,
    LinkRecord,
    Sighting,
    dumps,
    loads,
)
from biblio.collection.link_verdict import State, Verdict, is_due, news, verdict_of

PAGE = "https://www.example.org/page"
NEW = "https://www.example.org/nouvelle"


def seen_all(history: History, sightings: Iterable[Sighting]) -> History:
    """A history with some more sightings."""
    after = dict(history)
    for each in sightings:
        after[each.address] = after.get(each.address, LinkRecord()).seen(each)
    return after


def seen(*looks: tuple[str, str, int] | Sighting, address: str = PAGE) -> History:
    """A history of one address: a day of December, a cause and a status each."""
    return seen_all(
        NO_HISTORY,
        [
            each if isinstance(each, Sighting) else Sighting(address, f"2026-12-{each[0]}", Cause(each[1]), each[2])
            for each in looks
        ],
    )


def verdict(*looks: tuple[str, str, int] | Sighting, address: str = PAGE) -> Verdict:
    return verdict_of(address, seen(*looks, address=address).get(address))


def test_an_address_that_answers_is_alive() -> None:
    found = verdict(("01", "answered", 200), ("02", "answered", 200))
    assert (found.state, found.since, found.looked, found.alive) == (
        State.ALIVE,
        "2026-12-01",
        "2026-12-02",
        "2026-12-02",
    )


def test_nobody_has_looked_yet() -> None:
    assert verdict_of(PAGE, None).state is State.UNSEEN


@pytest.mark.parametrize("status", [404, 410])
def test_a_server_that_says_so_is_believed(status: int) -> None:
    found = verdict(("01", "answered", 200), ("05", "gone", status), ("06", "gone", status))
    assert (found.state, found.since, found.alive, found.status) == (
        State.DEAD,
        "2026-12-05",
        "2026-12-01",
        status,
    )


@pytest.mark.parametrize("cause", ["soft-404", "server-error", "unknown-host", "unreachable"])
def test_what_fails_is_dead_on_the_third_day(cause: str) -> None:
    looks = [(day, cause, 0) for day in ("03", "03", "04", "09")]
    assert verdict(*looks[:1]).state is State.DOUBTFUL
    assert verdict(*looks[:2]).state is State.DOUBTFUL
    assert verdict(*looks[:3]).state is State.DOUBTFUL
    found = verdict(*looks)
    assert (found.state, found.since, found.failed) == (State.DEAD, "2026-12-03", 3)


def test_failures_of_several_kinds_count_together_and_a_day_once() -> None:
    twice = [("01", "server-error", 500), ("01", "unreachable", 0), ("02", "unreachable", 0)]
    assert verdict(*twice).state is State.DOUBTFUL
    assert verdict(*twice, ("03", "unknown-host", 0)).state is State.DEAD


def test_an_answer_begins_anew() -> None:
    looks = [("01", "unreachable", 0), ("02", "unreachable", 0), ("03", "answered", 200), ("04", "unreachable", 0)]
    assert verdict(*looks).state is State.DOUBTFUL
    assert verdict(*looks).failed == 1


@pytest.mark.parametrize(
    "cause", ["time-out", "busy", "login", "refused", "challenge", "certificate", "circle", "home", "shell", "not-pdf"]
)
def test_what_is_only_doubtful_never_kills(cause: str) -> None:
    looks = [(f"{day:02}", cause, 0) for day in range(1, 28)]
    assert verdict(*looks).state is State.DOUBTFUL
    assert verdict(*looks, ("28", "unreachable", 0), ("29", "unreachable", 0)).state is State.DOUBTFUL


def test_doubt_between_failures_neither_counts_nor_saves() -> None:
    looks = [("01", "unreachable", 0), ("02", "time-out", 0), ("03", "unreachable", 0), ("04", "refused", 403)]
    assert verdict(*looks, ("05", "unreachable", 0)).state is State.DEAD


def test_a_dead_address_that_says_nothing_today_stays_dead() -> None:
    found = verdict(("01", "gone", 404), ("02", "time-out", 0), ("03", "busy", 429))
    assert (found.state, found.cause, found.since, found.looked) == (
        State.DEAD,
        Cause.GONE,
        "2026-12-01",
        "2026-12-03",
    )
    assert verdict(("01", "gone", 404), ("02", "login", 401)).state is State.DOUBTFUL
    assert verdict(("01", "gone", 404), ("02", "answered", 200)).state is State.ALIVE


def moved(permanent: bool, address: str = PAGE, day: str = "01") -> Sighting:
    return Sighting(address, f"2026-12-{day}", Cause.ANSWERED, 200, NEW, permanent)


def test_only_what_is_sent_on_for_good_has_moved() -> None:
    found = verdict(moved(permanent=True))
    assert (found.state, found.target, found.since) == (State.MOVED, NEW, "2026-12-01")
    assert verdict(moved(permanent=False)).state is State.ALIVE


@pytest.mark.parametrize(
    "address",
    [
        "https://doi.org/10.3917/spub.193.0123",
        "http://dx.doi.org/10.3917/spub.193.0123",
        "https://hdl.handle.net/2027/mdp.39015",
        "https://gallica.bnf.fr/ark:/12148/bpt6k5460109k",
        "https://n2t.net/ark:12148/abc",
        "https://pubmed.ncbi.nlm.nih.gov/31452104/",
        "https://www.ncbi.nlm.nih.gov/pubmed/31452104",
        "https://hal.archives-ouvertes.fr/hal-01234567v2/document",
        "https://shs.hal.science/halshs-01234567",
        "https://arxiv.org/abs/2101.00001",
        "https://purl.org/dc/terms/",
        "https://www.theses.fr/2019PA01H001",
    ],
)
def test_an_identifier_never_moves(address: str) -> None:
    assert verdict(moved(permanent=True, address=address), address=address).state is State.ALIVE


@pytest.mark.parametrize(
    "address",
    ["https://notdoi.org/10.1/a", "https://www.example.org/ark:/", "https://hal.science/a-propos", "http://[/ark:/1/2"],
)
def test_what_only_looks_like_an_identifier_may_move(address: str) -> None:
    assert verdict(moved(permanent=True, address=address), address=address).state is State.MOVED


def test_the_news_are_what_died_or_moved_since() -> None:
    before = {**seen(("01", "answered", 200)), **seen(("01", "gone", 404), address="https://mort.example/")}
    other, third = "https://autre.example/", "https://tiers.example/"
    before = {**before, **seen(("01", "answered", 200), address=other)}
    after = seen_all(
        before,
        [
            Sighting(PAGE, "2026-12-02", Cause.GONE, 404),
            Sighting("https://mort.example/", "2026-12-02", Cause.GONE, 404),
            moved(permanent=True, address=other, day="02"),
            Sighting(third, "2026-12-02", Cause.LOGIN, 401),
        ],
    )
    found = list(news(before, after, sorted(after)))
    assert [(each.now.address, each.before, each.now.state) for each in found] == [
        (other, State.ALIVE, State.MOVED),
        (PAGE, State.ALIVE, State.DEAD),
    ]
    assert list(news(after, after, after)) == []


def test_who_is_well_is_not_asked_every_day() -> None:
    record = seen(("10", "answered", 200))[PAGE]
    assert not is_due(record, PAGE, "2026-12-10", "2026-12-10")
    assert not is_due(record, PAGE, "2026-12-12", "2026-12-05")
    assert is_due(record, PAGE, "2026-12-17", "2026-12-10")
    doubtful = seen(("10", "time-out", 0))[PAGE]
    assert not is_due(doubtful, PAGE, "2026-12-10", "2026-12-03")
    assert is_due(doubtful, PAGE, "2026-12-11", "2026-12-04")
    assert is_due(None, PAGE, "2026-12-10", "2026-12-03")


# --- the file ---------------------------------------------------------------------------------------------------------

COPY = Copy(
    "https://web.archive.org/web/2021/https://www.example.org/page", "2021-05-03", "Internet Archive", "2026-12-02"
)


def test_a_history_is_read_back_as_it_was() -> None:
    history = seen(("01", "answered", 200), ("02", "gone", 404), moved(permanent=True, address="https://a.example/é"))
    history = {**history, "https://b.example/": LinkRecord(copy=COPY, none_on="2026-12-01", saved="2026-11-30")}
    text = dumps(history)
    read = loads(text)
    assert (dict(read.value), read.diagnostics) == (history, ())
    assert dumps(read.value) == text
    assert [json.loads(line)["address"] for line in text.splitlines()] == sorted(history)


def test_two_branches_of_a_history_merge_line_by_line() -> None:
    """Both have looked on days that they share: each day counts once."""
    common = [("01", "unreachable", 0)]
    ours = dumps(seen(*common, ("02", "unreachable", 0)))
    theirs = dumps(seen(*common))
    merged = loads(ours + theirs).value
    assert verdict_of(PAGE, merged[PAGE]).failed == 2
    apart = loads(dumps(seen(*common, ("03", "server-error", 500))) + ours).value
    assert verdict_of(PAGE, apart[PAGE]).failed == 3
    many = loads(
        dumps(seen(("01", "unreachable", 0), ("02", "unreachable", 0)))
        + dumps(seen(("01", "server-error", 500), ("02", "server-error", 500)))
    ).value
    assert verdict_of(PAGE, many[PAGE]).state is State.DOUBTFUL
    assert dumps(loads(theirs + ours).value) == dumps(merged)


def line_of(**values: object) -> str:
    return json.dumps({"address": "https://a.example/", "seen": [], **values})


def stretch(first: str, last: str, cause: str) -> list[object]:
    return [{"from": first, "to": last, "days": 1, "cause": cause}]


@pytest.mark.parametrize(
    "line",
    [
        "<<<<<<< HEAD",
        "[]",
        "{}",
        "[" * 100_000,
        line_of(seen=stretch("hier", "hier", "gone")),
        line_of(seen=stretch("2026-12-02", "2026-12-01", "gone")),
        line_of(seen=stretch("2026-12-01", "2026-12-01", "vu")),
        line_of(secure="javascript:alert(1)"),
        line_of(copy={"url": "file:///etc", "date": "2021-01-01", "archive": "", "opened": "2021-01-01"}),
        line_of(address="\ud800"),
    ],
)
def test_a_line_that_is_none_is_told_and_costs_itself(line: str) -> None:
    text = dumps(seen(("01", "answered", 200)))
    read = loads(f"{line}\n{text}")
    assert [(each.code, each.span and each.span.line) for each in read.diagnostics] == [("E241", 1)]
    assert dumps(read.value) == text


def test_a_history_does_not_grow_without_end() -> None:
    history = NO_HISTORY
    for day in range(100):
        cause = Cause.ANSWERED if day % 2 else Cause.TIME_OUT
        history = seen_all(history, [Sighting(PAGE, f"20{day // 28 + 26}-01-{day % 28 + 1:02}", cause)])
    assert len(history[PAGE].stretches) == MOST_STRETCHES
