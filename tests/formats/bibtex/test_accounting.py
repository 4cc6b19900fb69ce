"""Whatever a file holds, reading it ends, and every entry in it is in the library or named in a message."""

from __future__ import annotations

from pathlib import Path

import pytest
from formats.bibtex.scanner import heads
from formats.bibtex.strategies import files, soup
from formats.samples import HOUSE_FILES
from hypothesis import given, settings
from hypothesis import strategies as st

from biblio.formats.bibtex.formatter import format_bibtex
from biblio.formats.bibtex.reader import read_bibtex
from biblio.formats.bibtex.writer import write_bibtex
from biblio.formats.text import decode_bytes
from biblio.reference.reference import Reference
from biblio.report.text import message_of
from biblio.words.faults import Parsed


def lost(content: bytes) -> list[str]:
    """The entries that the scanner sees and that reading neither keeps nor names at their place."""
    parsed: Parsed[tuple[Reference, ...]] = read_bibtex(content, "essai.bib")
    text = decode_bytes(content, "essai.bib").value
    kept = {reference.origin.entry.line for reference in parsed.value}
    named = {diagnostic.span.line for diagnostic in parsed.diagnostics if diagnostic.span}
    lines = text.split("\n")
    found = []
    for head in heads(text):
        # The key may stand below its head.
        following = {head.line}
        number = head.line
        while number < len(lines) and not lines[number - 1].split("{")[-1].split("(")[-1].strip():
            number += 1
            following.add(number)
        if not following & (kept | named):
            found.append(f"{head.line}: @{head.type}{{{head.key}")
    return found


@pytest.mark.parametrize("path", HOUSE_FILES, ids=lambda path: path.stem)
def test_the_house_files(path: Path) -> None:
    content = path.read_bytes()
    parsed = read_bibtex(content, path.name)
    assert lost(content) == []
    assert [reference.citekey for reference in parsed.value] == [head.key for head in heads(content.decode())]
    assert [fault.code for fault in parsed.diagnostics if fault.code.startswith("P")] == []


@given(soup)
def test_anything_is_read_accounted_for_and_written(text: str) -> None:
    content = text.encode()
    parsed = read_bibtex(content, "essai.bib")
    assert lost(content) == []
    for diagnostic in parsed.diagnostics:
        assert diagnostic.span
        assert diagnostic.span.line >= 1
        assert diagnostic.span.column >= 1
        assert message_of(diagnostic, "fr")
        assert message_of(diagnostic, "en")
    written = write_bibtex(parsed.value)
    assert write_bibtex(read_bibtex(written.encode(), "essai.bib").value) == written


@given(st.binary(max_size=200), st.sampled_from([b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"]))
def test_any_bytes_are_read(content: bytes, mark: bytes) -> None:
    content = mark + b"@book{k, title = {" + content
    assert lost(content) == []


@given(files(), soup, st.integers(0, 10_000))
def test_a_splice_loses_nothing_silently(text: str, inserted: str, at: int) -> None:
    at %= len(text) + 1
    assert lost((text[:at] + inserted + text[at:]).encode()) == []


@given(files(), st.integers(0, 10_000))
def test_a_cut_loses_nothing_silently(text: str, at: int) -> None:
    cut = text[: at % (len(text) + 1)]
    keys = {reference.citekey for reference in read_bibtex(cut.encode(), "essai.bib").value}
    whole = [reference.citekey for reference in read_bibtex(text.encode(), "essai.bib").value]
    assert lost(cut.encode()) == []
    # All but the entry that was cut are there.
    assert set(whole[: max(0, len(heads(cut)) - 1)]) <= keys


@settings(max_examples=settings().max_examples // 2)
@given(files())
def test_a_sound_file_is_read_without_a_word_about_its_syntax(text: str) -> None:
    parsed = read_bibtex(text.encode(), "essai.bib")
    assert [reference.citekey for reference in parsed.value] == [head.key for head in heads(text)]
    assert [
        fault.code for fault in parsed.diagnostics if fault.code.startswith("P1") and fault.code not in ("P109", "P129")
    ] == []
    assert format_bibtex(text).diagnostics == ()
