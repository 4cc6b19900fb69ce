"""What a file of another program gives: its references, and the plan of the list that they stood in, if it was one."""

from __future__ import annotations

from dataclasses import dataclass

from biblio.formats.tabular.column_map import Told
from biblio.reference.reference import Reference


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a printed list, the text under it, its references and the headings below it, in their order.

    ``group_by`` is what parts them, in the words of a spec. References are numbers into those of the file, counted from
    0: their keys are known only once they are in a library.
    """

    title: str
    text: str = ""
    references: tuple[int, ...] = ()
    headings: tuple[Heading, ...] = ()
    group_by: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """The plan of a list, from which a spec of a dossier can be written; what is not known is empty."""

    title: str = ""
    subtitle: str = ""
    date: str = ""
    publisher: str = ""
    sitography: Heading | None = None
    headings: tuple[Heading, ...] = ()
    event: str = ""
    closing: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """The references of a file in its order, some of them still without a key, and the name of its format.

    The format is empty for a file of none that is read; ``columns`` says what those of a table were taken for.
    """

    references: tuple[Reference, ...] = ()
    format: str = ""
    outline: Outline | None = None
    columns: tuple[Told, ...] = ()
