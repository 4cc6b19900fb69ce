"""The table of references: what is found, sifted, sorted and told of each."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from server.desks import Asked, asked, real_project, small_project

from biblio.project.project import Project
from biblio.server.screens import collection
from biblio.server.shelf import Shelf
from biblio.server.shelves import shelf_of


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    with asked(real_project(tmp_path_factory.mktemp("real") / "p")) as client:
        client.get("/collection/keys")  # waits until the references are read
        yield client


def keys(text: str) -> list[str]:
    return re.findall(r'<tr data-key="([^"]+)"', text)


def counted(text: str) -> str:
    found = re.search(r'id="counted" role="status">([^<]+)<', text)
    assert found
    return found[1]


def shown(client: Asked, address: str, **headers: str) -> str:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200
    return str(answer.text)


def test_a_page_has_a_hundred_rows_in_the_order_of_their_authors(client: Asked) -> None:
    text = shown(client, "/collection")
    assert counted(text) == "174 références"
    assert "Page 1 sur 2" in text
    second = keys(shown(client, "/collection?page=2"))
    assert (len(keys(text)), len(second)) == (100, 74)
    assert sorted(client.get("/collection/keys").json()) == sorted([*keys(text), *second])
    assert keys(shown(client, "/collection?page=999")) == second  # the last one


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ("HARPET cont", "2 références"),
        ("cont harpet", "2 références"),
        ("contrats LOCAUX de santé", "22 références"),
    ],
)
def test_words_are_found_by_their_beginnings_in_any_order(client: Asked, typed: str, count: str) -> None:
    assert counted(shown(client, f"/collection?q={typed}")) == count


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ('"contrats locaux"', "« Contrats  LOCAUX »"),
        ("auteur:harpet", "author:HARPET"),
        ("année:2019..2021", "year:2019-2021"),
        ("thème:cls", "theme:CLS"),
        ("type:rapport", "type:report"),
        ("santé -hôpital", "-hopital sante"),
        ("clé:harpet", "key:harpet*"),
    ],
)
def test_what_may_be_typed_is_typed_in_either_language(client: Asked, typed: str, other: str) -> None:
    found = keys(client.get("/collection", params={"q": typed}).text)
    assert len(found) > 0
    assert found == keys(client.get("/collection", params={"q": other}).text)


def test_conditions_are_met_together_and_a_minus_takes_away(client: Asked) -> None:
    def count(typed: str) -> int:
        return len(client.get("/collection/keys", params={"q": typed}).json())

    assert count("santé") + count("-santé") == count("") == 174
    assert count("santé hôpital") + count("santé -hôpital") == count("santé")
    assert count('"santé publique"') <= count("publique santé")
    assert count("année:2019") + count("année:2020") == count("année:2019..2020")
    assert count("https://exemple") == count('"https exemple"') == 0  # a colon that names no column
    assert count('"') == count("-") == 174  # what says nothing


def test_facets_count_what_the_others_let_through(client: Asked) -> None:
    def counts(text: str, name: str) -> dict[str, int]:
        pattern = rf'name="{name}" value="([^"]+)"[^>]*> <span>[^<]*</span> <span class="count">([^<]+)<'
        return {value: int(count) for value, count in re.findall(pattern, text)}

    everything = shown(client, "/collection")
    types = counts(everything, "type")
    assert sum(types.values()) == 174
    chosen = shown(client, "/collection?type=Article")
    assert counted(chosen) == f"{types['Article']} références"
    assert counts(chosen, "type") == types  # one may choose another
    assert sum(value for name, value in counts(chosen, "language").items()) == types["Article"]
    two = shown(client, "/collection?type=Article&type=Rapport")
    assert counted(two) == f"{types['Article'] + types['Rapport']} références"
    assert 'href="/collection?type=Rapport"' in two  # leaves the first of them
    themes = counts(everything, "theme")
    assert themes["demarches-territoriales"] >= themes["cls"]  # a theme has what those inside it have
    assert counts(everything, "year")["2020-2029"] == sum(
        value for year, value in counts(everything, "year").items() if re.fullmatch(r"202\d", year)
    )
    assert counted(shown(client, "/collection?type=Article&type=%3Cb%3E&theme=-&nothing=1")) != ""


def test_columns_sort_both_ways_and_say_so(client: Asked) -> None:
    def years(text: str) -> list[str]:
        return [year for year in re.findall(r'<td class="year">(\d{4})?', text) if year]

    text = shown(client, "/collection?sort=-year")
    assert years(text) == sorted(years(text), reverse=True)
    assert '<th scope="col" class="year" aria-sort="descending"><a id="sort-year" href="/collection?sort=year"' in text
    assert years(shown(client, "/collection?sort=year")) == sorted(years(shown(client, "/collection?sort=year")))
    assert keys(shown(client, "/collection?sort=nothing&page=abc")) == keys(shown(client, "/collection"))


def test_a_part_is_answered_with_its_address_and_going_back_with_the_page(client: Asked) -> None:
    part = client.get("/collection?q=&type=Article&sort=author&page=1", headers={"hx-request": "true"})
    assert part.headers["hx-push-url"] == "/collection?type=Article"
    assert "<html" not in part.text
    assert 'id="facets" hx-swap-oob' in part.text
    typing = client.get("/collection?q=sant", headers={"hx-request": "true", "hx-trigger-name": "q"})
    assert typing.headers["hx-replace-url"] == "/collection?q=sant"
    back = {"hx-request": "true", "hx-history-restore-request": "true"}
    assert "<html" in client.get("/collection?q=sant", headers=back).text


def test_faults_and_dossiers_come_later_and_are_told(tmp_path: Path) -> None:
    root = small_project(tmp_path / "p")
    (root / "references/faux.bib").write_text("@book{faux, title = {Faux}, isbn = {978-2-07-036822-5}, pages = {x-}}")
    with asked(root) as client:
        client.get("/collection/keys")
        first = client.get("/collection").text
        while "data-looking" in first:
            first = client.get("/collection").text
        assert keys(client.get("/collection?dossier=-").text) == ["faux"]
        assert "dans aucun dossier" in first
        assert keys(client.get("/collection?faults=error").text) == ["faux"]
        notice = client.get("/collection/notice?key=faux").text
        assert re.search(r'<p class="fault error">[^<]*ISBN', notice)
        assert client.get("/collection/notice?key=rien").status_code == 422


def test_nothing_of_a_reference_gets_into_the_page_unescaped(tmp_path: Path) -> None:
    root = small_project(tmp_path / "p")
    evil = '\\"><script>alert(1)</script>'
    (root / "references/x.bib").write_text(
        f'@book{{k"><b>, title = {{{evil}}}, author = {{{{{evil}}}}}, keywords = {{{evil}}}, audience = {{{evil}}},'
        f" publisher = {{{evil}}}, langid = {{{evil}}}, entrysubtype = {{{evil}}}, date = {{{evil}}}}}"
    )
    with asked(root) as client:
        client.get("/collection/keys")
        client.get("/collection")
        for address in ("/collection", f"/collection?q={evil}&type={evil}&theme={evil}&sort={evil}"):
            text = client.get(address).text
            assert "<script>alert" not in text
            assert 'k"><b>' not in text
        assert "&lt;script&gt;" in client.get("/collection").text


def test_an_empty_collection_says_what_to_do(tmp_path: Path) -> None:
    root = tmp_path / "p"
    (root / "dossiers").mkdir(parents=True)
    (root / "references").mkdir()
    with asked(root) as client:
        client.get("/collection/keys")
        text = client.get("/collection").text
        assert "Aucune référence encore" in text
        assert 'href="/import"' in text
        assert 'href="/reference/new"' in text
    with asked(root, "en") as client:
        client.get("/collection/keys")
        assert "No reference yet" in client.get("/collection").text


def test_a_search_that_finds_nothing_says_what_to_do(client: Asked) -> None:
    text = shown(client, "/collection?q=zzzz&type=Article")
    assert "Aucune référence ne répond à tout cela" in text
    assert 'href="/collection?q=zzzz"' in text
    assert (
        client.get("/collection", params={"q": "zzzz"}, headers={"accept-language": "en"}).text.count("No reference")
        > 0
    )


def test_a_large_collection_says_how_far_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = small_project(tmp_path / "p")
    go = threading.Event()

    def slow(project: Project, before: Shelf | None) -> Shelf:
        go.wait(30)
        return shelf_of(project, before)

    monkeypatch.setattr(collection, "PATIENCE", 0.01)
    monkeypatch.setattr(collection, "shelf_of", slow)
    with asked(root) as client:
        try:
            assert "Lecture des références…" in client.get("/collection").text
            client.desk._quick.far = (12_000, 50_000)
            assert "Lecture des références : 12\u202f000 sur 50\u202f000" in client.get("/collection/waiting").text
        finally:
            go.set()
        client.get("/collection/keys")
        assert client.get("/collection/waiting").headers["hx-refresh"] == "true"
        assert counted(client.get("/collection").text) == "3 références"
