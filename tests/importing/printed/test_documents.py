"""Files that hold a printed list, or look as if they did."""

from __future__ import annotations

import pytest

from biblio.importing.files import format_of, read_file

NOTICES = """Article
HARPET Cyrille, TEMPLON Jérôme (et al.)
Contrats locaux de santé : quelle place pour la santé-environnement ?
Environnement risques & santé, vol. 18 n° 2, 2019-03, pp. 135-147
Un résumé. [Résumé éditeur]
https://www.example.org/a

Rapport
La territorialisation des politiques de santé
Fabrique territoires santé, 2018-04-06, 96 p.
Ni auteur ni adresse, et quelques mots : voir www.irdes.fr...
https://www.irdes.fr...
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_text_with_notices_is_a_list_in_any_encoding(encoding: str) -> None:
    read = read_file(NOTICES.encode(encoding), "liste.txt").value
    first, second = read.references
    assert read.format == "text"
    assert (first.entry_type, first.volume and first.volume.value, first.number and first.number.value) == (
        "article",
        "18",
        "2",
    )
    assert str(first.page) == "135-147"
    assert (first.url, str(first.annotation_source.source if first.annotation_source else "")) == (
        "https://www.example.org/a",
        "éditeur",
    )
    assert (second.entry_type, second.publisher, second.author.people) == (
        "report",
        ("Fabrique territoires santé",),
        (),
    )


def test_what_is_not_understood_is_kept_and_said_with_its_place() -> None:
    read = read_file(NOTICES.encode(), "liste.txt")
    (fault,) = [fault for fault in read.diagnostics if fault.code == "P341"]
    assert (fault.arguments["where"], fault.arguments["text"]) == ("l. 9", "https://www.irdes.fr...")
    assert "https://www.irdes.fr..." in str(read.value.references[1].note)


@pytest.mark.parametrize(
    "content",
    [
        b"Bonjour,\n\nLa r\xc3\xa9union est report\xc3\xa9e.\n",
        b"<html><body>Article</body></html>",
        b"a,b\n1,2\n",
        b"\0\1\2",
    ],
)
def test_other_texts_are_no_list(content: bytes) -> None:
    assert format_of(content, "note.dat") is None


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"%PDF-1.4\n%%EOF" + b"x" * 5000])
def test_a_broken_pdf_is_said(content: bytes) -> None:
    assert [fault.code for fault in read_file(content, "a.pdf").diagnostics] == ["P342", "E125"]


LETTER = """**Santé mentale et bien-être des jeunes : un enjeu de société**

Cet avis est le fruit d'un travail mené par le Conseil avec les acteurs de terrain et les citoyens.

**Baromètre des territoires**

Le baromètre permet d'analyser, en 2025, l'évolution des dynamiques au regard des enjeux de transition.

## Bibliographie

PETIT, Paul. *Le soin et la ville*. Rennes : Presses du soin, 2016, 202 p.

1. Un document sans date que rien ne permet de comprendre, de Paul Petit
"""


def test_prose_around_a_list_is_no_reference_and_what_stands_in_it_is_kept() -> None:
    read = read_file(LETTER.encode(), "lettre.md")
    first, second = read.value.references
    assert (first.entry_type, second.entry_type) == ("book", "misc")
    assert "Un document sans date" in str(second.note)
    assert [fault.arguments["where"] for fault in read.diagnostics if fault.code == "P341"] == ["l. 13"]


def test_clauses_under_a_word_that_is_a_label_are_no_notices() -> None:
    words = "un deux trois quatre cinq six".split()
    clauses = "\n\n".join(f"Rapport\nTerme {word}, dit à cette section" for word in words)
    read = read_file(clauses.encode(), "licence.txt")
    assert (read.value.references, [fault.code for fault in read.diagnostics]) == ((), ["E125"])
    dated = "\n\n".join(f"Rapport\nTerme {word}, dit ici\nFabrique, 2018, 96 p." for word in words)
    assert len(read_file(dated.encode(), "liste.txt").value.references) == 6


PAGES = """# Bibliographie

## Ouvrages

ROUX Marie. Marcher. Lyon : Éditions du Pont, 2018, 120 p.

## Sites internet

Réseau des villes. Portail de la marche [en ligne]. Consulté le 1er mars 2022. https://marche.example.org/
"""


def test_a_page_in_one_paragraph_has_its_body_its_title_and_its_address() -> None:
    (_, page) = read_file(PAGES.encode(), "liste.md").value.references
    assert (page.entry_type, {name: page.raw[name] for name in ("author", "title", "url", "urldate")}) == (
        "online",
        {
            "author": "{Réseau des villes}",
            "title": "Portail de la marche",
            "url": "https://marche.example.org/",
            "urldate": "2022-03-01",
        },
    )
