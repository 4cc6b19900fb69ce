"""Why a reference is printed, or not: the values, and the words in both languages."""

from __future__ import annotations

import pytest
from dossier.library import library_of, spec_of
from dossier.material import LIBRARY, THEMES
from notation import faults_shown

from biblio.collection.themes import Themes
from biblio.dossier.select import How
from biblio.dossier.why import Bar, Verdict, lines, why

BODY = """sections:
  - title: Textes
    references:
      - these-2016
  - title: Territoires
    sections:
      - title: CLS et CLSM
        select:
          theme: territoires
          type: [Article, Rapport, Thèse]
        sort: date
        limit: 3
        include: [guide-2020]
        exclude:
          - ars-2018
        pin: [{key: these-2016, at: first}]
        group_by: type
      - title: Reste
        select:
          placed: false
          language: fr
          issued: 2018..2020
          none: {text: guide}
"""


def verdict(citekey: str, body: str = BODY) -> Verdict:
    answered = why(LIBRARY, [spec_of(body)], THEMES, citekey)
    assert answered.diagnostics == ()
    (found,) = answered.value
    assert (found.slug, found.title) == ("cas", "Titre")
    return found


def test_it_is_cut_where_the_style_of_the_dossier_files_it() -> None:
    """Two places for three: « DE GAULLE » comes before Foucault, « GAULLE, Charles de » behind."""
    library = library_of(
        "@book{a, author = {de Gaulle, Charles}, title = {T}}\n@book{b, author = {Foucault, Michel}, title = {U}}\n"
    )
    spec = spec_of("sections:\n  - {title: Un, select: {type: Ouvrage}, sort: author, limit: 1}\n")
    for demoting, standing in (((), "a"), ({"cas"}, "b")):
        stands = {key: why(library, [spec], Themes(), key, demoting).value[0].stands for key in ("a", "b")}
        assert [key for key, found in stands.items() if found] == [standing]


def in_words(citekey: str, lang: str) -> list[str]:
    return list(lines([verdict(citekey)], lang))


def test_where_it_stands_whole_and_where_it_is_pointed_to() -> None:
    first, second = verdict("these-2016").stands
    assert (first.path, first.how, first.span.line, first.full, first.pin) == (("Textes",), How.LISTED, 7, True, None)
    assert (second.path, second.how, second.full) == (("Territoires", "CLS et CLSM"), How.SELECTED, False)
    assert (second.span.line, second.pin and second.pin.line) == (12, 19)


def test_a_group_is_part_of_the_way() -> None:
    (stand,) = verdict("guide-2020").stands
    assert (stand.path, stand.how, stand.span.line) == (
        ("Territoires", "CLS et CLSM", "Guide"),
        How.INCLUDED,
        16,
    )


@pytest.mark.parametrize(
    ("citekey", "expected"),
    [
        ("ars-2018", (Bar.EXCLUDED, 18, "", "", "")),
        ("page", (Bar.REFUSED, 12, "theme", "territoires", "")),
        ("ancien-1998", (Bar.REFUSED, 12, "theme", "territoires", "environnement")),
    ],
)
def test_what_keeps_it_out_of_the_first_query(citekey: str, expected: tuple[Bar, int, str, str, str]) -> None:
    absence = verdict(citekey).absences[0]
    assert absence.path == ("Territoires", "CLS et CLSM")
    assert (absence.bar, absence.span.line, absence.condition, absence.wanted, absence.has) == expected


def test_what_the_limit_cuts_has_a_rank() -> None:
    body = "sections:\n  - title: Une\n    select: {theme: territoires}\n    sort: date\n    limit: 1\n"
    (absence,) = verdict("harpet-2019", body).absences
    assert (absence.bar, absence.limit, absence.rank, absence.span.line) == (Bar.CUT, 1, 3, 8)


def test_the_first_condition_as_typed_is_the_one_that_is_told() -> None:
    second = [verdict(citekey).absences[-1] for citekey in ("these-2016", "page", "saison-2021", "guide-2020")]
    told = [(each.condition, each.wanted, each.has) for each in second[:3]]
    assert told == [
        ("placed", "false", ""),
        ("language", "fr", ""),
        ("issued", "2018..2020", "2021-21"),
    ]
    body = "sections:\n  - title: Une\n    select: {all: [{language: fr}, {author: [Harpet, Bodo]}]}\n"
    (absence,) = verdict("guide-2020", body).absences
    assert (absence.condition, absence.wanted, absence.has) == ("author", "Harpet, Bodo", "Françoise Jabot")
    body = "sections:\n  - title: Une\n    select: {none: [{language: fr, type: Guide}, {text: zut}]}\n"
    (absence,) = verdict("guide-2020", body).absences
    assert (absence.condition, absence.wanted) == ("none", "language: fr, type: Guide | text: zut")


def test_in_french_words() -> None:
    assert in_words("these-2016", "fr") == [
        "cas : Titre",
        "  dans « Textes » : donnée par sa clé (dossiers/cas.yaml:7)",
        (
            "  dans « Territoires > CLS et CLSM » : trouvée par la sélection (dossiers/cas.yaml:12)"
            " ; un renvoi, elle est entière plus haut ; épinglée (dossiers/cas.yaml:19)"
        ),
        "  pas dans « Territoires > Reste » : la condition « placed: false » l'écarte (dossiers/cas.yaml:23)",
    ]
    assert in_words("ars-2018", "fr") == [
        "cas : Titre",
        "  dans « Territoires > Reste » : trouvée par la sélection (dossiers/cas.yaml:23)",
        "  pas dans « Territoires > CLS et CLSM » : exclue (dossiers/cas.yaml:18)",
    ]


def test_in_english_words() -> None:
    assert in_words("ancien-1998", "en") == [
        "cas: Titre",
        (
            "  not in “Territoires > CLS et CLSM”: the condition “theme: territoires” refuses it"
            " (dossiers/cas.yaml:12); it has “environnement”"
        ),
        "  not in “Territoires > Reste”: the condition “language: fr” refuses it (dossiers/cas.yaml:24)",
    ]


def test_nowhere_at_all() -> None:
    alone = verdict("page", "sections:\n  - {title: Une, references: these-2016}\n")
    assert (alone.stands, alone.absences) == ((), ())
    assert list(lines([alone], "fr"))[1] == "  nulle part : aucune section ne la donne, aucune sélection ne la cherche"
    assert list(lines([alone], "en"))[1] == "  nowhere: no section gives it, and no query looks for it"


@pytest.mark.parametrize(
    ("citekey", "expected"),
    [("harpet-2018", "D207 key=harpet-2018 suggestion=harpet-2019"), ("zut", "D201 key=zut")],
)
def test_an_unknown_key_is_a_fault(citekey: str, expected: str) -> None:
    answered = why(LIBRARY, [spec_of(BODY)], THEMES, citekey)
    assert answered.value == ()
    assert faults_shown(answered.diagnostics) == [expected]


def test_every_dossier_answers() -> None:
    other = spec_of("sections:\n  - {title: Une, references: page}\n")
    answered = why(LIBRARY, [spec_of(BODY), other], THEMES, "page").value
    assert [len(each.stands) for each in answered] == [0, 1]
