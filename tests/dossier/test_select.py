"""What a spec selects from a library: the references of each section in their order, and the faults of its keys."""

from __future__ import annotations

import pytest
from dossier.library import library_of, spec_of
from notation import faults_shown

from biblio.collection.themes import Themes
from biblio.dossier.select import Selection, select

LIBRARY = library_of(
    """
@article{harpet-2019-contrats, title = {Contrats}, journaltitle = {Environnement}, date = {2019-03}}
@article{jabot-2018-sens, title = {Sens}, journaltitle = {Santé publique}, date = {2018}}
@report{ars-2020-bilan, title = {Bilan}, institution = {ARS}, date = {2020-01}}
@report{ars-2021-suite, title = {Suite}, institution = {ARS}, date = {2021-01}}
@book{Été-2017, title = {Été}, publisher = {Presses}, date = {2017}}
""",
)


def run(body: str) -> tuple[Selection, list[str]]:
    spec = spec_of(body)
    selected = select(LIBRARY, spec, Themes())
    return selected.value, faults_shown(selected.diagnostics)


def keys(selection: Selection) -> list[list[str]]:
    return [
        [reference.citekey for reference in section.references] for part in selection.parts for section in part.walk()
    ]


def section(lines: str) -> str:
    return "sections:\n  - title: Partie\n" + "".join(f"    {line}\n" for line in lines.splitlines())


def test_the_order_of_the_keys_is_kept() -> None:
    selection, reported = run(section("references: [jabot-2018-sens, harpet-2019-contrats, ars-2020-bilan]"))
    assert keys(selection) == [["jabot-2018-sens", "harpet-2019-contrats", "ars-2020-bilan"]]
    assert reported == []


def test_sections_inside_sections_and_the_sitography_first() -> None:
    selection, reported = run(
        "sections:\n"
        "  - title: Une\n    references: [jabot-2018-sens]\n    sections:\n"
        "      - {title: Une bis, references: [ars-2020-bilan]}\n"
        "sitography: {title: Sites, references: [été-2017]}\n",
    )
    assert [section.title for part in selection.parts for section in part.walk()] == ["Sites", "Une", "Une bis"]
    assert keys(selection) == [["Été-2017"], ["jabot-2018-sens"], ["ars-2020-bilan"]]
    assert reported == []


def test_a_key_is_found_whatever_its_case_and_the_form_of_its_accents() -> None:
    selection, reported = run(section("references: [HARPET-2019-Contrats, e\u0301te\u0301-2017]"))
    assert keys(selection) == [["harpet-2019-contrats", "Été-2017"]]
    assert reported == []


TWICE = "sections:\n  - {title: A, references: [jabot-2018-sens]}\n  - {title: B, references: [jabot-2018-sens]}\n"


def test_a_reference_in_two_sections_is_whole_in_the_first_and_pointed_to_in_the_second() -> None:
    selection, reported = run(TWICE)
    assert keys(selection) == [["jabot-2018-sens"], []]
    assert [[each.reference.citekey for each in part.see_also] for part in selection.parts] == [[], ["jabot-2018-sens"]]
    assert [reference.citekey for reference in selection.references] == ["jabot-2018-sens"]
    assert reported == []


def test_a_reference_in_two_sections_is_whole_in_both_when_the_spec_says_so_and_counted_once() -> None:
    selection, reported = run(f"repeated: repeat\n{TWICE}")
    assert keys(selection) == [["jabot-2018-sens"], ["jabot-2018-sens"]]
    assert [part.see_also for part in selection.parts] == [(), ()]
    assert [reference.citekey for reference in selection.references] == ["jabot-2018-sens"]
    assert reported == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (section("references:\n  - rien-de-tel"), ["7:9 D201 key=rien-de-tel"]),
        (
            section("references:\n  - jabot-2018-sens\n  - harpet-2019-contrat"),
            ["8:9 D207 key=harpet-2019-contrat suggestion=harpet-2019-contrats"],
        ),
        (section("references: [ars-2020-bilans]"), ["6:18 D207 key=ars-2020-bilans suggestion=ars-2020-bilan"]),
        (
            section("references:\n  - jabot-2018-sens\n  - Jabot-2018-Sens"),
            ["8:9 D202 key=Jabot-2018-Sens section=Partie"],
        ),
        (section("references: [x, x]"), ["6:18 D201 key=x", "6:21 D201 key=x"]),
        (section(""), ["5:12 D203 section=Partie"]),
        (section("references: []"), ["5:12 D203 section=Partie"]),
        (section("sections: []"), ["5:12 D203 section=Partie"]),
        (section("sections:\n  - title: Vide"), ["7:16 D203 section=Vide"]),
        ("", ["1:1 D206"]),
        ("sections: []\n", ["1:1 D206"]),
        (
            section("references: [jabot-2018-sens]\npin: [{key: ars-2020-bilan, at: first}]"),
            ["7:17 D204 key=ars-2020-bilan"],
        ),
        (
            section("references: [jabot-2018-sens]\npin: [{key: jabot-2018-sens, after: ars-2020-bilan}]"),
            ["7:41 D204 key=ars-2020-bilan"],
        ),
        (section("references: [jabot-2018-sens]\npin: [{key: jabot-2018-sens}]"), ["7:11 D205 key=jabot-2018-sens"]),
        (
            section("references: [jabot-2018-sens]\npin: [{key: jabot-2018-sens, at: first, after: x}]"),
            ["7:11 D205 key=jabot-2018-sens"],
        ),
        (
            section("references: [jabot-2018-sens]\npin: [{key: jabot-2018-sens, after: jabot-2018-sens}]"),
            ["7:41 D217 circle=jabot-2018-sens → jabot-2018-sens"],
        ),
        (
            section(
                "references: [jabot-2018-sens, ars-2020-bilan]\npin:\n"
                "  - {key: jabot-2018-sens, after: ars-2020-bilan}\n  - {key: ars-2020-bilan, after: JABOT-2018-sens}"
            ),
            ["9:38 D217 circle=ars-2020-bilan → JABOT-2018-sens → ars-2020-bilan"],
        ),
        (
            section(
                "references: [jabot-2018-sens, ars-2020-bilan, ars-2021-suite]\npin:\n"
                "  - {key: jabot-2018-sens, after: ars-2020-bilan}\n  - {key: ars-2020-bilan, after: ars-2021-suite}\n"
                "  - {key: ars-2020-bilan, after: jabot-2018-sens}\n  - {key: ars-2021-suite, after: jabot-2018-sens}"
            ),
            [
                "10:38 D217 circle=ars-2020-bilan → jabot-2018-sens → ars-2020-bilan",
                "11:38 D217 circle=ars-2021-suite → jabot-2018-sens → ars-2020-bilan → ars-2021-suite",
            ],
        ),
    ],
)
def test_faults_at_their_places(body: str, expected: list[str]) -> None:
    assert run(body)[1] == expected


def test_what_is_faulty_is_left_out_and_the_rest_selected() -> None:
    selection, reported = run(section("references: [jabot-2018-sens, rien, jabot-2018-sens, ars-2020-bilan]"))
    assert keys(selection) == [["jabot-2018-sens", "ars-2020-bilan"]]
    assert [line.split()[1] for line in reported] == ["D201", "D202"]


PINNED = "references: [jabot-2018-sens, harpet-2019-contrats, ars-2020-bilan, ars-2021-suite]\n"


@pytest.mark.parametrize(
    ("pins", "expected"),
    [
        ("[{key: ars-2020-bilan, at: first}]", "ars-2020 jabot harpet ars-2021"),
        ("[{key: jabot-2018-sens, at: last}]", "harpet ars-2020 ars-2021 jabot"),
        ("[{key: jabot-2018-sens, after: ars-2020-bilan}]", "harpet ars-2020 jabot ars-2021"),
        ("[{key: ARS-2021-SUITE, after: Jabot-2018-SENS}]", "jabot ars-2021 harpet ars-2020"),
        (
            "[{key: ars-2021-suite, at: first}, {key: ars-2020-bilan, at: first}]",
            "ars-2021 ars-2020 jabot harpet",
        ),
        (
            "[{key: jabot-2018-sens, at: last}, {key: harpet-2019-contrats, at: last}]",
            "ars-2020 ars-2021 jabot harpet",
        ),
        ("[{key: jabot-2018-sens, at: first}]", "jabot harpet ars-2020 ars-2021"),
    ],
)
def test_pins_in_their_order(pins: str, expected: str) -> None:
    selection, reported = run(section(f"{PINNED}pin: {pins}"))
    assert [next(key for key in expected.split() if each.startswith(key)) for each in keys(selection)[0]] == (
        expected.split()
    )
    assert len(keys(selection)[0]) == 4
    assert reported == []


def test_sorting_comes_before_pins_and_in_each_section_alone() -> None:
    selection, reported = run(
        "repeated: repeat\n"
        + section(f"{PINNED}sort: [type, -date]\npin: [{{key: ars-2020-bilan, at: first}}]")
        + "  - title: Autre\n    references: [jabot-2018-sens, ars-2021-suite, ars-2020-bilan]\n"
    )
    assert keys(selection) == [
        ["ars-2020-bilan", "harpet-2019-contrats", "jabot-2018-sens", "ars-2021-suite"],
        ["jabot-2018-sens", "ars-2021-suite", "ars-2020-bilan"],
    ]
    assert reported == []


@pytest.mark.parametrize(
    ("query", "typed"),
    [
        ("author: ostergaard", "author = {Østergaard, Anne}"),
        ("author: Lukasz", "author = {Kowalski, Łukasz}"),
        ("author: duric", "editor = {Đurić, Ana}"),
        ("author: isik", "author = {Işık, Ali}"),
        ("author: Thor", "author = {Þór, Jón}"),
        ("title: co2", "title = {Le CO₂ en ville}"),
        ("text: ostergaard", "author = {Østergaard, Anne}"),
        ("text: lodz", "annotation = {Une étude à Łódź.}"),
        ("publisher: hus", "publisher = {Ħus}"),
    ],
)
def test_letters_are_found_as_they_are_typed_without_their_strokes(query: str, typed: str) -> None:
    library = library_of(f"@book{{un, {typed}}}\n@book{{deux, title = {{Autre}}}}\n")
    selected = select(library, spec_of(f"sections:\n  - {{title: Un, select: {{{query}}}}}\n"), Themes())
    assert [reference.citekey for reference in selected.value.references] == ["un"]
