"""What the user says that columns are: a YAML file, written from what was guessed and read when it is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from biblio.formats.tabular.headings import FORMS, form_of
from biblio.reference.fields import FIELDS
from biblio.words.faults import Parsed
from biblio.yaml_model.keys import Located, Shape, declare
from biblio.yaml_model.loader import load_model

# What a column may be: what headings are guessed to be, and every field of an entry.
WORDS = tuple(
    dict.fromkeys(
        (*FORMS, "keep", "ignore", *(field.biblatex[0] for field in FIELDS if field.biblatex[0] not in FORMS))
    )
)


@dataclass(frozen=True)
class ColumnSpec(Located):
    """A column, by its heading or by the letter that spreadsheets call it by."""

    heading: str = declare(
        Shape.TEXT,
        default="",
        fr="L'intitulé de la colonne ; accents, majuscules et pluriels ne comptent pas.",
        en="The heading of the column; accents, capitals and plurals do not count.",
        example="Auteur(s)",
    )
    column: str = declare(
        Shape.TEXT,
        default="",
        fr="La lettre de la colonne, quand elle n'a pas d'intitulé ou que deux ont le même.",
        en="The letter of the column, when it has no heading or two have the same.",
        example="C",
    )
    field: str = declare(
        Shape.CHOICE,
        choices=WORDS,
        fr="Ce que contient la colonne : un champ, `keep` pour la garder, `ignore` pour la laisser de côté.",
        en="What the column holds: a field, `keep` to keep it as it is, `ignore` to leave it out.",
        example="author",
    )
    separator: str = declare(
        Shape.TEXT,
        default="",
        fr="Le signe entre plusieurs valeurs d'une cellule, quand il n'est pas deviné.",
        en="The sign between several values of a cell, when it is not guessed.",
        example='"/"',
    )


@dataclass(frozen=True)
class ColumnMapSpec(Located):
    """The file: its columns in order."""

    columns: tuple[ColumnSpec, ...] = declare(
        Shape.OBJECTS,
        of="ColumnSpec",
        fr="Les colonnes, dans l'ordre ; celles qui n'y sont pas sont devinées.",
        en="The columns, in order; those that are not there are guessed.",
        example="[{heading: Auteur(s), field: author}]",
    )


COLUMN_MODELS: Mapping[str, type[Located]] = {"ColumnMapSpec": ColumnMapSpec, "ColumnSpec": ColumnSpec}


def load_column_map(text: str, path: str) -> Parsed[ColumnMapSpec | None]:
    """What a file says of columns; ``None`` when it cannot be read. Never raises: faults are of the family D1."""
    return load_model(text, path, ColumnMapSpec, COLUMN_MODELS)


@dataclass(frozen=True, slots=True)
class Told:
    """One column as it is written in such a file, with a value of it for the eye."""

    heading: str
    letter: str
    field: str
    separator: str = ""
    sample: str = ""


def write_column_map(columns: Iterable[Told], head: str) -> str:
    """The text of such a file, which reads back as the same columns; ``head`` is what it says of itself."""
    lines = [f"# {line}" for line in head.split("\n")]
    lines.append("columns:")
    for told in columns:
        sample = f"  # {_on_a_line(told.sample)}" if told.sample else ""
        if told.heading:
            lines.append(f"  - heading: {_quoted(told.heading)}{sample}")
        if told.letter:
            lines.append(f"{'    ' if told.heading else '  - '}column: {told.letter}{'' if told.heading else sample}")
        lines.append(f"    field: {told.field}")
        if told.separator:
            lines.append(f"    separator: {_quoted(told.separator)}")
    return "\n".join(lines) + "\n"


def is_of(spec: ColumnSpec, heading: str, letter: str) -> bool:
    """Whether what is said of a column is said of this one."""
    if spec.column and spec.column.strip().upper() != letter:
        return False
    return not spec.heading or form_of(spec.heading) == form_of(heading)


def _quoted(text: str) -> str:
    escaped = "".join(
        {"\\": "\\\\", '"': '\\"', "\t": "\\t", "\n": "\\n"}.get(character, character) for character in text
    )
    return f'"{escaped}"'


def _on_a_line(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 60 else flat[:59] + "…"
