"""LaTeX in values: the fast way gives what the slow one gives, and no letter is lost on either."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator

import pytest
from counting import steps
from hypothesis import example, given
from hypothesis import strategies as st
from notation import shown

from biblio.formats.bibtex.commands import symbols
from biblio.formats.bibtex.latex import (
    LONGEST,
    decode,
    decode_characters,
    decode_pieces,
    decode_plain,
    decode_structure,
    on_one_line,
    paired,
)
from biblio.text.inline import Leaf, Rich, Text, plain

PIECES = [
    *"aeinXç{}\\$~-'`\"^=.&%_#!?« »\u00a0()12",
    *[r"\i", r"\j ", r"\c", r"\v", r"\ss", r"\o", r"\'", r"\"", r"\&", r"\%", r"\,", r"\ ", r"\-", r"\H", r"\t", r"\u"],
    *[
        r"\emph{a}",
        r"{\it b}",
        r"{\sc  c}",
        r"$a$",
        r"\og",
        r"\fg{}",
        r"\textdegree",
        r"\alpha",
        r"\LaTeX",
        r"\emph{",
        r"\textbf",
        r"\foo",
        r"\url{",
        r"\verb|",
    ],
    *[
        "---",
        "--",
        "``",
        "''",
        "{}",
        r"\\",
        "\u0301",
        r"\begin{a}",
        r"\end{a}",
        r"\(",
        r"\em ",
        "$",
        r"\textsuperscript",
    ],
]
markup = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


@given(markup)
@example(r"\cç")
@example("\\og\u00a0x")
@example(r"\"{\i}")
@example(r"\'{e}\ss é")
def test_the_fast_way_is_the_slow_way(value: str) -> None:
    value, _ = paired(on_one_line(value))
    fast = decode_characters(value)
    if fast is not None:
        slow = decode_structure(value)
        assert slow.rich == ((Text(fast),) if fast else ())
        assert slow.unknown == []


@given(markup)
@example(r"PM$_{2.5}$ et \'e $\alpha$-x \ss ")
@example(r"a $5 et 6$ -- $\foo$ {$\beta$}")
@example(r"{\it a b} \emph{c --- d} {\bf } \emph{} x \textsc{e} \'{e}")
def test_the_fast_way_with_pieces_is_the_slow_way(value: str) -> None:
    value, _ = paired(on_one_line(value))
    fast = decode_pieces(value)
    if fast is not None:
        assert fast == decode_structure(value)


def leaves(nodes: Rich) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Leaf):
            yield node.text
        else:
            yield from leaves(node.children)


@given(markup)
@example("a\u0301")
@example("a\\emph{\u0301")  # an accent apart from its letter, which stays the first of what is emphasised
def test_no_value_is_too_much(value: str) -> None:
    decoded = decode(value)
    for leaf in leaves(decoded.rich):
        assert leaf == unicodedata.normalize("NFC", leaf)
    shown = unicodedata.normalize("NFC", plain(decoded.rich))
    assert "\n" not in shown
    assert decode_plain(value) == shown or not shown.strip()


@given(st.lists(st.sampled_from([*"abcé12 ,;:«»?!%&#_^", "{", "}", "--", "~"]), max_size=20).map("".join))
def test_without_commands_no_letter_is_lost(value: str) -> None:
    letters = [character for character in on_one_line(value) if character not in "{}-~"]
    shown = plain(decode(value).rich)
    assert [c for c in shown if c not in "–—-\u00a0 \u00a1\u00bf"] == [c for c in letters if c != " "]


@pytest.mark.parametrize("accent", ["`", "'", "^", "~", "=", ".", '"', "u", "v", "H", "c", "k", "d", "b", "r"])
@pytest.mark.parametrize("letter", ["a", "e", "o", "S", r"\i"])
def test_every_spelling_of_an_accent_is_the_same(accent: str, letter: str) -> None:
    spaced = f"\\{accent} {letter}"
    spellings = [f"\\{accent}{{{letter}}}", f"{{\\{accent}{{{letter}}}}}", spaced, f"{{{spaced}}}"]
    if not accent.isalpha():
        spellings += [f"\\{accent}{letter}", f"{{\\{accent}{letter}}}"]
    found = {decode_plain(spelling) for spelling in spellings}
    assert len(found) == 1
    (shown,) = found
    assert shown != letter
    assert unicodedata.normalize("NFD", shown)[0] == letter.removeprefix("\\")


def test_characters_come_from_the_library_but_for_the_clock() -> None:
    table = symbols()
    assert len(table) > 700
    assert table["alpha"] == "α"
    assert "today" not in table
    assert decode(r"\today").unknown == ["today"]
    # Nothing that pylatexenc only pretends to know: the text of a reference, of a footnote, of a file.
    assert not {"cite", "ref", "footnote", "input", "include", "title", "author", "date"} & set(table)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (r"a } b { c", "a b c"),
        (r"50 % de \emph{x}", "50 % de <i>x</i>"),
        (r"{\em a \bf b} c", "<i>a <b>b</b></i> c"),
        (r"\emph x", "<i>x</i>"),
        (r"\emph{}", ""),
        (r"\href{https://a.example/%20}{}", "<a https://a.example/%20><v>https://a.example/%20</v></a>"),
        (r"\foo{a}{b} c", r"\foo{a}{b} c"),
        ("  Des \n\t blancs\n", "Des blancs"),
        ("L'espace\u00a0reste", "L'espace␣reste"),
    ],
)
def test_markup(value: str, expected: str) -> None:
    assert shown(decode(value).rich) == expected


def test_nesting_ends_at_twenty() -> None:
    deep: Rich = decode("{" * 20 + "a" + "}" * 20).rich
    assert deep == (Text("a"),)
    too_deep = decode("{" * 21 + r"\emph{a}" + "}" * 21)
    assert too_deep.too_deep
    assert too_deep.rich == (Text("a"),)
    # Each of these goes one deeper without a brace.
    assert decode(r"\em " * 60 + "a").too_deep


def test_a_long_value_is_kept_as_it_is() -> None:
    long = decode(r"\emph{\textbf{a}} " * LONGEST)
    assert long.too_long
    assert plain(long.rich).count("a") == LONGEST
    assert not decode(r"\'e " * LONGEST).too_long


def test_a_long_text_costs_the_parser_no_more_than_its_marks() -> None:
    def made(words: int) -> Callable[[], object]:
        return lambda: decode_structure(r"\strange{x} " + "des mots, puis d autres : encore ; " * words)

    made(1)()
    assert steps(made(200)) < 2 * steps(made(1))


def test_the_ring_has_the_name_that_mathematicians_reviews_give_it() -> None:
    assert decode_plain(r"Franc{\ocirc{u}}") == "Franců"
