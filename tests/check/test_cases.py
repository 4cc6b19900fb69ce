"""Each rule finds what its case file says, where it says, in those words; and mends it so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from check.cases import FOLDER, Case, found_in, read_case, told

from biblio.check.check import check, fix, of_files
from biblio.check.explanation import explain
from biblio.check.finding import Safety
from biblio.check.settings import Settings
from biblio.check.table import RULES
from biblio.project.source import SourceFile
from biblio.report.text import hint_of, message_of
from biblio.words.tables import LANGUAGES, faults

CASES = [read_case(path) for path in sorted(FOLDER.glob("*.txt"))]
CODES = {case.code for case in CASES}
# The reader (P) and the machine (E) have their own tests, as have the faults that stop the command (C), those that need
# a layout (W), a file of a megabyte (D110) or the spec of a style (D115). The lengths and links of hostile files are in
# tests/isolation (D116 to D119, W105, W106), styles of others in tests/citation (D120, D121, D127,
# D128, W113, W114), queries and themes in tests/dossier
# (D122 to D125, D208 to D221), what is composed in tests/compose (W110 to W112, W131 to W135).
ELSEWHERE = re.compile(
    r"E\d+|P\d+|W10[23456]|C10[123489]|C11\d|D110|D11[56789]|D12[0-578]|D14[125-9]|D15[05]|D20[89]|D21\d|D22\d|W1[1234]\d|"
    # What is on a site is in tests/site, what links have come to in tests/collection and tests/cli/test_links.py.
    r"C12\d|D23\d|L10\d"
)


def names(cases: list[Case]) -> list[str]:
    return [case.code for case in cases]


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_what_is_found(case: Case, tmp_path: Path) -> None:
    assert [told(diagnostic) for diagnostic in found_in(case, tmp_path)] == case.messages.splitlines()


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_both_languages_say_it(case: Case, tmp_path: Path) -> None:
    for diagnostic in found_in(case, tmp_path):
        french, english = (message_of(diagnostic, lang) for lang in ("fr", "en"))
        assert french != english
        assert bool(hint_of(diagnostic, "fr")) == bool(hint_of(diagnostic, "en"))


MENDED = [case for case in CASES if next(iter(case.files)).endswith(".bib") and case.code in RULES]


@pytest.mark.parametrize("case", MENDED, ids=names(MENDED))
def test_how_it_is_mended(case: Case) -> None:
    path, text = next(iter(case.files.items()))
    file, settings = SourceFile(path, text.encode()), Settings(select=(case.code,))
    safe = fix(file, settings, unsafe=False)
    assert safe.content.decode() == (case.mended or text)
    on_request = fix(file, settings, unsafe=True)
    assert on_request.content.decode() == (case.mended_on_request or case.mended or text)
    assert fix(SourceFile(path, on_request.content), settings, unsafe=True).content == on_request.content


@pytest.mark.parametrize("case", MENDED, ids=names(MENDED))
def test_the_table_says_how_safe_the_fix_is(case: Case) -> None:
    safety = RULES[case.code].safety
    assert (case.mended is not None) == (safety in (Safety.SAFE, Safety.TRANSCRIBED) and case.code != "F204")
    assert (case.mended_on_request is not None) == (
        safety in (Safety.TRANSCRIBED, Safety.UNSAFE) and case.code != "F209"
    )


def test_every_rule_has_a_case() -> None:
    expected = {code for code in faults() if not ELSEWHERE.fullmatch(code)}
    assert expected - CODES == set()
    assert CODES - set(faults()) == set()


def test_every_case_finds_something_and_leaves_something_alone() -> None:
    assert [case.code for case in CASES if not case.messages] == []


def test_there_are_enough_rules() -> None:
    assert len(RULES) >= 75
    assert {code[0] for code in RULES} == set("RFDSW")


@pytest.mark.parametrize("code", RULES)
def test_a_rule_is_documented(code: str) -> None:
    fault = faults()[code]
    assert tuple(fault.message)[:2] == LANGUAGES
    assert tuple(fault.hint)[:2] in ((), LANGUAGES)
    for lang in LANGUAGES:
        explained = explain(code, lang)
        assert explained.example
        assert explained.paragraphs
        assert all(paragraph.rstrip(")").endswith((".", "?")) for paragraph in explained.paragraphs)


def test_names_are_unique_in_a_family() -> None:
    seen = [(code[0], fault.name) for code, fault in faults().items()]
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize(
    ("source", "general", "better"),
    [
        ("@book{a, autor = {Brimo, Sara}}", "R102", "R112"),
        ("@raport{a, title = {Un}}", "R101", "R114"),
        ("@book{a, date = {2019-02-30}}", "R301", "R305"),
        ("@book{a, date = {mars 2019}}", "R301", "R308"),
        ("@book{a, date = {15/03/2019}}", "R301", "R309"),
        ("@book{a, date = {2019-3}}", "R301", "R310"),
        ("@book{a, date = {cop. 1998}}", "R301", "R321"),
        ("@book{a, year = {[2004]}}", "R301", "R321"),
        ("@book{a, author = {A, B; C, D; E, F}}", "R401", "R406"),
        ("@online{a, url = {https://a\u200bb.fr/}}", "R201", "R213"),
    ],
)
def test_the_better_message_replaces_the_general_one(source: str, general: str, better: str) -> None:
    collection = of_files([SourceFile("essai.bib", source.encode())])
    assert general in {diagnostic.code for diagnostic in collection.library.diagnostics}
    assert general not in {diagnostic.code for diagnostic in check(collection)}
    assert better in {diagnostic.code for diagnostic in check(collection)}
    # Silenced, the better message leaves the place to the general one.
    assert general in {diagnostic.code for diagnostic in check(collection, Settings(ignore=(better,)))}


@pytest.mark.parametrize("code", [code for code in RULES if code[0] in "RF"])
def test_the_example_of_a_rule_has_the_fault(code: str) -> None:
    example = re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), explain(code, "en").example)
    text = example if example.startswith("@") else f"@misc{{essai,\n{example}\n}}"
    collection = of_files([SourceFile("essai.bib", text.encode())])
    assert {diagnostic.code for diagnostic in check(collection, Settings(select=(code,)))} == {code}
