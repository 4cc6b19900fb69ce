"""What breaks other readers, caused for real."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pybtex.errors
import pytest
from formats.bibtex.bombs import BOMBS
from formats.samples import one
from pybtex.database.input import bibtex as pybtex_input

from biblio.formats.bibtex.macros import EXPANSION_BUDGET
from biblio.formats.bibtex.names import parse_name
from biblio.formats.bibtex.reader import read_bibtex
from biblio.formats.bibtex.writer import write_bibtex
from biblio.reference.date import parse_date
from biblio.reference.reference import Reference
from biblio.report.text import MOST, as_text
from biblio.text.inline import plain
from biblio.words.faults import Diagnostic


def read(source: str) -> tuple[tuple[Reference, ...], tuple[Diagnostic, ...]]:
    parsed = read_bibtex(source.encode(), "essai.bib")
    return parsed.value, parsed.diagnostics


def codes(diagnostics: tuple[Diagnostic, ...]) -> list[str]:
    return [diagnostic.code for diagnostic in diagnostics]


# --- bounds ---


def test_bombs_take_bounded_time_and_memory() -> None:
    """Ten thousand repetitions of each, all of them in a minute of processor time: a quadratic one alone takes more."""

    def limits() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (100, 100))
        resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))

    run = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("bombs.py")), "10000"],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limits,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert "Traceback" not in run.stderr
    assert run.stdout.splitlines()[-1:] == ["all read"], f"{run.stdout.splitlines()[-1:]} {run.stderr[-500:]}"


def steps(work: Callable[[], object]) -> int:
    """How many functions were called, Python's and C's."""
    count = 0

    def step(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(step)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def afresh(content: bytes) -> None:
    """Reads without what was kept of earlier names and dates."""
    parse_name.cache_clear()
    parse_date.cache_clear()
    read_bibtex(content, "bombe.bib")


@pytest.mark.parametrize("name", BOMBS)
def test_twice_the_size_is_twice_the_work(name: str) -> None:
    small, large = BOMBS[name](400).encode(), BOMBS[name](800).encode()
    read_bibtex(small, "bombe.bib")
    first, second = (steps(partial(afresh, content)) for content in (small, large))
    assert second <= 2.3 * first + 500


def test_doublings_of_a_macro_end_at_a_budget() -> None:
    doublings = "".join(f"@string{{a{i} = a{i - 1} # a{i - 1}}}\n" for i in range(1, 60))
    references, diagnostics = read(f'@string{{a0 = "ha"}}\n{doublings}@misc{{k, title = a59, note = {{reste}}}}')
    assert "P108" in codes(diagnostics)
    assert plain(references[0].note) == "reste"
    assert sum(len(value) for value in references[0].raw.values()) < EXPANSION_BUDGET


def test_a_flood_of_faults_is_counted() -> None:
    entry = "@misc{{k{0}, title = {{a}} b, year = 2019}}\n"
    references, diagnostics = read("".join(entry.format(number) for number in range(5000)))
    assert len(references) == 5000
    told = [fault for fault in diagnostics if fault.code == "P102"]
    assert len(told) == 100
    assert [fault.arguments["count"] for fault in diagnostics if fault.code == "P117"] == ["4900"]
    assert as_text(diagnostics, {}, "fr").count("essai.bib:") == MOST


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        pytest.param("@" * 100_000, 0, id="signs"),
        pytest.param("@book{\n" * 2000, 2000, id="heads alone"),
        pytest.param("@book{k, title = {\n" * 2000, 2000, id="open values"),
        pytest.param("@book{k,\n" + "title {x},\n" * 2000 + "}\n@book{l,}", 2, id="fields without a sign"),
        pytest.param("@book{k, title = {" + "$x" * 50_000 + "}}\n@book{l,}", 2, id="mathematics"),
        pytest.param("@book{k, title = {" + "\\" * 50_000 + "}}\n@book{l,}", 2, id="backslashes"),
        pytest.param('@book{k, title = "' + "{}" * 50_000 + "}\n@book{l,}", 2, id="groups in an open quotation"),
        pytest.param("@book{k, title = " + '"x"#' * 50_000 + "}\n@book{l,}", 2, id="joints without an end"),
    ],
)
def test_a_flood_costs_no_entry_and_few_words(source: str, kept: int) -> None:
    references, diagnostics = read(source)
    assert len(references) == kept
    counted = [fault for fault in diagnostics if fault.code == "P117"]
    assert len(diagnostics) - len(counted) <= 100
    assert len(counted) <= 1


@pytest.mark.parametrize(
    "source",
    ["@ " * 300_000, "@" + "a" * 300_000 + "{", "@misc{" + "k" * 300_000, "@misc{k, " + "x" * 300_000 + "=" + "{" * 9],
)
def test_messages_quote_little(source: str) -> None:
    _, diagnostics = read(source)
    for diagnostic in diagnostics:
        assert all(len(value) <= 200 for value in diagnostic.arguments.values())
    assert all(len(line) <= 1000 for line in as_text(diagnostics, {"essai.bib": source}, "fr").splitlines())


def test_no_entry_is_left_out_of_the_count() -> None:
    set_aside = "".join(f"% @book{{k{number},}}\n" for number in range(500))
    _, diagnostics = read(set_aside)
    assert [fault.arguments["key"] for fault in diagnostics] == [f"k{number}" for number in range(500)]


# --- nothing shared ---


def test_macros_end_with_their_file() -> None:
    read('@string{acronyme = "secret"}@misc{a, title = acronyme}')
    references, diagnostics = read("@misc{b, title = acronyme}")
    assert plain(references[0].title) == "acronyme"
    assert codes(diagnostics) == ["P107"]


def test_another_user_of_pybtex_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    parser = pybtex_input.Parser()
    parser.parse_string('@string{fuite = "d\'ailleurs"}')
    monkeypatch.setattr(pybtex.errors, "strict", False)
    references, diagnostics = read("@misc{b, title = fuite, author = {A, B, C, D}}")
    assert plain(references[0].title) == "fuite"
    assert codes(diagnostics) == ["P107", "R401"]


# --- keys ---


def test_both_lines_of_a_key_given_twice() -> None:
    references, _ = read("\n@misc{Clé,}\n\n@misc{cle\u0301,}\n")
    assert len(references) == 2  # a single file keeps what a library then refuses


def test_an_entry_without_a_key_is_kept() -> None:
    references, diagnostics = read("@book{, title = {A}}\n@book{title = {B}}\n")
    assert [(reference.citekey, plain(reference.title)) for reference in references] == [
        ("sans-cle-1", "A"),
        ("sans-cle-2", "B"),
    ]
    assert codes(diagnostics) == ["P105", "P105"]


def test_an_odd_key_is_kept_and_named() -> None:
    references, diagnostics = read("@misc{k%1,}\n@misc{a\\b,}\n@misc{a@b,}\n@misc{ORS:2019/x_1.2+é,}\n")
    assert [reference.citekey for reference in references] == ["k%1", "a\\b", "a@b", "ORS:2019/x_1.2+é"]
    assert [(fault.code, fault.citekey, fault.arguments["characters"]) for fault in diagnostics] == [
        ("P121", "k%1", "%"),
        ("P121", "a\\b", "\\"),
        ("P121", "a@b", "@"),
    ]


# --- inheritance ---


def test_an_entry_is_not_its_own_parent() -> None:
    references, diagnostics = read("@book{a, title = {A}, crossref = {A}}")
    assert plain(references[0].title) == "A"
    assert [(fault.code, fault.arguments["cycle"]) for fault in diagnostics] == [("P204", "a → a")]


def test_a_tree_of_parents_is_climbed_once() -> None:
    rows = range(40)
    tree = "".join(f"@xdata{{{side}{row}, xdata = {{l{row + 1}, r{row + 1}}}}}\n" for row in rows for side in "lr")
    references, _ = read(f"{tree}@xdata{{l40, note = {{Loin}}}}\n@book{{k, xdata = {{l30}}}}")
    assert plain(references[-1].note) == "Loin"


# --- values ---


def test_a_title_that_ends_in_a_backslash() -> None:
    references, diagnostics = read("@book{k, title = {Fin\\}, note = {x}}\n@book{suivante, title = {Suite}}")
    assert plain(references[0].title) == "Fin\\"
    assert plain(references[0].note) == "x"
    assert plain(references[1].title) == "Suite"
    assert codes(diagnostics) == ["P110"]


def test_too_many_commas_keep_the_entry() -> None:
    references, diagnostics = read("@book{k, author = {A, B, C, D}, title = {T}}")
    assert references[0].author.people[0].literal == "A, B, C, D"
    assert plain(references[0].title) == "T"
    assert codes(diagnostics) == ["R401"]


def test_a_value_beyond_measure_keeps_its_text() -> None:
    references, diagnostics = read("@book{k, title = {" + r"\x " * 20_000 + "fin}}")
    assert plain(references[0].title).count(r"\x") == 20_000
    assert plain(references[0].title).endswith("fin")
    assert codes(diagnostics) == ["P120"]


def test_deep_markup_is_flattened() -> None:
    references, diagnostics = read("@book{k, title = {" + r"\emph{" * 1000 + "x" + "}" * 1000 + "}}")
    assert plain(references[0].title) == "x"
    assert codes(diagnostics) == ["P111"]


# --- on the way out ---


def test_what_is_written_holds_no_control_characters() -> None:
    written = write_bibtex([one("@book{k, title = {a\u202eb}, note = {c\x07d}}")])
    assert "{ab}" in written
    assert "{cd}" in written


def test_a_child_is_written_with_what_it_inherits() -> None:
    source = "@inbook{a, title = {A}, crossref = {b}}\n@book{b, title = {B}, year = 1999}"
    references, _ = read(source)
    alone = write_bibtex(references[:1])
    assert "booktitle        = {B}" in alone
    assert "crossref" not in alone
    (again,) = read(alone)[0]
    assert (again.book_title, again.issued) == (references[0].book_title, references[0].issued)
    both = write_bibtex(references)
    assert "crossref" in both
    assert read(both)[0][0].book_title == references[0].book_title


def test_a_key_with_brackets_survives() -> None:
    references, _ = read("@book{Agilent(2022), title = {A}}")
    assert read(write_bibtex(references))[0][0].citekey == "Agilent(2022)"
