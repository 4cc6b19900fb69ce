"""What a dossier prints, as one hash: the same for as long as nothing that its outputs are made of has changed.

A file of references is an input of every dossier of its project, and most of what is typed into it concerns none of
them. The outputs of a dossier are made of its spec, of the references that it found, whole, and of the document that
they were composed to; where each of them was typed matters to messages alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import sha256

from biblio.compose.composed import Composed
from biblio.words.faults import Span


def content_of(composed: Composed) -> str:
    """The hash, in hexadecimal, of all that decides a dossier's outputs beside its style and the program."""
    texts = _texts((composed.spec, composed.selection.parts, composed.document))
    return sha256("\0".join(texts).encode("utf-8", "surrogatepass")).hexdigest()


def _texts(value: object) -> Iterator[str]:
    """A value as texts, one after the other, that tell it from every other value of the same type.

    What is not there, or is empty, is left out of the values that have names, and so is where anything was typed.
    """
    if isinstance(value, Span):
        return
    if isinstance(value, str | int | float | bool | None):
        yield f"{len(value)} {value}" if isinstance(value, str) else repr(value)
    elif isinstance(value, bytes):
        yield sha256(value).hexdigest()
    elif isinstance(value, Mapping):
        yield "{"
        placed = all(isinstance(each, Span) for each in value.values())
        for name, each in sorted(value.items()) if placed else value.items():
            yield from _texts(name)
            yield from _texts(each)
        yield "}"
    elif isinstance(value, tuple | list):
        yield "("
        for each in value:
            yield from _texts(each)
        yield ")"
    elif isinstance(value, AbstractSet):
        yield "<"
        yield from sorted("\0".join(_texts(each)) for each in value)
        yield ">"
    elif is_dataclass(value) and not isinstance(value, type):
        yield type(value).__name__
        for name in _names(type(value)):
            each = getattr(value, name)
            if each is not None and each not in _NOTHING:
                yield name
                yield from _texts(each)
        yield "."
    else:
        raise TypeError(f"{type(value).__name__}: outputs are made of values")


_NOTHING = ("", ())


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind))
