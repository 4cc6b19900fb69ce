"""The links of a notice: an address, or a document of which only the label is known."""

from __future__ import annotations

import re
from dataclasses import dataclass

SAFE_SCHEMES = ("http", "https", "mailto")
FORMATS = frozenset(
    "pdf docx doc odt xlsx xls ods csv pptx ppt odp html epub zip mp3 mp4 png jpg rtf txt".split(),
)
ABSTRACT_ONLY = frozenset({"résumé", "abstract"})

_LINE = re.compile(r"(?P<label>[^<>]*?) ?(?:<(?P<url>[^<>\s]+)>)? ?(?:\((?P<details>[^()<>]*)\))?")
_WEB = re.compile(r"(?:https?|ftp)://", re.IGNORECASE)
_SCHEME = re.compile(r"https?://|mailto:", re.IGNORECASE)
_IN_CODE = str.maketrans({character: f"%{ord(character):02X}" for character in "{}<>"})
_AFTER_AUTHORITY = re.compile(r"[/?#]")
_BEYOND_ADDRESS = re.compile(r"[?,;&]|%(?:0[ad]|2c|3b|3f)", re.IGNORECASE)
_SIZE = re.compile(r"\d+(?:[.,]\d+)?\s*(?:o|octets|[kKMG][oB])")


@dataclass(frozen=True, slots=True)
class DocumentLink:
    """One line of a notice's links.

    ``url`` is empty when the address is unknown, ``label`` when the address is printed bare. ``format`` (``pdf``) and
    ``size`` (``1,67 Mo``, as the source gives it) describe the file; ``abstract_only`` says that the full text is not
    free. ``cluster`` counts the groups that a blank line separates in the file, from 0. ``scheme`` is the name of the
    identifier that the address is made of (``DOI``, ``arXiv``); empty for an address that was typed.
    """

    url: str = ""
    label: str = ""
    format: str = ""
    size: str = ""
    abstract_only: bool = False
    cluster: int = 0
    scheme: str = ""


def parse_link(line: str, cluster: int = 0) -> DocumentLink | None:
    """Reads ``Label <https://…> (pdf, 1,67 Mo)``, each of whose three parts may be missing.

    An address alone needs no angle brackets.
    Brackets that hold anything but a format, a size or ``résumé`` belong to the label. ``None`` when nothing is left.
    """
    line = " ".join(line.split())
    match = _LINE.fullmatch(line)
    if match is None:
        return None
    label, url, details = match["label"], match["url"] or "", match["details"] or ""
    if not url and is_safe(label):
        label, url = "", label
    found = _details(details)
    if found is None:
        if url and match.end("url") < match.start("details"):
            return None
        return DocumentLink(url, line, cluster=cluster)
    if not (label or url):
        return None
    file_format, size, abstract_only = found
    return DocumentLink(url, label, file_format, size, abstract_only, cluster)


def _details(details: str) -> tuple[str, str, bool] | None:
    """The format, size and access that brackets hold; ``None`` when they hold something else."""
    file_format, size, abstract_only = "", "", False
    # A decimal comma is not a separator: only a comma and a space part two details.
    for detail in (piece.strip() for piece in details.split(", ")) if details else ():
        if detail.lower() in FORMATS:
            file_format = detail.lower()
        elif _SIZE.fullmatch(detail):
            size = detail
        elif detail.lower() in ABSTRACT_ONLY:
            abstract_only = True
        else:
            return None
    return file_format, size, abstract_only


def encoded(address: str) -> str:
    """An address with its blanks and brackets as an address writes them; any other value as it is."""
    if _WEB.match(address) is None:
        return address
    address = re.sub(r"\s", "%20", address) if any(map(str.isspace, address)) else address
    return address.translate(_IN_CODE)


def short_form(url: str) -> str:
    """An address as people read and type it, which browsers complete: without its scheme, nor a slash alone behind it.

    What is left of ``https://www.example.org/`` is ``www.example.org``; a mail address is left alone.
    """
    bare = _SCHEME.sub("", url, count=1)
    return bare[:-1] if bare.count("/") == 1 and bare.endswith("/") else bare


def is_safe(url: str) -> bool:
    """Whether an address may become a link: an allowed scheme, no control character, no blank, nothing up its sleeve.

    One that hides where it leads behind a name and a ``@``, or fills in a letter, is printed as text.
    Source: WHATWG URL § 4.4, which drops tabs and newlines before it looks at the scheme, as browsers and readers do.
    """
    if " " in url or not url.isprintable():  # of all the blanks, the space alone is printable (str.isprintable)
        return False
    scheme, separator, rest = url.partition(":")
    if not separator or scheme.lower() not in SAFE_SCHEMES or has_userinfo(url) or has_mail_headers(url):
        return False
    return scheme.lower() == "mailto" or (rest.startswith("//") and len(rest) > 2)


def has_userinfo(url: str) -> bool:
    """Whether a web address has ``name@`` or ``name:password@`` before its host (RFC 3986 § 3.2.1 and § 7.5)."""
    scheme, _, rest = url.strip().partition(":")
    # Browsers read a backslash as a slash, and any number of slashes as two (WHATWG URL § 4.4).
    return scheme.lower() in ("http", "https") and "@" in _AFTER_AUTHORITY.split(rest.lstrip("/\\"), maxsplit=1)[0]


def has_mail_headers(url: str) -> bool:
    """Whether a mail address fills in more than whom to write to: a subject, a body, other receivers (RFC 6068 § 2)."""
    scheme, _, rest = url.strip().partition(":")
    return scheme.lower() == "mailto" and _BEYOND_ADDRESS.search(rest) is not None
