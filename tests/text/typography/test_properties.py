"""What holds for every tree: typesetting is idempotent, and changes nothing but spaces, marks and dashes."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from biblio.text.inline import (
    Emph,
    Inline,
    Lang,
    Link,
    Quoted,
    Rich,
    SmallCaps,
    Strong,
    Sub,
    Sup,
    Text,
    Verbatim,
    plain,
    text,
)
from biblio.text.typography import Typography, typeset

SPACES = " \u00a0\u2009\u202f"
# What rules look at, in fragments that make them meet more often than letters would.
FRAGMENTS = [
    *" \u00a0\u202f\n:;!?.,…'’‘\"«»“”()[]/-–—%€°&@\u2060\ufffc",
    *"aLméIVXe",
    *"0123 ",
    *(
        "n°",
        "pp.",
        "p.",
        "vol.",
        "art.",
        "tome ",
        "M.",
        "Dr",
        "1er",
        "2e",
        "XXIe",
        "...",
        " mai",
        "Mo",
        "h",
        "ans",
        "100",
    ),
    *("s.", "d.", "12-15", "3:1", "14:30", "doi:10.1000/a", "l'eau", " a ", '" a', 'a "', "'a b'", "&amp;", "200"),
]
ADDRESSES = st.sampled_from(
    [
        "https://exemple.fr/a;b?c=l'eau!d:1er&e=100%25",
        "http://www.exemple.fr/(a)...b/p.12/n°3",
        "www.exemple.fr/2e",
        "10.4000/rfst.569;1",
        "doi:10.1016/S0140-6736(05)71146",
        "eau.1er+2e@cres-paca.org",
        "cres-paca.org/a?l'eau=100",
    ]
)
WORDS = st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join)
ANYTHING = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufdd0\ufdd1"), max_size=20)
LANGS = st.sampled_from(["fr", "fr-CA", "en", "de", ""])
OPTIONS = st.builds(
    Typography,
    guillemet_space=st.sampled_from(["nbsp", "nnbsp"]),
    range_dash=st.sampled_from(["hyphen", "en-dash"]),
    ordinal_superscript=st.booleans(),
)


def _branches(children: st.SearchStrategy[Inline]) -> st.SearchStrategy[Inline]:
    inner = st.lists(children, max_size=4).map(tuple)
    wrapped = [st.builds(kind, inner) for kind in (Emph, Strong, Sup, Sub, SmallCaps, Quoted)]
    return st.one_of(*wrapped, st.builds(Lang, LANGS, inner), st.builds(Link, WORDS, inner))


LEAVES: st.SearchStrategy[Inline] = st.one_of(
    st.builds(Text, WORDS), st.builds(Text, WORDS), st.builds(Text, ANYTHING | ADDRESSES), st.builds(Verbatim, WORDS)
)
TREES = st.lists(st.recursive(LEAVES, _branches, max_leaves=8), max_size=5).map(tuple)


def verbatim(rich: Rich) -> Iterator[str]:
    """What no rule may touch, in order: verbatim text and the targets of links."""
    for node in rich:
        match node:
            case Verbatim(value) if value:
                yield value
            case Text() | Verbatim():
                pass
            case Link(href, children):
                yield href
                yield from verbatim(children)
            case _:
                yield from verbatim(node.children)


def letters(rich: Rich) -> str:
    return "".join(character for character in plain(rich) if character.isalnum())


def doubled(value: str) -> bool:
    return any(first in SPACES and second in SPACES for first, second in pairwise(value))


@given(TREES, LANGS, OPTIONS)
@example((Text("«;"),), "fr", Typography())
def test_idempotent(rich: Rich, lang: str, options: Typography) -> None:
    once = typeset(rich, lang, options)
    assert typeset(once, lang, options) == once


@given(TREES, LANGS, OPTIONS)
def test_keeps_letters_and_figures(rich: Rich, lang: str, options: Typography) -> None:
    assert letters(typeset(rich, lang, options)) == letters(rich)


@given(TREES, LANGS, OPTIONS)
def test_keeps_every_mark_but_those_it_sets(rich: Rich, lang: str, options: Typography) -> None:
    set_marks = str.maketrans({"…": "...", **dict.fromkeys(SPACES + "'’‘\"«»“”„‚-–\u2010\u2011\u2012\u2060")})
    assert plain(typeset(rich, lang, options)).translate(set_marks) == plain(rich).translate(set_marks)


@given(TREES, LANGS, OPTIONS)
def test_keeps_verbatim_and_targets(rich: Rich, lang: str, options: Typography) -> None:
    assert list(verbatim(typeset(rich, lang, options))) == list(verbatim(rich))


@given(WORDS, ADDRESSES, WORDS, st.sampled_from(["fr", "en"]), OPTIONS)
def test_keeps_addresses(before: str, address: str, after: str, lang: str, options: Typography) -> None:
    assert address in plain(typeset(text(f"{before} {address} {after}"), lang, options))


@given(TREES, LANGS, OPTIONS)
def test_makes_no_double_space(rich: Rich, lang: str, options: Typography) -> None:
    if not doubled(plain(rich)) and not any(doubled(value) for value in verbatim(rich)):
        assert not doubled(plain(typeset(rich, lang, options)))


@pytest.mark.parametrize(
    "pattern",
    [
        "l'eau : « a » ",
        '"a ',
        "'a ",
        "« ",
        "1 ",
        "100 ",
        " ",
        "a@",
        "a.",
        ".",
        "p. 1,",
        "p. 1-1",
        '"',
        ":",
        " ;",
        "&",
        "1:",
    ],
)
def test_a_long_run_keeps_its_letters_and_its_marks(pattern: str) -> None:
    """50 kB of one pattern, which take a rule that backtracks for ever: the others take some tens of milliseconds."""
    rich = text(pattern * (50_000 // len(pattern)))
    done = typeset(rich, "fr", Typography())
    assert letters(done) == letters(rich)
    assert typeset(done, "fr", Typography()) == done
