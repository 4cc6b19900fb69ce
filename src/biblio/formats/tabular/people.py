"""The people of a cell: however many, in whatever order and between whatever signs they are typed.

A cell cannot always be understood alone: « García Márquez, Gabriel José » may be one name or two. What the other cells
of its column do decides (``manner_of``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from biblio.formats.records import Body
from biblio.reference.body_names import names_a_body

# What stands behind a name and says what somebody did, by the field of those who did it.
_ROLES = {
    "editor": re.compile(
        r"(?:sous la )?dir(?:\.|ection|ecteur|ectrice|s?)(?: (?:de )?publ\S*| de)?\.?"
        r"|coord(?:\.|inateur|inatrice|onnateur|onnatrice|ination)?s?\.?"
        r"|[ée]ds?\.?|[ée]diteurs?(?: scientifiques?)?|editors?|hrsg\.?|hg\.?|comp\.?",
        re.IGNORECASE,
    ),
    "translator": re.compile(r"trad(?:\.|ucteur|uctrice|uction)?\.?|translators?|transl?\.", re.IGNORECASE),
}
_LEADING_ROLE = re.compile(
    r"(?P<role>(?:sous la )?dir\.(?: de)?|sous la direction de|coord\.|[ée]ds?\.|trad\.|dirig[ée] par)\s+",
    re.IGNORECASE,
)
# « Dupont (Jean) », as French catalogues once filed.
_GIVEN_IN_BRACKETS = re.compile(r"(?P<family>[^()\[\],]++)\((?P<given>[A-ZÀ-Þ][^()\d]*+)\)")
_ROLE = re.compile(
    r"(?:(?<!\s)\s+)?[(\[]\s*+(?P<role>[^()\[\]]{2,40})\s*+[)\]]|,\s*+(?P<bare>dir\.|coord\.|[ée]ds?\.|trad\.)\s*$",
    re.IGNORECASE,
)
# The number of an author, of an institution, or the years of a life.
_NUMBER = re.compile(
    r"(?:(?<!\s)\s+)?[(\[<]"
    r"(?:[\d\s,;*-]++|\d{4}\s*+[-–]\s*+[\d.]*+|(?i:ORCID)[^)\]>]{0,200}|https?:[^)>\s]{0,200})[)\]>]"
)
_NOBODY = re.compile(
    r"\W*|\[?s\. ?n\.?\]?|anonyme?s?|anon\.?|n/?a|sans auteur|inconnus?|unknown|none|nan|non renseign[ée]e?|n\.?c\.?"
    r"|\[?no author[^\]]*\]?",
    re.IGNORECASE,
)
_OTHERS = re.compile(r"(?:(?:et|and|&) )?(?:al\.?|others|coll\.|autres|alii)|et\.? al\.?|\.\.\.|…", re.IGNORECASE)
# The blanks and commas before it are taken away with it: looked for here, a run of them would be tried again and again.
_TAIL_OTHERS = re.compile(
    r"(?<=[\s,(\[])(?:et|and|&)\.? (?:al\b\.?|coll\b\.?|others|autres|alii)[ .]{0,3}[)\]]?[ .]{0,3}\Z", re.IGNORECASE
)
_STRONG = re.compile(r"(?:(?<!\s)\s+)?(?:;|\||\n|•|//)\s*|(?<!\s)\s+/\s+")
_AND = re.compile(r"(?:(?:(?<!\s)\s+)?,\s+|(?<!\s)\s+)(?:and|et|und|y|e)\s+|(?:(?:(?<!\s)\s+)?,\s*|(?<!\s)\s+)?&\s*")
_INITIALS = re.compile(r"(?:[A-ZÀ-ÞŒ]\.?[ -]?){1,4}|(?:[A-ZÀ-Þ][a-z]?\.[ -]?){1,4}")
_SUFFIX = re.compile(r"(?:jr|sr|[IVX]{2,4}|2nd|3rd)\.?", re.IGNORECASE)
_PARTICLES = frozenset(
    "de d' d’ du des von van der den zu la le les l' l’ di da do dos del della al el bin ben ibn".split()
)
# In a family name in capitals, the words that a French name has in lower case.
_LOWERED = frozenset("DE D VON VAN DER DEN ZU".split())
# What a program in Python writes of a list: « ['Marx, Karl', 'Roux, Marie'] ».
_PYTHON_LIST = re.compile(r"\[\s*(?:'[^']*'|\"[^\"]*\")(?:\s*,\s*(?:'[^']*'|\"[^\"]*\"))*\s*\]")
_QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_ELISION = re.compile(r"\A[dl]['’]")
SAMPLE = 3000


class Manner(NamedTuple):
    """How the people of a column are typed.

    Between which sign, whether a comma parts two of them or never does, and whether family names stand in capitals
    behind the given ones, where initials would, or initials before family names.
    """

    separator: str = ""
    commas_part: bool = False
    commas_join: bool = False
    capitals: bool = False
    initials_first: bool = False


_PLAIN = Manner()


@dataclass(frozen=True, slots=True)
class People:
    """The names of a cell by field: persons as « Family, Given » or « Given Family », bodies as ``Body``."""

    named: tuple[tuple[str, str], ...]

    def of(self, role: str) -> tuple[str, ...]:
        """Those who did one thing; empty text is what the column itself says."""
        return tuple(name for found, name in self.named if found == role)


def manner_of(cells: Iterable[str], separator: str = "") -> Manner:
    """How the people of a column are typed; ``separator`` is what the user says that they stand between."""
    one_name, several, capitals, initials, strong = 0, 0, 0, 0, False
    for number, cell in enumerate(cells):
        if number >= SAMPLE:
            break
        pieces = [piece for piece in _pieces(_flat(cell), separator) if piece.strip()]
        strong = strong or len(pieces) > 1
        for piece in pieces:
            parts = _parts(piece)
            capitals += sum(_ends_in_capitals(part) for part in parts)
            initials += sum(re.match(r"[A-ZÀ-Þ]\.? [^\W\d_]{2}", part) is not None for part in parts)
            if len(parts) == 2:
                told = _two(*parts)
                one_name += told < 0
                several += told > 0
            elif len(parts) > 2 and not _in_pairs(parts):
                several += 1
    # Where names stand between semicolons a comma is inside one, unless nearly none could be.
    part = several > (4 * one_name if strong else one_name)
    return Manner(separator, part, strong and not part, capitals > 0, initials > 0)


def _ends_in_capitals(part: str) -> bool:
    """Whether a family name in capitals stands last: « Jean DUPONT »."""
    words = part.split()
    return len(words) > 1 and len(words[-1]) > 3 and _in_capitals(words[-1]) and not _in_capitals(words[0])


@lru_cache(maxsize=8192)
def people_of(cell: str, manner: Manner) -> People:
    """The people of a cell, in their order; « others » stands for those that are not named."""
    text = _flat(cell)
    others = text.endswith(("…", "..."))
    text = text.rstrip("… ") if text.endswith("…") else text.removesuffix("...").rstrip()
    if (tail := _TAIL_OTHERS.search(text)) is not None:
        text, others = text[: tail.start()].rstrip(" ,([\n"), True
    found: list[tuple[str, str]] = []
    for piece in _pieces(text, manner.separator):
        role, bare = _role(piece)
        for each in _names(bare, manner):
            own_role, own = _role(each)
            if _OTHERS.fullmatch(own.strip(" ,")):
                others = True
            elif name := name_of(own, manner):
                found.append((own_role or role, name))
    if others and found:
        found.append((found[-1][0], "others"))
    return People(tuple(dict.fromkeys(found)))


def _flat(cell: str) -> str:
    if _PYTHON_LIST.fullmatch(cell.strip()):
        cell = ";".join(found[1] or found[2] for found in _QUOTED.finditer(cell))
    flat = re.sub(r"[^\S\n]+", " ", cell.replace("\u00a0", " ")).strip()
    # The full stop behind a list is none of the last initials: « Chow JCL. ».
    return flat[:-1] if re.search(r" [A-ZÀ-Þ]{2,3}\.\Z", flat) else flat


def _pieces(text: str, separator: str) -> list[str]:
    return text.split(separator) if separator else _STRONG.split(text)


def _parts(piece: str) -> list[str]:
    return [part for part in map(str.strip, piece.split(",")) if part]


def _role(piece: str) -> tuple[str, str]:
    """What somebody did, when that stands behind the name, and the name without it."""
    piece = _NUMBER.sub("", piece)
    if leading := _LEADING_ROLE.match(piece):
        word = leading["role"].lower().removesuffix(" de")
        return ("translator" if word.startswith("trad") else "editor"), piece[leading.end() :]
    for match in _ROLE.finditer(piece):
        word = (match["role"] or match["bare"] or "").strip()
        role = next((role for role, form in _ROLES.items() if form.fullmatch(word)), "")
        if role:
            return role, (piece[: match.start()] + piece[match.end() :]).strip(" ,")
    return "", piece


def _names(piece: str, manner: Manner) -> Iterator[str]:
    """The names of what stands between two strong signs."""
    halves = [half for half in _AND.split(piece) if half.strip(" ,")]
    if len(halves) > 1 and not all(map(_may_be_somebody, halves)):
        halves = [piece]
    for half in halves:
        parts = _parts(half)
        if len(parts) < 2:
            yield half.strip(" ,")
        elif len(parts) == 3 and _SUFFIX.fullmatch(parts[2]):
            yield f"{parts[0]}, {parts[2]}, {parts[1]}"
        elif (len(parts) == 3 and _SUFFIX.fullmatch(parts[1])) or (
            len(parts) == 2 and _two(*parts) < (2 if manner.commas_join else 0 if manner.commas_part else 1)
        ):
            yield ", ".join(parts)
        elif len(parts) > 2 and _in_pairs(parts):
            yield from (", ".join(parts[place : place + 2]) for place in range(0, len(parts), 2))
        else:
            yield from parts


def _may_be_somebody(half: str) -> bool:
    """Whether what stands beside an « et » is a name of its own, and no part of a body's."""
    words = half.replace(",", " , ").split()
    common = [word for word in words if word[0].islower() and word.lower() not in _PARTICLES]
    return len(words) > 1 and words[0][0].isupper() and not common and not names_a_body(half.replace(",", " "))


def _two(first: str, second: str) -> int:
    """What two parts around a comma are: one name (-1), two names, likely (1) or surely (2), or either (0)."""
    if names_a_body(f"{first} {second}") and names_a_body(first):
        # « Ministère de la santé, Paris »: a body, and perhaps another.
        return 1 if names_a_body(second) else 0
    one, two = first.split(), second.split()
    if _INITIALS.fullmatch(second) or _SUFFIX.fullmatch(second):
        return -1
    if _ends_in_initials(first) and _ends_in_initials(second):
        return 2
    if _INITIALS.fullmatch(one[0]) and len(one) > 1 and len(two) > 1 and _INITIALS.fullmatch(two[0]):
        return 2
    if all(len(words) > 1 and _in_capitals(words[0]) and not _in_capitals(words[-1]) for words in (one, two)):
        return 2
    if first.isupper() and not second.isupper() and len(first) > 2:
        return -1
    if one[0].lower() in _PARTICLES or len(two) == 1 or len(one) == 1:
        return -1 if len(two) == 1 or len(one) == 1 else 0
    if any(map(_INITIALS.fullmatch, two[1:])) and not _INITIALS.fullmatch(two[0]) and len(one) == 1:
        return -1
    return 1 if len(one) == len(two) == 2 and not _hyphened(two[0], one) else 0


def _hyphened(given: str, family: list[str]) -> bool:
    """Whether two words are more likely given names: « Gabriel José » behind « García Márquez »."""
    return "-" in given and "-" not in " ".join(family)


def _ends_in_initials(name: str) -> bool:
    words = name.split()
    return (
        len(words) > 1 and bool(re.fullmatch(r"[A-ZÀ-Þ]{1,3}|(?:[A-ZÀ-Þ]\.-?){1,4}", words[-1])) and len(words[0]) > 1
    )


def _in_pairs(parts: list[str]) -> bool:
    """Whether parts are « Family, Given » several times over."""
    if len(parts) % 2:
        return False
    families, givens = parts[::2], parts[1::2]
    if all(map(_INITIALS.fullmatch, givens)) and not any(map(_INITIALS.fullmatch, families)):
        return True
    if all(
        family.isupper() and len(family) > 2 and not given.isupper()
        for family, given in zip(families, givens, strict=True)
    ):
        return True
    return all(len(part.split()) == 1 for part in parts)


def name_of(typed: str, manner: Manner = _PLAIN) -> str:
    """One name as an entry has it; empty for one that says that nobody is known.

    Two or three capitals are a family name or initials, as the others of the column are.
    """
    name = " ".join(typed.split()).strip(" ,;")
    if _NOBODY.fullmatch(name):
        return ""
    filed = _GIVEN_IN_BRACKETS.fullmatch(name)
    if filed and ("." in filed["given"] or not filed["given"].isupper()) and not names_a_body(filed["family"]):
        return f"{mixed(filed['family'].rstrip())}, {filed['given']}"
    parts = _parts(name)
    if len(parts) in (2, 3):
        if names_a_body(parts[0]) and not _INITIALS.fullmatch(parts[-1]):
            return Body(", ".join(parts))
        return ", ".join([mixed(parts[0]), *parts[1:-1], mixed(parts[-1]) if len(parts[-1]) > 3 else parts[-1]])
    words = name.split()
    if len(words) == 1 or len(parts) > 3 or names_a_body(name):
        return Body(name)
    in_capitals = [_in_capitals(word) for word in words]
    leading = next((place for place, is_one in enumerate(in_capitals) if not is_one), len(words))
    trailing = next((place for place, is_one in enumerate(reversed(in_capitals)) if not is_one), len(words))
    if trailing == 1 and leading == 0 and len(words[-1]) < 4 and not manner.capitals:
        trailing = 0
    if leading == 1 and len(words[0]) < 4 and manner.initials_first:
        leading = 0
    if 0 < leading < len(words) and any(len(word) > 1 for word in words[:leading]):
        return f"{mixed(' '.join(words[:leading]))}, {' '.join(words[leading:])}"
    if 0 < trailing < len(words):
        place = len(words) - trailing
        while place > 1 and words[place - 1].lower() in _PARTICLES:
            place -= 1
        return f"{mixed(' '.join(words[place:]))}, {' '.join(words[:place])}"
    if _ends_in_initials(name):
        # The initials are what stands last: « van der Berg JA ».
        place = len(words) - 1
        while place > 1 and _INITIALS.fullmatch(words[place - 1]):
            place -= 1
        return f"{' '.join(words[:place])}, {' '.join(words[place:])}"
    if leading == len(words):
        return mixed(name)
    return name


def _in_capitals(word: str) -> bool:
    bare = _ELISION.sub("", word)
    letters = [character for character in bare if character.isalpha()]
    return len(letters) > 1 and bare.isupper() and "." not in bare


def mixed(name: str) -> str:
    """A name in capitals as it is elsewhere: « LE BODO » is « Le Bodo », « D'ORMESSON » « d'Ormesson »."""
    if not any(_in_capitals(word) and len(word) > 2 for word in re.split(r"[\s'’-]", name)):
        return name
    return re.sub(r"[^\W\d_]+", lambda match: _lowered(match[0]) if match[0].isupper() else match[0], name)


def _lowered(word: str) -> str:
    return word.lower() if word in _LOWERED else word.capitalize()
