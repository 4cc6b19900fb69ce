"""What a screen reader says of a PDF, word for word: headings and their levels, languages, links, and the order."""

from __future__ import annotations

from pathlib import Path

from compose import material
from outputs.aloud import aloud

REFERENCES = """\
@article{en, author = {Doe, Jane}, title = {Health in the city}, journaltitle = {La Revue}, date = {2020},
  langid = {english}, annotation = {Une étude.}, url = {https://www.example.org/etude.pdf}}
@book{ar, author = {Karam, Samir}, title = {الصحة في المدينة}, publisher = {Dar}, date = {2019}, langid = {arabic}}
"""
SPEC = """\
sections:
  - title: Comprendre
    sections:
      - {title: Articles, references: en}
      - {title: Ouvrages, references: ar}
"""
SAID = """\
heading 1: Essai
Pour voir
20 décembre 2025
CRES
heading 2: Sommaire
list of 1
link: Comprendre 1
list of 2
link: Articles 1
link: Ouvrages 1
heading 2: Comprendre
heading 3: Articles
list of 1
Article
DOE Jane
heading 4: [en: Health in the city]
La Revue, 2020
Une étude.
link: Health in the city, PDF, example.org
heading 3: Ouvrages
list of 1
Ouvrage
KARAM Samir
heading 4: [ar: الصحة في المدينة]
Dar, 2019
link: Retour au sommaire
"""


def test_a_dossier_is_said_from_its_title_to_its_last_word(tmp_path: Path) -> None:
    output = material.printed(tmp_path, SPEC, REFERENCES)
    assert "\n".join(aloud(output.tagged, "fr")) + "\n" == SAID
