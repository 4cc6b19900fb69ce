"""F3: the notice as a whole: its annotation, where that comes from, and the language of the document."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from biblio.check.finding import Change, Finding, Fix, found, replace
from biblio.check.rules.languages import language_of
from biblio.check.rules.words import is_elided
from biblio.reference.languages import USUAL_WORDS, language_tag
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
_STOPS_INSIDE = {"journaltitle": re.compile(r"\."), "booktitle": re.compile(r"\b[^\W\d_]{1,6}\.[\s~]")}
_ABBREVIATED = re.compile(r"(?:\b(?:etc|cf|al|vol|no|suppl|éd|ed|coll|S|St|Inc|Ltd|[A-Z])|\.[A-Za-z])\.\s*\Z")


def missing_annotation(reference: Reference) -> Iterator[Finding]:
    """The notice has no annotation."""
    if not reference.annotation and not reference.abstract:
        yield found()


def typed_provenance(reference: Reference) -> Iterator[Finding]:
    """Where an annotation comes from is typed at its end: « [Résumé éditeur] »."""
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
    """An annotation does not say where it comes from."""
    if reference.type.pattern is Pattern.WEB or "annotationsource" in reference.raw:
        return
    for name in _ANNOTATION if reference.annotation else ():
        value = reference.raw.get(name, "")
        if value.strip() and not _TYPED.search(value):
            yield found(name)
            return


def unmarked_foreign_title(reference: Reference) -> Iterator[Finding]:
    """A title is in another language than ``langid`` says, or than French when it says nothing."""
    declared = reference.language.partition("-")[0] or "fr"
    spoken = language_of(reference.raw.get("title", ""))
    if spoken and spoken != declared and declared in USUAL_WORDS:
        is_free = not {"langid", "hyphenation", "language"} & set(reference.raw)
        fix = Fix(adds=(("langid", USUAL_WORDS[spoken]),)) if is_free else None
        yield found("title", 0, -1, fix, language=USUAL_WORDS[spoken], count=1)


def unknown_language(reference: Reference) -> Iterator[Finding]:
    """The value of ``langid`` is not the name of a language that biblatex knows, nor a tag such as « fr ».

    That of ``annotationlanguage`` may be wrong in the same way.
    """
    told = reference.raw.get("annotationlanguage", "").strip()
    if told and not reference.annotation_language:
        yield found("annotationlanguage", value=told)
    for name in ("langid", "hyphenation", "language"):
        if reference.raw.get(name, "").strip():
            # « language » is a list of any words in biblatex (manual § 2.2.2), and « English and French » is one.
            # So are the codes that catalogues put side by side: « eng fre ».
            value = reference.raw[name].strip(" {}")
            codes = len(value.split()) > 1 and all(map(language_tag, value.split()))
            several = name == "language" and (codes or re.search(r"\band\b|[,;/]", value))
            if not reference.language and not several:
                yield found(name, value=reference.raw[name].strip())
            return


def annotation_repeats_title(reference: Reference) -> Iterator[Finding]:
    """The annotation is the title once more."""
    for name in _ANNOTATION:
        value = fold_title(reference.raw.get(name, ""))
        if value and value == fold_title(plain(reference.title)):
            yield found(name)


def annotation_without_stop(reference: Reference) -> Iterator[Finding]:
    """An annotation does not end with a full stop."""
    for name in _ANNOTATION if reference.annotation else ():
        value = reference.raw.get(name, "")
        if (
            len(value.split()) > 5
            and not _ENDS.search(value)
            and not _TYPED.search(value)
            and not value.rstrip().endswith("}")
        ):
            end = len(value.rstrip())
            yield found(name, end - 1, end, replace(end, end, "."))


def stop_after_title(reference: Reference) -> Iterator[Finding]:
    """A title ends with a full stop."""
    for name in (*_TITLES, "titleaddon", "journaltitle"):
        value = reference.raw.get(name, "")
        match = _FINAL_STOP.search(value)
        # « Sitzungsber. Preuss. Akad. Wiss. », « Proc. 7th Coll. Appl. Math. » are abbreviated throughout.
        inside = _STOPS_INSIDE.get(name)
        short = bool(match and inside and inside.search(value, 0, match.start()))
        if match and not short and not _ABBREVIATED.search(value):
            yield found(name, match.start(), match.end("stop"), replace(*match.span("stop"), ""))


def title_in_capitals(reference: Reference) -> Iterator[Finding]:
    """A title is typed in capitals."""
    for name in _TITLES:
        words = re.findall(r"[^\W\d_]{2,}", re.sub(r"\\[A-Za-z]+", " ", reference.raw.get(name, "")))
        letters = "".join(words)
        if len(words) >= 3 and len(letters) >= 12 and letters.isupper():
            yield found(name)


_WITH_ENDS = (
    *_TITLES,
    "titleaddon",
    "journaltitle",
    "journal",
    "publisher",
    "institution",
    "location",
    "address",
    "series",
)
# A dash, a slash or a sign of equality stands apart from the word before it; a number has no stop of its own.
_TRAILING = re.compile(r"(?P<mark>(?:(?<!\s)\s+)?[:,;]|(?<!\s)\s+[-–/=])\s*+\Z")
_BEHIND_NUMBER = re.compile(r"(?<=\d)(?P<mark>[.,;:])\s*\Z")
_NUMBERS = ("volume", "number", "pages", "pagetotal")


def trailing_mark(reference: Reference) -> Iterator[Finding]:
    """A title, a publisher or a list of names ends with a colon, a comma or a semicolon that nothing follows."""
    for name in (*_WITH_ENDS, "author", "editor", *_NUMBERS):
        value = reference.raw.get(name, "")
        match = (_BEHIND_NUMBER if name in _NUMBERS else _TRAILING).search(value)
        # The colon that stands before a subtitle is printed once.
        followed = name.replace("title", "subtitle") in reference.raw and match and match["mark"].strip() == ":"
        # « L'anthropologie – l'histoire – »: an aside that its dashes enclose.
        aside = match and match["mark"].strip() in ("-", "–") and match["mark"] in value[: match.start()]
        if match and value[: match.start()].strip() and not aside and not (followed and name in _TITLES):
            start, end = match.span("mark")
            yield found(name, start, end, replace(start, len(value), ""), mark=match["mark"].strip(), name=name)


_STOP_BETWEEN = re.compile(r"\s*[.:;/=–—-]\s+|\s{2,}|\s+")


def title_typed_twice(reference: Reference) -> Iterator[Finding]:
    """The title stands twice: in one field, or once more in the subtitle or as the host's."""
    value = reference.raw.get("title", "")
    folded = fold_title(value)
    # A book and its first part, a review and the journal: only a title of several words is copied by mistake.
    copied = len(folded) >= _SHORTEST_TITLE and " " in folded
    for name in ("subtitle", "titleaddon", "booktitle", "maintitle", "journaltitle", "journal") if copied else ():
        if fold_title(reference.raw.get(name, "")) == folded:
            yield found(name, 0, -1, other="title")
            return
    for name in ("title", "booktitle", "journaltitle", "journal"):
        value = reference.raw.get(name, "")
        for match in _STOP_BETWEEN.finditer(value):
            before, after = value[: match.start()], value[match.end() :]
            if _is_said_again(before, after):
                yield found(name, match.end(), -1, replace(match.start(), len(value), ""), other="title")
                return


def _is_said_again(before: str, after: str) -> bool:
    """Whether what follows is what stands before, of several words that are long enough together."""
    # Most words part a title in two that are not of a length: told before anything is folded.
    if abs(len(before) - len(after)) > 2 or " " not in before.strip():
        return False
    return len(fold_title(f"{before} {after}")) >= _SHORTEST_TITLE and fold_title(before) == fold_title(after)


_SHORTEST_TITLE = 8  # characters of a folded title below which twice may be meant: « Bora Bora »
_HALF = re.compile(
    r"(?<!\\)\{(?P<bare>['`^\"~])(?P<a>[A-Za-z])\}"  # {'e}: the backslash is lost
    r"|\\(?P<apart>['`^\"~])\{\}\s?(?P<b>[A-Za-z])"  # \'{}e
    r"|(?<!\b[dlnjcmst])\{\\(?P<alone>['`^\"~])\}(?P<c>[A-Za-z])"  # {\'}e; « d{\'}une » has an apostrophe
    r"|(?<=[A-Za-z]{2})(?P<spacing>[\u00b4])(?P<f>[eE])(?![A-Za-z]*[\u00b4'’])"  # sant´e
    r"|(?<![\\\w$])(?P<loose>\^)(?P<g>[aeiou])(?=[a-zà-ÿ]{2})|(?<=[A-Za-zà-ÿ])(?P<inner>\^)(?P<h>[aeiou])(?=[a-zà-ÿ])"
    r"|\\\\(?P<twice>['`^\"~])(?:\{(?P<d>[A-Za-z])\}|(?P<e>[A-Za-z]))"  # \\'e
)
_COMBINING = {"´": "\u0301", "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303"}


def half_escaped_accent(reference: Reference) -> Iterator[Finding]:
    r"""An accent of LaTeX has lost its backslash or its letter: ``{'e}``, ``\'{}e``, ``{\'}e``, ``\\'e``."""
    for name in (*_WITH_ENDS, "author", "editor", "translator", *_ANNOTATION, "abstract", "note"):
        for match in _HALF.finditer(reference.raw.get(name, "")):
            sign = next(filter(None, match.group("bare", "apart", "alone", "twice", "spacing", "loose", "inner")))
            letter = next(filter(None, match.group("a", "b", "c", "d", "e", "f", "g", "h")))
            value = reference.raw[name]
            # « l´eau » has an apostrophe, and « $x^a$ » an exponent.
            if (sign == "´" and is_elided(value, match.start())) or (sign == "^" and "$" in value):
                continue
            right = unicodedata.normalize("NFC", letter + _COMBINING[sign])
            if len(right) == 1:
                yield found(
                    name, match.start(), match.end(), replace(*match.span(), right), word=match.group(), right=right
                )
