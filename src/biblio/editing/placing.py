"""Puts references into the sections of a spec by hand, also into those that have a query, and takes them out again.

A section with a query has what is put there by hand under ``include``, and what is taken out under ``exclude``; any
other lists it under ``references``. All give the new text, or with faults the old one, as ``specs`` does.
"""

from __future__ import annotations

from collections.abc import Sequence

from biblio.editing.specs import add_references, move_reference, remove_reference, set_key
from biblio.editing.yaml_text import Edit, in_turn
from biblio.editing.yaml_tree import Data, Path, read
from biblio.words.faults import Parsed


def put(text: str, section: Path, citekeys: Sequence[str], before: str = "", *, file: str = "") -> Parsed[str]:
    """Puts references into a section, in front of the one ``before`` or behind all; one that is there stays."""

    def one(citekey: str) -> Edit:
        def edit(made: str) -> Parsed[str]:
            held = _Held(made, section, file)
            if citekey in (*held.references, *held.include):
                return Parsed(made)
            if citekey in held.exclude:
                return _relisted(made, section, "exclude", _without(held.exclude, citekey), file)
            if held.has_query and not held.references:
                return _relisted(made, section, "include", [*held.include, citekey], file)
            index = held.references.index(before) if before in held.references else len(held.references)
            return add_references(made, section, [citekey], index, file=file)

        return edit

    return in_turn(text, [one(citekey) for citekey in citekeys])


def take(text: str, section: Path, citekeys: Sequence[str], *, file: str = "") -> Parsed[str]:
    """Takes references out of a section; one that its query finds is excluded from it."""

    def one(citekey: str) -> Edit:
        def edit(made: str) -> Parsed[str]:
            held = _Held(made, section, file)
            if citekey in held.references:
                return remove_reference(made, section, citekey, file=file)
            if citekey in held.include:
                return _relisted(made, section, "include", _without(held.include, citekey), file)
            if held.has_query and citekey not in held.exclude:
                return _relisted(made, section, "exclude", [*held.exclude, citekey], file)
            return Parsed(made)

        return edit

    return in_turn(text, [one(citekey) for citekey in citekeys])


def shift(
    text: str, citekeys: Sequence[str], section: Path, target: Path, before: str = "", *, file: str = ""
) -> Parsed[str]:
    """Moves references from a section into another one, or to another place of it, in front of the one ``before``."""

    def one(citekey: str) -> Edit:
        def edit(made: str) -> Parsed[str]:
            held, there = _Held(made, section, file), _Held(made, target, file)
            is_listed = citekey in held.references and not (there.has_query and not there.references)
            if section == target and not is_listed:
                return Parsed(made)
            if is_listed and (section == target or citekey not in there.references):
                others = _without(there.references, citekey)
                index = others.index(before) if before in others else len(others)
                return move_reference(made, citekey, section, [(target, index)], file=file)
            return in_turn(
                made,
                (
                    lambda now: put(now, target, [citekey], before, file=file),
                    lambda now: take(now, section, [citekey], file=file),
                ),
            )

        return edit

    return in_turn(text, [one(citekey) for citekey in citekeys])


def turn(text: str, citekey: str, section: Path, by: int, *, file: str = "") -> Parsed[str]:
    """Moves a reference by one place in the list of its section, up (``-1``) or down (``1``); none past the ends."""
    listed = _Held(text, section, file).references
    others = _without(listed, citekey)
    index = listed.index(citekey) + by if citekey in listed else -1
    if not 0 <= index <= len(others):
        return Parsed(text)
    return move_reference(text, citekey, section, [(section, index)], file=file)


class _Held:
    """What a section says of its references now."""

    def __init__(self, text: str, section: Path, file: str) -> None:
        source = read(text, file).value
        node = source.find(section) if source else None
        self.data = node.data if node is not None and isinstance(node.data, dict) else {}
        self.references, self.include, self.exclude = map(self._listed, ("references", "include", "exclude"))
        self.has_query = bool(self.data.get("select"))

    def _listed(self, key: str) -> list[Data]:
        value = self.data.get(key)
        return value if isinstance(value, list) else [value] if value is not None else []


def _without(citekeys: list[Data], citekey: str) -> list[Data]:
    return [each for each in citekeys if each != citekey]


def _relisted(text: str, section: Path, key: str, citekeys: list[Data], file: str) -> Parsed[str]:
    """The text with another list under a key; with none where nothing is left of it."""
    return set_key(text, (*section, key), citekeys or None, file=file)
