"""Whether two pages are one, and whether a page asks for a password: by what they are made of, in any language."""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import parse_qsl, unquote, urlsplit

ALIKE = 0.9  # of their runs of words
_RUN = 3  # words
_FEW = 12  # words of a page below which only the very same ones count
_HIDDEN = re.compile(rb"<(script|style|noscript|template)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_TITLE = re.compile(rb"<title[^>]*>([^<]{0,1000})", re.IGNORECASE)
_TAG = re.compile(rb"<[^<>]{0,4000}>")
_WORD = re.compile(r"[^\W\d_]{2,}")
_PASSWORD = re.compile(rb"<input\b[^<>]{0,2000}\btype\s*=\s*[\"']?password\b", re.IGNORECASE)
_SEGMENT = re.compile(
    r"log-?in|log-?on|sign-?in|signon|auth|authenticate|oauth2?|sso|saml2?|cas|shibboleth|wayf|connexion|identification"
    r"|account|openid(?:-connect)?|idp"
)


def is_alike(one: bytes, other: bytes, but: Collection[str] = ()) -> bool:
    """Whether two pages of HTML say the same, apart from the words ``but`` and from anything with a figure in it."""
    if one == other:
        return True
    left = {word.casefold() for address in but for word in _WORD.findall(unquote(address))}
    if _words(b" ".join(_TITLE.findall(one)), left) != _words(b" ".join(_TITLE.findall(other)), left):
        return False
    first, second = (_words(_TAG.sub(b" ", _HIDDEN.sub(b" ", page)), left) for page in (one, other))
    if min(len(first), len(second)) < _FEW:
        return first == second
    runs, others = _runs(first), _runs(second)
    return len(runs & others) >= ALIKE * len(runs | others)


def _words(page: bytes, left: Collection[str]) -> list[str]:
    words = _WORD.findall(page.decode("utf-8", "replace").casefold())
    return [word for word in words if word not in left]


def _runs(words: list[str]) -> set[tuple[str, ...]]:
    return set(zip(*(words[start:] for start in range(_RUN)), strict=False))


def asks_for_password(page: bytes) -> bool:
    """Whether a page has a field for a password."""
    return _PASSWORD.search(page) is not None


def leads_to_login(asked: str, final: str) -> bool:
    """Whether an address was sent on to one where people say who they are, and come back from."""
    after = urlsplit(final)
    named = any(_SEGMENT.fullmatch(part) for part in re.split(r"[/.]", f"{after.netloc}{after.path}".casefold()))
    return named and comes_back(asked, final)


def comes_back(asked: str, final: str) -> bool:
    """Whether the address that another one was sent on to knows, in its query, where to come back to."""
    before, after = urlsplit(asked), urlsplit(final)
    if (before.netloc, before.path) == (after.netloc, after.path):
        return False
    values = " ".join(unquote(value) for _, value in parse_qsl(after.query)).casefold()
    return (before.path.casefold() if before.path.strip("/") else before.netloc) in values
