"""Indexes, acronyms and news: found in the notices, in the order of a dictionary."""

from __future__ import annotations

from pathlib import Path

import pytest
from compose.material import SLUG, composed, document, printed, project, said, spaced, titles
from outputs.tagged import words

from biblio.build.pipeline import compose_dossier
from biblio.compose.acronyms import expansions, unexpanded
from biblio.compose.indexes import has_index, with_pages
from biblio.document.tree import (
    Cover,
    Document,
    Index,
    IndexEntry,
    Line,
    Mention,
    Metadata,
    Notice,
    Role,
    Section,
)
from biblio.text.inline import plain, text

METADATA = Metadata("Essai", "", "", "CRES", (), "", (), "2025", "fr")
ALL = "sections:\n  - {title: Un, references: [bader, ars, zay]}\n"


def index_of(made: Document, name: str) -> dict[str, list[str]]:
    """The words of an index, and the citekeys of the notices that each one leads to."""
    keys = {notice.anchor: notice.citekey for notice in made.notices}
    (block,) = [
        block
        for section in made.sections
        if section.anchor == f"index-{name}"
        for block in section.blocks
        if isinstance(block, Index)
    ]
    return {spaced(plain(entry.label)): [keys[mention.anchor] for mention in entry.mentions] for entry in block.entries}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("people", {"BADER Clément": ["bader"], "ÉDOUARD Anne": ["bader", "zay"], "ZAY Luc": ["zay"]}),
        ("bodies", {"ARS Normandie": ["ars"], "Presses de l'EHESP": ["zay"]}),
        ("journals", {"Santé publique": ["bader"]}),
        ("themes", {"Contrats locaux de santé": ["bader", "ars"], "inegalites": ["bader"], "Santé mentale": ["zay"]}),
        ("territories", {"Occitanie": ["bader"]}),
    ],
)
def test_each_index_leads_to_the_notices(tmp_path: Path, name: str, expected: dict[str, list[str]]) -> None:
    found = index_of(document(tmp_path, f"indexes: [{name}]\n{ALL}"), name)
    assert list(found.items()) == list(expected.items())


def test_the_indexes_are_one_part_at_the_end(tmp_path: Path) -> None:
    made = document(tmp_path, f"indexes: [journals, people]\nacronyms: true\n{ALL}")
    assert titles(made.parts) == ["Un", "Sigles", "Index"]
    assert titles(made.parts[-1].sections) == ["Revues", "Personnes"]


SAME_NAMES = """\
@book{a, author = {Roelandt, Jean-Luc and Dupont, Marie}, title = {A}, date = {2020}}
@book{b, author = {Roelandt, J.-L. and Dupont, M.}, title = {B}, date = {2020}}
@book{c, author = {Roelandt, J. and Dupont, Marc}, title = {C}, date = {2020}}
@book{d, author = {Zay, L. and Roelandt, Jacques-Marie}, title = {D}, date = {2020}}
"""


def test_somebody_has_one_entry_where_initials_can_be_nobody_else(tmp_path: Path) -> None:
    made = project(tmp_path, "indexes: [people]\nsections: [{title: Un, references: [a, b, c, d]}]\n", SAME_NAMES)
    spec = made.dossier(SLUG).value
    assert spec is not None
    found = compose_dossier(made, spec, spec.style).value
    assert found is not None
    assert index_of(found.document, "people") == {
        "DUPONT M.": ["b"],  # Marie or Marc
        "DUPONT Marc": ["c"],
        "DUPONT Marie": ["a"],
        "ROELANDT J.": ["c"],  # Jean-Luc or Jacques-Marie
        "ROELANDT Jacques-Marie": ["d"],
        "ROELANDT Jean-Luc": ["a", "b"],
        "ZAY L.": ["d"],
    }


@pytest.mark.parametrize(
    ("pages", "dash", "expected"),
    [
        ("3 4 5 6", "-", "3-6"),
        ("3 4 6", "-", "3 4 6"),
        ("1 3 4 5 7 8 12", "–", "1 3–5 7 8 12"),
        ("2 2 3 4", "-", "2-4"),
    ],
)
def test_pages_in_a_row_are_told_by_the_first_and_the_last(pages: str, dash: str, expected: str) -> None:
    mentions = tuple(Mention(f"a{number}", ()) for number, _ in enumerate(pages.split()))
    part = Section("index", 2, (), (Index((IndexEntry((), mentions),)),))
    made = Document("selection", METADATA, Cover((), (), (), (), ()), (), (part,))
    page_of = {f"a{number}": page for number, page in enumerate(pages.split())}
    (index,) = with_pages(made, page_of, dash).parts[0].blocks
    assert isinstance(index, Index)
    assert " ".join(mention.page for mention in index.entries[0].mentions) == expected
    assert index.entries[0].mentions[0].anchor == "a0"


def test_an_index_of_nothing_is_left_out(tmp_path: Path) -> None:
    spec = "indexes: [journals]\nacronyms: true\nsections:\n  - {title: Un, references: [zay]}\n"
    made = document(tmp_path, spec)
    assert titles(made.parts) == ["Un"]
    assert not has_index(made)


def test_a_page_is_told_once(tmp_path: Path) -> None:
    made = document(tmp_path, f"indexes: [themes]\n{ALL}")
    anchors = [notice.anchor for notice in made.notices]
    pages = [("2", "2", "3"), ("2", "4", "4")]
    told = []
    for numbers in pages:
        paged = with_pages(made, dict(zip(anchors, numbers, strict=True)))
        (block,) = paged.parts[-1].sections[0].blocks
        assert isinstance(block, Index)
        told.append([mention.page for mention in block.entries[0].mentions])
    assert told == [["2"], ["2", "4"]]


# --- acronyms ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Le contrat local de santé (CLS) en ville", {"CLS": "contrat local de santé"}),
        ("Le CLS (contrat local de santé) en ville", {"CLS": "contrat local de santé"}),
        ("Les Agences régionales de santé (ARS)", {"ARS": "Agences régionales de santé"}),
        (
            "Que dit l'École des hautes études en santé publique (EHESP) ?",
            {"EHESP": "École des hautes études en santé publique"},
        ),
        (
            "Le dispositif d'appui à la coordination (DAC) et la CPTS",
            {"DAC": "dispositif d'appui à la coordination"},
        ),
        ("Le réseau ORS national (RON)", {"RON": "réseau ORS national"}),
        ("Le comité ORS national (CORSN)", {"CORSN": "comité ORS national"}),
        ("Un rapport remis à Paris (ARS)", {}),
        ("La conférence (Paris, CLS) de 2019 (OMS)", {}),
        ("CLS (voir plus loin)", {}),
    ],
)
def test_an_acronym_is_spelt_out_by_initials(line: str, expected: dict[str, str]) -> None:
    notice = Notice("a", "a", "", (Line(Role.TITLE, text(line)),))
    assert expansions([notice]) == expected


def test_the_most_frequent_expansion_is_kept() -> None:
    lines = ["contrat local de santé (CLS)", "contrats locaux de santé (CLS)", "contrats locaux de santé (CLS)"]
    notices = [Notice("a", "a", "", (Line(Role.ANNOTATION, text(line)),)) for line in lines]
    assert expansions(notices) == {"CLS": "contrats locaux de santé"}


def test_a_source_spells_nothing_out() -> None:
    notice = Notice("a", "a", "", (Line(Role.SOURCE, text("contrat local de santé (CLS)")),))
    assert expansions([notice]) == {}


def test_the_list_of_acronyms_is_in_order(tmp_path: Path) -> None:
    (block,) = document(tmp_path, f"acronyms: true\n{ALL}").parts[-1].blocks
    assert said(block) == [
        "CLS",
        "contrats locaux de santé",
        "CPTS",
        "communauté professionnelle territoriale de santé",
    ]


@pytest.mark.parametrize(("lang", "colon"), [("fr", "\u00a0: "), ("en", ": ")])
def test_an_acronym_and_its_words_are_parted_as_the_language_of_the_dossier_does(
    tmp_path: Path, lang: str, colon: str
) -> None:
    output = printed(tmp_path, f"lang: {lang}\nacronyms: true\n{ALL}")
    expected = f"CLS{colon}contrats locaux de santé"
    lines = [node.text for node in output.twin.root.find("p") if node.text.startswith("CLS")]
    assert lines == [expected]
    assert spaced(expected) in [words(element.runs()) for element in output.tagged.root.find("P")]


# --- what is new ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("since", "new"),
    [
        ("2025-12-14", ["ars"]),
        ("2025-12-01", ["bader", "ars"]),
        ("2025-12", ["bader", "ars"]),
        ("2022-05-10", ["bader", "ars", "zay"]),  # without a day in the collection, that of publication
        ("2022-05-11", ["bader", "ars"]),
        ("2026-01-01", []),
    ],
)
def test_what_came_in_since_a_day_is_new(tmp_path: Path, since: str, new: list[str]) -> None:
    made = document(tmp_path, f"whats_new: {since}\n{ALL}")
    assert [notice.citekey for notice in made.notices if notice.new == "Nouveau"] == new
    anchors = {notice.citekey: notice.anchor for notice in made.notices}
    assert [entry.anchor for entry in made.news] == [anchors[key] for key in new]
    assert plain(made.news_title) == "Nouveautés"


def test_nothing_is_new_unless_it_is_asked(tmp_path: Path) -> None:
    made = document(tmp_path, ALL)
    assert (made.news, [notice.new for notice in made.notices]) == ((), ["", "", ""])


def test_a_kind_of_text_that_is_wrong_does_not_stop_the_others(tmp_path: Path) -> None:
    spec = f"{ALL}    intro: '> Non'\nindexes: [people]\n".replace(
        "{title: Un, references: [bader, ars, zay]}", "title: Un\n    references: [bader, ars, zay]"
    )
    done, faults = composed(tmp_path, spec)
    assert [fault.code for fault in faults] == ["W111"]
    assert len(index_of(done.document, "people")) == 3


def test_the_article_of_a_name_is_part_of_it(tmp_path: Path) -> None:
    names = ("Cousin, Bea", "Laurent, Bea", "Le Bodo, Yann", "La Rochefoucauld, Anne", "Un, Kim")
    entries = "".join(
        f"@book{{n{number}, author = {{{name}}}, title = {{Titre {number}}}, publisher = {{P}}, date = {{2020}}}}\n"
        for number, name in enumerate(names)
    )
    keys = ", ".join(f"n{number}" for number in range(len(names)))
    made = project(tmp_path, f"indexes: [people]\nsections: [{{title: Un, references: [{keys}]}}]\n", entries)
    spec = made.dossier(SLUG).value
    assert spec
    done = compose_dossier(made, spec, spec.style).value
    assert done
    (index,) = [block for section in done.document.sections for block in section.blocks if isinstance(block, Index)]
    assert [plain(entry.label).split()[0] for entry in index.entries] == ["COUSIN", "LA", "LAURENT", "LE", "UN"]


def test_what_the_list_of_acronyms_could_not_expand_is_said() -> None:
    lines = ["Les CPTS et les contrats locaux de santé (CLS), tome XIX", "LES CDD ENFIN"]
    notices = [Notice("a", "a", "", (Line(Role.TITLE, text(line)),)) for line in lines]
    assert unexpanded(notices, {"CLS": "contrats locaux de santé"}) == ["CPTS"]


def test_it_is_said_once_where_the_list_is_asked_for(tmp_path: Path) -> None:
    codes = [each.code for each in composed(tmp_path, f"acronyms: true\n{ALL}")[1]]
    assert codes.count("W117") == 1
    assert "W117" not in [each.code for each in composed(tmp_path, ALL)[1]]


def test_people_stand_as_they_are_sorted_family_before_given_name(tmp_path: Path) -> None:
    names = ("Martin-Dupont, Anne", "Martin, Zoé", "Otis, Paul", "Østergaard, Anne", "Offner, Jean", "Martinez, Al")
    entries = "".join(
        f"@book{{n{number}, author = {{{name}}}, title = {{Titre {number}}}, publisher = {{P}}, date = {{2020}}}}\n"
        for number, name in enumerate(names)
    )
    spec = "indexes: [people]\nsections: [{title: Un, select: {key: 'n?'}, sort: author}]\n"
    made = project(tmp_path, spec, entries)
    loaded = made.dossier(SLUG).value
    assert loaded
    done = compose_dossier(made, loaded, loaded.style).value
    assert done
    in_order = ["n1", "n0", "n5", "n4", "n3", "n2"]
    assert [each.citekey for each in done.selection.references] == in_order
    assert [key for found in index_of(done.document, "people").values() for key in found] == in_order


@pytest.mark.parametrize(
    ("style", "labels", "keys"),
    [
        ("cres", ["DE MAUPASSANT Guy", "LOTI Pierre"], ["m", "l"]),
        ("iso690-fr", ["LOTI Pierre", "MAUPASSANT Guy de"], ["l", "m"]),
    ],
)
def test_people_are_filed_as_their_style_prints_them(
    tmp_path: Path, style: str, labels: list[str], keys: list[str]
) -> None:
    entries = (
        "@book{m, author = {Guy de Maupassant}, title = {Contes}, publisher = {P}, date = {2020}}\n"
        "@book{l, author = {Loti, Pierre}, title = {Récits}, publisher = {P}, date = {2020}}\n"
    )
    spec = "style: essai\nindexes: [people]\nsections: [{title: Un, select: {key: '?'}, sort: author}]\n"
    (tmp_path / "styles" / "essai").mkdir(parents=True)
    (tmp_path / "styles" / "essai" / "style.yaml").write_text(f"title: Essai\nextends: cres\ncitation: {style}\n")
    made = project(tmp_path, spec, entries)
    loaded = made.dossier(SLUG).value
    assert loaded
    done = compose_dossier(made, loaded, loaded.style).value
    assert done
    assert [each.citekey for each in done.selection.references] == keys
    assert list(index_of(done.document, "people")) == labels
