"""Notices in one paragraph, in the forms in which word processors and reference managers set them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from biblio.importing.printed.grammars import is_notice, read_whole
from biblio.importing.printed.light_text import inline
from biblio.importing.printed.paragraph import paragraph

CASES: Mapping[str, tuple[str, Mapping[str, str | Sequence[str]]]] = {
    # ISO 690
    "ROUX, Marie, PETIT, Paul et BRUN, Rose. La ville et le soin : quelle place ? *Revue du soin*, 2019, vol. 18, "
    "n° 2, p. 135-147.": (
        "article",
        {
            "author": ("Roux, Marie", "Petit, Paul", "Brun, Rose"),
            "title": "La ville et le soin : quelle place ?",
            "journaltitle": "Revue du soin",
            "volume": "18",
            "number": "2",
            "date": "2019",
            "pages": "135-147",
        },
    ),
    "ROUX, Marie, 2019. La ville et le soin. *Revue du soin*. Vol. 18, n° 2, pp. 135\u2011147. "
    "DOI 10.1684/rds.2019.1290.": (
        "article",
        {
            "author": ("Roux, Marie",),
            "title": "La ville et le soin",
            "journaltitle": "Revue du soin",
            "volume": "18",
            "number": "2",
            "date": "2019",
            "pages": "135-147",
            "doi": "10.1684/rds.2019.1290",
        },
    ),
    "LE GALL Anne, PETIT P. Marcher. Lyon : Éditions du Pont, 2018, 120 p. ISBN 978-2-13-045789-0": (
        "book",
        {
            "author": ("Le Gall, Anne", "Petit, P."),
            "title": "Marcher",
            "location": ("Lyon",),
            "publisher": ("Éditions du Pont",),
            "date": "2018",
            "pagetotal": "120",
            "isbn": "978-2-13-045789-0",
        },
    ),
    "ROUX Marie (dir.). Habiter et vieillir. Toulouse : Érès, 2019, 210 p. (Trames ; 12). ISBN 978-2-13-045789-0": (
        "book",
        {
            "editor": ("Roux, Marie",),
            "title": "Habiter et vieillir",
            "location": ("Toulouse",),
            "publisher": ("Érès",),
            "series": "Trames",
            "number": "12",
            "date": "2019",
            "pagetotal": "210",
            "isbn": "978-2-13-045789-0",
        },
    ),
    "ROUX M., Vieillir autrement, Paris, La Découverte, coll. « Repères », 2012, 128 p.": (
        "book",
        {
            "author": ("Roux, M.",),
            "title": "Vieillir autrement",
            "location": ("Paris",),
            "publisher": ("La Découverte",),
            "series": "Repères",
            "date": "2012",
            "pagetotal": "128",
        },
    ),
    "Roux, Marie et Petit, Paul (2015). Promouvoir la santé : notions, 3e éd., Rennes, Presses du Pont, 256 p.": (
        "book",
        {
            "author": ("Roux, Marie", "Petit, Paul"),
            "title": "Promouvoir la santé : notions",
            "edition": "3",
            "location": ("Rennes",),
            "publisher": ("Presses du Pont",),
            "date": "2015",
            "pagetotal": "256",
        },
    ),
    "DURAND P. La ville. Paris : Dunod, 2019.": (
        "book",
        {
            "author": ("Durand, P.",),
            "title": "La ville",
            "location": ("Paris",),
            "publisher": ("Dunod",),
            "date": "2019",
        },
    ),
    "PETIT, Paul (dir.). *Le soin et la ville : un état des lieux*. Rennes : Presses du soin, 2016, 202 p. "
    "ISBN 978-2-7535-4321-5.": (
        "book",
        {
            "editor": ("Petit, Paul",),
            "title": "Le soin et la ville : un état des lieux",
            "location": ("Rennes",),
            "publisher": ("Presses du soin",),
            "date": "2016",
            "pagetotal": "202",
            "isbn": "978-2-7535-4321-5",
        },
    ),
    "ROUX Marie. « Accompagner les démarches ». In : PETIT Paul, BRUN Rose (dir.). Les recherches en santé. Paris : "
    "Armand Colin, 2016, pp. 277-295.": (
        "incollection",
        {
            "author": ("Roux, Marie",),
            "title": "Accompagner les démarches",
            "editor": ("Petit, Paul", "Brun, Rose"),
            "booktitle": "Les recherches en santé",
            "location": ("Paris",),
            "publisher": ("Armand Colin",),
            "date": "2016",
            "pages": "277-295",
        },
    ),
    "ROUX, Marie. *Les soins de ville en Bretagne*. Thèse de doctorat en santé publique. Rennes : Université Rennes 1, "
    "2018, 350 p.": (
        "thesis",
        {
            "author": ("Roux, Marie",),
            "title": "Les soins de ville en Bretagne",
            "type": "Thèse de doctorat en santé publique",
            "location": ("Rennes",),
            "publisher": ("Université Rennes 1",),
            "date": "2018",
            "pagetotal": "350",
        },
    ),
    "MINISTÈRE DE LA SANTÉ. Les maisons de santé [en ligne]. 2022 [consulté le 3 janvier 2023]. Disponible sur : "
    "https://sante.example.org/maisons": (
        "online",
        {
            "author": ("MINISTÈRE DE LA SANTÉ",),
            "title": "Les maisons de santé",
            "date": "2022",
            "urldate": "2023-01-03",
            "url": "https://sante.example.org/maisons",
        },
    ),
    # APA
    "Roux, M., Petit, P.-J., & Brun, R. (2019). La ville et le soin : quelle place ? *Revue, Soin & Ville*, *18*(2), "
    "135–147. https://doi.org/10.1684/rds.2019.1290": (
        "article",
        {
            "author": ("Roux, M.", "Petit, P.-J.", "Brun, R."),
            "title": "La ville et le soin : quelle place ?",
            "journaltitle": "Revue, Soin & Ville",
            "volume": "18",
            "number": "2",
            "date": "2019",
            "pages": "135-147",
            "doi": "10.1684/rds.2019.1290",
        },
    ),
    "Roux, M. (2016). Accompagner les démarches. In P. Petit, R. Brun & J. Blanc (Eds.), *Les recherches en santé* "
    "(pp. 277-295). Armand Colin.": (
        "incollection",
        {
            "author": ("Roux, M.",),
            "title": "Accompagner les démarches",
            "editor": ("Petit, P.", "Brun, R.", "Blanc, J."),
            "booktitle": "Les recherches en santé",
            "publisher": ("Armand Colin",),
            "date": "2016",
            "pages": "277-295",
        },
    ),
    "Roux, M. (2018). *Les soins de ville* [Thèse de doctorat, Université Rennes 1]. HAL. "
    "https://theses.example.org/tel-01234567": (
        "thesis",
        {
            "author": ("Roux, M.",),
            "title": "Les soins de ville",
            "type": "Thèse de doctorat",
            "publisher": ("Université Rennes 1",),
            "date": "2018",
            "url": "https://theses.example.org/tel-01234567",
        },
    ),
    "Petit, P. (s. d.). *Faire de la santé publique*. Presses du soin.": (
        "book",
        {"author": ("Petit, P.",), "title": "Faire de la santé publique", "publisher": ("Presses du soin",)},
    ),
    # Vancouver
    "Roux M, Petit PJ, Brun R. La ville et le soin : quelle place pour la santé ? Rev Soin. 2019 Mar;18(2):135-47. "
    "doi: 10.1684/rds.2019.1290. PMID: 31234567.": (
        "article",
        {
            "author": ("Roux, M.", "Petit, P. J.", "Brun, R."),
            "title": "La ville et le soin : quelle place pour la santé ?",
            "journaltitle": "Rev Soin",
            "volume": "18",
            "number": "2",
            "date": "2019-03",
            "pages": "135-147",
            "doi": "10.1684/rds.2019.1290",
            "pmid": "31234567",
        },
    ),
    "Smith JA, Jones B, et al. Local care in France: a review. Care Open. 2020;10(4):e034567.": (
        "article",
        {
            "author": ("Smith, J. A.", "Jones, B.", "others"),
            "title": "Local care in France: a review",
            "journaltitle": "Care Open",
            "volume": "10",
            "number": "4",
            "date": "2020",
            "eid": "e034567",
        },
    ),
    # Harvard, MLA and Chicago
    "Smith, J.A. and Jones, B. (2019) 'Local care', Journal of Care, 12(3), pp. 45–67.": (
        "article",
        {
            "author": ("Smith, J.A.", "Jones, B."),
            "title": "Local care",
            "journaltitle": "Journal of Care",
            "volume": "12",
            "number": "3",
            "date": "2019",
            "pages": "45-67",
        },
    ),
    'Smith, John A., and Mary Jones. "Local Care." *Journal of Care*, vol. 12, no. 3, 2019, pp. 45-67.': (
        "article",
        {
            "author": ("Smith, John A.", "Jones, Mary"),
            "title": "Local Care",
            "journaltitle": "Journal of Care",
            "volume": "12",
            "number": "3",
            "date": "2019",
            "pages": "45-67",
        },
    ),
    "Rawls, John. 1971. A Theory of Care. Cambridge, MA: Harvard University Press.": (
        "book",
        {
            "author": ("Rawls, John",),
            "title": "A Theory of Care",
            "location": ("Cambridge, MA",),
            "publisher": ("Harvard University Press",),
            "date": "1971",
        },
    ),
    # The footnotes of French humanities
    "Jean Roux, *La santé des villes*, Paris, PUF, coll. « Que sais-je ? », 2012, 128 p.": (
        "book",
        {
            "author": ("Roux, Jean",),
            "title": "La santé des villes",
            "location": ("Paris",),
            "publisher": ("PUF",),
            "series": "Que sais-je ?",
            "date": "2012",
            "pagetotal": "128",
        },
    ),
    "Jean Roux et Marie Petit, « La santé des villes », *Revue du soin*, vol. 12, n° 3, 2012, p. 45-67.": (
        "article",
        {
            "author": ("Roux, Jean", "Petit, Marie"),
            "title": "La santé des villes",
            "journaltitle": "Revue du soin",
            "volume": "12",
            "number": "3",
            "date": "2012",
            "pages": "45-67",
        },
    ),
    "Roux J., Petit M., « La santé des villes », in Brun P. (dir.), *Villes et santé*, Paris, La Découverte, 2010, "
    "pp. 12-34.": (
        "incollection",
        {
            "author": ("Roux, J.", "Petit, M."),
            "title": "La santé des villes",
            "editor": ("Brun, P.",),
            "booktitle": "Villes et santé",
            "location": ("Paris",),
            "publisher": ("La Découverte",),
            "date": "2010",
            "pages": "12-34",
        },
    ),
    "Roux P., Petit T. « Accès au système de soins : que sait-on ? », Santé, société et solidarité, n° 2, 2004, "
    "pp. 61-71": (
        "article",
        {
            "author": ("Roux, P.", "Petit, T."),
            "title": "Accès au système de soins : que sait-on ?",
            "journaltitle": "Santé, société et solidarité",
            "number": "2",
            "date": "2004",
            "pages": "61-71",
        },
    ),
    "Roux M., Petit R. (sous la dir.), Comportements et santé : agir en milieu scolaire, Presses du soin, 2008, "
    "132 p.": (
        "book",
        {
            "editor": ("Roux, M.", "Petit, R."),
            "title": "Comportements et santé : agir en milieu scolaire",
            "publisher": ("Presses du soin",),
            "date": "2008",
            "pagetotal": "132",
        },
    ),
    "Roux, Marie, et Paul Petit. « Le soin en quête de sens ». *Santé publique* 30, n° 2 (2018): 155‑56.": (
        "article",
        {
            "author": ("Roux, Marie", "Petit, Paul"),
            "title": "Le soin en quête de sens",
            "journaltitle": "Santé publique",
            "volume": "30",
            "number": "2",
            "date": "2018",
            "pages": "155-156",
        },
    ),
    'J. Smith and A. B. Jones, "Learning for care," Trans. Med. Care, vol. 35, no. 4, pp. 1010-1022, Apr. 2016.': (
        "article",
        {
            "author": ("Smith, J.", "Jones, A. B."),
            "title": "Learning for care",
            "journaltitle": "Trans. Med. Care",
            "volume": "35",
            "number": "4",
            "date": "2016-04",
            "pages": "1010-1022",
        },
    ),
    "PETIT Claire. La médiation dans les quartiers. Mémoire de Master 2 : Université Aix-Marseille, 2019, 98 p.": (
        "thesis",
        {
            "author": ("Petit, Claire",),
            "title": "La médiation dans les quartiers",
            "type": "Mémoire de Master 2",
            "publisher": ("Université Aix-Marseille",),
            "date": "2019",
            "pagetotal": "98",
        },
    ),
    "IGAS. Évaluation des maisons de santé. Rapport n° 2019-012R. Paris : IGAS, 2019.": (
        "report",
        {
            "author": ("IGAS",),
            "title": "Évaluation des maisons de santé",
            "number": "2019-012R",
            "location": ("Paris",),
            "publisher": ("IGAS",),
            "date": "2019",
        },
    ),
    "Loi n° 2016-41 du 26 janvier 2016 de modernisation du système de santé, JORF n° 0022 du 27 janvier 2016.": (
        "legislation",
        {
            "title": "Loi n° 2016-41 du 26 janvier 2016 de modernisation du système de santé",
            "journaltitle": "JORF",
            "number": "0022",
            "date": "2016-01-27",
        },
    ),
    "AGENCE DU SOIN. États des lieux 2021. Lyon : Agence du soin, 2021. 85 p. [Consulté le 12/03/2022]. Disponible à "
    "l'adresse : https://soin.example.org/2021": (
        "book",
        {
            "author": ("AGENCE DU SOIN",),
            "title": "États des lieux 2021",
            "location": ("Lyon",),
            "publisher": ("Agence du soin",),
            "date": "2021",
            "pagetotal": "85",
            "urldate": "2022-03-12",
            "url": "https://soin.example.org/2021",
        },
    ),
}


@pytest.mark.parametrize("text", CASES)
def test_a_notice_in_one_paragraph_is_taken_apart(text: str) -> None:
    one = paragraph(inline(text), 1, "l. 1")
    reading = read_whole(one)
    assert is_notice(one)
    assert (reading.entry_type, reading.fields, reading.left) == (*CASES[text], [])


@pytest.mark.parametrize(
    "text",
    [
        "La réunion du 12 mars 2019 a rassemblé les acteurs de la ville autour des questions de santé et de soin.",
        "En 2022, un état des lieux a été mené dans tous les territoires de la région.",
        "Bibliographie",
        "Vous trouverez ci-dessous, par ordre alphabétique, les références citées dans ce rapport.",
    ],
)
def test_prose_is_no_notice(text: str) -> None:
    assert not is_notice(paragraph(inline(text), 1, "l. 1"))
