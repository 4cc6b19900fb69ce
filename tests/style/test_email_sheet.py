"""What the sheet of an e-mail may say, and what is said of the rest, at its line."""

from __future__ import annotations

import pytest

from biblio.report.text import message_of
from biblio.style.email_sheet import MOST, read_sheet

PLACE = "styles/maison/email.css"


def told(css: str) -> list[str]:
    """The faults of a sheet: where, which, what is left out."""
    return [
        f"{each.span.where}:{each.span.column} {each.code} {each.arguments['text']}"
        for each in read_sheet(css, PLACE).diagnostics
        if each.span
    ]


def kept(css: str) -> list[str]:
    """The declarations of a sheet that are kept."""
    return [text for rule in read_sheet(css, PLACE).value for text, _ in rule.declarations]


@pytest.mark.parametrize(
    ("css", "left", "expected"),
    [
        (".a { color red; top: 0 }", ["top: 0"], ["1:15 W118 .a { color red; top: 0 }"]),
        (".a {\n  color: red;\n  top }", ["color: red"], ["3:6 W118 top }"]),
        (".a {\n  color: ;\n  top: 0 }", ["top: 0"], ["2:3 W118 color: ;"]),
        (".a { width: 10px) }", [], ["1:6 W118 width: 10px) }"]),
        (".a { color: {red} }", [], ["1:6 W118 color: {red} }"]),
        ("\n\n..a { color: red }", [], ["3:1 W118 ..a { color: red }"]),
        ("*| { color: red }\n.a { top: 0 }", ["top: 0"], ["1:1 W118 *| { color: red }"]),
        (".a:not(|) { color: red }", [], ["1:1 W118 .a:not(|) { color: red }"]),
        (".a[|] { color: red }", [], ["1:1 W118 .a[|] { color: red }"]),
        (".a { color: red }\ncolor: red;", ["color: red"], ["2:11 W118 color: red;"]),
        (".a { color: red }\r\n.b { top }", ["color: red"], ["2:9 W118 .b { top }"]),
        ("@media print { .a { color: red } }", [], ["1:1 W119 @media print { .a { color: red } }"]),
        (".a { color: red }\n.a::before { content: 'x' }", ["color: red"], ["2:1 W119 .a::before { content: 'x' }"]),
        (".a { background: url(x.png) }", [], ["1:6 W119 background: url(x.png) }"]),
        (".a { behavior: x }", [], ["1:6 W119 behavior: x }"]),
        (".a { color: red; .b { top: 0 } }", ["color: red"], ["1:18 W119 .b { top: 0 } }"]),
        (".a { " + "a" * 60 + " }", [], ["1:66 W118 .a { " + "a" * 35 + "…"]),
        (".a { color: red } /* x: y */", ["color: red"], []),
        (".a { }", [], []),
        ("", [], []),
    ],
)
def test_what_is_left_out_is_said_at_its_line(css: str, left: list[str], expected: list[str]) -> None:
    assert kept(css) == left
    assert told(css) == [f"{PLACE}:{each}" for each in expected]


def test_a_sheet_that_is_no_sheet_says_so_a_hundred_times_at_most() -> None:
    assert len(told(".a { color }\n" * 5_000)) == MOST


def test_the_message_says_what_is_missing_from_the_mail() -> None:
    fault = read_sheet(".a { color red }", PLACE).diagnostics[0]
    assert message_of(fault, "fr") == "ce n'est pas du CSS, et le courrier s'en passe : .a { color red }"
    assert message_of(fault, "en") == "this is not CSS, and the e-mail does without it: .a { color red }"
