"""R2, second half: the addresses of ``url`` and ``links``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from biblio.check.finding import Finding, Fix, found, replace
from biblio.formats.bibtex.verbatim import addresses as addresses_of
from biblio.formats.bibtex.verbatim import unescaped
from biblio.reference.link import encoded, has_mail_headers, has_userinfo, is_safe
from biblio.reference.reference import Reference, doi_url
from biblio.text.lookalikes import deceptive_signs

_IN_LINKS = re.compile(r"<(?P<url>[^<>\n]*)>")
_CUT = re.compile(r"(?:…|(?<!\.)\.{3,}|\[\.\.\.\]|%E2%80%A6)\s*\Z")
_BEHIND_DOI = re.compile(r"(?<=[^\s.,;:'\"»])[.,;:'\"»]+\Z")
_TRAILING = re.compile(r"(?<![.,;:!'\"»])[.,;:!'\"»]+\Z|(?<!\()\)\Z")
_TRACKING = re.compile(r"(?<=[?&])(?:utm_[a-z_]+|fbclid|gclid|mc_cid|mc_eid|xtor|at_medium|at_campaign)=[^&#]*&?")
_ESCAPED = re.compile(r"\\\S|[{}]|&(?:amp|lt|gt|quot);")
_HOST = re.compile(r"(?:[\w-]+\.)+(?:[^\W\d_]{2,}|xn--[\w-]+)\Z")
_IPV4 = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}\Z")
_PRIVATE_HOST = re.compile(
    r"(?:localhost|.*\.(?:local|localdomain|intra|intranet|lan|internal)|intranet\..*|127\..*|10\..*|192\.168\..*"
    r"|172\.(?:1[6-9]|2\d|3[01])\..*)\Z",
    re.IGNORECASE,
)
_PROXY = re.compile(
    r"(?:^|[.-])(?:ezproxy|proxy|biblioplanets|idm\.oclc|gateway\.ovid|docelec)(?:[.-]|\Z)", re.IGNORECASE
)
_DOUBLE_SCHEME = re.compile(r"https?:/*https?:", re.IGNORECASE)
_ONLY_ADDRESS = re.compile(r"\s*(?:\\url\{(?P<inner>[^{}\s]+)\}|(?P<url>https?://\S+))\s*")
_ADDRESSLESS = ("howpublished", "note", "link", "lien", "eprint")


@dataclass(frozen=True, slots=True)
class _Address:
    """An address, and where in which field it stands."""

    field: str
    start: int
    end: int
    url: str


def addresses(reference: Reference) -> Iterator[_Address]:
    """Every address of a reference as typed: that of ``url``, and those of ``links``."""
    value = reference.raw.get("url", "")
    typed = value.strip()
    if typed:
        start = len(value) - len(value.lstrip())
        if typed.startswith("\\url{") and typed.endswith("}"):
            start, typed = start + len("\\url{"), typed[len("\\url{") : -1]
        yield _Address("url", start, start + len(typed), typed)
    for match in _IN_LINKS.finditer(reference.raw.get("links", "")):
        yield _Address("links", match.start("url"), match.end("url"), match["url"])


def truncated_address(reference: Reference) -> Iterator[Finding]:
    """An address ends in an ellipsis: the program or the page that it was copied from had cut it."""
    for address in addresses(reference):
        if _CUT.search(address.url):
            yield found(address.field, address.start, address.end, url=address.url)


def plain_http(reference: Reference) -> Iterator[Finding]:
    """An address begins with ``http:``."""
    for address in addresses(reference):
        if address.url[:7].lower() == "http://" and not _CUT.search(address.url):
            fix = replace(address.start, address.start + 5, "https:")
            yield found(address.field, address.start, address.end, fix, url=address.url)


def malformed_address(reference: Reference) -> Iterator[Finding]:
    """An address is none: two schemes, a host without a point, a bad port."""
    for address in addresses(reference):
        if address.url[:4].lower() == "http" and not _CUT.search(address.url) and not _is_well_formed(address.url):
            yield found(address.field, address.start, address.end, url=address.url[:120])


def _is_well_formed(url: str) -> bool:
    url = encoded(next(iter(addresses_of(url)), ""))
    if has_userinfo(url):  # R222 says so
        return True
    if _DOUBLE_SCHEME.match(url) or not is_safe(url):
        return False
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    return bool(_HOST.match(host) or _IPV4.match(host) or host == "localhost" or ":" in host)


def punctuated_address(reference: Reference) -> Iterator[Finding]:
    """An address ends with the punctuation of the sentence that it was copied from."""
    for address in addresses(reference):
        match = _TRAILING.search(address.url)
        if match and not _CUT.search(address.url) and not (match.group() == ")" and "(" in address.url):
            start = address.start + match.start()
            yield found(address.field, start, address.end, replace(start, address.end, ""), mark=match.group())
    typed = reference.raw.get("doi", "").rstrip()
    match = _BEHIND_DOI.search(typed)
    if match:
        yield found("doi", match.start(), len(typed), replace(match.start(), len(typed), ""), mark=match.group())


def tracking_parameters(reference: Reference) -> Iterator[Finding]:
    """An address carries parameters that only count where readers come from: ``utm_source``, ``fbclid``, ``xtor``."""
    for address in addresses(reference):
        plain = unescaped(address.url)
        found_here = list(_TRACKING.finditer(plain))
        if found_here:
            right = re.sub(r"[?&](?=#|\Z)", "", _TRACKING.sub("", plain))
            start, end = address.start, address.end
            if plain == address.url:
                start, end = start + found_here[0].start(), start + found_here[-1].end()
            names = ", ".join(dict.fromkeys(match.group().partition("=")[0] for match in found_here))
            yield found(address.field, start, end, replace(address.start, address.end, right), names=names)


def escaped_address(reference: Reference) -> Iterator[Finding]:
    r"""An address has the escapes of LaTeX in it: ``\_``, ``\&``, ``{\%}``."""
    for address in addresses(reference):
        escapes = list(_ESCAPED.finditer(address.url))
        # No fix leaves a brace in an address: one that was escaped is written in its code.
        right = unescaped(address.url).replace("{", "%7B").replace("}", "%7D")
        if escapes and right != address.url:
            start, end = address.start + escapes[0].start(), address.start + escapes[-1].end()
            yield found(address.field, start, end, replace(address.start, address.end, right), right=right)


def private_address(reference: Reference) -> Iterator[Finding]:
    """An address opens only from inside one house: an intranet, a library's proxy, this machine."""
    for address in addresses(reference):
        try:
            host = urlsplit(address.url).hostname or ""
        except ValueError:
            continue
        if _PRIVATE_HOST.match(host) or _PROXY.search(host):
            yield found(address.field, address.start, address.end, host=host)


def lookalike_host(reference: Reference) -> Iterator[Finding]:
    """A host has letters that look like others: Cyrillic or Greek among Latin ones, or in their place."""
    for address in addresses(reference):
        try:
            host = urlsplit(address.url).hostname or ""
        except ValueError:
            continue
        signs = deceptive_signs(host)
        if signs:
            said = ", ".join(f"{sign} (U+{ord(sign):04X})" for sign in dict.fromkeys(signs))
            yield found(address.field, address.start, address.end, host=host[:120], signs=said)


def address_with_password(reference: Reference) -> Iterator[Finding]:
    """A web address has a name, or a name and a password, before its host."""
    for address in addresses(reference):
        if has_userinfo(address.url):
            yield found(address.field, address.start, address.end)


def mail_headers(reference: Reference) -> Iterator[Finding]:
    """A mail address fills in a letter: a subject, a text, other receivers."""
    for address in addresses(reference):
        if has_mail_headers(address.url):
            yield found(address.field, address.start, address.end)


def repeated_address(reference: Reference) -> Iterator[Finding]:
    """The notice gives one address twice: in ``url`` and in ``links``, or once more as the address of its DOI."""
    seen = {comparable(doi_url(reference.doi)): "doi"} if reference.doi else {}
    for address in addresses(reference):
        first = seen.setdefault(comparable(address.url), address.field)
        if first != address.field or (first == "links" and _is_repeated(address, reference)):
            yield found(address.field, address.start, address.end, url=address.url, first=first)


def _is_repeated(address: _Address, reference: Reference) -> bool:
    """Whether an address of ``links`` stood there before."""
    before = reference.raw["links"][: address.start]
    return any(comparable(match["url"]) == comparable(address.url) for match in _IN_LINKS.finditer(before))


def comparable(url: str) -> str:
    """The form in which two addresses are the same: without scheme, ``www.``, escapes and final slash."""
    url = unescaped(url)
    url = re.sub(r"\Ahttps?://(?:www\.|dx\.)?", "", url.strip(), flags=re.IGNORECASE)
    host, slash, rest = url.partition("/")
    return (host.lower() + slash + rest).rstrip("/")


def address_elsewhere(reference: Reference) -> Iterator[Finding]:
    """A field that is not ``url`` holds an address and nothing else: ``howpublished``, ``note``."""
    if reference.raw.get("url", "").strip():
        return
    for name in _ADDRESSLESS:
        if name == "eprint" and reference.eprint_type:
            continue  # its archive has the address
        match = _ONLY_ADDRESS.fullmatch(reference.raw.get(name, ""))
        if match:
            url = encoded(unescaped(match["inner"] or match["url"]))
            fix = None if "url" in reference.raw else Fix(replace(*match.span(), url).changes, rename="url")
            yield found(name, 0, -1, fix, name=name, url=url)
            return
