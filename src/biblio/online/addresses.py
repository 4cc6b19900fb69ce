"""Which addresses may be asked: those of http and https that lead out of the machine and of its own network.

Sources: RFC 3986 (addresses), RFC 5890 (names of hosts), RFC 6890 and the registries of IANA for special addresses,
RFC 4291 § 2.5.5, RFC 3056, RFC 6052 (an IPv4 address inside one of IPv6).
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from biblio.words.faults import BiblioError, diagnose

MAX_ADDRESS = 4000  # characters
_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?")
# What an address may hold as it stands; anything else is written in code, and a « % » is taken for a code.
_SAFE = "!#$%&'(*)+,/:;=?@[]~-._"
_CONTROLS = re.compile("[\0-\x20\x7f-\x9f\\\\]")
# Names that are those of no machine but this one and its neighbours (RFC 6761, 6762, 8375, and what routers use).
_LOCAL_NAMES = ("localhost", "local", "internal", "intranet", "lan", "home", "corp", "home.arpa", "localdomain")
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
_LEFT_OUT = tuple(map(ipaddress.ip_network, ("fec0::/10", "64:ff9b:1::/48", "::/96", "2001::/32", "192.0.0.0/24")))

Resolver = Callable[[str, int], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Address:
    """An address taken apart: ``host`` is in ASCII, in lower case; ``target`` is the path with the query."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def origin(self) -> str:
        """What two addresses of one server share: « https://example.org »."""
        return f"{self.scheme}://{self.authority}"

    @property
    def authority(self) -> str:
        """The host, with the port where it is not that of the scheme."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    def __str__(self) -> str:
        return self.origin + self.target


def parse_address(text: str, base: Address | None = None) -> Address:
    """An address as typed or, relative to ``base``, as a server gives it. Raises ``BiblioError`` (E151).

    One with a user or a password in it is refused: a page that hands it on would tell them.
    """
    joined = urljoin(str(base), text.strip()) if base else text.strip()
    try:
        if len(joined) > MAX_ADDRESS or _CONTROLS.search(joined):
            raise ValueError(joined)
        parts = urlsplit(joined)
        scheme = parts.scheme.lower()
        if scheme not in _PORTS or parts.username is not None or parts.password is not None:
            raise ValueError(scheme)
        host = _host(parts.hostname or "")
        port = parts.port or _PORTS[scheme]
    except ValueError as error:  # UnicodeError, from a name that is none, is one
        raise BiblioError(diagnose("E151", address=joined[:200])) from error
    target = quote(parts.path or "/", safe=_SAFE) + (f"?{quote(parts.query, safe=_SAFE)}" if parts.query else "")
    return Address(scheme, host, port, target)


def _host(name: str) -> str:
    """The name of a host, or its number; raises ``ValueError`` for what is neither."""
    if ":" in name:
        return str(ipaddress.IPv6Address(name))
    ascii_name = name.encode("idna").decode("ascii").lower()
    if not _HOST.fullmatch(ascii_name):
        raise ValueError(name)
    return ascii_name


def checked(address: Address, resolve: Resolver) -> tuple[str, ...]:
    """The numbers at which the host of an address may be asked: all that it has, when each of them is public.

    Whoever connects does so to one of these: a name that is asked for again might lead elsewhere. Raises
    ``BiblioError``: E152 for a host of this machine or its network, E153 for one that is not known.
    """
    if _is_local_name(address.host):
        raise BiblioError(diagnose("E152", host=address.host))
    try:
        numbers = tuple(dict.fromkeys(resolve(address.host, address.port)))
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BiblioError(diagnose("E153", host=address.host, reason=reason)) from error
    if not numbers or not all(map(is_public, numbers)):
        raise BiblioError(diagnose("E152", host=address.host))
    return numbers


def require_public_name(address: Address) -> None:
    """Raises ``BiblioError`` (E152) for a host that is local as it stands, where a proxy asks for it."""
    if _is_local_name(address.host) or (_is_number(address.host) and not is_public(address.host)):
        raise BiblioError(diagnose("E152", host=address.host))


def is_public(number: str) -> bool:
    """Whether an address in numbers is one of the public network, whichever way it is written."""
    try:
        found = ipaddress.ip_address(number)
    except ValueError:  # with the name of an interface behind it, too
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inside = found.ipv4_mapped or found.sixtofour
        if inside is None and found in _TRANSLATED:
            inside = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inside is not None:
            return is_public(str(inside))
    special = (
        found.is_multicast or found.is_reserved or found.is_unspecified or found.is_loopback or found.is_link_local
    )
    return found.is_global and not special and not any(found in network for network in _LEFT_OUT)


def _is_number(host: str) -> bool:
    """Whether a host is written in numbers, in any of the ways that systems read (« 127.1 », « 0x7f000001 »)."""
    return ":" in host or re.fullmatch(r"(?:0x[0-9a-f]+|\d+)(?:\.(?:0x[0-9a-f]+|\d+))*\.?", host) is not None


def _is_local_name(host: str) -> bool:
    bare = host.rstrip(".")
    if _is_number(bare):
        return False
    return "." not in bare or any(bare == name or bare.endswith(f".{name}") for name in _LOCAL_NAMES)
