"""Addresses made of an identifier that is meant to last: what they lead to may move, and they are never rewritten.

Sources: the DOI Handbook § 3, RFC 3650 (handles), the ARK specification § 2, and the archives' own notes.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

# Hosts that do nothing but resolve identifiers, with the hosts below them.
_RESOLVERS = (
    "doi.org",
    "hdl.handle.net",
    "handle.net",
    "n2t.net",
    "arks.org",
    "purl.org",
    "purl.oclc.org",
    "w3id.org",
    "identifiers.org",
    "nbn-resolving.org",
    "nbn-resolving.de",
    "orcid.org",
    "pmid.us",
)
_ARK = re.compile(r"/ark:/?\d{5,9}/|/ark:/?[0-9bcdfghjkmnpqrstvwxz]{5,9}/")
_PLACES = (
    (re.compile(r"pubmed\.ncbi\.nlm\.nih\.gov"), re.compile(r"/\d+/?")),
    (re.compile(r"(?:www\.)?ncbi\.nlm\.nih\.gov"), re.compile(r"/(?:pubmed/\d+|pmc/articles/PMC\d+)/?.*")),
    (re.compile(r"pmc\.ncbi\.nlm\.nih\.gov"), re.compile(r"/articles/PMC\d+/?.*")),
    (re.compile(r"(?:[\w-]+\.)?arxiv\.org"), re.compile(r"/(?:abs|pdf)/.+")),
    (
        re.compile(r"(?:[\w-]+\.)?(?:hal\.science|archives-ouvertes\.fr|ccsd\.cnrs\.fr)"),
        re.compile(r"/[a-z]+-\d{6,9}.*"),
    ),
    (re.compile(r"(?:www\.)?jstor\.org"), re.compile(r"/stable/.+")),
    (re.compile(r"zenodo\.org"), re.compile(r"/records?/\d+/?")),
    (re.compile(r"(?:www\.)?theses\.fr"), re.compile(r"/(?:\d{4}[A-Z0-9]+|s\d+)/?")),
    (re.compile(r"(?:www\.)?(?:idref|sudoc)\.fr"), re.compile(r"/\d{8}[\dX]/?")),
)


def is_persistent(address: str) -> bool:
    """Whether an address is that of an identifier: a DOI, a handle, an ark, a deposit of HAL or arXiv, a PMID."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:  # brackets that hold no IPv6 address
        return False
    if any(host == name or host.endswith(f".{name}") for name in _RESOLVERS):
        return True
    if _ARK.search(f"{parts.path}/"):
        return True
    return any(hosts.fullmatch(host) and paths.fullmatch(parts.path) for hosts, paths in _PLACES)
