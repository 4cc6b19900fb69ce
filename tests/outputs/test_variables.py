"""Variables that have one value are put in their places; the page is the same, and so is where everything stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from counting import outgrows
from outputs.outputs import ROOT

from biblio.outputs.pdf.variables import resolved
from biblio.project.project import discover
from biblio.style.style import Sheet

ROOT_RULE = ":root { --ink: #123456; --gap: 2mm; --two: calc(2 * var(--gap)); --same: var(--gap); --none: ; }\n"


def css(*sheets: str) -> str:
    made = resolved([Sheet(f"{number}.css", text) for number, text in enumerate(sheets)])
    assert [len(sheet.css) for sheet in made] == [len(text) for text in sheets]
    return made[-1].css


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("p { color: var(--ink) }", "p { color: #123456    }"),
        ("p { margin: var( --gap ) 0 }", "p { margin: 2mm          0 }"),
        ("p { margin: calc(2*var(--gap)) }", "p { margin: calc(2*2mm       ) }"),
        ("p { margin: var(--same) }", "p { margin: 2mm         }"),
        ("p { margin: var(--two) }", "p { margin: var(--two) }"),  # longer: columns would move
        ("p { color: var(--other, red) }", "p { color: var(--other, red) }"),
        ("p { color: var(--ink, red) }", "p { color: var(--ink, red) }"),
        ("p { color: var(--none) }", "p { color: var(--none) }"),
        ("p { content: 'var(--ink)' }", "p { content: 'var(--ink)' }"),
        ("/* var(--ink) */ p {}", "/* var(--ink) */ p {}"),
        ("em { --ink: red } p { color: var(--ink) }", "em { --ink: red } p { color: var(--ink) }"),
        (
            "@media screen { :root { --ink: red } } p { color: var(--ink) }",
            "@media screen { :root { --ink: red } } p { color: var(--ink) }",
        ),
        ("p :root { --ink: red } p { color: var(--ink) }", "p :root { --ink: red } p { color: var(--ink) }"),
        (":root { --ink: red } p { color: var(--ink) }", ":root { --ink: red } p { color: red        }"),
        (":root { --ink: a'b' } p { color: var(--ink) }", ":root { --ink: a'b' } p { color: var(--ink) }"),
        (":root { --ink: red !important } p { color: var(--ink) }",) * 2,
        (":root { --a: var(--b); --b: var(--a) } p { color: var(--a) }",) * 2,
    ],
)
def test_a_variable(typed: str, read: str) -> None:
    assert css(ROOT_RULE, typed) == read


def test_variables_that_double_are_left_alone() -> None:
    doubling = "".join(f"--a{n}: var(--a{n - 1}) var(--a{n - 1}); " for n in range(1, 60))
    typed = f":root {{ --a0: 1; {doubling} }} p {{ width: var(--a59) var(--a0) }}"
    assert css(typed).endswith("p { width: var(--a59) 1         }")


@pytest.mark.parametrize(
    "typed",
    [
        lambda count: ":root {" + "".join(f"--a{n}: 1px; " for n in range(count)) + "}",
        lambda count: ":root { --a: 1px }\n" * count,
        lambda count: ":root { --a: 1px }\n" + "p { width: var(--a) }\n" * count,
        lambda count: "p { color: red }\n" * count + ":root { --a: 1px }",
    ],
    ids=["names", "rules of the root", "uses", "other rules"],
)
def test_a_long_sheet_takes_no_longer_than_its_length(typed: Callable[[int], str]) -> None:
    assert not outgrows(lambda count: resolved([Sheet("", typed(count))]), 1_000)


def test_most_variables_of_our_styles_are_put_in_their_places() -> None:
    project = discover(ROOT)
    for name in project.style_names:
        style = project.style(name).value
        assert style is not None
        before = sum(sheet.css.count("var(") for sheet in style.page_sheets)
        after = sum(sheet.css.count("var(") for sheet in resolved(style.page_sheets))
        assert after < before / 2, name
