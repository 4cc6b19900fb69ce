"""What the form of a dossier as a whole has: the fields of its cover, and those that are set more rarely."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from biblio.dossier.kinds import KINDS
from biblio.editing.yaml_tree import Data
from biblio.server.rows import Table, table_of
from biblio.server.spec_values import key_at, typed
from biblio.words.tables import worded

COVER = (
    "title", "subtitle", "event", "date", "publisher", "authors", "edition", "lang", "cover.colour", "cover.cite",
    "cover.license", "cover.contact",
)  # fmt: skip
MORE = (
    "short_title", "description", "keywords", "themes", "rights", "whats_new", "repeated", "paper", "numbering",
    "notice_numbers", "fields", "qr_codes", "archived_copies", "break", "indexes", "acronyms", "closing", "draft",
)  # fmt: skip

# What the dossier as a whole has in rows, on its cover and beside; and what a section has.
COVER_ROWS = ("cover.logo", "cover.image", "cover.partners")
MORE_ROWS = ("texts", "email")
SECTION_ROWS = ("links", "items", "agenda")

# The styles that there is a picture of.
PICTURES = frozenset(path.stem for path in (Path(__file__).parent / "static" / "styles").glob("*.png"))


@dataclass(frozen=True, slots=True)
class Field:
    """A key of the dossier as a form has it: ``control`` is how it is asked for; ``about`` says what it is."""

    name: str
    control: str
    value: str
    about: str
    choices: tuple[str, ...] = ()


def kinds_shown(lang: str) -> list[tuple[str, str, str]]:
    """Each kind with what it is, and the style whose picture shows it."""
    return [(kind.name, worded(kind.about, lang), kind.style) for kind in KINDS.values()]


def kinds_called(lang: str) -> dict[str, str]:
    """What each kind is called."""
    return {kind.name: worded(kind.called, lang) if kind.called else kind.name for kind in KINDS.values()}


def fields_of(data: Mapping[str, Data], names: Sequence[str], lang: str) -> list[Field]:
    """The fields of some keys of a dossier, whose data are those of its file."""
    return [_field(data, name, lang) for name in names]


def tables_of(data: Mapping[str, Data], names: Sequence[str], lang: str, within: str = "") -> list[Table]:
    """The rows of some keys of a dossier, or with ``within`` of a section; without those that no form can have."""
    found = []
    for name in names:
        key = key_at((*([within] if within else []), *name.split(".")))
        assert key is not None, name
        found.append(table_of(name, _at(data, name), key, lang))
    return [each for each in found if each is not None]


def _at(data: Mapping[str, Data], name: str) -> Data:
    value: Data = dict(data)
    for step in name.split("."):
        value = value.get(step) if isinstance(value, dict) else None
    return value


def _field(data: Mapping[str, Data], name: str, lang: str) -> Field:
    key = key_at(tuple(name.split(".")))
    assert key is not None, name
    return Field(
        name,
        key.shape.value.control,
        typed(_at(data, name)),
        worded(key.about, lang).replace("`", ""),
        tuple(key.choices),
    )
