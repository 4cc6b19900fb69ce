"""Names and lists as BibTeX writes them: joined by « and », a name in one of three forms, in braces, or in parts.

Sources: O. Patashnik, *Designing BibTeX Styles*, 1988, § 4 (the three forms: « First von Last », « von Last, First »,
« von Last, Jr, First »); biblatex manual § 3.4 (the extended form ``family=…, given=…``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from biblio.formats.bibtex.latex import decode_plain, on_one_line
from biblio.reference.name import Name, Names

_AND_OR_BRACE = re.compile(r"[{}]|\sand(?=\s)", re.IGNORECASE)
_AND = re.compile(r"\sand(?=\s)", re.IGNORECASE)
_COMMA_OR_BRACE = re.compile(r"[{},]")
_BLANKS_OR_BRACE = re.compile(r"[{}]|[\s~]+")
_EXTENDED = re.compile(r"[A-Za-z]+(?:-i)?\s*=(?!=)")
_PARTS = {"family": "family", "given": "given", "middle": "given", "prefix": "particle", "suffix": "suffix"}
_OTHERS = re.compile(
    r"others|(?:(?P<last>.*[^\s,])[\s,]+)?(?:\{|\\(?:emph|textit)\{)?et[ ~]al\.?\}?",
    re.IGNORECASE,
)
# « Family, Given » without markup, by far the commonest form.
_SIMPLE = re.compile(r"([^{}\\,~=;\"$]+), *([^{}\\,~=;\"$]+)")


@dataclass(frozen=True, slots=True)
class ParsedNames:
    """A list of names, and those among them that are kept whole because their commas or semicolons say nothing."""

    names: Names
    faulty: tuple[str, ...] = ()


_NOBODY = Name()


def split_list(value: str) -> list[str]:
    """The items of a list joined by « and », in any case; braces protect an « and » inside an item."""
    value = on_one_line(value)
    if "and" not in value and "and" not in value.lower():
        return [value] if value else []
    if "{" not in value and "}" not in value:
        return [item for item in map(str.strip, _AND.split(f" {value} ")) if item]
    return [item for item in map(str.strip, _parts(_whole_group(value))) if item]


def _parts(value: str) -> Iterator[str]:
    depth, start = 0, 0
    # A list may begin or end with « and »: the blanks around it make it like any other.
    padded = f" {value} "
    for match in _AND_OR_BRACE.finditer(padded):
        token = match.group()
        if token == "{":
            depth += 1
        elif token == "}":
            depth = max(0, depth - 1)
        elif depth == 0:
            yield padded[start : match.start()]
            start = match.end()
    yield padded[start:]


def _whole_group(value: str) -> str:
    """Drops the braces around a whole list: ``{{A} and {B}}`` is a list of two, ``{A and B}`` one literal."""
    inner = value[1:-1]
    is_list = inner.startswith("{") and inner.endswith("}") and " and " in inner
    return inner if is_list and _is_group(value) and not _is_group(inner) else value


def _is_group(value: str) -> bool:
    """Whether the brace at the start of a value is closed by the one at its end."""
    if not (value.startswith("{") and value.endswith("}")):
        return False
    depth = 0
    for match in re.finditer(r"[{}]", value):
        depth += 1 if match.group() == "{" else -1
        if depth == 0:
            return match.end() == len(value)
    return False


def split_names(value: str) -> ParsedNames:
    """The names of a field. A name that cannot be taken apart is kept as a literal and listed as faulty."""
    people: list[Name] = []
    faulty: list[str] = []
    others = False
    for item in split_list(value):
        if item[-6:].lower().rstrip(".}").endswith(("others", "al")) and (rest := _OTHERS.fullmatch(item)):
            others = True
            item = rest["last"] or ""
            if not item:
                continue
        name = parse_name(item)
        if name == _NOBODY:  # braces or ties around nothing
            continue
        people.append(name)
        if name.literal and not _is_group(item):
            faulty.append(name.literal)
    return ParsedNames(Names(tuple(people), others), tuple(faulty))


@lru_cache(maxsize=8192)
def parse_name(item: str) -> Name:
    """One name; a literal when it is in braces, or when it cannot be taken apart."""
    simple = _SIMPLE.fullmatch(item)
    if simple and all(word[0].isupper() for word in simple[1].split()):
        return Name(simple[1].strip(), simple[2].strip())
    if _is_group(item):
        return Name(literal=decode_plain(item[1:-1]))
    if _EXTENDED.match(item):
        extended = _extended(item)
        if extended is not None:
            return extended
    pieces = [piece.strip() for piece in _split(item)]
    if len(pieces) > 3 or any(";" in word for piece in pieces for word in _words(piece) if not word.startswith("{")):
        return Name(literal=decode_plain(item))
    given = pieces[-1] if len(pieces) > 1 else ""
    suffix = pieces[1] if len(pieces) == 3 else ""
    if len(pieces) == 1:
        first, particle, family = _first_von_last(_words(pieces[0]))
        given = " ".join(first)
    else:
        particle, family = _von_last(_words(pieces[0]))
    return Name(
        decode_plain(" ".join(family)),
        decode_plain(" ".join(_words(given))),
        decode_plain(" ".join(particle)),
        decode_plain(" ".join(_words(suffix))),
    )


def _split(item: str) -> list[str]:
    """The parts of a name between its commas outside braces."""
    if "," not in item:
        return [item]
    parts = _outside_braces(item, _COMMA_OR_BRACE)
    # A comma at the very end is a slip of the hand.
    return parts if parts[-1].strip() or len(parts) < 3 else parts[:-1]


def _words(text: str) -> list[str]:
    """The words between blanks and ties outside braces."""
    if "{" not in text:
        return re.split(r"[\s~]+", text.strip(" ~")) if text.strip(" ~") else []
    return [word for word in _outside_braces(text, _BLANKS_OR_BRACE) if word]


def _outside_braces(text: str, marks: re.Pattern[str]) -> list[str]:
    """The pieces between the marks outside braces; the pattern finds braces too."""
    pieces, depth, start = [], 0, 0
    for match in marks.finditer(text):
        token = match.group()
        if token == "{":
            depth += 1
        elif token == "}":
            depth = max(0, depth - 1)
        elif depth == 0:
            pieces.append(text[start : match.start()])
            start = match.end()
    return [*pieces, text[start:]]


def _first_von_last(words: list[str]) -> tuple[list[str], list[str], list[str]]:
    """Takes « Jean de La Fontaine » apart: the particle runs from the first to the last word in lower case."""
    small = [index for index, word in enumerate(words[:-1]) if _is_small(word)]
    if not small:
        return words[:-1], [], words[-1:]
    return words[: small[0]], words[small[0] : small[-1] + 1], words[small[-1] + 1 :]


def _von_last(words: list[str]) -> tuple[list[str], list[str]]:
    """Takes « de La Fontaine » apart; the last word is always family."""
    small = [index for index, word in enumerate(words[:-1]) if _is_small(word)]
    return (words[: small[-1] + 1], words[small[-1] + 1 :]) if small else ([], words)


def _is_small(word: str) -> bool:
    """Whether a word begins with a small letter; one in braces has no case, unless they hold a command."""
    if word.startswith("{"):
        if not word.startswith("{\\"):
            return False
        word = decode_plain(word)
    elif word.startswith("\\"):
        word = decode_plain(word)
    letter = next((character for character in word if character.isalpha()), "")
    return letter.islower()


def _extended(item: str) -> Name | None:
    """A name in parts; ``None`` when no part of it is one. Options (``useprefix=true``) concern sorting and labels."""
    parts: dict[str, list[str]] = {}
    for piece in _split(item):
        key, equals, content = piece.partition("=")
        part = _PARTS.get(key.strip().lower())
        if equals and part:
            parts.setdefault(part, []).append(decode_plain(content.strip().strip('"')))
    return Name(**{part: " ".join(values) for part, values in parts.items()}) if parts else None
