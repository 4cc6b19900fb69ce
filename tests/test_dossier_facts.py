"""The dossier on territorial health, as the PDF prints it: facts that were counted on the dossier published in 2023."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby

import pytest
from outputs.outputs import ROOT, SELECTION, SELECTION_STYLES, Output, output_of
from outputs.tagged import HEADINGS, words

LABELS = {"Actes", "Article", "Communication", "Dossier", "Ouvrage", "Rapport"}
PARTS = ("Sitographie", "Territoire, santé et accès aux soins", "Dispositifs locaux de santé")

SITOGRAPHY = [
    "Généralités",
    "Contrats locaux de santé (CLS)",
    "Conseils locaux de santé mentale (CLSM)",
    "Ateliers santé ville (ASV)",
    "Communautés professionnelles territoriales de santé (CPTS)",
    "Les dispositifs d'appui à la coordination (DAC)",
    "Le réseau du CRES et des CoDES de la région Provence-Alpes-Côte d'Azur",
]

# The type labels of each section of the two parts, in the order of print: label and how many in a row.
SECTIONS = {
    "Données d'observation": "Article 12, Ouvrage 1",
    "Connaissances, réflexions et expériences": "Actes 2, Article 6, Dossier 1, Ouvrage 4, Rapport 3",
    "Promotion de la santé et démarche territoriale de santé": "Article 3, Ouvrage 4, Rapport 8",
    "Outils pratiques / Généralités": "Actes 2, Article 3, Ouvrage 5, Rapport 4",
    "Contrat local de santé (CLS)": "Article 16, Communication 1, Dossier 1, Ouvrage 3, Rapport 1",
    "Conseil local de santé mentale (CLSM)": "Actes 2, Article 3, Ouvrage 3, Rapport 8",
    "Ateliers santé ville (ASV)": "Actes 1, Article 5, Ouvrage 1, Rapport 3",
    "Communautés professionnelles territoriales de santé (CPTS)": "Article 5, Ouvrage 4, Rapport 3",
    "Dispositifs d'appui à la coordination (DAC)": "Article 1, Ouvrage 3, Rapport 1",
}

# Whole lines, one or more of each kind.
LINES = [
    "HARPET Cyrille, TEMPLON Jérôme, FONTENEAU Rose (et al.)",
    "FLIPO-GAUDEFROY Marie, GUETAZ Sophie (et al.)",
    "LE BODO Yann, FONTENEAU Rose, DIALLO Dieinaba (et al.)",
    "VALLET Benoît, ROELANDT Jean-Luc, EL GHOZI Laurent (et al.)",
    "BONNET-ZAMPONI D., ECOFFEY Claude",
    "Réseau français des villes-santé de l'Organisation mondiale de la santé",
    "Environnement risques & santé, vol. 18 n° 2, 2019-03, pp. 135-147",
    "Concours pluripro, tome 144 n° 11, 2022-01, pp. 20-29",
    "Santé publique, Hors série, 2018, pp. 47-61",
    "Santé publique, vol. 34 n° 2, 2022-03, pp. 231-241",
    "Global health promotion, vol. 21 no. 1 suppl., 2014-03, pp. 46-49",
    "ADSP, n° 118, 2022-06, pp. 10-58",
    "Les cahiers du développement social urbain, n° 76, 2022-12, 44 p.",
    "EHESP, CNSA, 2022-06, np",
    (
        "In : KIVITS Joëlle, BALARD Frédéric, FOURNIER Cécile (et al.), Les recherches qualitatives en santé, "
        "Armand Colin, 2016, pp. 277-295"
    ),
    "JORF n° 0172 du 26 juillet 2019",
    "Lieu et date : Paris, 11 et 12 avril 2013",
    "Ma santé 2022 : un engagement collectif",
    "Le virage ambulatoire. Sécurité de patients et inégalités de santé. Dossier",
]


@pytest.fixture(
    scope="module",
    params=[pytest.param(style, marks=pytest.mark.xdist_group(f"{SELECTION}-{style}")) for style in SELECTION_STYLES],
)
def dossier(request: pytest.FixtureRequest) -> Output:
    return output_of(ROOT, SELECTION, request.param)


def as_typed(text: str) -> str:
    """Printed text with plain spaces, apostrophes and hyphens; one at the end of a line is U+0002 for PDFium."""
    return " ".join(text.replace("’", "'").replace("\x02 ", "-").split())


def blocks(dossier: Output) -> list[tuple[str, str]]:
    """The tag and the words of every heading and paragraph of the parts; in a notice, paragraphs alone."""
    return [
        ("P" if any(above.tag == "LI" for above in block.ancestors()) else block.tag, as_typed(words(block.runs())))
        for part in dossier.tagged.root.find("Part")
        for block in part.find("P", *HEADINGS)
    ]


def labels_by_section(dossier: Output) -> dict[tuple[str, str], list[str]]:
    """The type labels by part and section; a section inside a section is named with it."""
    found: dict[tuple[str, str], list[str]] = {}
    part = ""
    path: dict[str, str] = {}
    for tag, text in blocks(dossier):
        if tag == "H2":
            part, path = text, {}
        elif tag in HEADINGS:
            path = {level: title for level, title in path.items() if level < tag} | {tag: text}
        elif text in LABELS:
            found.setdefault((part, " / ".join(path.values())), []).append(text)
    return found


def test_it_has_a_sitography_and_two_parts(dossier: Output) -> None:
    assert [text for tag, text in blocks(dossier) if tag == "H2"] == list(PARTS)


def test_the_sitography_begins_on_page_1(dossier: Output) -> None:
    (first,) = [heading for heading in dossier.tagged.root.find("H2") if words(heading.runs()) == PARTS[0]]
    assert dossier.tagged.labels[next(first.runs()).page] == "1"


def test_it_ends_with_the_address_of_the_centre(dossier: Output) -> None:
    end = "Pour en savoir plus, consultez le site du CRES, https://www.cres-paca.org/"
    assert as_typed(words(dossier.tagged.root.runs())).endswith(end)


def test_the_sitography_has_seven_groups(dossier: Output) -> None:
    headings = [(tag, text) for tag, text in blocks(dossier) if tag in HEADINGS]
    groups = headings[1 : headings.index(("H2", PARTS[1]))]
    assert groups == [("H3", title) for title in SITOGRAPHY]


def test_it_has_123_notices_in_nine_sections(dossier: Output) -> None:
    counts = {place: len(labels) for place, labels in labels_by_section(dossier).items()}
    assert list(counts.values()) == [13, 16, 15, 14, 22, 16, 10, 12, 5]
    assert sum(counts.values()) == 123
    assert Counter(part for part, _ in counts) == {PARTS[1]: 4, PARTS[2]: 5}
    assert [section for _, section in counts] == list(SECTIONS)


def test_it_has_a_third_level(dossier: Output) -> None:
    headings = [(tag, text) for tag, text in blocks(dossier) if tag in HEADINGS]
    at = headings.index(("H3", "Outils pratiques"))
    assert headings[at + 1] == ("H4", "Généralités")
    assert [tag for tag, _ in headings].count("H4") == 1


def test_the_types_of_documents_are_those_counted(dossier: Output) -> None:
    labels = [label for each in labels_by_section(dossier).values() for label in each]
    expected = {"Article": 54, "Rapport": 31, "Ouvrage": 28, "Actes": 7, "Dossier": 2, "Communication": 1}
    assert Counter(labels) == expected


def test_the_labels_follow_each_other_as_published(dossier: Output) -> None:
    found = {
        section: ", ".join(f"{label} {len(list(run))}" for label, run in groupby(labels))
        for (_, section), labels in labels_by_section(dossier).items()
    }
    assert found == SECTIONS


@pytest.mark.parametrize("line", LINES)
def test_lines_are_printed_to_the_letter(dossier: Output, line: str) -> None:
    assert line in {text for _, text in blocks(dossier)}


def test_a_page_says_when_it_was_up_to_date(dossier: Output) -> None:
    text = " ".join(text for _, text in blocks(dossier))
    assert len(re.findall(r"\bà jour en janvier 2023\b", text)) == 2


def test_no_address_is_cut(dossier: Output) -> None:
    addresses = [word for _, text in blocks(dossier) for word in text.split() if word.startswith(("http", "www."))]
    assert len(addresses) > 100
    assert [address for address in addresses if "…" in address or "..." in address] == []
