"""R2, first half: DOI, ISBN, ISSN and ORCID."""

from __future__ import annotations

import re
from collections.abc import Iterator

from biblio.check.finding import Finding, Fix, found, replace
from biblio.check.rules.checksums import bare, is_isbn, is_issn, is_orcid
from biblio.formats.bibtex.leavings import says_nothing
from biblio.formats.bibtex.verbatim import LINE_END, unescaped
from biblio.formats.bibtex.verbatim import doi as doi_of
from biblio.reference.reference import Reference

# DOI Handbook § 2.2: the prefix is 10 and a registrant's number; the suffix is anything that prints.
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+){0,9}/\S+")
_RESOLVER = re.compile(r"(?:https?://(?:dx\.|www\.)?doi\.org/|doi:\s*|doi\.org/)(?=10\.)", re.IGNORECASE)
_DOI_ADDRESS = re.compile(r"\s*https?://(?:dx\.|www\.)?doi\.org/(?P<doi>10\.\d{4,9}[^\s?#]*)\s*", re.IGNORECASE)
_LABEL = re.compile(r"\s*+e?-?IS[BS]N(?:-1[03])?\s*+(?:n°\s*+)?(?::\s*+)?(?=\d)", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_PIECES = re.compile(r"[^,;/]+")
# What a catalogue puts behind a number: « (br.) », and the price, « : 12 EUR » (UNIMARC 010 $d).
_NOTE = re.compile(r"\([^()]*+\)|(?<!\s)\s+:\s+[^,;/]*\Z")
_ORCID = re.compile(r"(?:orcid\.org/|(?<![\w-]))(?P<id>\d{4}-?\d{4}-?\d{4}-?\d{3}[\dXx])(?![\w-])")


def invalid_doi(reference: Reference) -> Iterator[Finding]:
    """The value of ``doi`` is not a DOI: it must read 10.prefix/suffix."""
    typed = doi_of(reference.raw.get("doi", ""))
    if typed and not _DOI.fullmatch(typed) and not says_nothing("doi", typed):
        yield found("doi", value=typed[:80])


def doi_as_address(reference: Reference) -> Iterator[Finding]:
    """The DOI is typed with the address of its resolver, or with « doi: »."""
    value = reference.raw.get("doi", "")
    match = _RESOLVER.match(value, len(value) - len(value.lstrip()))
    if match:
        # What was copied from an address is decoded; a DOI is written as it is registered.
        right, rest = doi_of(value), value[match.end() :].strip()
        fix = replace(*match.span(), "") if rest == right else replace(0, len(value), right)
        yield found("doi", match.start(), match.end(), fix, prefix=match.group().strip())


def doi_in_url(reference: Reference) -> Iterator[Finding]:
    """The address is that of a DOI, which belongs in ``doi``."""
    match = _DOI_ADDRESS.fullmatch(reference.raw.get("url", ""))
    if match:
        doi = doi_of(match["doi"])
        if doi.lower() == reference.doi.lower():
            return  # both are given: that is for R218
        fix = None if "doi" in reference.raw else Fix(replace(*match.span(), doi).changes, rename="doi")
        yield found("url", 0, -1, fix, doi=doi)


def invalid_isbn(reference: Reference) -> Iterator[Finding]:
    """An ISBN has the wrong number of digits, or its check digit does not match."""
    for start, end, number in numbers(reference.raw.get("isbn", ""), 13):
        # An ISSN is for R224; a DOI has digits of its own.
        if not is_isbn(number) and not is_issn(number) and "10." not in reference.raw["isbn"]:
            yield found("isbn", start, end, value=reference.raw["isbn"][start:end], count=len(number))


def invalid_issn(reference: Reference) -> Iterator[Finding]:
    """An ISSN has the wrong number of digits, or its check digit does not match."""
    for start, end, number in numbers(reference.raw.get("issn", ""), 8):
        if not is_issn(number) and not is_isbn(number):
            yield found("issn", start, end, value=reference.raw["issn"][start:end])


def labelled_identifier(reference: Reference) -> Iterator[Finding]:
    """An ISBN or an ISSN is typed with its name before it."""
    for name in ("isbn", "issn"):
        match = _LABEL.match(reference.raw.get(name, ""))
        if match:
            yield found(name, match.start(), match.end(), replace(*match.span(), ""), label=match.group().strip())


def issn_without_hyphen(reference: Reference) -> Iterator[Finding]:
    """An ISSN lacks the hyphen between its two halves."""
    value = reference.raw.get("issn", "")
    if "10." in value:  # digits of a DOI are no ISSN: R207 says that it is none
        return
    for match in re.finditer(r"(?<![\w-])(\d{4})\s?(\d{3}[\dXx])(?![\w-])", value):
        right = f"{match[1]}-{match[2].upper()}"
        yield found("issn", match.start(), match.end(), replace(*match.span(), right), value=match.group(), right=right)


def invalid_orcid(reference: Reference) -> Iterator[Finding]:
    """An ORCID iD, in a field of that name or in an address, has a check digit that does not match."""
    for name, value in reference.raw.items():
        if "orcid" in name or "orcid.org/" in value:
            for match in _ORCID.finditer(value):
                if not is_orcid(bare(match["id"])):
                    yield found(name, match.start("id"), match.end("id"), value=match["id"])


def numbers(value: str, longest: int) -> Iterator[tuple[int, int, str]]:
    """The numbers of a field, which may have several: their place and their bare digits, without label and note.

    They are parted by commas, semicolons or slashes; by blanks too, where all together would be longer than
    ``longest`` digits.
    """
    value = LINE_END.sub(lambda match: ";" * len(match.group()), value).replace("{", " ").replace("}", " ")
    for piece in _PIECES.finditer(value):
        several = len(re.findall(r"[\dXx]", _NOTE.sub("", piece.group()))) > longest
        parts = re.finditer(r"\S+" if several else r"(?s).+", piece.group())
        for part in (each for each in parts if not several or _DIGIT.search(each.group())):
            text = part.group()
            label = _LABEL.match(text)
            start = label.end() if label else len(text) - len(text.lstrip())
            body = _NOTE.sub("", text[start:]).rstrip()
            if body.strip():
                offset = piece.start() + part.start() + start
                yield offset, offset + len(body), bare(body)


def exchanged_numbers(reference: Reference) -> Iterator[Finding]:
    """An ISSN stands in ``isbn``, or an ISBN in ``issn``."""
    for name, other, longest, is_other in (("isbn", "issn", 13, is_issn), ("issn", "isbn", 8, is_isbn)):
        for start, end, number in numbers(reference.raw.get(name, ""), longest):
            if is_other(number) and "10." not in reference.raw[name]:  # a DOI has numbers of journals in it
                fix = None if other in reference.raw else Fix(rename=other)
                yield found(name, start, end, fix, value=reference.raw[name][start:end], name=name, other=other.upper())
                break


_FORMS = {
    "arxiv": re.compile(
        r"(?:arxiv:)?(?:\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}|[a-z-]+(?:\.[a-z-]+)?/\d{2}(?:0[1-9]|1[0-2])\d{3})(?:v\d+)?"
        r"(?:\s*\[[\w.-]+\])?",
        re.IGNORECASE,
    ),
    "hal": re.compile(r"(?:hal:)?(?:[a-z][a-z_-]*-)\d{8}(?:v\d+)?", re.IGNORECASE),
    "pubmed": re.compile(r"(?:pmid:|pubmed:)?\s*[1-9]\d{0,7}", re.IGNORECASE),
    "pmc": re.compile(r"(?:pmcid:)?\s*(?:PMC)?[1-9]\d{0,8}", re.IGNORECASE),
}
_ARCHIVES = {"tel": "hal", "halshs": "hal", "hal-shs": "hal", "pmid": "pubmed", "pmcid": "pmc"}


def invalid_deposit(reference: Reference) -> Iterator[Finding]:
    """An identifier of arXiv, HAL or PubMed is of a form that the archive never gives."""
    typed = [("eprint", reference.eprint_type), ("pmid", "pubmed"), ("pmcid", "pmc")]
    for name, archive in typed:
        key = archive.strip().lower()
        form = _FORMS.get(_ARCHIVES.get(key, key))
        value = reference.raw.get(name, "").strip(" {}")
        bare_value = unescaped(value)
        if form and value and "://" not in value and not form.fullmatch(bare_value):
            yield found(
                name, 0, -1, value=value[:80], archive={"pubmed": "PubMed", "arxiv": "arXiv"}.get(key, key.upper())
            )
