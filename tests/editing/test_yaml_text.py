"""A YAML text is edited where it says something else, and nowhere else: cases by hand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sources import ROOT

from biblio.editing.yaml_text import insert, move, remove, set_value
from biblio.words.faults import Parsed
from biblio.yaml_model.loader import load_plain

DOSSIER = """\
# yaml-language-server: $schema=x
title: Mon dossier   # le titre
date: 2023-04-25

sections:
  # la première
  - title: A
    sort: [type, -date]  # tri
    references:
      - a
      # au sujet de b
      - b  # note b
      # - z

  - title: B
    intro: |  # deux paragraphes
      Une ligne,
      et une autre.

      La fin.
    references: [c, d]

  - title: C
    references:

closing: fin
"""


def made(edited: Parsed[str]) -> str:
    assert edited.diagnostics == ()
    return edited.value


def changed(edited: Parsed[str], old: str = DOSSIER) -> list[str]:
    """The lines that went (``<``) and that came (``>``), in order."""
    before, after = old.split("\n"), made(edited).split("\n")
    start = next((n for n, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), 0)
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    gone, come = before[start : len(before) - end], after[start : len(after) - end]
    return [*(f"<{line}" for line in gone), *(f">{line}" for line in come)]


def test_a_text_is_set_and_the_comment_behind_it_stays() -> None:
    edited = set_value(DOSSIER, ("title",), "Santé : un défi")
    assert changed(edited) == ["<title: Mon dossier   # le titre", '>title: "Santé : un défi"   # le titre']


def test_what_is_said_already_changes_nothing() -> None:
    assert set_value(DOSSIER, ("sections", 0, "sort"), ["type", "-date"]) == Parsed(DOSSIER)
    assert move(DOSSIER, ("sections", 1), ("sections",), 1) == Parsed(DOSSIER)


def test_a_key_comes_behind_those_that_stand_before_it() -> None:
    edited = set_value(DOSSIER, ("subtitle",), "Sélection", order=["title", "subtitle", "date", "sections"])
    assert changed(edited) == [">subtitle: Sélection"]
    assert "# le titre\nsubtitle: Sélection\ndate:" in made(edited)


def test_a_key_without_an_order_comes_last_and_apart_from_what_is_long() -> None:
    text = "title: A\n\nsections:\n  - title: B\n    sort: date\n"
    assert made(set_value(text, ("closing",), "fin")) == text + "\nclosing: fin\n"


def test_a_text_of_lines_is_a_block_and_one_in_a_block_stays_so() -> None:
    edited = set_value(DOSSIER, ("sections", 0, "intro"), "Un\n\nDeux\n", order=["title", "intro"])
    assert changed(edited) == [">    intro: |", ">      Un", ">", ">      Deux"]
    edited = set_value(DOSSIER, ("sections", 1, "intro"), "Court\n")
    assert changed(edited) == [
        "<      Une ligne,",
        "<      et une autre.",
        "<",
        "<      La fin.",
        ">      Court",
    ]


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("a: >-\n    un\n    deux\n", "trois", "a: >-\n    trois\n"),
        ("a: >\n  un\n", "un\ndeux\n", "a: >\n  un\n\n  deux\n"),
        ("a: |2\n   un\nb: c\n", "deux\n", "a: |\n  deux\nb: c\n"),
        ("a: |+\n  un\n\nb: c\n", "deux\n", "a: |\n  deux\nb: c\n"),
        ("a: 'un'\n", "l'autre", "a: 'l''autre'\n"),
        ('a: "un"\n', "deux", 'a: "deux"\n'),
        ("a:\n  un\n", "deux", "a:\n  deux\n"),
        ("a:  # rien\n", "deux", "a: deux  # rien\n"),
        ("a: un\n  et deux # trois\n", "deux", "a: deux # trois\n"),
        ("a: un # x\n", ["b"], "a: # x\n  - b\n"),
        ("a: [un,\n  deux]\nb: c\n", "d", "a: d\nb: c\n"),
        ("a:\n- un\n- deux\nb:\n- c\n", ["deux"], "a:\n- deux\nb:\n- c\n"),
        ("a: un\n", True, "a: true\n"),
        ("a: un\n", 12, "a: 12\n"),
        ("a: un\n", "12", 'a: "12"\n'),
        ("a: un\n", "2023-04", "a: 2023-04\n"),
        ("a: un\n", "no", 'a: "no"\n'),
        ("a: un\n", "-date", "a: -date\n"),
        ("a: un\n", "", 'a: ""\n'),
        ("a: un\n", [], "a: []\n"),
        ("a: un\n", "x\x07\x85y", 'a: "x\\x07\\x85y"\n'),
        ("\ufeffa: un\r\nb: c", "d\ne", "\ufeffa: |-\r\n  d\r\n  e\r\nb: c"),
        ("---\na: un\n...\n", "deux", "---\na: deux\n...\n"),
        ("{a: un, b: c}\n", "d, e", '{a: "d, e", b: c}\n'),
        ("? a\n: un\n", "deux", "? a\n: deux\n"),
        ("a: !!str un\n", "deux", "a: deux\n"),
        ("a:\n  b: un  # deux\n  # trois\n  c: d\n", {"b": "x", "c": "d"}, "a:\n  b: x  # deux\n  # trois\n  c: d\n"),
    ],
)
def test_a_value_is_set_in_every_style(text: str, value: object, expected: str) -> None:
    assert made(set_value(text, ("a",), value)) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "index", "expected"),
    [
        ("a: []\nb: c\n", 0, "a:\n  - x\nb: c\n"),
        ("a:\nb: c\n", 0, "a:\n  - x\nb: c\n"),
        ("a:  # rien\n", 0, "a:  # rien\n  - x\n"),
        ("a: [u, v]\n", 0, "a: [x, u, v]\n"),
        ("a: [u, v]\n", 2, "a: [u, v, x]\n"),
        ("a: [u, v,]\n", 2, "a: [u, v, x,]\n"),
        ("a: [\n  u,  # un\n  v\n]\n", 1, "a: [\n  u,  # un\n  x,\n  v\n]\n"),
        ("a: [\n  u,  # un\n  v  # deux\n]\n", 2, "a: [\n  u,  # un\n  v,  # deux\n  x\n]\n"),
        ("a:\n- u\n# fin\nb: c\n", 1, "a:\n- u\n- x\n# fin\nb: c\n"),
        (
            "a:\n    - u\n      # suite\n    # autre\nb: c\n",
            1,
            "a:\n    - u\n      # suite\n    - x\n    # autre\nb: c\n",
        ),
        ("a:\n  - u", 1, "a:\n  - u\n  - x"),
        ("a:\n  # premier\n  - u\n", 0, "a:\n  - x\n  # premier\n  - u\n"),
        ("a:\n  - u\n\n  - v\n", 2, "a:\n  - u\n\n  - v\n\n  - x\n"),
        ("a:\r\n  - u\r\n", 1, "a:\r\n  - u\r\n  - x\r\n"),
        ("a:\n  - u: |\n      texte\n\nb: c\n", 1, "a:\n  - u: |\n      texte\n  - x\n\nb: c\n"),
        ("b:\n    c:\n        d: e\na: []\n", 0, "b:\n    c:\n        d: e\na:\n    - x\n"),
    ],
)
def test_an_item_is_inserted_in_every_style(text: str, index: int, expected: str) -> None:
    assert made(insert(text, ("a",), index, "x")) == expected


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("a:\n  - u\n  # de v\n  - v\n", ("a", 1), "a:\n  - u\n"),
        ("a:\n  - u\nb: c\n", ("a", 0), "a: []\nb: c\n"),
        ("a:\n  # - w\n\n  - u\nb: c\n", ("a", 0), "a: []\n  # - w\n\nb: c\n"),
        ("a: [u, v]\n", ("a", 0), "a: [v]\n"),
        ("a: [u, v]\n", ("a", 1), "a: [u]\n"),
        ("a: [\n  u,  # un\n  v,  # deux\n]\n", ("a", 0), "a: [\n  v,  # deux\n]\n"),
        ("a:\n  - t: u\n    s: v\n", ("a", 0, "t"), "a:\n  - s: v\n"),
        ("a:\n  - t: u\n    # du s\n    s: v\n", ("a", 0, "t"), "a:\n  - # du s\n    s: v\n"),
        ("a:\n  - t: u\nb: c\n", ("a", 0, "t"), "a:\n  - {}\nb: c\n"),
        ("# tête\na: u\nb: v\n", ("a",), "# tête\nb: v\n"),
        ("a: u\n\nb: v\n\nc: w\n", ("b",), "a: u\n\nc: w\n"),
        ("a: u\n\nb: v", ("b",), "a: u"),
        ("a: u\nb: |\n  v\n\nc: w\n", ("b",), "a: u\n\nc: w\n"),
    ],
)
def test_an_entry_is_removed_in_every_style(text: str, path: tuple[str | int, ...], expected: str) -> None:
    assert made(remove(text, path)) == expected


def test_an_item_takes_its_comments_along() -> None:
    edited = made(move(DOSSIER, ("sections", 0, "references", 1), ("sections", 2, "references"), 0))
    assert "      - a\n      # - z\n" in edited
    assert edited.endswith(
        "  - title: C\n    references:\n      # au sujet de b\n      - b  # note b\n\nclosing: fin\n"
    )


def test_an_item_with_a_comment_makes_lines_of_a_list_between_brackets() -> None:
    edited = made(move(DOSSIER, ("sections", 0, "references", 1), ("sections", 1, "references"), 1))
    assert "    references:\n      - c\n      # au sujet de b\n      - b  # note b\n      - d\n" in edited


def test_an_item_goes_on_the_line_of_others_and_comes_from_there() -> None:
    text = "a:\n  - u\n  - v\nb: [w, x]\n"
    assert made(move(text, ("a", 0), ("b",), 1)) == "a:\n  - v\nb: [w, u, x]\n"
    assert made(move(text, ("b", 1), ("a",), 2)) == "a:\n  - u\n  - v\n  - x\nb: [w]\n"


def test_sections_change_places_with_all_that_they_hold() -> None:
    first, second = DOSSIER.index("  # la première"), DOSSIER.index("  - title: B")
    third = DOSSIER.index("  - title: C")
    expected = DOSSIER[:first] + DOSSIER[second:third] + DOSSIER[first:second] + DOSSIER[third:]
    assert made(move(DOSSIER, ("sections", 0), ("sections",), 1)) == expected
    assert made(move(DOSSIER, ("sections", 1), ("sections",), 0)) == expected


def test_a_section_goes_into_another_and_comes_out_again() -> None:
    head, last = "sections:\n  - title: A\n    sections:", "  - title: C\n"
    text = f"{head}\n      - title: B\n        intro: |\n          u\n            v\n{last}"
    out = f"{head} []\n  - title: B\n    intro: |\n      u\n        v\n{last}"
    assert made(move(text, ("sections", 0, "sections", 0), ("sections",), 1)) == out
    assert made(move(out, ("sections", 1), ("sections", 0, "sections"), 0)) == text


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: &x u\nb: *x\n", "D103", 1),
        ("a: {u: 1}\nb:\n  <<: *x\n", "D103", 3),
        ("a: u\na: v\n", "D107", 2),
        ("a: [u\nb: v\n", "D131", 1),
        ("a: u\n<<<<<<< HEAD\nb: v\n=======\nb: w\n>>>>>>> x\n", "P123", 2),
        ("a:\n\t- u\n", "D139", 2),
        ("a: u\t# x\n", "D139", 1),
        ("", "D102", 1),
        ("a: u\n---\na: v\n", "D101", 2),
        ("? [a]\n: u\n", "D106", 1),
    ],
)
def test_what_cannot_be_read_is_not_edited(text: str, code: str, line: int) -> None:
    for edited in (
        set_value(text, ("a",), "x", file="d.yaml"),
        remove(text, ("a",), file="d.yaml"),
        insert(text, ("a",), 0, "x", file="d.yaml"),
        move(text, ("a", 0), ("b",), 0, file="d.yaml"),
    ):
        assert edited.value == text
        found = edited.diagnostics[0]
        assert found.span is not None
        assert (found.code, found.span.path, found.span.line) == (code, "d.yaml", line)


@pytest.mark.parametrize(
    "edited",
    [
        set_value(DOSSIER, ("sections", 7, "title"), "x"),
        set_value(DOSSIER, ("sections", 3), "x"),
        set_value(DOSSIER, ("title", "x"), "x"),
        remove(DOSSIER, ("none",)),
        remove(DOSSIER, ()),
        insert(DOSSIER, ("sections",), 4, "x"),
        insert(DOSSIER, ("title",), 0, "x"),
        insert(DOSSIER, ("sections",), -1, "x"),
        move(DOSSIER, ("title",), ("sections",), 0),
        move(DOSSIER, ("sections", 0), ("sections", 0, "references"), 0),
        move(DOSSIER, ("sections", 0), ("sections",), 3),
    ],
)
def test_a_place_that_is_gone_is_said(edited: Parsed[str]) -> None:
    assert edited.value == DOSSIER
    assert [each.code for each in edited.diagnostics] == ["E231"]


def test_what_cannot_be_done_in_few_characters_writes_the_list_anew() -> None:
    text = "a:\n  - [u: v, w]  # un\n  - x\n"
    edited = made(set_value(text, ("a", 0, 0, "t"), "z"))
    assert load_plain(edited, "").value == {"a": [[{"u": "v", "t": "z"}, "w"], "x"]}
    assert "# un" in edited
    assert edited.endswith("  - x\n")


@pytest.mark.parametrize(
    "path", sorted([*ROOT.glob("dossiers/*.yaml"), *ROOT.glob("src/biblio/project/starter/*/dossier.yaml")]), ids=str
)
def test_the_dossiers_are_edited_and_brought_back(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    marked = made(set_value(text, ("title",), "Un autre titre"))
    assert len(marked.split("\n")) == len(text.split("\n"))
    more = made(insert(text, ("sections",), 0, {"title": "Essai", "references": ["u", "v"]}))
    assert made(remove(more, ("sections", 0))) == text
    last = len(re.findall("^  - title:", text, re.MULTILINE))
    assert made(remove(made(insert(text, ("sections",), last, {"title": "Essai"})), ("sections", last))) == text
    for source, target in ((0, last - 1), (last - 1, 0)):
        away = made(move(text, ("sections", source), ("sections",), target))
        assert sorted(away.split("\n")) == sorted(text.split("\n"))
        assert made(move(away, ("sections", target), ("sections",), source)) == text
