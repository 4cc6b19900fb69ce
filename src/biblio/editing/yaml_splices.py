"""The characters that an edit of a YAML text replaces: what stands elsewhere is never written again.

A comment belongs to the entry that it stands directly above, or that it is further to the right than; what is
separated from the next entry by a blank line stays where it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from biblio.editing.yaml_tree import Data, Entry, Node, Source, header_end
from biblio.editing.yaml_write import Layout, Written, inline, pair, scalar, written

_ALONE = re.compile(r"\s*+(?P<comma>,?)\s*+(?:#.*)?")


@dataclass(frozen=True, slots=True)
class Splice:
    """Characters that take the place of those from ``start`` to ``end``."""

    start: int
    end: int
    text: str = ""


def spliced(text: str, splices: Iterable[Splice]) -> str:
    """A text with some splices made; what is put in the midst of what is taken out stays."""
    made: list[str] = []
    done = 0
    for each in sorted(splices, key=lambda splice: (splice.start, splice.end)):
        made += [text[done : max(done, each.start)], each.text]
        done = max(done, each.end)
    return "".join((*made, text[done:]))


def layout_of(source: Source, columns: Sequence[str] | None) -> Layout:
    """How a file indents what stands under a key, by the first that does."""
    steps: dict[str, int] = {}
    waiting = [source.root]
    while waiting:
        node = waiting.pop(0)
        for entry in node.entries:
            waiting.append(entry.node)
            if isinstance(entry.key, str) and entry.node.is_block:
                steps.setdefault(entry.node.style, entry.node.entries[0].column - entry.column)
    dash = steps.get("-", steps.get(":", 2))
    return Layout(step=steps.get(":") or dash or 2, dash=dash, columns=columns)


# --- entries with their comments -------------------------------------------------------------------------------------


def first_of(source: Source, node: Node, holder: Entry | None, position: int) -> int:
    """Where an entry of a block begins, with the comments above it; its own start where it is not first on its line.

    What stands above the first entry of all is about the file.
    """
    entry = node.entries[position]
    line = source.line_of(entry.start)
    alone = entry.start - entry.column
    if is_behind(source, entry) or (holder is None and position == 0):
        return entry.start if is_behind(source, entry) else alone
    above = (
        last_line(source, node.entries[position - 1]) if position else source.line_of(holder.behind if holder else 0)
    )
    first = line
    while first - 1 > above and source.is_comment(first - 1):
        first -= 1
    return alone if first == line else source.starts[first]


def last_line(source: Source, entry: Entry) -> int:
    """The number of the last line of an entry of a block, with the comments under it that are further to the right."""
    last = line = source.line_of(max(entry.node.end, entry.behind))
    while (line := line + 1) < len(source.starts):
        typed = source.line(line)
        if not source.is_blank(line):
            if not source.is_comment(line) or len(typed) - len(typed.lstrip(" ")) <= entry.column:
                break
            last = line
    return last


def is_behind(source: Source, entry: Entry) -> bool:
    """Whether something stands before an entry on its line: the dash of the item that it is in."""
    return bool(source.text[source.starts[source.line_of(entry.start)] : entry.start].strip(" \t\ufeff"))


def lines_of(source: Source, node: Node, holder: Entry | None, position: int) -> list[str]:
    """The lines of an entry of a block with its comments, indented as if it stood in the first column."""
    entry = node.entries[position]
    first = first_of(source, node, holder, position)
    line = source.line_of(first)
    lines = [source.line(number) for number in range(line, last_line(source, entry) + 1)]
    if is_behind(source, entry):
        lines[0] = " " * entry.column + source.text[entry.start : source.ends[line]]
    return [each[min(entry.column, len(each) - len(each.lstrip(" "))) :] for each in (_bare(text) for text in lines)]


def _bare(line: str) -> str:
    return line.removeprefix("\ufeff")


def is_spaced(source: Source, node: Node, position: int) -> bool:
    """Whether there are blank lines between an entry of a block and the one before."""
    before = last_line(source, node.entries[position - 1])
    return any(source.is_blank(line) for line in range(before + 1, source.line_of(node.entries[position].start)))


# --- blocks ----------------------------------------------------------------------------------------------------------


def below(source: Source, column: int, lines: Iterable[str]) -> str:
    """Lines, each after a line end."""
    return "".join(source.newline + (" " * column + line if line else "") for line in lines)


def put_lines(
    source: Source, node: Node, holder: Entry | None, index: int, lines: Sequence[str], *, spaced: bool
) -> list[Splice]:
    """Puts the lines of a new entry, indented from its own column, before entry ``index`` of a block or at its end."""
    column = node.entries[0].column
    blank = [""] if spaced else []
    if index == 0:
        at = first_of(source, node, holder, 0)
        made = below(source, column, (*lines, *blank)).removeprefix(source.newline) + source.newline
        behind = is_behind(source, node.entries[0])
        return [Splice(at, at, made[column:] + " " * column if behind else made)]
    last = last_line(source, node.entries[index - 1])
    at = source.next_line(last)
    made = below(source, column, (*blank, *lines))
    ended = at > source.ends[last]
    return [Splice(at, at, made.removeprefix(source.newline) + source.newline if ended else made)]


def put_item(source: Source, node: Node, holder: Entry | None, index: int, lines: Sequence[str]) -> list[Splice]:
    """Puts the lines of an item in a list, apart from its neighbours if they all are from each other."""
    others = range(1, len(node.entries))
    spaced = len(node.entries) > 1 and all(is_spaced(source, node, position) for position in others)
    return put_lines(source, node, holder, index, lines, spaced=spaced)


def put_pair(
    source: Source, node: Node, holder: Entry | None, key: str, value: Data, order: Sequence[str], layout: Layout
) -> list[Splice]:
    """Adds a key to a mapping, behind the last of those that ``order`` has before it, else at the end."""
    index = _place_of(node, key, order)
    if node.is_flow:
        return put_in_flow(source, node, index, f"{scalar(key, in_flow=True)}: {inline(value, in_flow=True)}")
    before = node.entries[index - 1]
    long = index > 1 and source.line_of(before.node.end) > source.line_of(before.start)
    spaced = long and is_spaced(source, node, index - 1)
    return put_lines(source, node, holder, index, pair(key, value, layout), spaced=spaced)


def _place_of(node: Node, key: str, order: Sequence[str]) -> int:
    known = [*order]
    if key not in known:
        return len(node.entries)
    before = set(known[: known.index(key)])
    places = [position for position, entry in enumerate(node.entries) if entry.key in before]
    if places:
        return places[-1] + 1
    return 0 if any(entry.key in known for entry in node.entries) else len(node.entries)


def take_out(source: Source, node: Node, holder: Entry | None, position: int) -> list[Splice]:
    """Takes an entry out with its comments, and the blank lines that would be too many."""
    entry = node.entries[position]
    if node.is_flow:
        return _take_out_of_flow(source, node, position)
    first, last = first_of(source, node, holder, position), last_line(source, entry)
    after = source.next_line(last)
    if len(node.entries) == 1:
        return _emptied(source, node, holder, first, last)
    if is_behind(source, entry):
        following = source.text[after:]
        return [Splice(first, after + len(following) - len(following.lstrip()))]
    line = source.line_of(first)
    if after == len(source.text):
        while line and source.is_blank(line - 1):
            line -= 1
        ended = after > source.ends[last]
        return [Splice(source.starts[line] if ended or not line else source.ends[line - 1], after)]
    if position == 0 or source.is_blank(line - 1):
        while last + 1 < len(source.starts) and source.is_blank(last + 1):
            last += 1
    return [Splice(first, source.next_line(last))]


def _emptied(source: Source, node: Node, holder: Entry | None, first: int, last: int) -> list[Splice]:
    nothing = "[]" if node.style == "-" else "{}"
    if holder is None or is_behind(source, node.entries[0]):
        return [Splice(first, source.ends[last], nothing)]
    after = source.next_line(last)
    start = first if after > source.ends[last] else source.ends[source.line_of(first) - 1]
    return [Splice(holder.behind, holder.behind, f" {nothing}"), Splice(start, after)]


def replace(source: Source, entry: Entry, value: Data, layout: Layout) -> list[Splice]:
    """Puts another value behind the key or the dash of an entry of a block."""
    old = entry.node
    if old.style in ("|", ">"):
        layout = Layout(_step_of(source, entry) or layout.step, layout.dash, layout.columns)
    under = str(entry.key) if isinstance(entry.key, str) else ""
    in_item = isinstance(entry.key, int)
    return replace_written(source, entry, written(value, layout, under=under, in_item=in_item, style=old.style))


def replace_written(source: Source, entry: Entry, made: Written) -> list[Splice]:
    """Puts what is written already behind the key or the dash of an entry, whose column its lines count from."""
    (start, end), (body, body_end) = _regions(source, entry)
    head = made.head
    if start == entry.behind:
        head = f" {head}" if head else ""
    elif not head and not source.text[entry.behind : start].strip(" \t"):
        start = entry.behind
    return [Splice(start, end, head), Splice(body, body_end, below(source, entry.column, made.body))]


def _regions(source: Source, entry: Entry) -> tuple[tuple[int, int], tuple[int, int]]:
    """Where a value stands: on the line of its key or dash, and on the lines below it."""
    old = entry.node
    if old.style in ("|", ">"):
        head = header_end(source.text, old)
        below_it = source.line_end(head)
        return (old.start, head), (below_it, max(below_it, old.end))
    if old.is_block:
        first = first_of(source, old, entry, 0)
        last = source.ends[last_line(source, old.entries[-1])]
        if is_behind(source, old.entries[0]):
            return (first, last), (last, last)
        return (entry.behind, entry.behind), (source.ends[source.line_of(first) - 1], last)
    line_end = source.line_end(old.end)
    return (old.start, old.end), (line_end, line_end)


def _step_of(source: Source, entry: Entry) -> int:
    """By how much the lines of a text in a block are indented from its key; 0 where that is said in figures."""
    head = header_end(source.text, entry.node)
    if re.search(r"\d", source.text[entry.node.start : head]):
        return 0
    rows = source.text[source.line_end(head) : entry.node.end].splitlines()
    row = next((each for each in rows if each.strip()), "")
    return max(0, len(row) - len(row.lstrip(" ")) - entry.column)


# --- between brackets ------------------------------------------------------------------------------------------------


def replace_in_flow(entry: Entry, value: Data) -> list[Splice]:
    """Puts another value in an entry between brackets."""
    old = entry.node
    made = inline(value, in_flow=True, style=old.style)
    return [
        Splice(old.start, old.end, f" {made}" if isinstance(entry.key, str) and old.start == entry.behind else made)
    ]


def put_in_flow(source: Source, node: Node, index: int, made: str) -> list[Splice]:
    """Puts what is written on one line before entry ``index`` between brackets, or at the end."""
    if not node.entries:
        return [Splice(node.start + 1, node.end - 1, made)]
    entry = node.entries[max(0, index - 1)]
    line = source.line_of(entry.start)
    indent = source.text[source.starts[line] : entry.start]
    if index == 0:
        return [Splice(entry.start, entry.start, f"{made}, " if indent.strip() else f"{made},{source.newline}{indent}")]
    end = end_of(entry)
    rest = _ALONE.fullmatch(source.text[end : source.line_end(end)])
    if indent.strip() or rest is None:
        return [Splice(end, end, f", {made}")]
    at = source.next_line(source.line_of(end))
    if rest["comma"]:
        return [Splice(at, at, f"{indent}{made},{source.newline}")]
    return [Splice(end, end, ","), Splice(at, at, f"{indent}{made}{source.newline}")]


def end_of(entry: Entry) -> int:
    """Where the value of an entry ends, or the sign before it where there is none."""
    return max(entry.node.end, entry.behind)


def reach_in_flow(source: Source, node: Node, position: int) -> tuple[int, int]:
    """From where to where an entry between brackets reaches: its lines, with their comments, where it has its own."""
    entry = node.entries[position]
    first, last = source.line_of(entry.start), source.line_of(end_of(entry))
    alone = not source.text[source.starts[first] : entry.start].strip()
    if alone and _ALONE.fullmatch(source.text[end_of(entry) : source.ends[last]]):
        return source.starts[first], source.next_line(last)
    return entry.start, end_of(entry)


def _take_out_of_flow(source: Source, node: Node, position: int) -> list[Splice]:
    if len(node.entries) == 1:
        return [Splice(node.start, node.end, "[]" if node.style == "[" else "{}")]
    start, end = reach_in_flow(source, node, position)
    if start != node.entries[position].start:
        return [Splice(start, end)]
    if position + 1 < len(node.entries):
        return [Splice(start, node.entries[position + 1].start)]
    return [Splice(end_of(node.entries[position - 1]), end)]
