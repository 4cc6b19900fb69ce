r"""Everyday mathematics to text: Greek letters, signs, units, exponents and indices.

A formula becomes text when all of its commands have one; a fraction, a matrix or a command of somebody's own keeps the
whole formula as typed, and is named. Characters are those of pylatexenc's table; alphabets (``\mathbb{R}``) and accents
are Unicode's. Sources: LaTeX2e reference manual § 16; amsmath and amssymb user's guides; siunitx and mhchem manuals.
"""

from __future__ import annotations

import re
import unicodedata

from biblio.formats.bibtex.commands import MAX_DEPTH
from biblio.formats.bibtex.math_commands import (
    ACCENTS,
    ALPHABETS,
    EARLY,
    FUNCTIONS,
    KEEP_BLANKS,
    LONG_ACCENTS,
    NOTHING,
    SAME,
    SKIPPED,
    SPACES,
    WRAPPERS,
    command_characters,
)
from biblio.formats.bibtex.quantities import chemical, number, unit
from biblio.text.inline import Inline, Rich, Sub, Sup, Text, merge, plain

_TOKEN = re.compile(r"\\(?P<word>[A-Za-z]++\*?)(?P<blank>\s*+)|\\(?P<sign>.)|(?P<blanks>\s++)|(?P<other>.)", re.DOTALL)
# « $5 et 6 », between two prices: words apart from commands and groups are no formula.
_PROSE = re.compile(r"(?:^|\s)[^\W\d_]{2,}\s|\s[^\W\d_]{3,}(?:\s|$)|[,;.!?]\s+[^\W\d_]{2,}")
_COMMANDS_AND_GROUPS = re.compile(r"\\[A-Za-z]++\*?\s*+|\\.|\{[^{}]*+\}")
_MICRO = re.compile(
    r"(?<![^\W\d_])μ(?=[\u00a0\u202f]?"
    r"(?:m|g|l|L|s|M|A|V|W|F|H|N|J|T|S|K|Ω|mol|Pa|Hz|Sv|Gy|Bq|eV|rad)(?:$|[^\w-]|[²³]))",
)


class _NotTextError(Exception):
    """A formula has no text: it is prose between two prices, or nested too deep."""


def math_text(formula: str) -> tuple[Rich | None, list[str]]:
    """The text of a formula without its dollars, or ``None`` when it has none, with the commands that stand in the way.

    A formula that is none, ``5 et 6``, has no text and no such command.
    """
    if _PROSE.search(_COMMANDS_AND_GROUPS.sub("", formula)):
        return None, []
    reader = _Formula(formula)
    try:
        rich = reader.until("")
    except _NotTextError:
        return None, reader.unknown or ["…"]
    return (None, reader.unknown) if reader.unknown else (merge(rich), [])


def with_micro(text: str) -> str:
    """The text with the sign for a millionth, where a Greek mu stands before a unit."""
    return _MICRO.sub("µ", text) if "μ" in text else text


class _Formula:
    """Reads one formula from left to right."""

    def __init__(self, source: str) -> None:
        self.tokens = list(_TOKEN.finditer(source))
        self.place = 0
        self.depth = 0
        self.unknown: list[str] = []
        self.blanks = False  # whether blanks count, as they do inside \text{}

    def until(self, end: str) -> Rich:
        """What stands before ``end``, a closing brace, or the end of the formula."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise _NotTextError
        found: list[Inline] = []
        while self.place < len(self.tokens):
            token = self.tokens[self.place]
            if token["other"] == "}" and end:
                self.place += 1
                break
            found.extend(self.atom(found))
        self.depth -= 1
        return merge(tuple(found))

    def atom(self, before: list[Inline]) -> Rich:
        """The next thing; ``before`` is what stands before it in its group."""
        token = self.tokens[self.place]
        self.place += 1
        if token["word"]:
            return self.command(token["word"], bool(token["blank"]), before)
        if token["sign"]:
            return self.sign(token["sign"], before)
        if token["blanks"]:
            return (Text(" "),)
        character = token["other"]
        match character:
            case "{":
                return self.until("}")
            case "}":
                return ()
            case "^":
                return self.raised(self.argument())
            case "_":
                index = _with_minus(self.argument())
                return (Sub(index),) if index else ()
            case "'":
                before[:] = merge(tuple(before))
                if before and isinstance(before[-1], Text) and before[-1].text.endswith("′"):
                    before[-1] = Text(before[-1].text[:-1])
                    return (Text("″"),)
                return (Text("′"),)
            case "~":
                return (Text("\u00a0"),)
            case "&":
                raise _NotTextError
            case _:
                return (Text(character),)

    def argument(self) -> Rich:
        """A group or one thing; blanks before it do not count."""
        while self.place < len(self.tokens) and self.tokens[self.place]["blanks"]:
            self.place += 1
        if self.place >= len(self.tokens):
            return ()
        return _stripped(self.atom([]))

    def option(self) -> str:
        """An argument in brackets, which is optional."""
        if self.place < len(self.tokens) and self.tokens[self.place]["other"] == "[":
            start = self.place + 1
            while self.place < len(self.tokens) and self.tokens[self.place]["other"] != "]":
                self.place += 1
            self.place += 1
            return "".join(token.group() for token in self.tokens[start : self.place - 1])
        return ""

    def source(self) -> str:
        """The next group as typed, without its braces."""
        while self.place < len(self.tokens) and self.tokens[self.place]["blanks"]:
            self.place += 1
        start, depth = self.place, 0
        while self.place < len(self.tokens):
            depth += {"{": 1, "}": -1}.get(self.tokens[self.place]["other"] or "", 0)
            self.place += 1
            if depth == 0:
                break
        typed = "".join(token.group() for token in self.tokens[start : self.place])
        return typed[1:-1] if typed.startswith("{") else typed

    def raised(self, exponent: Rich) -> Rich:
        shown = plain(exponent)
        if shown in {"∘", "°", "◦", "o"} and shown != "o":
            return (Text("°"),)
        if shown and not shown.strip("′″‴"):
            return exponent
        return (Sup(_with_minus(exponent)),) if exponent else ()

    def sign(self, sign: str, before: list[Inline]) -> Rich:
        if sign in SPACES:
            return (Text(SPACES[sign]),)
        if sign in NOTHING or sign in "()[]":
            return ()
        characters = command_characters().get(sign)
        if characters is None:
            self.unknown.append(sign)
            return ()
        return _spaced(characters, blank=False, before=before)

    def command(self, name: str, blank: bool, before: list[Inline]) -> Rich:
        if name in SPACES:
            return (Text(SPACES[name]),)
        if name in NOTHING:
            return self.delimiter(name)
        if name in FUNCTIONS:
            return self.function(name, blank, before)
        if name in WRAPPERS:
            inside = self.inside(name)
            return (WRAPPERS[name](inside),) if inside else ()
        if name in SAME:
            return self.inside(name)
        if name in SKIPPED:
            self.option(), self.source()
            if name == "rule":
                self.source()
            return ()
        if name in ALPHABETS:
            return self.alphabet(ALPHABETS[name])
        if name in ACCENTS:
            return self.accented(name)
        return self.special(name, blank, before)

    def special(self, name: str, blank: bool, before: list[Inline]) -> Rich:
        """The few commands that are like no other, and those that stand for characters."""
        match name:
            case "sqrt":
                degree, inside = self.option(), self.argument()
                return self.root(degree, inside)
            case "pmod":
                return (Text(" (mod "), *self.argument(), Text(")"))
            case "si" | "unit":
                self.option()
                return unit(self.source()) or self.given_up(name)
            case "SI" | "qty":
                self.option()
                typed, units = self.figures(name), unit(self.source())
                return (*typed, Text("\u00a0"), *units) if units else self.given_up(name)
            case "SIrange" | "qtyrange":
                self.option()
                first, last, units = self.figures(name), self.figures(name), unit(self.source())
                shown = (*first, Text("–"), *last, Text("\u00a0"), *units)
                return shown if units else self.given_up(name)
            case "num":
                self.option()
                return self.figures(name)
            case "ce" | "ch" | "cf":
                return chemical(self.source())
            case "textcolor" | "color":
                self.source()
                return self.argument() if name == "textcolor" else ()
            case "xrightarrow" | "xleftarrow":
                self.option()
                label = self.argument()
                arrow = Text("→" if name == "xrightarrow" else "←")
                return (arrow, Sup(label)) if label else (arrow,)
        characters = command_characters().get(name)
        if characters is None:
            self.unknown.append(name)
            return ()
        return _spaced(characters, blank=blank, before=before)

    def figures(self, name: str) -> Rich:
        """The number that is the argument of a command; a command in the place of figures is given up."""
        shown = number(self.source())
        return self.given_up(name) if "\\" in plain(shown) else shown

    def given_up(self, name: str) -> Rich:
        self.unknown.append(name)
        return ()

    def inside(self, name: str) -> Rich:
        """The argument of a command around text; in some, blanks at its ends count."""
        if name in KEEP_BLANKS:
            return self.atom([]) if self.place < len(self.tokens) else ()
        return self.argument()

    def delimiter(self, name: str) -> Rich:
        r"""Nothing; behind ``\left`` and ``\right`` a point stands for no delimiter."""
        if name in {"left", "right", "middle"} and self.place < len(self.tokens):
            self.place += self.tokens[self.place]["other"] == "."
        return ()

    def function(self, name: str, blank: bool, before: list[Inline]) -> Rich:
        following = self.tokens[self.place] if self.place < len(self.tokens) else None
        apart = following is not None and bool(
            blank or following["word"] or (following["other"] and following["other"].isalnum()),
        )
        shown = plain(tuple(before[-1:]))
        ahead = " " if shown[-1:].isalnum() else ""
        shown = name.removeprefix("b") if name == "bmod" else name
        return (Text(f"{ahead}{shown}{' ' if apart and not _is_bracket(following) else ''}"),)

    def root(self, degree: str, inside: Rich) -> Rich:
        sign = {"": "√", "2": "√", "3": "∛", "4": "∜"}.get(degree)
        if sign is None:
            return self.given_up("sqrt")
        shown = plain(inside)
        return (Text(sign), *inside) if len(shown) == 1 or shown.isdigit() else (Text(f"{sign}("), *inside, Text(")"))

    def alphabet(self, name: str) -> Rich:
        letters = plain(self.argument())
        return (Text("".join(_letter_of(name, letter) for letter in letters)),)

    def accented(self, name: str) -> Rich:
        inside = self.argument()
        letters = plain(inside)
        if not letters or (len(letters) > 3 and name not in LONG_ACCENTS) or len(letters) > 8:
            return self.given_up(name)
        if len(letters) > 1 and name != "overline" and name != "bar":
            return (Text(unicodedata.normalize("NFC", letters[0] + ACCENTS[name] + letters[1:])),)
        dotted = (letter.replace("ı", "i").replace("ȷ", "j") for letter in letters)
        return (Text(unicodedata.normalize("NFC", "".join(letter + ACCENTS[name] for letter in dotted))),)


def _is_bracket(token: re.Match[str] | None) -> bool:
    return token is not None and token["other"] in ("(", "[")


def _with_minus(rich: Rich) -> Rich:
    """An exponent or an index whose hyphen, at an end, is a minus: « −1 », « 2− »."""
    nodes = list(rich)
    if nodes and isinstance(nodes[0], Text) and nodes[0].text.startswith("-"):
        nodes[0] = Text(f"−{nodes[0].text[1:]}")
    if nodes and isinstance(nodes[-1], Text) and nodes[-1].text.endswith("-"):
        nodes[-1] = Text(f"{nodes[-1].text[:-1]}−")
    return tuple(nodes)


def _stripped(rich: Rich) -> Rich:
    """A group without the blanks at its ends."""
    nodes = list(rich)
    if nodes and isinstance(nodes[0], Text):
        nodes[0] = Text(nodes[0].text.lstrip(" "))
    if nodes and isinstance(nodes[-1], Text):
        nodes[-1] = Text(nodes[-1].text.rstrip(" "))
    return tuple(node for node in nodes if not isinstance(node, Text) or node.text)


def _spaced(characters: str, *, blank: bool, before: list[Inline]) -> Rich:
    """A character with the blank behind its command: TeX drops it behind a letter; a relation has one on each side."""
    if not blank or len(characters) != 1 or not _is_relation(characters):
        return (Text(characters),)
    shown = plain(tuple(before[-1:]))
    ahead = " " if shown and not shown[-1].isspace() else ""
    return (Text(f"{ahead}{characters} "),)


def _is_relation(character: str) -> bool:
    return (
        unicodedata.category(character) in ("Sm", "So") or character in "←→↔⇒⇔↦"
    ) and character not in "√∑∏∫∂∇¬∀∃∞∅′"


def _letter_of(alphabet: str, letter: str) -> str:
    early = EARLY[alphabet].get(letter)
    if early or not (letter.isascii() and letter.isalnum()):
        return early or letter
    if letter.isdigit():
        kind = "DIGIT"
        word = ["ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE"][int(letter)]
    else:
        kind, word = ("CAPITAL" if letter.isupper() else "SMALL"), letter.upper()
    try:
        return unicodedata.lookup(f"MATHEMATICAL {alphabet} {kind} {word}")
    except KeyError:
        return letter
