"""Bombs and faults, a few of those that ``python -m robustness`` tries, each caused for real."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from biblio.build.limits import MOST_HEADINGS
from biblio.yaml_model.loader import MAX_TEXT
from robustness.atelier import SLUG, make
from robustness.bombs import BOMBS, explode, faults_of
from robustness.faults import CASES, Reference, try_case
from robustness.leaks import outcome_of

FEW_CASES = ("no Pango", "a pipe among the references", "two builds at once", "clock at 1970", "clock at 2100")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("nested rules", "E112"),
        ("huge page", "E112"),
        ("long text", "D110"),
        ("text of every kind", "D110"),
        ("aliases", "D103"),
        ("long annotation", "W105"),
        ("endless file", "E104"),
        ("huge file of a style", "D117"),
    ],
)
def test_a_bomb_ends_in_a_message_that_says_why(name: str, code: str) -> None:
    outcome = explode(name)
    assert faults_of(outcome) == []
    assert f" {code} " in outcome.said


def test_a_long_address_is_cut_in_print_and_whole_in_its_link(tmp_path: Path) -> None:
    atelier = make(tmp_path)
    address = "https://example.org/" + "a" * 30_000
    atelier.write_bib(url=address)
    html = outcome_of(atelier).html
    assert html.count("a" * 1_000) == 30  # in the link alone
    assert f'href="{address}"' in html


def test_a_dossier_beyond_measure_is_refused(tmp_path: Path) -> None:
    atelier = make(tmp_path)
    with atelier.spec.open("a", encoding="utf-8") as file:
        file.write("  - title: A\n" * MOST_HEADINGS)
    assert "D119" in outcome_of(atelier).messages


def test_a_long_text_of_a_spec_is_refused_at_its_line(tmp_path: Path) -> None:
    atelier = make(tmp_path)
    atelier.write_spec(closing="a" * (MAX_TEXT + 1))
    assert f"dossiers/{SLUG}.yaml:7:10: erreur D118" in outcome_of(atelier).messages


@pytest.fixture(scope="module")
def reference() -> Iterator[Reference]:
    made = Reference()
    yield made
    made.close()


@pytest.mark.parametrize("name", FEW_CASES)
def test_a_fault_leaves_whole_files(name: str, reference: Reference) -> None:
    assert try_case(name, reference, "suite") == []


@pytest.mark.parametrize("repeat", range(4))
def test_a_kill_leaves_whole_files(repeat: int, reference: Reference) -> None:
    assert try_case("killed near the end", reference, f"suite {repeat}") == []


def test_there_are_enough_of_both() -> None:
    assert len(BOMBS) >= 50
    assert len(CASES) >= 24
