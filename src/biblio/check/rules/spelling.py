"""F1: the spelling of French, in titles and annotations. Each rule sees one passage of running text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from biblio.check.finding import Finding, found, replace
from biblio.check.rules.languages import looks_french
from biblio.check.rules.words import (
    ABBREVIATIONS,
    AFTER_PREPOSITION,
    ALSO_ENGLISH,
    LIGATURES,
    MISSPELLINGS,
    NEVER_TWICE,
    REGIONS,
    UNACCENTED,
)
from biblio.text.collation import without_accents


def _any_of(words: Iterable[str]) -> str:
    """A pattern of these words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _loose(name: str) -> str:
    """A pattern of a name whatever its accents, hyphens and apostrophe."""
    words = re.split(r"[ -]", name)
    letters = (
        "".join(c if without_accents(c) == c else f"[{c}{without_accents(c)}]" for c in word).replace("'", "['’]")
        for word in words
    )
    return "[ -]+".join(letters)


_CAPITAL = re.compile(r"(?<![\w.-])(?:[dlnsDLNS]['’]|[Qq]u['’])?(?P<word>[AEI]\w+)(?!\w)(?! de France)")
_LETTER_A = re.compile(r"(?:\A|(?<=[.!?…:;«] )|(?<=\n))(?P<word>A) (?=(?P<next>l['’]|[a-zà-ÿ]+))")
_LIGATURE = re.compile(rf"(?<!\w)(?P<stem>{_any_of(LIGATURES)})\w*", re.IGNORECASE)
_ORDINAL = re.compile(
    r"(?<!\w)(?P<number>\d{1,3}|[IVX]{1,6}) ?(?:(?P<th>i?[èe]me)|(?P<first>[èe]re))(?P<plural>s?)(?!\w)"
)
_REGION = re.compile(rf"(?<![\w-])(?:{'|'.join(f'({_loose(name)})' for name in REGIONS)})(?![\w-])")
_TWICE = re.compile(rf"(?<![\w'’-])(?P<word>{_any_of(NEVER_TWICE)})(?P<again>\s+(?P=word))(?![\w'’-])")
_LONE = re.compile(r"(?<![\w.-])(?P<before>[a-zà-ÿ]{2,}),? (?P<letter>[b-xz]) (?=[a-zà-ÿ])")
_BEFORE_LETTER = re.compile(r"(?:type|groupe|vitamine|hépatite|annexe|classe|catégorie|liste|et|ou)s?")
_ACRONYM = re.compile(r"(?<![\w.])(?:[A-Z]\.){3,}(?!\w)")
_ABBREVIATION = re.compile(rf"(?<!\w)(?P<word>{_any_of(ABBREVIATIONS)})(?= [A-ZÀ-Ý])")
_ENGLISH = re.compile(r"\b(?:the|of|and|with|for|from)\b", re.IGNORECASE)
_MISSPELLING = re.compile(rf"(?<![\w'’.-])(?:[dl]['’])?(?P<word>{_any_of(MISSPELLINGS)})(?![\w-])", re.IGNORECASE)


def unaccented_capital(text: str) -> Iterator[Finding]:
    """A capital has lost the accent that its word has: « Etat », « Ecole », « A partir »."""
    for match in _CAPITAL.finditer(text):
        right = UNACCENTED.get(match["word"])
        if right and (match["word"].capitalize() not in ALSO_ENGLISH or looks_french(text)):
            start, end = match.span("word")
            yield found("", start, end, replace(start, end, right), word=match["word"], right=right)
    for match in _LETTER_A.finditer(text):
        if match["next"] in AFTER_PREPOSITION or not match["next"].isalpha():
            start, end = match.span("word")
            yield found("", start, end, replace(start, end, "À"), word="A", right="À")


def missing_ligature(text: str) -> Iterator[Finding]:
    """A word has « oe » for « œ »: « mise en oeuvre », « au coeur »."""
    for match in _LIGATURE.finditer(text):
        stem = match["stem"]
        start = match.start("stem")
        at = start + stem.casefold().index("oe")
        ligature = "œ" if text[at].islower() else "Œ"
        right = text[start:at] + ligature + text[at + 2 : match.end()]
        yield found("", start, match.end(), replace(at, at + 2, ligature), word=match.group(), right=right)


def long_ordinal(text: str) -> Iterator[Finding]:
    """An ordinal is abbreviated with too many letters: « 2ème », « 1ère », « XXIème »."""
    for match in _ORDINAL.finditer(text):
        right = match["number"] + ("e" if match["th"] else "re") + match["plural"]
        yield found("", match.start(), match.end(), replace(*match.span(), right), word=match.group(), right=right)


def misspelt_region(text: str) -> Iterator[Finding]:
    """The name of a region lacks its hyphens: « Ile de France », « Provence Alpes Côte d'Azur »."""
    for match in _REGION.finditer(text):
        right = REGIONS[(match.lastindex or 1) - 1]
        typed = match.group().replace("’", "'")
        # A name that lacks only an accent is a matter for F101. One that has some of its hyphens is left alone: bodies
        # bear such names, « IREPS Auvergne Rhône-Alpes ».
        if "-" not in typed and without_accents(typed) != without_accents(right):
            yield found("", match.start(), match.end(), replace(*match.span(), right), word=match.group(), right=right)


def repeated_word(text: str) -> Iterator[Finding]:
    """A little word stands twice: « de de », « les les »."""
    for match in _TWICE.finditer(text):
        yield found("", match.start(), match.end(), replace(*match.span("again"), ""), word=match["word"])


def lone_letter(text: str) -> Iterator[Finding]:
    """A letter stands alone that is no word: « et e la santé », « d une »."""
    for match in _LONE.finditer(text):
        # « Les biens communs = Beni comuni e individuali »: a parallel title is in a language of its own.
        first, last = text.rfind(" = ", 0, match.start()), text.find(" = ", match.end())
        if (first, last) != (-1, -1) and not looks_french(text[max(first, 0) : last if last > 0 else len(text)]):
            continue
        if match["letter"] not in "bcd" or not _BEFORE_LETTER.fullmatch(match["before"]):
            yield found("", match.start("letter"), match.end("letter"), letter=match["letter"])


def dotted_acronym(text: str) -> Iterator[Finding]:
    """An acronym is typed with full stops: « A.R.S. »."""
    for match in _ACRONYM.finditer(text):
        right = match.group().replace(".", "")
        yield found("", match.start(), match.end(), replace(*match.span(), right), word=match.group(), right=right)


def wrong_abbreviation(text: str) -> Iterator[Finding]:
    """A title before a name is abbreviated the English way: « Mr », « Dr. »."""
    for match in _ABBREVIATION.finditer(text):
        right = ABBREVIATIONS[match["word"]]
        yield found("", match.start(), match.end(), replace(*match.span(), right), word=match["word"], right=right)


def misspelling(text: str) -> Iterator[Finding]:
    """A word is spelt as no French word is: « acceuil », « sante », « language »."""
    for match in _MISSPELLING.finditer(text):
        word = match["word"]
        right = MISSPELLINGS[word.casefold()]
        # A capital without its accent is for F101; a word all in capitals may be an acronym.
        if word in UNACCENTED or word.isupper() or not looks_french(text):
            continue
        # « language » and « connection » are English: right in the translation that a bilingual title ends with.
        if word.lower() in ("language", "connection") and _ENGLISH.search(text):
            continue
        right = right[0].upper() + right[1:] if word[0].isupper() else right
        start, end = match.span("word")
        yield found("", start, end, replace(start, end, right), word=word, right=right)
