"""One look at one address: it is asked by HEAD, then by GET, and what comes is weighed, never by its words.

Sources: RFC 9110 (statuses, redirects, ``Retry-After``); Bar-Yossef et al., « Sic transit gloria telae » (2004), for
the comparison with an address that a site cannot have.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from urllib.parse import urldefrag

from biblio import __version__
from biblio.collection.link_history import Cause, Sighting
from biblio.online.addresses import Address, Resolver, checked, parse_address, require_public_name
from biblio.online.links.likeness import asks_for_password, comes_back, is_alike, leads_to_login
from biblio.online.links.pace import Pace
from biblio.online.wire import Failure, Reply, Unreached, Wire
from biblio.reference.persistent import is_persistent
from biblio.words.faults import BiblioError

MOST_HOPS = 10
MOST_BYTES = 400_000  # of a body: enough to tell a page by
SECONDS = 30.0  # for one request
NO_HEADERS: Mapping[str, str] = MappingProxyType({})
_REDIRECTS = (301, 302, 303, 307, 308)
_PERMANENT = (301, 308)
_HTML = ("text/html", "application/xhtml+xml")
_HOME = re.compile(
    r"/(?:(?:index|accueil|home|default)\.\w{2,5})?"
    r"|/(?:fr|en|es|de|it|pt|nl|ca|eu|oc|br|ar|ru|zh)(?:[-_][a-z]{2})?/?",
    re.IGNORECASE,
)
_OF_A_VISIT = re.compile(r"[;?&](?:jsessionid|phpsessid|aspsessionid\w*|session_?id|sid)=", re.IGNORECASE)
_PDF = re.compile(r"\.pdf(?:[?#]|\Z)", re.IGNORECASE)
# By what those are known who first want to see a browser at work: headers, or the server's name with a refusal.
_CHALLENGES = ("cf-mitigated", "x-datadome", "x-amzn-waf-action", "x-sucuri-block", "x-iinfo")
_CHALLENGERS = re.compile(r"cloudflare|akamaighost|ddos-guard|sucuri|datadome", re.IGNORECASE)
_BY_STATUS: Mapping[int, Cause] = {
    404: Cause.GONE,
    410: Cause.GONE,
    401: Cause.LOGIN,
    407: Cause.LOGIN,
    429: Cause.BUSY,
}
_BY_FAILURE: Mapping[Failure, Cause] = {
    Failure.REFUSED: Cause.UNREACHABLE,
    Failure.CERTIFICATE: Cause.CERTIFICATE,
    Failure.TIME_OUT: Cause.TIME_OUT,
    Failure.BROKEN_OFF: Cause.BROKEN_OFF,
}


class PutOff(Exception):  # noqa: N818  # no error: the host is asked another time
    """A host that is left alone for now."""


@dataclass(frozen=True, slots=True)
class Trail:
    """Where an address led: what was asked, each status on the way, and the last reply, or why there is none."""

    first: Address
    last: Address
    statuses: tuple[int, ...] = ()
    reply: Reply | None = None
    cause: Cause = Cause.ANSWERED

    @property
    def status(self) -> int:
        """The last status; 0 without any."""
        return self.statuses[-1] if self.statuses else 0

    @property
    def is_sent_on(self) -> bool:
        """Whether it led to another address."""
        return self.first != self.last

    @property
    def is_permanent(self) -> bool:
        """Whether each redirect on the way is for good, and its end an address that is not one visit's alone."""
        is_for_good = self.is_sent_on and all(status in _PERMANENT for status in self.statuses[:-1])
        return is_for_good and not _OF_A_VISIT.search(str(self.last))

    @property
    def is_put_off(self) -> bool:
        """Whether it led to a host that is left alone for now."""
        return self.cause is Cause.BUSY and self.reply is None

    @property
    def is_page(self) -> bool:
        """Whether a page of HTML came."""
        return self.reply is not None and self.status == 200 and _media_type(self.reply) in _HTML

    @property
    def body(self) -> bytes:
        """What came."""
        return self.reply.body if self.reply else b""


@dataclass
class Observer:
    """Looks at addresses, from several threads if need be.

    Without ``resolve`` the proxy of ``wire`` finds the hosts.
    """

    wire: Wire
    resolve: Resolver | None
    pace: Pace = field(default_factory=Pace)
    contact: str = ""
    _siblings: dict[str, Trail] = field(default_factory=dict)
    _unknown: dict[str, BiblioError] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def agent(self) -> str:
        """Who asks, and what for, without the word « link », at which some sites turn away."""
        who = f"; mailto:{self.contact}" if self.contact else ""
        return f"biblio/{__version__} (sees whether the documents of a bibliography are still there{who})"

    def look(self, address: str, day: str) -> Sighting:
        """What is at an address, on a day. Raises ``PutOff`` where its host wants to be left alone for now."""
        try:
            first = parse_address(address)
        except BiblioError:
            return Sighting(address, day, Cause.ODD)
        if self.pace.is_resting(first.host):
            raise PutOff(first.host)
        trail = self._asked(first, "HEAD")
        if not _is_told_by_its_head(address, trail):
            got = self._asked(first, "GET")
            trail = trail if got.is_put_off and trail.reply else got
        if trail.is_put_off:
            raise PutOff(trail.last.host)
        cause = self._cause(address, trail, day)
        # Where one is sent to for a moment is another place each time, and may tell who was there.
        target = _target(address, trail) if cause is Cause.ANSWERED and trail.is_permanent else ""
        sighting = Sighting(address, day, cause, trail.status, target, bool(target))
        if cause is Cause.ANSWERED and not trail.is_sent_on and first.scheme == "http" and not is_persistent(address):
            return replace(sighting, secure=self._secure(address, first, trail))
        return sighting

    def follow(self, address: str, headers: Mapping[str, str] = NO_HEADERS, hops: int | None = None) -> Trail:
        """What comes from an address that is ours to ask: after ``hops`` redirects at most, where that is said."""
        first = parse_address(address)
        if self.pace.is_resting(first.host):
            return Trail(first, first, cause=Cause.BUSY)
        return self._asked(first, "GET", headers, hops)

    def answers_at_all(self, address: str) -> bool:
        """Whether anything answers at an address: a witness, where nothing else did."""
        return bool(self._asked(parse_address(address), "HEAD").statuses)

    # --- asking -------------------------------------------------------------------------------------------------------

    def _asked(
        self, first: Address, method: str, headers: Mapping[str, str] = NO_HEADERS, hops: int | None = None
    ) -> Trail:
        """Follows an address to its end, each hop of which is checked before it is asked."""
        address, seen = first, {str(first)}
        statuses: list[int] = []
        while True:
            if statuses and self.pace.is_resting(address.host):
                return Trail(first, address, tuple(statuses), None, Cause.BUSY)
            found = self._answered(address, method, headers)
            if isinstance(found, Cause):
                return Trail(first, address, tuple(statuses), None, found)
            statuses.append(found.status)
            is_end = found.status not in _REDIRECTS or "location" not in found.headers
            if is_end or (hops is not None and len(statuses) > hops):
                return Trail(first, address, tuple(statuses), found)
            try:
                address = parse_address(found.headers["location"], address)
            except BiblioError:
                return Trail(first, address, tuple(statuses), None, Cause.ODD)
            if str(address) in seen or len(statuses) > MOST_HOPS:
                return Trail(first, address, tuple(statuses), None, Cause.CIRCLE)
            seen.add(str(address))

    def _answered(self, address: Address, method: str, more: Mapping[str, str]) -> Reply | Cause:
        """The reply to one request, made again once where the server says when; or why there is none."""
        headers = {"User-Agent": self.agent, "Accept": "text/html,application/pdf;q=0.9,*/*;q=0.8", **more}
        numbers = self._numbers(address)
        if isinstance(numbers, Cause):
            return numbers
        for is_last in (False, True):
            self.pace.wait(address.host)
            try:
                reply = self.wire.send(address, numbers, headers, MOST_BYTES, SECONDS, method=method, beginning=True)
            except Unreached as error:
                self.pace.timed_out(address.host, again=error.failure is Failure.TIME_OUT)
                return _BY_FAILURE[error.failure]
            except BiblioError:
                return Cause.UNREADABLE
            self.pace.timed_out(address.host, again=False)
            wait = reply.headers.get("retry-after", "")
            if reply.status not in (429, 503) or (reply.status == 503 and not wait):
                return reply
            if not self.pace.heed(address.host, wait) or is_last:
                return reply
        raise AssertionError("the second reply is given")

    def _numbers(self, address: Address) -> Sequence[str] | Cause:
        try:
            if self.resolve is None:
                require_public_name(address)
                return ()
            with self._lock:
                if known := self._unknown.get(address.host):
                    raise known
            return checked(address, self.resolve)
        except BiblioError as error:
            if error.diagnostic.code != "E153":
                return Cause.LOCAL
            with self._lock:
                self._unknown[address.host] = error
            return Cause.UNKNOWN_HOST

    # --- weighing -----------------------------------------------------------------------------------------------------

    def _cause(self, address: str, trail: Trail, day: str) -> Cause:
        """What a trail means."""
        reply = trail.reply
        if reply is None:
            return trail.cause
        if trail.status >= 400 or any(name in reply.headers for name in _CHALLENGES[:1]):
            return _refusal(reply)
        if trail.status != 200:
            return Cause.ANSWERED if 200 <= trail.status < 300 and not _is_challenged(reply) else Cause.UNREADABLE
        if not trail.is_page:
            return Cause.ANSWERED
        if trail.is_sent_on and leads_to_login(str(trail.first), str(trail.last)):
            return Cause.LOGIN
        if not is_home(trail.first):
            cause = self._beside_its_sibling(trail, day)
            if cause is not Cause.ANSWERED:
                return cause
            if trail.is_sent_on and is_home(trail.last) and not is_persistent(address):
                return Cause.HOME
        if trail.is_sent_on and asks_for_password(trail.body) and not _is_same_place(trail):
            return Cause.LOGIN
        return Cause.NOT_PDF if is_pdf(str(trail.first)) else Cause.ANSWERED

    def _beside_its_sibling(self, trail: Trail, day: str) -> Cause:
        """Whether the page is the one that comes for any address of its folder."""
        other = self._sibling(trail.first, day)
        if other is None or not other.is_page:
            return Cause.ANSWERED
        words = (trail.first.target, trail.last.target, other.first.target, other.last.target)
        same_end = trail.is_sent_on and trail.last == other.last
        if not (same_end or is_alike(trail.body, other.body, words)):
            return Cause.ANSWERED
        if trail.is_sent_on:
            # Whoever is to come back from there stands before a gate: to say who they are, or what they agree to.
            is_gate = asks_for_password(trail.body) or comes_back(str(trail.first), str(trail.last))
            return Cause.LOGIN if is_gate else Cause.SOFT
        home = self._asked(replace(trail.first, target="/"), "GET")
        return Cause.SHELL if is_alike(trail.body, home.body, words) else Cause.SOFT

    def _sibling(self, address: Address, day: str) -> Trail | None:
        """What comes for an address beside this one that nobody has ever had; ``None`` when that is not known."""
        place = sibling(address, day)
        with self._lock:
            known = self._siblings.get(str(place))
        if known is not None:
            return known
        if self.pace.is_resting(address.host):
            return None
        found = self._asked(place, "GET")
        with self._lock:
            self._siblings[str(place)] = found
        return found

    def _secure(self, address: str, first: Address, trail: Trail) -> str:
        """The same address in ``https:``, if the same page comes from there."""
        if first.port != 80:
            return ""
        other = self._asked(replace(first, scheme="https", port=443), "GET")
        if other.reply is None or other.status != 200 or other.is_sent_on:
            return ""
        if not trail.body:
            trail = self._asked(first, "GET")
        media = trail.reply is not None and _media_type(trail.reply) == _media_type(other.reply)
        same = is_alike(trail.body, other.body) if trail.is_page else trail.body == other.body
        return "https:" + address.partition(":")[2] if media and same and trail.body else ""


def sibling(address: Address, day: str) -> Address:
    """An address of the same folder, with the same ending, that a site cannot have: its name is made of a hash.

    One name a folder, a kind of file and a day, so that a folder is asked once.
    """
    path = address.target.partition("?")[0]
    bare = path.rstrip("/")
    folder, _, name = bare.rpartition("/")
    stem, point, ending = name.rpartition(".")
    ending = point + ending if stem and len(ending) <= 5 and ending.isalnum() and not ending.isdecimal() else ""
    digest = hashlib.sha256(f"{day} {address.origin}{folder} {ending}".encode()).hexdigest()
    letters = "".join(chr(ord("a") + int(figure, 16)) for figure in digest[:18])
    return replace(address, target=f"{folder}/{letters}{ending}{path[len(bare) :]}")


def is_home(address: Address) -> bool:
    """Whether an address is that of a home page: of the site, or of the site in one language."""
    return _HOME.fullmatch(address.target) is not None


def is_pdf(address: str) -> bool:
    """Whether an address is that of a PDF, by its name."""
    return _PDF.search(address) is not None


def _is_told_by_its_head(address: str, trail: Trail) -> bool:
    """Whether a HEAD says enough: only of what is there, is no page and is what the address promises."""
    reply = trail.reply
    if reply is None or trail.status != 200 or trail.is_page or _is_challenged(reply):
        return False
    media_type = _media_type(reply)
    return media_type == "application/pdf" if is_pdf(address) else bool(media_type)


def _media_type(reply: Reply) -> str:
    return reply.headers.get("content-type", "").partition(";")[0].strip().lower()


def _refusal(reply: Reply) -> Cause:
    """What a status of failure means."""
    if reply.status not in (404, 410) and _is_challenged(reply):
        return Cause.CHALLENGE
    if reply.status in _BY_STATUS:
        return _BY_STATUS[reply.status]
    if reply.status == 503 and reply.headers.get("retry-after"):
        return Cause.BUSY
    return Cause.SERVER if reply.status >= 500 else Cause.REFUSED


def _is_challenged(reply: Reply) -> bool:
    if any(name in reply.headers for name in _CHALLENGES):
        return True
    return reply.status in (403, 503) and _CHALLENGERS.search(reply.headers.get("server", "")) is not None


def _is_same_place(trail: Trail) -> bool:
    """Whether only the scheme, ``www.`` or a final slash differ."""

    def place(address: Address) -> str:
        return f"{address.host.removeprefix('www.')}{address.target.rstrip('/')}"

    return place(trail.first) == place(trail.last)


def _target(address: str, trail: Trail) -> str:
    """Where redirects ended, with the fragment that was typed (RFC 9110 § 10.2.2); empty where there were none."""
    if not trail.is_sent_on:
        return ""
    fragment = urldefrag(address).fragment
    return f"{trail.last}#{fragment}" if fragment else str(trail.last)
