"""Finds the entries of a BibTeX file and the place of each field, and goes on with the next entry after a fault.

Source: the grammar of BibTeX's ``.bib`` files (O. Patashnik, *BibTeXing*, 1988; biblatex manual § 2). The scanner is
our own because those of the libraries neither give positions nor recover: see
``docs/decisions/0003-bibtex-reader.md``.

Recovery rests on one observation: people start entries at the start of a line. The heads ``@type{key,`` found there
bound every entry from the outside, so that a brace too many or too few never costs the next one. Each character is
looked at a bounded number of times.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from biblio.diagnostics import Diagnostic, Span, diagnose

# 100 doublings of a macro make a value of 2^100 characters: a budget for all expansions of one file.
EXPANSION_BUDGET = 10_000_000
# Looking for the end of a value that has none goes to the end of its entry: so often in one file, then no more.
UNCLOSED_BUDGET = 100

MONTHS = {name: str(number) for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}

_HEAD = re.compile(r"@[ \t]*(?P<type>[A-Za-z][\w*+.-]*)[ \t\n]*(?P<open>[{(])")
_LINE_HEAD = re.compile(r"^[ \t]*@[ \t]*[A-Za-z][\w*+.-]*[ \t]*[{(]", re.MULTILINE)
# Lines that were meant to open an entry: « @misckey, title = », « @{key, », and « misc{key, ».
_AT_LINE = re.compile(r"^[ \t]*(?P<line>@(?![ \t]*comment\b)[^\n]*[{=][^\n]*)", re.MULTILINE | re.IGNORECASE)
_TYPE_LINE = re.compile(r"[A-Za-z]+[ \t]*\{[^\s,={}]+,")
_KEY = re.compile(r"[ \t\n]*(?P<key>[^,={}()\n\"]*?)[ \t\n]*(?P<end>[,})]|(?=\n))")
_FIELD = re.compile(r"(?P<name>[^\s=,{}\"#%()@]+)\s*=\s*")
_LINE_FIELD = re.compile(r"^[ \t]*,?[ \t]*[A-Za-z][\w:.-]*[ \t]*=[ \t]*(?:[{\"\d]|[A-Za-z]+\s*[#,\n])", re.MULTILINE)
_BRACE = re.compile(r"[{}]")
_QUOTE_OR_BRACE = re.compile(r"[{}\"]")
_BARE = re.compile(r"[^\s,{}\"#%()=@]+")
_BLANK = re.compile(r"(?:\s|%[^\n]*\n)*")


@dataclass(frozen=True, slots=True)
class RawField:
    """A field as typed: its name, its value without delimiters (macros expanded), and the offset of that value."""

    name: str
    value: str
    offset: int


@dataclass(frozen=True, slots=True)
class RawEntry:
    """An entry as typed: type in lower case, key, fields in order, and the offsets of its start, key and end."""

    type: str
    key: str
    fields: tuple[RawField, ...]
    offset: int
    key_offset: int
    end: int


@dataclass(slots=True)
class Split:
    """What a file holds: its entries and ``@string`` macros, with the faults met on the way."""

    entries: list[RawEntry] = field(default_factory=list)
    macros: dict[str, str] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)


class Positions:
    """Turns offsets into spans of one file."""

    def __init__(self, text: str, path: str) -> None:
        self.path = path
        self._starts = [0, *(match.end() for match in re.finditer(r"\n", text))]

    def span(self, offset: int, length: int = 1) -> Span:
        """The span of ``length`` characters at ``offset``."""
        line = bisect_right(self._starts, offset)
        return Span(self.path, line, offset - self._starts[line - 1] + 1, max(1, length))


def split(text: str, positions: Positions, macros: Mapping[str, str] | None = None) -> Split:
    """Takes a file apart. ``text`` has line feeds alone for line ends; ``macros`` are those that other files define.

    Never raises: whatever cannot be read is named in a diagnostic of the family P.
    """
    return _Splitter(text, positions, macros or {}).run()


class _SyntaxFault(Exception):  # noqa: N818  # a fault of the file, not of the program
    """A fault inside one entry, at an offset."""

    def __init__(self, code: str, offset: int, **arguments: str) -> None:
        super().__init__(code)
        self.code, self.offset, self.arguments = code, offset, arguments


class _Splitter:
    """The scanner's state: the text, where it is, and what it found."""

    def __init__(self, text: str, positions: Positions, macros: Mapping[str, str]) -> None:
        self.text = text
        self.positions = positions
        self.macros = {**MONTHS, **macros}
        self.found = Split()
        self.budget = EXPANSION_BUDGET
        self.unclosed = 0
        self.heads = [match.start() for match in _LINE_HEAD.finditer(text)]
        self.at_lines = {match.start("line"): match["line"] for match in _AT_LINE.finditer(text)}

    def run(self) -> Split:
        position = 0
        while (at := self.text.find("@", position)) != -1:
            self.report_stray(position, at)
            head = _HEAD.match(self.text, at)
            if head and not self.is_comment_line(at):
                position = self.item(head)
            elif line := self.at_lines.get(at):
                self.report("P103", at, None, len(line.rstrip()), text=line.rstrip()[:60])
                position = at + len(line)
            else:
                position = at + 1
        self.report_stray(position, len(self.text))
        return self.found

    def report(self, code: str, offset: int, citekey: str | None = None, length: int = 1, /, **arguments: str) -> None:
        self.found.diagnostics.append(diagnose(code, self.positions.span(offset, length), citekey, **arguments))

    def is_comment_line(self, at: int) -> bool:
        """Whether ``%`` opens the line before ``at``: a documentalist's way to set an entry aside."""
        return self.text[self.text.rfind("\n", 0, at) + 1 : at].lstrip().startswith("%")

    def report_stray(self, start: int, end: int) -> None:
        """Text between entries is a comment for BibTeX; what looks like the rest of a broken entry is reported."""
        for match in re.finditer(r"[^\n]+", self.text[start:end]):
            line = match.group().strip()
            is_field = line[-1:] in "}," and _LINE_FIELD.match(line)
            first = start + match.start()
            is_head = _TYPE_LINE.match(line) and (first == 0 or self.text[first - 1] == "\n")
            if line in ("}", "},", ")") or is_field or is_head:
                offset = first + len(match.group()) - len(match.group().lstrip())
                self.report("P103", offset, None, len(line), text=line[:60])
                return

    def limit_after(self, offset: int) -> int:
        """The start of the next line that opens an entry: no entry reaches beyond it."""
        index = bisect_right(self.heads, offset)
        return self.heads[index] if index < len(self.heads) else len(self.text)

    def item(self, head: re.Match[str]) -> int:
        """Reads one ``@…{…}`` and returns the offset behind it."""
        kind = head["type"].lower()
        if kind == "comment":
            return self.skip_comment(head)
        limit = self.limit_after(head.end())
        match kind:
            case "preamble":
                return self.skip_preamble(head, limit)
            case "string":
                return self.read_string(head, limit)
            case _:
                return self.read_entry(head, kind, limit)

    def skip_comment(self, head: re.Match[str]) -> int:
        """A ``@comment`` hides whole entries on purpose: its braces are followed wherever they balance."""
        with suppress(_SyntaxFault):
            if head["open"] == "(":
                return head.end()
            if self.unclosed <= UNCLOSED_BUDGET:
                return self.closing_brace(head.end(), len(self.text))
        line_end = self.text.find("\n", head.end())
        return len(self.text) if line_end == -1 else line_end

    def skip_preamble(self, head: re.Match[str], limit: int) -> int:
        try:
            return self.closing_brace(head.end(), limit) if head["open"] == "{" else head.end()
        except _SyntaxFault:
            self.report("P101", head.start(), type="preamble", key="")
            return limit

    def read_string(self, head: re.Match[str], limit: int) -> int:
        position = _BLANK.match(self.text, head.end()).end()  # type: ignore[union-attr]  # matches the empty string
        try:
            name = _FIELD.match(self.text, position, limit)
            if name is None:
                raise _SyntaxFault("P104", position, text=self.excerpt(position, limit))
            value, _, position = self.value(name.end(), limit, None)
            self.macros[name["name"].lower()] = self.found.macros[name["name"].lower()] = value
            position = _BLANK.match(self.text, position, limit).end()  # type: ignore[union-attr]
            if self.text[position : position + 1] not in ("}", ")"):
                raise _SyntaxFault("P101", head.start(), type="string", key=name["name"])
            return position + 1
        except _SyntaxFault as fault:
            self.report(fault.code, fault.offset, None, **fault.arguments)
            return limit

    def read_entry(self, head: re.Match[str], kind: str, limit: int) -> int:
        key_match = _KEY.match(self.text, head.end(), limit)
        if key_match is None or "=" in key_match["key"] or _FIELD.match(self.text, key_match.start("key"), limit):
            key, key_offset, position = "", head.end(), head.end()
        else:
            key, key_offset = key_match["key"], key_match.start("key")
            position = key_match.start("end") if key_match["end"] in ("}", ")") else key_match.end()
        if not key:
            line = self.positions.span(head.start()).line
            key = f"sans-cle-{line}"
            self.report("P105", head.start(), key, head.end() - head.start(), type=kind, key=key)
        fields: list[RawField] = []
        closing = "}" if head["open"] == "{" else ")"
        end = self.read_fields(position, limit, closing, key, fields, head)
        self.found.entries.append(RawEntry(kind, key, tuple(fields), head.start(), key_offset, end))
        return end

    def read_fields(
        self,
        position: int,
        limit: int,
        closing: str,
        key: str,
        fields: list[RawField],
        head: re.Match[str],
    ) -> int:
        """Reads ``name = value`` pairs into ``fields`` up to the closing delimiter; returns the offset behind it."""
        while True:
            position = _BLANK.match(self.text, position, limit).end()  # type: ignore[union-attr]
            if position >= limit:
                self.report("P101", head.start(), key, type=head["type"], key=key)
                return limit
            character = self.text[position]
            if character == closing:
                return position + 1
            if character == ",":
                position += 1
                continue
            try:
                name = _FIELD.match(self.text, position, limit)
                if name is None:
                    raise _SyntaxFault("P104", position, text=self.excerpt(position, limit))
                value, offset, position = self.value(name.end(), limit, key)
                fields.append(RawField(name["name"].lower(), value, offset))
                position = _BLANK.match(self.text, position, limit).end()  # type: ignore[union-attr]
                if position < limit and self.text[position] not in f",{closing}":
                    self.report("P106", position, key, field=name["name"])
            except _SyntaxFault as fault:
                self.report(fault.code, fault.offset, key, 1, **fault.arguments)
                position = self.resume(max(position, fault.offset), limit, closing)

    def resume(self, position: int, limit: int, closing: str) -> int:
        """Where to go on inside a broken entry: its next line that looks like a field, else its end."""
        if self.unclosed > UNCLOSED_BUDGET:
            return limit
        following = _LINE_FIELD.search(self.text, min(position + 1, limit), limit)
        if following is not None:
            return following.start()
        last = self.text.rfind(closing, position, limit)
        return last if last != -1 else limit

    def value(self, position: int, limit: int, key: str | None) -> tuple[str, int, int]:
        """Reads pieces joined by ``#``: the value, the offset of its first character, the offset behind it."""
        pieces: list[str] = []
        first = -1
        while True:
            position = _BLANK.match(self.text, position, limit).end()  # type: ignore[union-attr]
            piece, start, position = self.piece(position, limit, key)
            pieces.append(piece)
            first = start if first == -1 else first
            after = _BLANK.match(self.text, position, limit).end()  # type: ignore[union-attr]
            if after >= limit or self.text[after] != "#":
                value = pieces[0] if len(pieces) == 1 else "".join(pieces)
                return value, first, position
            position = after + 1

    def piece(self, position: int, limit: int, key: str | None) -> tuple[str, int, int]:
        """Reads one delimited string, number or macro."""
        character = self.text[position : position + 1] if position < limit else ""
        if character == "{":
            end = self.closing_brace(position + 1, limit)
            return self.text[position + 1 : end - 1], position + 1, end
        if character == '"':
            end = self.closing_quote(position + 1, limit)
            return self.text[position + 1 : end - 1], position + 1, end
        bare = _BARE.match(self.text, position, limit)
        if bare is None:
            raise _SyntaxFault("P104", position, text=self.excerpt(position, limit))
        word = bare.group()
        if word.isdigit():
            return word, position, bare.end()
        expansion = self.macros.get(word.lower())
        if expansion is None:
            self.report("P107", position, key, len(word), macro=word)
            return word, position, bare.end()
        self.budget -= len(expansion)
        if self.budget < 0:
            raise _SyntaxFault("P108", position, macro=word)
        return expansion, position, bare.end()

    def closing_brace(self, position: int, limit: int) -> int:
        """The offset behind the brace that closes the one just before ``position``."""
        depth = 1
        for match in _BRACE.finditer(self.text, position, limit):
            depth += 1 if match.group() == "{" else -1
            if depth == 0:
                return match.end()
        self.unclosed += 1
        raise _SyntaxFault("P102", position - 1)

    def closing_quote(self, position: int, limit: int) -> int:
        """The offset behind the quote that ends a value; quotes inside braces are characters."""
        depth = 0
        for match in _QUOTE_OR_BRACE.finditer(self.text, position, limit):
            if match.group() == '"':
                if depth == 0:
                    return match.end()
            else:
                depth += 1 if match.group() == "{" else -1
                if depth < 0:
                    break
        self.unclosed += 1
        raise _SyntaxFault("P102", position - 1)

    def excerpt(self, position: int, limit: int) -> str:
        """The start of what stands at ``position``, short enough for a message."""
        return self.text[position : min(limit, position + 40)].split("\n")[0].strip()
