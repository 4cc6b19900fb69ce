"""The identifiers and the addresses of a record, told by their form more than by their tags."""

from __future__ import annotations

import re

from biblio.formats.drafts.draft import Draft, Meaning, flat
from biblio.reference.types import Pattern, entry_type

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+){0,9}/[^\s\"<>|]+")
_DOI_IN_NOTE = re.compile(r"(?:^|doi(?:\.org/|:)?\s*)(" + _DOI.pattern + ")", re.IGNORECASE)
_ISSN = re.compile(r"(?<![\dXx-])\d{4}[-‐–]?\d{3}[\dXx](?![\dXx-])")
_ISBN = re.compile(r"(?<![\dXx-])(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx](?![\dXx])")
_NAMED = re.compile(r"\b[EP]?IS[BS]N-")
# Several may stand in one value, with semicolons alone between them.
_ADDRESS = re.compile(r"(?:https?|ftp)://(?>(?:[^\s;]++|;++(?!(?:https?|ftp)://|\s|$))+)", re.IGNORECASE)
# One address whose last part is a file's name in several words.
_WITH_BLANKS = re.compile(r"(?:https?|ftp)://[^\s:;,]+(?: +[^\s:;,]+)*? +[^\s:;,]+\.\w{2,5}", re.IGNORECASE)


def place_identifiers(draft: Draft) -> None:
    """Takes the identifiers and the addresses of a draft into its fields."""
    for tag, value in draft.values.pop(Meaning.IDENTIFIER, ()):
        if _ADDRESS.match(value):
            draft.add(Meaning.ADDRESS, tag, value)
        elif "[doi]" in value or _DOI.match(value):
            draft.add(Meaning.DOI, tag, value.replace("[doi]", ""))
        else:
            draft.keep(tag, value)
    _dois(draft)
    if Meaning.STANDARD_NUMBER in draft.values:
        _standard_numbers(draft)
    for tag, value in draft.values.pop(Meaning.PMID, ()):
        number = re.search(r"\d{1,9}", value)
        if number is None or draft.fields.setdefault("pmid", number[0]) != number[0]:
            draft.keep(tag, value)
    for tag, value in draft.values.pop(Meaning.PMCID, ()):
        found_id = re.search(r"PMC\d+", value)
        if found_id is None or draft.fields.setdefault("pmcid", found_id[0]) != found_id[0]:
            draft.keep(tag, value)
    addresses: list[str] = []
    for tag, value in draft.values.pop(Meaning.ADDRESS, ()):
        if pmid := re.fullmatch(r"PM:\s*(\d+)", value.strip()):
            draft.put("pmid", pmid[1])
        elif _WITH_BLANKS.fullmatch(value.strip()):
            addresses.append(value.strip())  # told where it is read (R220)
        elif found := _ADDRESS.findall(value):
            addresses += found
            if _ADDRESS.sub("", value).strip(" ;,|<>()"):
                draft.keep(tag, value)
        elif value.strip().lower().startswith("www."):
            addresses.append("http://" + value.strip())
        else:
            draft.keep(tag, value)
    for tag, value in draft.values.pop(Meaning.FILE, ()):
        found = _ADDRESS.findall(value)
        addresses += found
        if not found:
            draft.keep(tag, value)
    distinct = list(dict.fromkeys(addresses))
    if distinct:
        draft.put("url", distinct[0])
        draft.put("links", "\n".join(f"<{address}>" for address in distinct if address != draft.fields["url"]))
        if "doi" not in draft.fields:
            named = (match for each in distinct if "doi.org/" in each and (match := _DOI.search(each)))
            draft.put("doi", next((_trimmed(match[0]) for match in named), ""))


def _dois(draft: Draft) -> None:
    for tag, value in draft.values.pop(Meaning.DOI, ()):
        match = _DOI.search(value)
        if match is None or draft.fields.setdefault("doi", _trimmed(match[0])) != _trimmed(match[0]):
            draft.keep(tag, value)
    for tag, value in draft.values.pop(Meaning.MAYBE_DOI, ()):
        match = _DOI.search(value)
        if match is None:
            draft.add(Meaning.GENRE, tag, value)
        elif draft.fields.setdefault("doi", _trimmed(match[0])) != _trimmed(match[0]):
            draft.keep(tag, value)
    for tag, value in draft.values.pop(Meaning.NOTE, ()):
        # A note that is a DOI, or that names one.
        match = _DOI_IN_NOTE.search(value) if "10." in value else None
        if match:
            draft.put("doi", _trimmed(match[1]))
        if not match or len(flat(value)) > len(match[0]) + 12:
            draft.add(Meaning.NOTE, tag, value)


def _trimmed(doi: str) -> str:
    doi = doi.rstrip(".,;")
    return doi[:-1] if doi.endswith((")", "]")) and not ("(" in doi or "[" in doi) else doi


def _standard_numbers(draft: Draft) -> None:
    article = entry_type(draft.kind).pattern is Pattern.ARTICLE
    found: dict[str, list[str]] = {"issn": [], "isbn": []}
    for tag, given in draft.values.pop(Meaning.STANDARD_NUMBER, ()):
        value = _NAMED.sub("", given)
        isbns, issns = _ISBN.findall(value), _ISSN.findall(value)
        if isbns and not (article and issns):
            found["isbn"] += isbns
        elif issns:
            found["issn"] += (_hyphenated(issn) for issn in issns)
        elif draft.kind in ("report", "patent", "standard", "legislation") and "number" not in draft.fields:
            draft.fields["number"] = flat(value)
        else:
            draft.keep(tag, value)
    for name, numbers in found.items():
        draft.put(name, ", ".join(dict.fromkeys(map(str.strip, numbers))))


def _hyphenated(issn: str) -> str:
    return f"{issn[:4]}-{issn[-4:].upper()}"
