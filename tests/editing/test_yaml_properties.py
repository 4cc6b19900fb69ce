"""Edits of YAML texts in many styles of writing say what the same edits of plain data do, and leave the rest alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from editing.writing_styles import Path, Typed, typed, values, words
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from biblio.editing.yaml_text import insert, move, remove, set_value
from biblio.editing.yaml_tree import read

BUDGET = settings(max_examples=30)


def said(text: str) -> Any:
    """What a text says, every value as it is typed."""
    opened = read(text, "a.yaml")
    assert opened.value is not None, opened.diagnostics
    return _typed(opened.value.root.data)


def _typed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _typed(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_typed(each) for each in value]
    return value if isinstance(value, str) else {True: "true", False: "false", None: None}.get(value, str(value))


def paths(value: Any, path: Path = ()) -> Iterator[Path]:
    yield path
    for key, each in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from paths(each, (*path, key))


def found(value: Any, path: Path) -> Any:
    for key in path:
        value = value[key]
    return value


def comments(text: str) -> Counter[str]:
    opened = read(text, "").value
    assert opened is not None
    return Counter(comment for _, comment in opened.comments())


def lines(text: str) -> Counter[str]:
    return Counter(line.strip() for line in text.removeprefix("\ufeff").splitlines() if line.strip())


def _without_signs(text: str) -> Counter[str]:
    return Counter(line for each in lines(text).elements() if (line := each.lstrip("- ")))


def lost(before: str, after: str) -> set[str]:
    return set(comments(before) - comments(after))


def within(written: Typed, *ends: Path) -> set[str]:
    """The comments of what is at some paths."""
    return {comment for comment, owner in written.owners.items() if any(owner[: len(end)] == end for end in ends)}


@given(typed())
@BUDGET
def test_what_is_written_is_read(drawn: tuple[Any, Typed]) -> None:
    value, written = drawn
    assert said(written.text) == value
    assert comments(written.text) == Counter([*written.owners])


@given(typed(), st.data())
@BUDGET
def test_a_value_is_set(drawn: tuple[Any, Typed], choice: st.DataObject) -> None:
    value, written = drawn
    path = choice.draw(st.sampled_from([each for each in paths(value) if each]))
    new: Any = choice.draw(values)
    edited = set_value(written.text, path, new)
    wanted = deepcopy(value)
    found(wanted, path[:-1])[path[-1]] = _typed(new)
    assert edited.diagnostics == ()
    assert said(edited.value) == wanted
    assert lost(written.text, edited.value) <= within(written, path)
    if isinstance(new, str) and isinstance(found(value, path), str) and "\n" not in new + found(value, path):
        changed = [
            pair for pair in zip(written.text.splitlines(), edited.value.splitlines(), strict=True) if len({*pair}) > 1
        ]
        assert len(changed) <= 1


@given(typed(), st.data(), words, values)
@BUDGET
def test_a_key_is_added(drawn: tuple[Any, Typed], choice: st.DataObject, key: str, new: Any) -> None:
    value, written = drawn
    path = choice.draw(st.sampled_from([each for each in paths(value) if isinstance(found(value, each), dict)]))
    assume(key and key not in found(value, path))
    edited = set_value(written.text, (*path, key), new, order=["title", key, "date"])
    wanted = deepcopy(value)
    found(wanted, path)[key] = _typed(new)
    assert edited.diagnostics == ()
    assert said(edited.value) == wanted
    assert lost(written.text, edited.value) == set()
    if path in written.blocks:  # the sign of an item stands before a new first key
        assert _without_signs(written.text) - _without_signs(edited.value) <= Counter()


def test_a_new_first_key_of_an_item_takes_its_sign() -> None:
    edited = set_value("- date: x  # un\n  # deux\n  note: y\n", (0, "title"), "z", order=["title", "date"])
    assert edited.value == "- title: z\n  date: x  # un\n  # deux\n  note: y\n"


@given(typed(), st.data())
@BUDGET
def test_an_entry_is_removed(drawn: tuple[Any, Typed], choice: st.DataObject) -> None:
    value, written = drawn
    path = choice.draw(st.sampled_from([each for each in paths(value) if each]))
    edited = remove(written.text, path)
    wanted = deepcopy(value)
    del found(wanted, path[:-1])[path[-1]]
    assert edited.diagnostics == ()
    assert said(edited.value) == wanted
    assert lost(written.text, edited.value) <= within(written, path)
    assert not within(written, path) & {*comments(edited.value)}


@given(typed(), st.data(), values)
@BUDGET
def test_an_item_is_inserted(drawn: tuple[Any, Typed], choice: st.DataObject, new: Any) -> None:
    value, written = drawn
    lists = [each for each in paths(value) if isinstance(found(value, each), list)]
    assume(lists)
    path = choice.draw(st.sampled_from(lists))
    index = choice.draw(st.integers(0, len(found(value, path))))
    edited = insert(written.text, path, index, new)
    wanted = deepcopy(value)
    found(wanted, path).insert(index, _typed(new))
    assert edited.diagnostics == ()
    assert said(edited.value) == wanted
    assert lost(written.text, edited.value) == set()


@given(typed(), st.data())
@BUDGET
def test_an_item_is_moved(drawn: tuple[Any, Typed], choice: st.DataObject) -> None:
    value, written = drawn
    items = [each for each in paths(value) if each and isinstance(each[-1], int)]
    assume(items)
    path = choice.draw(st.sampled_from(items))
    lists = [each for each in paths(value) if isinstance(found(value, each), list) and each[: len(path)] != path]
    target = choice.draw(st.sampled_from(lists))
    index = choice.draw(st.integers(0, len(found(value, target)) - (target == path[:-1])))
    edited = move(written.text, path, target, index)
    wanted = deepcopy(value)
    # The very list of before, wherever it is afterwards.
    into = found(wanted, target)
    item = found(wanted, path[:-1]).pop(path[-1])
    into.insert(index, item)
    assert edited.diagnostics == ()
    assert said(edited.value) == wanted
    assert lost(written.text, edited.value) == set()
    assert comments(edited.value) == comments(written.text)
