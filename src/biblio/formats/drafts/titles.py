"""The titles of a record: its own, and those of what it is a part of, which depend on its kind."""

from __future__ import annotations

from collections.abc import Iterable

from biblio.formats.drafts.draft import Draft, Meaning, flat
from biblio.reference.types import Pattern, entry_type


def place_titles(draft: Draft) -> None:
    """Takes the titles of a draft into its fields."""
    draft.single("title", Meaning.TITLE)
    pattern = entry_type(draft.kind).pattern
    if pattern is Pattern.PART:
        draft.single("booktitle", Meaning.HOST_BOOK, Meaning.HOST_IN_FULL)
        if "booktitle" in draft.fields and draft.kind == "inproceedings":
            draft.single("eventtitle", Meaning.HOST)
        draft.single("booktitle", Meaning.HOST, Meaning.HOST_IN_SHORT)
        draft.single("series", Meaning.SERIES)
    elif pattern is Pattern.MONOGRAPH:
        if not draft.fields.get("title"):
            draft.single("title", Meaning.HOST_BOOK)
        if draft.kind == "proceedings":
            draft.single("eventtitle", Meaning.HOST_BOOK)
        draft.single("series", Meaning.SERIES, Meaning.HOST, Meaning.HOST_IN_FULL, Meaning.HOST_BOOK)
    else:
        full = (Meaning.HOST_IN_FULL, Meaning.HOST, Meaning.HOST_BOOK)
        short = draft.values.pop(Meaning.HOST_IN_SHORT, ())
        _single_of(draft, "journaltitle", draft.take(*full), "shortjournal")
        for tag, value in short:
            if "journaltitle" not in draft.fields:
                draft.fields["journaltitle"] = flat(value)
            elif draft.fields["journaltitle"] != flat(value):
                _short(draft, tag, value)
        draft.single("series", Meaning.SERIES)
    if "title" not in draft.fields and Meaning.SHORT_TITLE in draft.values:
        draft.single("title", Meaning.SHORT_TITLE)


def _single_of(draft: Draft, name: str, values: Iterable[tuple[str, str]], shorter: str) -> None:
    """The first of some values as one field, a shorter one as another; the rest is kept."""
    for tag, value in values:
        said = draft.fields.setdefault(name, flat(value))
        if said != flat(value) and len(flat(value)) < len(said):
            _short(draft, tag, value, shorter)
        elif said != flat(value):
            draft.keep(tag, value)


def _short(draft: Draft, tag: str, value: str, name: str = "shortjournal") -> None:
    if draft.fields.setdefault(name, flat(value)) != flat(value):
        draft.keep(tag, value)
