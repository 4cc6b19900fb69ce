"""Those who made a document, from the fields of a catalogue: their names, and the place that their role has here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from biblio.formats.marc.record import Field
from biblio.formats.marc.statements import KEPT, bare, date_of, tidy, without_stop
from biblio.formats.records import Body

# UNIMARC's role codes (UNIMARC manual, appendix C; those from 900 on are French and local) and MARC relators, by the
# field that the role has here; an empty one is a role in making the copy, not the work, or in owning it.
ROLES = {
    **dict.fromkeys(
        (
            "070 aut 305 dis 090 330 dub 460 ive 480 lbt 690 aus sce 230 cmp 520 lyr 040 art 180 ctg 600 pht 300 drt "
            "100 ant 635 prg 675 rev 190 250 cre inv 410 ill2 720 sgn 062 510 071 273 dtc"
        ).split(),
        "author",
    ),
    **dict.fromkeys("340 edt 650s 220 com 651 pbd 557 orm 380 673 rth 395 edc".split(), "editor"),
    **dict.fromkeys("730 trl".split(), "translator"),
    **dict.fromkeys("080 aui win 085".split(), "foreword"),
    **dict.fromkeys("075 aft".split(), "afterword"),
    **dict.fromkeys("212 cwt wac 020 ann".split(), "commentator"),
    **dict.fromkeys("727 ths".split(), "advisor"),
    **dict.fromkeys("295 dgg".split(), "institution"),
    **dict.fromkeys("650 pbl".split(), "publisher"),
    **dict.fromkeys("440 ill".split(), "illustrator"),
    **dict.fromkeys(
        "310 dst 610 prt 611 390 fmo own 320 dnr 723 spn 400 fnd 160 bsl 110 bnd 956 958 955 opn 555 dgc 981 996 995 "
        "280 dte 700 scr 430 ilu 290".split(),
        "",
    ),
}
_WORDS = (
    (re.compile(r"directeur de thèse|supervisor|advisor|directrice de thèse", re.IGNORECASE), "727"),
    (re.compile(r"éditeur sc|editor|direct|coord|\bdir\b|\béd\b", re.IGNORECASE), "340"),
    (re.compile(r"trad|transl", re.IGNORECASE), "730"),
    (re.compile(r"préf|pref|foreword|introd", re.IGNORECASE), "080"),
    (re.compile(r"postf|afterword", re.IGNORECASE), "075"),
    (re.compile(r"illus", re.IGNORECASE), "440"),
    (re.compile(r"auteur|author|réalis", re.IGNORECASE), "070"),
)
_COMPANY = re.compile(r"(?:inc|ltd|llc|s\.?a|gmbh|corp|co)\b\.?", re.IGNORECASE)
# Roles behind one field of editors, by the word that it is printed with.
_EDITOR_TYPES = {"illustrator": "illustrator", "advisor": "supervisor", "collaborator": "collaborator"}


Value = str | Sequence[str]


@dataclass(frozen=True, slots=True)
class Person:
    """A name with the roles of its field, and whether its field is one of those who answer for the work first."""

    name: str
    roles: tuple[str, ...]
    main: bool


def roles_of(field: Field, codes: str = "4") -> tuple[str, ...]:
    """The places that a field's role codes have here; a role by its words, or none that is known, is ``other``."""
    return tuple(dict.fromkeys(map(_role, field.every(codes))))


@lru_cache(maxsize=KEPT)
def _role(value: str) -> str:
    code = value.strip().strip(".,;").lower().rpartition("/")[2]
    digits = re.match(r"\d{3}(?!\d)", code)
    code = digits[0] if digits else code
    if code not in ROLES:
        code = next((known for form, known in _WORDS if form.search(code)), code)
    return ROLES.get(code, "other")


def person_of(family: str, given: str, expanded: str = "") -> str:
    """A person, as UNIMARC's $a, $b and $g have it: « Asimov », « , Isaac », « (John Ronald) »."""
    family, given = _plain(family), without_stop(_plain(given))
    expanded = _plain(expanded.strip(" ,;:").strip(" ()"))
    if not given and "," in family:
        family, _, given = (part.strip() for part in family.partition(","))
        given = without_stop(_plain(given))
    if expanded and (not given or re.fullmatch(r"(?:[^\W\d_]{1,2}\.[ -]?)+", given)):
        given = expanded
    if _COMPANY.fullmatch(given):
        return Body(f"{family}, {given}")
    return f"{family}, {given}" if given else Body(family)


def body_of(parts: Iterable[str]) -> str:
    """A body with its subdivisions, « Ministère de la Santé. Direction générale »."""
    names = [_plain(part).rstrip(".") for part in parts]
    return Body(". ".join(name for name in names if name))


@lru_cache(maxsize=KEPT)
def _plain(text: str) -> str:
    text = tidy(text).strip(" ,;:")
    if text.startswith("[") and text.endswith("]"):
        text = text[1:-1].strip()
    if text.count("[") != text.count("]"):
        # The bracket of a name that somebody supplied, its other half being elsewhere in the field.
        text = text.replace("[", "").replace("]", "")
    # « , 1950- » and « (1950-…) » behind a name are the dates of a life.
    return re.sub(r"\(?\b\d{4}\s*+[-–]\s*+(?:\d{4}|\.{2,3}|…)?\s*+\)?\.?\Z", "", text).strip(" ,;:")


def name_in(found: Field, given: str = "", expanded: str = "", numeral: str = "") -> str:
    """The person of a field, from $a and the subfields of the given name, of its full form and of a number behind."""
    name = person_of(found.first("a"), found.first(given), found.first(expanded))
    behind = found.first(numeral)
    return type(name)(f"{name} {tidy(behind)}") if behind else name


def place_people(
    fields: dict[str, Value], people: Sequence[Person], statements: Iterable[str], *, thesis: bool = False
) -> None:
    """Fills the fields of those people; where no field names any, of those that ``statements`` of responsibility name.

    The first statement that names somebody for a field counts.
    """
    placed = people_fields(people, thesis)
    if not people:
        for statement in statements:
            for name, value in people_of_statement(statement).items():
                placed.setdefault(name, value)
    publisher = placed.pop("publisher", None)
    if publisher and not fields.get("publisher"):
        fields["publisher"] = publisher
    fields.update(placed)


def place_meeting(fields: dict[str, Value], title: str, number: str, place: str, date: str) -> None:
    """Fills the meeting that a document comes from: « Congrès (3 ; 2010 ; Lyon) » in its parts."""
    number = tidy(number).strip("()")
    fields.setdefault("eventtitle", f"{title} ({number})" if number else title)
    fields.setdefault("venue", bare(place.strip("() ")))
    held = date_of(date.strip("():; "))
    if held[:1].isdigit():
        fields.setdefault("eventdate", held)


def people_fields(people: Iterable[Person], thesis: bool = False) -> dict[str, Value]:
    """The fields of those people: each stands in the field of its first role that has one.

    Without a role a name of the first or of equal responsibility is an author; so is one of secondary responsibility
    when nobody else is, and else a collaborator.
    """
    groups: dict[str, list[str]] = {}
    unsaid: list[str] = []
    for person in people:
        if not person.name:
            continue
        places = [place for place in person.roles if place and place != "other"]
        if places:
            for place in places[:1] if "author" not in places else ["author"]:
                groups.setdefault(place, []).append(person.name)
        elif person.main and not person.roles:
            groups.setdefault("author", []).append(person.name)
        elif not person.roles:
            unsaid.append(person.name)
        elif "other" in person.roles:
            groups.setdefault("author" if person.main else "collaborator", []).append(person.name)
    if unsaid:
        groups.setdefault("collaborator" if {"author", "editor"} & groups.keys() else "author", []).extend(unsaid)
    return _placed(groups, thesis)


def _placed(groups: dict[str, list[str]], thesis: bool) -> dict[str, Value]:
    fields: dict[str, Value] = {}
    for place in ("author", "editor", "translator", "foreword", "afterword", "commentator"):
        if place in groups:
            fields[place] = tuple(dict.fromkeys(groups[place]))
    free = iter(("editora", "editorb", "editorc"))
    for place, word in _EDITOR_TYPES.items():
        if place in groups:
            name = next(free)
            fields[name] = tuple(dict.fromkeys(groups[place]))
            fields[f"{name}type"] = word
    bodies = groups.get("institution", []) if thesis else []
    if bodies or "publisher" in groups:
        fields["publisher"] = tuple(map(str, bodies or groups["publisher"]))
    if "institution" in groups and not thesis:
        fields.setdefault("author", tuple(groups["institution"]))
    return fields


# --- A statement of responsibility ------------------------------------------------------------------------------------

_EDITED = re.compile(
    r"\A(?:\[?(?:textes? (?:réunis|rassemblés)|ouvrage|étude|publié|édité|coordonné|coord\.|sous)\b.*?"
    r"(?:direction|dir\.|coordination|coord\.|par|de)\s+(?:scientifique\s+)?(?:de\s+|d['’]|par\s+)?"
    r"|(?:dir\.|ed\.|eds\.|edited)\s*(?:by\s+|par\s+|de\s+)?)",
    re.IGNORECASE,
)
_BY = re.compile(r"\A\[?(?:par|by|de|von|auteurs?\s*:?|texte (?:de|par))\s+", re.IGNORECASE)
_AND = re.compile(r"(?:,|\bet\b|\band\b|&|\bund\b|\by\b)\s+", re.IGNORECASE)
_OTHERS = re.compile(r",? ?(?:\[?\(?\bet\.? al(?:ii)?\b\.?\)?\]?|\.\.\.|…|\[?et autres\]?|and others)", re.IGNORECASE)
_BODY = re.compile(
    r"\b(?:minist|institut|université|university|centre|center|comité|commission|conseil|association|société|agence|"
    r"fédération|organisation|organization|direction|service|observatoire|département|laboratoire|groupe|réseau|haute|"
    r"fondation|école|council|office|union|mairie|ville|région|santé|collectif)",
    re.IGNORECASE,
)


def people_of_statement(statement: str) -> dict[str, Value]:
    """The people of « par Paul Durand et Marie Roux ; préf. de … », where nothing else names them: the first part."""
    first = tidy(tidy(statement).partition(" ; ")[0])
    others = _OTHERS.search(first) is not None
    first = _OTHERS.sub("", first)
    edited = _EDITED.match(first)
    text = first[edited.end() :] if edited else _BY.sub("", first)
    text = text.strip(" []().,")
    if not text:
        return {}
    names = [text] if _BODY.search(text) else [piece.strip(" []()") for piece in _AND.split(text)]
    people = tuple(_of_words(name) for name in names if name)
    return {"editor" if edited else "author": (*people, "others") if others else people}


def _of_words(name: str) -> str:
    words = name.split()
    if _BODY.search(name) or not 2 <= len(words) <= 4:
        return Body(name)
    start = next((at for at, word in enumerate(words[1:], 1) if word[0].islower()), len(words) - 1)
    return f"{' '.join(words[start:])}, {' '.join(words[:start])}"
