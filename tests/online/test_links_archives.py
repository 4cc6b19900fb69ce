"""Copies in archives: asked for near a day, opened before they are proposed; a failure is never taken for « none »."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

import pytest
from online.servers import Asked, Given, Served, serving
from online.test_links_observe import observer_of, sent

from biblio.collection.link_history import Copy
from biblio.online.links.archives import NAME, NONE, SAVE_PAUSE, UNKNOWN, Answer, Archives
from biblio.online.links.settings import Timegate, timegates
from biblio.project.settings import parse_settings
from biblio.words.faults import BiblioError

DAY = "2026-12-01"
PAGE = "http://mort.example/rapport?a=1"
STAMP = "20210504101112"
PLAYED = f"web.archive.org/web/{STAMP}/{PAGE}"
COPY = Copy(f"https://{PLAYED}", "2021-05-04", NAME, DAY)
MEMENTO = Given("<p>copie</p>", "text/html", headers={"Memento-Datetime": "Tue, 04 May 2021 10:11:12 GMT"})
NOTHING = Given('{"url": "x", "archived_snapshots": {}}', "application/json")


def available(stamp: str = STAMP, status: str = "200") -> Given:
    closest = {
        "available": True,
        "url": f"http://web.archive.org/web/{stamp}/{PAGE}",
        "timestamp": stamp,
        "status": status,
    }
    return Given(json.dumps({"archived_snapshots": {"closest": closest}}), "application/json")


def indexed(*stamps: str) -> Given:
    rows = [["timestamp", "original"], *([stamp, PAGE] for stamp in stamps)] if stamps else []
    return Given(json.dumps(rows), "application/json")


@contextmanager
def archive(
    service: Given,
    index: Given | None = None,
    playing: Given | None = None,
    more: Callable[[Asked], Given | None] | None = None,
) -> Iterator[tuple[Archives, Served]]:
    """An Internet Archive that gives what is said of each of its services."""

    def answer(asked: Asked) -> Given:
        if more and (found := more(asked)):
            return found
        if asked.address.startswith("archive.org/wayback/available"):
            return service
        if asked.address.startswith("web.archive.org/cdx/"):
            return index or indexed()
        return (playing or MEMENTO) if asked.address == PLAYED else Given(status=404)

    with serving(answer) as served:
        yield Archives(observer_of(served), DAY), served


def test_the_copy_nearest_to_the_day_of_consultation_is_opened_and_given() -> None:
    with archive(available()) as (archives, served):
        assert archives.copy_of(PAGE, "2021-05-03") == Answer(COPY)
    assert [each.host for each in served.asked] == ["archive.org", "web.archive.org"]
    asked = parse_qs(urlsplit(served.asked[0].target).query)
    assert (asked["url"], asked["timestamp"]) == ([PAGE], ["20210503"])


@pytest.mark.parametrize(("near", "stamp"), [("2021", "20210701"), ("2021-05", "20210501"), ("", "20261201")])
def test_a_day_that_is_known_in_part_is_asked_for_as_it_is(near: str, stamp: str) -> None:
    with archive(available()) as (archives, served):
        archives.copy_of(PAGE, near)
    assert f"timestamp={stamp}" in served.asked[0].target


@pytest.mark.parametrize(
    "service", [NOTHING, Given(status=503), Given("<html>", "text/html"), Given("[" * 90_000), available(status="404")]
)
def test_where_the_service_knows_nothing_the_index_is_asked(service: Given) -> None:
    with archive(service, indexed(STAMP)) as (archives, _):
        assert archives.copy_of(PAGE, "") == Answer(COPY)


def test_only_the_index_can_say_none() -> None:
    with archive(NOTHING, indexed()) as (archives, _):
        assert archives.copy_of(PAGE, "") == NONE


@pytest.mark.parametrize(
    "index", [Given(status=503), Given(status=429), Given("oops"), Given('{"a": 1}'), Given("[[], 1]")]
)
def test_an_archive_that_fails_is_no_archive_without_a_copy(index: Given) -> None:
    with archive(NOTHING, index) as (archives, _):
        assert archives.copy_of(PAGE, "") == UNKNOWN


@pytest.mark.parametrize(
    "playing",
    [
        Given(status=404),
        Given(status=523),
        Given("", "text/html"),
        sent("https://web.archive.org/web/20220101000000/http://mort.example/"),
        sent("https://ailleurs.example/"),
        sent("http://127.0.0.1/"),
    ],
)
def test_a_copy_that_does_not_open_is_not_proposed(playing: Given) -> None:
    with archive(available(), playing=playing) as (archives, _):
        assert archives.copy_of(PAGE, "") == UNKNOWN


def test_the_copy_may_be_of_another_hour_and_of_https() -> None:
    other = "web.archive.org/web/20210505000000/https://www.mort.example/rapport?a=1"

    def more(asked: Asked) -> Given | None:
        return MEMENTO if asked.address == other else None

    with archive(available(), playing=sent(f"https://{other}", 302), more=more) as (archives, _):
        found = archives.copy_of(PAGE, "").copy
    assert found == Copy(f"https://{other}", "2021-05-05", NAME, DAY)


def test_a_page_is_no_copy_of_a_pdf() -> None:
    pdf = "http://mort.example/rapport.pdf"
    with archive(available(), more=lambda asked: MEMENTO if asked.target.endswith(f"/{pdf}") else None) as (
        archives,
        _,
    ):
        assert archives.copy_of(pdf, "") == UNKNOWN


def test_an_archive_that_wants_to_be_left_alone_is() -> None:
    with archive(Given(status=429), indexed()) as (archives, served):
        assert archives.copy_of(PAGE, "") == NONE
        archives.copy_of("http://mort.example/b", "")
    assert [each.host for each in served.asked] == ["archive.org", "web.archive.org", "web.archive.org"]


# --- saving -----------------------------------------------------------------------------------------------------------

SAVE = f"web.archive.org/save/{PAGE}"
NOW = "20261201090000"
SAVED = f"web.archive.org/web/{NOW}/{PAGE}"


@pytest.mark.parametrize(
    "given",
    [sent(f"https://{SAVED}", 302), Given("ok", "text/html", headers={"Content-Location": f"/web/{NOW}/{PAGE}"})],
)
def test_a_live_page_is_saved_and_a_few_a_minute(given: Given) -> None:
    with archive(NOTHING, more=lambda asked: {SAVE: given, SAVED: MEMENTO}.get(asked.address)) as (archives, _):
        assert archives.save(PAGE).copy == Copy(f"https://{SAVED}", DAY, NAME, DAY)
        slept = archives.observer.pace.sleep.__self__.slept  # type: ignore[attr-defined]
    assert SAVE_PAUSE in slept


def test_a_523_may_have_saved() -> None:
    pages = {SAVE: Given(status=523), SAVED: MEMENTO}
    with archive(available(NOW), more=lambda asked: pages.get(asked.address)) as (archives, _):
        assert archives.save(PAGE).copy == Copy(f"https://{SAVED}", DAY, NAME, DAY)


@pytest.mark.parametrize("service", [available(), NOTHING])
def test_a_523_that_saved_nothing_proves_nothing(service: Given) -> None:
    with archive(service, more=lambda asked: Given(status=523) if asked.address == SAVE else None) as (archives, _):
        assert archives.save(PAGE) == UNKNOWN


# --- other archives ---------------------------------------------------------------------------------------------------

GATE = Timegate("Archives nationales", "https://memento.example/gate/")
HELD = f"memento.example/2021/{PAGE}"


def gated(given: Given, held: Given = MEMENTO) -> Callable[[Asked], Given | None]:
    return lambda asked: {f"memento.example/gate/{PAGE}": given, HELD: held}.get(asked.address)


def test_an_archive_of_the_settings_is_asked_first_and_for_the_day() -> None:
    with archive(available(), more=gated(sent(f"https://{HELD}", 302))) as (archives, served):
        archives.gates = (GATE,)
        assert archives.copy_of(PAGE, "2021-05-03").copy == Copy(f"https://{HELD}", "2021-05-04", GATE.name, DAY)
    assert {each.host for each in served.asked} == {"memento.example"}
    assert served.asked[0].headers["Accept-Datetime"] == "Mon, 03 May 2021 00:00:00 GMT"


@pytest.mark.parametrize("given", [Given(status=404), Given(status=503), Given("sans date", "text/html")])
def test_where_it_has_none_the_internet_archive_is_asked(given: Given) -> None:
    with archive(available(), more=gated(given)) as (archives, _):
        archives.gates = (GATE,)
        assert archives.copy_of(PAGE, "") == Answer(COPY)


@pytest.mark.parametrize(("given", "answer"), [(Given(status=404), NONE), (Given(status=503), UNKNOWN)])
def test_none_is_what_all_of_them_say(given: Given, answer: Answer) -> None:
    with archive(NOTHING, indexed(), more=gated(given)) as (archives, _):
        archives.gates = (GATE,)
        assert archives.copy_of(PAGE, "") == answer


def test_a_copy_that_is_read_on_site_is_a_note_and_is_not_opened() -> None:
    on_site = Timegate("BnF", "https://memento.example/gate/", on_site=True)
    place = f"https://archivesinternet.example/web/{STAMP}/{PAGE}"
    with archive(NOTHING, indexed(), more=gated(sent(place, 302))) as (archives, served):
        archives.gates = (on_site,)
        assert archives.copy_of(PAGE, "").copy == Copy(place, "2021-05-04", "BnF", DAY, on_site=True)
    assert "archivesinternet.example" not in {each.host for each in served.asked}


def test_a_copy_that_everybody_can_read_comes_before_a_note() -> None:
    on_site = Timegate("BnF", "https://memento.example/gate/", on_site=True)
    with archive(available(), more=gated(sent(f"https://a.example/{STAMP}/x", 302))) as (archives, _):
        archives.gates = (on_site,)
        assert archives.copy_of(PAGE, "") == Answer(COPY)


# --- settings ---------------------------------------------------------------------------------------------------------


def read(text: str) -> tuple[Timegate, ...]:
    settings = parse_settings(text, "biblio.toml")
    assert settings is not None
    return timegates(settings)


def test_archives_are_named_in_the_settings() -> None:
    text = '[[links.archives]]\nname = "BnF"\ntimegate = "https://bnf.example/"\non-site = true\n'
    assert read(text) == (Timegate("BnF", "https://bnf.example/", on_site=True),)
    assert read("") == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("links = 1", "C102"),
        ("[links]\narchive = 1", "C102"),
        ('[[links.archives]]\nname = "a"\ntimegate = "https://a.example/"\nonsite = true', "C102"),
        ("[links]\narchives = 1", "C111"),
        ('[[links.archives]]\nname = "a"', "C111"),
        ('[[links.archives]]\ntimegate = "https://a.example/"', "C111"),
        ('[[links.archives]]\nname = "a"\ntimegate = "file:///etc"', "C111"),
        ('[[links.archives]]\nname = "a"\ntimegate = "https://a.example/"\non-site = "oui"', "C111"),
    ],
)
def test_settings_that_are_not_understood_are_told(text: str, code: str) -> None:
    with pytest.raises(BiblioError) as refused:
        read(text)
    assert refused.value.diagnostic.code == code
