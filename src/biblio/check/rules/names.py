"""R4: names of people and bodies."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from biblio.check.finding import Finding, found, of_reference, replace
from biblio.check.rules.words import GIVEN_NAMES, PERHAPS_FAMILY, SURELY_GIVEN
from biblio.reference.bodies import joined_again
from biblio.reference.body_names import continues_a_body, is_kind_of_body, names_a_body, words_of
from biblio.reference.reference import Reference
from biblio.text.collation import fold

FIELDS = ("author", "editor", "translator")

_AND = re.compile(r"(?<!\s)\s+and\s+", re.IGNORECASE)
_BRACE = re.compile(r"[{}]")
_CAPITALS = re.compile(r"[A-ZÀ-ÖØ-ÞŒ][A-ZÀ-ÖØ-ÞŒ'’ -]+")
_SHOUTED = re.compile(r"(?=.*[A-ZÀ-ÖØ-ÞŒ]{4})[A-ZÀ-ÖØ-ÞŒ'’ -]+")
_ROMAN = re.compile(r"[IVX]+")
_ACRONYM = re.compile(r"[A-ZÀ-ÖØ-ÞŒ]{2,6}")
# « DUPONT Anne », « LE GOFF Y. »; « Dupont AB », « Le Goff Y. ».
_FAMILY_FIRST = re.compile(
    r"(?:(?P<shouted>[A-ZÀ-ÖØ-ÞŒ][A-ZÀ-ÖØ-ÞŒ'’-]+(?: [A-ZÀ-ÖØ-ÞŒ][A-ZÀ-ÖØ-ÞŒ'’-]+){0,3})\s+"
    r"(?P<given>(?:[A-ZÀ-Ý][a-zß-ÿœ]+|[A-ZÀ-Ý]\.)(?:(?: |-)?(?:[A-ZÀ-Ý][a-zß-ÿœ]+|[A-ZÀ-Ý]\.))*)"
    r"|(?P<family>(?:(?:[Ll][ea]|[Dd][eu]|[Vv][ao]n|[Dd]er|[Ee]l) )*[A-ZÀ-Ý][a-zß-ÿœ]+(?:-[A-ZÀ-Ý][a-zß-ÿœ]+)*)"
    r"\s+(?P<initials>[A-ZÀ-Ý]{1,2}|[A-ZÀ-Ý]\.(?:[ -]?[A-ZÀ-Ý]\.){0,2}))"
)
# A whole name without a comma, given name first or last: two words or more that begin with capitals.
_CAPITALISED = r"[A-ZÀ-ÖØ-ÞŒ](?:\.|[\w'’.-]*)"
_WHOLE = re.compile(rf"{_CAPITALISED}(?:[ ~-](?:{_CAPITALISED}|de|du|des|van|von|der|den|la|le|di|da)){{1,5}}")
_SUFFIX = re.compile(r"(?:[JS]n?r|fils|père|aîné|cadet|[IVX]+|[1-9](?:st|nd|rd|th)|Ph\.? ?D|M\.? ?D)\.?", re.IGNORECASE)
_ET_AL = re.compile(
    r"[\[(]?\s*(?:et\s+(?:al|alii|coll|collab)\b\.?|and\s+al\b\.?|al\.|et\s+autres|&\s*al\b\.?)\s*[\])]?", re.IGNORECASE
)
_ET_AL_BEHIND = re.compile(r"(?:[\[(]\s*)?\b(?:et\s+al(?:ii)?\b\.?|&\s*al\b\.?)\s*[\])]?\s*\Z", re.IGNORECASE)
_INITIALS = re.compile(r"[A-ZÀ-Ý](?:[ -]?[A-ZÀ-Ý]){0,2}")
_TITLE = re.compile(r"(?<!\w)(?:Dr|Pr|Prof|Mr|Mme|Mlle|Docteur|Professeur)\.?(?= [A-ZÀ-Ý])")
_ROLE = re.compile(
    r"(?:[\[(]\s*)?(?<!\w)"
    r"(?:dir|coord|éd|ed|eds|trad|collab|sous la dir(?:ection)?(?: de)?|coordonnateur|coordonnatrice)"
    r"(?!\w)\.?\s*[\])]"
    r"|[\[(]\s*(?:éditeur|éditrice|editors?|directeur|directrice|coordinateur|coordinatrice|traducteur|traductrice"
    r"|translators?|compilers?|préfacier|illustrateur|illustratrice|Hrsg|Hg|sous la direction(?: de)?)\.?\s*[\])]"
    r"|(?<=[\s,])(?:dir|coord|éds?|eds|trad|ill)\.\s*\Z",
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
        surely = family.lower() in SURELY_GIVEN and family.lower() not in PERHAPS_FAMILY
        known = surely and given.lower() not in GIVEN_NAMES and not re.search(r"\b[A-Z]\b|[{}\\]", given)
        if given and (shouted or known) and not is_kind_of_body(family) and not names_a_body(family):
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
    """Names are separated by semicolons, or by bars: « Harpet, Cyrille; Templon, Jérôme », « Anne Roux | Luc Vert »."""
    for item in _people(reference):
        for mark in re.finditer(r"(?<!\s)\s*[;|•]\s*(?=\S)", item.text):
            before = item.text[: mark.start()]
            if before.count("{") == before.count("}"):  # a body in braces may have a semicolon of its own
                start, end = item.start + mark.start(), item.start + mark.end()
                yield found(item.field, start, end, replace(start, end, " and "), mark=mark.group().strip())


def names_joined_by_slash(reference: Reference) -> Iterator[Finding]:
    """Names are listed with slashes between them: « Jean Roux / Anne Vert »."""
    for item in _people(reference):
        if "{" in item.text:
            continue
        for mark in re.finditer(r"(?<=\S)\s+/\s+(?=\S)|(?<=\w)/(?=\w)", item.text):
            before, after = item.text[: mark.start()], item.text[mark.end() :]
            # Without blanks a slash may stand inside a name: « Inserm/Université de Nantes ».
            if mark.group().strip() != mark.group() or ("," in before and "," in after):
                start, end = item.start + mark.start(), item.start + mark.end()
                yield found(item.field, start, end, replace(start, end, " and "))


def names_joined_by_et(reference: Reference) -> Iterator[Finding]:
    """Names are joined by « et » or « & »."""
    for item in _people(reference):
        match = re.search(r"(?<!\s)\s+(?:et|\\?&|e)\s+(?!al\b)", item.text)
        before, after = (item.text[: match.start()], item.text[match.end() :]) if match else ("", "")
        apart = "," in before and ("," in after or " " in after)
        if match and (apart or _is_joined(item.text)) and ";" not in item.text:
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
    whole = [item for item in items(reference) if not item.is_body and "=" not in item.text]
    cut = {index for pair in _cut_bodies(whole) for index in pair}
    for index, item in enumerate(whole):
        family, given = item.parts
        # A longer word in capitals is more likely a family name.
        lone = not given and _ACRONYM.fullmatch(item.text) and not _ROMAN.fullmatch(item.text)
        if index in cut or not (lone or _is_body(item)):
            continue
        # « Collaboration, ATLAS »: a program took the last word for a family name.
        turned = given and is_kind_of_body(family) and given.isupper()
        right = f"{given} {family}" if turned else item.text
        # The braces around a field may already be those of the value: a list of one body needs a pair of its own.
        fix = None if "{" in item.text or "}" in item.text else replace(item.start, item.end, f"{{{right}}}")
        yield found(item.field, item.start, item.end, fix, name=item.text, right=right)


def _is_body(item: Item) -> bool:
    """Whether a name typed without braces is a body's, with commas of its own or not."""
    if re.search(r"[;|•]|\s/\s", item.text) or _ET_AL_BEHIND.search(item.text) or len(_named_by_commas(item.text)) > 1:
        return False
    family, given = item.parts
    words = words_of(family)
    if given:
        return (names_a_body(family) and is_kind_of_body(words[0])) or (is_kind_of_body(family) and given.isupper())
    if "," in item.text:
        return bool(words) and is_kind_of_body(words[0])
    return names_a_body(item.text) and not _is_joined(item.text)


def _is_joined(text: str) -> bool:
    """Whether « et » or « & » joins people, each a given name and a family name, and not the words of a body."""
    halves = re.split(r"\s+(?:et|\\?&)\s+", text)
    return len(halves) > 1 and all(words_of(half)[:1] and words_of(half)[0].lower() in GIVEN_NAMES for half in halves)


def _cut_bodies(whole: Sequence[Item]) -> Iterator[tuple[int, int]]:
    """The neighbours in a list that are the halves of one body, by their places in it."""
    for index, (before, after) in enumerate(itertools.pairwise(whole)):
        if before.field == after.field and continues_a_body(before.text, after.text):
            yield index, index + 1


def body_cut_by_and(reference: Reference) -> Iterator[Finding]:
    """An « and » among authors belongs to the name of a body: « Centers for Disease Control and Prevention »."""
    whole = [item for item in items(reference) if not item.is_body and "=" not in item.text]
    for first, second in _cut_bodies(whole):
        before, after = whole[first], whole[second]
        typed = reference.raw[before.field][before.start : after.end]
        right = " ".join(typed.split())
        fix = replace(before.start, after.end, f"{{{right}}}") if "{" not in typed and "}" not in typed else None
        yield found(before.field, before.start, after.end, fix, right=right)


def braced_elsewhere(references: Sequence[Reference]) -> Iterator[Finding]:
    """A name without braces is that of a body which has them elsewhere in the collection."""
    braced: dict[str, Reference] = {}
    for reference in references:
        for item in items(reference):
            # Braces in a name, around one word, or around what begins with a given name, say nothing of what it is.
            inner = item.text[1:-1]
            if item.is_body and item.text.endswith("}") and not re.search(r"[{},\\]", inner) and " " in inner:
                if inner.split()[0].lower() in GIVEN_NAMES:
                    continue
                braced.setdefault(fold(inner), reference)
    for reference in references if braced else ():
        for item in _people(reference):
            other = braced.get(fold(item.text))
            if other is not None and "," not in item.text and not _is_body(item):
                fix = replace(item.start, item.end, f"{{{item.text}}}") if "{" not in item.text else None
                place = other.origin.entry.where
                yield of_reference(reference, found(item.field, item.start, item.end, fix, name=item.text, place=place))


def family_name_first(reference: Reference) -> Iterator[Finding]:
    """The family name stands first without a comma: « DUPONT Anne », « LE GOFF Y. », « Dupont AB »."""
    whole = [(item, _FAMILY_FIRST.fullmatch(item.text)) for item in _people(reference) if "," not in item.text]
    # « Weinan E », « Christopher R » are right, or cut: behind one word, initials need the like beside them.
    usual = len(whole) > 1 and all(match for _, match in whole)
    for item, match in whole:
        if match is None or names_a_body(item.text):
            continue
        if match["family"] and not usual and " " not in match["family"]:
            continue
        family, given = match["shouted"] or match["family"], match["given"] or match["initials"]
        short = len(family.replace(" ", "")) < 4
        # A short word in capitals may be an acronym or initials typed without stops: a name that is known decides.
        known = all(part.lower() in GIVEN_NAMES or part in ("Le", "La") for part in re.split(r"[ -]", given))
        if (match["shouted"] and short and not known) or _ROMAN.fullmatch(family) or _ROMAN.fullmatch(given):
            continue
        end = item.start + len(family)
        gap = item.start + match.start("given" if match["given"] else "initials")
        right = f"{family}, {given}"
        yield found(item.field, item.start, item.end, replace(end, gap, ", "), name=item.text, right=right)


def names_joined_by_comma(reference: Reference) -> Iterator[Finding]:
    """People are listed with commas between them: « Paul Leblanc, Anne Roux, Luc Vert »."""
    for item in _people(reference):
        names = _named_by_commas(item.text)
        if len(names) > 1:
            right = " and ".join(names)
            yield found(item.field, item.start, item.end, replace(item.start, item.end, right), right=right)


def _named_by_commas(text: str) -> list[str]:
    """The people of a list by commas; fewer than two where it may be one name, « Family, Jr, Given »."""
    if re.search(r"[{;|•]|\s/\s", text) or "," not in text:
        return []
    pieces = [piece.strip() for piece in text.strip(" ,").split(",")]
    if any(not piece or _SUFFIX.fullmatch(piece) for piece in pieces):
        return []
    words = [piece.split() for piece in pieces]
    if is_kind_of_body(words_of(pieces[0])[0] if words_of(pieces[0]) else ""):
        return []
    if all(_WHOLE.fullmatch(piece) and not names_a_body(piece) for piece in pieces):
        given = [each[0].rstrip(".").lower() in GIVEN_NAMES or _is_initials(each[0]) for each in words]
        # « Smith J, Doe AB », « Roux J., Vert A. »; « ROUX Jean, VERT Anne ».
        vancouver = [re.fullmatch(r"[A-ZÀ-Ý]{1,3}|(?:[A-ZÀ-Ý]\.-?){1,3}", each[-1]) is not None for each in words]
        shouted = [bool((match := _FAMILY_FIRST.fullmatch(piece)) and match["shouted"]) for piece in pieces]
        # « Ada Lovelace, Alan Turing, and Grace Hopper »: the comma before « and » is that of a list.
        listed = len(pieces) > 2 or text.endswith(",")
        if len(pieces) > 1 and (listed or all(given) or all(vancouver) or all(shouted)):
            return pieces
    pairs = [pieces[at : at + 2] for at in range(0, len(pieces), 2)]
    if len(pieces) > 3 and len(pieces) % 2 == 0 and all(_is_given(given) for _, given in pairs):
        return [f"{family}, {given}" for family, given in pairs]
    return []


def _is_given(text: str) -> bool:
    """Whether a piece of a list is a given name: initials, or a name that is known for one."""
    return _is_initials(text) or all(part.lower() in GIVEN_NAMES for part in re.split(r"[ -]", text))


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
        # « Wang, Y. and Wang, Y. » may well be two people.
        if key in seen and not _has_initials_alone(item):
            yield found(item.field, item.start, item.end, name=item.text)
        seen.add(key)


def _has_initials_alone(item: Item) -> bool:
    """Whether only initials stand for a given name: « Wang, Y. », « Y. Wang », « Wang Y »."""
    _, given = item.parts
    words = words_of(given or item.text)
    return not item.is_body and (all(len(word) == 1 for word in words) or (not given and min(map(len, words)) == 1))


def anonymous_name(reference: Reference) -> Iterator[Finding]:
    """A word stands for an author who is not known: « Anonyme », « Collectif », « s.n. »."""
    for item in items(reference):
        if _ANONYMOUS.fullmatch(item.text.strip("{}").strip()):
            yield found(item.field, item.start, item.end, name=item.text)


def mark_in_name(reference: Reference) -> Iterator[Finding]:
    """A name has a digit, a footnote mark or an e-mail address in it: « Harpet1 »."""
    for item in _people(reference):
        # A word alone is mostly what is left of an abbreviation that no @string explains: « aamas02-editor ».
        whole = re.search(r"[\s,~]", item.text) and not any(map(is_kind_of_body, words_of(item.text)))
        for match in _MARK.finditer(item.text) if whole else ():
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
