"""Edits a YAML text where it says something else, and nowhere else: what a person typed around it stays as it is.

Every edit is made by few characters, read again and compared with the same edit on plain data; if it does not say that,
or a comment would be lost that is not inside what is taken out, the list or the mapping around it is written anew, its
comments above it, and read again; if that does not do either, nothing is changed and a fault says so. The values that
come back are always a text: the new one, or with faults the old one.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher

from biblio.editing.plain_data import as_read, at, moved, with_item, with_value, without
from biblio.editing.yaml_splices import (
    Splice,
    first_of,
    last_line,
    layout_of,
    lines_of,
    put_in_flow,
    put_item,
    put_pair,
    reach_in_flow,
    replace,
    replace_in_flow,
    replace_written,
    spliced,
    take_out,
)
from biblio.editing.yaml_tree import Data, Entry, Node, Path, Source, read
from biblio.editing.yaml_write import Layout, Written, block, inline, item
from biblio.words.faults import Parsed, diagnose

Reach = tuple[int, int]
Edit = Callable[[str], Parsed[str]]


def set_value(
    text: str,
    path: Path,
    value: Data,
    *,
    file: str = "",
    order: Sequence[str] = (),
    columns: Sequence[str] | None = None,
) -> Parsed[str]:
    """Gives what is at ``path`` another value, or a mapping a new key, behind those that ``order`` has before it.

    Of lists and mappings only what differs is written. ``columns`` are the keys whose lists of texts stand in lines,
    not between brackets; ``None`` stands for all. Faults: E231, E232 and those of reading (D1).
    """
    opened = read(text, file)
    if opened.value is None:
        return Parsed(text, opened.diagnostics)
    source = opened.value
    old = source.find(path)
    if old is not None and as_read(old.data) == as_read(value):
        return Parsed(text)
    steps = tuple(_steps(old, path, value, file, columns)) if old is not None else ()
    if steps:
        return in_turn(text, steps)
    try:
        wanted = with_value(source.root.data, path, value)
    except LookupError:
        return _nothing_there(source, path)
    holder, entry, parent = source.find(path[:-1]), source.entry(path), source.entry(path[:-1])
    layout = layout_of(source, columns)
    splices: Sequence[Splice] = ()
    gone: Sequence[Reach] = ()
    if holder is None or not path:
        pass
    elif entry is not None:
        splices = replace_in_flow(entry, value) if holder.is_flow else replace(source, entry, value, layout)
        gone = [(each.start, each.end) for each in splices]
    elif holder.entries:
        splices = put_pair(source, holder, parent, str(path[-1]), value, order, layout)
    elif parent is not None:
        above = source.find(path[:-2])
        filled: Data = {str(path[-1]): value}
        in_flow = above is not None and above.is_flow
        splices = replace_in_flow(parent, filled) if in_flow else replace(source, parent, filled, layout)
    return _carried_out(source, wanted, splices, gone, path[:-1])


def remove(text: str, path: Path, *, file: str = "") -> Parsed[str]:
    """Takes out what is at a path, with its comments. Faults: E231, E232 and those of reading (D1)."""
    opened = read(text, file)
    if opened.value is None:
        return Parsed(text, opened.diagnostics)
    source = opened.value
    try:
        wanted = without(source.root.data, path)
    except LookupError:
        return _nothing_there(source, path)
    holder, position, parent = _held(source, path)
    splices = take_out(source, holder, parent, position)
    return _carried_out(source, wanted, splices, [_reach(source, path)], path[:-1])


def insert(
    text: str, path: Path, index: int, value: Data, *, file: str = "", columns: Sequence[str] | None = None
) -> Parsed[str]:
    """Puts a value in a list, to be its number ``index``. Faults: E231, E232 and those of reading (D1)."""
    opened = read(text, file)
    if opened.value is None:
        return Parsed(text, opened.diagnostics)
    source = opened.value
    try:
        wanted = with_item(source.root.data, path, index, value)
    except LookupError:
        return _nothing_there(source, path)
    lines = item(value, layout_of(source, columns))
    splices = _put(source, path, index, lines, value, commented=False)
    return _carried_out(source, wanted, splices, (), path)


def move(text: str, path: Path, target: Path, index: int, *, file: str = "") -> Parsed[str]:
    """Moves an item of a list, as it is typed and with its comments, to the list at ``target``.

    ``target`` is the path of that list before the move, ``index`` the number of the item in it afterwards. Faults:
    E231, also for a list that is inside the item, E232 and those of reading (D1).
    """
    opened = read(text, file)
    if opened.value is None:
        return Parsed(text, opened.diagnostics)
    source = opened.value
    try:
        wanted = moved(source.root.data, path, target, index)
    except LookupError:
        return _nothing_there(source, path)
    if path == (*target, index):
        return Parsed(text)
    holder, position, parent = _held(source, path)
    start, end = _reach(source, path)
    comments = [comment for offset, comment in source.comments() if start <= offset < end]
    value = at(source.root.data, path)
    if holder.is_flow:
        lines: Sequence[str] = (*comments, *item(value, layout_of(source, None)))
    else:
        lines = lines_of(source, holder, parent, position)
    if target == path[:-1] and index > position:
        index += 1
    splices = [
        *take_out(source, holder, parent, position),
        *_put(source, target, index, lines, value, commented=bool(comments)),
    ]
    common = next((n for n, (one, other) in enumerate(zip(path[:-1], target, strict=False)) if one != other), None)
    around = target[: min(len(path) - 1, len(target)) if common is None else common]
    return _carried_out(source, wanted, splices, (), around)


def in_turn(text: str, edits: Sequence[Edit]) -> Parsed[str]:
    """The text after some edits, one after the other; the old one, with the faults, where one of them is refused."""
    made = text
    for edit in edits:
        edited = edit(made)
        if edited.diagnostics:
            return Parsed(text, edited.diagnostics)
        made = edited.value
    return Parsed(made)


# --- what differs between two values ---------------------------------------------------------------------------------


def _steps(old: Node, path: Path, value: Data, file: str, columns: Sequence[str] | None) -> Iterator[Edit]:
    """The smaller edits that make one list or mapping into another; none where there is nothing to keep."""
    if isinstance(old.data, dict) and isinstance(value, dict) and old.data.keys() & value.keys():
        for key, each in value.items():
            yield _setting((*path, key), each, file, [*value], columns)
        for key in old.data.keys() - value.keys():
            yield _removing((*path, key), file)
    elif isinstance(old.data, list) and isinstance(value, list):
        yield from _steps_of_list(old.data, path, value, file, columns)


def _steps_of_list(
    old: list[Data], path: Path, value: list[Data], file: str, columns: Sequence[str] | None
) -> Iterator[Edit]:
    before, after = ([json.dumps(as_read(each), sort_keys=True) for each in items] for items in (old, value))
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    if not value or not old:
        return
    for _, start, end, first, last in (code for code in reversed(codes) if code[0] != "equal"):
        both = min(end - start, last - first)
        for number in range(both):
            yield _setting((*path, start + number), value[first + number], file, (), columns)
        for number in range(first + both, last):
            yield _inserting(path, start + number - first, value[number], file, columns)
        for number in reversed(range(start + both, end)):
            yield _removing((*path, number), file)


def _setting(path: Path, value: Data, file: str, order: Sequence[str], columns: Sequence[str] | None) -> Edit:
    return lambda text: set_value(text, path, value, file=file, order=order, columns=columns)


def _inserting(path: Path, index: int, value: Data, file: str, columns: Sequence[str] | None) -> Edit:
    return lambda text: insert(text, path, index, value, file=file, columns=columns)


def _removing(path: Path, file: str) -> Edit:
    return lambda text: remove(text, path, file=file)


# --- how an edit is made ---------------------------------------------------------------------------------------------


def _put(source: Source, path: Path, index: int, lines: Sequence[str], value: Data, *, commented: bool) -> list[Splice]:
    """Puts an item in a list, as lines where it is a block and on one line between brackets."""
    node, entry, above = source.find(path), source.entry(path), source.find(path[:-1])
    if node is None:
        return []
    if node.is_block:
        return put_item(source, node, entry, index, lines)
    inside = above is not None and above.is_flow and bool(path)
    if inside or entry is None or (node.entries and not commented):
        return put_in_flow(source, node, index, inline(value, in_flow=True)) if node.is_flow else []
    layout = layout_of(source, None)
    items = [item(each.node.data, layout) for each in node.entries]
    together = [line for each in (*items[:index], lines, *items[index:]) for line in each]
    indent = " " * (2 if isinstance(entry.key, int) else layout.dash)
    return replace_written(source, entry, Written("", tuple(indent + line if line else "" for line in together)))


def _held(source: Source, path: Path) -> tuple[Node, int, Entry | None]:
    """The list or the mapping that holds what is at a path, its place in it, and the entry that is it."""
    holder, entry = source.find(path[:-1]), source.entry(path)
    assert holder is not None, path  # the edit of plain data found it
    assert entry is not None, path
    return holder, holder.entries.index(entry), source.entry(path[:-1])


def _reach(source: Source, path: Path) -> Reach:
    """From where to where an entry reaches, with the comments that belong to it."""
    holder, position, parent = _held(source, path)
    if holder.is_flow:
        return reach_in_flow(source, holder, position)
    first = first_of(source, holder, parent, position)
    return first, source.ends[last_line(source, holder.entries[position])]


def _carried_out(
    source: Source, wanted: Data, splices: Sequence[Splice], gone: Sequence[Reach], around: Path
) -> Parsed[str]:
    """The text with some splices made, or with the list or the mapping at ``around`` written anew."""
    kept = Counter(
        comment for offset, comment in source.comments() if not any(start <= offset < end for start, end in gone)
    )
    made = spliced(source.text, splices)
    if splices and _says(made, wanted, kept):
        return Parsed(made)
    made = _anew(source, wanted, gone, around)
    if _says(made, wanted, kept):
        return Parsed(made)
    node = source.find(around) or source.root
    return Parsed(source.text, (diagnose("E232", source.span(node.start)),))


def _says(text: str, wanted: Data, kept: Counter[str]) -> bool:
    opened = read(text, "").value
    if opened is None or as_read(opened.root.data) != as_read(wanted):
        return False
    return kept <= Counter(comment for _, comment in opened.comments())


def _anew(source: Source, wanted: Data, gone: Sequence[Reach], around: Path) -> str:
    """The text with what is at ``around`` written in a block, or what is in brackets and holds it."""
    while around and (above := source.find(around[:-1])) and above.is_flow:
        around = around[:-1]
    node, entry, value = source.find(around), source.entry(around), at(wanted, around)
    if node is None or not isinstance(value, list | dict):
        return source.text
    comments = [
        comment
        for offset, comment in source.comments()
        if node.start <= offset < node.end and not any(start <= offset < end for start, end in gone)
    ]
    layout = Layout()
    lines = (*comments, *(block(value, layout) if value else (inline(value),)))
    if entry is None:
        return source.text[: node.start] + source.newline.join(lines) + source.text[node.end :]
    indent = " " * (2 if isinstance(entry.key, int) else layout.step)
    made = Written("", tuple(indent + line if line else "" for line in lines))
    return spliced(source.text, replace_written(source, entry, made))


def _nothing_there(source: Source, path: Path) -> Parsed[str]:
    shown = ".".join(str(key + 1) if isinstance(key, int) else key for key in path)
    return Parsed(source.text, (diagnose("E231", source.span(0), place=shown),))
