"""The web addresses that references print, each with the place where it was typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urldefrag

from biblio.reference.date import Date
from biblio.reference.link import is_safe
from biblio.reference.reference import Reference, doi_url
from biblio.text.inline import Link, Text, Verbatim
from biblio.words.faults import Span

_CUT = ("…", "...")  # an address that a program has cut, which a check tells (R211)
# The fields that an address in an archive is made of, by what the archive is called.
_DEPOSITS = {"PubMed": ("pmid", "eprint"), "PubMed Central": ("pmcid", "eprint")}


@dataclass(frozen=True, slots=True)
class CitedLink:
    """An address as it was typed, and where: in a field of a reference, or in a dossier, which has no ``citekey``.

    ``accessed`` is the day on which the page was consulted, as far as that is known (``2021-05``).
    """

    address: str
    span: Span
    citekey: str = ""
    field: str = ""
    accessed: str = ""

    @property
    def asked(self) -> str:
        """The address as it is asked and remembered: without its fragment, which no server sees (RFC 9110 § 4.2.5)."""
        return urldefrag(self.address).url

    @property
    def fragment(self) -> str:
        """What stands behind the ``#``, with it; empty without any."""
        return self.address[len(self.asked) :]


def can_be_asked(address: str) -> bool:
    """Whether an address is one of the web, and whole."""
    return address[:4].lower() == "http" and is_safe(address) and not address.endswith(_CUT)


def links_of(references: Iterable[Reference]) -> Iterator[CitedLink]:
    """The addresses of some references, each once a reference: those of its links, then those inside its texts."""
    for reference in references:
        seen: set[str] = set()
        for address, names in (*_of_fields(reference), *_of_texts(reference)):
            if can_be_asked(address) and address not in seen:
                seen.add(address)
                field = next((name for name in names if name in reference.origin.fields), names[0])
                place = reference.origin.of(*names)
                yield CitedLink(address, place, reference.citekey, field, _day(reference.accessed))


def _of_fields(reference: Reference) -> Iterator[tuple[str, tuple[str, ...]]]:
    doi, deposits = doi_url(reference.doi), {each.url for each in reference.deposits}
    typed = {each.url for each in reference.links}
    for link in reference.all_links:
        if link.url == reference.url:
            yield link.url, ("url",)
        elif link.url == doi:
            yield link.url, ("doi",)
        elif link.url in deposits and link.url not in typed:
            yield link.url, _DEPOSITS.get(link.scheme, ("eprint",))
        else:
            yield link.url, ("links", "url")


def _of_texts(reference: Reference) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, value in vars(reference).items():
        if isinstance(value, tuple):
            for address in _in(value):
                yield address, (name.replace("_", ""), name)


def _in(value: object) -> Iterator[str]:
    """The addresses of the links in a tree, or in several."""
    if isinstance(value, tuple):
        for each in value:
            yield from _in(each)
    elif isinstance(value, Link):
        yield value.href
    elif not isinstance(value, Text | Verbatim) and hasattr(value, "children"):
        yield from _in(value.children)


def _day(date: Date | None) -> str:
    """The first day of a date, as far as it is known."""
    point = date.first if date else None
    if point is None:
        return ""
    is_month = 1 <= point.month <= 12  # and no season
    parts = [f"{point.year:04}", *(f"{each:02}" for each in (point.month, point.day) if each and is_month)]
    return "-".join(parts) if point.year > 0 and not point.unspecified else ""
