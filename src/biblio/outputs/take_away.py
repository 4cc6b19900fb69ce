"""What a reader takes away from the page for screens: the references as files, each as a COinS and as a citation.

It is all inside the page, which asks for nothing and works from any folder.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, replace

from biblio.citation import PRESETS, label_of
from biblio.compose.compose import compose_notices
from biblio.compose.composed import Composed
from biblio.document.tree import Role
from biblio.formats import FORMATS, Format
from biblio.outputs.coins import coins
from biblio.reference.reference import Reference
from biblio.text.inline import plain

# What people hand in is asked for in the forms of the standard, whatever the house's own.
CITATION = "iso690-fr"
# The names of formats that are no initials.
_SPELT = {"biblatex": "BibLaTeX"}


@dataclass(frozen=True, slots=True)
class File:
    """A file of all the references: its name, the format's, its size in thousands of bytes, and all of it."""

    name: str
    format: str
    size: int
    address: str


@dataclass(frozen=True, slots=True)
class Taken:
    """One reference: its ContextObject, a citation in plain text, and what it may be filtered by."""

    coins: str
    citation: str
    type: str
    year: str


@dataclass(frozen=True, slots=True)
class TakeAway:
    """The files in the order of the table of formats, and the references by citekey."""

    files: tuple[File, ...] = ()
    references: Mapping[str, Taken] | None = None


def take_away(composed: Composed) -> TakeAway:
    """What the page of a composed dossier carries."""
    references, lang = composed.selection.references, composed.spec.lang
    files = tuple(
        _file(row, references, composed.spec.slug) for row in FORMATS.own.values() if row.attached and references
    )
    # Annotations are no part of a citation, and the longest part of the work.
    bare = tuple(replace(reference, annotation=(), abstract=()) for reference in references)
    style = replace(composed.style, preset=PRESETS[CITATION])
    cited = compose_notices(bare, style, lang).value
    return TakeAway(
        files,
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


def _file(row: Format, references: tuple[Reference, ...], slug: str) -> File:
    content = row.written(references)
    address = f"data:{row.mime_type};charset=utf-8;base64,{b64encode(content).decode()}"
    return File(
        f"{slug}{row.extension}", _SPELT.get(row.name, row.name.upper()), max(1, round(len(content) / 1000)), address
    )


def _year(reference: Reference) -> str:
    """The year of publication, where it is one."""
    point = reference.issued.first if reference.issued else None
    return str(point.year) if point and not point.unspecified else ""
