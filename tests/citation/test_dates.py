"""Dates in print: what a file says in EDTF, a reader never sees."""

from __future__ import annotations

import pytest

from biblio.citation.dates import in_figures, in_words
from biblio.reference.date import Date, parse_date

# As typed; in figures where figures say it, for a source line; in words; in English words.
PRINTED = [
    ("2019", "2019", "2019", "2019"),
    ("2019-03", "2019-03", "mars 2019", "March 2019"),
    ("2019-03-01", "2019-03-01", "1er mars 2019", "1 March 2019"),
    ("2018/2020", "2018-2020", "2018-2020", "2018-2020"),
    ("2018-03/2018-05", "mars-mai 2018", "mars-mai 2018", "March-May 2018"),
    ("2018-11/2019-01", "novembre 2018 – janvier 2019", "novembre 2018 – janvier 2019", "November 2018 – January 2019"),
    ("2018/2019-03", "2018 – mars 2019", "2018 – mars 2019", "2018 – March 2019"),
    ("2013-04-11/2013-04-12", "11 et 12 avril 2013", "11 et 12 avril 2013", "11 and 12 April 2013"),
    ("2019-05-01/2019-05-02", "1er et 2 mai 2019", "1er et 2 mai 2019", "1 and 2 May 2019"),
    (
        "2019-11-30/2019-12-01",
        "du 30 novembre 2019 au 1er décembre 2019",
        "du 30 novembre 2019 au 1er décembre 2019",
        "30 November 2019 to 1 December 2019",
    ),
    ("2020/..", "depuis 2020", "depuis 2020", "since 2020"),
    ("2020-03/..", "depuis mars 2020", "depuis mars 2020", "since March 2020"),
    ("../2015", "jusqu'en 2015", "jusqu'en 2015", "until 2015"),
    ("../2015-08-01", "jusqu'au 1er août 2015", "jusqu'au 1er août 2015", "until 1 August 2015"),
    ("2020-03-05/..", "depuis le 5 mars 2020", "depuis le 5 mars 2020", "since 5 March 2020"),
    ("2021-21", "printemps 2021", "printemps 2021", "spring 2021"),
    ("1998~", "vers 1998", "vers 1998", "c. 1998"),
    ("1998?", "[1998 ?]", "[1998 ?]", "[1998?]"),
    ("1998%", "[vers 1998 ?]", "[vers 1998 ?]", "[c. 1998?]"),
    ("199X", "années 1990", "années 1990", "1990s"),
    ("19XX", "entre 1900 et 1999", "entre 1900 et 1999", "between 1900 and 1999"),
    ("-0044", "45 av. J.-C.", "45 av. J.-C.", "45 BC"),
    ("0000", "1 av. J.-C.", "1 av. J.-C.", "1 BC"),
    ("199X/2005", "années 1990 – 2005", "années 1990 – 2005", "1990s – 2005"),
    ("1998~/2005", "vers 1998 – 2005", "vers 1998 – 2005", "c. 1998 – 2005"),
]


@pytest.mark.parametrize(("typed", "figures", "french", "english"), PRINTED, ids=[row[0] for row in PRINTED])
def test_a_date_in_print(typed: str, figures: str, french: str, english: str) -> None:
    date = parse_date(typed)
    assert date
    assert in_figures(date, "fr") == figures
    assert (in_words(date, "fr"), in_words(date, "en")) == (french, english)


def test_a_date_that_was_not_understood_is_printed_as_typed() -> None:
    literal = Date(literal="à l'automne")
    assert in_words(literal, "fr") == in_figures(literal, "fr") == "à l'automne"
