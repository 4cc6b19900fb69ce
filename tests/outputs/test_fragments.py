"""The one notice that was edited is found in the text of a page, and only where nothing else was."""

from __future__ import annotations

import pytest

from biblio.outputs.pdf.kept.fragments import Edited, edited_notice

ONE = '<li class="notice" id="a"><p>Un</p><ul><li>x</li></ul></li>'
TWO = '<li class="notice" id="b"><p>Deux</p></li>'
PAGE = f"<body><ul>{ONE}{TWO}</ul><p>Fin</p></body>"


@pytest.mark.parametrize(
    ("old", "new"), [("Un", "Une"), ("Un", ""), ("x</li>", "y</li><li>z</li>"), ("<p>Un", "<p>"), ("Deux", "Deux fois")]
)
def test_a_notice_that_was_edited_is_found(old: str, new: str) -> None:
    notice = TWO if "Deux" in old else ONE
    edited = edited_notice(PAGE, PAGE.replace(old, new))
    assert edited == Edited("b" if "Deux" in old else "a", notice, notice.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Fin", "La fin"),  # outside
        ("<body>", "<body class='x'>"),
        ('id="a"', 'id="c"'),
        (TWO, ""),  # one less
        (ONE, ONE + TWO.replace('"b"', '"c"')),  # one more
        ("</p>", "</p><p></p>"),  # in several
        ("Un", "Un"),  # nothing
    ],
)
def test_what_is_not_in_one_notice_alone_is_not(old: str, new: str) -> None:
    assert edited_notice(PAGE, PAGE.replace(old, new)) is None
