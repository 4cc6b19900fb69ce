"""F3: the notice as a whole: its annotation, where that comes from, and the language of the document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from biblio.check.finding import Change, Finding, Fix, found, replace
from biblio.check.rules.languages import NAMES, language_of
from biblio.reference.provenance import parse_provenance
from biblio.reference.reference import Reference
from biblio.reference.types import Pattern
from biblio.text.collation import fold_title
from biblio.text.inline import plain

_TITLES = ("title", "subtitle", "maintitle", "booktitle")
_ANNOTATION = ("annotation", "annote")
_TYPED = re.compile(
    r"[\[(](?P<source>(?:Extrait\s+(?:du\s+)?)?R[ée]sum[ée][^\[\]()]{0,60}|(?:R[ée]s\.|Extrait)[^\[\]()]{0,60})[\])]\.?\s*\Z",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.!?…»)\]:]['”\"]?\s*\Z")
_FINAL_STOP = re.compile(r"(?<![.\s])(?P<stop>\.)\s*\Z")
_ABBREVIATED = re.compile(r"(?:\b(?:etc|cf|al|vol|no|suppl|éd|ed|coll|S|St|Inc|Ltd|[A-Z])|\.[A-Za-z])\.\s*\Z")


def missing_annotation(reference: Reference) -> Iterator[Finding]:
    """The notice has no annotation.

    In an annotated bibliography each document is presented in a few lines. This rule runs only when it is selected
    (``select = ["F301"]``): many collections annotate a part of their documents on purpose.

    Example:
        @book{brimo-2023, title = {Santé et territoire}, date = {2023}}
    """
    if not reference.annotation and not reference.abstract:
        yield found()


def typed_provenance(reference: Reference) -> Iterator[Finding]:
    """Where an annotation comes from is typed at its end: « [Résumé éditeur] ».

    It belongs in ``annotationsource``, which has a closed vocabulary: typed by hand it comes in six spellings. The fix
    moves it there when it is understood.

    Example:
        annotation = {Cet ouvrage présente les contrats locaux de santé. [Résumé d'éditeur]},
    """
    for name in _ANNOTATION:
        match = _TYPED.search(reference.raw.get(name, ""))
        if match and reference.raw[name][: match.start()].strip():
            provenance = re.sub(r"(?i)\br[ée]sum[ée]\b\s*", "", match["source"]).strip() or "documentaliste"
            known = parse_provenance(provenance)
            fix = None
            if known and "annotationsource" not in reference.raw:
                words = " ".join(
                    word for word, said in (("extrait", known.extract), ("d'après", known.adapted)) if said
                )
                source = f"{words} {known.source}".strip()
                before = reference.raw[name][: match.start()].rstrip()
                stop = "." if match.group().rstrip().endswith(".") and before[-1:] not in ".!?…»" else ""
                fix = Fix((Change(len(before), match.end(), stop),), adds=(("annotationsource", source),))
            yield found(name, match.start(), match.end(), fix, text=match.group().strip())


def annotation_without_provenance(reference: Reference) -> Iterator[Finding]:
    """An annotation does not say where it comes from.

    Readers want to know whether they read the publisher, the author or the documentalist. Web pages are left alone.

    Example:
        annotation = {Cet ouvrage présente les contrats locaux de santé.},
    """
    if reference.type.pattern is Pattern.WEB or "annotationsource" in reference.raw:
        return
    for name in _ANNOTATION:
        value = reference.raw.get(name, "")
        if value.strip() and not _TYPED.search(value):
            yield found(name)
            return


def unmarked_foreign_title(reference: Reference) -> Iterator[Finding]:
    """A title is in another language than ``langid`` says, or than French when it says nothing.

    Screen readers pronounce it as French, and French spaces are set in it. Told from the commonest words of six
    languages; a title too short to tell is left alone.

    Example:
        title = {Measuring the determinants of health in the population},
    """
    declared = reference.language.partition("-")[0] or "fr"
    spoken = language_of(reference.raw.get("title", ""))
    if spoken and spoken != declared and declared in NAMES:
        is_free = not {"langid", "hyphenation", "language"} & set(reference.raw)
        fix = Fix(adds=(("langid", NAMES[spoken]),)) if is_free else None
        yield found("title", 0, -1, fix, language=NAMES[spoken])


def unknown_language(reference: Reference) -> Iterator[Finding]:
    """The value of ``langid`` is not the name of a language that biblatex knows, nor a tag such as « fr ».

    The title is then set as if it were French.

    Example:
        langid = {anglais},
    """
    for name in ("langid", "hyphenation", "language"):
        if reference.raw.get(name, "").strip():
            if not reference.language:
                yield found(name, value=reference.raw[name].strip())
            return


def annotation_repeats_title(reference: Reference) -> Iterator[Finding]:
    """The annotation is the title once more.

    It tells the reader nothing new; a program often puts it there.

    Example:
        title = {Guide de l'exercice coordonné}, annotation = {Guide de l'exercice coordonné.},
    """
    for name in _ANNOTATION:
        value = fold_title(reference.raw.get(name, ""))
        if value and value == fold_title(plain(reference.title)):
            yield found(name)


def annotation_without_stop(reference: Reference) -> Iterator[Finding]:
    """An annotation does not end with a full stop.

    It was perhaps cut off; a text in sentences ends with a stop.

    Example:
        annotation = {Ce guide présente les étapes d'un contrat local de santé},
    """
    for name in _ANNOTATION:
        value = reference.raw.get(name, "")
        if value.strip() and not _ENDS.search(value) and not _TYPED.search(value) and not value.rstrip().endswith("}"):
            end = len(value.rstrip())
            yield found(name, end - 1, end, replace(end, end, "."))


def stop_after_title(reference: Reference) -> Iterator[Finding]:
    """A title ends with a full stop.

    The style sets what stands between a title and what follows. An abbreviation keeps its stop.

    Example:
        title = {Santé et territoire.},
    """
    for name in (*_TITLES, "titleaddon", "journaltitle"):
        value = reference.raw.get(name, "")
        match = _FINAL_STOP.search(value)
        if match and not _ABBREVIATED.search(value):
            yield found(name, match.start(), match.end("stop"), replace(*match.span("stop"), ""))


def title_in_capitals(reference: Reference) -> Iterator[Finding]:
    """A title is typed in capitals.

    Capitals are hard to read, screen readers may spell them letter by letter, and the accents are mostly lost. Copy it
    again in lower case: which words keep a capital cannot be told by a program.

    Example:
        title = {LES CONTRATS LOCAUX DE SANTE},
    """
    for name in _TITLES:
        words = re.findall(r"[^\W\d_]{2,}", re.sub(r"\\[A-Za-z]+", " ", reference.raw.get(name, "")))
        letters = "".join(words)
        if len(words) >= 3 and len(letters) >= 12 and letters.isupper():
            yield found(name)
