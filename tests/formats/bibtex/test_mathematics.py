"""Mathematics become text: each command that public collections use, one by one, and what formulas of them give."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from notation import shown

from biblio.formats.bibtex.latex import decode
from biblio.formats.bibtex.mathematics import math_text, with_micro
from biblio.text.inline import Verbatim, plain

LIST = Path(__file__).parent / "mathematics.txt"
ROWS = [line.split("\t") for line in LIST.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


def test_the_list_is_long_and_the_commonest_come_first() -> None:
    counts = [int(count) for count, _, _ in ROWS]
    assert len(ROWS) >= 300
    assert counts == sorted(counts, reverse=True)


@pytest.mark.parametrize(("typed", "expected"), [row[1:] for row in ROWS])
def test_every_command_of_the_list_has_its_text(typed: str, expected: str) -> None:
    rich, unknown = math_text(typed)
    assert unknown == []
    assert rich is not None
    assert shown(rich) == expected


@pytest.mark.parametrize(
    ("formula", "name"),
    [
        (r"\frac n 2", "frac"),
        (r"\binom{n}{k}", "binom"),
        (r"x + \mine", "mine"),
        (r"\begin{matrix}a\end{matrix}", "begin"),
    ],
)
def test_a_formula_without_a_text_is_kept_and_its_command_named(formula: str, name: str) -> None:
    decoded = decode(f"${formula}$")
    assert decoded.rich == (Verbatim(f"${formula}$"),)
    assert name in decoded.unknown


@pytest.mark.parametrize("typed", ["$5 et 6$", "$5 for one and $", "$12 the copy, 20 for two$"])
def test_prices_are_no_formula(typed: str) -> None:
    decoded = decode(typed)
    assert plain(decoded.rich) == typed
    assert decoded.unknown == []


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("5 μm", "5 µm"),
        ("25 μg/L", "25 µg/L"),
        ("μ-opioïde", "μ-opioïde"),
        ("ωμm", "ωμm"),
        ("μ", "μ"),
        ("μmètre", "μmètre"),
    ],
)
def test_a_millionth_stands_before_a_unit(typed: str, expected: str) -> None:
    assert with_micro(typed) == expected


_PIECES = st.sampled_from(
    [*"ax2+-^_{}'&~ ,()", *[f"\\{name} " for name in "alpha ge frac sqrt left text hat mathbb".split()], r"\SI"]
)


@given(st.lists(_PIECES, max_size=12).map("".join))
@example(r"\SI\alpha a")
@example(r"\SIrange{1}{\beta}{\metre}")
@example(r"\num{\x}")
def test_no_formula_is_too_much(formula: str) -> None:
    rich, unknown = math_text(formula)
    assert rich is None or not unknown
    assert "\\" not in (plain(rich) if rich else "")
