"""Edits by chance, at the desk and outside: the files are what an oracle of its own says, and nothing is lost."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

import pytest

from biblio.editing.works import Work, write
from biblio.project.project import Project
from biblio.server import desk
from robustness.sessions.deeds import DEEDS
from robustness.sessions.oracle import entries
from robustness.sessions.run import run

SECONDS = 60


@pytest.mark.parametrize("seed", [1, 2])
def test_the_files_are_what_the_oracle_says(seed: int) -> None:
    counts = run(seed, lambda number: number < 150)
    assert counts.total() == 150
    assert counts.keys() >= {"desk save", "undo", "outside entry"}


@pytest.mark.slow
def test_the_files_are_what_the_oracle_says_for_a_minute() -> None:
    end, seed, done = time.monotonic() + SECONDS, 100, set[str]()
    while time.monotonic() < end:
        counts = run(seed, lambda number: number < 300 and time.monotonic() < end)
        done |= {name.removesuffix(" (nothing)") for name in counts}
        seed += 1
    assert done == DEEDS.keys()


@pytest.mark.parametrize(
    ("lost", "by"),
    [
        (b"% avant b1-2020", b"% avant"),  # a comment
        (b"tel quel a2-2020", b"tel quel"),  # a field that no program knows
        (b"\r\n", b"\n"),  # the ends of lines
        (b"# d'abord", b""),
    ],
)
def test_the_oracle_sees_what_is_lost(lost: bytes, by: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    def losing(project: Project, works: Sequence[Work]) -> None:
        write([replace(work, after=work.after and work.after.replace(lost, by)) for work in works], project.root)

    monkeypatch.setattr(desk, "_write", losing)

    def runs() -> None:
        for seed in range(3, 8):  # the first thing done may be one that takes the comment out with its reference
            run(seed, lambda number: number < 100)

    with pytest.raises(AssertionError, match=r"^seed \d, after \d+ deeds: "):
        runs()


def test_the_oracle_reads_files_by_itself() -> None:
    text = '% x\n@book{a, title = {A {B} C}, note="d {"} e",\n year = {1}}\n@misc{b,\n}\n'
    found = entries(text)
    assert {key: (each.kind, each.fields) for key, each in found.items()} == {
        "a": ("book", {"title": "A {B} C", "note": 'd {"} e', "year": "1"}),
        "b": ("misc", {}),
    }
    assert [text[each.start : each.end][-3:] for each in found.values()] == ["1}}", ",\n}"]
