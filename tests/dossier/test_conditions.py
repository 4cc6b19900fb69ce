"""What each condition of a query finds."""

from __future__ import annotations

import pytest
from dossier.library import library_of, spec_of
from dossier.material import LIBRARY, found

from biblio.collection.themes import Themes
from biblio.dossier.conditions import days_between
from biblio.dossier.select import select
from biblio.reference.date import parse_date

EVERYTHING = set(LIBRARY.citekeys)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        # themes: with those inside them; keywords: alone, whatever their case
        ("{theme: territoires}", "harpet-2019 ars-2018 these-2016"),
        ("{theme: mentale}", "ars-2018 these-2016"),
        ("{theme: clsm}", "ars-2018"),
        ("{theme: [cls, outils]}", "harpet-2019 guide-2020"),
        ("{theme: environnement}", "harpet-2019 ancien-1998"),
        ("{keyword: mentale}", "these-2016"),
        ("{keyword: [clsm, Outils]}", "ars-2018 guide-2020"),
        # types: of the file, their other names, the printed labels
        ("{type: report}", "ars-2018 guide-2020 ancien-1998"),
        ("{type: techreport}", "ancien-1998"),
        ("{type: Rapport}", "ars-2018 ancien-1998"),
        ("{type: guide}", "guide-2020"),
        ("{type: [these, Web page]}", "these-2016 page"),
        # languages
        ("{language: fr}", "harpet-2019 ars-2018 guide-2020 saison-2021 ouvert-2022"),
        ("{language: french}", "harpet-2019 ars-2018 guide-2020 saison-2021 ouvert-2022"),
        ("{language: anglais}", "these-2016"),
        ("{language: fr-CA}", "ars-2018 ouvert-2022"),
        ("{language: [en, FR-ca]}", "these-2016 ars-2018 ouvert-2022"),
        # for whom, and where
        ("{audience: elus}", "harpet-2019 ars-2018"),
        ("{audience: professionnels}", "harpet-2019"),
        ("{territory: [vaucluse, Var]}", "ars-2018"),
        # names: all the words in one name
        ("{author: Jabot}", "guide-2020"),
        ("{author: le bodo}", "harpet-2019"),
        ("{author: Cyrille Bodo}", ""),
        ("{author: provence}", "ars-2018"),
        ("{author: prov}", ""),
        ("{publisher: cres}", "ars-2018 page"),
        ("{publisher: ehesp presses}", "guide-2020"),
        ("{journal: sante}", "harpet-2019 saison-2021"),
        ("{journal: sante publique}", "saison-2021"),
        # words: their beginnings, without accents, case, ligatures and apostrophes
        ("{title: contrat local}", ""),
        ("{title: contrat loc}", "harpet-2019"),
        ("{title: oeuvre}", "ars-2018"),
        ("{title: uvre}", ""),
        ("{title: L'ŒUVRE}", "ars-2018"),
        ("{title: methode}", "guide-2020"),
        ("{title: [ancien, saison]}", "ancien-1998 saison-2021"),
        ("{text: inegalites}", "guide-2020"),
        ("{text: INÉGALITÉS coeur d'action}", "guide-2020"),
        ("{text: inégalités harpet}", ""),
        ("{text: l'été}", "guide-2020"),
        ("{text: jabot}", "guide-2020"),
        ("{text: equity}", "these-2016"),
        ("{text: [equity, remarque]}", "these-2016 sans-date-lue"),
        # dates: the days that a date may stand for
        ("{issued: 2018..2020}", "harpet-2019 ars-2018 guide-2020"),
        ("{issued: 2019}", "harpet-2019"),
        ("{issued: 2019-03}", "harpet-2019"),
        ("{issued: 2019-04..}", "guide-2020 saison-2021 ouvert-2022"),
        ("{issued: 2020-01-15}", "guide-2020"),
        ("{issued: 2020-01-16..2020-12-31}", ""),
        ("{issued: ..2015-01-01}", "these-2016 ancien-1998"),
        ("{issued: 1999}", "ancien-1998"),
        ("{issued: 2000}", ""),
        ("{issued: 2016-06}", "these-2016"),
        ("{issued: 2030}", "ouvert-2022"),
        ("{issued: 2021-04}", "saison-2021"),
        ("{issued: 2021-12}", ""),
        ("{issued: [2016, 2021]}", "these-2016 saison-2021"),
        ("{since: 2020-01-15}", "guide-2020 saison-2021 ouvert-2022"),
        ("{since: 2020-01-16}", "saison-2021 ouvert-2022"),
        ("{until: 2018}", "ars-2018 these-2016 ancien-1998"),
        ("{until: 2017-12-31}", "these-2016 ancien-1998"),
        ("{since: 2018, until: 2019}", "harpet-2019 ars-2018"),
        ("{added: 2019-06..}", "harpet-2019 ars-2018"),
        ("{added: 2020}", "ars-2018"),
        # what is there
        ("{open_access: true}", "ars-2018 guide-2020"),
        ("{open_access: false}", "harpet-2019"),
        ("{has: doi}", "harpet-2019"),
        ("{has: [doi, annotation]}", "harpet-2019 guide-2020"),
        ("{has: url, lacks: keywords}", "page"),
        ("{lacks: title}", ""),
        # keys
        ("{key: ARS-*}", "ars-2018"),
        ("{key: ['*-202?', page]}", "guide-2020 saison-2021 ouvert-2022 page"),
        ("{key: '*[09]'}", "guide-2020 harpet-2019"),
        # queries of queries
        ("{any: [{theme: cls}, {type: thesis}]}", "harpet-2019 these-2016"),
        ("{any: {theme: cls}}", "harpet-2019"),
        ("{all: [{keyword: cls}, {keyword: environnement}]}", "harpet-2019"),
        ("{theme: territoires, none: {language: fr}}", "these-2016"),
        ("{theme: territoires, none: [{language: en}, {has: doi}]}", "ars-2018"),
        ("{none: {any: [{has: date}, {has: url}]}}", "sans-date-lue"),
        ("{theme: territoires, type: [report, article], language: fr, issued: 2018.., open_access: true}", "ars-2018"),
        # placed further up: nothing is, in the first section
        ("{placed: true}", ""),
        ("{placed: false, theme: cls}", "harpet-2019"),
    ],
)
def test_a_query_finds(query: str, expected: str) -> None:
    assert found(query) == set(expected.split())


@pytest.mark.parametrize(
    "condition",
    [
        *("theme: cls", "keyword: cls", "audience: elus", "territory: Marseille", "language: fr", "author: Harpet"),
        *("publisher: CRES", "journal: sante", "issued: 2019", "since: 1000"),
        *("until: 2030", "added: ..2030", "open_access: true", "open_access: false", "has: doi"),
    ],
)
def test_a_condition_on_what_is_not_there_is_false_and_true_under_none(condition: str) -> None:
    assert "sans-date-lue" not in found(f"{{{condition}}}")
    assert "sans-date-lue" in found(f"{{none: {{{condition}}}}}")


def test_an_empty_query_finds_everything() -> None:
    assert found("{}") == EVERYTHING


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("2019", (2019, 1, 1), (2019, 12, 31)),
        ("2019-02", (2019, 2, 1), (2019, 2, 31)),
        ("2019-02-28", (2019, 2, 28), (2019, 2, 28)),
        ("2018/2020-05", (2018, 1, 1), (2020, 5, 31)),
        ("201X", (2010, 1, 1), (2019, 12, 31)),
        ("20XX", (2000, 1, 1), (2099, 12, 31)),
        ("2021-23", (2021, 9, 1), (2021, 12, 31)),
        ("2021-24", (2021, 1, 1), (2021, 12, 31)),
        ("2019~", (2019, 1, 1), (2019, 12, 31)),
    ],
)
def test_a_date_stands_for_days(date: str, first: tuple[int, int, int], last: tuple[int, int, int]) -> None:
    parsed = parse_date(date)
    assert parsed is not None
    assert days_between(parsed) == (first, last)


def test_an_open_side_has_no_end() -> None:
    for date, before, after in (("2019/..", "2018", "9999"), ("../2019", "2020", "0001")):
        parsed, out, inside = parse_date(date), parse_date(before), parse_date(after)
        assert parsed
        assert out
        assert inside
        mine, other, far = days_between(parsed), days_between(out), days_between(inside)
        assert mine
        assert other
        assert far
        assert not (mine[0] <= other[1] and other[0] <= mine[1])
        assert mine[0] <= far[1]
        assert far[0] <= mine[1]


def test_a_pattern_of_keys_finds_former_ones_too() -> None:
    library = library_of(
        "@book{neuf, title = {T}, ids = {vieux-1, Ancien}}\n@book{autre, title = {U}}\n@book{vieux-2, title = {V}}\n"
    )
    for pattern, keys in (("vieux-*", ["neuf", "vieux-2"]), ("anc?en", ["neuf"]), ("n*", ["neuf"]), ("vieux", [])):
        spec = spec_of(f'sections:\n  - title: Un\n    select: {{key: "{pattern}"}}\n')
        assert [each.citekey for each in select(library, spec, Themes()).value.references] == keys
