"""The table of references: what is found, sifted, sorted and told of each."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from server.desks import Asked, asked, real_project

PART = {"hx-request": "true"}


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
