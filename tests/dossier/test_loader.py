"""Dossier specs: what YAML's surprises become, and each fault at its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from notation import Case, cases, faults_shown

from biblio.dossier.loader import load_dossier
from biblio.dossier.spec import DossierSpec
from biblio.report.text import message_of
from biblio.style.spec import STYLE_MODELS, StyleSpec
from biblio.words.faults import Span
from biblio.words.tables import faults
from biblio.yaml_model.loader import MAX_DEPTH, MAX_LENGTH, load_model
from biblio.yaml_model.slug import slug_like

CASES = cases("dossier/cases")
HEAD = "title: Titre\ndate: 2023\npublisher: CRES\n"
HOUSE = sorted((Path(__file__).parents[2] / "dossiers").glob("*.yaml"))


def load(text: str) -> tuple[DossierSpec | None, list[str]]:
    loaded = load_dossier(text, "dossiers/cas.yaml", "cas")
    return loaded.value, faults_shown(loaded.diagnostics)


def spec_of(text: str) -> DossierSpec:
    spec, reported = load(text)
    assert spec is not None
    assert reported == []
    return spec


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case) -> None:
    spec, reported = load(case.source)
    assert ["unusable" if spec is None else "usable", *reported] == case.expected


def test_the_cases_cause_every_fault_of_yaml() -> None:
    words = {word for case in CASES for line in case.expected for word in line.split()}
    # Below: a file too long, a number, which only styles have, and a text too long. In tests/isolation: the files of a
    # style (D116, D117) and a dossier beyond all measure (D119).
    # the styles of others have theirs in tests/citation (D120, D121, D127, D128); D126 is about a name.
    # Words and lines of a style, texts of a dossier and acronyms have theirs in tests/style and tests/compose.
    elsewhere = {"D110", "D115", "D116", "D117", "D118", "D119", "D120", "D121", "D126", "D141", "D142", "D127", "D128"}
    # So have the colour of a cover (tests/outputs) and the keys that a grammar does not heed.
    elsewhere |= {"D145", "D146", "D147", "D148", "D149", "D150", "D155"}
    in_cases = {code for code in words & faults().keys() if code.startswith("D1")}
    assert {code for code in faults() if code.startswith("D1")} == in_cases | elsewhere


@pytest.mark.parametrize("path", HOUSE, ids=lambda path: path.stem)
def test_the_house_dossiers_have_no_fault(path: Path) -> None:
    loaded = load_dossier(path.read_text(encoding="utf-8"), path.name, path.stem)
    assert loaded.diagnostics == ()
    assert loaded.value is not None
    assert loaded.value.slug == path.stem


@pytest.mark.parametrize(
    "typed", ["no", "007", "190:20:30", "1e3", "0x1F", "2020-13-45", "=", "10.1000", "true", "1_000"]
)
def test_a_text_is_what_was_typed_whatever_yaml_makes_of_it(typed: str) -> None:
    spec = spec_of(
        HEAD + f"subtitle: {typed}\nkeywords: [{typed}]\nsections: [{{title: {typed}, references: {typed}}}]\n"
    )
    assert spec.subtitle == typed
    assert [word.value for word in spec.keywords] == [typed]
    assert [word.value for word in spec.sections[0].references] == [typed]


def test_a_hash_begins_a_comment_unless_it_is_quoted() -> None:
    spec, reported = load("title: Titre # suite\ndate: 2023 # la date\npublisher: CRES\n")
    assert spec is not None
    assert (spec.title, spec.date) == ("Titre", "2023")
    assert reported == ["1:14 D135"]
    assert spec_of("title: 'Titre # suite'\ndate: 2023\npublisher: CRES#1\n").publisher == "CRES#1"


@pytest.mark.parametrize("tag", ["!!int", "!!python/object/apply:os.system", "!anything", "!!binary"])
def test_a_tag_changes_nothing(tag: str) -> None:
    assert spec_of(HEAD + f"subtitle: {tag} texte\n").subtitle == "texte"


def test_blocks_and_folded_texts() -> None:
    spec = spec_of(HEAD + "subtitle: |\n  Un\n  deux\ndescription: >-\n  Un\n  deux\nclosing: Un\n  deux\n")
    assert (spec.subtitle, spec.description, spec.closing) == ("Un\ndeux", "Un deux", "Un deux")


def test_an_accent_apart_is_the_same_letter() -> None:
    assert spec_of("title: e\u0301te\u0301\ndate: 2023\npublisher: CRES\n").title == "été"


def test_one_word_is_a_list_of_one() -> None:
    spec = spec_of(HEAD + "keywords: santé\nsections:\n  - {title: Partie, references: a, sort: -date}\n")
    assert [word.value for word in spec.keywords] == ["santé"]
    assert [word.value for word in spec.sections[0].sort] == ["-date"]


def test_flow_and_byte_order_mark() -> None:
    assert spec_of("\ufeff{title: Titre, date: '2023-04', publisher: CRES}").date == "2023-04"


def test_what_is_not_said_has_its_default() -> None:
    spec = spec_of(HEAD)
    assert (spec.lang, spec.style, spec.subtitle, spec.sections, spec.sitography) == ("fr", "cres", "", (), None)
    assert (spec.slug, spec.parts, spec.placed) == ("cas", (), 0)


def test_every_word_knows_its_place() -> None:
    spec = spec_of(HEAD + "sections:\n  - title: Partie\n    references:\n      - harpet-2019\n")
    (word,) = spec.sections[0].references
    assert word.span == Span("dossiers/cas.yaml", 7, 9, 11)
    assert spec.sections[0].span_of("title") == Span("dossiers/cas.yaml", 5, 12, 6)
    assert spec.span_of("lang") == spec.span


def test_a_file_too_long_is_not_read() -> None:
    assert load("x" * (MAX_LENGTH + 1)) == (None, [f"1:1 D110 limit={MAX_LENGTH}"])


@pytest.mark.parametrize("text", ["", "\n\n", "# rien\n", "\ufeff"])
def test_an_empty_file_is_said_to_be_empty(text: str) -> None:
    assert load(text) == (None, ["1:1 D102"])


def test_depth_is_counted_in_blocks_and_in_flow() -> None:
    spec, reported = load(HEAD + "keywords: " + "[" * (MAX_DEPTH - 1) + "x" + "]" * (MAX_DEPTH - 1))
    assert spec is not None
    assert reported == ["4:12 D106 expected=text"]
    assert load("[" * 100_000)[1] == [f"1:{MAX_DEPTH + 1} D104 limit={MAX_DEPTH}"]


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        (HEAD + "subtitle: Une\x07 cloche\n", ["4:14 D101 problem=special characters are not allowed"]),
        (HEAD + "subtitle: Un \u202erenversé\n", ["4:11 D114"]),
        (HEAD + 'subtitle: "\\uD800"\n', ["4:11 D114", "4:11 D106 expected=text"]),
        # U+2028 and U+0085 end a line for YAML, not for an editor.
        ('title: "Un\u2028titre"\ndate: 2023\npublisher: CRES\ncouleur: bleu\n', ["4:1 D108 key=couleur suggestion="]),
        ('title: "Un\x85titre"\ndate: 2023\npublisher: CRES\n couleur: bleu\n', ["4:2 D138"]),
    ],
)
def test_characters_that_an_editor_does_not_show(text: str, reported: list[str]) -> None:
    assert [line.partition(" problem=mapping")[0] for line in load(text)[1]] == reported


@pytest.mark.parametrize("slug", ["con", "Été", "a b", "-a", "../a", "a" * 65, "", "a.b"])
def test_the_name_of_the_file_must_be_safe(slug: str) -> None:
    loaded = load_dossier(HEAD, "dossiers/cas.yaml", slug)
    assert loaded.value is None
    (told,) = faults_shown(loaded.diagnostics)
    named, _, suggestion = told.partition(" suggestion=")
    assert named == f"1:1 D105 slug={slug}"
    assert load_dossier(HEAD, "dossiers/cas.yaml", suggestion).value is not None


@pytest.mark.parametrize(
    ("slug", "suggestion"), [("santé", "sante"), ("Cres", "cres"), ("L'été 2023", "l-ete-2023"), ("con", "con-1")]
)
def test_a_name_that_is_refused_has_one_that_is_not(slug: str, suggestion: str) -> None:
    assert slug_like(slug) == suggestion


@pytest.mark.parametrize("typed", ["quatre", "-1", "4.5", "1000000", "4 "])
def test_a_number_is_whole(typed: str) -> None:
    loaded = load_model(f"title: S\net_al_min: {typed}\n", "style.yaml", StyleSpec, STYLE_MODELS, {"name": "s"})
    expected = [] if typed == "4 " else [f"2:12 D115 value={typed} least=0 most=999999"]
    assert faults_shown(loaded.diagnostics) == expected
    assert loaded.value is not None
    assert loaded.value.et_al_min == 4


@pytest.mark.parametrize("typed", ["-1", "0", "beaucoup", "1000000"])
def test_a_limit_leaves_at_least_one_reference(typed: str) -> None:
    spec = f"{HEAD}sections:\n  - title: Partie\n    references: [a]\n    limit: {typed}\n"
    loaded = load_dossier(spec, "dossiers/cas.yaml", "cas")
    assert loaded.value
    assert loaded.value.sections[0].limit is None
    (fault,) = loaded.diagnostics
    assert message_of(fault, "fr") == f"« {typed} » n'est pas un nombre entier de 1 à 999999"
    assert message_of(fault, "en") == f"“{typed}” is not a whole number from 1 to 999999"
    assert fault.span == Span("dossiers/cas.yaml", spec.count("\n"), 12, len(typed))


@pytest.mark.parametrize(("typed", "value"), [("true", True), ("false", False), ("2", None), ("peut-être", None)])
def test_a_yes_or_no_is_true_or_false(typed: str, value: bool | None) -> None:
    loaded = load_model(
        f"title: S\nordinal_superscript: {typed}\n", "style.yaml", StyleSpec, STYLE_MODELS, {"name": "s"}
    )
    expected = [f"2:22 D113 value={typed} allowed=true, false"] if value is None else []
    assert faults_shown(loaded.diagnostics) == expected
    assert loaded.value is not None
    assert loaded.value.ordinal_superscript is (value is not False)


PIECES = [
    *":-[]{}#&*!|>'\"%@`,? \n\t",
    "title",
    "date",
    "sections",
    "references",
    "pin",
    "~",
    "<<",
    "---",
    "  ",
    "é",
    "\0",
]


@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=50).map("".join)))
def test_any_text_is_loaded(text: str) -> None:
    loaded = load_dossier(text, "cas.yaml", "cas")
    assert loaded.value is not None or loaded.diagnostics
    lines = text.split("\n")
    for diagnostic in loaded.diagnostics:
        assert diagnostic.span is not None
        assert 1 <= diagnostic.span.line <= len(lines)
        assert 1 <= diagnostic.span.column <= len(lines[diagnostic.span.line - 1]) + 1


def test_a_text_too_long_is_refused() -> None:
    text = f"title: {'a' * 5001}\ndate: 2023\npublisher: CRES\n"
    first = load_dossier(text, "essai.yaml", "essai").diagnostics[0]
    assert (first.code, first.span and first.span.line) == ("D118", 1)
