"""A value without markup takes a short way, and says what it says by the long one."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biblio.formats.bibtex.latex import decode
from biblio.formats.bibtex.reader import read_bibtex
from biblio.formats.text import beyond_ascii, has_controls, is_composed, without_controls

_PIECES = st.text(st.sampled_from("aé -'\u00a0\u2028e\u0301\t\nœ…"), max_size=12)


@pytest.mark.parametrize(
    "typed",
    [
        "Un titre",
        " a ",
        "a  b",
        "a -- b",
        "''a''",
        "a\tb",
        "a\n b",
        "a\u2028b",
        "e\u0301te",
        "\u00a0",
        "—",
        "1",
        "«\u00a0a\u00a0»",
    ],
)
def test_a_title_is_what_its_markup_says(typed: str) -> None:
    (reference,) = read_bibtex(f"@book{{a, title = {{{typed}}}}}".encode(), "a.bib").value
    assert reference.title == decode(typed).rich


@given(_PIECES, _PIECES)
def test_a_value_reads_alike_with_braces_that_say_nothing(first: str, second: str) -> None:
    plain, braced = (
        read_bibtex(f"@book{{a, title = {{{typed}}}, publisher = {{{typed}}}}}".encode(), "a.bib").value[0]
        for typed in (f"x{first}{second}y", f"{{}}x{first}{second}y")
    )
    assert plain.title == braced.title
    assert plain.publisher == braced.publisher


@given(st.text(st.sampled_from("aé\u0301\u0327\u1161가\u2000\u2003\x07\x85\u200e\ud800\U0001f600\n"), max_size=6))
def test_a_text_is_judged_by_its_few_characters_beyond_ascii(typed: str) -> None:
    beyond = beyond_ascii(typed)
    assert beyond == "".join(character for character in typed if not character.isascii())
    assert has_controls(typed, beyond) == (without_controls(typed) != typed)
    assert is_composed(typed, beyond) == unicodedata.is_normalized("NFC", typed)
