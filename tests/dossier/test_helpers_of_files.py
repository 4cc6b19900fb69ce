"""Entries that help others are never documents; the members of a set are."""

from __future__ import annotations

import pytest
from dossier.library import library_of, sorted_by, spec_of, words
from notation import faults_shown

from biblio.collection.themes import Themes
from biblio.dossier.select import select

LIBRARY = library_of(
    """
@xdata{maison, publisher = {Presses}}
@bibnote{note1, note = {Une note}}
@book{a, title = {A}, xdata = {maison}, date = {2019}}
@book{b, title = {B}, date = {2020}}
@set{deux, entryset = {a, b}}
""",
)


def keys(body: str) -> tuple[list[str], list[str]]:
    selected = select(LIBRARY, spec_of(f"sections:\n  - title: Partie\n    {body}\n"), Themes())
    (part,) = selected.value.parts
    return [each.citekey for each in part.references], faults_shown(selected.diagnostics)


def test_a_query_finds_documents_alone() -> None:
    assert sorted(keys("select: {any: [{has: title}, {has: note}, {has: publisher}]}")[0]) == ["a", "b"]


def test_a_set_is_its_members() -> None:
    assert keys("references: [deux]") == (["a", "b"], [])


@pytest.mark.parametrize(("key", "kind"), [("maison", "xdata"), ("note1", "bibnote")])
def test_a_helper_that_is_asked_for_is_told(key: str, kind: str) -> None:
    found, reported = keys(f"references: [a, {key}]")
    assert found == ["a"]
    assert reported == [f"6:21 D222 key={key} type={kind}"]


def test_what_a_file_says_for_sorting_counts() -> None:
    references = library_of(
        """
@book{un, author = {Zola, Émile}, sortname = {Aaa, B}, title = {M}}
@book{deux, author = {Martin, Zoé}, title = {Le Nil}, sorttitle = {Aval}}
@book{trois, sortkey = {Bbb}, title = {Zèbre}, presort = {aa}}
""",
    )
    assert [each.citekey for each in sorted_by(tuple(references), words("author"))] == ["trois", "un", "deux"]
    assert [each.citekey for each in sorted_by(tuple(references), words("title"))] == ["trois", "deux", "un"]
