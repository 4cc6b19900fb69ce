"""What was done is undone step by step, and done again."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biblio.editing.journal import Journal, Step
from biblio.editing.works import Work, write
from biblio.words.faults import BiblioError

NAMES = ("a.bib", "b.bib", "c.yaml")
Files = dict[str, bytes]
CHANGES = st.dictionaries(st.sampled_from(NAMES), st.one_of(st.none(), st.binary(max_size=3)), min_size=1, max_size=3)


def step_of(files: Files, changes: dict[str, bytes | None]) -> Step:
    return Step("?", tuple(Work(name, Path(name), files.get(name), after) for name, after in changes.items()))


def applied(files: Files, step: Step) -> Files:
    made: dict[str, bytes | None] = dict(files)
    for work in step.works:
        assert made.get(work.path) == work.before
        made[work.path] = work.after
    return {name: content for name, content in made.items() if content is not None}


@given(st.lists(CHANGES, max_size=6), st.lists(st.sampled_from(["undo", "redo"]), max_size=12))
def test_undone_and_done_again_files_are_what_they_were(
    all_changes: list[dict[str, bytes | None]], turns: list[str]
) -> None:
    journal, files = Journal(), dict[str, bytes]()
    history = [files]
    for changes in all_changes:
        step = step_of(files, changes)
        journal, files = journal.done(step), applied(files, step)
        history.append(files)
    place = len(history) - 1
    for word in turns:
        turn = journal.undo() if word == "undo" else journal.redo()
        aim = place + (1 if word == "redo" else -1)
        assert (turn is None) == (not 0 <= aim < len(history))
        if turn is not None:
            journal, files, place = turn.journal, applied(files, turn.step), aim
        assert files == history[place]


def test_a_new_step_takes_the_place_of_what_was_undone() -> None:
    journal = Journal().done(step_of({}, {"a.bib": b"1"})).done(step_of({"a.bib": b"1"}, {"a.bib": b"2"}))
    turn = journal.undo()
    assert turn is not None
    assert turn.journal.redo() is not None
    assert turn.journal.done(step_of({"a.bib": b"1"}, {"a.bib": b"3"})).redo() is None


def test_the_oldest_steps_are_forgotten_beyond_a_measure() -> None:
    journal = Journal(most=10)
    for number in range(4):
        journal = journal.done(Step(str(number), (Work("a.bib", Path("a.bib"), b"12", b"34"),)))
    assert [each.said for each in journal.past] == ["2", "3"]
    assert journal.done(Step("large", (Work("a.bib", Path("a.bib"), None, b"12345678901"),))).undo() is None


def test_a_step_that_cannot_be_undone_is_still_there(tmp_path: Path) -> None:
    place = tmp_path / "a.bib"
    place.write_bytes(b"2")
    journal = Journal().done(Step("?", (Work("a.bib", place, b"1", b"2"),)))
    turn = journal.undo()
    assert turn is not None
    place.write_bytes(b"somebody else's")
    with pytest.raises(BiblioError):
        write(turn.step.works, tmp_path)
    assert journal.undo() == turn
    place.write_bytes(b"2")
    write(turn.step.works, tmp_path)
    assert place.read_bytes() == b"1"


def test_steps_about_one_subject_that_follow_each_other_are_one() -> None:
    def typed(before: bytes, after: bytes, subject: str) -> Step:
        return Step("?", (Work("a.bib", Path("a.bib"), before, after),), subject)

    journal = Journal().done(typed(b"1", b"2", "title")).done(typed(b"2", b"3", "title"))
    assert journal.past == (typed(b"1", b"3", "title"),)
    assert len(journal.done(typed(b"3", b"4", "date")).past) == 2
    assert len(journal.done(typed(b"3", b"4", "")).done(typed(b"4", b"5", "")).past) == 3
    # Somebody else has written in between.
    assert len(journal.done(typed(b"x", b"y", "title")).past) == 2
    turn = journal.undo()
    assert turn is not None
    assert len(turn.journal.done(typed(b"1", b"5", "title")).past) == 1


def test_a_step_that_is_too_big_by_itself_is_told_and_so_are_those_that_it_costs() -> None:
    small, big = step_of({}, {"a.bib": b"1"}), Step("le tout", step_of({"a.bib": b"1"}, {"a.bib": b"x" * 20}).works)
    journal = Journal(most=10).done(small).done(big)
    assert (journal.undo(), journal.unkept, journal.forgotten) == (None, "le tout", 2)
    after = journal.done(step_of({}, {"b.bib": b"2"}))
    assert (after.undo() is None, after.unkept, after.forgotten) == (False, "", 2)
    turn = after.undo()
    assert turn is not None
    assert turn.journal.forgotten == 2
