"""What a link that shows an address is called aloud: the title of its document, its format and its site.

An address that is read out, character after character, tells nobody where it leads (WCAG 2.4.4).
"""

from __future__ import annotations

from pathlib import PurePosixPath
from urllib.parse import urlsplit

from biblio.reference.link import FORMATS
from biblio.text.inline import Link, Rich, Verbatim, plain

LONGEST_TITLE = 90  # characters; what is longer is cut at a word
# What is on a page anyway is not said of it.
_PAGES = frozenset({"html"})


def is_bare(link: Link) -> bool:
    """Whether a link shows its address."""
    return any(isinstance(child, Verbatim) for child in link.children)


def link_words(href: str, title: Rich) -> str:
    """« ⟨title⟩, PDF, drees.solidarites-sante.gouv.fr » for an address; without a title, the rest."""
    return ", ".join(filter(None, (_short(plain(title)), _format_of(href), _site_of(href))))


def _short(title: str) -> str:
    title = " ".join(title.split())
    if len(title) <= LONGEST_TITLE:
        return title
    cut = title[:LONGEST_TITLE]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:.-–—\u00a0\u202f") + "…"


def _format_of(href: str) -> str:
    """The format of the file that an address names, in capitals; empty for a page."""
    ending = PurePosixPath(_parts(href)[1]).suffix.removeprefix(".").lower()
    return ending.upper() if ending in FORMATS - _PAGES else ""


def _site_of(href: str) -> str:
    """The host of an address, or a mail address."""
    host, path = _parts(href)
    return host.removeprefix("www.") or path


def _parts(href: str) -> tuple[str, str]:
    """The host and the path of an address; no host where it cannot be read."""
    try:
        parts = urlsplit(href)
        return parts.hostname or "", parts.path
    except ValueError:  # brackets that hold no IPv6 address
        return "", href
