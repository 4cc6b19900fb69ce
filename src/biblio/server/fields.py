"""The fields of a form as a page shows them, and what comes back from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.datastructures import FormData

from biblio.dossier.difference import field_name, fields_in_words
from biblio.editing.form import USUAL, FormField, other_types
from biblio.editing.values import Row, Rows, as_typed, rows_of, shown, typed_rows, typed_words, words_of
from biblio.formats.bibtex.grammar import NAME
from biblio.formats.bibtex.latex import decode_plain
from biblio.reference.fields import BY_BIBLATEX, Kind
from biblio.reference.name import Name
from biblio.reference.reference import Reference
from biblio.reference.types import entry_type
from biblio.server.entry import stamp
from biblio.server.pages import text, texts
from biblio.server.words import said
from biblio.text.collation import fold
from biblio.words.tables import desk, worded

PARTS = ("family", "given", "particle", "suffix", "literal")
_LONG = frozenset({Kind.PARAGRAPHS, Kind.LINKS, Kind.HOLDINGS})
_ROLES = ("editor", "compiler", "founder", "continuator", "redactor", "reviser", "collaborator", "organizer")
# Values that are offered, beside whatever else may be typed.
OFFERED: Mapping[str, Sequence[str]] = {
    "openaccess": ("yes", "no"),
    "annotationsource": (
        "éditeur",
        "auteur",
        "documentaliste",
        "d'après éditeur",
        "d'après auteur",
        "extrait éditeur",
        "extrait auteur",
    ),
    "langid": ("french", "english", "spanish", "german", "italian", "portuguese", "dutch"),
    "annotationlanguage": ("french", "english", "spanish", "german", "italian"),
    "editortype": _ROLES,
    "editoratype": _ROLES,
    "editorbtype": _ROLES,
    "editorctype": _ROLES,
    "pubstate": ("inpreparation", "submitted", "forthcoming", "inpress"),
}
# Said as it is read where that is not how it is typed.
_READ = frozenset({Kind.DATE, Kind.LANGUAGE, Kind.PROVENANCE, Kind.RICH, Kind.LIST})


@dataclass(frozen=True, slots=True)
class Shown:
    """A field on a page: its name, what it is called, how it is typed (``control``) and what stands in it."""

    name: str
    label: str
    control: str  # names, words, long, text
    text: str = ""
    rows: Rows = Rows()
    words: Sequence[str] = ()
    stamp: str = ""
    inherited: str = ""
    offered: Sequence[str] = ()
    known: bool = True


def label_of(name: str, lang: str) -> str:
    """What a field is called; one that biblio does not know by its name."""
    own = desk().get(f"form_field_{name}")
    if own:
        return worded(own, lang)
    row = BY_BIBLATEX.get(name)
    called = field_name(row.variable, lang) if row and not row.private else name
    return called[:1].upper() + called[1:] if row else called


def shown_field(field: FormField, lang: str) -> Shown:
    """A field as a page shows it."""
    value = field.value or ""
    control = {Kind.NAMES: "names", Kind.KEYWORDS: "words"}.get(field.kind, "long" if field.kind in _LONG else "text")
    return Shown(
        field.name,
        label_of(field.name, lang),
        control,
        shown(field.name, value),
        rows_of(value) if control == "names" else Rows(),
        words_of(value) if control == "words" else (),
        stamp(field.value),
        decode_plain(field.inherited),
        OFFERED.get(field.name, ()),
        field.name in BY_BIBLATEX,
    )


def named_fields(form: FormData) -> list[str]:
    """The fields that a page sends, but for names that no field can have."""
    return [name for name in texts(form, "field") if NAME.fullmatch(f"{name}=")]


def typed_field(form: FormData, name: str, before: str | None) -> str | None:
    """What a page says of a field, as it is to stand in its file; ``None`` for nothing."""
    row = BY_BIBLATEX.get(name)
    if row and row.kind is Kind.NAMES:
        return typed_rows(Rows(tuple(_rows(form, name)), f"{name}:others" in form), before)
    if row and row.kind is Kind.KEYWORDS:
        return typed_words(texts(form, f"{name}:word"), before)
    return as_typed(name, text(form, name), before)


def _rows(form: FormData, name: str) -> list[Row]:
    parts = [[" ".join(each.split()) for each in texts(form, f"{name}:{part}")] for part in PARTS]
    typed = texts(form, f"{name}:typed")
    return [Row(Name(*row[:5]), row[5]) for row in zip(*parts, typed, strict=False)]


def text_of(name: str, value: str) -> str:
    """A value in one line, to be shown."""
    return " ".join(shown(name, value).split())


def type_name(kind: str, lang: str) -> str:
    """What a type is called where one chooses it."""
    own = desk().get(f"form_type_{kind.lower()}")
    return worded(own, lang) if own else entry_type(kind).label_in(lang)


def type_choices(lang: str, current: str = "") -> Sequence[tuple[str, Sequence[tuple[str, str]]]]:
    """The types to choose from, in groups with their names; ``current`` is among them, whatever it is."""
    usual = sorted(((name, type_name(name, lang)) for name in USUAL), key=_by_label)
    names = dict.fromkeys((*other_types(), *([current] if current and current not in USUAL else [])))
    others = sorted(((name, f"{type_name(name, lang)} ({name})") for name in names), key=_by_label)
    return ((said("form_types_usual", lang), usual), (said("form_types_others", lang), others))


def _by_label(choice: tuple[str, str]) -> str:
    return fold(choice[1])


def as_read(reference: Reference, lang: str) -> Mapping[str, str]:
    """How the values of a reference are read, by the names of their fields, where that is not as they are typed."""
    words = fields_in_words(reference, lang)
    read: dict[str, str] = {}
    for name, value in reference.raw.items():
        row = BY_BIBLATEX.get(name)
        if row and row.kind in _READ:
            words_of_it = words.get(row.variable, "")
            if words_of_it and words_of_it.casefold() != shown(name, value).casefold():
                read[name] = words_of_it
    return read
