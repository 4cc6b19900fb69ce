"""The open archives and indexes that give documents an identifier, and the address at which each resolves.

Sources: biblatex manual § 3.14.7 (the names that ``eprinttype`` takes), and the archives' own notes on their addresses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Archive:
    """One row: what the archive is called in print, and the address of an identifier in it.

    ``holds`` says that the archive holds the document itself, so that its address makes another one superfluous; an
    index, as PubMed is, does not.
    """

    name: str
    address: str
    holds: bool = True


ARCHIVES = {
    "arxiv": Archive("arXiv", "https://arxiv.org/abs/{}"),
    "hal": Archive("HAL", "https://hal.science/{}"),
    "tel": Archive("TEL", "https://theses.hal.science/{}"),
    "hdl": Archive("Handle", "https://hdl.handle.net/{}"),
    "jstor": Archive("JSTOR", "https://www.jstor.org/stable/{}"),
    "pubmed": Archive("PubMed", "https://pubmed.ncbi.nlm.nih.gov/{}/", holds=False),
    "pmc": Archive("PubMed Central", "https://www.ncbi.nlm.nih.gov/pmc/articles/{}/"),
    "googlebooks": Archive("Google Books", "https://books.google.com/books?id={}", holds=False),
    "zenodo": Archive("Zenodo", "https://zenodo.org/records/{}"),
    "biorxiv": Archive("bioRxiv", "https://doi.org/{}"),
    "medrxiv": Archive("medRxiv", "https://doi.org/{}"),
}
_OTHER_NAMES = {
    "handle": "hdl",
    "pmid": "pubmed",
    "pmcid": "pmc",
    "pubmedcentral": "pmc",
    "hal-shs": "hal",
    "halshs": "hal",
    "tel-archives": "tel",
    "google books": "googlebooks",
}
# What stands before the identifier where it is typed as catalogues print it; of Zenodo and bioRxiv, the DOI itself.
_PREFIXES = {
    "arxiv": ("arxiv:",),
    "hal": ("hal:",),
    "hdl": ("hdl:", "https://hdl.handle.net/", "http://hdl.handle.net/"),
    "pubmed": ("pmid:", "pubmed:"),
    "pmc": ("pmcid:", "pmc:"),
}


# The forms that belong to one archive alone.
_FORMS = {
    "arxiv": re.compile(
        r"(?i:arxiv:)|https?://arxiv\.org/|\d{4}\.\d{4,5}(?:v\d+)?\Z|[a-z-]+(?:\.[A-Z]{2})?/\d{7}(?:v\d+)?\Z"
    ),
    "pubmed": re.compile(r"(?i:pmid|pubmed): ?\d{1,8}\Z|https?://pubmed\.ncbi\.nlm\.nih\.gov/\d"),
    "jstor": re.compile(r"https?://(?:www\.)?jstor\.org/"),
    "hal": re.compile(r"(?i:(?:hal|halshs|inserm|cea|ineris|inria|tel|dumas|pasteur|sic|medihal)-\d{6,9})(?:v\d+)?\Z"),
}


def archive_of(identifier: str) -> str:
    """The archive of an identifier whose form is that of one archive alone; empty when it could be another's."""
    return next((name for name, form in _FORMS.items() if form.match(identifier.strip())), "")


@dataclass(frozen=True, slots=True)
class Deposit:
    """A document in an archive: the archive, the identifier as it is printed, and its address."""

    archive: Archive
    identifier: str
    url: str


_ELSEWHERE = Archive("", "{}", holds=False)


def elsewhere(address: str) -> Deposit | None:
    """What lies at an address that programs give for an identifier; ``None`` where it is none."""
    value = address.strip()
    is_address = value.lower().startswith(("http://", "https://")) and not any(map(str.isspace, value))
    return Deposit(_ELSEWHERE, value, value) if is_address else None


def deposit(archive: str, identifier: str) -> Deposit | None:
    """The document ``identifier`` of the archive of that name, in any case; ``None`` where the archive is not known."""
    key = archive.strip().lower()
    key = _OTHER_NAMES.get(key, key)
    row = ARCHIVES.get(key)
    value = identifier.strip()
    if row is None or not value:
        return None
    for prefix in _PREFIXES.get(key, ()):
        if value.lower().startswith(prefix):
            value = value[len(prefix) :].strip()
    if key == "pmc" and value.isdecimal():
        value = f"PMC{value}"
    if value.lower().startswith(("http://", "https://")):
        return Deposit(row, value, value)
    return Deposit(row, value, row.address.format(quote(value, safe="/:;()._-~,")))


def deposited(archive: str, identifier: str) -> Deposit | None:
    """The document that ``eprint`` is about, in the archive that is named or that its form tells; ``None`` for none."""
    return (deposit(archive or archive_of(identifier), identifier) or elsewhere(identifier)) if identifier else None
