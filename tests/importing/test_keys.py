"""The keys that references get which come without one."""

from __future__ import annotations

import pytest

from biblio.formats.records import Body, Record, references_of
from biblio.importing.keys import Keys, is_pattern, key_of
from biblio.importing.settings import key_pattern
from biblio.project.settings import parse_settings
from biblio.reference.reference import Reference
from biblio.words.faults import BiblioError, Span


def reference(key: str = "", author: str | tuple[str, ...] = "", title: str = "", date: str = "") -> Reference:
    people = (author,) if isinstance(author, str) else author
    fields = {"author": people, "title": title, "date": date, "journaltitle": "La Revue du praticien", "volume": "12"}
    (made,) = references_of([Record("article", key, fields, Span("a.ris"))]).value
    return made


@pytest.mark.parametrize(
    ("author", "date", "title", "key"),
    [
        ("Évrard, Zoé", "2019-03", "L'Œuvre des soins à domicile", "evrard-2019-oeuvre-soins-domicile"),
        ("Le Bodo, Yann", "2020", "Santé", "le-bodo-2020-sante"),
        (Body("Ville et banlieue"), "", "Le guide", "ville-banlieue-guide"),
        ("", "2001", "Tout", "2001-tout"),
        ("", "", "Ça", "ca"),
        ("", "", "", "revue-praticien"),
        ("Roux, Marie", "2001", "", "roux-2001-revue-praticien"),
        ("Ли, Анна", "2001", "Город", "2001"),
    ],
)
def test_a_key_says_who_when_and_what(author: str, date: str, title: str, key: str) -> None:
    assert key_of(reference(author=author, date=date, title=title)) == key


def test_what_says_nothing_has_a_key_too() -> None:
    (nothing,) = references_of([Record("misc", "", {"note": "Ли"}, Span("a.ris"))]).value
    assert key_of(nothing) == "sans-cle"


@pytest.mark.parametrize(
    ("pattern", "key"),
    [
        ("{auth}{year}", "evrard2019"),
        ("{auth:2}-{year:2}", "evrard-le-bodo-19"),
        ("{Auth}{year}{Title:2}", "Evrard2019OeuvreSoins"),
        ("cres:{journal:1}_{volume}/{number}", "cres:revue_12"),
        ("{type}.{title:1}", "article.oeuvre"),
    ],
)
def test_a_pattern_says_what_stands_in_a_key(pattern: str, key: str) -> None:
    assert is_pattern(pattern)
    made = reference(author=("Évrard, Zoé", "Le Bodo, Yann"), date="2019", title="L'Œuvre des soins à domicile")
    assert key_of(made, pattern) == key


def test_of_two_alike_the_second_is_numbered_and_a_key_of_its_own_stays() -> None:
    given = [reference("un-soin-2"), reference(title="Un soin"), reference(title="Un soin"), reference(title="Un soin")]
    keys = Keys(is_taken={"soin-3"}.__contains__)
    assert [keys.for_(each) for each in given] == ["un-soin-2", "soin", "soin-2", "soin-4"]


@pytest.mark.parametrize("name", ["biblio.toml", "pyproject.toml"])
def test_the_pattern_is_that_of_the_project(name: str) -> None:
    head = "" if name == "biblio.toml" else "tool.biblio."
    settings = parse_settings(f'[{head}import]\nkey = "{{auth}}{{year}}"\n', name)
    assert settings is not None
    assert key_pattern(settings) == "{auth}{year}"


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ('[import]\nkey = "{auteur}"', "C110", 2),
        ('[import]\nkey = "sans partie"', "C110", 2),
        ('[import]\nkey = "{auth} {year}"', "C110", 2),
        ('[import]\nkey = "{auth}é"', "C110", 2),
        ("[import]\nkey = 3", "C102", 2),
        ('[import]\ncle = "{auth}"', "C102", 2),
        ("import = 3", "C102", 1),
    ],
)
def test_a_pattern_that_is_none_is_told_at_its_line(text: str, code: str, line: int) -> None:
    settings = parse_settings(text, "biblio.toml")
    assert settings is not None
    with pytest.raises(BiblioError) as raised:
        key_pattern(settings)
    diagnostic = raised.value.diagnostic
    assert (diagnostic.code, diagnostic.span and diagnostic.span.line) == (code, line)
