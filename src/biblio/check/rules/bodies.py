"""R4: names of bodies, among people and among publishers."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from biblio.check.finding import Finding, found, of_reference, replace
from biblio.check.rules.name_lists import ET_AL_BEHIND, is_joined, named_by_commas
from biblio.check.rules.sketch import Sketch
from biblio.check.rules.typed_names import ROLE, ROMAN, Item, items, people
from biblio.check.rules.words import GIVEN_NAMES
from biblio.reference.bodies import joined_again
from biblio.reference.body_names import continues_a_body, is_kind_of_body, names_a_body, words_of
from biblio.reference.reference import Reference
from biblio.text.collation import fold

# An accent in braces, « {\'E} », or with its letter in some, « \'{e} »: they close where they open.
_ACCENT = re.compile(r"\{\\[^{}]*+(?:\{[^{}]*+\}[^{}]*+)?\}|\\[^{}\s]\{[^{}]*+\}")
_ACRONYM = re.compile(r"[A-ZÀ-ÖØ-ÞŒ]{2,6}")
# Newspapers; other names behind an article may be a person's: Le Corbusier, La Fontaine, Les Paul.
_ARTICLE_FIRST = re.compile(
    r"(?:Le (?:Monde|Figaro|Parisien|Point|Temps|Soir|Devoir|Progrès|Télégramme)|La (?:Croix|Tribune|Dépêche|Provence)"
    r"|Les (?:Échos|Décodeurs)|L['’](?:Express|Humanité|Obs|Équipe|Opinion)"
    r"|The (?:Guardian|Economist|Lancet|Conversation))"
)
_LONGEST_NAME = 100  # characters: nobody's is longer, and a text of thousands would be gone through again and again
_IN_BRACES = re.compile(r"\{+([^{}\\]+)\}+")
_FAMILY_AND_GIVEN = re.compile(
    r"(?P<family>(?:[a-z]{1,4}[ ’'])*[A-ZÀ-Ý][^\s,\d]+(?:[ -][A-ZÀ-Ý][^\s,\d]+){0,2}), *"
    r"(?:(?P<initials>[A-ZÀ-Ý]\.(?:[ -]?[A-ZÀ-Ý]\.)*)|(?P<given>[A-ZÀ-Ý][^\W\d_]+)(?:[ -][A-ZÀ-Ý][\w.-]*)*)"
)
# « Maison des jeunes, Nancy »: cities and regions that people are called too.
_GIVEN_AND_PLACES = frozenset(
    "france lorraine martinique europe paris florence nancy nice victoria charlotte lincoln austin madison jackson "
    "sydney adelaide regina georgia virginia milan denis vincent lyon orlando santiago salvador".split()
)
_BODIES = ("publisher", "institution", "organization", "school", "location", "address")


def body_as_person(reference: Reference) -> Iterator[Finding]:
    """The name of a body is typed without braces: « Haute Autorité de santé »."""
    whole = list(people(reference))
    cut = {index for pair in _cut_bodies(whole) for index in pair}
    for index, item in enumerate(whole):
        family, given = item.parts
        # A longer word in capitals is more likely a family name.
        lone = not given and _ACRONYM.fullmatch(item.text) and not ROMAN.fullmatch(item.text)
        if index in cut or not (lone or _is_body(item)):
            continue
        # « Collaboration, ATLAS »: a program took the last word for a family name.
        turned = given and is_kind_of_body(family) and given.isupper()
        right = f"{given} {family}" if turned else item.text
        # The braces around a field may already be those of the value: a list of one body needs a pair of its own.
        plain = _ACCENT.sub("", item.text)
        fix = None if "{" in plain or "}" in plain else replace(item.start, item.end, f"{{{right}}}")
        yield found(item.field, item.start, item.end, fix, name=item.text, right=right)


def _is_body(item: Item) -> bool:
    """Whether a name typed without braces is a body's, with commas of its own or not."""
    if re.search(r"[;|•]|\s/\s", item.text) or ET_AL_BEHIND.search(item.text) or len(named_by_commas(item.text)) > 1:
        return False
    family, given = item.parts
    words = words_of(family)
    if ROLE.match(item.text):
        return False  # « Sous la direction de Anne Roux »
    if _ARTICLE_FIRST.fullmatch(item.text):
        return True
    if given:
        return (names_a_body(family) and is_kind_of_body(words[0])) or (is_kind_of_body(family) and given.isupper())
    if "," in item.text:
        return bool(words) and is_kind_of_body(words[0])
    return names_a_body(item.text) and not is_joined(item.text)


def _cut_bodies(whole: Sequence[Item]) -> Iterator[tuple[int, int]]:
    """The neighbours in a list that are the halves of one body, by their places in it."""
    for index, (before, after) in enumerate(itertools.pairwise(whole)):
        if before.field == after.field and continues_a_body(before.text, after.text):
            yield index, index + 1


def body_cut_by_and(reference: Reference) -> Iterator[Finding]:
    """An « and » among authors belongs to the name of a body: « Centers for Disease Control and Prevention »."""
    whole = list(people(reference))
    for first, second in _cut_bodies(whole):
        before, after = whole[first], whole[second]
        typed = reference.raw[before.field][before.start : after.end]
        right = " ".join(typed.split())
        fix = replace(before.start, after.end, f"{{{right}}}") if "{" not in typed and "}" not in typed else None
        yield found(before.field, before.start, after.end, fix, right=right)


def braced_elsewhere(sketches: Sequence[Sketch]) -> Iterator[Finding]:
    """A name without braces is that of a body which has them elsewhere in the collection."""
    braced: dict[str, Sketch] = {}
    for sketch in sketches:
        for item in sketch.names:
            # Braces in a name, around one word, or around what begins with a given name, say nothing of what it is.
            inner = item.text[1:-1]
            if item.is_body and item.text.endswith("}") and not re.search(r"[{},\\]", inner) and " " in inner:
                if inner.split()[0].lower() in GIVEN_NAMES:
                    continue
                braced.setdefault(fold(inner), sketch)
    for sketch in sketches if braced else ():
        for item in sketch.people:
            other = braced.get(fold(item.text))
            if other is not None and "," not in item.text and not _is_body(item):
                fix = replace(item.start, item.end, f"{{{item.text}}}") if "{" not in item.text else None
                finding = found(item.field, item.start, item.end, fix, name=item.text, place=other.where)
                yield of_reference(sketch.reference, finding)


def person_in_braces(reference: Reference) -> Iterator[Finding]:
    """Braces make a body of a person, « {Dupont, Anne} », or of a whole list, « {Dupont, Anne and Roux, Luc} »."""
    for item in items(reference):
        whole = _IN_BRACES.fullmatch(item.text)
        inner = whole[1] if whole else ""
        parts = re.split(r"(?<!\s)\s+and\s+", inner)
        names = [_FAMILY_AND_GIVEN.fullmatch(name) if len(name) <= _LONGEST_NAME else None for name in parts]
        people_alone = [name for name in names if name and not names_a_body(name["family"])]
        # That all are people is certain where one of them is.
        if len(people_alone) == len(names) and any(map(_is_surely_given, people_alone)):
            yield found(item.field, item.start, item.end, replace(item.start, item.end, inner), name=inner)


def _is_surely_given(name: re.Match[str]) -> bool:
    """Whether what stands behind the comma is initials, or a given name that is known and is no place."""
    given = (name["given"] or "").lower()
    return name["initials"] is not None or (given in GIVEN_NAMES and given not in _GIVEN_AND_PLACES)


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
