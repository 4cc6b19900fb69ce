"""What each text of ``cases/bibtex`` gives: its references, and its faults with their places."""

from __future__ import annotations

import codecs
import re
import unicodedata
from pathlib import Path

import pytest
from notation import Case, cases, faults_shown, reference_shown

import biblio
from biblio.formats.bibtex.macros import EXPANSION_BUDGET
from biblio.formats.bibtex.reader import open_files, open_library, read_bibtex
from biblio.words.tables import faults

CASES = cases("formats/bibtex/entries")
# The codes that a short text cannot show; tests of bytes, of floods and of faults of ours cause them.
ELSEWHERE = {"P001", "P002", "P003", "P004", "P108", "P116", "P117", "P120", "P122", "P123", "P132"}
HERE = Path(__file__).parent
PACKAGE = Path(biblio.__file__).parent


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case) -> None:
    parsed = read_bibtex(case.source.encode(), "cas.bib")
    found = [line for reference in parsed.value for line in reference_shown(reference)]
    assert found + faults_shown(parsed.diagnostics) == case.expected


def test_the_cases_cause_every_fault_of_files_and_references() -> None:
    folders = ("formats/bibtex", "reference", "collection")
    readers = [PACKAGE / "formats" / "text.py", *(path for each in folders for path in PACKAGE.glob(f"{each}/*.py"))]
    codes = {code for path in readers for code in re.findall(r'"([PR]\d{3})"', path.read_text(encoding="utf-8"))}
    words = {word for case in CASES for line in case.expected for word in line.split()}
    for path in HERE.glob("cases/*.txt"):
        words.update(path.read_text(encoding="utf-8").split())
    assert codes <= faults().keys()
    assert codes == (words & faults().keys()) | ELSEWHERE


SOURCE = "@misc{été,\n  title = {Été à l'œuvre},\n}\n@misc{b, title = {B}}\n"
EXPECTED = ["misc été", "  title: Été à l'œuvre", "misc b", "  title: B"]


def read(content: bytes) -> tuple[list[str], list[str]]:
    parsed = read_bibtex(content, "cas.bib")
    return [line for reference in parsed.value for line in reference_shown(reference)], faults_shown(parsed.diagnostics)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(SOURCE.encode(), id="plain"),
        pytest.param(SOURCE.replace("\n", "\r\n").encode(), id="Windows line ends"),
        pytest.param(SOURCE.replace("\n", "\r").encode(), id="old Mac line ends"),
        pytest.param(codecs.BOM_UTF8 + SOURCE.encode(), id="byte order mark"),
        pytest.param(SOURCE.encode("utf-16"), id="UTF-16"),
        pytest.param(codecs.BOM_UTF16_BE + SOURCE.encode("utf-16-be"), id="UTF-16, big end first"),
        pytest.param(SOURCE.encode("utf-32"), id="UTF-32"),
        pytest.param(unicodedata.normalize("NFD", SOURCE).encode(), id="accents apart"),
    ],
)
def test_every_encoding_with_a_mark_and_every_line_end_gives_the_same(content: bytes) -> None:
    assert read(content) == (EXPECTED, [])


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_places_do_not_depend_on_line_ends(line_end: str) -> None:
    source = "@misc{a,\n  title = {A},\n  date = {hier},\n}\n".replace("\n", line_end)
    assert read(source.encode())[1] == ["3:11 R301 field=date value=hier"]


def test_windows_1252_is_read_and_reported_at_its_first_line() -> None:
    content = "@misc{a,\n  title = {L'œuvre – 5 € à l’été},\n}\n".encode("cp1252")
    assert read(content) == (["misc a", "  title: L'œuvre – 5 € à l’été"], ["2:1 P001 encoding=Windows-1252"])


def test_a_byte_that_windows_1252_does_not_have_is_a_control_character() -> None:
    assert read(b"@misc{a, title = {A\x81\xe9}}") == (
        ["misc a", "  title: Aé"],
        ["1:1 P001 encoding=Windows-1252", "1:19 P116 field=title characters=U+0081"],
    )


def test_a_mark_that_lies_is_reported() -> None:
    found, reported = read(codecs.BOM_UTF8 + b"@misc{a,\n  title = {A\xe9}}")
    assert found == ["misc a", "  title: A\ufffd"]
    assert reported == ["2:1 P001 encoding=utf-8-sig"]


def test_null_characters_are_dropped_and_reported() -> None:
    assert read(b"@misc{a,\n  title = {A\0B}}") == (["misc a", "  title: AB"], ["2:1 P002"])


def test_a_macro_bomb_stops_at_its_budget() -> None:
    doublings = [f"@string{{m{n} = m{n - 1} # m{n - 1}}}\n" for n in range(1, 40)]
    found, reported = read(("@string{m0 = {xxxxxxxx}}\n" + "".join(doublings) + "@misc{a,\n  note = {n}}").encode())
    assert found == ["misc a", "  note: n"]
    # Each macro is twice the one before: 8, 16, 32 … characters. The first beyond the budget stays undefined.
    spent = [2 * 8 * (2**n - 1) for n in range(40)]
    last = next(n for n, characters in enumerate(spent) if characters > EXPANSION_BUDGET) - 1
    assert reported[0] == f"{last + 2}:15 P108 macro=m{last}"
    assert {line.split()[1] for line in reported} == {"P107", "P108"}


def test_of_two_entries_with_one_key_the_first_is_kept_and_the_second_names_it() -> None:
    sources = {"un.bib": "@misc{Été, title = {A}}", "deux.bib": "\n@misc{b}\n@misc{ÉTÉ, title = {B}}"}
    opened = open_library(open_files([(source.encode(), name) for name, source in sources.items()]))
    assert opened.value.citekeys == ("Été", "b")
    assert [(each.span and each.span.path, *faults_shown([each])) for each in opened.diagnostics] == [
        ("deux.bib", "3:7 P202 key=ÉTÉ first=un.bib:1"),
    ]
    kept = opened.value.get("été")
    assert kept is not None
    assert kept.raw["title"] == "A"
