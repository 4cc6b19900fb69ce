"""What a documentalist does to the spec of a dossier, on its text."""

from __future__ import annotations

import pytest

from biblio.dossier.loader import load_dossier
from biblio.editing import specs
from biblio.words.faults import Parsed

SPEC = """\
title: Santé
date: 2023-04-25
publisher: CRES
inconnue: reste

# Les pages
sitography:
  title: Sitographie
  references: [page]

sections:
  - title: A
    references: seul
    exclude: [exclu]

  - title: "B"  # la seconde
    intro: Court.
    select:
      theme: cls
      key: [un, de-*]
      any: [{key: deux}, {title: x}]
    pin:
      - {key: deux, at: first}
      - key: trois
        after: deux
    sections:
      - title: B1
        references:
          # d'abord
          - un
          - deux  # ensuite
"""
A, B, B1 = ("sections", 0), ("sections", 1), ("sections", 1, "sections", 0)


def made(edited: Parsed[str]) -> str:
    """The new text, which says no worse a dossier than the old one."""
    assert edited.diagnostics == ()
    faults = load_dossier(edited.value, "d.yaml", "d").diagnostics
    assert [(each.code, dict(each.arguments)) for each in faults] in (
        [("D108", {"key": "inconnue", "suggestion": ""})],
        [],
    )
    return edited.value


def replaced(old: str, new: str, times: int = 1) -> str:
    assert SPEC.count(old) == times, old
    return SPEC.replace(old, new)


def test_a_key_of_the_dossier_is_set_added_and_taken_out() -> None:
    edited = made(specs.set_key(SPEC, ("title",), "Santé : état"))
    assert edited == replaced("title: Santé\n", 'title: "Santé : état"\n')
    added = made(specs.set_key(SPEC, ("subtitle",), "Sélection"))
    assert added == replaced("title: Santé\n", "title: Santé\nsubtitle: Sélection\n")
    assert made(specs.set_key(added, ("subtitle",), "")) == SPEC
    assert specs.set_key(SPEC, ("subtitle",), None) == Parsed(SPEC)


def test_what_is_not_there_yet_comes_with_its_first_key() -> None:
    edited = specs.set_key(SPEC, ("cover", "logo", "file"), "images/logo.png").value
    edited = made(specs.set_key(edited, ("cover", "logo", "alt"), "CRES"))
    assert made(specs.set_key(edited, ("cover", "cite"), True)) == (
        SPEC + "\ncover:\n  logo:\n    file: images/logo.png\n    alt: CRES\n  cite: true\n"
    )


def test_keys_of_a_section_are_set_at_their_places() -> None:
    edited = made(specs.set_key(SPEC, (*A, "sort"), ["type", "-date"]))
    assert edited == replaced("    exclude: [exclu]\n", "    exclude: [exclu]\n    sort: [type, -date]\n")
    edited = made(specs.set_key(SPEC, (*A, "intro"), "Un.\r\n\r\nDeux."))
    assert edited == replaced(
        "    exclude: [exclu]\n", "    exclude: [exclu]\n    intro: |\n      Un.\n\n      Deux.\n"
    )
    assert made(specs.set_key(edited, (*A, "intro"), "Trois.")).count("    intro: |\n      Trois.\n") == 1
    edited = made(specs.set_key(SPEC, (*B, "select"), {"theme": ["cls", "clsm"], "key": ["un", "de-*"]}))
    assert "    select:\n      theme: [cls, clsm]\n      key: [un, de-*]\n    pin:" in edited
    edited = made(specs.set_key(SPEC, (*A, "select"), {"theme": "cls"}))
    assert edited == replaced("    references: seul\n", "    references: seul\n    select:\n      theme: cls\n")


def test_an_undeclared_key_is_not_written_but_one_that_is_there_may_change() -> None:
    edited = specs.set_key(SPEC, (*A, "titel"), "x", file="d.yaml")
    assert edited.value == SPEC
    assert [(each.code, each.span and each.span.line) for each in edited.diagnostics] == [("D108", 12)]
    assert made(specs.set_key(SPEC, ("inconnue",), "x")) == replaced("inconnue: reste", "inconnue: x")


def test_sections_are_added_at_any_depth() -> None:
    edited = made(specs.add_section(SPEC, (), 1, {"title": "C", "references": ["u", "v"], "sort": ["date"]}))
    new = "\n  - title: C\n    references:\n      - u\n      - v\n    sort: [date]\n"
    assert edited == replaced("    exclude: [exclu]\n", f"    exclude: [exclu]\n{new}")
    edited = made(specs.add_section(SPEC, A, 0, {"title": "A1"}))
    assert edited == replaced("    exclude: [exclu]\n", "    exclude: [exclu]\n    sections:\n      - title: A1\n")


def test_a_dossier_without_sections_gets_its_first() -> None:
    text = "title: A\ndate: 2023\npublisher: B\nclosing: fin\n"
    edited = made(specs.add_section(text, (), 0, {"title": "C", "intro": "u\nv"}))
    assert edited == (
        "title: A\ndate: 2023\npublisher: B\nsections:\n  - title: C\n    intro: |\n      u\n      v\nclosing: fin\n"
    )


def test_sections_are_moved_and_removed() -> None:
    edited = made(specs.move_section(SPEC, B1, (), 0))
    assert "sections:\n  - title: B1\n    references:\n      # d'abord\n      - un\n      - deux  # ensuite\n" in edited
    assert edited.endswith("        after: deux\n    sections: []\n")
    edited = made(specs.move_section(SPEC, A, B, 1))
    assert edited.endswith("      - title: A\n        references: seul\n        exclude: [exclu]\n")
    assert made(specs.remove_section(SPEC, A)).count("title:") == SPEC.count("title:") - 1
    gone = made(specs.remove_section(SPEC, ("sitography",)))
    assert gone == replaced("# Les pages\nsitography:\n  title: Sitographie\n  references: [page]\n\n", "")


def test_a_section_does_not_go_into_itself() -> None:
    edited = specs.move_section(SPEC, B, B1, 0)
    assert (edited.value, [each.code for each in edited.diagnostics]) == (SPEC, ["E231"])


def test_references_are_added() -> None:
    edited = made(specs.add_references(SPEC, A, ["x", "seul", "y", "x"], 1))
    assert edited == replaced("    references: seul\n", "    references:\n      - seul\n      - x\n      - y\n")
    edited = made(specs.add_references(SPEC, ("sitography",), ["x"], 0))
    assert edited == replaced("[page]", "[x, page]")
    edited = made(specs.add_references(SPEC, B, ["x"], 0))
    assert '  - title: "B"  # la seconde\n    references:\n      - x\n    intro: Court.\n' in edited


def test_references_are_removed() -> None:
    assert made(specs.remove_reference(SPEC, B1, "un")) == replaced("          # d'abord\n          - un\n", "")
    edited = specs.remove_reference(SPEC, B1, "seul")
    assert (edited.value, [each.code for each in edited.diagnostics]) == (SPEC, ["E231"])


def test_a_reference_is_moved_within_a_section_and_to_several() -> None:
    both = "          # d'abord\n          - un\n          - deux  # ensuite\n"
    turned = "          - deux  # ensuite\n          # d'abord\n          - un\n"
    assert made(specs.move_reference(SPEC, "deux", B1, [(B1, 0)])) == replaced(both, turned)
    edited = made(specs.move_reference(SPEC, "deux", B1, [(A, 1), (("sitography",), 0)]))
    assert "    references:\n      - seul\n      - deux  # ensuite\n    exclude" in edited
    assert "  references: [deux, page]\n" in edited
    assert edited.endswith("          # d'abord\n          - un\n")


def test_a_citekey_is_replaced_wherever_it_is_named() -> None:
    edited = made(specs.replace_citekey(SPEC, "deux", "quatre"))
    assert edited == SPEC.replace("deux", "quatre")
    assert made(specs.replace_citekey(SPEC, "exclu", "x")) == replaced("[exclu]", "[x]")
    assert made(specs.replace_citekey(SPEC, "seul", "x")) == replaced("references: seul", "references: x")
    assert made(specs.replace_citekey(SPEC, "page", "x")) == replaced("[page]", "[x]")
    assert specs.replace_citekey(SPEC, "cls", "x") == Parsed(SPEC)


def test_a_citekey_that_takes_the_place_of_a_neighbour_stands_once() -> None:
    edited = made(specs.replace_citekey(SPEC, "un", "deux"))
    assert edited.endswith("        references:\n          - deux  # ensuite\n")
    assert "      key: [deux, de-*]\n" in edited


def test_a_citekey_in_other_capitals_is_the_same_one() -> None:
    def spec(first: str, second: str) -> str:
        lists = "".join(f"  - title: S{keys[:2]}\n    references: [{keys}]\n" for keys in (first, second))
        return f"title: A\ndate: 2020\npublisher: B\nsections:\n{lists}"

    text = spec("Un, trois, un, DEUX", "UN, quatre, un")
    edited = made(specs.replace_citekey(text, "un", "deux"))
    assert "[trois, DEUX]" in edited
    assert "[deux, quatre]" in edited
    edited = made(specs.replace_citekey(text, "un", "UN"))
    assert "[UN, trois, DEUX]" in edited
    assert "[UN, quatre]" in edited


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [("title: [A\ndate: x\n", "D131", 1), ("a: u\n<<<<<<< HEAD\n=======\n>>>>>>> x\n", "P123", 2)],
)
def test_what_cannot_be_read_is_not_edited(text: str, code: str, line: int) -> None:
    for edited in (
        specs.set_key(text, ("title",), "x", file="d.yaml"),
        specs.add_section(text, (), 0, {"title": "x"}, file="d.yaml"),
        specs.move_section(text, A, B, 0, file="d.yaml"),
        specs.add_references(text, A, ["x"], 0, file="d.yaml"),
        specs.remove_reference(text, A, "x", file="d.yaml"),
        specs.move_reference(text, "x", A, [(B, 0)], file="d.yaml"),
        specs.replace_citekey(text, "x", "y", file="d.yaml"),
    ):
        assert edited.value == text
        assert [(each.code, each.span and each.span.line) for each in edited.diagnostics[:1]] == [(code, line)]
