"""The table of those who are asked about an identifier, and what is made of their answers.

Sources: the documentation of each service: Crossref REST API; DataCite REST API; DOI content negotiation (doi.org);
SRU of the BnF's general catalogue (index ``bib.isbn``, schema ``unimarcxchange``); SRU of Sudoc (index ``isb``, schema
``unimarc``); Open Library Books API; NCBI E-utilities (``efetch``); HAL search API; arXiv API.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from biblio.formats.bibtex.reader import read_bibtex
from biblio.formats.marc.reader import read_marcxml
from biblio.formats.pubmed_xml import read_pubmed_xml
from biblio.online.arxiv import read_arxiv
from biblio.online.client import Answer, Client
from biblio.online.identifiers import Identifier, Scheme, identifiers_in
from biblio.online.open_library import read_open_library
from biblio.online.page import read_page
from biblio.online.registries import read_registry
from biblio.reference.reference import Origin, Reference
from biblio.words.faults import BiblioError, Diagnostic, Parsed, diagnose

CSL = "application/vnd.citationstyles.csl+json"
MOST_PAGE = 8_000_000  # bytes

Read = Callable[[bytes, str], Parsed[tuple[Reference, ...]]]


@dataclass(frozen=True, slots=True)
class Lookup:
    """One row: who is asked about identifiers of a scheme.

    ``address`` gives where, for an identifier's value; ``read`` gives the references in an answer, under the name of
    who answered. ``pause`` seconds pass between two requests, as its documentation wants.
    """

    name: str
    scheme: Scheme
    address: Callable[[str], str]
    read: Read
    accept: str = "*/*"
    pause: float = 0.0


def _sru(base: str, version: str, schema: str, query: str) -> str:
    asked = {
        "version": version,
        "operation": "searchRetrieve",
        "query": query,
        "recordSchema": schema,
        "maximumRecords": "5",
    }
    return f"{base}?{urlencode(asked)}"


def _of_hal(content: bytes, path: str) -> Parsed[tuple[Reference, ...]]:
    """HAL's references in BibTeX, which get a key like any other, and say that HAL has them."""
    read = read_bibtex(content, path)
    made = []
    for each in read.value:
        raw = {name: value for name, value in each.raw.items() if name not in ("hal_id", "hal_version")}
        values: dict[str, Any] = {"citekey": "", "raw": raw}
        deposit = each.raw.get("hal_id", "").strip(" {}")
        if deposit and not each.eprint:
            raw |= {"eprint": deposit, "eprinttype": "hal"}
            values |= {"eprint": deposit, "eprint_type": "hal"}
        made.append(Reference.of({**each.__dict__, **values}))
    return Parsed(tuple(made), read.diagnostics)


# In the order in which they are asked.
LOOKUPS = (
    Lookup(
        "Crossref",
        Scheme.DOI,
        lambda doi: f"https://api.crossref.org/works/{quote(doi, safe='')}",
        read_registry,
        "application/json",
    ),
    Lookup(
        "DataCite",
        Scheme.DOI,
        lambda doi: f"https://api.datacite.org/dois/{quote(doi, safe='/')}",
        read_registry,
        CSL,
    ),
    # The other agencies (mEDRA, JaLC …) answer through the resolver.
    Lookup("doi.org", Scheme.DOI, lambda doi: f"https://doi.org/{quote(doi, safe='/')}", read_registry, CSL),
    Lookup(
        "BnF",
        Scheme.ISBN,
        lambda isbn: _sru("https://catalogue.bnf.fr/api/SRU", "1.2", "unimarcxchange", f'bib.isbn adj "{isbn}"'),
        read_marcxml,
    ),
    Lookup(
        "Sudoc",
        Scheme.ISBN,
        lambda isbn: _sru("https://www.sudoc.abes.fr/cbs/sru/", "1.1", "unimarc", f"isb={isbn}"),
        read_marcxml,
    ),
    Lookup(
        "Open Library",
        Scheme.ISBN,
        lambda isbn: f"https://openlibrary.org/api/books?bibkeys=ISBN:{isbn}&jscmd=data&format=json",
        read_open_library,
    ),
    Lookup(
        "PubMed",
        Scheme.PMID,
        lambda pmid: (
            f"https://eutils.ncbi.nlm.nih.gov/entrez/eutils/efetch.fcgi?db=pubmed&id={pmid}&retmode=xml&tool=biblio"
        ),
        read_pubmed_xml,
        pause=0.4,
    ),
    Lookup(
        "HAL",
        Scheme.HAL,
        lambda deposit: (
            f"https://api.archives-ouvertes.fr/search/?{urlencode({'q': f'halId_s:{deposit}', 'wt': 'bibtex'})}"
        ),
        _of_hal,
    ),
    Lookup(
        "arXiv",
        Scheme.ARXIV,
        lambda number: f"https://export.arxiv.org/api/query?{urlencode({'id_list': number, 'max_results': '1'})}",
        read_arxiv,
        pause=3.0,
    ),
)


@dataclass(frozen=True, slots=True)
class LookedUp:
    """The reference of an identifier, and who gave it; without a reference, what is to be said of that."""

    identifier: Identifier
    reference: Reference | None = None
    source: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()


def identifiers_of(texts: Iterable[str]) -> Parsed[tuple[Identifier, ...]]:
    """The identifiers that some texts name, each once; a text without any, or with a false one, is said (E162)."""
    found: dict[Identifier, None] = {}
    faults: list[Diagnostic] = []
    for text in texts:
        named = identifiers_in(text)
        found.update(dict.fromkeys(named.identifiers))
        nothing = () if named.identifiers else (" ".join(text.split())[:200],)
        faults += (diagnose("E162", None, text=each) for each in named.wrong or nothing)
    return Parsed(tuple(found), tuple(faults))


def look_up(identifier: Identifier, client: Client, lookups: Iterable[Lookup] = LOOKUPS) -> LookedUp:
    """What is known of an identifier: the first reference that one of those who are asked gives.

    When nobody has it, it is said who was asked (E161), and what went wrong with each.
    """
    if identifier.scheme is Scheme.URL:
        return _of_page(identifier, client)
    faults: list[Diagnostic] = []
    asked: list[str] = []
    for row in lookups:
        if row.scheme is not identifier.scheme:
            continue
        asked.append(row.name)
        try:
            answer = client.get(row.address(identifier.value), row.accept, pause=row.pause)
        except BiblioError as error:
            faults.append(error.diagnostic)
            continue
        read = row.read(answer.body, row.name) if answer.status == 200 else Parsed(())
        if read.value:
            return LookedUp(identifier, _identified(read.value[0], identifier), row.name, _of_value(read))
    missing = diagnose("E161", None, identifier=identifier, asked=", ".join(asked))
    return LookedUp(identifier, diagnostics=(missing, *faults))


def _of_value(read: Parsed[tuple[Reference, ...]]) -> tuple[Diagnostic, ...]:
    """The faults of the reference that was taken, as far as they can be told from those of others in the answer."""
    return read.diagnostics if len(read.value) == 1 else ()


def _identified(reference: Reference, identifier: Identifier) -> Reference:
    """The reference, which says by what it was found; it has the identifier where the answer does not repeat it."""
    found = {**reference.__dict__, "origin": Origin(reference.origin.entry, {}, str(identifier))}
    name = {Scheme.DOI: "doi", Scheme.ISBN: "isbn", Scheme.PMID: "pmid"}.get(identifier.scheme, "")
    if name and not getattr(reference, name):
        found |= {"raw": {**reference.raw, name: identifier.value}, name: identifier.value}
    return Reference.of(found)


def _of_page(identifier: Identifier, client: Client) -> LookedUp:
    try:
        answer = client.get(identifier.value, "text/html, application/xhtml+xml;q=0.9, */*;q=0.5", most=MOST_PAGE)
    except BiblioError as error:
        return LookedUp(identifier, diagnostics=(error.diagnostic,))
    if answer.status != 200:
        return LookedUp(identifier, diagnostics=(diagnose("E163", None, address=identifier.value),))
    if answer.media_type == "application/pdf" or answer.body[:1024].lstrip().startswith(b"%PDF-"):
        return LookedUp(identifier, diagnostics=(diagnose("E164", None, address=identifier.value),))
    if answer.media_type and answer.media_type not in (
        "text/html",
        "application/xhtml+xml",
        "application/xml",
        "text/xml",
    ):
        found = diagnose("E165", None, address=identifier.value, found=answer.media_type[:60])
        return LookedUp(identifier, diagnostics=(found,))
    read = read_page(answer.body, answer.address, _day(answer))
    if not read.value:
        return LookedUp(identifier, diagnostics=(diagnose("E166", None, address=identifier.value),))
    return LookedUp(identifier, _identified(read.value[0], identifier), _host(answer), read.diagnostics)


def _day(answer: Answer) -> str:
    return time.strftime("%Y-%m-%d", time.localtime(answer.when))


def _host(answer: Answer) -> str:
    return answer.address.split("/", 3)[2]
