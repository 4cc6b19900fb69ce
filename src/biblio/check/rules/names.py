"""R4: names of people."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from biblio.check.finding import Finding, found, of_reference, replace
from biblio.check.rules.languages import language_of
from biblio.check.rules.name_lists import named_by_commas
from biblio.check.rules.sketch import Sketch
from biblio.check.rules.typed_names import FAMILY_FIRST, ROLE, ROMAN, SHOUTED, Item, is_initials, items, people
from biblio.check.rules.words import GIVEN_NAMES, MOSTLY_GIVEN, PERHAPS_FAMILY, SURELY_GIVEN
from biblio.reference.body_names import is_kind_of_body, names_a_body, words_of
from biblio.reference.reference import Reference
from biblio.text.collation import fold
from biblio.text.inline import plain

_CAPITALS = re.compile(r"[A-ZÀ-ÖØ-ÞŒ][A-ZÀ-ÖØ-ÞŒ'’ -]+")
_GENERATION = re.compile(r"(?:[JS]r\.?|I{2,3}|IV)")
_MOST_INITIALS = 4
_INITIALS = re.compile(r"[A-ZÀ-Ý](?:[ -]?[A-ZÀ-Ý]){0,2}")
_TITLE = re.compile(r"(?<!\w)(?:Dr|Pr|Prof|Mr|Mme|Mlle|Docteur|Professeur)\.?(?= [A-ZÀ-Ý])")
_MARK = re.compile(
    r"(?<=[^\W\d_]{3})[\d¹²³*†‡]+(?![\w-])|(?<!\S)[^\s@]+@\S+"
    # The same marks as LaTeX raises them, « \textsuperscript{1,2} », « $^{*}$ ».
    r"|\\textsuperscript\{[\d\s,*†‡a-f]+\}"
    r"|\$\s*+\^\s*+(?:\{\s*+)?(?>(?:[\d,*†‡a-f]|\\(?:dagger|ddagger|ast|star)\s*+)+)\}?\s*+\$"
    # The years of a life, as catalogues add them: « (1950-2010) », « Roux, Anne, 1950- ».
    r"|(?P<years>\(\d{4} ?[-–] ?(?:\d{4}|\.{2,4})?\)|(?<=, )\d{4} ?[-–](?: ?(?:\d{4}|\.{2,4}))?)"
)
_ARTICLE = re.compile(
    r"(?P<given>[A-ZÀ-Ý][^\s,{}]*(?:\s+[A-ZÀ-Ý][^\s,{}]*)*?)\s+"
    r"(?P<article>(?:L[EeAa]|L[Ee][Ss]|D[EeUu]|D[Ee][SsLl]|D[Ee]lla|V[AaOo][Nn]|D[Ee][NnRr]|E[Ll]|B[Ee][Nn]|M[Aa]?[Cc])"
    r"(?:\s+(?:L[EeAa]|L[Ee][Ss]|D[Ee][NnRr]))?)\s+"
    r"(?P<family>[A-ZÀ-Ý][\w’'-]+)"
)
_VIETNAMESE = frozenset(
    "nguyen tran le pham huynh hoang phan vu vo dang bui do ho ngo duong ly dinh trinh truong doan lam mai dao".split()
)
_ANONYMOUS = re.compile(
    r"[\[(]?\s*(?:anonyme|anon\.?|anonymous|collectif|s\.\s?n\.?|n\.?c\.?|n\.\s?n\.|inconnu|auteur inconnu"
    r"|(?:auteurs )?divers|various(?: authors)?|unknown(?: author)?|a\.?a\.?\s?v\.?v\.|v\.?v\.?\s?a\.?a\.)\s*[\])]?",
    re.IGNORECASE,
)
# Letters that French names do not have: those of the alphabet of French orthography, and Ł, Ø … of naturalised names.
_FOREIGN = re.compile(r"[ÁÍÓÚÌÒÃÕÅáíóúìòãõå]")


def name_in_capitals(reference: Reference) -> Iterator[Finding]:
    """A family name is typed in capitals: « HARPET, Cyrille »."""
    for item in people(reference):
        family, given = item.parts
        # « BNF, Bibliothèque nationale de France » is a body, with its acronym.
        if not given or names_a_body(given) or len(named_by_commas(item.text)) > 1:
            continue
        if len(family) > 2 and _CAPITALS.fullmatch(family) and not ROMAN.fullmatch(family):
            right = re.sub(r"[^\W\d_]+", lambda match: match.group().capitalize(), family)
            fix = replace(item.start, item.start + len(family), right)
            yield found(item.field, item.start, item.start + len(family), fix, name=family, right=right)


def swapped_name(reference: Reference) -> Iterator[Finding]:
    """The given name stands where the family name belongs: « Cyrille, HARPET »."""
    for item in people(reference):
        family, given = item.parts
        # « Crossman, ERFW »: four letters may be as many initials.
        shouted = SHOUTED.fullmatch(given) and not _CAPITALS.fullmatch(family) and len(given) > _MOST_INITIALS
        surely = family.lower() in SURELY_GIVEN and family.lower() not in PERHAPS_FAMILY
        known = surely and given.lower() not in GIVEN_NAMES and not re.search(r"\b[A-Z]\b|[{}\\]", given)
        if len(named_by_commas(item.text)) > 1:
            continue  # « ROUX A, VERT L » are two people
        if given and (shouted or known) and not is_kind_of_body(family) and not names_a_body(family):
            right = f"{given}, {family}"
            yield found(
                item.field, item.start, item.end, replace(item.start, item.end, right), name=item.text, right=right
            )


def undotted_initials(reference: Reference) -> Iterator[Finding]:
    """The initials of a given name have no full stop: « Bonnet-Zamponi, D »."""
    for item in people(reference):
        _, given = item.parts
        if _INITIALS.fullmatch(given):
            start = item.end - len(given)
            right = re.sub(r"([A-ZÀ-Ý])(?=[A-ZÀ-Ý]|\Z)", r"\1. ", given).strip()
            right = re.sub(r"([A-ZÀ-Ý])(?=[ -])", r"\1.", right)
            yield found(item.field, start, item.end, replace(start, item.end, right), initials=given, right=right)


def foreign_accent(reference: Reference) -> Iterator[Finding]:
    """A French person's name has a letter that French does not write: « Bretón, Pierre »."""
    for item in people(reference):
        family, given = item.parts
        match = _FOREIGN.search(family)
        # « González, René »: names in -ez are Spanish, whatever stands beside them.
        if match and given.lower() in GIVEN_NAMES and not family.lower().endswith("ez"):
            start = item.start + match.start()
            yield found(item.field, start, start + 1, name=family, letter=match.group())


def family_name_first(reference: Reference) -> Iterator[Finding]:
    """The family name stands first without a comma: « DUPONT Anne », « LE GOFF Y. », « Dupont AB »."""
    listed = [item for item in people(reference) if "," not in item.text]
    last = [item.text.split()[-1].lower() for item in listed]
    surely = any(word in SURELY_GIVEN for word in last) or sum(word in MOSTLY_GIVEN for word in last) > 1
    # Alone, such a name is taken for what it is where French may be read, and its last word is a family's nowhere.
    alone = len(listed) == 1 and last[0] in (SURELY_GIVEN | MOSTLY_GIVEN) - PERHAPS_FAMILY and _may_be_french(reference)
    if (alone or (len(listed) > 1 and surely)) and all(map(_ends_with_given_name, listed)):
        # « Dupont Jean and Durand Paul »: every second word is a given name, and no first one.
        for item in listed:
            family, given = item.text.split()
            gap = item.start + len(family)
            fix = replace(gap, item.end - len(given), ", ")
            yield found(item.field, item.start, item.end, fix, name=item.text, right=f"{family}, {given}")
        return
    whole = [(item, FAMILY_FIRST.fullmatch(item.text)) for item in listed]
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
        if (match["shouted"] and short and not known) or ROMAN.fullmatch(family) or ROMAN.fullmatch(given):
            continue
        end = item.start + len(family)
        gap = item.start + match.start("given" if match["given"] else "initials")
        right = f"{family}, {given}"
        yield found(item.field, item.start, item.end, replace(end, gap, ", "), name=item.text, right=right)


def _may_be_french(reference: Reference) -> bool:
    """Whether nothing says that a reference is in another language."""
    language = reference.language.partition("-")[0]
    return language == "fr" or (not language and language_of(plain(reference.title)) in ("fr", ""))


def _ends_with_given_name(item: Item) -> bool:
    """Whether a name is two words in small letters behind a capital, of which the second alone is a given name."""
    words = item.text.split()
    if len(words) != 2 or not all(re.fullmatch(r"[A-ZÀ-Ý][a-zß-ÿœ]+(?:-[A-ZÀ-Ý][a-zß-ÿœ]+)*", word) for word in words):
        return False
    family, given = (word.lower() for word in words)
    return given in GIVEN_NAMES and family not in GIVEN_NAMES


def title_before_name(reference: Reference) -> Iterator[Finding]:
    """A title stands before a name: « Dr », « Pr », « Mme »."""
    for item in people(reference):
        match = _TITLE.search(item.text)
        if match:
            start = item.start + match.start()
            fix = replace(start, start + match.end() - match.start() + 1, "")
            yield found(item.field, start, item.start + match.end(), fix, title=match.group())


def misplaced_suffix(reference: Reference) -> Iterator[Finding]:
    """« Jr. » or « III » stands where it is taken for a family or a given name: « John Smith Jr. », « King, Jr. »."""
    for item in people(reference):
        if "{" in item.text:
            continue
        name, comma, suffix = item.text.rpartition(",") if "," in item.text else item.text.rpartition(" ")
        family, _, given = name.partition(",")
        words = name.split()
        if not _GENERATION.fullmatch(suffix.strip()) or len(words) < 2:
            continue
        if comma == " " and suffix.isupper():
            continue  # « Pope John Paul II »
        if comma == " " or not given:
            # Without a comma between them, the family name is the last word.
            family, given = words[-1], " ".join(words[:-1])
        right = f"{family.strip()}, {suffix.strip()}, {given.strip()}"
        yield found(item.field, item.start, item.end, replace(item.start, item.end, right), name=item.text, right=right)


def article_in_given_name(reference: Reference) -> Iterator[Finding]:
    """An article with a capital stands before the family name without a comma: « Yann Le Bodo », « Anne LE GOFF »."""
    for item in people(reference):
        match = _ARTICLE.fullmatch(item.text) if "," not in item.text else None
        if match is None or names_a_body(item.text):
            continue
        given, article, family = match["given"], match["article"], match["family"]
        first = fold(given.split()[0])
        # « Nguyen Van An »: the second of three names of Vietnam.
        if first in _VIETNAMESE or (given.isupper() and "." not in given) or article.isupper() != family.isupper():
            continue
        right = f"{article} {family}, {given}"
        fix = replace(item.start, item.end, right)
        yield found(item.field, item.start, item.end, fix, name=item.text, article=article, right=right)


def role_in_name(reference: Reference) -> Iterator[Finding]:
    """A role is typed behind a name: « (dir.) », « (coord.) »."""
    for item in items(reference):
        match = ROLE.search(item.text)
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
    """A name has a digit, a footnote mark, an e-mail address or the years of a life in it: « Harpet1 »."""
    for item in people(reference):
        # A word alone is mostly what is left of an abbreviation that no @string explains: « aamas02-editor ».
        whole = re.search(r"[\s,~]", item.text) and not any(map(is_kind_of_body, words_of(item.text)))
        for match in _MARK.finditer(item.text) if whole else ():
            # What catalogues add to tell people apart goes away with the blank or the comma before it.
            bare = item.text[: match.start()].rstrip(" ,")
            fix = replace(item.start + len(bare), item.start + match.end(), "") if match["years"] else None
            yield found(item.field, item.start + match.start(), item.start + match.end(), fix, mark=match.group())


def name_variants(sketches: Sequence[Sketch]) -> Iterator[Finding]:
    """One person has two spellings in the collection: « Salamero, Emilie » and « Salamero, Émilie »."""
    spellings: dict[str, dict[str, tuple[Sketch, Item]]] = defaultdict(dict)
    for sketch in sketches:
        for item in sketch.people:
            family, given = item.parts
            if given and not is_initials(given) and not re.search(r"[{}\\]", item.text):
                typed = f"{family}, {given}"
                spellings[fold(typed)].setdefault(typed, (sketch, item))
    for forms in spellings.values():
        first, *others = forms
        for other in others:
            sketch, item = forms[other]
            finding = found(item.field, item.start, item.end, name=other, first=first, place=forms[first][0].where)
            yield of_reference(sketch.reference, finding)
