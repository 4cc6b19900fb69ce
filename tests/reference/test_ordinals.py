"""The numbers of editions, in figures and in words; and lists that were cut at an « and »."""

from __future__ import annotations

import pytest

from biblio.reference.archives import deposit
from biblio.reference.bodies import joined_again
from biblio.reference.ordinal import edition_in_words, edition_number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("2", 2),
        ("2e", 2),
        ("2ème", 2),
        ("2nd", 2),
        ("2nd ed.", 2),
        ("Second edition", 2),
        ("Deuxième édition", 2),
        ("3e éd.", 3),
        ("1re", 1),
        ("First", 1),
        ("12th edition", 12),
        ("2e éd. revue", None),
        ("revue et augmentée", None),
        ("2019", None),
        ("IV", 4),
        ("XII", 12),
        ("12. Aufl.", 12),
        ("2a ed.", 2),
        ("2nd revised", None),
        ("", None),
    ],
)
def test_the_number_of_an_edition(typed: str, number: int | None) -> None:
    assert edition_number(typed) == number


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2nd revised", "2e éd. revue"),
        ("2nd rev. ed.", "2e éd. revue"),
        ("Third edition, revised", "3e éd. revue"),
        ("2nd, fully revised and updated edition", "2e éd. revue et mise à jour"),
        ("Revised, corrected and enlarged", "éd. revue, corrigée et augmentée"),
        ("New edition", "nouvelle éd."),
        ("New, revised edition", "nouvelle éd. revue"),
        ("2020", "éd. 2020"),
        ("Paperback", ""),
        ("Revised paperback", ""),
        ("2e éd. revue", ""),
        ("Second", ""),
        ("", ""),
    ],
)
def test_what_english_says_of_an_edition(typed: str, said: str) -> None:
    assert edition_in_words(typed, "fr") == said
    assert edition_in_words(typed, "en") == ("2020 ed." if said == "éd. 2020" else "")


@pytest.mark.parametrize(
    ("items", "joined"),
    [
        (("Farrar, Straus,", "Giroux"), ("Farrar, Straus et Giroux",)),
        (("Taylor", "Francis"), ("Taylor and Francis",)),
        (("W. H. Freeman", "Company"), ("W. H. Freeman and Company",)),
        (("Henry Holt", "Company", "Plon", "Cie"), ("Henry Holt and Company", "Plon et Cie")),
        (("Food", "Agriculture Organization"), ("Food and Agriculture Organization",)),
        (("Institut de santé", "Prévention"), ("Institut de santé et Prévention",)),
        (("Centers for Disease Control", "Prevention"), ("Centers for Disease Control and Prevention",)),
        (("Ministère de la santé", "des sports"), ("Ministère de la santé et des sports",)),
        (("Ministère de la santé", "de l'enfance", "HAS"), ("Ministère de la santé et de l'enfance", "HAS")),
        (("HAS", "ANAP"), ("HAS", "ANAP")),
        (("Presses de Sciences Po,", "Armand Colin"), ("Presses de Sciences Po", "Armand Colin")),
        (("Wiley,", "Sons"), ("Wiley and Sons",)),
        (("Paris", "New York"), ("Paris", "New York")),
        ((), ()),
    ],
)
def test_a_list_that_was_cut_is_joined_again(items: tuple[str, ...], joined: tuple[str, ...]) -> None:
    assert joined_again(items, "et") == joined


@pytest.mark.parametrize(
    ("archive", "identifier", "url"),
    [
        ("arXiv", "arXiv:2001.01234v2", "https://arxiv.org/abs/2001.01234v2"),
        ("arxiv", "math/0211159", "https://arxiv.org/abs/math/0211159"),
        ("HAL", "hal-01234567v1", "https://hal.science/hal-01234567v1"),
        ("pmid", "PMID: 123", "https://pubmed.ncbi.nlm.nih.gov/123/"),
        ("pmc", "123", "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC123/"),
        ("handle", "10568/1234", "https://hdl.handle.net/10568/1234"),
        ("jstor", "a b", "https://www.jstor.org/stable/a%20b"),
        ("hdl", "https://hdl.handle.net/1/2", "https://hdl.handle.net/1/2"),
    ],
)
def test_where_an_identifier_leads(archive: str, identifier: str, url: str) -> None:
    found = deposit(archive, identifier)
    assert found is not None
    assert found.url == url


def test_an_archive_that_nobody_knows_leads_nowhere() -> None:
    assert deposit("chez moi", "12") is None
