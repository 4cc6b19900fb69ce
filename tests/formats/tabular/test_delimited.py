"""Tables of text, however they are written."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from counting import growth

from biblio.formats.tabular.columns import weight_of
from biblio.formats.tabular.delimited import read_delimited


def rows(content: bytes | str) -> tuple[list[tuple[int, tuple[str, ...]]], list[tuple[str, int]]]:
    """The rows with their numbers, and the faults with their lines."""
    read = read_delimited(content.encode() if isinstance(content, str) else content, "a.csv", weight_of)
    faults = [(fault.code, fault.span.line if fault.span else 0) for fault in read.diagnostics]
    return [(row.number, row.cells) for row in read.value.rows], faults


TABLE = [(1, ("Titre", "Auteur")), (2, ("L'été", "Noël"))]
TEXT = "Titre;Auteur\nL'été;Noël\n"


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(delimiter: str, end: str) -> None:
    assert rows(TEXT.replace(";", delimiter).replace("\n", end)) == (TABLE, [])


@pytest.mark.parametrize(
    ("encoding", "faults"),
    [
        ("utf-8-sig", []),
        ("utf-16", []),
        ("utf-16-le", [("P001", 1)]),
        ("cp1252", [("P001", 2)]),
        ("mac_roman", [("P001", 2)]),
        ("cp850", [("P001", 2)]),
    ],
)
def test_encodings(encoding: str, faults: list[tuple[str, int]]) -> None:
    assert rows(TEXT.encode(encoding)) == (TABLE, faults)


def test_dashes_and_apostrophes_of_windows_are_not_those_of_the_macintosh() -> None:
    text = "Titre;Auteur\nL’eau – l’air…suite;Noe\n"
    assert rows(text.encode("cp1252"))[0][1] == (2, ("L’eau – l’air…suite", "Noe"))


def test_a_delimiter_that_is_declared() -> None:
    assert rows("sep=|\nTitre|Auteur\na;b|c\n")[0] == [(2, ("Titre", "Auteur")), (3, ("a;b", "c"))]


def test_headings_decide_between_delimiters() -> None:
    text = "Titre;Auteur\nUn, deux, trois;quatre, cinq\nsix, sept, huit;neuf, dix\n"
    assert rows(text)[0][1] == (2, ("Un, deux, trois", "quatre, cinq"))


def test_cells_of_several_lines() -> None:
    assert rows('Titre;Auteur\n"a\nb; ""c""";d\ne;f\n')[0] == [
        (1, ("Titre", "Auteur")),
        (2, ('a\nb; "c"', "d")),
        (4, ("e", "f")),
    ]


def test_a_quotation_mark_that_is_never_closed_costs_no_other_row() -> None:
    text = 'Titre;Auteur;Date\n"a;b;2010\nc;d;2011\ne "f";g;2012\n"h;i;2013\n'
    assert rows(text) == (
        [
            (1, ("Titre", "Auteur", "Date")),
            (2, ("a", "b", "2010")),
            (3, ("c", "d", "2011")),
            (4, ('e "f"', "g", "2012")),
            (5, ("h", "i", "2013")),
        ],
        [("P323", 2), ("P323", 5)],
    )


def test_a_backslash_before_a_quotation_mark() -> None:
    assert rows('Titre,Auteur\n"dit \\"oui\\" et \\"non\\"",b\n')[0][1] == (2, ('dit "oui" et "non"', "b"))


def test_empty_rows_and_columns_at_the_end() -> None:
    assert rows("Titre;Auteur;;\n;;;\n\na;;;\n")[0] == [(1, ("Titre", "Auteur")), (4, ("a",))]


def test_the_work_is_linear_in_quotation_marks_left_open() -> None:
    def reading(count: int) -> Callable[[], object]:
        text = "Titre;Auteur\n" + '"a;b\n' * count
        return lambda: rows(text)

    assert growth(reading, 1200) < 2.2
