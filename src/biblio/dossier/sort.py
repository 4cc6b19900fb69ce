"""The order of references inside a section: collation, the sort keys, and pins.

Collation follows the Unicode Collation Algorithm's three levels (UTS 10 § 1.1) for the Latin script, which French uses
untailored: letters first, accents second, case third; a ligature sorts as its letters and punctuation as a space.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

from biblio.diagnostics import Diagnostic, Parsed, diagnose
from biblio.dossier.spec import Pin
from biblio.model.date import date_order
from biblio.model.library import fold_key
from biblio.model.name import Name
from biblio.model.reference import Reference
from biblio.richtext import Rich, plain
from biblio.yaml_model.keys import Placed

CollationKey = tuple[str, str, str]

# The articles that a title begins with and that sorting skips, by language of the title.
LEADING_ARTICLES: Mapping[str, re.Pattern[str]] = {
    "fr": re.compile(r"(?:les?|la|une?)\s+|l['’]\s*", re.IGNORECASE),
    "en": re.compile(r"(?:the|an?)\s+", re.IGNORECASE),
    "es": re.compile(r"(?:el|las?|los|una?)\s+", re.IGNORECASE),
    "it": re.compile(r"(?:il|lo|la|gli|le|i|una?)\s+|l['’]\s*", re.IGNORECASE),
    "de": re.compile(r"(?:der|die|das|eine?)\s+", re.IGNORECASE),
}
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss"})


def collate(value: str) -> CollationKey:
    """The key that sorts a string as a French dictionary does: letters, then accents, then case."""
    spaced = "".join(
        character if character.isalnum() or unicodedata.combining(character) else " "
        for character in unicodedata.normalize("NFD", value.translate(_LIGATURES))
    )
    decomposed = " ".join(spaced.split())
    letters = "".join(character for character in decomposed if not unicodedata.combining(character))
    return (letters.casefold(), decomposed.casefold(), letters.swapcase())


def without_article(value: str, language: str) -> str:
    """A title without its leading article: ``La Gazette`` sorts at G."""
    article = LEADING_ARTICLES.get(language.partition("-")[0] or "fr")
    match = article.match(value) if article else None
    return value[match.end() :] if match and match.end() < len(value) else value


def source_of(reference: Reference) -> str:
    """What a notice is sorted by after its type: the journal or book that holds it, else its publisher."""
    container = plain(reference.container_title)
    return container or ", ".join(reference.publisher)


def sort_references(
    references: Sequence[Reference],
    keys: Sequence[Placed],
    label_of: Callable[[Reference], str],
    language: str = "fr",
) -> tuple[Reference, ...]:
    """The references by the sort keys, the first one first; equal ones keep their order, missing values stand last.

    ``label_of`` gives the printed type label; ``language`` is the dossier's, whose articles are skipped in the sources.
    """
    ordered = list(references)
    for key in reversed(keys):
        descending = key.value.startswith("-")
        value_of = _sort_value(key.value.removeprefix("-"), label_of, language)
        known = [reference for reference in ordered if value_of(reference) is not None]
        missing = [reference for reference in ordered if value_of(reference) is None]
        known.sort(key=value_of, reverse=descending)  # type: ignore[arg-type]  # the values of one key compare
        ordered = known + missing
    return tuple(ordered)


def _sort_value(
    name: str,
    label_of: Callable[[Reference], str],
    language: str,
) -> Callable[[Reference], CollationKey | tuple[int, int, int] | None]:
    def collated(value: str) -> CollationKey | None:
        return collate(value) if value else None

    def title_key(rich: Rich, reference: Reference) -> CollationKey | None:
        return collated(without_article(plain(rich), reference.language or language))

    functions: Mapping[str, Callable[[Reference], CollationKey | tuple[int, int, int] | None]] = {
        "type": lambda reference: collated(label_of(reference)),
        "source": lambda reference: collated(without_article(source_of(reference), language)),
        "date": lambda reference: date_order(reference.issued) if reference.issued and reference.issued.first else None,
        "author": lambda reference: collated(" ".join(map(_sort_name, reference.author.people))),
        "title": lambda reference: title_key(reference.title, reference),
    }
    return functions[name]


def _sort_name(name: Name) -> str:
    return name.literal or f"{name.full_family} {name.given}"


def apply_pins(references: Sequence[Reference], pins: Sequence[Pin]) -> Parsed[tuple[Reference, ...]]:
    """Moves the pinned references to their places, in the order of the pins; a pin on an absent key is reported."""
    ordered = list(references)
    diagnostics: list[Diagnostic] = []

    def index_of(citekey: str) -> int | None:
        folded = fold_key(citekey)
        return next((index for index, held in enumerate(ordered) if fold_key(held.citekey) == folded), None)

    firsts = 0
    for pin in pins:
        index = index_of(pin.key.value)
        if index is None:
            diagnostics.append(diagnose("D204", pin.key.span, key=pin.key.value))
            continue
        if bool(pin.at) == bool(pin.after):
            diagnostics.append(diagnose("D205", pin.span, key=pin.key.value))
            continue
        pinned = ordered.pop(index)
        target = index_of(pin.after.value) if pin.after else None
        if pin.after and target is None:
            diagnostics.append(diagnose("D204", pin.after.span, key=pin.after.value))
            ordered.insert(index, pinned)
        elif target is not None:
            ordered.insert(target + 1, pinned)
        elif pin.at == "first":
            ordered.insert(firsts, pinned)
            firsts += 1
        else:
            ordered.append(pinned)
    return Parsed(tuple(ordered), tuple(diagnostics))
