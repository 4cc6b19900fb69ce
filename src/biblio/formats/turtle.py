"""Turtle as statements: who, what of it, and a text with its language or an address.

Source: RDF 1.1 Turtle, W3C, 2014. Collections and nodes without a name are passed over with what stands in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    r"""\s+|\#[^\n]*
    |<(?P<iri>[^<>"{}|^`\\\s]*)>
    |\"\"\"(?P<long>(?>(?:[^"\\]|\\.|"(?!""))*))\"\"\"
    |'''(?P<long_2>(?>(?:[^'\\]|\\.|'(?!''))*))'''
    |"(?P<text>(?>(?:[^"\\\n]|\\.)*))"
    |'(?P<text_2>(?>(?:[^'\\\n]|\\.)*))'
    |@(?P<lang>[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    |(?P<sign>\^\^|[;,.\[\]()])
    |(?P<name>(?:[^\s<>"'\[\](),;.\#@]|\.(?=[^\s<>"'\[\](),;.\#]))+)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_CHARACTERS = {"t": "\t", "n": "\n", "r": "\r", "b": "", "f": ""}
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


class Statement(NamedTuple):
    """One statement: the address of its subject, that of what is said, and a text with its language, or an address."""

    subject: str
    says: str
    value: str
    lang: str
    is_text: bool
    line: int


class Broken(NamedTuple):
    """The line from which on a text is no Turtle."""

    line: int


def statements(text: str) -> Iterator[Statement | Broken]:
    """The statements of a text in its order; last the line where it breaks off, if it does. Never raises."""
    prefixes: dict[str, str] = {}
    base, subject, says = "", "", ""
    pending: list[str] | None = None  # the words of a declaration of a prefix
    depth, position, line = 0, 0, 1
    last: Statement | None = None
    while position < len(text):
        found = _TOKEN.match(text, position)
        if found is None or found.end() == position:
            break
        here, kind = line, found.lastgroup
        line += text.count("\n", position, found.end())
        position = found.end()
        if kind is None:
            continue
        word = found[kind]
        if kind == "lang" and word.lower() in ("prefix", "base") and not says:
            pending = [word.lower()]
        elif kind == "lang":
            last = last._replace(lang=word) if last and last.is_text else last
        elif kind == "sign" and word in "[(":
            depth += 1
        elif kind == "sign" and word in "])":
            depth = max(0, depth - 1)
        elif depth:
            continue
        elif pending is not None or (kind == "name" and word.upper() in ("PREFIX", "BASE") and not subject):
            pending = [word.lower()] if pending is None else [*pending, word]
            if kind == "iri":
                address = word if ":" in word else base + word
                if pending[0] == "base":
                    base = address
                else:
                    prefixes[pending[-2].rstrip(":")] = address
            if kind in ("iri", "sign"):
                pending = None
        elif kind == "sign" and word == "^^":
            continue
        elif kind == "sign":
            if last:
                yield last
                last = None
            subject = "" if word == "." else subject
            says = "" if word in ".;" else says
        else:
            value = _address(word, kind, prefixes, base)
            if not subject:
                subject = value
            elif not says:
                says = _TYPE if word == "a" else value
            elif last is None:
                is_text = kind not in ("iri", "name")
                last = Statement(subject, says, _unescaped(word) if is_text else value, "", is_text, here)
    if last:
        yield last
    if position < len(text) or subject:
        yield Broken(line)


def _address(word: str, kind: str, prefixes: dict[str, str], base: str) -> str:
    if kind == "iri":
        return word if ":" in word else base + word
    prefix, colon, local = word.partition(":")
    return prefixes[prefix] + local.replace("\\", "") if colon and prefix in prefixes else word


def _unescaped(text: str) -> str:
    def character(found: re.Match[str]) -> str:
        number = int(found[1] or found[2] or "0", 16)
        if number:
            return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"
        return _CHARACTERS.get(found[3], found[3]) if found[3] else ""

    return _ESCAPE.sub(character, text) if "\\" in text else text
