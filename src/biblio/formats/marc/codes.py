"""What catalogues have in code: languages, dates, standard numbers.

Sources: the UNIMARC manual, fields 100 and 101; MARC 21, fields 008 and 041; ISO 639-2.
"""

from __future__ import annotations

import re
from functools import lru_cache

from biblio.formats.marc.record import MarcRecord
from biblio.formats.marc.statements import KEPT, once, tidy
from biblio.reference.languages import USUAL_WORDS, language_tag

_ISBN = re.compile(r"(?:97[89][\s-]?)?(?:\d[\s-]?){9}[\dXx]")
_ISSN = re.compile(r"\d{4}-?\d{3}[\dXx]")
_NO_LANGUAGES = frozenset({"und", "mul", "zxx", "|||", "###", "mis", ""})
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-\w+)?|[a-zç]{4,}")


def isbns(record: MarcRecord, tag: str) -> str:
    """The ISBN of the fields of a tag, as a ``.bib`` file has them."""
    return ", ".join(once(map(isbn_in, record.values(tag, "a")))) if tag in record.by_tag else ""


def issns(record: MarcRecord, tag: str) -> str:
    """The same of ISSN."""
    return ", ".join(once(map(issn_in, record.values(tag, "a")))) if tag in record.by_tag else ""


def isbn_in(value: str) -> str:
    """The first ISBN of a value; empty without one."""
    match = _ISBN.search(value)
    return match[0].strip(" -") if match else ""


def issn_in(value: str) -> str:
    """The first ISSN of a value; empty without one."""
    match = _ISSN.search(value)
    return match[0] if match else ""


@lru_cache(maxsize=KEPT)
def language_word(code: str) -> str:
    """The word that a file has for a language, from a catalogue's code; empty for none (``und``, ``mul``, ``zxx``)."""
    code = tidy(code).lower()[:20]
    if code in _NO_LANGUAGES:
        return ""
    tag = language_tag(code) if _LANGUAGE.fullmatch(code) else ""
    return USUAL_WORDS.get(tag, tag)


@lru_cache(maxsize=KEPT)
def coded_date(kind: str, first: str, second: str) -> tuple[str, str]:
    """The date and the original date of coded positions (UNIMARC 100 $a/8-16, MARC 21 008/06-14), in EDTF.

    ``kind`` is UNIMARC's letter: a running, b ceased, d complete, e reproduction, f uncertain, g over several years.
    """
    start, end = _coded(first), _coded(second)
    if not start:
        return "", ""
    if kind == "e":
        return start, end
    if kind in ("a", "g") and (second.startswith("9999") or not end):
        return (f"{start}/.." if kind == "a" or second.startswith("9999") else start), ""
    if kind in ("b", "f", "g") and end and end > start:
        return f"{start}/{end}", ""
    return start, ""


def _coded(digits: str) -> str:
    digits = digits.strip().lower().replace("|", "u").replace(" ", "u").replace("#", "u").replace("-", "u")
    if not re.fullmatch(r"[12][0-9u]{3}", digits) or digits == "9999":
        return ""
    year = digits.replace("u", "X").replace("?", "X")
    return year if re.fullmatch(r"\d{4}|\d{3}X|\d{2}XX", year) else ""
