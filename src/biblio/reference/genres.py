"""What the keys of biblatex say of a reference, in words: the kind of document, its state, the series of a journal."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from biblio.reference.ordinal import ordinal
from biblio.reference.reference import Reference
from biblio.reference.types import Pattern
from biblio.text.inline import plain
from biblio.words.tables import LANGUAGES, term, terms

# BibTeX's old types stand for a type and a kind (biblatex manual § 2.1.2).
_KIND_OF_TYPE: Mapping[str, str] = {
    "phdthesis": "phdthesis",
    "mastersthesis": "mathesis",
    "techreport": "techreport",
    "thesis": "thesis",
}
# What programs and people write for a key of biblatex; what a key says in English is known by it.
_SPELLINGS: Mapping[str, str] = {
    "phd": "phdthesis",
    "ph.d.": "phdthesis",
    "ph.d. thesis": "phdthesis",
    "ph.d. dissertation": "phdthesis",
    "phd dissertation": "phdthesis",
    "doctoral thesis": "phdthesis",
    "doctoral dissertation": "phdthesis",
    "doctorate": "phdthesis",
    # HAL's word for its kind
    "theses": "phdthesis",
    "masters": "mathesis",
    "master": "mathesis",
    "mastersthesis": "mathesis",
    "masters thesis": "mathesis",
    "master thesis": "mathesis",
    "bachelor": "bathesis",
    "bachelors thesis": "bathesis",
    "bachelor thesis": "bathesis",
}


def said(value: str, lang: str) -> str:
    """What a biblatex key stands for in ``lang`` (« phdthesis »: thèse de doctorat); any other text as it is."""
    name = f"key.{value.strip().lower().removeprefix('lang')}"
    return term(name, lang) if name in terms() else value


def kind_of(reference: Reference, lang: str) -> str:
    """The kind of document that its type says: « thèse de doctorat », « brevet français »; empty without one.

    A kind in English words that a key stands for, or that repeat the type, is said in ``lang``; one that is typed in
    ``lang`` as a key says it has no other case than that.
    """
    kind = reference.genre or _KIND_OF_TYPE.get(reference.entry_type.lower(), "")
    words = " ".join(kind.lower().replace("’", "'").split())
    if words in ("thesis", reference.type.label_in("en").lower()):
        return reference.type.label_in(lang).lower()
    return said(_keys_by_words(lang).get(words, kind), lang)


@cache
def _keys_by_words(lang: str) -> Mapping[str, str]:
    """The keys of biblatex by what they say in English or in ``lang``, and by the other ways to say it."""
    keys = [name.removeprefix("key.") for name in terms() if name.startswith("key.")]
    said_in = {each: {term(f"key.{key}", each).lower().replace("’", "'"): key for key in keys} for each in ("en", lang)}
    return {**said_in["en"], **_SPELLINGS, **said_in[lang]}


def genre_of(reference: Reference) -> str:
    """The kind of document for other programs, which know no keys: in the document's language, else in English.

    BibTeX's old types, for which there is one type in CSL and in RIS, are told apart by it.
    """
    old = reference.entry_type.lower() in ("phdthesis", "mastersthesis", "techreport")
    lang = spoken(reference)
    return kind_of(reference, lang) if reference.genre or old else said(reference.label, lang)


def state_of(reference: Reference, lang: str) -> str:
    """What has become of a publication: « à paraître », « sous presse »; empty when it is simply published."""
    return said(reference.status, lang)


def series_in_words(reference: Reference, lang: str) -> str:
    """The series of a journal that a key or a number says: « nouvelle série », « 3e série »; empty for any other."""
    series = plain(reference.collection_title).strip()
    if reference.type.pattern is not Pattern.ARTICLE:
        return ""
    if series.isdecimal() and len(series) < 3:
        return term("citation.series_number", lang).format(number=ordinal(int(series), lang))
    words = said(series, lang)
    return words if words != series else ""


def spoken(reference: Reference) -> str:
    """The language in which our words stand beside a document's own, where no dossier says it."""
    language = reference.language.partition("-")[0]
    return language if language in LANGUAGES else "en"
