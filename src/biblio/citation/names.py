"""Names in print: one name in each of the forms that grammars use, and lists of names, cut where the style says."""

from __future__ import annotations

from collections.abc import Callable

from biblio.citation.options import Options
from biblio.reference.name import Name, Names
from biblio.reference.reference import Reference
from biblio.reference.types import Pattern
from biblio.text.inline import Rich, SmallCaps, Text, join, merge, text
from biblio.words.tables import term

Form = Callable[[Name], Rich]
Listing = Callable[[Names, Options, Form], Rich]


def family_first(name: Name) -> Rich:
    """``HARPET Cyrille``, ``LE BODO Yann``, a corporate name as written."""
    return text(name.literal) or join([_capitals(name), text(_after(name))], " ")


def family_comma(name: Name) -> Rich:
    """``HARPET, Cyrille``: the form of ISO 690, in which a comma closes the entry element of the name."""
    return text(name.literal) or join([_capitals(name), text(_after(name))], ", ")


def given_first(name: Name) -> Rich:
    """``Cyrille HARPET``: the form of notes, which nothing sorts by."""
    suffix = text(name.suffix)
    return text(name.literal) or join([text(name.given), _capitals(name), suffix], " ")


def in_prose(name: Name) -> Rich:
    """``Cyrille Harpet``: as on a title page, in lower case."""
    return text(name.literal or " ".join(part for part in (name.given, name.full_family, name.suffix) if part))


def _capitals(name: Name) -> Rich:
    """The family name in capitals, accents kept, its particle with it."""
    return (SmallCaps(text(name.full_family.upper())),) if name.full_family else ()


def _after(name: Name) -> str:
    return " ".join(part for part in (name.given, name.suffix) if part)


def separated(names: Names, options: Options, form: Form) -> Rich:
    """``NOM Prénom, NOM Prénom (et al.)``: commas alone, never « et »."""
    people, cut = _kept(names, options)
    joined = join([form(person) for person in people], ", ")
    return merge((*joined, Text(" " + term("citation.et_al", options.lang)))) if cut else joined


def in_a_row(names: Names, options: Options, form: Form) -> Rich:
    """``NOM, Prénom, NOM, Prénom et NOM, Prénom``, or ``… et al.`` without « et » when the list is cut."""
    people, cut = _kept(names, options)
    forms = [form(person) for person in people]
    if cut:
        return merge((*join(forms, ", "), Text(" " + term("citation.and_others", options.lang))))
    return join([join(forms[:-1], ", "), *forms[-1:]], f" {term('citation.and', options.lang)} ")


def creators(reference: Reference, options: Options, listing: Listing, form: Form) -> Rich:
    """The authors; without any, the editors, but for a part: they made the book that it is in."""
    if reference.author or reference.type.pattern is Pattern.PART:
        return listing(reference.author, options, form)
    return edited_by(reference.editor, options, listing, form)


def edited_by(editors: Names, options: Options, listing: Listing, form: Form) -> Rich:
    """``NOM, Prénom et NOM, Prénom (dir.)``; nothing without editors."""
    listed = listing(editors, options, form)
    return join([listed, text(term("citation.editors", options.lang))], " ") if listed else ()


def _kept(names: Names, options: Options) -> tuple[tuple[Name, ...], bool]:
    """The names that are printed, and whether others are left out, here or in the source already."""
    people = names.people
    if len(people) >= options.et_al_min and len(people) > options.et_al_use_first:
        return people[: options.et_al_use_first], True
    return people, names.others
