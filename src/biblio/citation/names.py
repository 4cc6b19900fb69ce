"""Names in print: one name in each of the forms that grammars use, and lists of names, cut where the style says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from biblio.citation.options import Options
from biblio.reference.name import Name, Names
from biblio.reference.particles import Filed, filed, joined
from biblio.reference.reference import Reference
from biblio.reference.types import Pattern
from biblio.text.inline import Rich, SmallCaps, Text, join, merge, text
from biblio.words.tables import term, terms

_GREEK = re.compile(r"[\u0370-\u03ff][\u0370-\u03ff\u0301\u0308]*")

# How one name is printed, and how a list of them; the last argument is the language of the document, whose usage
# particles follow.
Form = Callable[[Name, Options, str], Rich]
Listing = Callable[[Names, Options, Form, str], Rich]


def family_first(name: Name, options: Options, language: str = "") -> Rich:
    """``HARPET Cyrille``, ``DE LA TOUR Inès`` (demoted: ``LA TOUR Inès de``), a corporate name as written."""
    return text(name.literal) or _entry(name, _demoted(name, options, language, by_default=False), " ", options)


def family_comma(name: Name, options: Options, language: str = "") -> Rich:
    """``HARPET, Cyrille``, ``LA TOUR, Inès de``: the form of ISO 690, in which a comma closes the entry element."""
    return text(name.literal) or _entry(name, _demoted(name, options, language, by_default=True), ", ", options)


def given_first(name: Name, options: Options, language: str = "") -> Rich:
    """``Cyrille HARPET``, ``Inès de LA TOUR``: the form of notes, which nothing sorts by."""
    if name.literal:
        return text(name.literal)
    parts = _demoted(name, options, language, by_default=True)
    before = join([text(name.given), text(parts.fallen)], " ")
    separator = "" if parts.fallen.endswith(("'", "’")) else " "
    return join([join([before, _capitals(parts, options)], separator), text(name.suffix)], " ")


def in_prose(name: Name, options: Options, language: str = "") -> Rich:  # a Form
    """``Cyrille Harpet``: as on a title page, in lower case."""
    return text(name.literal or " ".join(part for part in (name.given, name.full_family, name.suffix) if part))


def _demoted(name: Name, options: Options, language: str, *, by_default: bool) -> Filed:
    """The parts of a name by the style's particles; those that are kept all stand before the family name."""
    demoted = options.particles == "demoted" if options.particles else by_default
    return filed(name, language) if demoted else Filed("", name.particle, name.family)


def _entry(name: Name, parts: Filed, separator: str, options: Options) -> Rich:
    """The name from its entry element on: what follows are the given name, what fell behind it, and the suffix."""
    return join([_capitals(parts, options), text(_rest(name, parts))], separator)


def _rest(name: Name, parts: Filed) -> str:
    return " ".join(part for part in (name.given, parts.fallen, name.suffix) if part)


def _capitals(parts: Filed, options: Options) -> Rich:
    """The entry element in capitals, accents kept, unless the style wants none."""
    entry = joined(parts.kept, parts.family)
    if not options.capitals:
        return text(entry)
    return (SmallCaps(text(in_capitals(entry))),) if entry else ()


def in_capitals(value: str) -> str:
    """A name in capitals, which keep their accents; those of Greek have none but the diaeresis."""
    return _GREEK.sub(lambda match: _without_tonos(match.group()), value.upper())


def _without_tonos(letters: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", letters).replace("\u0301", ""))


def separated(names: Names, options: Options, form: Form, language: str = "") -> Rich:
    """``NOM Prénom, NOM Prénom (et al.)``: commas alone, never « et »."""
    people, cut = _kept(names, options)
    joined_names = join([form(person, options, language) for person in people], ", ")
    return merge((*joined_names, Text(" " + term("citation.et_al", options.lang)))) if cut else joined_names


def in_a_row(names: Names, options: Options, form: Form, language: str = "") -> Rich:
    """``NOM, Prénom, NOM, Prénom et NOM, Prénom``, or ``… et al.`` without « et » when the list is cut."""
    people, cut = _kept(names, options)
    forms = [form(person, options, language) for person in people]
    if cut:
        return merge((*join(forms, ", "), Text(" " + term("citation.and_others", options.lang))))
    return join([join(forms[:-1], ", "), *forms[-1:]], f" {term('citation.and', options.lang)} ")


def creators(reference: Reference, options: Options, listing: Listing, form: Form) -> Rich:
    """The names that a notice begins with, and their role."""
    names, role = first_names(reference)
    return _with_role(listing(names, options, form, reference.language), role, options)


def first_names(reference: Reference) -> tuple[Names, str]:
    """The authors; without any, the editors, but for a part: they made the book that it is in. And their role."""
    if reference.author or reference.type.pattern is Pattern.PART:
        return reference.author, reference.author_type
    return reference.editor, reference.editor_type or "editor"


def filing_parts(name: Name, language: str = "", *, demoted: bool = False) -> tuple[str, str]:
    """What a name is filed by: what it begins with in print, then the rest of it.

    ``demoted`` is for styles that print the particles that fall behind the given name, by the usage of ``language``.
    """
    if name.literal:
        return name.literal, ""
    parts = filed(name, language) if demoted else Filed("", name.particle, name.family)
    return parts.entry, _rest(name, parts)


def hosts(reference: Reference, options: Options, listing: Listing, form: Form) -> Rich:
    """Who made the book that a part is in: its author, else its editors."""
    if reference.book_author and reference.book_author != reference.author:
        return listing(reference.book_author, options, form, reference.language)
    editors = listing(reference.editor, options, form, reference.language)
    return _with_role(editors, reference.editor_type or "editor", options)


def _with_role(listed: Rich, role: str, options: Options) -> Rich:
    """``NOM, Prénom et NOM, Prénom (dir.)``; no role for those who wrote; nothing without names."""
    if role in ("", "author") or not listed:
        return listed
    name = f"role.{role.lower()}"
    label = term(name, options.lang) if name in terms() else f"({role})"
    return join([listed, text(label)], " ")


def _kept(names: Names, options: Options) -> tuple[tuple[Name, ...], bool]:
    """The names that are printed, and whether others are left out, here or in the source already."""
    people = names.people
    if len(people) >= options.et_al_min and len(people) > options.et_al_use_first:
        return people[: options.et_al_use_first], True
    return people, names.others
