"""What an index is asked takes a time in proportion to the files, whatever entries have in common.

Counted in instructions, of Python and of SQLite, which are the same on every machine.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from counting import steps
from project.indexed import from_nothing, project_of, said

from biblio.formats.bibtex import macros
from biblio.project import index
from biblio.project.index import opened
from biblio.project.index.catalogue import IndexedCatalogue
from biblio.project.index.place import open_index
from biblio.project.project import Project

EVERY = 100  # instructions of SQLite between two calls
INSTRUCTION = 0.1  # of what one of Python takes, about


def same_keys(number: int) -> str:
    return "@book{b, title = {A}}\n" * number


def same_keys_of_a_long_one(number: int) -> str:
    return "@book{b, " + "note = {A},\n" * number + "}\n" + "@book{b, title = {A}}\n" * number


def references_to_one_another(number: int) -> str:
    return "@book{b, crossref={c}}\n@book{c, crossref={b}, xdata={c}}\n" * number


def same_other_keys(number: int) -> str:
    return "".join(f"@book{{b{n}, title = {{A}}, ids = {{x}}, crossref = {{x}}}}\n" for n in range(number))


def macros_and_entries(number: int) -> str:
    return "".join(f"@string{{a{n} = {{A}}}}\n@book{{b{n}, title = a{n}}}\n" for n in range(number))


def hubs_in_turn(number: int) -> str:
    hubs = "".join(f"@xdata{{hub{n}, publisher = {{P{n}}}, note = {{{'mot ' * number}}}}}\n" for n in range(40))
    return hubs + "".join(f"@book{{b{n}, title = {{A}}, xdata = {{hub{n % 40}}}}}\n" for n in range(number))


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(index, "SMALL", 0)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What SQLite does, in hundreds of instructions."""
    calls = [0]

    def counting(*arguments: str, opening: Callable[..., sqlite3.Connection | None] = open_index) -> object:
        connection = opening(*arguments)

        def count() -> int:
            calls[0] += 1
            return 0

        if connection is not None:
            connection.set_progress_handler(count, EVERY)
        return connection

    monkeypatch.setattr(opened, "open_index", counting)
    return calls


def asked(root: Path) -> None:
    library = Project(root).opened.value
    assert isinstance(library.catalogue, IndexedCatalogue)
    library.faults()
    assert isinstance(library.catalogue, IndexedCatalogue)


@pytest.mark.parametrize(
    "made",
    [
        same_keys,
        same_keys_of_a_long_one,
        references_to_one_another,
        same_other_keys,
        macros_and_entries,
        hubs_in_turn,
    ],
)
def test_it_is_linear(made: Callable[[int], str], tmp_path: Path, counted: list[int]) -> None:
    def work(number: int) -> float:
        root = project_of(tmp_path / str(number), {"a.bib": made(number).encode()}).root
        counted[0] = 0
        return steps(partial(asked, root)) + counted[0] * EVERY * INSTRUCTION

    work(20)
    assert work(400) / work(100) < 7  # 4 in proportion, 16 for the square


@pytest.mark.parametrize("made", [same_keys, same_other_keys, macros_and_entries, hubs_in_turn])
def test_it_says_what_the_files_say(made: Callable[[int], str], tmp_path: Path) -> None:
    project = project_of(tmp_path / "projet", {"a.bib": made(45).encode()})
    assert said(project.library) == said(from_nothing(project))


def test_a_month_of_ones_own_is_the_files_own(tmp_path: Path) -> None:
    text = "@string{may = {Mai ou juin}}\n@book{b, title = {A}, year = 2019, month = may}\n"
    project = project_of(tmp_path / "projet", {"a.bib": text.encode()})
    reference = project.opened.value.get("b")
    assert reference is not None
    assert reference.raw["month"] == "Mai ou juin"
    assert said(project.library) == said(from_nothing(project))


def test_macros_that_say_too_much_are_read_with_their_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(macros, "EXPANSION_BUDGET", 1_000)
    text = f"@string{{long = {{{'a' * 400}}}}}\n" + "".join(f"@book{{b{n},\n  title = long,\n}}\n" for n in range(4))
    project = project_of(tmp_path / "projet", {"a.bib": text.encode()})
    assert [(each.code, each.citekey) for each in project.opened.diagnostics] == [("P108", "b2"), ("P108", "b3")]
    assert not isinstance(project.opened.value.catalogue, IndexedCatalogue)
    assert said(project.library) == said(from_nothing(project))


def test_keys_are_made_up_in_proportion(tmp_path: Path) -> None:
    def work(number: int) -> int:
        files = {f"{n:03}.bib": b"@book{, title = {A}}\n" for n in range(number)}
        root = project_of(tmp_path / str(number), files).root
        return steps(lambda: Project(root).opened.value.citekeys)

    work(5)
    assert work(80) / work(20) < 7
