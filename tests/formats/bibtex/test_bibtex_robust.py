"""What holds for any file: reading never raises, loses no entry in silence, and a fault costs its own entry alone."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from biblio.formats.bibtex.latex import decode
from biblio.formats.bibtex.reader import read_bibtex
from biblio.reference.reference import Reference
from biblio.report.text import as_text
from biblio.text.inline import plain
from biblio.words.faults import Parsed

HOUSE = [path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parents[3] / "references").glob("*.bib"))]
ENTRIES = [entry for text in HOUSE for entry in re.split(r"\n(?=@)", text) if entry.startswith("@")]
EDITS = '{}"@\\#=,%()'
# What the grammar looks at, in pieces that meet more often than single letters would.
PIECES = [
    *'{}"@\\#=,%()<>~$ \n\r\t',
    "@misc{k,",
    "@string{",
    "@comment{",
    "@preamble{",
    "title",
    " = ",
    " and ",
    "\\'e",
    "é",
]


def one_line(number: int) -> str:
    return (
        f"@misc{{k{number}, title = {{Titre {number}}}, author = {{Nom, Prénom and Autre, N.}}, "
        f'note = "x {{y}} z", year = 2019, month = jan}}\n'
    )


def read(text: str) -> Parsed[tuple[Reference, ...]]:
    return read_bibtex(text.encode(), "cas.bib")


def check_report(parsed: Parsed[tuple[Reference, ...]], text: str) -> None:
    """Every fault can be shown, in a place that the file has."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for diagnostic in parsed.diagnostics:
        assert diagnostic.span is not None
        assert 1 <= diagnostic.span.line <= len(lines)
    assert "Traceback" not in as_text(parsed.diagnostics, {"cas.bib": text}, "fr")


@given(st.one_of(st.text(max_size=400), st.lists(st.sampled_from(PIECES), max_size=60).map("".join)))
@example("@misc{a, author = {\\}}")
@example("@misc{a, title = {\\begin{a}}}")
@example("@misc{a, author = {{} and {a, b} and {,,,,}}}")
def test_any_text_is_read(text: str) -> None:
    check_report(read_bibtex(text.encode("utf-8", "surrogatepass"), "cas.bib"), text)


@given(
    st.sampled_from(HOUSE), st.integers(0, 100_000), st.integers(0, 2000), st.binary(max_size=5), st.integers(0, 2000)
)
def test_any_piece_of_a_house_file_with_any_patch_is_read(
    text: str, start: int, length: int, patch: bytes, place: int
) -> None:
    start %= len(text)
    piece = text[start : start + length].encode()
    read_bibtex(piece[:place] + patch + piece[place:], "cas.bib")


@given(st.binary(max_size=300))
def test_any_bytes_are_read(content: bytes) -> None:
    read_bibtex(content, "cas.bib")


@given(
    st.lists(st.sampled_from([*"{}\\$%~^_&#[]-'` ", "\\'", "\\emph", "\\url", "\\begin{a}", "\\og ", "a", "é"])).map(
        "".join
    )
)
@example("\\sqrt")
@example("\\c\\input")
@example("\\^{\\today}")
def test_any_value_is_decoded(value: str) -> None:
    assert len(plain(decode(value).rich)) <= 20 * len(value)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Reference], int]:
    """Four entries with one character put in or taken out: the text, what it was, and which entry was touched."""
    if draw(st.booleans()):
        start = draw(st.integers(0, len(ENTRIES) - 4))
        entries = [entry.rstrip("\n") + "\n\n" for entry in ENTRIES[start : start + 4]]
    else:
        entries = [one_line(number) for number in range(4)]
    touched = draw(st.integers(0, 3))
    entry = entries[touched]
    originals = list(read("".join(entries)).value)
    if draw(st.booleans()):
        place = draw(st.integers(0, len(entry) - 1))
        entry = entry[:place] + draw(st.sampled_from(EDITS)) + entry[place:]
    else:
        place = draw(st.sampled_from([index for index, character in enumerate(entry) if character in EDITS]))
        entry = entry[:place] + entry[place + 1 :]
    return "".join([*entries[:touched], entry, *entries[touched + 1 :]]), originals, touched


def said(reference: Reference) -> tuple[object, ...]:
    return (reference.citekey, reference.entry_type, dict(reference.raw))


@settings(max_examples=settings().max_examples * 3)
@given(edited())
def test_one_edit_costs_one_entry_at_most(case: tuple[str, list[Reference], int]) -> None:
    text, originals, touched = case
    parsed = read(text)
    check_report(parsed, text)
    kept = [said(reference) for reference in parsed.value]
    for index, original in enumerate(originals):
        if index != touched:
            assert said(original) in kept


HEADER = re.compile(r"[ \t]*@[ \t]*([A-Za-z]\w*)[ \t]*[{(]")


def headers(text: str) -> set[int]:
    """The lines that open an entry. Shares no code with the reader."""
    lines = enumerate(text.split("\n"), 1)
    found = {number: HEADER.match(line) for number, line in lines}
    return {
        number for number, match in found.items() if match and match[1].lower() not in ("comment", "string", "preamble")
    }


@settings(max_examples=settings().max_examples * 2)
@given(edited())
def test_every_header_is_kept_or_reported(case: tuple[str, list[Reference], int]) -> None:
    text, _, _ = case
    parsed = read(text)
    accounted = {reference.origin.entry.line for reference in parsed.value}
    accounted |= {diagnostic.span.line for diagnostic in parsed.diagnostics if diagnostic.span}
    assert headers(text) <= accounted


def test_every_header_of_the_house_is_kept() -> None:
    for text in HOUSE:
        parsed = read(text)
        assert not parsed.diagnostics
        assert {reference.origin.entry.line for reference in parsed.value} == headers(text)
    assert sum(len(headers(text)) for text in HOUSE) == sum(text.count("\n@") for text in HOUSE)


def test_one_brace_too_many_costs_one_entry_of_five_thousand() -> None:
    lines = [f"@misc{{k{number}, title = {{Titre {number}}}}}\n" for number in range(5000)]
    lines[1234] = lines[1234].replace("{Titre", "{{Titre")
    parsed = read("".join(lines))
    assert [reference.citekey for reference in parsed.value] == [f"k{number}" for number in range(5000)]
    assert [(each.code, each.span and each.span.line) for each in parsed.diagnostics] == [("P101", 1235)]


# Each is short to write, and once took the square of its length, or worse.
BOMBS = {
    "unclosed braces": "'@misc{a,' + 't={\\n' * n",
    "unclosed quotes": "'@misc{a,' + 't=\"{\\n' * n",
    "unclosed comments": "'@comment{\\n' * n",
    "a quote then braces": "'@misc{a, title = \"' + '{}' * n",
    "pieces": "'@misc{a, title = ' + '\"x\"#' * n",
    "at signs": "'@ ' * n",
    "broken heads": "'@{\\n' * n",
    "blanks in a link": "'@misc{a, links = {a' + ' ' * n + '<}}'",
    "dashes in pages": "'@misc{a, pages = {' + 'a-' * n + ' x x}}'",
    "blanks in a number": "'@misc{a, number = {a' + ' _' * n + '}}'",
    "backslashes": "'@misc{a, title = {' + '\\\\' * n + '}}'",
    "macros": "''.join(f'@string{{m{i+1}=m{i}#m{i}}}\\n' for i in range(n // 100))",
}
READ_A_BOMB = """
import resource
resource.setrlimit(resource.RLIMIT_CPU, (10, 10))
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
from biblio.formats.bibtex.reader import read_bibtex
n = 20_000
print(len(read_bibtex(({bomb}).encode(), "cas.bib").diagnostics))
"""


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS.keys())
def test_a_bomb_is_read_within_ten_seconds_and_a_gigabyte(bomb: str) -> None:
    """The limits are the system's, which ends a process that passes them."""
    done = subprocess.run(
        [sys.executable, "-c", READ_A_BOMB.replace("{bomb}", bomb)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout) <= 2 * 20_000
