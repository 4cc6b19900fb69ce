"""Dates as databases print them."""

from __future__ import annotations

import pytest

from biblio.formats.drafts.dates import date_of


@pytest.mark.parametrize(
    ("typed", "date"),
    [
        ("2004", "2004"),
        ("2004///nan", "2004"),
        ("2004///", "2004"),
        ("2004/03//", "2004-03"),
        ("2004/3/5/", "2004-03-05"),
        ("2004/03/05/ 10:30", "2004-03-05"),
        ("2004/00/00/", "2004"),
        ("2004-03-05T10:00:00Z", "2004-03-05"),
        ("20040305", "2004-03-05"),
        ("2004///Spring", "2004-21"),
        ("2004///Jul-Aug", "2004-07/2004-08"),
        ("2004 Jul-Aug", "2004-07/2004-08"),
        ("2004 Jan 5", "2004-01-05"),
        ("5 janvier 2004", "2004-01-05"),
        ("1er août 2004", "2004-08-01"),
        ("December 2004", "2004-12"),
        ("2004 Winter", "2004-24"),
        ("Été 2004", "2004-22"),
        ("c2004", "2004"),
        ("2004-2006", "2004/2006"),
        ("25/12/2004", "2004-12-25"),
        ("12/25/2004", "2004-12-25"),
        ("05/06/2004", "2004"),
        ("undated", ""),
        ("nan", ""),
        ("", ""),
    ],
)
def test_a_date_is_understood(typed: str, date: str) -> None:
    assert date_of(typed) == date


@pytest.mark.parametrize(
    ("typed", "date"),
    [
        ("JUL-AUG", "2004-07/2004-08"),
        ("JAN 5", "2004-01-05"),
        ("SPR", "2004-21"),
        ("", "2004"),
        ("OCT 2003", "2003-10"),
    ],
)
def test_a_value_without_a_year_takes_that_of_the_other_tag(typed: str, date: str) -> None:
    assert date_of(typed, "2004") == date
