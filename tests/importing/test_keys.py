"""The keys that references get which come without one."""

from __future__ import annotations

import pytest

from biblio.formats.records import Body, Record, references_of
from biblio.importing.keys import keyed
from biblio.reference.reference import Reference
from biblio.words.faults import Span


def reference(key: str = "", author: str = "", title: str = "", date: str = "") -> Reference:
    fields = {"author": (author,), "title": title, "date": date}
    (made,) = references_of([Record("book", key, fields, Span("a.ris"))]).value
    return made


@pytest.mark.parametrize(
    ("author", "date", "title", "key"),
    [
        ("Évrard, Zoé", "2019-03", "L'Œuvre des soins à domicile", "evrard-2019-oeuvre-soins-domicile"),
        ("Le Bodo, Yann", "2020", "Santé", "le-bodo-2020-sante"),
        (Body("Ville et banlieue"), "", "Le guide", "ville-banlieue-guide"),
        ("", "2001", "Tout", "2001-tout"),
        ("", "", "Ça", "ca"),
        ("", "", "", "sans-cle"),
        ("Ли, Анна", "2001", "Город", "2001"),
    ],
)
def test_a_key_says_who_when_and_what(author: str, date: str, title: str, key: str) -> None:
    (named,) = keyed([reference(author=author, date=date, title=title)])
    assert named.citekey == key


def test_of_two_alike_the_second_is_numbered_and_a_key_of_its_own_stays() -> None:
    given = [reference(title="Un soin"), reference("un-soin-2"), reference(title="Un soin"), reference(title="Un soin")]
    assert [each.citekey for each in keyed(given)] == ["soin", "un-soin-2", "soin-2", "soin-3"]
