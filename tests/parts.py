"""The suite in three parts: quick tests, those of the PDF engine, Java or many programs, and slow ones.

Which test is in which is said here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pytest

TESTS = Path(__file__).parent

# The files and folders whose tests make PDFs, start Java or many programs or try very many values, and such fixtures.
ENGINE = (
    "build/test_resident.py",
    "check/test_bench.py",
    "check/test_long_values.py",
    "citation/test_pybtex.py",
    "cli",
    "compose/test_abbreviations.py",
    "compose/test_indexes.py",
    "compose/test_prose.py",
    "compose/test_third_language.py",
    "dossier/test_difference.py",
    "formats/bibtex/test_threats.py",
    "formats/test_losses.py",
    "importing/printed/test_our_dossier.py",
    "importing/printed/test_pdf_list.py",
    "importing/test_corrected.py",
    "isolation",
    "outputs",
    "plugins",
    "project/test_new_style.py",
    "project/test_pybtex_readers.py",
    "project/test_workbooks.py",
    "properties/test_odd_values.py",
    "server/test_hostile_values.py",
    "server/test_killed.py",
    "server/test_random_session.py",
    "server/test_faults.py",
    "server/test_icon.py",
    "server/test_preview.py",
    "server/test_publish.py",
    "server/test_import_corrected.py",
    "test_docs.py",
    "test_dossier_facts.py",
    "test_expressions.py",
    "test_reproducible.py",
    "test_verapdf.py",
)
ENGINE_FIXTURES = frozenset({"output"})
SLOW = (
    "cli/test_cluster.py",
    "outputs/pandoc/test_offices.py",
    "outputs/test_axe.py",
    "outputs/test_browsers.py",
    "outputs/test_nu.py",
    "outputs/test_page_at_work.py",
    "properties/test_every_odd_value.py",
    "server/test_collection_in_browser.py",
    "server/test_desk_in_firefox.py",
    "server/test_form_in_browser.py",
    "server/test_preview_in_browser.py",
    "server/test_import_in_browser.py",
    "server/test_dossier_in_browser.py",
    "server/test_tabs_in_browser.py",
    "server/test_dossier_at_speed_in_browser.py",
    "server/test_rows_in_browser.py",
    "server/test_whole_journey_in_browser.py",
    "site/test_in_browser.py",
    "site/test_in_firefox.py",
    "site/test_valid.py",
)

# A quick test, or a program that it starts, which makes a PDF after all finds this in the engine's place.
ENGINES = ("weasyprint", "jpype", "playwright")
HELD_BACK = "raise AssertionError('a quick test needs {0}: tests/parts.py must say that it is not quick')\n"


def part_of(path: Path, fixtures: Collection[str]) -> Literal["quick", "engine", "slow"]:
    """The part of a test: that of its file or folder, or of what it uses."""
    if _is_in(path, SLOW):
        return "slow"
    if not ENGINE_FIXTURES.isdisjoint(fixtures) or _is_in(path, ENGINE):
        return "engine"
    return "quick"


@cache  # once a file, not once a test
def _is_in(path: Path, places: tuple[str, ...]) -> bool:
    return any(path.is_relative_to(TESTS / place) for place in places)


def every_fourth(names: Iterable[str]) -> list[Any]:
    """Parameters of many tests alike, each a build: one in four runs with the suite, the others with the slow tests."""
    return [pytest.param(name, marks=pytest.mark.slow if place % 4 else ()) for place, name in enumerate(names)]


def hold_engines_back(folder: Path) -> None:
    """Makes modules which, where Python looks there first, refuse to stand for the engines."""
    for name in ENGINES:
        (folder / f"{name}.py").write_text(HELD_BACK.format(name), encoding="utf-8")
