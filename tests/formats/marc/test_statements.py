"""What catalogues state, as data: dates, extents, places inside a host, publishers."""

from __future__ import annotations

from pathlib import Path

import pytest

from biblio.formats.marc.codes import coded_date
from biblio.formats.marc.statements import Extent, Inside, bare, date_of, extent_of, inside_of, tidy

DATES = [
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("dates.txt").read_text("utf-8").splitlines()
    if line.strip()
]


@pytest.mark.parametrize(("stated", "date"), DATES)
def test_a_date_as_catalogues_state_it(stated: str, date: str) -> None:
    assert date_of(stated) == date


@pytest.mark.parametrize(
    ("kind", "first", "second", "expected"),
    [
        ("d", "2010", "    ", ("2010", "")),
        ("a", "1998", "9999", ("1998/..", "")),
        ("b", "1998", "2003", ("1998/2003", "")),
        ("e", "2006", "1789", ("2006", "1789")),
        ("f", "1880", "1890", ("1880/1890", "")),
        ("g", "2006", "9999", ("2006/..", "")),
        ("g", "2006", "2008", ("2006/2008", "")),
        ("d", "199|", "    ", ("199X", "")),
        ("u", "    ", "    ", ("", "")),
    ],
)
def test_a_date_in_code(kind: str, first: str, second: str, expected: tuple[str, str]) -> None:
    assert coded_date(kind, first, second) == expected


@pytest.mark.parametrize(
    ("stated", "part", "expected"),
    [
        ("1 vol. (132 p.)", False, Extent(count="132")),
        ("1 vol. (XII-345 p.)", False, Extent(count="XII-345")),
        ("XII-345 p.", False, Extent(count="XII-345")),
        ("132 pages", False, Extent(count="132")),
        ("132", False, Extent(count="132")),
        ("[24], 432 p.", False, Extent(count="24, 432")),
        ("2 vol. (345, 220 p.)", False, Extent(count="345, 220", volumes="2")),
        ("2 vol.", False, Extent(volumes="2")),
        ("1 vol.", False, Extent()),
        ("417 S", False, Extent(count="417")),
        ("p. 12-15", True, Extent(pages="12-15")),
        ("pp. 12-15", False, Extent(pages="12-15")),
        ("p. 12", True, Extent(pages="12")),
        ("12-15", True, Extent(pages="12-15")),
        ("p. S12-S15", True, Extent(pages="S12-S15")),
        ("12 p.", True, Extent(count="12")),
        ("1 DVD (52 min)", False, Extent(duration="52 min")),
        ("1 DVD vidéo (1 h 32 min)", False, Extent(duration="1 h 32 min")),
        ("1 carte", False, Extent()),
    ],
)
def test_an_extent(stated: str, part: bool, expected: Extent) -> None:
    assert extent_of(stated, part) == expected


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("Vol. 12, n° 3 (mars 2010), pp. 45-60", Inside("12", "3", "45-60", "2010-03")),
        ("Vol. 12, n° 3, p. 45", Inside("12", "3", "45")),
        ("n° 405", Inside(issue="405")),
        ("N°405", Inside(issue="405")),
        ("12(3)", Inside("12", "3")),
        ("tome 144 n° 11", Inside("144", "11")),
        ("n° 3-4", Inside(issue="3-4")),
        ("Vol. 12, no. 3 (2010), p. 45-60", Inside("12", "3", "45-60", "2010")),
        ("hors série", Inside(rest="hors série")),
        ("", Inside()),
    ],
)
def test_a_place_inside_a_host(stated: str, expected: Inside) -> None:
    assert inside_of(stated) == expected


@pytest.mark.parametrize(
    ("stated", "name"),
    [
        ("[s.n.]", ""),
        ("[S.l.]", ""),
        ("S. l.", ""),
        ("s.n", ""),
        ("[S.l. : s.n.]", ""),
        ("[Lieu de publication inconnu]", ""),
        ("[éditeur inconnu]", ""),
        ("Paris :", "Paris"),
        ("[Paris]", "Paris"),
        ("(Lonrai)", "Lonrai"),
        ("Dunod,", "Dunod"),
        ("Presses de l'EHESP", "Presses de l'EHESP"),
    ],
)
def test_a_place_or_a_publisher(stated: str, name: str) -> None:
    assert bare(stated) == name


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("\x98Le \x9csoin", "Le soin"),
        ("\x88Le \x89soin", "Le soin"),
        ("<<Le>> soin", "Le soin"),
        ("Le soin /", "Le soin"),
        (": une histoire", "une histoire"),
    ],
)
def test_marks_and_punctuation_are_no_text(stated: str, title: str) -> None:
    assert tidy(stated) == title


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ("509 s.", "509"),
        ("xv, 364 leaves", "xv, 364"),
        ("711 (i.e. 647) p.", "647"),
        ("1 online resource (xii, 132 pages)", "xii, 132"),
    ],
)
def test_pages_are_counted_in_the_words_of_other_catalogues(typed: str, count: str) -> None:
    assert extent_of(typed) == Extent(count)
