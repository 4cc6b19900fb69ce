"""Glances at references: they answer as the references do, make them when they cannot, and are taken on no trust."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from dossier.library import library_of, spec_of
from dossier.material import LIBRARY, THEMES, indented

from biblio.collection.glance import Glance
from biblio.collection.glances import from_record, to_record
from biblio.collection.library import Library
from biblio.dossier.conditions import Setting
from biblio.dossier.match import compile_query
from biblio.dossier.select import select
from biblio.reference.reference import Reference

REFERENCES = tuple(LIBRARY)


def record() -> Any:
    return json.loads(json.dumps(to_record(REFERENCES)))


def glances() -> tuple[Glance, ...]:
    found = from_record(record(), LIBRARY)
    assert found
    return found


def test_what_a_glance_does_not_know_the_reference_answers() -> None:
    for glance, reference in zip(glances(), REFERENCES, strict=True):
        for name in ("citekey", "language", "keyword", "issued", "title", "origin", "type", "all_links"):
            assert getattr(glance, name) == getattr(reference, name)
    with pytest.raises(AttributeError):
        _ = glances()[0].nothing_of_that_name


@pytest.mark.parametrize("word", ["Ψυχική", "психическое"])
def test_words_in_other_letters_are_looked_for_in_the_reference(word: str) -> None:
    library = library_of(f"@book{{un, title = {{Une question : {word}}}}}\n@book{{deux, title = {{Autre}}}}\n")
    known = from_record(json.loads(json.dumps(to_record(tuple(library)))), library)
    assert known
    query = spec_of(indented(f"select: {{text: {word}}}")).sections[0].select
    assert query
    assert [each.citekey for each in compile_query(query, Setting(THEMES)).among(known)] == ["un"]


def selected(body: str, glance: Callable[[Library], tuple[Glance, ...] | None]) -> tuple[list[str], list[str]]:
    """The citekeys that a spec selects where glances are known, and the citekeys of the references made for it."""
    made: list[str] = []

    def build(number: int) -> Any:
        made.append(LIBRARY.citekeys[number])
        return LIBRARY._at(number)

    library = Library(LIBRARY.citekeys, build, glance=glance)
    selection = select(library, spec_of(body), THEMES).value
    return [reference.citekey for reference in selection.references], made


def test_only_what_a_query_finds_is_made() -> None:
    body = indented("select: {theme: territoires, language: fr, text: locaux, lacks: abstract}")
    found, made = selected(body, lambda library: from_record(record(), library))
    assert found == made == ["harpet-2019"]
    assert selected(body, lambda library: None) == (found, list(LIBRARY.citekeys))  # noqa: ARG005


def test_a_record_cannot_put_in_what_the_query_refuses() -> None:
    lying = record()
    lying["language"] = [["fr"], [0] * len(REFERENCES)]
    found, _ = selected(indented("select: {language: fr}"), lambda library: from_record(lying, library))
    honest = [reference.citekey for reference in REFERENCES if reference.language.startswith("fr")]
    assert sorted(found) == sorted(honest)


DAMAGES: dict[str, Callable[[Any], object]] = {
    "no record": lambda record: record.clear(),
    "a column is missing": lambda record: record.pop("text"),
    "a column is short": lambda record: record["text"].pop(),
    "another library": lambda record: record["citekey"].reverse(),
    "a number for a text": lambda record: record["titles"].__setitem__(0, 3),
    "a number beyond the table": lambda record: record["keyword"][1].__setitem__(0, 99),
    "a number before the table": lambda record: record["keyword"][1].__setitem__(0, -1),
    "a text for a list": lambda record: record["audience"][0].__setitem__(0, "élus"),
    "a list in a list": lambda record: record["people"][0].__setitem__(0, [["x"]]),
    "a text for a date": lambda record: record["issued"][0].__setitem__(0, ["2019"]),
    "a text for an answer": lambda record: record["is_open"][0].__setitem__(0, "yes"),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_record_is_none(damage: Callable[[Any], object]) -> None:
    damaged = record()
    damage(damaged)
    assert from_record(damaged, LIBRARY) is None


@pytest.mark.parametrize("value", [None, [], "x", 3, {"citekey": None}])
def test_what_is_no_record_is_none(value: Any) -> None:
    assert from_record(value, LIBRARY) is None


def test_a_reference_is_looked_at_itself_when_it_is_there() -> None:
    library = Library(LIBRARY.citekeys, LIBRARY._at, glance=lambda library: from_record(record(), library))
    _ = tuple(library)
    assert all(isinstance(each, Reference) for each in library.glances)
