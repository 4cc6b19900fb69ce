"""The keys of biblatex inside the texts of a reference, said in the language of the dossier that prints it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from biblio.reference.fields import FIELDS, Kind
from biblio.reference.reference import Reference
from biblio.text.inline import Inline, Key, Rich, Text, Verbatim, merge, plain, with_children
from biblio.words.tables import term

_TYPED = re.compile(r"\\bib[a-z]*string\b")


def in_language(reference: Reference, lang: str) -> Reference:
    """The reference with the words of ``lang`` for the keys in its texts; itself when it has none."""
    if not any(_TYPED.search(value) for value in (*reference.raw.values(), *reference.inherited.values())):
        return reference
    said: dict[str, Any] = {}
    for row in FIELDS:
        value = getattr(reference, row.variable)
        if value and row.kind is Kind.RICH:
            said[row.variable] = _said(value, lang)
        elif value and row.kind is Kind.PARAGRAPHS:
            said[row.variable] = tuple(_said(paragraph, lang) for paragraph in value)
    return replace(reference, **said)


def _said(rich: Rich, lang: str) -> Rich:
    return merge(tuple(_node(node, lang) for node in rich))


def _node(node: Inline, lang: str) -> Inline:
    match node:
        case Text() | Verbatim():
            return node
        case Key(key, children):
            word = term(f"key.{key}", lang)
            return Text(word[:1].upper() + word[1:] if plain(children)[:1].isupper() else word)
        case _:
            return with_children(node, _said(node.children, lang))
