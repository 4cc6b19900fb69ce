"""LaTeX markup in values. Most of it is accents, braces and dashes, decoded here; the rest goes to ``walker``.

``decode_characters`` is the fast way and gives exactly what ``walker.walk`` would; where it cannot, it gives up.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from biblio.formats.bibtex.commands import ACCENTS, KEEP_BLANK, LIGATURES, MAX_DEPTH, SWITCHES, WRAPPERS, symbols
from biblio.formats.bibtex.mathematics import with_micro
from biblio.formats.bibtex.walker import TooDeepError, accented, formula_text, walk
from biblio.formats.text import normalise
from biblio.text.inline import Inline, Rich, Text, Verbatim, merge, plain, with_children

# Markup begins with one of these; any other value is plain text. A few searches for a word are faster than one for a
# set.
_MARKUP = ("{", "\\", "}", "~", "$", "--", "`", "''")
_BLANKS = re.compile(r"[ \t\n\r\f\v]+")
_SPACES = re.compile(r" {2,}")
_INSIDE_GUILLEMETS = re.compile(r"(?<=«\u00a0) | (?=\u00a0»)")
_BRACES = re.compile(r"\\.|[{}]", re.DOTALL)
_SINGLE_QUOTES = re.compile(
    r"(?<![\\`\w!?])`(?![`\s])((?>(?:\\.|[^`'\\]|(?<=[\w}])'(?=[\w\\{]))+))(?<!\s)'(?![\w'`])",
    re.DOTALL,
)
_CHOICE = re.compile(
    r"\\ifmmode(?![A-Za-z])(?>(?:(?!\\(?:else|fi|ifmmode)(?![A-Za-z])).)*)"
    r"(?:\\else(?![A-Za-z])\s*+((?>(?:(?!\\(?:fi|ifmmode)(?![A-Za-z])).)*)))?\\fi(?![A-Za-z])\s*+(?:\{\})?",
    re.DOTALL,
)
_COMMANDS_AND_BRACES = re.compile(r"(?:\\[A-Za-z]++\*?\s*+)?\{|\}")
LONGEST = 50_000  # characters of a value whose markup goes to ``walker``

# A formula between two dollars that are none of the text's own, or a command around characters alone.
_SIMPLE_PIECE = re.compile(
    r"(?<!\\)\$(?P<formula>(?:[^$\\]|\\.)+)\$"
    r"|(?<!\\)\\(?P<command>[A-Za-z]++)\{(?P<argument>[^{}$\\]*+)\}"
    r"|(?<!\\)\{\\(?P<switch>[a-z]++)\s++(?P<behind>[^{}$\\]*+)\}",
    re.DOTALL,
)
_ARGUMENT = r" *(?:\{(\\[ij]|[^\W\d_])\}|(\\[ij](?![A-Za-z]) *|[^\W\d_]))"
_TOKENS = re.compile(
    rf"\\([`'^~=.\"]){_ARGUMENT}"  # an accent that is a sign
    rf"|\\([uvHcdbkrt])(?![A-Za-z]){_ARGUMENT}"  # an accent that is a letter
    r"|\\([A-Za-z]+) *"  # a command that is a word
    r"|\\(.)"  # a command that is a sign
    r"|(---?|``|''|[!?]`|~)"  # a ligature
    r"|[{}]"  # braces that protect their letters
    r"|[\\$]",  # anything else
    re.DOTALL,
)


@dataclass(slots=True)
class Decoded:
    """Rich text, and what went wrong: commands that were not understood, markup too deep, a value too long."""

    rich: Rich
    unknown: list[str] = field(default_factory=list)
    too_deep: bool = False
    too_long: bool = False


def decode(value: str) -> Decoded:
    """Rich text of a LaTeX value, in NFC, its runs of blanks folded. Never raises."""
    value = on_one_line(value)
    if not has_markup(value):
        return Decoded((Text(value),) if value else ())
    value, deepest = paired(in_text(_with_quotes(value)))
    if deepest > MAX_DEPTH:
        return Decoded(_bare(value), too_deep=True)
    characters = decode_characters(value)
    if characters is not None:
        return Decoded((Text(characters),) if characters else ())
    pieces = decode_pieces(value)
    if pieces is not None:
        return pieces
    if len(value) > LONGEST:
        return Decoded(_bare(value), too_long=True)
    return decode_structure(value)


def _with_quotes(value: str) -> str:
    """The value with its single quotation marks, « `x' », as characters; an apostrophe in a word ends none."""
    return _SINGLE_QUOTES.sub(r"‘\1’", value) if "`" in value else value


def in_text(value: str) -> str:
    r"""The value without its choices between mathematics and text, ``\ifmmode…\else…\fi``: a field is text."""
    return _CHOICE.sub(lambda match: f"{{{match[1] or ''}}}", value) if "\\ifmmode" in value else value


def has_markup(value: str) -> bool:
    """Whether a value holds anything that LaTeX would not print as it is."""
    for mark in _MARKUP:  # noqa: SIM110  # a generator takes twice as long
        if mark in value:
            return True
    return False


def on_one_line(value: str) -> str:
    """The value in NFC on one line, every run of blanks one space; other spaces than ASCII's stay."""
    value = value.strip()
    if not value.isascii():
        # The separators of lines and paragraphs are line ends too; few fonts have them.
        value = unicodedata.normalize("NFC", value).replace("\u2028", " ").replace("\u2029", " ")
    if "\n" in value or "  " in value or "\t" in value or "\r" in value or "\f" in value or "\v" in value:
        return _BLANKS.sub(" ", value)
    return value


def decode_plain(value: str) -> str:
    """The characters of a LaTeX value, for fields that have no markup of their own: names, places, numbers."""
    value = on_one_line(value)
    # A letter and its accent may come together only once the markup between them is gone.
    return normalise(plain(decode(value).rich)) if has_markup(value) else value


def paired(value: str) -> tuple[str, int]:
    """The value without the braces that lack a partner, and how deep the others are nested."""
    opened: list[int] = []
    unpaired: list[int] = []
    deepest = 0
    for match in _BRACES.finditer(value):
        brace = match.group()
        if brace == "{":
            opened.append(match.start())
            deepest = max(deepest, len(opened))
        elif brace == "}":
            if opened:
                opened.pop()
            else:
                unpaired.append(match.start())
    if not opened and not unpaired:
        return value, deepest
    pieces, end = [], 0
    for offset in sorted(opened + unpaired):
        pieces.append(value[end:offset])
        end = offset + 1
    return "".join([*pieces, value[end:]]), deepest


def decode_characters(value: str) -> str | None:
    """The characters of a value that has no other structure than braces; ``None`` when it has."""
    try:
        decoded = _TOKENS.sub(_character, value)
    except _StructureError:
        return None
    return _tidy_text(decoded)


def decode_pieces(value: str) -> Decoded | None:
    """A value that has formulas, commands around characters and characters, not inside each other; else ``None``."""
    if "$$" in value or "\\\\" in value:
        return None
    nodes: list[Inline] = []
    unknown: list[str] = []
    end = 0
    for match in _SIMPLE_PIECE.finditer(value):
        piece = _piece(match, unknown)
        if piece is None:
            continue  # an accent, or a command that the characters before it do not get past
        before = _characters_of(value[end : match.start()])
        if before is None or paired(match["formula"] or "")[0] != (match["formula"] or ""):
            return None
        nodes += (*before, *piece)
        end = match.end()
    rest = _characters_of(value[end:])
    return None if rest is None or not end else Decoded(_tidy(merge((*nodes, *rest))), unknown)


def _piece(match: re.Match[str], unknown: list[str]) -> Rich | None:
    if match["formula"] is not None:
        rich, strangers = formula_text(f"${match['formula']}$", match["formula"])
        unknown += strangers
        return rich
    wrapper = WRAPPERS.get(match["command"] or "") or SWITCHES.get(match["switch"] or "")
    inside = wrapper and _characters_of(match["argument"] or match["behind"] or "")
    if not wrapper or inside is None:
        return None
    return (wrapper(inside),) if inside else ()


def _characters_of(value: str) -> Rich | None:
    """The characters of a value without structure, not even a formula; ``None`` for any other."""
    characters = None if "$" in value else decode_characters(value)
    return None if characters is None else (Text(characters),) if characters else ()


class _StructureError(Exception):
    """A command is none that stands for characters."""


def _character(match: re.Match[str]) -> str:
    kind = match.lastindex
    if kind is None:
        if match.group() in "{}":
            return ""
        raise _StructureError
    if kind <= 6:
        accent = match[1] or match[4]
        letter = match[kind].strip()
        return accented(accent, letter.removeprefix("\\"))
    if kind == 9:
        return LIGATURES[match[9]]
    characters = None if match[kind] in ACCENTS else symbols().get(match[kind])
    if characters is None:
        raise _StructureError
    return f"{characters} " if match[kind] in KEEP_BLANK and match.group().endswith(" ") else characters


def decode_structure(value: str) -> Decoded:
    """Rich text of a value whose braces are paired, whatever its markup. Never raises."""
    # A backslash at the end escapes nothing, and a dollar without partner opens nothing: both are characters.
    if _dollars(value) % 2:
        last = value.rindex("$")
        value = f"{value[:last]}\\{value[last:]}"
    final = len(value) - len(value.rstrip("\\"))
    tail = "\\" if final % 2 else ""
    try:
        rich, unknown = walk(value[: len(value) - len(tail)])
    except TooDeepError:
        return Decoded(_bare(value), too_deep=True)
    except Exception:  # noqa: BLE001  # tolerant parsing still fails on some hostile values; the text stays visible
        return Decoded((Text(value),), ["…"])
    rich = merge((*rich, Text(tail))) if tail else rich
    return Decoded(_tidy(rich), [*unknown, ""] if tail else unknown)


def _dollars(value: str) -> int:
    return sum(1 for match in re.finditer(r"\\.|\$", value, re.DOTALL) if match.group() == "$")


def _bare(value: str) -> Rich:
    """The value without its braces and the commands before them."""
    return (Text(_tidy_text(_COMMANDS_AND_BRACES.sub("", value))),)


def _tidy(rich: Rich) -> Rich:
    """The same tree composed, and without the double spaces that commands leave behind."""
    tidied: list[Inline] = []
    for node in rich:
        if isinstance(node, Text):
            characters = _tidy_text(node.text)
            tidied.extend((Text(characters),) if characters else ())
        elif isinstance(node, Verbatim):
            tidied.append(node)
        else:
            tidied.append(with_children(node, _tidy(node.children)))
    return tuple(tidied)


def _tidy_text(characters: str) -> str:
    characters = with_micro(_SPACES.sub(" ", unicodedata.normalize("NFC", characters)))
    return _INSIDE_GUILLEMETS.sub("", characters) if "\u00a0" in characters else characters
