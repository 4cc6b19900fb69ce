"""References put into sections by hand and taken out again, whether a section lists them or its query finds them."""

from __future__ import annotations

from biblio.editing import placing
from biblio.words.faults import Parsed

SPEC = """\
title: Santé
sections:
  - title: A
    references:
      - un  # d'abord
      - deux
      - trois
  - title: B
    select: {theme: cls}
    exclude: [exclu]
  - title: C
    intro: Vide.
"""
A, B, C = (("sections", number) for number in range(3))


def made(edited: Parsed[str]) -> str:
    assert edited.diagnostics == ()
    return edited.value


def test_references_are_put_where_they_are_wanted() -> None:
    text = made(placing.put(SPEC, A, ["quatre", "un", "cinq"], "deux"))
    assert text == SPEC.replace("      - deux\n", "      - quatre\n      - cinq\n      - deux\n")
    assert made(placing.put(SPEC, C, ["un"])) == SPEC.replace("    intro", "    references:\n      - un\n    intro")


def test_a_section_with_a_query_includes_what_is_put_into_it() -> None:
    assert made(placing.put(SPEC, B, ["un"])).count("    include:\n      - un\n") == 1
    assert "exclude" not in made(placing.put(SPEC, B, ["exclu"]))


def test_what_is_taken_out_of_a_section_leaves_its_list_or_is_excluded() -> None:
    assert made(placing.take(SPEC, A, ["un", "trois"])) == SPEC.replace("      - un  # d'abord\n", "").replace(
        "      - trois\n", ""
    )
    assert made(placing.take(SPEC, B, ["trouve"])) == SPEC.replace("[exclu]", "[exclu, trouve]")
    included = made(placing.put(SPEC, B, ["un"]))
    assert made(placing.take(included, B, ["un"])) == SPEC


def test_references_change_places_with_their_comments() -> None:
    text = made(placing.shift(SPEC, ["un"], A, A, "trois"))
    assert "      - deux\n      - un  # d'abord\n      - trois\n" in text
    text = made(placing.shift(SPEC, ["un", "deux"], A, A))
    assert "      - trois\n      - un  # d'abord\n      - deux\n" in text


def test_references_move_to_another_section() -> None:
    text = made(placing.shift(SPEC, ["un", "deux"], A, C))
    assert "    references:\n      - trois\n" in text
    assert text.endswith("  - title: C\n    references:\n      - un  # d'abord\n      - deux\n    intro: Vide.\n")
    text = made(placing.shift(SPEC, ["deux"], A, B))
    assert "      - deux\n      - trois\n" not in text
    assert "    include:\n      - deux\n" in text
    text = made(placing.shift(SPEC, ["trouve"], B, A, "deux"))
    assert "      - un  # d'abord\n      - trouve\n      - deux\n" in text
    assert "exclude: [exclu, trouve]" in text


def test_a_reference_that_is_there_already_is_not_listed_twice() -> None:
    both = SPEC.replace("intro: Vide.", "references: [un]")
    text = made(placing.shift(both, ["un"], A, C))
    assert text.count("un  #") == 0
    assert text.endswith("    references: [un]\n")


def test_a_reference_goes_by_one_place_and_no_further_than_the_ends() -> None:
    down = made(placing.turn(SPEC, "un", A, 1))
    assert "      - deux\n      - un  # d'abord\n      - trois\n" in down
    assert made(placing.turn(down, "un", A, -1)) == SPEC
    for key, section, by in (("un", A, -1), ("trois", A, 1), ("perdu", A, 1), ("perdu", A, -1), ("un", B, 1)):
        assert made(placing.turn(SPEC, key, section, by)) == SPEC
