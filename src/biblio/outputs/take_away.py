"""What a reader takes away from the page for screens: the references as files, each as a COinS and as a citation.

It is all inside the page, which asks for nothing and works from any folder. The files are packed, for they would be
most of its weight; a script takes each out where the browser can.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from biblio.citation import PRESETS, label_of
from biblio.compose.compose import compose_notices
from biblio.compose.composed import Composed
from biblio.document.tree import Role
from biblio.formats import FORMATS
from biblio.outputs.coins import coins
from biblio.outputs.package import packed
from biblio.reference.reference import Reference
from biblio.text.inline import plain

# What people hand in is asked for in the forms of the standard, whatever the house's own.
CITATION = "iso690-fr"
# The names of formats that are no initials.
_SPELT = {"biblatex": "BibLaTeX"}


@dataclass(frozen=True, slots=True)
class File:
    """A file of all the references: its name, that of the format, its media type, its size in thousands of bytes."""

    name: str
    format: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Package:
    """The files in one ZIP, in their order: its name, its size in thousands of bytes, and all of it as an address."""

    name: str
    files: tuple[File, ...]
    size: int
    address: str

    @property
    def formats(self) -> str:
        """The names of the formats in it."""
        return ", ".join(file.format for file in self.files)


@dataclass(frozen=True, slots=True)
class Taken:
    """One reference: its ContextObject, a citation in plain text, and what it may be filtered by."""

    coins: str
    citation: str
    type: str
    year: str


@dataclass(frozen=True, slots=True)
class TakeAway:
    """The files, ``None`` where there is nothing to put in them, and the references by citekey."""

    package: Package | None = None
    references: Mapping[str, Taken] | None = None


def take_away(composed: Composed, stamp: datetime) -> TakeAway:
    """What the page of a composed dossier carries; its files are dated ``stamp``."""
    references, lang = composed.selection.references, composed.spec.lang
    # Annotations are no part of a citation, and the longest part of the work.
    bare = tuple(replace(reference, annotation=(), abstract=()) for reference in references)
    style = replace(composed.style, preset=PRESETS[CITATION])
    cited = compose_notices(bare, style, lang).value
    return TakeAway(
        _package(references, composed.spec.slug, stamp) if references else None,
        {
            reference.citekey: Taken(
                coins(reference),
                " ".join(plain(line.content) for line in notice.lines if line.role is not Role.ANNOTATION),
                label_of(reference, lang),
                _year(reference),
            )
            for reference, notice in zip(references, cited, strict=True)
        },
    )


def _package(references: tuple[Reference, ...], slug: str, stamp: datetime) -> Package:
    written = [(row, row.written(references)) for row in FORMATS.own.values() if row.attached]
    files = tuple(
        File(f"{slug}{row.extension}", _SPELT.get(row.name, row.name.upper()), row.mime_type, _size(content))
        for row, content in written
    )
    whole = packed({f"{slug}{row.extension}": content for row, content in written}, stamp)
    address = f"data:application/zip;base64,{b64encode(whole).decode()}"
    return Package(f"{slug}.zip", files, _size(whole), address)


def _size(content: bytes) -> int:
    return max(1, round(len(content) / 1000))


def _year(reference: Reference) -> str:
    """The year of publication, where it is one."""
    point = reference.issued.first if reference.issued else None
    return str(point.year) if point and not point.unspecified else ""
