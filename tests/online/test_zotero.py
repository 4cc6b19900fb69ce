"""What a library of Zotero gives: everything the first time, then what is new, and what is still there."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from online.servers import Asked, Given, client_of, serving
from online.zotero_server import Library

from biblio.online.received import Received
from biblio.online.sources import SourceSettings
from biblio.online.zotero import receive_zotero
from biblio.words.faults import BiblioError, Diagnostic

GROUP = SourceSettings("equipe", "zotero", "references/equipe.bib", {"library": "groups/12345"})


def received(
    library: Library, cursor: str = "", settings: SourceSettings = GROUP, environment: Mapping[str, str] | None = None
) -> tuple[Received, list[Asked]]:
    with serving(library) as served:
        got = receive_zotero(settings, client_of(served), cursor, environment or {})
    return got, served.asked


def refused(
    answer: object, settings: SourceSettings = GROUP, environment: Mapping[str, str] | None = None
) -> Diagnostic:
    with serving(answer) as served, pytest.raises(BiblioError) as error:  # type: ignore[arg-type]
        receive_zotero(settings, client_of(served), "", environment or {})
    return error.value.diagnostic


@pytest.fixture
def library() -> Library:
    made = Library(collections={"ABCDEFGH": "Santé mentale", "HGFEDCBA": "Ville, territoires"})
    made.put(
        "AAAA1111",
        "Soigner la <i>ville</i>",
        author=[{"family": "Durand", "given": "Anne"}],
        issued={"date-parts": [["2019", 3]]},
        DOI="10.1000/a",
        tags=["santé", "ville, campagne"],
        collections=["HGFEDCBA", "ABCDEFGH"],
    )
    made.put("BBBB2222", "Un rapport", kind="report", extra="Citation Key: rapport2020\nautre chose")
    made.put("CCCC3333", "Une note")
    made.items["CCCC3333"]["data"]["itemType"] = "note"
    made.put("DDDD4444", "Autre", collections=["ABCDEFGH"])
    return made


def test_the_first_time_everything_comes_page_after_page(library: Library) -> None:
    got, asked = received(library)
    assert list(got.records) == ["AAAA1111", "BBBB2222", "DDDD4444"]
    assert (got.cursor, got.unchanged, got.present) == ("14", False, frozenset(library.items))
    first = got.records["AAAA1111"]
    assert first.entry_type == "article"
    assert dict(first.raw) == {
        "title": "Soigner la \\emph{ville}",
        "author": "Durand, Anne",
        "date": "2019-03",
        "doi": "10.1000/a",
        "keywords": "santé, {ville, campagne}",
        "collections": "Santé mentale, {Ville, territoires}",
    }
    assert [each.citekey for each in got.records.values()] == ["", "rapport2020", ""]
    assert [each.host for each in asked] == ["api.zotero.org"] * len(asked)
    assert {each.headers["Zotero-API-Version"] for each in asked} == {"3"}
    assert not any("Zotero-API-Key" in each.headers for each in asked)


def test_then_what_has_changed(library: Library) -> None:
    library.put("BBBB2222", "Un rapport corrigé", kind="report")
    library.remove("DDDD4444")
    got, _ = received(library, "14")
    assert list(got.records) == ["BBBB2222"]
    assert got.present is not None
    assert "DDDD4444" not in got.present
    assert got.cursor == "16"


def test_a_library_that_has_not_changed_costs_one_request(library: Library) -> None:
    got, asked = received(library, "14")
    assert (got.unchanged, got.records, got.cursor) == (True, {}, "14")
    assert len(asked) == 1


def test_one_collection_is_asked_for_alone(library: Library) -> None:
    settings = SourceSettings("equipe", "zotero", "", {"library": "groups/12345", "collection": "ABCDEFGH"})
    got, _ = received(library, "", settings)
    assert list(got.records) == ["AAAA1111", "DDDD4444"]
    assert got.records["DDDD4444"].raw["collections"] == "Santé mentale"


def test_a_library_that_changes_between_two_pages_is_read_again(library: Library) -> None:
    library.moving = 2
    got, _ = received(library)
    assert len(got.records) == 3
    library.moving = 99
    assert refused(library).code == "E186"


def test_a_key_is_taken_from_the_environment_and_told_to_nobody_else(library: Library) -> None:
    library.key = "P9NiFoyLeZu2bZNvvuQPDWsd"
    assert refused(library).arguments == {"host": "api.zotero.org", "status": "403"}
    got, asked = received(library, "", GROUP, {"ZOTERO_API_KEY": library.key})
    assert len(got.records) == 3
    assert all(each.headers["Zotero-API-Key"] == library.key for each in asked)
    own = SourceSettings("equipe", "zotero", "", {"library": "groups/12345", "key-variable": "ZOTERO_EQUIPE"})
    assert len(received(library, "", own, {"ZOTERO_EQUIPE": library.key})[0].records) == 3


@pytest.mark.parametrize("key", ["a b", "a\r\nX: y", "é", "a" * 200])
def test_what_is_no_key_is_not_sent_or_printed(library: Library, key: str) -> None:
    fault = refused(library, GROUP, {"ZOTERO_API_KEY": key})
    assert fault.code == "E187"
    assert key not in "".join(fault.arguments.values())


def test_a_next_page_elsewhere_is_not_followed(library: Library) -> None:
    def answer(asked: Asked) -> Given:
        given = library(asked)
        if "Link" not in given.headers:
            return given
        return Given(given.body, given.type, headers={**given.headers, "Link": '<https://evil.example/x>; rel="next"'})

    library.key = "abc"
    with serving(answer) as served, pytest.raises(BiblioError) as error:
        receive_zotero(GROUP, client_of(served), "", {"ZOTERO_API_KEY": "abc"})
    assert error.value.diagnostic.code == "E184"
    assert {each.host for each in served.asked} == {"api.zotero.org"}


@pytest.mark.parametrize("body", ["", "[]", "null", "{", "<html>", "[" * 50_000, '"a"'])
def test_an_answer_that_is_none_is_said(body: str) -> None:
    assert refused(lambda _: Given(body, "text/html")).code == "E184"


@pytest.mark.parametrize("item", [None, 3, {}, {"key": "A"}, {"key": "A", "csljson": []}, {"csljson": {"title": "T"}}])
def test_an_odd_item_is_passed_over(item: object) -> None:
    library = Library()
    library.put("AAAA1111", "Un")
    library.items["BBBB2222"] = item  # type: ignore[assignment]

    def answer(asked: Asked) -> Given:
        if "format=versions" in asked.target:
            return Given('{"AAAA1111": 1}', "application/json")
        return Given(json.dumps(list(library.items.values())), "application/json")

    assert list(received(answer)[0].records) == ["AAAA1111"]  # type: ignore[arg-type]


def test_a_library_that_is_not_there_is_said(library: Library) -> None:
    settings = SourceSettings("autre", "zotero", "", {"library": "groups/1"})
    assert refused(library, settings).code == "E185"


def test_the_program_on_this_machine_is_asked_at_the_loopback(library: Library) -> None:
    library.path = "/users/0"
    with serving(library) as served:
        settings = SourceSettings("ici", "zotero-local", "", {"port": str(served.port)})
        client = client_of(served)
        client.resolve = None
        got = receive_zotero(settings, client, "", {"ZOTERO_API_KEY": "abc"})
    assert len(got.records) == 3
    assert {each.host for each in served.asked} == {f"127.0.0.1:{served.port}"}
    assert not any("Zotero-API-Key" in each.headers for each in served.asked)


def test_pages_that_ask_for_patience_get_it(library: Library) -> None:
    def answer(asked: Asked) -> Given:
        given = library(asked)
        return Given(given.body, given.type, given.status, {**given.headers, "Backoff": "5"})

    with serving(answer) as served:
        client = client_of(served)
        receive_zotero(GROUP, client, "", {})
        assert client.sleep.__self__.slept == [5.0] * (len(served.asked) - 1)  # type: ignore[attr-defined]
