"""The names of a reference as they are typed, one by one, each with its place: what the rules on names look at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from biblio.reference.reference import Reference

FIELDS = ("author", "editor", "translator")

_AND = re.compile(r"(?<!\s)\s+and\s+", re.IGNORECASE)
_BRACE = re.compile(r"[{}]")
SHOUTED = re.compile(r"(?=.*[A-ZÀ-ÖØ-ÞŒ]{4})[A-ZÀ-ÖØ-ÞŒ'’ -]+")
ROMAN = re.compile(r"[IVX]+")
# « DUPONT Anne », « LE GOFF Y. »; « Dupont AB », « Le Goff Y. ».
FAMILY_FIRST = re.compile(
    r"(?:(?P<shouted>[A-ZÀ-ÖØ-ÞŒ][A-ZÀ-ÖØ-ÞŒ'’-]+(?: [A-ZÀ-ÖØ-ÞŒ][A-ZÀ-ÖØ-ÞŒ'’-]+){0,3})\s+"
    r"(?P<given>(?:[A-ZÀ-Ý][a-zß-ÿœ]+|[A-ZÀ-Ý]\.)(?:(?: |-)?(?:[A-ZÀ-Ý][a-zß-ÿœ]+|[A-ZÀ-Ý]\.))*)"
    r"|(?P<family>(?:(?:[Ll][ea]|[Dd][eu]|[Vv][ao]n|[Dd]er|[Ee]l) )*[A-ZÀ-Ý][a-zß-ÿœ]+(?:-[A-ZÀ-Ý][a-zß-ÿœ]+)*)"
    r"\s+(?P<initials>[A-ZÀ-Ý]{1,2}|[A-ZÀ-Ý]\.(?:[ -]?[A-ZÀ-Ý]\.){0,2}))"
)

# A role that is typed with a name: « (dir.) » behind it, « Sous la direction de » before it.
ROLE = re.compile(
    r"(?:[\[(]\s*)?(?<!\w)"
    r"(?:dir|coord|éd|ed|eds|trad|collab|sous la dir(?:ection)?(?: de)?|coordonnateur|coordonnatrice)"
    r"(?!\w)\.?\s*[\])]"
    r"|\A(?:sous la (?:direction|coordination|dir\.|coord\.) d(?:e |u |es |['’])"
    r"|(?:dirigé|coordonné|édité|traduit|préfacé) par |(?:edited|translated|compiled) by |eds?\. by )"
    r"|[\[(]\s*(?:préf|postf|introd?|ill|photogr?|adapt|comp|réal|aut|rédac)\.?\s*[\])]"
    r"|[\[(]\s*(?:auteure?s?|autrice|illustrations?|photographies|préface|traduction"
    r"|éditeur scientifique|éd\. scientifique)\s*[\])]"
    r"|[\[(]\s*(?:éditeur|éditrice|editors?|directeur|directrice|coordinateur|coordinatrice|traducteur|traductrice"
    r"|translators?|compilers?|préfacier|illustrateur|illustratrice|Hrsg|Hg|sous la direction(?: de)?)\.?\s*[\])]"
    r"|(?<=[\s,])(?:dir|coord|éds?|eds?|trad|ill|préf)\.\s*(?:\Z|(?=,))"
    r"|(?<=,)\s*sous la dir(?:ection|\.)?(?: de)?\s*\Z|\A(?:dir|coord|éds|trad)\.\s+(?=\w+ \w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Item:
    """One name of a list as typed, and where it stands in its field."""

    field: str
    start: int
    text: str

    @property
    def end(self) -> int:
        """The offset behind it."""
        return self.start + len(self.text)

    @property
    def is_body(self) -> bool:
        r"""Whether braces mark it as the name of a body; those of an accent, « {\'E}cole », do not."""
        return self.text.startswith("{") and not self.text.startswith("{\\")

    @property
    def is_taken_apart(self) -> bool:
        """Whether it is neither a body's nor in the extended form ``family=…``, which names its parts."""
        return not self.is_body and "=" not in self.text

    @property
    def parts(self) -> tuple[str, str]:
        """Family and given name of « Family, Given »; the given name is empty in any other form."""
        family, comma, given = self.text.partition(",")
        return (family.strip(), given.strip()) if comma and "," not in given else (self.text, "")


def items(reference: Reference) -> Iterator[Item]:
    """Every name of a reference as typed, one by one; « others » is none."""
    for field in FIELDS:
        if field in reference.raw:
            yield from _items(field, reference.raw[field])


@lru_cache(maxsize=64)  # a dozen rules look at the same names one after the other
def _items(field: str, value: str) -> tuple[Item, ...]:
    found: list[Item] = []
    start = 0
    for separator in (*_separators(value), None):
        end = separator.start() if separator else len(value)
        typed = value[start:end]
        text = typed.strip()
        if text and text.lower() != "others":
            found.append(Item(field, start + len(typed) - len(typed.lstrip()), text))
        start = separator.end() if separator else end
    return tuple(found)


def _separators(value: str) -> Iterator[re.Match[str]]:
    """The « and » between names: those outside braces."""
    depth = end = 0
    for match in _AND.finditer(value):
        for brace in _BRACE.finditer(value, end, match.start()):
            depth += 1 if brace.group() == "{" else -1
        end = match.start()
        if depth == 0:
            yield match


def people(reference: Reference) -> Iterator[Item]:
    """The names that are taken apart."""
    return (item for item in items(reference) if item.is_taken_apart)


def is_initials(given: str) -> bool:
    """Whether a given name is initials alone: « Y. », « J-P », « AB »."""
    return re.fullmatch(r"(?:[A-ZÀ-Ý]\.?[ -]?)+", given) is not None and not SHOUTED.fullmatch(given)
