"""Check digits: of ISBN, ISSN and ORCID."""

from __future__ import annotations

import re

_SEPARATORS = re.compile(r"[\s\u2010-\u2015-]")


def bare(identifier: str) -> str:
    """An identifier without the hyphens and blanks that only make it easier to read."""
    return _SEPARATORS.sub("", identifier).upper()


def is_isbn(number: str) -> bool:
    """Whether ten or thirteen bare digits are an ISBN (ISBN Users' Manual, 7th edition, appendix 1)."""
    if re.fullmatch(r"\d{9}[\dX]", number):
        return sum(weight * _digit(c) for weight, c in zip(range(10, 0, -1), number, strict=True)) % 11 == 0
    if re.fullmatch(r"97[89]\d{10}", number):
        return sum((3 if place % 2 else 1) * int(c) for place, c in enumerate(number)) % 10 == 0
    return False


def is_issn(number: str) -> bool:
    """Whether eight bare digits are an ISSN (ISO 3297, annex A)."""
    if not re.fullmatch(r"\d{7}[\dX]", number):
        return False
    return sum(weight * _digit(c) for weight, c in zip(range(8, 0, -1), number, strict=True)) % 11 == 0


def is_orcid(number: str) -> bool:
    """Whether sixteen bare digits are an ORCID iD (ISO 7064, MOD 11-2)."""
    if not re.fullmatch(r"\d{15}[\dX]", number):
        return False
    total = 0
    for character in number[:-1]:
        total = (total + int(character)) * 2
    return (12 - total % 11) % 11 == _digit(number[-1])


def isbn13(number: str) -> str:
    """The thirteen digits of an ISBN that has ten or thirteen, so that both forms of one are the same."""
    if len(number) == 13:
        return number
    body = "978" + number[:9]
    total = sum((3 if place % 2 else 1) * int(c) for place, c in enumerate(body))
    return f"{body}{-total % 10}"


def _digit(character: str) -> int:
    return 10 if character == "X" else int(character)
