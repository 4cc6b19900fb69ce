"""The texts of a dossier that are no section: where they stand, what biblio writes, what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from compose.material import HEAD, composed, document, said, titles
from notation import shown

from biblio.document.tree import Prose

SECTIONS = "acronyms: true\nsections: [{title: Un, references: [ars]}]\n"


def texts(*items: str, spec: str = SECTIONS) -> str:
    return "texts:\n" + "".join(f"  - {{{item}}}\n" for item in items) + spec


def test_texts_stand_before_and_behind_the_parts_in_their_order(tmp_path: Path) -> None:
    spec = texts(
        "kind: license, text: À nous.",
        "kind: cite",
        "kind: preface, text: Un mot.",
        "kind: editorial, title: Le mot, text: Deux.",
        "kind: contacts, text: Ici., place: before",
        "kind: preface, text: Fin., place: after",
        "kind: colophon, text: Fait.",
    )
    assert titles(document(tmp_path, spec).parts) == [
        "Préface",
        "Le mot",
        "Contacts",
        "Un",
        "Sigles",
        "Licence",
        "Citer ce dossier",
        "Préface",
        "Colophon",
    ]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("", "<i>Essai␣: Pour voir</i>. CRES, 20␣décembre 2025."),
        ("lang: en\nedition: '3'\n", "<i>Essai: Pour voir</i>, no. 3. CRES, 20 December 2025."),
        (
            "edition: numéro spécial\nauthors: [Anne Martin, Luc Zay]\n",
            "Anne Martin, Luc Zay. <i>Essai␣: Pour voir</i>, numéro spécial. CRES, 20␣décembre 2025.",
        ),
    ],
)
def test_biblio_writes_how_to_cite_the_dossier(tmp_path: Path, head: str, expected: str) -> None:
    part = document(tmp_path, head + texts("kind: cite")).parts[-1]
    (block,) = part.blocks
    assert isinstance(block, Prose)
    assert [shown(content) for content in block.texts] == [expected]


def test_words_of_the_documentalist_come_before_those_of_biblio(tmp_path: Path) -> None:
    part = document(tmp_path, texts("kind: cite, text: 'CRES, *Essai*.'")).parts[-1]
    assert said(part.blocks[0]) == ["CRES, Essai."]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("CC BY-SA 4.0", "<a https://creativecommons.org/licenses/by-sa/4.0/>CC BY-SA 4.0</a>"),
        ("cc-by", "<a https://creativecommons.org/licenses/by/4.0/>CC BY 4.0</a>"),
        ("CC BY-NC-ND 3.0", "<a https://creativecommons.org/licenses/by-nc-nd/3.0/>CC BY-NC-ND 3.0</a>"),
        ("CC0", "<a https://creativecommons.org/publicdomain/zero/1.0/>CC0 1.0</a>"),
    ],
)
def test_the_name_of_a_licence_becomes_its_phrase(tmp_path: Path, typed: str, expected: str) -> None:
    part = document(tmp_path, texts(f"kind: license, text: {typed}")).parts[-1]
    (content,) = part.blocks[0].texts
    assert shown(content) == f"Ce dossier est mis à disposition sous la licence {expected}."


def test_any_other_licence_is_printed_as_it_is_typed(tmp_path: Path) -> None:
    part = document(tmp_path, texts("kind: license, text: Licence ouverte 2.0")).parts[-1]
    assert said(part.blocks[0]) == ["Licence ouverte 2.0"]


def test_a_heading_without_words_is_told_and_left_out(tmp_path: Path) -> None:
    done, told = composed(
        tmp_path, texts("kind: colophon", spec="sections: [{title: Un, references: [bader]}]\n"), HEAD
    )
    assert titles(done.document.parts) == ["Un"]
    assert [(each.code, each.span and each.span.line, dict(each.arguments)) for each in told] == [
        ("D148", 6, {"kind": "colophon"})
    ]
