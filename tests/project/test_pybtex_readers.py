"""The readers of pybtex: what they find in a file as references, with places, and files that are broken or hostile."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from notation import name_shown, shown

from biblio.formats import Format
from biblio.formats.bibtex.entries import Given, references_of
from biblio.formats.bibtex.names import parse_name
from biblio.project import pybtex_readers
from biblio.project.pybtex_readers import read, readers
from biblio.reference.reference import Reference
from biblio.words.faults import Diagnostic

ROWS = {row.name: row for row in readers()}

YAML = b"""entries:
  un:
    type: article
    author:
      - first: Anne
        middle: B.
        prelast: de la
        last: Tour
      - last: Dupont de Nemours
        first: P.
        lineage: Jr
      - last: Agence de sant\xc3\xa9
    editor:
      - last: others
    title: Le \\emph{soin}, 50\\% de {NO$_2$}
    journal: Revue
    year: 2019
    month: mars
    pages: 12--13
    isbn: 978-2-07-036822-8
    inconnu: quelque chose
"""
BIBTEXML = """<?xml version="1.0" encoding="iso-8859-1"?>
<bibtex:file xmlns:bibtex="http://bibtexml.sf.net/">
  <bibtex:entry id="deux">
    <bibtex:book>
      <bibtex:title>Santé &amp; ville</bibtex:title>
      <bibtex:author>Un, Anne</bibtex:author>
      <bibtex:year>2019</bibtex:year>
      <bibtex:url>javascript:alert(1)</bibtex:url>
    </bibtex:book>
  </bibtex:entry>
</bibtex:file>
""".encode("latin-1")
RIS = b"""TY  - JOUR
AU  - Un, Anne
AU  - Deux, B.
TI  - Le soin
PY  - 2019
JO  - Revue
VL  - 3
SP  - 12
EP  - 15
ID  - trois
ER  -
"""
NBIB = b"""PMID- 123
DP  - 2019 Mar
TI  - Care
FAU - Un, Anne
JT  - Journal of care
PT  - Journal Article
"""


def told(faults: tuple[Diagnostic, ...]) -> list[str]:
    return [f"{each.span.line}:{each.span.column} {each.code}" for each in faults if each.span]


def only(row: Format, content: bytes) -> tuple[Reference, list[str]]:
    assert row.read is not None
    found = row.read(content, "fichier")
    (reference,) = found.value
    return reference, told(found.diagnostics)


def test_the_readers_that_are_installed_are_listed_but_for_bibtex_s() -> None:
    listed = {row.name: row.extension for row in ROWS.values() if row.read and not row.write}
    assert listed == {
        "pybtex-bibtexml": ".bibtexml",
        "pybtex-nbib": ".nbib",
        "pybtex-ris": ".ris",
        "pybtex-suffix": "",
        "pybtex-yaml": ".bibyaml",
    }


def test_yaml() -> None:
    reference, faults = only(ROWS["pybtex-yaml"], YAML)
    assert (reference.citekey, reference.entry_type) == ("un", "article")
    assert [name_shown(each) for each in reference.author.people] == [
        name_shown(parse_name("de la Tour, Anne B.")),
        name_shown(parse_name("{Dupont de Nemours}, Jr, P.")),
        name_shown(parse_name("{Agence de santé}")),
    ]
    assert reference.editor.others
    assert shown(reference.title).startswith("Le <i>soin</i>, 50% de NO")
    assert (str(reference.page), reference.isbn) == ("12-13", "978-2-07-036822-8")
    assert faults == ["21:14 R102"]
    assert reference.raw["inconnu"] == "quelque chose"
    assert (reference.origin.entry.line, reference.origin.fields["title"].line) == (2, 15)


@pytest.mark.parametrize(
    ("yaml", "said"),
    [
        (b"entries:\n  a: {type: book, title: Un}\n  a: {type: book, title: Deux}\n", "a: lines 2 and 3"),
        (b"entries:\n  a:\n    type: book\n    title: Un\n    title: Deux\n", "title: lines 4 and 5"),
        (
            b"entries:\n  a:\n    type: book\n    author:\n      - last: Un\n        last: Deux\n",
            "last: lines 5 and 6",
        ),
        (b"entries:\n  a: {type: book, title: Un, title: Deux}\n", "title: lines 2 and 2"),
    ],
)
def test_a_key_of_yaml_that_is_given_twice_is_told(yaml: bytes, said: str) -> None:
    faults = read("yaml", yaml, "essai.yaml").diagnostics
    assert [(fault.code, said in fault.arguments["said"]) for fault in faults] == [("P131", True)]


def test_bibtexml_in_its_own_encoding() -> None:
    reference, faults = only(ROWS["pybtex-bibtexml"], BIBTEXML)
    assert (reference.citekey, shown(reference.title)) == ("deux", "Santé & ville")
    assert faults[-1:] == ["8:19 R201"]
    assert reference.origin.entry.line == 3


def test_ris_and_nbib_by_the_packages_that_read_them() -> None:
    reference, faults = only(ROWS["pybtex-ris"], RIS)
    assert (reference.citekey, shown(reference.journal_title), str(reference.page)) == ("trois", "Revue", "12-15")
    assert faults == ["10:7 P129"]  # « Journal Article », the package's own word for the type, is left out of print
    reference, _ = only(ROWS["pybtex-nbib"], NBIB)
    assert (shown(reference.title), reference.author.people[0].family) == ("Care", "Un")


def test_what_a_reader_reports_without_stopping() -> None:
    found = read("ris", RIS + RIS, "fichier")
    assert [each.citekey for each in found.value] == ["trois", "trois"]
    (fault,) = (each for each in found.diagnostics if each.code == "P131")
    assert "trois" in fault.arguments["said"]


def test_an_entry_without_a_key_gets_one() -> None:
    content = BIBTEXML.replace(b' id="deux"', b"")
    reference, faults = only(ROWS["pybtex-bibtexml"], content)
    assert reference.citekey == "sans-cle-1"
    assert faults[0].endswith("P132")


BOMB = b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
    b"%c: &%c [*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c]\n" % (letter, letter, *[letter - 1] * 9)
    for letter in range(ord("b"), ord("k"))
)
BROKEN = {
    "xml": ("bibtexml", BIBTEXML[:-20], "10:3", "ParseError"),
    "an entry without content": (
        "bibtexml",
        b"<f xmlns='http://bibtexml.sf.net/'><entry id='a'/></f>",
        "1:1",
        "RuntimeError",
    ),
    "no xml": ("bibtexml", b"Bonjour", "1:1", "ParseError"),
    "a document type": ("bibtexml", b"<!DOCTYPE f [<!ENTITY a 'b'>]><f>&a;</f>", "1:1", "dtd"),
    "an external entity": ("bibtexml", b"<!DOCTYPE f SYSTEM 'file:///etc/passwd'><f/>", "1:1", "dtd"),
    "a document type in UTF-16": (
        "bibtexml",
        "<?xml version='1.0' encoding='utf-16'?><!DOCTYPE f []><f/>".encode("utf-16"),
        "1:1",
        "dtd",
    ),
    "yaml": ("yaml", b"entries:\n  un: [1\n", "3:1", "ParserError"),
    "an empty file": ("yaml", b"", "1:1", "TypeError"),
    "a list": ("yaml", b"- un\n", "1:1", "TypeError"),
    "an object": ("yaml", b"entries: !!python/object/apply:os.system [ls]\n", "1:10", "ConstructorError"),
    "nested": ("yaml", b"[" * 100_000, "1:1", "recursion"),
    "no type": ("ris", b"TY  - NOPE\nER  - \n", "1:1", "KeyError"),
    "a reader of names alone": ("suffix", b"x", "1:1", "NotImplementedError"),
    "no reader": ("klingon", b"x", "1:1", "PluginNotFound"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_file_that_cannot_be_read_is_told_with_its_place(case: str) -> None:
    reader, content, place, reason = BROKEN[case]
    found = read(reader, content, "fichier")
    assert found.value == ()
    fault = found.diagnostics[-1]
    assert (told((fault,)), fault.arguments["reader"]) == ([f"{place} P130"], reader)
    assert fault.arguments["reason"].startswith(reason)


def test_a_file_that_would_grow_without_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pybtex_readers, "SECONDS", 2)
    content = BOMB + b"entries:\n  un: {type: book, title: *j}\n"
    found = read("yaml", content, "fichier")
    assert found.value == ()
    assert found.diagnostics[-1].arguments["reason"] in ("memory", "time", "output")


def test_nothing_is_looked_for_on_the_disk_and_nothing_stays_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    spy = tmp_path / "kpsewhich"
    spy.write_text(f"#!/bin/sh\ntouch {tmp_path}/called\n", encoding="utf-8")
    spy.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    for reader, content in (("yaml", YAML), ("bibtexml", BIBTEXML), ("ris", RIS), ("nbib", NBIB)):
        assert read(reader, content, "fichier").value == read(reader, content, "fichier").value
    assert not (tmp_path / "called").exists()
    assert capfd.readouterr() == ("", "")


def test_the_process_is_given_no_shell(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[dict[str, Any]] = []
    popen = subprocess.Popen

    def seen(words: Sequence[str], **options: Any) -> Any:
        started.append(options)
        return popen(words, **options)

    monkeypatch.setattr(subprocess, "Popen", seen)
    read("ris", RIS, "fichier")
    assert [options.get("shell", False) for options in started] == [False]


_text = st.text(max_size=20)
_parts = st.fixed_dictionaries(dict.fromkeys(("given", "particle", "family", "suffix"), _text))
_entries = st.lists(
    st.builds(
        Given,
        _text,
        _text,
        st.dictionaries(st.sampled_from(["title", "pages", "date", "url", "crossref", "x y"]), _text, max_size=4),
        st.dictionaries(st.sampled_from(["author", "editor"]), st.lists(_parts, max_size=3), max_size=2),
    ),
    max_size=4,
)


@given(_entries, _text)
@settings(max_examples=60)
def test_whatever_a_reader_gives_becomes_references(entries: list[Given], text: str) -> None:
    found = references_of(entries, text, "fichier")
    assert len(found.value) == len(entries)
    assert all(reference.citekey for reference in found.value)
    assert all(fault.code != "P122" for fault in found.diagnostics)
