"""Where each page of the site is, and the identifiers that no move of the site changes."""

from __future__ import annotations

from hashlib import sha1, sha256

from biblio.text.collation import fold_key, slugify
from biblio.yaml_model.slug import is_slug

# A page is called so in every folder.
INDEX = "index"
# The name space of the identifiers (RFC 9562 § 5.5): what they say stays the same wherever the site goes.
_SPACE = bytes.fromhex("6f1f7b1c3b5a5c0e9d0b2f6c7a51b1b0")


def slug_of(value: str) -> str:
    """The name of the page of a citekey or of a word: safe on every system, and that of no other, whatever its case.

    A value that is its own slug, but for capitals, keeps it; another one has a few figures of its hash behind it, so
    that no two meet and none changes for what else the site has.
    """
    folded = fold_key(value)
    slug = slugify(value)
    if slug == folded and is_slug(slug) and slug != INDEX:
        return slug
    mark = sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{slug[:50].rstrip('-') or 'x'}-{mark}"


def word_slug(value: str) -> str:
    """The name of the page of a word, which its accents, case and punctuation do not part from others."""
    slug = slugify(value)
    if is_slug(slug) and slug != INDEX and len(slug) < 64:
        return slug
    return slug_of(value)


def urn(kind: str, name: str) -> str:
    """The identifier of a thing, as a URN of a UUID by name (version 5): neither host, scheme nor slug is in it."""
    digest = bytearray(
        sha1(_SPACE + f"{kind}:{fold_key(name)}".encode("utf-8", "surrogatepass")).digest()[:16]
    )  # what RFC 9562 says
    digest[6] = digest[6] & 0x0F | 0x50
    digest[8] = digest[8] & 0x3F | 0x80
    text = digest.hex()
    return f"urn:uuid:{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def up(path: str) -> str:
    """The way from a page to the root of the site."""
    return "../" * path.count("/")
