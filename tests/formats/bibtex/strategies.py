"""Hypothesis strategies for ``.bib`` files: sound entries, and what happens to them."""

from __future__ import annotations

from hypothesis import strategies as st

SIGNS = '{}"@\\#=,'
_LETTERS = st.text("abcdefghijklmnopqrstuvwxyzéèçœ", min_size=1, max_size=8)
_WORDS = st.lists(
    _LETTERS | st.sampled_from(["{DNA}", r"{\'e}", r"\&", r"\emph{x}", "--", "~", "12", "à ; b", "l'", "?"]),
    min_size=1,
    max_size=5,
).map(" ".join)
_VALUES = _WORDS.map(lambda words: f"{{{words}}}") | _LETTERS.map(lambda word: f'"{word}"') | st.just("2019")
_NAMES = st.sampled_from(["title", "author", "note", "year", "journal", "url", "x-cote", "abstract"])
_TYPES = st.sampled_from(["book", "Article", "REPORT", "inproceedings", "misc"])


@st.composite
def fields(draw: st.DrawFn) -> str:
    pairs = draw(st.dictionaries(_NAMES, _VALUES, min_size=1, max_size=4))
    gap = draw(st.sampled_from(["\n  ", " ", "\n\t"]))
    return "".join(f",{gap}{name} = {value}" for name, value in pairs.items()) + draw(st.sampled_from(["", ",", "\n"]))


@st.composite
def entries(draw: st.DrawFn, number: int = 0) -> str:
    opening, closing = draw(st.sampled_from([("{", "}"), ("{", "}"), ("(", ")")]))
    return f"@{draw(_TYPES)}{opening}clé-{number}{draw(fields())}\n{closing}"


@st.composite
def files(draw: st.DrawFn) -> str:
    """A sound file: entries with different keys, each at the start of a line, and what people put between them."""
    count = draw(st.integers(1, 5))
    between = st.sampled_from(["\n", "\n\n", "\n% une remarque\n", "\n@comment{jabref: x}\n", '\n@string{m = "y"}\n'])
    return "".join(draw(entries(number)) + draw(between) for number in range(count))


# Anything at all, with a liking for what means something.
soup = st.lists(
    st.sampled_from(
        [
            *SIGNS,
            *"()%~$\n\t abé1-_'`",
            "\n@book{k,\n",
            "\n@article(",
            "@comment{",
            "@string{a = ",
            "@preamble{",
            "title = {",
            "author = ",
            "},\n",
            " and ",
            "\\emph{",
            "\\'",
            "crossref = {k}",
            "xdata = {k}",
            "xdata=k-title",
            "\u202e",
            "e\u0301",
            "\x00",
        ],
    ),
    max_size=40,
).map("".join)
