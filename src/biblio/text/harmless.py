"""Text made harmless: what a terminal, a log or a name in a message may show. The one door of all that is printed.

Words of a user's files, of their names, of a manifest, may hold what moves the cursor, hides or turns words around, and
what a service that runs builds takes for a command in the log.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

# The colours of reports, which are ours (ECMA-48 § 8.3.117, SGR).
_COLOUR = re.compile(r"(\x1b\[[0-9;]*m)")
# Commands in a log: of GitHub Actions « ::error:: » at the head of a line, blanks before it not counted, and « ##[…] »;
# of Azure Pipelines « ##vso[…] », of TeamCity « ##teamcity[…] », of Octopus Deploy « ##octopus[…] »; of GitLab
# « section_start:… », of Travis « travis_fold:… » and « travis_time:… ». A blank inside makes words of them.
_AT_THE_HEAD = re.compile(
    r"^([^\S\n]*+(?:section_(?:start|end)|travis_(?:fold|time)|:))(?=:)", re.MULTILINE | re.IGNORECASE
)
_ANYWHERE = re.compile(r"#(?=#[\w-]*\[)")
# The same in JSON, where « \u0023 » is a number sign, and no line begins with a colon.
_HASH_IN_JSON = r"\\u0023"


def printable(value: str, replacement: str = "") -> str:
    """A text, of one line, without the characters that would move the cursor, hide or turn the words around.

    These are the categories C of Unicode (controls, C1 and bidirectional ones among them) and what ends a line.
    """
    return value.translate(_replaced(_tricks(value), replacement))


def harmless(text: str, *, colours: bool = False, commands: bool = False) -> str:
    """What may be printed: lines and tabs, without tricks and without commands of a service that runs builds.

    With ``colours``, escape sequences that set colours stay; with ``commands``, so do those at the heads of lines.
    """
    pieces = _COLOUR.split(text) if colours else [text]
    pieces[::2] = (piece.translate(_replaced(_tricks(piece) - {"\n", "\t"}, "�")) for piece in pieces[::2])
    text = _ANYWHERE.sub("# ", "".join(pieces))
    return text if commands else _AT_THE_HEAD.sub(r"\1 ", text)


def harmless_json(text: str) -> str:
    """JSON that reads the same, in which the characters that play tricks are written by their numbers."""
    numbers = {ord(character): _number(character) for character in _tricks(text) - {"\n"}}
    return _ANYWHERE.sub(_HASH_IN_JSON, text.translate(numbers))


def _tricks(text: str) -> set[str]:
    """The characters of a text that show nothing of their own, or end a line."""
    return {each for each in set(text) if (kind := unicodedata.category(each))[0] == "C" or kind in ("Zl", "Zp")}


def _replaced(characters: Iterable[str], replacement: str) -> Mapping[int, str]:
    return {ord(character): replacement for character in characters}


def _number(character: str) -> str:
    """A character as JSON writes it by its UTF-16 code units (RFC 8259 § 7)."""
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
