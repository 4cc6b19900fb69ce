"""R1: the fields that each type of entry needs, and those that it has no use for.

The required fields are those of the biblatex manual, § 2.1, softened by the practice of documentation centres: a
report often has no author, a law no publisher, a web page no date, and nobody prints the place of publication.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from biblio.check.finding import Finding, Fix, found, replace
from biblio.formats.bibtex.leavings import NOTES, is_kind_of_program, leavings_of, placed, says_nothing
from biblio.formats.bibtex.verbatim import doi
from biblio.reference.fields import BOOKKEEPING, BY_BIBLATEX, STEERING, is_known
from biblio.reference.reference import Reference
from biblio.reference.types import ENTRY_TYPES, Pattern
from biblio.text.collation import fold
from biblio.words.tables import english_name

# Entries that describe no document, and types whose documents often bear no date.
_HELPERS = frozenset({"set", "xdata", "bibnote", "nameonly"})
_DATED = frozenset({Pattern.ARTICLE, Pattern.PART, Pattern.MONOGRAPH})
_UNDATED = frozenset(
    "misc manual software softwareversion softwaremodule codefragment hardware dataset letter artwork image "
    "unpublished customa customb customc customd custome customf".split(),
)
_BOOKS = frozenset(
    "book mvbook collection mvcollection reference mvreference booklet report techreport proceedings mvproceedings "
    "thesis phdthesis mastersthesis incollection inbook bookinbook inproceedings conference".split(),
)
_ARTICLES = frozenset({"article", "suppperiodical", "review"})
_THESES = frozenset({"thesis", "phdthesis", "mastersthesis"})
_SAME_AS = {
    "journal": "journaltitle",
    "address": "location",
    "annote": "annotation",
    "school": "institution",
}

# The fields that a type has no place for: what is typed there belongs to another type, and few grammars print it.
_MISPLACED = {
    Pattern.ARTICLE: ("booktitle", "isbn", "edition", "school"),
    Pattern.MONOGRAPH: ("journaltitle", "journal", "booktitle"),
    Pattern.PART: ("journaltitle", "journal"),
    Pattern.LEGAL: ("booktitle", "isbn", "edition"),
    Pattern.WEB: ("journaltitle", "journal", "booktitle", "pages", "volume", "isbn", "edition"),
}
# Names that look like one of them and are others.
_OTHERS = frozenset("released published caption introducedin source texts media adate places".split())
_KNOWN = sorted({*BY_BIBLATEX, *STEERING})


def _is_whole(reference: Reference) -> bool:
    """Whether an entry must say everything itself: it describes a document and inherits from no other entry."""
    inherits = "crossref" in reference.raw or "xdata" in reference.raw
    return not inherits and reference.entry_type not in _HELPERS


def missing_title(reference: Reference) -> Iterator[Finding]:
    """The notice has no title."""
    named = reference.type.pattern is Pattern.WEB and reference.publisher
    if _is_whole(reference) and not (reference.title or named):
        yield found()


def missing_date(reference: Reference) -> Iterator[Finding]:
    """The notice has no date."""
    dated = reference.type.pattern in _DATED and reference.entry_type not in _UNDATED
    known = reference.entry_type in ENTRY_TYPES and _is_whole(reference)
    # What is still to come says so instead: « à paraître ».
    if known and dated and not (reference.issued or reference.event_date or reference.status):
        yield found(type=reference.entry_type)


def missing_journal(reference: Reference) -> Iterator[Finding]:
    """An article does not say which journal it is in."""
    # What stands in « booktitle » is printed in its place, and R110 says so.
    named = reference.journal_title or reference.book_title
    if reference.entry_type in _ARTICLES and _is_whole(reference) and not named:
        yield found()


def missing_responsibility(reference: Reference) -> Iterator[Finding]:
    """Nobody answers for the document: no author, no editor, no publisher or institution."""
    nobody = not (reference.author or reference.editor or reference.publisher)
    if reference.entry_type in _BOOKS and _is_whole(reference) and nobody:
        yield found(type=reference.entry_type)


def missing_host(reference: Reference) -> Iterator[Finding]:
    """A chapter or a paper does not say which book it is in."""
    # The title of a classic @inbook is that of the book, whose chapter or pages are meant (BibTeX, « btxdoc » § 3.1).
    host = reference.book_title or reference.main_title or reference.journal_title
    of_book = reference.entry_type == "inbook" and reference.publisher and {"chapter", "pages"} & set(reference.raw)
    if reference.type.pattern is Pattern.PART and _is_whole(reference) and not (host or of_book):
        yield found(type=reference.entry_type)


def missing_school(reference: Reference) -> Iterator[Finding]:
    """A thesis does not say where it was defended, or has no author."""
    if reference.entry_type in _THESES and _is_whole(reference):
        missing = [
            name for name, value in (("author", reference.author), ("institution", reference.publisher)) if not value
        ]
        if missing:
            yield found(fields=", ".join(missing))


def missing_address(reference: Reference) -> Iterator[Finding]:
    """A web page has no address: neither ``url`` nor ``doi`` nor a line in ``links``."""
    reachable = reference.url or reference.doi or reference.links or reference.deposits
    if reference.type.pattern is Pattern.WEB and _is_whole(reference) and not reachable:
        yield found()


def misplaced_field(reference: Reference) -> Iterator[Finding]:
    """A field stands in an entry whose type has no place for it: a ``journaltitle`` in a book."""
    stand_in, _ = _stand_in(reference)
    for name in _MISPLACED[reference.type.pattern]:
        if reference.raw.get(name, "").strip() and name != stand_in:
            yield found(name, name=name, type=reference.entry_type)


def empty_field(reference: Reference) -> Iterator[Finding]:
    """A field has no value."""
    for name, value in reference.raw.items():
        # Emacs offers « OPTnote » to fill in, and programs keep their own fields empty.
        set_aside = name.startswith(("opt", "alt")) and is_known(name[3:])
        if not value.strip(" \t\r\n{}") and not set_aside and name not in BOOKKEEPING:
            yield found(name, name=name)


def misspelt_field(reference: Reference) -> Iterator[Finding]:
    """The name of a field is not known and looks very much like one that is: ``autor``, ``auteur``, ``anotation``."""
    for name in reference.raw:
        if is_known(name):
            continue
        english = english_name(name, "fields", BY_BIBLATEX)
        if english:
            fix = None if english in reference.raw else Fix(rename=english)
            yield found(name, 0, -1, fix, name=name, suggestion=english)
        elif len(name) > 3:
            close = [] if name in _OTHERS else difflib.get_close_matches(name, _KNOWN, n=1, cutoff=0.8)
            # A sign before a whole name sets the field aside: « xmonth ».
            close = [each for each in close if each[0] == name[0] or len(each) == len(name)]
            # Beside the field that it looks like, it is most likely another one: « eissn » and « issn ».
            if close and close[0] not in reference.raw and abs(len(close[0]) - len(name)) <= 1 and name.isalpha():
                yield found(name, 0, -1, Fix(rename=close[0]), name=name, suggestion=close[0])


def old_field_name(reference: Reference) -> Iterator[Finding]:
    """A field has its old BibTeX name: ``journal``, ``address``, ``annote``, ``school``, ``year``."""
    for name, value in reference.raw.items():
        new = _SAME_AS.get(name, "")
        if name == "year" and "month" not in reference.raw and value.strip().isdigit() and len(value.strip()) == 4:
            new = "date"
        # « institution » would win over an « organization » beside it, which is the publisher now.
        hidden = name == "school" and "organization" in reference.raw
        if new and new not in reference.raw and not hidden:
            yield found(name, 0, -1, Fix(rename=new), name=name, new=new)


def misspelt_type(reference: Reference) -> Iterator[Finding]:
    """The type of an entry is not known and looks very much like one that is: ``@artcile``, ``@rapport``."""
    typed = reference.entry_type
    if typed not in ENTRY_TYPES:
        english = english_name(typed, "types", ENTRY_TYPES)
        close = [english] if english else difflib.get_close_matches(typed, sorted(ENTRY_TYPES), n=1, cutoff=0.75)
        if close:
            yield found(type=typed, suggestion=close[0])


def program_leavings(reference: Reference) -> Iterator[Finding]:
    """A note holds what a program put there for itself, a type is one of RefWorks', a field was set aside by Emacs."""
    for name in NOTES:
        value = reference.raw.get(name, "")
        rest, leavings = leavings_of(value)
        if leavings:
            adds = placed(leavings, reference.raw)
            if "doi" in adds:
                adds["doi"] = doi(adds["doi"])
            told = "; ".join(map(str, leavings))
            # A field that nothing is left of becomes the first of those that it held.
            first = next(iter(adds), "") if not rest else ""
            kept = adds.pop(first) if first else rest
            fix = Fix(replace(0, len(value), kept).changes, rename=first, adds=tuple(adds.items()))
            yield found(name, 0, -1, fix, value=told)
    kind = reference.raw.get("type", "")
    if is_kind_of_program(kind.strip("{} ")):
        yield found("type", 0, -1, replace(0, len(kind), ""), value=kind)
    for name, value in reference.raw.items():
        if says_nothing(name, value):
            yield found(name, 0, -1, replace(0, len(value), ""), value=f"{name} = {value}")
        meant = name[3:] if name.startswith(("opt", "alt")) else ""
        if meant in BY_BIBLATEX and value.strip():
            mended = None if meant in reference.raw else Fix(rename=meant)
            yield found(name, 0, -1, mended, value=f"{name} = {value}"[:80])


def publisher_in_edition(reference: Reference) -> Iterator[Finding]:
    """``edition`` holds the name of a publisher: « Presses universitaires de Rennes »."""
    value = reference.raw.get("edition", "")
    typed = value.strip(" {}")
    if not typed or re.search(r"\d", typed):
        return
    same = fold(typed) in {fold(each) for each in reference.publisher}
    if same or _HOUSE.search(typed):
        free = not {"publisher", "institution", "organization", "school"} & set(reference.raw)
        yield found("edition", 0, -1, Fix(rename="publisher") if free else None, value=typed)


def unread_access(reference: Reference) -> Iterator[Finding]:
    """``openaccess`` says neither ``yes`` nor ``no``: « oui », « true », « gold »."""
    value = reference.raw.get("openaccess", "")
    typed = value.strip(" {}")
    if typed and reference.is_open is None:
        right = "yes" if typed.lower() in _YES else "no" if typed.lower() in _NO else ""
        fix = replace(0, len(value), right) if right else None
        yield found("openaccess", 0, -1, fix, value=typed, right=right or "yes / no")


def host_in_another_field(reference: Reference) -> Iterator[Finding]:
    """An article has no ``journaltitle``, and ``booktitle`` is printed in its place; or a part the other way round."""
    name, missing = _stand_in(reference)
    if name:
        yield found(name, 0, -1, Fix(rename=missing), name=name, missing=missing)


def _stand_in(reference: Reference) -> tuple[str, str]:
    """The field that is printed as the title of the host, and the one that the type asks for; empty where it has it."""
    pattern = reference.type.pattern
    name = missing = ""
    if pattern in (Pattern.ARTICLE, Pattern.LEGAL) and not reference.journal_title:
        name, missing = "booktitle", "journaltitle"
    elif pattern is Pattern.PART and not (reference.book_title or reference.main_title):
        name, missing = "journal" if "journal" in reference.raw else "journaltitle", "booktitle"
    return (name, missing) if reference.raw.get(name, "").strip() else ("", "")


_HOUSE = re.compile(
    r"\b(?:éditions? (?:de|du|des|d'|la|le|les)\b(?! (?:kindle|poche|luxe|référence))"
    r"|éditeurs?\b|presses?\b|verlag\b|publish(?:er|ers|ing)\b|university\b"
    r"|université\b|gallimard\b|seuil\b|dunod\b|elsevier\b|springer\b|wiley\b|routledge\b|documentation française\b"
    r"|l'harmattan\b|masson\b|larousse\b|hachette\b|flammarion\b|armand colin\b|puf\b|doin\b|érès\b)",
    re.IGNORECASE,
)
_YES = frozenset("oui vrai true y o 1 open ouvert libre gold green gratuit".split())
_NO = frozenset("non faux false n 0 closed fermé payant".split())
