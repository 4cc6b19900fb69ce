"""Names the slip of the keyboard behind a text that is not YAML, at the line where it was made.

A YAML parser tells where it could not go on, which is often lines below the slip: a quote that is never closed is met
at the end of the file. Here the tokens before that place, and the line as it was typed, say what was meant.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple

import yaml

# The spaces that a French keyboard or a word processor types before a colon, and those of other typographies.
NO_BREAK = "\u00a0\u2007\u202f\u2060\u3000\ufeff"
_CURLY = "“”„‘’‚"
_OPENING_CURLY = re.compile(r"(?:^|[:\-\[,{])[ \t]*(?P<sign>[“„‘‚])")
_TAB = re.compile(r"[ ]*(?:-[ ]*)*(?P<sign>\t)|[^\"'#:]*:[ ]*(?P<behind>\t)")
_SPACE = re.compile(
    rf"[ \t]*(?:(?P<first>[{NO_BREAK}])|(?:-[ ]+)*(?:-(?P<dash>[{NO_BREAK}])|[\w-]+(?P<before>[{NO_BREAK}])[ ]*:"
    rf"|[\w-]+:(?P<behind>[{NO_BREAK}])))"
)
# A dash or a key that its value touches; an address is no key.
_DASH = re.compile(r"[ \t]*(?:- +)*(?P<sign>-)(?=[^\W\d_][\w-]*[ ]*:(?:[ ]|$))")
_COLON = re.compile(r"[ \t]*(?:- +)*(?!https?:|ftp:|mailto:|doi:)[^\W\d_][\w-]*(?P<sign>:)(?=[^\s/:])", re.IGNORECASE)
# What is typed for a colon behind a key, for the dash of an item, for the number sign of a comment.
_FOR_A_COLON = re.compile(r"[ \t]*(?:- +)*[^\W\d_][\w-]*[ ]*(?P<sign>[=：﹕∶])")
_FOR_A_DASH = re.compile(r"[ \t]*(?P<sign>[–—−•·▪‣●◦])(?=[ \u00a0])")
_FOR_A_HASH = re.compile(r"[ \t]*(?P<sign>//|;)(?=[ ])")
_INSTEAD = ((_FOR_A_COLON, ":"), (_FOR_A_DASH, "-"), (_FOR_A_HASH, "#"))
_KEY_LINE = re.compile(r"[ \t]*(?:- +)*[^\W\d_][\w-]*[ ]*:(?:[ ]|$)")
_DASHED = re.compile(r"-[^\W\d_]")
_QUOTES = ("'", '"')
_CLOSING = {"[": "]", "{": "}"}
_FLOW_STARTS = (yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken)
_FLOW_ENDS = (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken)


class Mistake(NamedTuple):
    """A fault's code, where it stands in the text, and what its message names."""

    code: str
    offset: int
    length: int = 1
    arguments: Mapping[str, str] = {}


def mistake_of(text: str, error: yaml.MarkedYAMLError) -> Mistake | None:
    """The mistake that made a text unreadable; ``None`` where there is nothing better to say than the parser does."""
    mark = error.problem_mark or error.context_mark
    return None if mark is None else _Search(text, error, min(mark.index, len(text))).found()


def odd_key(name: str) -> Mistake | None:
    """The mistake in a key that no model has: a space that is none, a dash without its space, curly quotes.

    The offset counts from the first character of the key.
    """
    for position, character in enumerate(name):
        if character in NO_BREAK:
            return Mistake("D140", position)
        if character in _CURLY and position == 0:
            return Mistake("D129", position)
    return Mistake("D132", 0, 1, {"sign": "-"}) if _DASHED.match(name) else None


def bare_key(name: str) -> str:
    """A key without the characters that ``odd_key`` takes exception to."""
    return name.strip(NO_BREAK + _CURLY + "- ")


def touching(value: str) -> Mistake | None:
    """The mistake in a text that stands where keys are expected: ``title:Mon titre``."""
    match = _COLON.match(value)
    if match:
        return Mistake("D132", match.start("sign"), 1, {"sign": ":"})
    return instead(value) or odd_key(value)


def instead(line: str) -> Mistake | None:
    """The sign at the head of a line, or behind its key, that stands for one of YAML's: ``= `` for a colon."""
    for pattern, right in _INSTEAD:
        if match := pattern.match(line):
            return Mistake("D143", match.start("sign"), len(match["sign"]), {"sign": match["sign"], "right": right})
    return None


def dash_instead(value: str) -> Mistake | None:
    """The bullet or the long dash that was typed before an item."""
    match = _FOR_A_DASH.match(value)
    return Mistake("D143", match.start("sign"), 1, {"sign": match["sign"], "right": "-"}) if match else None


def is_dashed(source: str, node: yaml.ScalarNode) -> bool:
    """Whether a plain value begins a line of its own with a dash that touches it: an item without its space."""
    start = node.start_mark.index
    before = source[source.rfind("\n", 0, start) + 1 : start]
    return node.style is None and not before.strip() and _DASHED.match(node.value) is not None


def sign_first(node: yaml.Node) -> str:
    """The sign of YAML at the head of what was most likely meant for a text: ``title: {A}``, ``title: [A]``."""
    if isinstance(node, yaml.ScalarNode):
        return "!" if node.tag.startswith("!") and not node.value else ""
    if not isinstance(node, yaml.CollectionNode) or not node.flow_style or not node.value:
        return ""
    words = [value for _, value in node.value] if isinstance(node, yaml.MappingNode) else node.value
    if not all(isinstance(each, yaml.ScalarNode) for each in words):
        return ""
    if isinstance(node, yaml.MappingNode):
        return "" if any(each.value for each in words) else "{"
    return "["


def cut_at(source: str, node: yaml.ScalarNode) -> int | None:
    """The offset of the ``#`` that ends a plain value on its line; ``None`` where nothing was cut."""
    if node.style is not None or not node.value:
        return None
    end: int = node.end_mark.index
    line_end = source.find("\n", end)
    rest = source[end : len(source) if line_end == -1 else line_end]
    behind = rest.lstrip(" \t")
    return end + len(rest) - len(behind) if behind.startswith("#") and behind != rest else None


def colon_inside(source: str, node: yaml.Node) -> int | None:
    """The offset of the colon that made one pair of what stands where a text is expected: ``- Santé : un défi``."""
    if not isinstance(node, yaml.MappingNode) or node.flow_style or len(node.value) != 1:
        return None
    key, _ = node.value[0]
    if not isinstance(key, yaml.ScalarNode) or key.style is not None:
        return None
    return source.index(":", key.end_mark.index)


def curly(value: str) -> bool:
    """Whether a whole value stands between curly quotes, which were most likely meant to hold it."""
    return len(value) > 2 and value[0] + value[-1] in ("“”", "„“", "„”", "‘’", "‚‘")


class _Search:
    """One unreadable text: the offset at which its parser stopped, and the tokens before it."""

    def __init__(self, text: str, error: yaml.MarkedYAMLError, at: int) -> None:
        self.text = text
        self.at = at
        self.problem = error.problem or ""
        self.context = error.context or ""
        self.context_at = error.context_mark.index if error.context_mark else at
        self.starts = [0, *(match.end() for match in re.finditer(r"\n", text))]
        self.tokens = _tokens_before(text, at)

    def found(self) -> Mistake | None:
        """The mistake: first what a line shows whatever the parser says, then what the tokens show."""
        last = self.tokens[-1] if self.tokens else None
        first = min(self.context_at, last.start_mark.index if last else self.at, self.at)
        if "quoted scalar" not in self.context:
            for line in range(self.line_of(self.at), self.line_of(first) - 1, -1):
                typed = self.typed(line)
                if typed is not None:
                    return typed
        return self.unclosed() or self.from_tokens(last) or self.from_problem(last)

    def line_of(self, offset: int) -> int:
        return bisect_right(self.starts, offset) - 1

    def line(self, number: int) -> str:
        end = self.starts[number + 1] - 1 if number + 1 < len(self.starts) else len(self.text)
        return self.text[self.starts[number] : end]

    def typed(self, number: int) -> Mistake | None:
        """What the characters of one line show."""
        line, start = self.line(number), self.starts[number]
        if line.lstrip().startswith("#"):
            return None
        if match := _TAB.match(line):
            return Mistake("D139", start + _sign(match))
        if match := _SPACE.match(line):
            return Mistake("D140", start + _sign(match))
        if match := _OPENING_CURLY.search(line):
            return Mistake("D129", start + _sign(match))
        if match := _DASH.match(line):
            return Mistake("D132", start + _sign(match), 1, {"sign": "-"})
        if match := _COLON.match(line):
            return Mistake("D132", start + _sign(match), 1, {"sign": ":"})
        if mistake := instead(line):
            return mistake._replace(offset=start + mistake.offset)
        return None

    def unclosed(self) -> Mistake | None:
        """A quote or a bracket that is opened and never closed."""
        if "quoted scalar" in self.context and "end of stream" in self.problem:
            return Mistake("D131", self.context_at, 1, {"sign": self.text[self.context_at : self.context_at + 1]})
        last = self.tokens[-1] if self.tokens else None
        if isinstance(last, yaml.ScalarToken) and last.style in _QUOTES:
            begun, ended = last.start_mark, last.end_mark
            lines = range(self.line_of(begun.index) + 1, self.line_of(ended.index) + 1)
            if any(_KEY_LINE.match(self.line(number)) for number in lines):
                return Mistake("D131", begun.index, 1, {"sign": str(last.style)})
        open_flows: list[int] = []
        for token in self.tokens:
            if isinstance(token, _FLOW_STARTS):
                open_flows.append(token.start_mark.index)
            elif isinstance(token, _FLOW_ENDS) and open_flows:
                open_flows.pop()
        if open_flows and not self.is_balanced(open_flows[0]):
            sign = self.text[open_flows[0]]
            return Mistake("D131", open_flows[0], 1, {"sign": sign})
        return None

    def is_balanced(self, start: int) -> bool:
        """Whether a bracket is closed before the next line that is as far left as its own and begins with a key."""
        opening = self.text[start]
        number = self.line_of(start)
        indent = _indent(self.line(number))
        end = len(self.text)
        for below in range(number + 1, len(self.starts)):
            line = self.line(below)
            if line.strip() and _indent(line) <= indent and _KEY_LINE.match(line):
                end = self.starts[below]
                break
        passage = self.text[start:end]
        return passage.count(opening) <= passage.count(_CLOSING[opening])

    def from_tokens(self, last: yaml.Token | None) -> Mistake | None:
        """What comes behind a value on its own line."""
        if last is None or self.line_of(last.end_mark.index) != self.line_of(self.at):
            return None
        if isinstance(last, yaml.ScalarToken) and last.style in _QUOTES:
            # Two texts without their comma are no text with a quote in it.
            return None if self.text[self.at : self.at + 1] in _QUOTES else self.quote_inside(last)
        if isinstance(last, _FLOW_ENDS) and "<block end>" in self.problem:
            depth = 0
            for token in reversed(self.tokens):
                depth += isinstance(token, _FLOW_ENDS) - isinstance(token, _FLOW_STARTS)
                if depth == 0:
                    offset = token.start_mark.index
                    return Mistake("D134", offset, 1, {"sign": self.text[offset]})
        return None

    def quote_inside(self, last: yaml.ScalarToken) -> Mistake:
        """A quoted text that goes on behind its second quote."""
        return Mistake("D130", last.end_mark.index - 1, 1, {"sign": str(last.style)})

    def from_problem(self, last: yaml.Token | None) -> Mistake | None:
        """What the parser's own words stand for."""
        if "mapping values are not allowed" in self.problem:
            if isinstance(last, yaml.ScalarToken) and self.line_of(last.start_mark.index) == self.line_of(self.at):
                return Mistake("D133", self.at)
            return self.misaligned()
        if "are not allowed here" in self.problem:  # « title: - A », « title: ? A »
            return Mistake("D134", self.at, 1, {"sign": self.text[self.at : self.at + 1]})
        if "cannot start any token" in self.problem:
            sign = self.text[self.at : self.at + 1]
            return Mistake("D139", self.at) if sign == "\t" else Mistake("D134", self.at, 1, {"sign": sign})
        if self.context.removeprefix("while scanning ") in ("an alias", "an anchor", "a block scalar"):
            offset = self.context_at
            return Mistake("D134", offset, 1, {"sign": self.text[offset : offset + 1]})
        if "<block end>" in self.problem:
            return self.misaligned()
        return None

    def misaligned(self) -> Mistake | None:
        """A line whose first character is not under that of its neighbours."""
        line = self.line_of(self.at)
        indent = _indent(self.line(line))
        return Mistake("D138", self.starts[line] + indent)


def _sign(match: re.Match[str]) -> int:
    """Where the character stands that a pattern has a group for."""
    return match.start(match.lastgroup or 0)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _tokens_before(text: str, at: int) -> Sequence[yaml.Token]:
    """The tokens with characters of their own that begin before an offset, as far as the text can be scanned."""
    found: list[yaml.Token] = []
    loader = yaml.SafeLoader(text)
    try:
        # What stands behind is not scanned: brackets that open by the thousand cost the scanner their square.
        while loader.check_token() and loader.peek_token().start_mark.index < at:  # type: ignore[no-untyped-call]
            found.append(loader.get_token())  # type: ignore[no-untyped-call]
    except yaml.YAMLError:
        found += loader.tokens  # those that waited for more: a key may still become one
    finally:
        loader.dispose()
    own = (token for token in found if token.end_mark.index > token.start_mark.index)
    return list(takewhile(lambda each: each.start_mark.index < at, own))


def repeated(text: str) -> Iterator[str]:
    """The keys that a mapping of a YAML file gives twice, in words: PyYAML keeps the last value and says nothing.

    Raises ``yaml.YAMLError`` for a text that is not YAML.
    """
    waiting, seen = [yaml.compose(text, yaml.SafeLoader)], set()
    while waiting:
        node = waiting.pop()
        if id(node) in seen:  # what an alias stands for
            continue
        seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            waiting.extend(node.value)
        elif isinstance(node, yaml.MappingNode):
            first: dict[str, int] = {}
            for key, value in node.value:
                waiting.append(value)
                line = key.start_mark.line + 1
                if str(key.value) in first:
                    yield f"{key.value}: lines {first[str(key.value)]} and {line}, the last alone is read"
                first.setdefault(str(key.value), line)
