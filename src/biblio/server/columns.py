"""The columns of tables that are imported, as a page shows and mends them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from starlette.datastructures import FormData

from biblio.formats.tabular.column_map import WORDS, ColumnMapSpec, ColumnSpec, Told
from biblio.formats.tabular.headings import FORMS
from biblio.server.fields import label_of
from biblio.words.faults import Span
from biblio.words.tables import desk, worded

_NOWHERE = Span("")


@dataclass(frozen=True, slots=True)
class Offered:
    """What a column may be, and what that is called."""

    word: str
    label: str


def distinct(columns: Iterable[Told]) -> Sequence[Told]:
    """The columns of all tables, those that are called the same once."""
    return list({(each.heading, each.letter): each for each in columns}.values())


def offered(lang: str) -> tuple[Sequence[Offered], Sequence[Offered]]:
    """What columns may be: what they usually are, in the order of the table of headings, and any other field."""
    first = dict.fromkeys(("keep", "ignore", *FORMS))
    usual = [Offered(word, _label(word, lang)) for word in first]
    others = [Offered(word, _label(word, lang)) for word in WORDS if word not in first]
    return usual, sorted(others, key=lambda each: each.label.casefold())


def columns_of(form: FormData) -> ColumnMapSpec:
    """What a page says of the columns; a word that none may be keeps a column as it is."""
    lists = [list(map(str, form.getlist(name))) for name in ("heading", "letter", "separator", "field")]
    columns = tuple(
        ColumnSpec(
            _NOWHERE,
            {},
            heading=heading,
            column=letter,
            field=word if word in WORDS else "keep",
            separator=separator,
        )
        for heading, letter, separator, word in zip(*lists, strict=False)
    )
    return ColumnMapSpec(_NOWHERE, {}, columns=columns)


def _label(word: str, lang: str) -> str:
    own = desk().get(f"column_{word.replace('-', '_')}")
    return worded(own, lang) if own else label_of(word, lang)
