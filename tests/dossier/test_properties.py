"""What holds for every query and every order: Hypothesis looks for one that breaks it."""

from __future__ import annotations

import json
from typing import Any

from dossier.library import spec_of
from dossier.material import LIBRARY, THEMES, fill, indented
from hypothesis import given
from hypothesis import strategies as st

from biblio.dossier.conditions import Setting
from biblio.dossier.match import Matcher, compile_query
from biblio.dossier.section import SORT_KEYS
from biblio.dossier.sort import Sorting
from biblio.reference.reference import Reference
from biblio.words.faults import Span
from biblio.yaml_model.keys import Placed

REFERENCES = tuple(LIBRARY)
SIMPLE = st.fixed_dictionaries(
    {},
    optional={
        "theme": st.sampled_from(["cls", "territoires", ["outils", "environnement"]]),
        "type": st.sampled_from(["report", ["Article", "Guide"]]),
        "language": st.sampled_from(["fr", "en"]),
        "issued": st.sampled_from(["2018..", "..2019", "2020"]),
        "open_access": st.booleans(),
        "text": st.sampled_from(["guide", "locaux", "zut"]),
        "has": st.sampled_from(["date", "url", ["doi", "abstract"]]),
        "lacks": st.sampled_from(["editor", ["doi", "langid"]]),
        "keyword": st.sampled_from(["environnement", "CLSM"]),
        "audience": st.sampled_from(["elus", "professionnels"]),
        "territory": st.sampled_from(["Vaucluse", "marseille"]),
        "since": st.sampled_from(["2019", "2020-01-15"]),
        "added": st.sampled_from(["2019..", "..2019-12"]),
        "publisher": st.sampled_from(["ehesp", "CRES"]),
        "journal": st.sampled_from(["santé publique", "risques"]),
        "author": st.sampled_from(["Le Bodo", "jabot françoise", "ars paca"]),
        "title": st.sampled_from(["oeuvre", "où", "santé"]),
        "placed": st.booleans(),
        "key": st.sampled_from(["*-20*", "p*"]),
    },
)
QUERIES = st.recursive(
    SIMPLE,
    lambda inner: st.fixed_dictionaries(
        {},
        optional={name: st.lists(inner, min_size=1, max_size=2) for name in ("any", "all", "none")},
    ),
    max_leaves=5,
)
KEYS = st.lists(st.sampled_from([sign + key for key in SORT_KEYS for sign in ("", "-")]), max_size=3)


def compiled(query: Any) -> Matcher:
    (section,) = spec_of(indented(f"select: {json.dumps(query)}")).sections
    assert section.select is not None
    return compile_query(section.select, Setting(THEMES, {"page"}))


def found(query: Any) -> list[str]:
    return [reference.citekey for reference in compiled(query).among(REFERENCES)]


@given(QUERIES)
def test_none_is_the_complement(query: Any) -> None:
    assert sorted(found(query) + found({"none": query})) == sorted(LIBRARY.citekeys)


@given(QUERIES, QUERIES)
def test_any_is_the_union_and_all_the_intersection(one: Any, other: Any) -> None:
    first, second = set(found(one)), set(found(other))
    assert set(found({"any": [one, other]})) == first | second
    assert set(found({"all": [one, other]})) == first & second


@given(QUERIES)
def test_one_by_one_or_all_together_and_a_refusal_exactly_for_the_others(query: Any) -> None:
    matcher = compiled(query)
    accepted = {reference.citekey for reference in matcher.among(REFERENCES)}
    for reference in REFERENCES:
        assert matcher.matches(reference) == (reference.citekey in accepted)
        assert (matcher.refusal(reference) is None) == (reference.citekey in accepted)


@given(QUERIES, KEYS, st.integers(0, 4), st.sampled_from(["", "type", "year", "theme", "territory", "audience"]))
def test_whatever_is_found_is_printed_pointed_to_or_cut_once(query: Any, keys: Any, limit: int, group: str) -> None:
    lines = f"select: {json.dumps(query)}\nsort: {json.dumps(keys)}" + (f"\nlimit: {limit}" if limit else "")
    selection, _ = fill(indented(lines + (f"\ngroup_by: {group}" if group else "")))
    (part,) = selection.parts
    placed = [reference.citekey for section in part.walk() for reference in section.references]
    beside = [each.reference.citekey for each in (*part.see_also, *part.cut)]
    (section,) = spec_of(indented(f"select: {json.dumps(query)}")).sections
    assert section.select is not None
    expected = [each.citekey for each in compile_query(section.select, Setting(THEMES)).among(REFERENCES)]
    assert sorted(placed + beside) == sorted(expected)
    assert len(placed) == min(limit or len(expected), len(expected))


@given(st.permutations(REFERENCES), KEYS, st.lists(st.sampled_from(["Guide", "report", "Article"]), max_size=2))
def test_sorting_is_a_permutation_that_sorting_again_leaves(
    references: list[Reference], keys: list[str], types: list[str]
) -> None:
    sorting = Sorting("fr", tuple(types))
    placed = [Placed(key, Span("cas.yaml")) for key in keys]
    once = [references[place] for place in sorting.order(references, placed)]
    assert sorted(each.citekey for each in once) == sorted(LIBRARY.citekeys)
    assert sorting.order(once, placed) == list(range(len(once)))


@given(st.permutations(REFERENCES), KEYS)
def test_the_order_does_not_depend_on_where_one_starts_but_for_equals(
    references: list[Reference], keys: list[str]
) -> None:
    """With the citekey as the last key nothing is equal, so that every start gives one and the same order."""
    sorting = Sorting()
    placed = [Placed(key, Span("cas.yaml")) for key in (*keys, "citekey")]
    found = [references[place].citekey for place in sorting.order(references, placed)]
    assert found == [REFERENCES[place].citekey for place in sorting.order(REFERENCES, placed)]
