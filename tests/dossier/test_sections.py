"""What a section makes of its query: what is added, taken out, cut, pinned, grouped, and what stands further up."""

from __future__ import annotations

import pytest
from dossier.library import HEAD, library_of
from dossier.material import LIBRARY, THEMES, fill, headings, indented, keys

from biblio.dossier.loader import load_dossier
from biblio.dossier.select import How, Placement, select
from biblio.words.faults import in_order


def section(lines: str) -> tuple[list[str], list[str]]:
    """The citekeys of one section, and the faults."""
    selection, reported = fill(indented(lines))
    return keys(selection.parts[0]), reported


def reasons(placements: tuple[Placement, ...]) -> list[tuple[str, How, int]]:
    return [(each.reference.citekey, each.reason.how, each.reason.span.line) for each in placements]


def test_without_a_sort_the_keys_come_first_then_the_collection_in_its_order() -> None:
    order = section("select: {theme: [outils, territoires]}\ninclude: page\nreferences: [these-2016]")
    assert order == (["these-2016", "page", "harpet-2019", "ars-2018", "guide-2020"], [])


def test_each_reference_knows_the_line_that_put_it_there() -> None:
    selection, _ = fill(
        indented("references: [these-2016]\ninclude:\n  - page\nselect:\n  theme: [territoires]\nexclude: [ars-2018]"),
    )
    assert reasons(selection.parts[0].placements) == [
        ("these-2016", How.LISTED, 6),
        ("page", How.INCLUDED, 8),
        ("harpet-2019", How.SELECTED, 10),
    ]


def test_what_is_excluded_is_not_there() -> None:
    assert section("select: {theme: territoires}\nexclude: [ARS-2018]") == (["harpet-2019", "these-2016"], [])


@pytest.mark.parametrize(
    ("limit", "kept", "cut"),
    [
        (None, "these-2016 ars-2018 harpet-2019", ""),
        (1, "these-2016", "ars-2018 harpet-2019"),
        (2, "these-2016 ars-2018", "harpet-2019"),
        (3, "these-2016 ars-2018 harpet-2019", ""),
    ],
)
def test_the_limit_cuts_after_the_sort(limit: int | None, kept: str, cut: str) -> None:
    lines = "select: {theme: territoires}\nsort: date" + (f"\nlimit: {limit}" if limit else "")
    selection, reported = fill(indented(lines))
    (part,) = selection.parts
    assert (keys(part), [each.reference.citekey for each in part.cut]) == (kept.split(), cut.split())
    assert reported == []


def test_a_pin_is_not_cut_and_counts_within_the_limit() -> None:
    lines = "select: {theme: territoires}\nsort: date\nlimit: 2\npin: [{key: harpet-2019, at: last}]"
    selection, reported = fill(indented(lines))
    assert keys(selection.parts[0]) == ["these-2016", "harpet-2019"]
    assert [each.pin.line if each.pin else 0 for each in selection.parts[0].placements] == [0, 9]
    assert reported == []


def test_a_pin_after_another_key_of_the_query() -> None:
    lines = "select: {theme: territoires}\nsort: date\npin: [{key: these-2016, after: ARS-2018}]"
    assert section(lines) == (["ars-2018", "these-2016", "harpet-2019"], [])


TWO = """sections:
  - title: Une
    select: {theme: cls}
  - title: Deux
    select: {theme: territoires}
    sort: date
"""


def test_what_stands_further_up_is_pointed_to() -> None:
    selection, reported = fill(TWO)
    first, second = selection.parts
    assert (keys(first), keys(second)) == (["harpet-2019"], ["these-2016", "ars-2018"])
    assert reasons(second.see_also) == [("harpet-2019", How.SELECTED, 8)]
    assert reported == []


def test_or_repeated_when_the_spec_says_so() -> None:
    selection, _ = fill(f"repeated: repeat\n{TWO}")
    assert [keys(part) for part in selection.parts] == [["harpet-2019"], ["these-2016", "ars-2018", "harpet-2019"]]
    assert [part.see_also for part in selection.parts] == [(), ()]
    assert [reference.citekey for reference in selection.references] == ["harpet-2019", "these-2016", "ars-2018"]


def test_everything_else_in_a_theme() -> None:
    body = TWO.replace("{theme: territoires}", "{theme: territoires, placed: false}")
    selection, reported = fill(f"{body}  - title: Trois\n    select: {{theme: territoires, placed: true}}\n")
    assert [keys(part) for part in selection.parts] == [["harpet-2019"], ["these-2016", "ars-2018"], []]
    assert [each.reference.citekey for each in selection.parts[2].see_also] == ["harpet-2019", "ars-2018", "these-2016"]
    assert reported == []


def test_above_is_the_order_of_print_with_inner_sections() -> None:
    selection, _ = fill(
        """sections:
  - title: Une
    select: {theme: cls}
    sections:
      - {title: Dedans, select: {theme: clsm}}
  - {title: Reste, select: {theme: territoires, placed: false}}
""",
    )
    assert [keys(inner) for part in selection.parts for inner in part.walk()] == [
        ["harpet-2019"],
        ["ars-2018"],
        ["these-2016"],
    ]


def test_what_is_cut_is_not_placed() -> None:
    selection, _ = fill(
        """sections:
  - {title: Une, select: {theme: territoires}, sort: date, limit: 1}
  - {title: Reste, select: {theme: territoires, placed: false}, sort: date}
""",
    )
    assert [keys(part) for part in selection.parts] == [["these-2016"], ["ars-2018", "harpet-2019"]]


# --- groups -----------------------------------------------------------------------------------------------------------

GROUPED = "select: {none: {key: [page, ouvert-*]}}\nsort: [title]\n"


@pytest.mark.parametrize(
    ("by", "french", "english"),
    [
        (
            "type",
            ["Article", "Document", "Guide", "Rapport", "Thèse"],
            ["Article", "Document", "Guide", "Report", "Thesis"],
        ),
        ("type\ntype_order: [Thèse, report]", ["Thèse", "Guide", "Rapport"], ["Thesis", "Guide", "Report"]),
        (
            "year",
            ["2021", "2020", "2019", "2018", "2015", "1990", "Sans date"],
            ["2021", "2020", "2019", "2018", "2015", "1990", "No date"],
        ),
        (
            "theme",
            [
                *("Contrats locaux de santé", "Santé mentale", "Conseils locaux de santé mentale", "Outils"),
                "Autres thèmes",
            ],
            ["Local health contracts", "Mental health", "Local mental health councils", "Tools", "Other themes"],
        ),
        ("territory", ["Marseille", "Vaucluse", "Sans territoire"], ["Marseille", "Vaucluse", "No territory"]),
        ("audience", ["élus", "Tous publics"], ["élus", "All audiences"]),
    ],
)
def test_groups_have_headings_in_the_language_of_the_dossier(by: str, french: list[str], english: list[str]) -> None:
    for lang, expected in (("fr", french), ("en", english)):
        selection, reported = fill(f"lang: {lang}\n" + indented(f"{GROUPED}group_by: {by}"))
        (part,) = selection.parts
        assert [heading for heading, _ in headings(part)][: len(expected)] == expected
        assert reported == []
        assert part.placements == ()
        assert [inner.spec for inner in part.sections] == [None] * len(part.sections)
        assert part.count == len(LIBRARY) - 2


def test_inside_a_group_the_order_of_the_section_is_kept() -> None:
    selection, _ = fill(indented(f"{GROUPED}group_by: type\npin: [{{key: saison-2021, at: first}}]"))
    grouped = dict(headings(selection.parts[0]))
    assert grouped["Article"] == ["saison-2021", "harpet-2019"]
    assert grouped["Rapport"] == ["ancien-1998", "ars-2018"]


def test_years_rise_when_the_section_sorts_from_the_oldest_on() -> None:
    selection, _ = fill(indented("select: {theme: territoires}\nsort: date\ngroup_by: year"))
    assert [heading for heading, _ in headings(selection.parts[0])] == ["2015", "2018", "2019"]


def test_years_before_our_era_are_named_as_they_print() -> None:
    library = library_of(
        "@book{a, title = {A}, date = {-0043}}\n@book{b, title = {B}, date = {0000}}\n"
        "@book{c, title = {C}, date = {0012}}\n",
    )
    for order, expected in (
        ("sort: date\n", ["44 av. J.-C.", "1 av. J.-C.", "12"]),
        ("", ["12", "1 av. J.-C.", "44 av. J.-C."]),
    ):
        selection, _ = fill(indented(f"select: {{key: ['?']}}\n{order}group_by: year"), library)
        assert [heading for heading, _ in headings(selection.parts[0])][:3] == expected


def test_a_theme_of_the_query_is_the_one_to_group_by() -> None:
    library = library_of("@book{deux, title = {Deux}, keywords = {outils, clsm}}")
    for query, heading in (("territoires", "Conseils locaux de santé mentale"), ("outils", "Outils")):
        selection, _ = fill(indented(f"select: {{theme: {query}}}\ngroup_by: theme"), library)
        assert headings(selection.parts[0]) == [(heading, ["deux"])]


def test_groups_come_before_the_sections_inside() -> None:
    lines = "select: {theme: cls}\ngroup_by: type\nsections:\n  - {title: Dedans, references: [page]}"
    selection, _ = fill(indented(lines))
    assert headings(selection.parts[0]) == [("Article", ["harpet-2019"]), ("Dedans", ["page"])]


# --- faults -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("select: {theme: clms}", ["6:21 D209 theme=clms suggestion=cls"]),
        ("select:\n  theme: [cls, politique]", ["7:20 D208 theme=politique"]),
        ("select: {theme: Outil}", ["6:21 D209 theme=Outil suggestion=outils"]),
        (
            "select: {theme: Local health contracts}",
            ["6:21 D209 theme=Local health contracts suggestion=cls"],
        ),
        (
            "select: {theme: environement}",
            ["6:21 D209 theme=environement suggestion=environnement"],
        ),
        ("select: {type: [Raport, Article]}", ["6:21 D211 type=Raport suggestion=Rapport"]),
        ("select: {type: [zut, Article]}", ["6:21 D210 type=zut"]),
        ("select: {theme: cls}\ntype_order: [Rapport, Guides]", ["7:27 D211 type=Guides suggestion=Guide"]),
        ("select: {language: [fr, frnech]}", ["6:29 D212 value=frnech suggestion=french"]),
        ("select: {any: [{theme: cls}, {none: {theme: clms}}]}", ["6:49 D209 theme=clms suggestion=cls"]),
        ("select: {theme: cls, issued: 2030}", ["6:13 D213 section=Partie"]),
        ("select: {theme: cls}\nexclude: [page, harpet]", ["7:15 D214 key=page", "7:21 D214 key=harpet"]),
        ("select: {theme: cls}\ninclude: page\nexclude: page", ["8:14 D215 key=page line=7"]),
        ("references: page\nselect: {theme: cls}\nexclude: page", ["8:14 D215 key=page line=6"]),
        ("select: {theme: cls}\ninclude: harpet-2018", ["7:14 D207 key=harpet-2018 suggestion=harpet-2019"]),
        (
            "select: {theme: cls}\ninclude: [zut, page, page]",
            ["7:15 D201 key=zut", "7:26 D202 key=page section=Partie"],
        ),
        ("select: {theme: cls}\npin: [{key: page, at: first}]", ["7:17 D204 key=page"]),
        ("select: {since: 2021, until: 2020}", ["6:21 D216 since=2021 until=2020"]),
        ("select:\n  until: 2019-05\n  since: 2019-06", ["8:14 D216 since=2019-06 until=2019-05"]),
        (
            "select: {any: [{theme: cls}, {none: {since: 2019-05-02, until: 2019-05-01}}]}",
            ["6:49 D216 since=2019-05-02 until=2019-05-01"],
        ),
        ("select: {since: 2019-03, until: 2019}", []),
        ("select: {since: 2019, until: 2019-03}", []),
    ],
)
def test_faults_at_their_places(lines: str, expected: list[str]) -> None:
    assert section(lines)[1] == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # D213, of a query
        ("select: {theme: [[cls]]}", ["6:22 D134"]),
        ("select: {issued: 20}", ["6:22 D123"]),
        ("select: {issued: 2023..2018}", ["6:22 D124"]),
        ("select: {has: [dio, zut]}", ["6:20 D113", "6:25 D113"]),
        ("select: {sinse: 2030, until: 1900}", ["6:14 D109"]),
        ("select: {any: [{theme: cls, since: [a]}, {theme: clms}]}", ["6:40 D134", "6:54 D209"]),
        ("select: {theme: clms}", ["6:21 D209"]),
        ("select: {until: 1900}", ["6:13 D213"]),
        # D203, of a section
        ("select: cls", ["6:13 D106"]),
        ("selct: {theme: cls}", ["6:5 D109"]),
        ("references: {a: b}", ["6:17 D106"]),
        ("sections: [Dedans]", ["6:16 D106"]),
        ("intro: []", ["6:12 D106"]),
        ("sort: [titel]", ["5:12 D203", "6:12 D122"]),
        ("zut: {theme: cls}", ["5:12 D203", "6:5 D108"]),
    ],
)
def test_what_could_not_be_read_is_told_once(lines: str, expected: list[str]) -> None:
    assert codes(indented(lines)) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("sections: Partie", ["4:11 D106"]),
        ("sections: [Partie]", ["4:12 D106"]),
        ("sitography: Sites", ["4:13 D106"]),
        ("sectoins: [{title: A, references: page}]", ["4:1 D109"]),
        ("style: [cres]", ["1:1 D206", "4:8 D134"]),
    ],
)
def test_parts_that_could_not_be_read_are_told_once(body: str, expected: list[str]) -> None:
    assert codes(body) == expected


def codes(body: str) -> list[str]:
    """The places and codes of everything wrong with a spec, in its words and in what they select."""
    loaded = load_dossier(HEAD + body, "dossiers/essai.yaml", "essai")
    assert loaded.value
    selected = select(LIBRARY, loaded.value, THEMES)
    faults = in_order((*loaded.diagnostics, *selected.diagnostics))
    return [f"{each.span.line}:{each.span.column} {each.code}" for each in faults if each.span]


def test_the_themes_of_the_dossier_exist() -> None:
    assert fill("themes: [cls, clms]\nsections:\n  - {title: A, references: page}\n")[1] == [
        "4:15 D209 theme=clms suggestion=cls"
    ]


def test_a_section_with_words_alone_is_not_empty() -> None:
    for line in ("intro: Bonjour", "items: [{title: Appel}]", "agenda: [{title: Journée, date: 2023}]", "links: []"):
        expected = ["5:12 D203 section=Partie"] if line == "links: []" else []
        assert section(line)[1] == expected
