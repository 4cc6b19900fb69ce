"""The table of exports: what references are written as, by themselves or as the notices that a dossier prints."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from biblio.formats import FORMATS, Format
from biblio.outputs.setting import Setting
from biblio.places import at
from biblio.reference.reference import Reference
from biblio.words.faults import Parsed


@dataclass(frozen=True, slots=True)
class Export:
    """One row of the table: its ``name`` on the command line, the ``extension`` of its files, and what makes them.

    ``write`` takes references and gives the bytes of a file with the faults met; it asks for a setting where it needs
    one. What ``is_text`` may be shown on a terminal. ``about`` says what it is, by language.
    """

    name: str
    extension: str
    about: Mapping[str, str]
    write: Callable[[Sequence[Reference], Callable[[], Setting]], Parsed[bytes]]
    is_text: bool = True


def _of(row: Format) -> Export:
    return Export(
        row.name,
        row.extension,
        row.about,
        lambda references, _: Parsed(row.written(references)),
        is_text=not row.binary,
    )


_OWN = (
    Export(
        "xlsx",
        ".xlsx",
        {
            "fr": "Un classeur pour tableurs : une ligne par référence, une colonne par champ",
            "en": "A workbook for spreadsheets: a row for each reference, a column for each field",
        },
        at("biblio.outputs.workbook:write_references"),
        is_text=False,
    ),
    Export(
        "markdown",
        ".md",
        {"fr": "Une liste de notices en Markdown", "en": "A list of notices in Markdown"},
        at("biblio.outputs.lists:write_markdown"),
    ),
    Export(
        "text",
        ".txt",
        {"fr": "Des notices en texte simple, pour un courriel", "en": "Notices as plain text, for an e-mail"},
        at("biblio.outputs.lists:write_text"),
    ),
    Export(
        "html",
        ".html",
        {
            "fr": "Une page de notices, où Zotero reprend les références (COinS)",
            "en": "A page of notices, from which Zotero takes the references (COinS)",
        },
        at("biblio.outputs.lists:write_page"),
    ),
)


class _Exports(Mapping[str, Export]):
    """The formats that are written, those of installed packages among them, and the exports that are made here."""

    def __getitem__(self, name: str) -> Export:
        own = next((row for row in _OWN if row.name == name), None)
        if own is not None:
            return own
        row = FORMATS[name]
        if row.write is None:
            raise KeyError(name)
        return _of(row)

    def __iter__(self) -> Iterator[str]:
        yield from (row.name for row in FORMATS.values() if row.write)
        yield from (row.name for row in _OWN)

    def __len__(self) -> int:
        return sum(1 for _ in self)


EXPORTS: Mapping[str, Export] = _Exports()


def names() -> Iterable[str]:
    """What exports are called on the command line, those of installed packages among them."""
    return EXPORTS
