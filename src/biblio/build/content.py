"""What a dossier prints, as one hash: the same for as long as nothing that its outputs are made of has changed.

A file of references is an input of every dossier of its project, and most of what is typed into it concerns none of
them. The outputs of a dossier are made of its spec, of the references that it found, whole, and of the document that
they were composed to; where each of them was typed matters to messages alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import sha256

from biblio.compose.composed import Composed
from biblio.reference.reference import Reference
from biblio.words.faults import Span


def content_of(composed: Composed) -> str:
    """The hash, in hexadecimal, of all that decides a dossier's outputs beside its style and the program."""
    said = sha256()
    told: dict[int, str] = {}  # of references, by what they are in memory: many sections may print one of any length

    def say(text: str) -> None:
        said.update(text.encode("utf-8", "surrogatepass") + b"\0")

    def tell(value: object) -> None:
        if not isinstance(value, Reference):
            _tell(value, say, tell)
            return
        if id(value) not in told:
            told[id(value)] = sha256("\0".join(_texts(value)).encode("utf-8", "surrogatepass")).hexdigest()
        say(told[id(value)])

    tell((composed.spec, composed.selection.parts, composed.document))
    return said.hexdigest()


def _tell_all(value: object, say: Callable[[str], None]) -> None:
    _tell(value, say, lambda part: _tell_all(part, say))


def _tell(value: object, say: Callable[[str], None], tell: Callable[[object], None]) -> None:
    """Says a value in texts, one after the other, that tell it from every other value of the same type.

    What is not there, or is empty, is left out of the values that have names, and so is where anything was typed.
    ``tell`` says the values inside it.
    """
    if isinstance(value, str):
        say(f"{len(value)} {value}")
    elif isinstance(value, Span):
        return
    elif isinstance(value, int | float | bool | None):
        say(repr(value))
    elif isinstance(value, bytes):
        say(sha256(value).hexdigest())
    elif isinstance(value, tuple | list):
        say("(")
        for each in value:
            tell(each)
        say(")")
    elif isinstance(value, Mapping):
        say("{")
        placed = all(isinstance(each, Span) for each in value.values())
        for name, each in sorted(value.items()) if placed else value.items():
            tell(name)
            tell(each)
        say("}")
    elif isinstance(value, AbstractSet):
        say("<")
        for told in sorted("\0".join(_texts(each)) for each in value):
            say(told)
        say(">")
    elif is_dataclass(value) and not isinstance(value, type):
        say(type(value).__name__)
        for name in _names(type(value)):
            each = getattr(value, name)
            if each is not None and each not in _NOTHING:
                say(name)
                tell(each)
        say(".")
    else:
        raise TypeError(f"{type(value).__name__}: outputs are made of values")


def _texts(value: object) -> list[str]:
    texts: list[str] = []
    _tell_all(value, texts.append)
    return texts


_NOTHING = ("", ())


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind))
