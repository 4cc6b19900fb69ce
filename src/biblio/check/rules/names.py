"""R4: names of people and bodies."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from biblio.check.finding import Finding, found, of_reference, replace
from biblio.check.rules.words import BODIES, GIVEN_NAMES, SURELY_GIVEN
from biblio.reference.bodies import joined_again
from biblio.reference.reference import Reference
from biblio.text.collation import fold

FIELDS = ("author", "editor", "translator")

_AND = re.compile(r"(?<!\s)\s+and\s+")
_BRACE = re.compile(r"[{}]")
_CAPITALS = re.compile(r"[A-ZÀ-ÖØ-ÞŒ][A-ZÀ-ÖØ-ÞŒ'’ -]+")
_SHOUTED = re.compile(r"(?=.*[A-ZÀ-ÖØ-ÞŒ]{4})[A-ZÀ-ÖØ-ÞŒ'’ -]+")
# The commands and signs of LaTeX in a name, « V{\'{\i}}ctor »: what is left of it has as many words.
_COMMAND = re.compile(r"\\[A-Za-z]+ ?|[\\{}^~\"'`]")
# What joins the words of a body's name, and not those of a person's: « de », « la » or « van » do both.
_JOINING = frozenset("pour des et en sur aux au of for and the".split())
_ROMAN = re.compile(r"[IVX]+")
_ET_AL = re.compile(
    r"[\[(]?\s*(?:et\s+(?:al|alii|coll|collab)\b\.?|and\s+al\b\.?|al\.|et\s+autres|&\s*al\b\.?)\s*[\])]?", re.IGNORECASE
)
_ET_AL_BEHIND = re.compile(r"(?:[\[(]\s*)?\b(?:et\s+al(?:ii)?\b\.?|&\s*al\b\.?)\s*[\])]?\s*\Z", re.IGNORECASE)
_INITIALS = re.compile(r"[A-ZÀ-Ý](?:[ -]?[A-ZÀ-Ý]){0,2}")
_TITLE = re.compile(r"(?<!\w)(?:Dr|Pr|Prof|Mr|Mme|Mlle|Docteur|Professeur)\.?(?= [A-ZÀ-Ý])")
_ROLE = re.compile(
    r"(?:[\[(]\s*)?(?<!\w)"
    r"(?:dir|coord|éd|ed|eds|trad|collab|sous la dir(?:ection)?(?: de)?|coordonnateur|coordonnatrice)"
    r"(?!\w)\.?\s*[\])]",
    re.IGNORECASE,
)
_MARK = re.compile(r"(?<=[^\W\d_])[\d¹²³*†‡]+|(?<!\S)[^\s@]+@\S+")
_ANONYMOUS = re.compile(
    r"[\[(]?\s*(?:anonyme|anon\.?|anonymous|collectif|s\.\s?n\.?|n\.?c\.?|inconnu|auteur inconnu)\s*[\])]?",
    re.IGNORECASE,
)
# Letters that French names do not have: those of the alphabet of French orthography, and Ł, Ø … of naturalised names.
_FOREIGN = re.compile(r"[ÁÍÓÚÌÒÃÕÅáíóúìòãõå]")


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
        """Whether braces mark it as the name of a body."""
        return self.text.startswith("{")

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


def _people(reference: Reference) -> Iterator[Item]:
    """The names that are taken apart: neither bodies nor the extended form ``family=…``, which names its parts."""
    return (item for item in items(reference) if not item.is_body and "=" not in item.text)


def name_in_capitals(reference: Reference) -> Iterator[Finding]:
    """A family name is typed in capitals: « HARPET, Cyrille »."""
    for item in _people(reference):
        family, given = item.parts
        if given and len(family) > 2 and _CAPITALS.fullmatch(family) and not _ROMAN.fullmatch(family):
            right = re.sub(r"[^\W\d_]+", lambda match: match.group().capitalize(), family)
            fix = replace(item.start, item.start + len(family), right)
            yield found(item.field, item.start, item.start + len(family), fix, name=family, right=right)


def swapped_name(reference: Reference) -> Iterator[Finding]:
    """The given name stands where the family name belongs: « Cyrille, HARPET »."""
    for item in _people(reference):
        family, given = item.parts
        shouted = _SHOUTED.fullmatch(given) and not _CAPITALS.fullmatch(family)
        known = family.lower() in SURELY_GIVEN and given.lower() not in GIVEN_NAMES and not _is_initials(given)
        if given and (shouted or known):
            right = f"{given}, {family}"
            yield found(
                item.field, item.start, item.end, replace(item.start, item.end, right), name=item.text, right=right
            )


def _is_initials(given: str) -> bool:
    return re.fullmatch(r"(?:[A-ZÀ-Ý]{1,3}\.?[ -]?)+", given) is not None and not _SHOUTED.fullmatch(given)


def et_al_as_name(reference: Reference) -> Iterator[Finding]:
    """« et al. » is typed as if it were somebody's name."""
    for item in items(reference):
        inner = item.text.strip("{}").strip()
        behind = _ET_AL_BEHIND.search(item.text)
        if _ET_AL.fullmatch(inner):
            yield found(item.field, item.start, item.end, replace(item.start, item.end, "others"), name=item.text)
        elif behind and behind.start() and not item.is_body:
            start = item.start + behind.start()
            fix = replace(item.start + len(item.text[: behind.start()].rstrip(", \t\n")), item.end, " and others")
            yield found(item.field, start, item.end, fix, name=behind.group())


def undotted_initials(reference: Reference) -> Iterator[Finding]:
    """The initials of a given name have no full stop: « Bonnet-Zamponi, D »."""
    for item in _people(reference):
        _, given = item.parts
        if _INITIALS.fullmatch(given):
            start = item.end - len(given)
            right = re.sub(r"([A-ZÀ-Ý])(?=[A-ZÀ-Ý]|\Z)", r"\1. ", given).strip()
            right = re.sub(r"([A-ZÀ-Ý])(?=[ -])", r"\1.", right)
            yield found(item.field, start, item.end, replace(start, item.end, right), initials=given, right=right)


def names_joined_by_semicolon(reference: Reference) -> Iterator[Finding]:
    """Names are separated by semicolons."""
    for item in _people(reference):
        for mark in re.finditer(r"(?<!\s)\s*;\s*(?=\S)", item.text):
            before = item.text[: mark.start()]
            if before.count("{") == before.count("}"):  # a body in braces may have a semicolon of its own
                start, end = item.start + mark.start(), item.start + mark.end()
                yield found(item.field, start, end, replace(start, end, " and "))


def names_joined_by_et(reference: Reference) -> Iterator[Finding]:
    """Names are joined by « et » or « & »."""
    for item in _people(reference):
        match = re.search(r"(?<!\s)\s+(?:et|\\?&|e)\s+(?!al\b)", item.text)
        before, after = (item.text[: match.start()], item.text[match.end() :]) if match else ("", "")
        if match and ("," in before and ("," in after or " " in after)) and ";" not in item.text:
            start, end = item.start + match.start(), item.start + match.end()
            yield found(item.field, start, end, replace(start, end, " and "), word=match.group().strip())


def foreign_accent(reference: Reference) -> Iterator[Finding]:
    """A French person's name has a letter that French does not write: « Bretón, Pierre »."""
    for item in _people(reference):
        family, given = item.parts
        match = _FOREIGN.search(family)
        if match and given.lower() in GIVEN_NAMES:
            start = item.start + match.start()
            yield found(item.field, start, start + 1, name=family, letter=match.group())


def body_as_person(reference: Reference) -> Iterator[Finding]:
    """The name of a body is typed without braces: « Haute Autorité de santé »."""
    for item in _people(reference):
        family, given = item.parts
        words = re.findall(r"[^\W\d_]+", _COMMAND.sub("", item.text))
        first = words[0].lower() if words else ""
        is_body = first in BODIES and len(words) > 1 and not given
        # A longer word in capitals is more likely a family name.
        lone = (
            not given and len(words) == 1 and 1 < len(family) < 7 and family.isupper() and not _ROMAN.fullmatch(family)
        )
        long = len(words) > 4 and not given and "," not in item.text
        if is_body or lone or (long and any(word.lower() in _JOINING for word in words)):
            right = f"{{{item.text}}}" if "{" not in item.text and "}" not in item.text else ""
            # The braces around a field may already be those of the value: a list of one body needs a pair of its own.
            fix = replace(item.start, item.end, right) if right else None
            yield found(item.field, item.start, item.end, fix, name=item.text)


def title_before_name(reference: Reference) -> Iterator[Finding]:
    """A title stands before a name: « Dr », « Pr », « Mme »."""
    for item in _people(reference):
        match = _TITLE.search(item.text)
        if match:
            start = item.start + match.start()
            fix = replace(start, start + match.end() - match.start() + 1, "")
            yield found(item.field, start, item.start + match.end(), fix, title=match.group())


def role_in_name(reference: Reference) -> Iterator[Finding]:
    """A role is typed behind a name: « (dir.) », « (coord.) »."""
    for item in items(reference):
        match = _ROLE.search(item.text)
        if match:
            yield found(item.field, item.start + match.start(), item.start + match.end(), role=match.group().strip())


def repeated_name(reference: Reference) -> Iterator[Finding]:
    """The same person stands twice in one list."""
    seen: set[tuple[str, str]] = set()
    for item in items(reference):
        key = (item.field, re.sub(r"\s+", " ", item.text).casefold())
        if key in seen:
            yield found(item.field, item.start, item.end, name=item.text)
        seen.add(key)


def anonymous_name(reference: Reference) -> Iterator[Finding]:
    """A word stands for an author who is not known: « Anonyme », « Collectif », « s.n. »."""
    for item in items(reference):
        if _ANONYMOUS.fullmatch(item.text.strip("{}").strip()):
            yield found(item.field, item.start, item.end, name=item.text)


def mark_in_name(reference: Reference) -> Iterator[Finding]:
    """A name has a digit, a footnote mark or an e-mail address in it: « Harpet1 »."""
    for item in _people(reference):
        for match in _MARK.finditer(item.text):
            yield found(item.field, item.start + match.start(), item.start + match.end(), mark=match.group())


def name_variants(references: Sequence[Reference]) -> Iterator[Finding]:
    """One person has two spellings in the collection: « Salamero, Emilie » and « Salamero, Émilie »."""
    spellings: dict[str, dict[str, tuple[Reference, Item]]] = defaultdict(dict)
    for reference in references:
        for item in _people(reference):
            family, given = item.parts
            if given and not _is_initials(given) and not re.search(r"[{}\\]", item.text):
                typed = f"{family}, {given}"
                spellings[fold(typed)].setdefault(typed, (reference, item))
    for forms in spellings.values():
        first, *others = forms
        for other in others:
            reference, item = forms[other]
            finding = found(
                item.field, item.start, item.end, name=other, first=first, place=forms[first][0].origin.entry.where
            )
            yield of_reference(reference, finding)


_BODIES = ("publisher", "institution", "organization", "school", "location", "address")


def body_cut_in_two(reference: Reference) -> Iterator[Finding]:
    """An « and » of a list of publishers belongs to a name: Farrar, Straus, and Giroux.

    The fix puts braces around it where it is the whole value; it is unsafe, as two publishers may be meant.
    """
    for field in _BODIES:
        typed = reference.raw.get(field, "")
        values = reference.publisher_place if field in ("location", "address") else reference.publisher
        joined = joined_again(values) if " and " in typed else values
        if len(joined) == len(values):
            continue
        cut = next(name for name in joined if name not in values)
        whole = f"{{{typed.strip()}}}" if len(joined) == 1 else ""
        yield found(field, 0, -1, replace(0, len(typed), whole) if whole else None, right=cut)
