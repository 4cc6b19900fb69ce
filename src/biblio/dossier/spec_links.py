"""The web addresses that a dossier prints of its own: in its texts, its boxes of links, on its cover."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from biblio.collection.cited_links import CitedLink, can_be_asked
from biblio.dossier.query import Query
from biblio.dossier.spec import DossierSpec
from biblio.reference.link import encoded
from biblio.words.faults import Span
from biblio.yaml_model.located import Located

_ADDRESS = re.compile(r"https?://[^\s<>«»\"“”`|]{1,4000}", re.IGNORECASE)
_BEHIND = ".,;:!?'’*_\\"
_WHOLE = ("url", "online", "unsubscribe")  # keys whose value is one address


def spec_links(spec: DossierSpec) -> Iterator[CitedLink]:
    """The addresses of a spec, each once, in the order of its keys."""
    seen: set[str] = set()
    for address, span in _of(spec):
        if address not in seen and can_be_asked(address):
            seen.add(address)
            yield CitedLink(address, span)


def _of(level: Located) -> Iterator[tuple[str, Span]]:
    for each in fields(level):
        value = getattr(level, each.name)
        if isinstance(value, str):
            lines = level.lines_of(each.name)
            for number, line in enumerate([value] if each.name in _WHOLE else value.split("\n")):
                place = lines[number] if number < len(lines) else level.span_of(each.name)
                found = [encoded(line.strip())] if each.name in _WHOLE else map(_whole, _ADDRESS.findall(line))
                yield from ((address, place) for address in found)
        elif isinstance(value, Located):
            yield from _of(value) if not isinstance(value, Query) else ()
        elif isinstance(value, tuple):
            for part in value:
                if isinstance(part, Located) and is_dataclass(part):
                    yield from _of(part)


def _whole(found: str) -> str:
    """An address without the marks behind it, nor a bracket that was opened before it."""
    for opening, closing in ("()", "[]"):
        depth = 0
        for place, letter in enumerate(found):
            depth += (letter == opening) - (letter == closing)
            if depth < 0:
                found = found[:place]
                break
    return found.rstrip(_BEHIND)
