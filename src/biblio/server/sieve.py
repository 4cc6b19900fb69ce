"""What is typed into the search of a table: words in any order, phrases between quotes, and words of one column.

``santé -hôpital "contrat local" auteur:harpet année:2018..2022 thème:cls`` finds the rows that meet all of them.
Neither accents nor case count, and a word is found by its beginning.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fnmatch import translate
from functools import partial
from itertools import repeat
from operator import contains

from biblio.server.shelf import Mask, Shelf
from biblio.text.collation import fold, fold_key

MOST_TYPED = 400  # characters of a search
_PIECE = re.compile(
    r"(?P<no>-?)(?:(?P<column>[^\W\d_]+):(?=\S))?"
    r"(?:\"(?P<phrase>[^\"]*)\"?|[«“]\s*(?P<quoted>[^»”]*)[»”]?|(?P<word>[^\s\"«“]+))"
)
_YEARS = re.compile(r"(?P<first>\d{1,4})?(?P<to>\.\.|-)?(?P<last>\d{1,4})?")


def mask_of(shelf: Shelf, typed: str) -> Mask:
    """The rows that meet all that is typed; of nothing, all rows."""
    everything = bytes([1]) * len(shelf.rows)
    found = int.from_bytes(everything, "little")
    for piece in _PIECE.finditer(typed[:MOST_TYPED]):
        value = piece["phrase"] or piece["quoted"] or piece["word"] or ""
        column = _COLUMNS.get(fold(piece["column"] or ""))
        if piece["column"] and column is None:  # no column: an address, or words with a colon between them
            value = f"{piece['column']}:{value}"
        is_phrase = piece["word"] is None
        mask = column(shelf, value) if column else _of_words(shelf, value, phrase=is_phrase)
        if piece["no"]:
            mask = bytes(mask.translate(_OTHERS))
        found &= int.from_bytes(mask, "little")
    return found.to_bytes(len(shelf.rows), "little")


_OTHERS = bytes([1, 0, *range(2, 256)])


def _of_words(shelf: Shelf, value: str, *, phrase: bool = False) -> Mask:
    folded = fold(value)
    needles = [f" {folded}"] if phrase else [f" {word}" for word in folded.split()]
    texts = shelf.kept.setdefault("texts", [row.words for row in shelf.rows])
    found = int.from_bytes(bytes([1]) * len(shelf.rows), "little")
    for needle in needles:
        found &= int.from_bytes(bytes(map(contains, texts, repeat(needle))), "little")
    return found.to_bytes(len(shelf.rows), "little")


def _in_order(place: int, shelf: Shelf, value: str) -> Mask:
    """The rows in whose people, title or source all the words begin a word."""
    needles = [f" {word}" for word in fold(value).split()]
    return bytes(all(needle in f" {row.order[place]}" for needle in needles) for row in shelf.rows)


def _theme(shelf: Shelf, value: str) -> Mask:
    return shelf.having("theme", [shelf.themes.find(value) or fold(value)])


def _type(shelf: Shelf, value: str) -> Mask:
    folded = fold(value)
    kinds = {row.kinds for row in shelf.rows}
    wanted = {each: any(fold(label).startswith(folded) for label in each) for each in kinds}
    return bytes(wanted[row.kinds] for row in shelf.rows)


def _year(shelf: Shelf, value: str) -> Mask:
    match = _YEARS.fullmatch(value)
    if match is None:
        return bytes(len(shelf.rows))
    first = int(match["first"] or 0)
    last = int(match["last"] or 9999) if match["to"] else first
    return bytes(row.year is not None and first <= row.year <= last for row in shelf.rows)


def _key(shelf: Shelf, value: str) -> Mask:
    pattern = re.compile(translate(fold_key(value) if set(value) & set("*?[") else f"{fold_key(value)}*"))
    return bytes(pattern.match(fold_key(row.citekey)) is not None for row in shelf.rows)


_AUTHOR, _TITLE, _SOURCE = (partial(_in_order, place) for place in range(3))
# What columns are called, folded, in French and English.
_COLUMNS: Mapping[str, Callable[[Shelf, str], Mask]] = {
    **dict.fromkeys(("auteur", "author"), _AUTHOR),
    **dict.fromkeys(("titre", "title"), _TITLE),
    **dict.fromkeys(("revue", "journal", "editeur", "publisher", "source"), _SOURCE),
    **dict.fromkeys(("theme", "mot", "keyword"), _theme),
    "type": _type,
    **dict.fromkeys(("annee", "year"), _year),
    **dict.fromkeys(("cle", "key"), _key),
}
