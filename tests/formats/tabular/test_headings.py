"""What headings mean."""

from __future__ import annotations

import pytest

from biblio.formats.tabular.column_map import WORDS
from biblio.formats.tabular.headings import FORMS, heading_of
from biblio.reference.fields import BY_BIBLATEX

# What a column may be that is no field of an entry: parts of one, several in one, or what is said of the row.
PARTS = frozenset(
    "entrytype author-family author-given author-body editor-family editor-given advisor host seriesnumber "
    "year month day volumenumber firstpage lastpage standardnumber halid arxivid identifier citation "
    "reference key keep ignore".split()
)


@pytest.mark.parametrize(
    ("typed", "field", "language", "number"),
    [
        ("Auteur(s)", "author", "", 0),
        ("AUTEURS", "author", "", 0),
        ("Titre de l'article", "title", "", 0),
        ("N°", "number", "", 0),
        ("Nº", "number", "", 0),
        ("N° ISBN", "isbn", "", 0),
        ("Mots-clés", "keywords", "", 0),
        ("Année d'édition", "year", "", 0),
        ("Nb de pages", "pagetotal", "", 0),
        ("Lien vers le document", "url", "", 0),
        ("titre@fr", "title", "fr", 0),
        ("dc.contributor.author[fr]", "author", "fr", 0),
        ("dc.title[]", "title", "", 0),
        ("en_title_s", "title", "en", 0),
        ("Résumé en anglais", "abstract", "en", 0),
        ("authFullName_s", "author", "", 0),
        ("publicationDateY_i", "year", "", 0),
        ("primary_location.source.display_name", "journaltitle", "", 0),
        ("Auteur 2", "author", "", 2),
        ("Auteur1", "author", "", 1),
        ("1er auteur", "author", "", 1),
        ("Auteur 14 - Prénom", "author-given", "", 14),
        ("Prénom2", "author-given", "", 2),
        ("ISBN13", "isbn", "", 0),
        ("First Author", "keep", "", 0),
        ("Journal/Book", "journaltitle", "", 0),
        ("Author/s", "author", "", 0),
        ("ArticleURL", "url", "", 0),
        ("PubMed ID", "pmid", "", 0),
        ("secondary_title", "host", "", 0),
        ("secondary_authors", "editor", "", 0),
        ("place_published", "location", "", 0),
        ("alternate_title2", "shortjournal", "", 2),
        ("howpublished", "howpublished", "", 0),
        ("Titre du document dans sa langue originale", "title", "", 0),
        ("Auteur 1, transcrit littéralement", "author", "", 1),
        ("Date de publication sous forme normalisée", "date", "", 0),
        ("Titre *", "title", "", 0),
        ("DOI : si disponible", "doi", "", 0),
        ("Author (required)", "author", "", 0),
    ],
)
def test_a_heading(typed: str, field: str, language: str, number: int) -> None:
    heading = heading_of(typed)
    assert (heading.fields[:1], heading.language, heading.number) == ((field,), language, number)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "Auteur 1 - Lien vers notice autorité BnF",
        "Auteur 1 - Code fonction",
        "Prix d'achat HT",
        "quantité en stock",
        "x" * 500,
        "12",
        "Résumé des dépenses",
        "obligatoire",
    ],
)
def test_what_means_nothing_here(typed: str) -> None:
    assert heading_of(typed).fields == ()


def test_every_word_of_the_table_is_a_field_or_a_part_of_one() -> None:
    assert set(FORMS) - set(BY_BIBLATEX) - PARTS == set()
    assert set(WORDS) - set(BY_BIBLATEX) - PARTS == set()
