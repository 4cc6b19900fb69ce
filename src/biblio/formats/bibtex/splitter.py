"""Takes a BibTeX file apart, and goes on with the next entry after a fault.

The scanner is our own because those of the libraries neither give positions nor recover: see
``docs/decisions/0003-bibtex-reader.md``. Recovery rests on one observation: people start entries at the start of a
line. The heads ``@type{`` found there bound every entry from the outside, so that a brace too many or too few never
costs the next one. Each character is looked at a bounded number of times. Whatever ``@type{`` does not become an entry
is named in a diagnostic.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping

from biblio.formats.bibtex.faults import EXCERPT, FaultLog
from biblio.formats.bibtex.grammar import (
    BLANK,
    BLANK_OR_COMMA,
    BROKEN_HEAD,
    COMMAND_WORD,
    COMMON_FIELD,
    FIELD_BEHIND,
    FIELD_NEXT,
    FIELD_START,
    HEAD,
    KEY,
    KEY_WITHOUT_COMMA,
    NAME,
    ODD_IN_KEY,
    OTHER_FORMAT,
    PLAIN,
    WORDS,
    is_mention,
)
from biblio.formats.bibtex.macros import Macros
from biblio.formats.bibtex.recovery import Recovery
from biblio.formats.bibtex.syntax import Command, Definition, Positions, RawEntry, RawField, Split
from biblio.formats.bibtex.values import SyntaxFault, ValueReader
from biblio.reference.fields import BY_BIBLATEX
from biblio.reference.types import ENTRY_TYPES

INDENT = 200  # characters that a head may be indented by
WINDOW = 100_000  # characters beyond the next head in which the end of a value is sought

_COMMANDS = frozenset({"comment", "preamble", "string"})
# The names of fields in lower case, as one string each for all the entries.
_LOWER = {name: name for name in BY_BIBLATEX}
_CLOSING = {"{": "}", "(": ")"}


def split(text: str, positions: Positions, shared: Mapping[str, str] | None = None) -> Split:
    """Takes a text apart, whose line ends are line feeds; ``shared`` are the macros that other files define.

    Never raises: whatever cannot be read is named in a diagnostic of the family P.
    """
    return _Splitter(text, positions, {} if shared is None else shared).run()


class _Splitter:
    """The scanner's state: the text, where its entries may begin, and what it found."""

    def __init__(self, text: str, positions: Positions, shared: Mapping[str, str]) -> None:
        self.text = text
        self.found = Split()
        self.macros = Macros(shared)
        self.heads = list(HEAD.finditer(text))
        self.bounds = [head.start() for head in self.heads if self.begins_line(head.start())]
        self.lookahead = 2 * len(text) + WINDOW
        self.looked_ahead = False
        self.made_up = 0  # keys, for the entries that have none
        self.log = FaultLog(positions)
        self.report = report = self.log.report
        undefined = self.found.undefined

        # It does not know the scanner, which would otherwise stay in memory until the collector of cycles comes by.
        def note(offset: int, word: str) -> None:
            undefined.add(word.lower())
            report("P107", offset, len(word), macro=word)

        self.values = ValueReader(text, self.macros, note)

    def run(self) -> Split:
        position = 0  # behind the last item
        aside = 0  # the end of the last line that a comment sets aside
        inside = "P115"
        for head in self.heads:
            start = head.start()
            if start < position:
                self.set_aside(head, inside)
                continue
            if start > position:
                self.gap(position, start)
                if start >= aside and "%" in self.line_before(start, position):
                    aside = self.line_end(head.end())
            if start < aside:
                self.set_aside(head, "P114")
                position = head.end()
                continue
            inside = "P114" if head["type"].lower() == "comment" else "P115"
            position = self.item(head)
        self.gap(position, len(self.text))
        self.found.diagnostics = self.log.close()
        self.found.spent = self.macros.spent
        self.found.local = not self.made_up and not self.looked_ahead and not self.log.left_out
        return self.found

    def begins_line(self, offset: int, marks: str = " \t") -> bool:
        """Whether nothing but a few of these marks stands before an offset on its line."""
        before = self.text[max(0, offset - INDENT) : offset].rstrip(marks)
        return before.endswith("\n") or (not before and offset <= INDENT)

    def line_before(self, offset: int, start: int) -> str:
        """What stands before an offset on its line, as far as the item before it, which ends at ``start``."""
        return self.text[max(start, self.text.rfind("\n", start, offset) + 1) : offset]

    def line_end(self, offset: int) -> int:
        end = self.text.find("\n", offset)
        return len(self.text) if end == -1 else end

    # --- what is told ---

    def fault(self, fault: SyntaxFault) -> None:
        arguments = fault.arguments or ({"text": self.excerpt(fault.offset)} if fault.code == "P104" else {})
        self.report(fault.code, fault.offset, 1, **arguments)

    def excerpt(self, offset: int) -> str:
        """The start of what stands at an offset, short enough for a message."""
        return self.text[offset : offset + 60].split("\n")[0].strip()

    # --- between items ---

    def gap(self, start: int, end: int) -> None:
        """Text between items is a comment for BibTeX; what looks like a part of a broken entry is reported."""
        if self.text[start:end].isspace():
            return
        told = False
        prose = -1  # where the first line of words is
        for match in re.finditer(r"[^\n]+", self.text[start:end]):
            line = match.group().strip()
            if line.startswith("%") or not line:
                continue
            offset = start + match.start() + len(match.group()) - len(match.group().lstrip())
            broken = BROKEN_HEAD.match(line)
            if broken and (broken["type"] or broken["bare"].lower() in ENTRY_TYPES):
                self.log.tell("P113", offset, len(line), text=line[:60])
                told = True
            elif line.startswith("@") and not COMMAND_WORD.match(line) and not is_mention(line):
                self.report("P113", offset, len(line), text=line[:60])
                told = True
            elif not told and (line in ("}", "},", ")", "}}") or (line[-1] in "}," and FIELD_BEHIND.match(line))):
                self.report("P103", offset, len(line), text=line[:60])
                told = True
            elif OTHER_FORMAT.match(line):
                self.report("P124", offset, len(line), text=line[:60])
                return
            elif prose < 0 and line[0] != "@" and self.begins_line(offset) and WORDS.search(line):
                prose = offset
        # Behind a broken entry it may be a part of it, which was reported.
        if prose >= 0 and not told and not self.log.broken:
            self.report("P125", prose, 1, text=self.excerpt(prose))

    def item(self, head: re.Match[str]) -> int:
        """Reads one ``@type{…}`` and returns the offset behind it."""
        kind = head["type"].lower()
        self.log.key = None
        match kind:
            case "comment":
                end, whole = self.comment(head)
            case "preamble":
                end, whole = self.preamble(head)
            case "string":
                end, whole = self.string(head)
            case _:
                return self.entry(head, kind)
        self.found.commands.append(Command(kind, head.start(), end, whole))
        return end

    def set_aside(self, head: re.Match[str], code: str) -> None:
        """Tells of an entry that is not read because a comment (P114) or a value (P115) holds it."""
        if head["type"].lower() in _COMMANDS:
            return
        key = KEY[head["open"]].match(self.text, head.end(), head.end() + EXCERPT)
        name = key["key"].strip() if key else ""
        self.log.key = None
        # No entry is lost silently; but what stands in the middle of a line hardly is one.
        tell = self.log.tell if self.begins_line(head.start(), " \t%") else self.report
        tell(code, head.start(), len(head["type"]) + 1, type=head["type"], key=name)

    # --- commands ---

    def limit_after(self, offset: int) -> int:
        """The start of the next line that opens an item: no item reaches beyond it, unless its braces say so."""
        index = bisect_left(self.bounds, offset)
        return self.bounds[index] if index < len(self.bounds) else len(self.text)

    def look_ahead(self, limit: int, window: int) -> int:
        """How far beyond the next head the end of a value may be sought: a budget keeps the whole file linear."""
        self.looked_ahead = True
        reach = min(len(self.text), limit + window)
        if self.lookahead < reach - limit:
            return limit
        self.lookahead -= reach - limit
        return reach

    def comment(self, head: re.Match[str]) -> tuple[int, bool]:
        """A ``@comment`` hides whole entries on purpose: its braces are followed wherever they balance."""
        end = self.group_end(head)
        return (self.line_end(head.end()) if end is None else end), True

    def preamble(self, head: re.Match[str]) -> tuple[int, bool]:
        end = self.group_end(head)
        if end is None:
            self.report("P101", head.start(), type="preamble", key="")
            return self.limit_after(head.end()), False
        return end, True

    def group_end(self, head: re.Match[str]) -> int | None:
        """The offset behind the group that a head opens; ``None`` when it does not end."""
        limit = self.limit_after(head.end())
        end = self.closing(head, limit)
        if end is None and limit < len(self.text):
            end = self.closing(head, self.look_ahead(limit, len(self.text)))
        return end

    def closing(self, head: re.Match[str], limit: int) -> int | None:
        if head["open"] == "(":
            return self.text.find(")", head.end(), limit) + 1 or None
        try:
            return self.values.closing_brace(head.end(), limit)
        except SyntaxFault:
            return None

    def string(self, head: re.Match[str]) -> tuple[int, bool]:
        limit = self.limit_after(head.end())
        closing = _CLOSING[head["open"]]
        position = head.end()
        key = ""
        try:
            while True:
                position = BLANK_OR_COMMA.match(self.text, position, limit).end()  # type: ignore[union-attr]
                if self.text[position : position + 1] == closing:
                    return position + 1, True
                name = NAME.match(self.text, position, limit)
                if name is None:
                    code = "P104" if position < limit else "P101"
                    raise SyntaxFault(code, position if position < limit else head.start())
                key = key or name["name"]
                value, offset, position = self.values.value(name.end(), limit)
                self.macros.define(name["name"], value)
                self.found.definitions.append(Definition(name["name"].lower(), value, offset))
        except SyntaxFault as fault:
            if fault.code == "P101":
                fault.arguments = {"type": "string", "key": key}
            self.fault(fault)
            return limit, False

    # --- entries ---

    def entry(self, head: re.Match[str], kind: str) -> int:
        limit = self.limit_after(head.end())
        closing = _CLOSING[head["open"]]
        self.log.broken = False
        key, key_offset, position, keyless = self.citekey(head, kind, limit)
        self.log.key = key
        fields, position, fault = self.fields(position, limit, closing)
        if fault is None:
            behind = FIELD_BEHIND.match(self.text, position, limit)
            if behind is not None:
                self.report("P112", position - 1, key=key)
                position = self.recover(fields, behind.start("name"), limit, closing, fault)
        elif fault.code == "P101":
            if fields and FIELD_START.search(self.text, fields[-1].offset, fields[-1].end):
                # Its last value has swallowed the fields behind it, and the brace that was to close it.
                position = self.recover(fields, fields.pop().start, limit, closing, None)
            else:
                self.report("P101", head.start(), type=kind, key=key)
                position = limit
        else:
            reached = self.beyond(fields, position, limit, closing, fault)
            position = reached or self.recover(fields, position, limit, closing, fault)
        self.found.entries.append(
            RawEntry(kind, key, tuple(fields), head.start(), key_offset, position, not self.log.broken, keyless),
        )
        self.log.key = None
        return position

    def citekey(self, head: re.Match[str], kind: str, limit: int) -> tuple[str, int, int, bool]:
        """The key of an entry, its offset, where its fields begin, and whether it had to be made up."""
        match = KEY[head["open"]].match(self.text, head.end(), limit)
        missing_comma = match is None
        if match is None:
            match = KEY_WITHOUT_COMMA.match(self.text, head.end(), limit)
        key = match["key"].strip() if match else ""
        if match is not None and key:
            if missing_comma:
                self.log.key = key
                self.report("P118", match.end("key"), 1, key=key)
            odd = ODD_IN_KEY.findall(key)
            if odd:
                signs = " ".join("␣" if sign.isspace() else sign for sign in dict.fromkeys(odd))
                self.log.key = key
                self.report("P121", match.start("key"), len(key), key=key, characters=signs)
            return key, match.start("key"), match.end(), False
        self.made_up += 1
        key = f"sans-cle-{self.made_up}"
        self.log.key = key
        self.report("P105", head.start(), head.end() - head.start(), type=kind, key=key)
        return key, head.end(), match.end() if match else head.end(), True

    def fields(
        self,
        position: int,
        limit: int,
        closing: str,
    ) -> tuple[list[RawField], int, SyntaxFault | None]:
        """Reads ``name = value`` pairs up to the closing delimiter.

        Returns them with the offset behind the entry; with the first fault, if there is one, and then the offset at
        which the field concerned begins.
        """
        fields: list[RawField] = []
        text, common, lower, new = self.text, COMMON_FIELD.match, _LOWER.get, tuple.__new__
        while True:
            match = common(text, position, limit)
            if match is not None:
                value, name, end = match.lastindex or 0, lower(match[1]) or match[1].lower(), match.end()
                # What ``RawField`` does, in one call less for each of very many fields.
                fields.append(
                    new(RawField, (name, match[value], match.start(value), match.start(1), end, value == PLAIN)),
                )
                position = end
                continue
            position = BLANK_OR_COMMA.match(text, position, limit).end()  # type: ignore[union-attr]
            if position >= limit:
                return fields, position, SyntaxFault("P101", position)
            if text[position] == closing:
                return fields, position + 1, None
            named = NAME.match(text, position, limit)
            if named is None:
                return fields, position, SyntaxFault("P104", position)
            try:
                found, offset, end = self.values.value(named.end(), limit)
            except SyntaxFault as fault:
                return fields, position, fault
            after = BLANK.match(text, end, limit).end()  # type: ignore[union-attr]
            if after < limit and text[after] != "," and text[after] != closing:
                if not FIELD_NEXT.match(text, after, limit):
                    return fields, position, SyntaxFault("P104", after)
                self.report("P106", end - 1, field=named["name"])
            fields.append(RawField(named["name"].lower(), found, offset, position, end))
            position = end

    def beyond(
        self,
        fields: list[RawField],
        position: int,
        limit: int,
        closing: str,
        fault: SyntaxFault,
    ) -> int | None:
        """The end of an entry that goes on beyond a line that looks like the head of another one.

        It does when a value that holds this line ends properly, and the whole entry with it; but not when something
        was closed just before that line, as one entry is before the next.
        """
        if fault.code != "P102" or self.text[max(0, limit - EXCERPT) : limit].rstrip()[-1:] in ("}", ")"):
            return None
        reach = self.look_ahead(limit, WINDOW)
        if reach == limit:
            return None
        self.log.muted = True
        more, end, failed = self.fields(position, reach, closing)
        self.log.muted = False
        following = self.text[end : end + 20].lstrip(" \t")[:1]
        if failed is not None or following not in ("", "\n", "%") or FIELD_BEHIND.match(self.text, end, end + EXCERPT):
            return None
        # Once more, for its warnings.
        fields += self.fields(position, reach, closing)[0] if more else []
        return end

    def head_behind_brace(self, position: int, limit: int) -> int:
        """The next head between two offsets that stands behind a closing brace or a comma."""
        for index in range(bisect_left(self.heads, position, key=re.Match.start), len(self.heads)):
            start = self.heads[index].start()
            if start >= limit:
                break
            if self.text[max(0, start - 20) : start].rstrip()[-1:] in ("}", ")", ","):
                return start
        return limit

    def recover(
        self,
        fields: list[RawField],
        position: int,
        limit: int,
        closing: str,
        fault: SyntaxFault | None,
    ) -> int:
        """Reads what is left of a damaged entry, field by field; returns the offset behind it."""
        recovery = Recovery(self.values, self.report, self.excerpt)
        end = recovery.read(position, self.head_behind_brace(position, limit), closing)
        fields += recovery.fields
        if fault is not None and not recovery.told:
            self.fault(fault)
        return end
