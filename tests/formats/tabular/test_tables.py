"""Tables as references: the sheets of centres and the exports of databases."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from biblio.formats.tabular.column_map import load_column_map, write_column_map
from biblio.formats.tabular.reader import looks_like_table, read_csv, read_table

EXPORTS = Path(__file__).with_name("exports.txt")

Entry = tuple[str, dict[str, str]]


def read(text: str) -> tuple[list[Entry], list[str]]:
    """The type and the fields of each reference, and the codes of the faults."""
    assert looks_like_table(text.encode())
    made = read_csv(text.encode(), "a.csv")
    entries = [(reference.entry_type, dict(reference.raw)) for reference in made.value]
    return entries, [fault.code for fault in made.diagnostics]


def only(text: str) -> Entry:
    ((entry,), codes) = read(text)
    assert not set(codes) - {"P321", "P322"}
    return entry


CENTRE = """Bibliographie du centre;;;;;;;;
Mise à jour : 12/03/2021;;;;;;;;
Type;Auteur(s);Titre;Revue;N°;Date;Pages;Mots-clés;Prix
Article;DUPONT Jean, MARTIN Marie;Le soin;Prescrire;412;05/03/2019;p. 12-15;soin, territoire;12 €
Ouvrage;"Roux, Anne ; Petit, Paul (dir.)";L'hôpital;;;43539;132 p.;hôpital;
Partie 2;;;;;;;;
Rapport d'activité;Ministère de la santé;Bilan;;;2012;;;
Type;Auteur(s);Titre;Revue;N°;Date;Pages;Mots-clés;Prix
;;Total : 3;;;;;;
"""


def test_the_sheet_of_a_centre() -> None:
    entries, codes = read(CENTRE)
    assert codes == ["P321", "P322", "P326"]
    assert entries == [
        (
            "article",
            {
                "author": "Dupont, Jean and Martin, Marie",
                "title": "Le soin",
                "journaltitle": "Prescrire",
                "number": "412",
                "date": "2019-03-05",
                "pages": "12-15",
                "keywords": "soin, territoire",
                "table-prix": "12 €",
            },
        ),
        (
            "book",
            {
                "author": "Roux, Anne",
                "editor": "Petit, Paul",
                "title": "L'hôpital",
                "date": "2019-03-15",
                "pagetotal": "132",
                "keywords": "hôpital",
            },
        ),
        (
            "report",
            {
                "entrysubtype": "Rapport d'activité",
                "author": "{Ministère de la santé}",
                "title": "Bilan",
                "date": "2012",
            },
        ),
        ("misc", {"title": "Total : 3"}),
    ]


def test_what_is_said_of_it() -> None:
    made = read_csv(CENTRE.encode(), "a.csv")
    assert [
        (fault.span and (fault.span.line, fault.span.column), dict(fault.arguments)) for fault in made.diagnostics
    ] == [
        (
            (3, 1),
            {
                "columns": "Type → entrytype ; Auteur(s) → author ; Titre → title ; Revue → journaltitle ; "
                "N° → number ; Date → date ; Pages → pages ; Mots-clés → keywords"
            },
        ),
        ((3, 1), {"columns": "Prix (1)"}),
        ((6, 1), {"count": "1", "text": "Partie 2"}),
    ]


def cases() -> list[tuple[str, str, list[str]]]:
    """The name, the text and the lines expected of each case of ``exports.txt``."""
    found = []
    for part in re.split(r"^== ", EXPORTS.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        name, _, rest = part.partition("\n")
        text, _, expected = rest.partition("---\n")
        found.append((name, text, expected.strip().split("\n")))
    return found


@pytest.mark.parametrize(("name", "text", "expected"), cases(), ids=[name for name, _, _ in cases()])
def test_exports(name: str, text: str, expected: list[str]) -> None:
    kind, fields = only(text)
    lines = [f"{field} = {value}".replace("\n", "⏎") for field, value in fields.items()]
    assert [f"@{kind}", *sorted(lines)] == [expected[0], *sorted(expected[1:])]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name,price,qty\napple,1,2\n",
        "Titre\nUn\n",
        "Titre;Auteur\n",
        "TY  - JOUR\nTI  - Titre; Auteur\nER  - \n",
        '[{"title": "a", "author": "b"}]',
        "<table><tr><td>Titre;Auteur</td></tr></table>",
        "@book{a, title = {Titre; Auteur}}",
        "Dupont, J. (2010). Titre, auteur, date. Paris.\nRoux, A. (2011). Un autre, encore. Lyon.\n",
        "Titre : rapport, auteur : moi\nUne phrase, puis une autre, et une fin.\n",
        "%0 Book\n%A Dupont, Jean\n%T Titre; auteur\n",
    ],
)
def test_what_is_no_table_of_references(text: str) -> None:
    assert not looks_like_table(text.encode())


def test_days_and_months_are_told_by_the_other_dates_of_a_column() -> None:
    def dates(heading: str, *cells: str) -> list[str]:
        text = f"Title;{heading}\n" + "".join(f"x;{cell}\n" for cell in cells)
        return [fields["date"] for _, fields in read(text)[0]]

    assert dates("Date", "05/03/2019", "25/03/2019") == ["2019-03-05", "2019-03-25"]
    assert dates("Date", "05/03/2019", "03/25/2019") == ["2019-05-03", "2019-03-25"]
    assert dates("Date", "05/03/2019") == ["2019"]
    assert dates("Date de publication (année)", "05/03/2019") == ["2019-03-05"]
    assert dates("Date", "03/2019", "1er mars 2019", "2019.0", "43539") == [
        "2019-03",
        "2019-03-01",
        "2019",
        "2019-03-15",
    ]


def test_what_a_spreadsheet_has_spoilt_is_said_where_it_is() -> None:
    made = read_csv(b"Titre;Revue;Pages;ISBN\na;b;2019-04-03;9,78207E+12\n", "a.csv")
    places = [
        (fault.code, fault.span and fault.span.line, fault.span and fault.span.column) for fault in made.diagnostics
    ]
    assert places[:3] == [("P321", 1, 1), ("P327", 2, 3), ("P327", 2, 4)]


def test_the_faults_of_values_have_their_column() -> None:
    made = read_csv(b"Titre;Auteur;Date\na;b;2010\na;b;jadis\n", "a.csv")
    assert [
        (fault.code, fault.span and fault.span.line, fault.span and fault.span.column) for fault in made.diagnostics
    ] == [
        ("P321", 1, 1),
        ("R301", 3, 3),
    ]


def test_a_row_with_too_many_cells_is_said() -> None:
    made = read_csv(b"Titre;Auteur;Date\na;Dupont, Jean ; Roux, Anne;2010\n", "a.csv")
    assert ("P329", 2) in [(fault.code, fault.span and fault.span.line) for fault in made.diagnostics]


MAP = """columns:
  - heading: Libellé du document
    field: title
  - heading: QUI
    field: author
    separator: "#"
  - column: C
    field: ignore
  - heading: Absente
    field: date
"""


def test_a_map_decides() -> None:
    told = load_column_map(MAP, "map.yaml")
    assert told.diagnostics == ()
    made = read_table("Libellé document;Qui;X\nLe soin;Dupont, Jean#Roux, Anne;secret\n".encode(), "a.csv", told.value)
    (reference,) = made.value.references
    assert dict(reference.raw) == {"author": "Dupont, Jean and Roux, Anne", "title": "Le soin"}
    assert [(fault.code, fault.span and fault.span.where) for fault in made.diagnostics] == [
        ("P325", "map.yaml:9"),
    ]


def test_what_was_guessed_is_written_and_read_back() -> None:
    first = read_table(CENTRE.encode(), "a.csv").value
    text = write_column_map(first.columns, "Les colonnes.\nÀ corriger.")
    assert text.splitlines()[:5] == [
        "# Les colonnes.",
        "# À corriger.",
        "columns:",
        '  - heading: "Type"  # Article',
        "    field: entrytype",
    ]
    told = load_column_map(text, "map.yaml")
    assert told.diagnostics == ()
    again = read_table(CENTRE.encode(), "a.csv", told.value)
    assert [each.raw for each in again.value.references] == [each.raw for each in first.references]
    assert "P325" not in [fault.code for fault in again.diagnostics]


def test_a_map_with_a_word_of_no_field_is_refused_at_its_line() -> None:
    told = load_column_map("columns:\n  - heading: A\n    field: autheur\n", "map.yaml")
    assert [(fault.code, fault.span and fault.span.line) for fault in told.diagnostics] == [("D122", 3)]


CATALOGUE = """"Type";"Titre";"Auteur principal";"Année";"Importance matérielle";"Descripteurs"
"Monographie";"La santé en ville";"Roux, Marie";"2021";"2 vol. (132 p.)";"Santé publique / Ville / Aménagement"
"Article";"Le logement";"Martin, Luc";"mars 2019";"p. 12-25";"Accueil / hébergement"
"Périodique";"La Santé en action";"";"2012-";"";""
"""


def test_the_sheet_of_a_catalogue_has_its_extents_dates_and_descriptors() -> None:
    (book, article, periodical), codes = read(CATALOGUE)
    assert set(codes) == {"P321"}
    assert (book[1]["pagetotal"], book[1]["volumes"]) == ("132", "2")
    assert book[1]["keywords"] == "Santé publique, Ville, Aménagement"
    assert (article[1]["pages"], article[1]["keywords"]) == ("12-25", "Accueil / hébergement")
    assert (periodical[0], periodical[1]["date"]) == ("periodical", "2012/..")


VOLUMES = """Titre;Auteur 1 - Nom;Auteur 1 - Prénom;Date de publication;Importance matérielle;Nombre de pages
Le rugby;Leroux;B.;1921;1 vol.;59 p.
Le tir;Lelong;P.;1922;2 vol.;
"""


def test_volumes_are_no_pages_and_leave_their_place_to_those() -> None:
    (rugby, shooting), codes = read(VOLUMES)
    assert set(codes) == {"P321"}
    assert (rugby[1]["pagetotal"], rugby[1]["table-importance-materielle"]) == ("59 p.", "1 vol.")
    assert (shooting[1]["volumes"], "table-importance-materielle" in shooting[1]) == ("2", False)
    assert "pagetotal" not in shooting[1]


NUMBERED = """N°;Cote;Auteurs;Titre du document;Année;Nb pages;Type doc
1;613 PET;PETIT Jean;Promotion de la santé;2015;256 p.;livre
2;REV 12;Colin A.;Aller vers les habitants;2020;12-15;article
3;;ORS;Tableau de bord;2021;48;rapport
Total;;;3;;;
"""


def test_the_numbers_of_rows_are_no_issues_and_their_sum_is_no_reference() -> None:
    entries, codes = read(NUMBERED)
    assert codes == ["P321", "P326"]
    assert [(kind, raw["title"]) for kind, raw in entries] == [
        ("book", "Promotion de la santé"),
        ("article", "Aller vers les habitants"),
        ("report", "Tableau de bord"),
    ]
    assert [raw.get("number") for _, raw in entries] == [None, None, None]
    assert [(raw.get("pages"), raw.get("pagetotal")) for _, raw in entries] == [
        (None, "256 p."),
        ("12-15", None),
        (None, "48"),
    ]


def test_numbers_that_do_not_count_the_rows_are_those_of_issues() -> None:
    entries, _ = read("Titre;Revue;N°\nUn;Prescrire;412\nDeux;Prescrire;413\nTotal des soins;Prescrire;3\n")
    assert [(raw["title"], raw["number"]) for _, raw in entries] == [
        ("Un", "412"),
        ("Deux", "413"),
        ("Total des soins", "3"),
    ]
