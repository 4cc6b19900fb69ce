"""The notices of every grammar: each case of ``cases/``, and what holds for all of them."""

from __future__ import annotations

import pytest
from citation.notices import cases_of, lines_shown, reference_of, repository
from dossier.library import references_of
from notation import Case, shown

from biblio.citation import PRESETS
from biblio.citation.options import Options
from biblio.document.tree import Role
from biblio.formats.bibtex.reader import read_bibtex
from biblio.reference.types import Pattern
from biblio.text.inline import Branch, Link, Rich, Text, Verbatim, plain

# The notices of the CRES have their own cases, with those of the core.
NAMES = sorted(PRESETS.keys() - {"cres"})
CASES = [(name, case) for name in NAMES for case in cases_of(name)]


@pytest.mark.parametrize(("name", "case"), CASES, ids=[case.name for _, case in CASES])
def test_case(name: str, case: Case) -> None:
    assert lines_shown(PRESETS[name].cite(reference_of(case.source), Options())) == case.expected


@pytest.mark.parametrize("name", NAMES)
def test_the_cases_show_each_pattern_three_times(name: str) -> None:
    patterns = [reference_of(case.source).type.pattern for case in cases_of(name)]
    assert {pattern for pattern in Pattern if patterns.count(pattern) >= 3} == set(Pattern)


def links_in(rich: Rich) -> list[Link]:
    found = [node for node in rich if isinstance(node, Link)]
    branches = [node for node in rich if isinstance(node, Branch) and not isinstance(node, Link)]
    return found + [link for branch in branches for link in links_in(branch.children)]


@pytest.mark.parametrize("name", PRESETS)
def test_every_reference_of_the_repository_says_its_title_and_links_hold_characters_alone(name: str) -> None:
    """PDF/UA: no structure inside a link."""
    for reference in repository():
        lines = PRESETS[name].cite(reference, Options())
        printed = " ".join(plain(line.content) for line in lines)
        assert (plain(reference.title) or reference.publisher[0]) in printed
        for link in (link for line in lines for link in links_in(line.content)):
            assert all(isinstance(child, Text | Verbatim) for child in link.children), reference.citekey
            assert link.href in {each.url for each in reference.all_links}


@pytest.mark.parametrize("name", PRESETS)
def test_no_stop_is_doubled_and_no_separator_left_alone(name: str) -> None:
    for reference in repository():
        for line in PRESETS[name].cite(reference, Options()):
            if line.role in (Role.SOURCE, Role.TITLE):
                content = plain(line.content)
                assert not any(fault in content for fault in ("..", "?.", " ,", ", ,", ",,", "  ", " .")), content
                assert content == content.strip(" ,;:")


@pytest.mark.parametrize("name", ["iso690-fr", "reading-list", "bulletin"])
def test_the_annotation_and_its_provenance_follow(name: str) -> None:
    (reference,) = references_of(
        "@book{a, title = {T}, annotation = {Un.\n\nDeux.}, annotationsource = {d'après éditeur}}"
    )
    lines = PRESETS[name].cite(reference, Options())
    assert [plain(line.content) for line in lines if line.role is Role.ANNOTATION] == [
        "Un.",
        "Deux. [Résumé d'après éditeur]",
    ]


def test_a_note_is_one_line_without_annotation() -> None:
    for reference in repository():
        assert [line.role for line in PRESETS["iso690-note-fr"].cite(reference, Options())] == [Role.SOURCE]


@pytest.mark.parametrize("name", PRESETS)
def test_an_empty_reference_prints_no_empty_line(name: str) -> None:
    (reference,) = references_of("@misc{a}")
    assert all(plain(line.content).strip() for line in PRESETS[name].cite(reference, Options()))


DATES = [
    ("date = {2019}", "2019"),
    ("date = {2019-03-01}", "2019"),
    ("date = {2018/2020}", "2018-2020"),
    ("date = {2019-03/2019-05}", "2019"),
    ("date = {2019/..}", "2019-"),
    ("date = {../2019}", "-2019"),
    ("date = {2019~}", "vers 2019"),
    ("date = {199X}", "années 1990"),
    ("date = {2019?}", "[2019 ?]"),
    ("updated = {2022-01}", "2022"),
    ("", "[s. d.]"),
]


@pytest.mark.parametrize(("typed", "printed"), DATES)
def test_the_year_of_iso_690(typed: str, printed: str) -> None:
    (reference,) = references_of(f"@online{{a, author = {{Un, Anne}}, title = {{T}}, {typed}}}")
    (line,) = PRESETS["iso690-fr"].cite(reference, Options())
    assert plain(line.content).startswith(f"UN, Anne, {printed}. T [en ligne]")


MEDIA = [
    ("@video{a, title = {T}}", "T [vidéo], [s. d.]."),
    ("@movie{a, title = {T}, doi = {10.1000/182}}", "T [vidéo en ligne], [s. d.]. DOI : 10.1000/182"),
    ("@software{a, title = {T}, date = {2020}}", "T [logiciel], 2020."),
    ("@dataset{a, title = {T}, url = {https://a.fr/}}", "T [jeu de données en ligne], [s. d.]."),
    ("@audio{a, title = {T}}", "T [enregistrement sonore], [s. d.]."),
    ("@image{a, title = {T}}", "T [image], [s. d.]."),
    ("@book{a, title = {T}}", "T, [s. d.]."),
]


@pytest.mark.parametrize(("typed", "printed"), MEDIA)
def test_the_medium_of_iso_690(typed: str, printed: str) -> None:
    (reference,) = references_of(typed)
    assert plain(PRESETS["iso690-fr"].cite(reference, Options())[0].content).startswith(printed)


ENGLISH = [
    ("iso690-fr", "<sc>UN</sc>, A and <sc>DEUX</sc>, B, 2019. <i>T</i>. 2nd ed. Press, March 2019. 12 p."),
    ("iso690-note-fr", "A <sc>UN</sc> and B <sc>DEUX</sc>, <i>T</i>, 2nd ed., Press, March 2019, 12 p."),
    ("reading-list", "<b>T</b> / A Un and B Deux, March 2019. 12 p."),
]


@pytest.mark.parametrize(("name", "printed"), ENGLISH)
def test_terms_are_in_the_language_of_the_dossier(name: str, printed: str) -> None:
    (reference,) = references_of(
        "@book{a, author = {Un, A and Deux, B}, title = {T}, edition = {2}, publisher = {Press}, date = {2019-03},"
        " pagetotal = {12}}"
    )
    assert shown(PRESETS[name].cite(reference, Options(lang="en"))[0].content) == printed


def test_a_link_says_what_it_opens_unless_it_has_a_label() -> None:
    (reference,) = references_of(
        "@book{a, title = {Le \\emph{soin}}, doi = {10.1000/182},"
        " links = {https://a.fr/\n\nAnnexes <https://a.fr/annexes> (pdf, 2 Mo)}}"
    )
    links = [line for line in PRESETS["bulletin"].cite(reference, Options()) if line.role is Role.LINK]
    assert [shown(line.content) for line in links] == [
        "<a https://doi.org/10.1000/182>Consulter la ressource␣: Le soin</a>",
        "<a https://a.fr/>Consulter la ressource␣: Le soin</a>",
        "<a https://a.fr/annexes>Annexes</a> (pdf, 2 Mo)",
    ]
    assert [line.gap for line in links] == [False, False, True]


def test_an_address_that_may_not_be_a_link_is_printed_as_it_is() -> None:
    (reference,) = read_bibtex(b"@online{a, title = {T}, url = {javascript:alert(1)}}", "cas.bib").value
    for name in PRESETS:
        lines = PRESETS[name].cite(reference, Options())
        assert [link for line in lines for link in links_in(line.content)] == []
        assert "javascript:alert(1)" in " ".join(plain(line.content) for line in lines)


def test_a_state_typed_for_a_year_stands_in_its_place() -> None:
    source = b"@article{a, author = {Roux, A.}, title = {T}, journal = {J}, year = {to appear}}"
    (reference,) = read_bibtex(source, "a.bib").value
    (line,) = PRESETS["iso690-fr"].cite(reference, Options())
    assert plain(line.content) == "ROUX, A., à paraître. T. J."
