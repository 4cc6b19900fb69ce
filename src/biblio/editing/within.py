"""Where in the text of an entry its fields are set, added and taken away, in the layout that the entry has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from biblio.check.finding import Change
from biblio.check.source import aligned
from biblio.formats.bibtex.grammar import BLANK, NAME
from biblio.formats.bibtex.layout import line_of
from biblio.formats.bibtex.macros import Macros
from biblio.formats.bibtex.repeated import may_come_again
from biblio.formats.bibtex.syntax import RawEntry, RawField
from biblio.formats.bibtex.values import SyntaxFault, ValueReader

# What is left of a line behind a value: nothing, or a comma and a comment.
_REST_OF_LINE = re.compile(r"[ \t]*+(?P<comma>,)?[ \t]*+(?:%[^\n]*+)?(?=\n)")
_BLANKS = re.compile(r"[ \t]*+")
_SIGN = re.compile(r"\s*+=(?P<behind>[ \t]*+)(?P<more>\s*+)")


def changes_within(text: str, entry: RawEntry, values: Mapping[str, str | None]) -> list[Change] | None:
    """The changes of a text that give an entry some fields, by their names in lower case; ``None`` takes one away.

    The values are as they are to stand between their delimiters. Of a field that is there twice the first is set, and
    both are taken away; where the two are read as one value, the second goes when the first is set, and else it stays
    as unread as it was. ``None`` when the entry has a fault that makes the place of a field unsure.
    """
    if any(_expression(text, field) is None for field in entry.fields):
        return None
    firsts: dict[str, RawField] = {}
    for field in entry.fields:
        firsts.setdefault(field.name, field)
    gone = [
        field
        for field in entry.fields
        if field.name in values
        and (values[field.name] is None or (field is not firsts[field.name] and may_come_again(field.name)))
    ]
    kept = [field for field in entry.fields if field not in gone]
    changes: list[Change] = []
    new: list[tuple[str, str]] = []
    for name, value in values.items():
        if value is None:
            continue
        if name in firsts:
            changes.append(_setting(text, firsts[name], value))
        else:
            new.append((name, value))
    place = _Place(text, entry, kept)
    return [*changes, *(place.adding(new) if new else ()), *_taking(place, gone, is_adding=bool(new))]


def comma_behind(text: str, offset: int) -> int | None:
    """The offset of the comma behind a value or a key, wherever comments let it stand."""
    position = offset + len(_blank_behind(text, offset))
    return position if text[position : position + 1] == "," else None


def _blank_behind(text: str, offset: int) -> str:
    """The blanks and comments at an offset."""
    match = BLANK.match(text, offset)
    return match.group() if match else ""


def _reader(text: str) -> ValueReader:
    """Reads values for the sake of their places: what a macro stands for says nothing of them."""
    return ValueReader(text, Macros({}), lambda *_: None)


def _expression(text: str, field: RawField) -> int | None:
    """Where the value of a field begins, delimiter and all; ``None`` when it does not end where the field does."""
    named = NAME.match(text, field.start, field.end)
    blank = BLANK.match(text, named.end(), field.end) if named else None
    if blank is None:
        return None
    try:
        end = _reader(text).value(blank.end(), field.end)[2]
    except SyntaxFault:
        return None
    return blank.end() if end == field.end else None


def _setting(text: str, field: RawField, value: str) -> Change:
    """The change of a value, between the delimiters that it has; one made of pieces or of a macro is replaced whole."""
    start = _expression(text, field) or field.start
    end = field.end
    if text[start] == "{" and _closes(text, start, end):
        return Change(start + 1, end - 1, value)
    if text[start] == '"' and _closes(text, start, end) and _closes(f'"{value}"', 0, len(value) + 2):
        return Change(start + 1, end - 1, value)
    is_number = all(each.isascii() and each.isdigit() for each in (text[start:end], value))
    return Change(start, end, value if is_number else f"{{{value}}}")


def _closes(text: str, start: int, end: int) -> bool:
    """Whether what opens at ``start`` closes just before ``end``, and not sooner."""
    reader = _reader(text)
    closing = reader.closing_brace if text[start] == "{" else reader.closing_quote
    try:
        return closing(start + 1, end) == end
    except SyntaxFault:
        return False


@dataclass(frozen=True, slots=True)
class _Place:
    """An entry in its text, and the fields that stay in it."""

    text: str
    entry: RawEntry
    kept: Sequence[RawField]

    @property
    def last(self) -> RawField | None:
        """The last field that stays."""
        return self.kept[-1] if self.kept else None

    @property
    def is_last_ended(self) -> bool:
        """Whether a comma stands behind the last field of the entry as typed."""
        return comma_behind(self.text, self.entry.fields[-1].end) is not None

    @property
    def loses_comma(self) -> bool:
        """Whether the last field that stays becomes the last of the entry, where no comma stands behind this one."""
        return bool(self.kept) and self.kept[-1] is not self.entry.fields[-1] and not self.is_last_ended

    @property
    def begins_with_comment(self) -> bool:
        """Whether a comment stands behind fields that go away before the first one that stays."""
        gone = takewhile(lambda each: each not in self.kept, self.entry.fields)
        return any("%" in _blank_behind(self.text, each.end) for each in gone)

    def margin(self, offset: int) -> tuple[int, str]:
        """The start of the line of an offset, and what stands on it before."""
        start = self.text.rfind("\n", 0, offset) + 1
        return start, self.text[start:offset]

    def is_led(self, field: RawField) -> bool:
        """Whether the comma before a field stands at the head of its line."""
        start, before = self.margin(field.start)
        return before.strip() == "," and start > self.entry.offset

    def has_own_line(self, field: RawField) -> bool:
        """Whether nothing but blanks stands before a field on its line."""
        return not self.margin(field.start)[1].strip()

    def labelled(self, like: RawField, new: Iterable[tuple[str, str]]) -> list[str]:
        """Some fields, written in the way of another one."""
        named = NAME.match(self.text, like.start, like.end)
        name_end = like.start + (len(named["name"]) if named else 0)
        sign = _SIGN.match(self.text, name_end, like.end)
        at = self.text.find("=", name_end)
        behind = sign["behind"] if sign and not sign["more"] else " "
        return [f"{aligned(self.text, like.start, at, name)}={behind}{{{value}}}" for name, value in new]

    def adding(self, new: Sequence[tuple[str, str]]) -> list[Change]:
        """The changes that add fields behind the last one that stays."""
        if self.last is None:
            return self._behind_key(new)
        last, margin = self.last, self.margin(self.last.start)[1]
        lines = self.labelled(last, new)
        rest = _REST_OF_LINE.match(self.text, last.end, self.entry.end)
        if self.is_led(last):
            at = rest.end() if rest else last.end
            return [Change(at, at, "".join(f"\n{margin}{line}" for line in lines))]
        if rest is None or not self.has_own_line(last):
            gap = f"\n{margin}" if self.has_own_line(last) else " "
            return [Change(last.end, last.end, "".join(f",{gap}{line}" for line in lines))]
        missing = [] if rest["comma"] else [Change(last.end, last.end, ",")]
        ending = "," if self.is_last_ended else ""
        added = ",".join(f"\n{margin}{line}" for line in lines) + ending
        return [*missing, Change(rest.end(), rest.end(), added)]

    def _behind_key(self, new: Sequence[tuple[str, str]]) -> list[Change]:
        """The changes that add fields to an entry where none stays."""
        behind = self.entry.key_offset + len(self.entry.key)
        comma = comma_behind(self.text, behind)
        at = behind if comma is None else comma + 1
        start = "," if comma is None else ""
        if self.entry.fields:
            first = self.entry.fields[0]
            if self.is_led(first):
                margin = self.margin(first.start)[1]
                return [Change(behind, behind, "".join(f"\n{margin}{line}" for line in self.labelled(first, new)))]
            gap = f"\n{self.margin(first.start)[1]}" if self.has_own_line(first) else " "
            lines = ",".join(gap + line for line in self.labelled(first, new))
            return [Change(at, at, start + lines + ("," if self.is_last_ended else ""))]
        house = "".join(f"\n{line_of(name, f'{{{value}}}')}".rstrip("\n") for name, value in new)
        return [Change(at, at, start + house + ("" if "\n" in self.text[at : self.entry.end] else "\n"))]


def _taking(place: _Place, gone: Sequence[RawField], *, is_adding: bool) -> list[Change]:
    """The changes that take fields away, each with its comma, and with its line if nothing else stands there."""
    ranges = [each for field in gone for each in _ranges(place, field)]
    last = place.last
    if gone and last and place.loses_comma and not (is_adding and place.has_own_line(last)):
        comma = comma_behind(place.text, last.end)
        ranges += [(comma, comma + 1)] if comma is not None else []
    return [Change(start, end, "") for start, end in _united(ranges)]


def _ranges(place: _Place, field: RawField) -> list[tuple[int, int]]:
    """What goes away with a field; lines are never joined, as a comment would swallow what comes behind it."""
    text = place.text
    start, before = place.margin(field.start)
    if place.is_led(field):
        # The comma of the first field is that of the key, which has to come before any comment.
        is_needed = field is place.entry.fields[0] and place.begins_with_comment
        first, end, apart = start + before.index(",") + is_needed, field.end, []
    else:
        comma = comma_behind(text, field.end)
        is_near = comma is not None and not text[field.end : comma].strip()
        first, end = field.start, comma + 1 if comma is not None and is_near else field.end
        apart = [(comma, comma + 1)] if comma is not None and not is_near else []
    line_end = text.find("\n", end, place.entry.end)
    is_line_end = line_end != -1 and not text[end:line_end].strip()
    if not text[start:first].strip() and is_line_end:
        return [(start, line_end + 1), *apart]
    if is_line_end:
        return [(start + len(text[start:first].rstrip(" \t")), line_end), *apart]
    blanks = _BLANKS.match(text, end)
    if end == field.end and text[start:first].strip() and not apart:
        return [(start + len(text[start:first].rstrip(" \t")), end)]
    return [(first, blanks.end() if blanks else end), *apart]


def _united(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same stretches without overlaps."""
    united: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if united and start <= united[-1][1]:
            united[-1] = united[-1][0], max(end, united[-1][1])
        else:
            united.append((start, end))
    return united
