"""What people and programs read of a fault."""

from __future__ import annotations

import re
import string

import pytest

from biblio.dossier.loader import load_dossier
from biblio.report.text import EXCERPT, MOST, as_json, as_text, message_of
from biblio.words.faults import Diagnostic, Span, diagnose, in_order
from biblio.words.tables import faults

PATH = "references/cas.bib"
SOURCE = "@misc{a,\n  title = {A},\n  date = {hier},\n}\n"
DATE = diagnose("R301", Span(PATH, 3, 11, 4), "a", value="hier")


def test_a_fault_with_its_line_and_a_caret_under_the_place() -> None:
    assert as_text([DATE], {PATH: SOURCE}, "fr") == (
        "references/cas.bib:3:11: avertissement R301 unreadable-date: "
        "« hier » n'est pas une date de la forme attendue\n"
        "    3 │   date = {hier},\n"
        "      │           ^^^^\n"
        "  conseil : forme attendue : 2019, 2019-03, 2019-03-15 ou 2018/2020\n"
    )


def test_the_same_in_english() -> None:
    assert as_text([DATE], {PATH: SOURCE}, "en") == (
        "references/cas.bib:3:11: warning R301 unreadable-date: “hier” is not a date of the form expected\n"
        "    3 │   date = {hier},\n"
        "      │           ^^^^\n"
        "  hint: expected form: 2019, 2019-03, 2019-03-15 or 2018/2020\n"
    )


def test_a_fault_whose_file_is_not_at_hand_has_no_excerpt() -> None:
    assert as_text([DATE], {}, "en").splitlines()[1] == "  hint: expected form: 2019, 2019-03, 2019-03-15 or 2018/2020"


def test_a_fault_without_a_place_names_its_notice() -> None:
    fault = diagnose("W101", None, "harpet-2019", characters="𝛼 (U+1D6FC)", style="cres", font="X")
    assert as_text([fault], {}, "en").startswith("harpet-2019: warning W101 missing-glyph: no font of the style “cres”")


def test_a_fault_without_anything_is_its_message() -> None:
    assert as_text([diagnose("E110", code="X1")], {}, "en") == (
        "error E110 unknown-code: there is no code “X1”\n  hint: biblio explain, without a code, lists them all\n"
    )


def test_one_paragraph_each_with_a_blank_line_between() -> None:
    assert as_text([DATE, DATE], {}, "en").count("\n\n") == 1
    assert as_text([], {}, "en") == ""


@pytest.mark.parametrize("column", [1, 2, 99, 100, 101, 102, 300, 499, 500, 501])
def test_of_a_long_line_the_place_alone_is_shown(column: int) -> None:
    line = "".join(chr(ord("a") + index % 26) for index in range(500))
    shown = as_text([diagnose("P002", Span(PATH, 1, column, 3))], {PATH: line}, "en").splitlines()
    excerpt, caret = shown[1][8:], shown[2][8:]
    assert len(excerpt) <= EXCERPT
    under = excerpt[caret.index("^") : caret.index("^") + 1]
    assert under == line[column - 1 : column]


def test_a_caret_does_not_go_beyond_its_line() -> None:
    shown = as_text([diagnose("P002", Span(PATH, 1, 3, 50))], {PATH: "abcde\nf"}, "en").splitlines()
    assert shown[2] == "      │   ^^^"


def test_tabs_and_what_moves_the_cursor_keep_their_column() -> None:
    source = "\ta\x1b[31m\u202eb, c"
    shown = as_text([diagnose("P002", Span(PATH, 1, 9))], {PATH: source}, "en").splitlines()
    assert shown[1] == "    1 │  a�[31m�b, c"
    assert shown[1][shown[2].index("^")] == "b"


def test_a_message_shows_nothing_that_moves_the_cursor() -> None:
    fault = diagnose("D201", Span(PATH, 1, 1), key="a\x1b[2Jb\u202ec\nd")
    shown = as_text([fault], {}, "en").splitlines()
    assert shown[0] == f"{PATH}:1:1: error D201 unknown-reference: no reference has the key “a�[2Jb�c�d”"


def test_a_flood_is_counted() -> None:
    flood = [diagnose("P002", Span(PATH, line)) for line in range(1, MOST + 31)]
    other = diagnose("P002", Span("references/autre.bib"))
    shown = as_text([*flood, other], {}, "fr")
    assert shown.count("P002") == MOST + 1
    assert shown.endswith("… et 30 autres\n")


def test_colour_on_demand() -> None:
    assert "\x1b" not in as_text([DATE], {PATH: SOURCE}, "fr")
    coloured = as_text([DATE], {PATH: SOURCE}, "fr", colour=True)
    assert "\x1b[1;33mavertissement\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == as_text([DATE], {PATH: SOURCE}, "fr")


def test_for_programs() -> None:
    assert as_json([DATE, diagnose("E110", code="X1")], "en") == [
        {
            "code": "R301",
            "name": "unreadable-date",
            "severity": "warning",
            "path": PATH,
            "line": 3,
            "column": 11,
            "message": "“hier” is not a date of the form expected",
            "hint": "expected form: 2019, 2019-03, 2019-03-15 or 2018/2020",
            "citekey": "a",
        },
        {
            "code": "E110",
            "name": "unknown-code",
            "severity": "error",
            "path": None,
            "line": None,
            "column": None,
            "message": "there is no code “X1”",
            "hint": "biblio explain, without a code, lists them all",
            "citekey": None,
        },
    ]


def test_braces_in_what_was_typed_are_characters() -> None:
    fault = diagnose("P104", Span(PATH), text="{key} {0} {")
    assert "“{key} {0} {”" in as_text([fault], {}, "en")


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("code", faults())
def test_every_fault_can_be_printed(code: str) -> None:
    fault = faults()[code]
    names = {name for sentence in (*fault.message.values(), *fault.hint.values()) for name in placeholders(sentence)}
    diagnostic = Diagnostic(code, Span(PATH), dict.fromkeys(names, "Ω"))
    for lang in ("fr", "en"):
        shown = as_text([diagnostic], {}, lang)
        # What is left of braces is BibTeX, in a hint: « title = {…} », « {Ω} ».
        assert "{{" not in shown.replace("@Ω{{", "")
        assert shown.count("Ω") >= len(placeholders(fault.message[lang]))


def test_faults_in_the_order_of_their_places_each_once() -> None:
    first = diagnose("P002", Span("a.bib", 2))
    second = diagnose("P001", Span("b.bib", 1), encoding="x")
    nowhere = diagnose("W102", font="X")
    assert in_order([second, first, nowhere, first]) == (nowhere, first, second)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("fr", ["il faut ici un tableau de clés et de valeurs", "il faut ici une liste", "il faut ici un texte"]),
        ("en", ["a table of keys and values is expected here", "a list is expected here", "a text is expected here"]),
    ],
)
def test_the_kind_of_value_that_is_expected_is_named_in_the_language(lang: str, said: list[str]) -> None:
    spec = "title:\n  a: b\ndate: 2023\npublisher: CRES\nsitography: Sites\nkeywords: {a: b}\n"
    found = load_dossier(spec, PATH, "essai").diagnostics
    assert {message_of(each, lang) for each in found} == set(said)
    assert {record["message"] for record in as_json(found, lang)} == set(said)
