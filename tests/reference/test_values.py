"""The values of the model: what each text is read as, and what is refused."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from notation import value_shown

from biblio.reference.date import Date, DatePoint, date_order, edtf, parse_date
from biblio.reference.fields import BY_BIBLATEX, FIELDS, STEERING
from biblio.reference.languages import language_tag
from biblio.reference.link import DocumentLink, is_safe, parse_link
from biblio.reference.name import Name, Names
from biblio.reference.numbering import parse_numbering
from biblio.reference.pages import parse_extent, parse_pages
from biblio.reference.provenance import parse_provenance
from biblio.reference.types import ENTRY_TYPES, Pattern, entry_type
from biblio.words.tables import terms

DATES = {
    "2019": Date(DatePoint(2019)),
    "2019-03": Date(DatePoint(2019, 3)),
    "2019-03-15": Date(DatePoint(2019, 3, 15)),
    " 2019-03 ": Date(DatePoint(2019, 3)),
    "2020-02-29": Date(DatePoint(2020, 2, 29)),
    "2019-22": Date(DatePoint(2019, 22)),
    "199X": Date(DatePoint(1990, unspecified=1)),
    "19XX": Date(DatePoint(1900, unspecified=2)),
    "2019-XX": Date(DatePoint(2019)),
    "2019-XX-12": Date(DatePoint(2019, 0, 12)),
    "2019?": Date(DatePoint(2019, uncertain=True)),
    "2019-03~": Date(DatePoint(2019, 3, approximate=True)),
    "2019%": Date(DatePoint(2019, uncertain=True, approximate=True)),
    "-0044": Date(DatePoint(-44)),
    "0000": Date(DatePoint(0)),
    "Y17000": Date(DatePoint(17000)),
    "Y-17000": Date(DatePoint(-17000)),
    "0000-02-29": Date(DatePoint(0, 2, 29)),
    "2018/2020": Date(DatePoint(2018), DatePoint(2020)),
    "2019-11-20/2019-11-23": Date(DatePoint(2019, 11, 20), DatePoint(2019, 11, 23)),
    "2019/..": Date(DatePoint(2019), open_end=True),
    "2019/": Date(DatePoint(2019), open_end=True),
    "../2019-05": Date(None, DatePoint(2019, 5), open_start=True),
}
NO_DATES = [
    *["", "hier", "19", "2019-3", "2019-13", "2019-00", "2019-02-29", "2019-02-30", "2019-04-31", "2100-02-29"],
    *["2019-21-01", "2019-XX-32", "2019-03-15/16", "/", "..", "../..", "2019//2020", "2019/03/15", "15/03/2019"],
    *["mars 2019", "[2019]", "2019 2020", "Y1700", "17000"],
]


@pytest.mark.parametrize(("typed", "date"), DATES.items())
def test_a_date_is_read(typed: str, date: Date) -> None:
    assert parse_date(typed) == date


@pytest.mark.parametrize("typed", NO_DATES)
def test_what_is_no_date_is_refused(typed: str) -> None:
    assert parse_date(typed) is None


POINTS = st.builds(
    DatePoint,
    st.integers(-99999, 99999),
    st.integers(0, 12) | st.integers(21, 24),
    uncertain=st.booleans(),
    approximate=st.booleans(),
)


@given(
    st.builds(Date, POINTS)
    | st.builds(Date, POINTS, POINTS).filter(lambda date: date.start != date.end)  # which is read as one day
    | POINTS.map(lambda point: Date(point, open_end=True))
    | POINTS.map(lambda point: Date(None, point, open_start=True))
)
def test_a_date_written_is_read_back(date: Date) -> None:
    assert parse_date(edtf(date)) == date


def test_a_literal_date_is_written_as_it_is() -> None:
    assert edtf(Date(literal="[vers 2019]")) == "[vers 2019]"


def test_dates_in_the_order_of_time() -> None:
    typed = ["-0044", "0000", "../1999", "199X-01", "2018", "2018/2020", "2019", "2019-03", "2019-03-15", "2019-12"]
    keys = [date_order(parse_date(each)) for each in typed]
    assert date_order(None) < keys[0]
    assert all(before <= after for before, after in pairwise(sorted(keys)))
    # 199X stands for 1990, ../1999 for its only end.
    assert [typed[index] for index in sorted(range(len(typed)), key=keys.__getitem__)][2:4] == ["199X-01", "../1999"]


PAGES = {
    "503 à 518": "503–518",
    "665--86": "665–686",
    "169-1-169-5": "169-1–169-5",
    "135-147": "135–147",
    "135--147": "135–147",
    "135–147": "135–147",
    "277- 295": "277–295",
    "12": "12",
    "p. 12": "12",
    "P. 12": "12",
    "pp.81-115": "81–115",
    "p12": "12",
    "P12-P15": "P12–P15",
    "p. 12-p. 15": "12–15",
    "PMC123": "PMC123",
    "12-": "12+",
    "12--": "12+",
    "12 ff.": "12 ff.",
    "pp 3-4": "3–4",
    "e1-e5": "e1–e5",
    "S1-S15": "S1–S15",
    "xii-xv": "xii–xv",
    "12-15, 18": "12–15, 18",
    "12-15; 20-22": "12–15, 20–22",
    "fol. 12v": "f. 12v",
    "f. 12r-13v": "f. 12r–13v",
    "f. 12r-f. 13v": "f. 12r–13v",
    "ff. 3-5, 8": "f. 3–5, f. 8",
    "f° 12 v°": "f. 12v",
    "Folio 12": "f. 12",
    "fol.12": "f. 12",
    "F12": "F12",
    "f12": "f12",
    "pl. III": "pl. III",
    "Planches III--V": "pl. III–V",
    "12-15, pl. III et V, p. 18": "12–15, pl. III, pl. V, 18",
    "passim": "passim",
    "préface": "préface",
    "np": "np",
    "N.P.": "np",
    "n. p.": "np",
    "s. p.": "np",
    "Non paginé": "np",
}


@pytest.mark.parametrize(("typed", "pages"), PAGES.items())
def test_pages_are_read(typed: str, pages: str) -> None:
    assert value_shown(parse_pages(typed)) == pages


@pytest.mark.parametrize("typed", PAGES)
def test_pages_written_are_read_back(typed: str) -> None:
    pages = parse_pages(typed)
    assert parse_pages(str(pages)) == pages


@pytest.mark.parametrize("typed", ["", "-", "p.", "-12", "12 p. 13", "12-15,", "12-pl. III", "un peu partout", ","])
def test_what_is_no_pages_is_refused(typed: str) -> None:
    assert parse_pages(typed) is None


@pytest.mark.parametrize(
    ("typed", "extent"),
    [("132", "132"), ("132 p.", "132"), ("132p", "132"), ("132 pages", "132"), ("XII-132", "XII-132"), ("np", "np")],
)
def test_an_extent_is_read(typed: str, extent: str) -> None:
    assert value_shown(parse_extent(typed)) == extent


@pytest.mark.parametrize("typed", ["", "2 vol.", "p. 12", "beaucoup", "132-", "12 p. 13"])
def test_what_is_no_extent_is_refused(typed: str) -> None:
    assert parse_extent(typed) is None


NUMBERS = {
    "18": "18",
    "tome 144": "(tome) + 144",
    "Tome 144": "(Tome) + 144",
    "tome 144 n° 11": "(tome) + 144 n° 11",
    "t. IV": "(t.) + IV",
    "vol. 3": "(vol.) + 3",
    "n° 5": "(n°) + 5",
    "n°5": "(n°) + 5",
    "no. 1 suppl.": "(no.) + 1 + suppl.",
    "1, suppl. 2": "1 + suppl. 2",
    "1 supplément": "1 + supplément",
    "12-13": "12-13",
    "Hors série": "Hors série",
    "cahier 2": "(cahier) + 2",
    "volumes 1-2": "(volumes) + 1-2",
    "numéros 3-4": "(numéros) + 3-4",
    "tomette": "tomette",
    "vol.3": "(vol.) + 3",
    "volume3": "(volume) + 3",
    "": "",
}


@pytest.mark.parametrize(("typed", "number"), NUMBERS.items())
def test_a_number_is_read_with_its_label_and_its_supplement(typed: str, number: str) -> None:
    assert value_shown(parse_numbering(typed)) == number


LINKS = {
    "<https://a.example/>": DocumentLink("https://a.example/"),
    "https://a.example/?b=1": DocumentLink("https://a.example/?b=1"),
    "https://a.example/b.pdf (pdf)": DocumentLink("https://a.example/b.pdf", format="pdf"),
    "Le guide": DocumentLink(label="Le guide"),
    "Le   guide ": DocumentLink(label="Le guide"),
    "Le guide (pdf)": DocumentLink(label="Le guide", format="pdf"),
    "Le guide (2e édition)": DocumentLink(label="Le guide (2e édition)"),
    "Le guide (2e édition) (pdf)": DocumentLink(label="Le guide (2e édition)", format="pdf"),
    "Le guide (PDF, 1,67 Mo)": DocumentLink(label="Le guide", format="pdf", size="1,67 Mo"),
    "Le guide <https://a.example/b> (pdf, 1.2 MB)": DocumentLink("https://a.example/b", "Le guide", "pdf", "1.2 MB"),
    "Le guide<https://a.example/b>(docx)": DocumentLink("https://a.example/b", "Le guide", "docx"),
    "<https://a.example/b> (résumé)": DocumentLink("https://a.example/b", abstract_only=True),
    "Le guide <https://a.example/b> (pdf, résumé)": DocumentLink(
        "https://a.example/b", "Le guide", "pdf", abstract_only=True
    ),
    "Le guide (essai) <https://a.example/b>": DocumentLink("https://a.example/b", "Le guide (essai)"),
    "Page <javascript:alert(1)>": DocumentLink("javascript:alert(1)", "Page"),
    "www.a.example": DocumentLink(label="www.a.example"),
}


@pytest.mark.parametrize(("typed", "link"), LINKS.items())
def test_a_link_is_read(typed: str, link: DocumentLink) -> None:
    assert parse_link(typed) == link


@pytest.mark.parametrize(
    "typed",
    [
        *["", "  ", "(pdf)", "Page <>", "Page <a b>", "Page <https://a.example> suite", "<a> <b>", "a > b", "Page <a"],
        "Page <https://a.example> (2e édition)",
    ],
)
def test_what_is_no_link_is_refused(typed: str) -> None:
    assert parse_link(typed) is None


@pytest.mark.parametrize(
    "url",
    ["http://a.example", "https://a.example/é?b=«c»#d", "HTTPS://A.EXAMPLE/", "mailto:contact@a.example"],
)
def test_an_address_that_may_become_a_link(url: str) -> None:
    assert is_safe(url)


@pytest.mark.parametrize(
    "url",
    [
        *["", "a.example", "//a.example", "https:", "https://", "https:/a.example", "ftp://a.example", "file:///etc"],
        *["javascript:alert(1)", "java\tscript:alert(1)", "\x01javascript:alert(1)", "data:text/html,x", "smb://a/b"],
        *[
            "https://a.example/b c",
            "https://a.example/\u202e",
            "https://a.example/\u00a0",
            "https://a\nb",
            "vbscript:x",
        ],
    ],
)
def test_an_address_that_may_not(url: str) -> None:
    assert not is_safe(url)


PROVENANCES = {
    "éditeur": "éditeur",
    "Éditeur": "éditeur",
    "éditeurs": "éditeur",
    "auteur": "auteur",
    "Résumé auteur": "auteur",
    "d'après éditeur": "adapté éditeur",
    "D’après l’auteur": "adapté auteur",
    "résumé d'après auteur": "adapté auteur",
    "extrait éditeur": "extrait éditeur",
    "Extrait résumé auteur": "extrait auteur",
    "extrait du résumé de l'éditeur": "extrait éditeur",
    "extrait résumé d'après auteur": "extrait adapté auteur",
    "documentaliste": "documentaliste",
}


@pytest.mark.parametrize(("typed", "provenance"), PROVENANCES.items())
def test_a_provenance_is_read(typed: str, provenance: str) -> None:
    assert value_shown(parse_provenance(typed)) == provenance


@pytest.mark.parametrize("typed", ["", "editeur", "Wikipédia", "l'éditeur et l'auteur", "résumé"])
def test_what_is_no_provenance_is_refused(typed: str) -> None:
    assert parse_provenance(typed) is None


def test_a_particle_stands_with_the_family_name() -> None:
    assert Name(family="La Fontaine", given="Jean", particle="de").full_family == "de La Fontaine"
    assert Name(family="Bodo").full_family == "Bodo"
    assert not Names((), others=True)


@pytest.mark.parametrize(
    ("typed", "tag"),
    [
        *[("french", "fr"), ("Français", "fr"), ("british", "en-GB"), ("en-US", "en-US"), ("FR", "fr")],
        *[("klingon", ""), ("", ""), ("é", ""), ("  breton ", "br")],
    ],
)
def test_a_language_becomes_its_tag(typed: str, tag: str) -> None:
    assert language_tag(typed) == tag


def test_every_type_has_a_pattern_and_a_printed_label() -> None:
    assert {row.pattern for row in ENTRY_TYPES.values()} == set(Pattern)
    for name, row in ENTRY_TYPES.items():
        assert entry_type(name.upper()) is row
        assert f"type.{row.label}" in terms()
    assert entry_type("brochure").biblatex == "misc"


def test_a_spelling_belongs_to_one_field() -> None:
    spellings = [spelling for field in FIELDS for spelling in field.biblatex]
    assert len(spellings) == len(set(spellings)) == len(BY_BIBLATEX)
    assert not STEERING & BY_BIBLATEX.keys()
