"""The CSL-JSON writer: items have the shape that the schema of CSL 1.0.2 asks for, and say what the source says."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from formats.samples import house, one
from hypothesis import given
from hypothesis import strategies as st

from biblio.formats.bibtex.reader import read_bibtex
from biblio.formats.csl_items import read_csl_json
from biblio.formats.csl_json import write_csl_json
from biblio.formats.ris import write_ris
from biblio.reference.date import Date, DatePoint
from biblio.reference.fields import FIELDS, Field
from biblio.reference.name import Name, Names
from biblio.reference.reference import Reference
from biblio.reference.types import ENTRY_TYPES
from biblio.text.inline import Emph, Lang, Link, Quoted, SmallCaps, Strong, Sub, Sup, Text, Verbatim, plain

TYPES = frozenset(
    "article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset "
    "document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation "
    "manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical "
    "personal_communication post post-weblog regulation report review review-book software song speech standard thesis "
    "treaty webpage".split(),
)
# The variables of the schema ``csl-data.json``, which closes its list: texts and numbers, names, dates.
TEXTS = frozenset(
    "id type citation-key language journalAbbreviation shortTitle abstract annote archive archive_collection "
    "archive_location archive-place authority call-number chapter-number citation-number citation-label "
    "collection-number collection-title container-title container-title-short dimensions division DOI edition event "
    "event-title event-place first-reference-note-number genre ISBN ISSN issue jurisdiction keyword locator medium "
    "note number number-of-pages number-of-volumes original-publisher original-publisher-place original-title page "
    "page-first part part-title PMCID PMID printing publisher publisher-place references reviewed-genre reviewed-title "
    "scale section source status supplement title title-short URL version volume volume-title volume-title-short "
    "year-suffix".split(),
)
NAMES = frozenset(
    "author chair collection-editor compiler composer container-author contributor curator director editor "
    "editorial-director executive-producer guest host interviewer illustrator narrator organizer original-author "
    "performer producer recipient reviewed-author script-writer series-creator translator".split(),
)
DATES = frozenset("accessed available-date event-date issued original-date submitted".split())
NAME_PARTS = frozenset({"family", "given", "dropping-particle", "non-dropping-particle", "suffix", "literal"})


def refuse(constant: str) -> None:
    raise AssertionError(f"{constant} is not JSON")


def items(*references: Reference) -> list[dict[str, Any]]:
    found = json.loads(write_csl_json(references), parse_constant=refuse)
    assert isinstance(found, list)
    return found


def item(source: str) -> dict[str, Any]:
    (found,) = items(one(source))
    return found


def assert_shape(found: dict[str, Any]) -> None:
    """What the schema says of an item, in as much as the writer fills it."""
    assert found["id"]
    assert found["type"] in TYPES
    assert set(found) <= TEXTS | NAMES | DATES | {"custom"}
    for name in TEXTS & set(found):
        assert isinstance(found[name], str), name
        assert found[name], name
    for name in NAMES & set(found):
        assert found[name]
        for person in found[name]:
            assert person
            assert set(person) <= NAME_PARTS
            assert all(isinstance(part, str) and part for part in person.values())
    for name in DATES & set(found):
        assert_date(found[name])


def assert_date(found: dict[str, Any]) -> None:
    assert set(found) <= {"date-parts", "season", "circa", "literal"}
    assert ("date-parts" in found) != ("literal" in found)
    parts = found.get("date-parts", [[1]])
    assert 1 <= len(parts) <= 2
    assert all(1 <= len(point) <= 3 and all(type(part) is int for part in point) for point in parts)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.variable)
def test_every_field_alone_gives_an_item_of_the_schema(field: Field) -> None:
    for entry_type in ENTRY_TYPES:
        assert_shape(item(f"@{entry_type}{{k, title = {{T}}, {field.biblatex[0]} = {{2001-21}}}}"))


def test_nothing_written_is_an_empty_array() -> None:
    assert write_csl_json([]) == "[]\n"


def test_the_house_has_the_shape_of_the_schema() -> None:
    found = items(*house())
    assert [entry["id"] for entry in found] == [reference.citekey for reference in house()]
    for entry in found:
        assert_shape(entry)


def test_the_house_says_the_same() -> None:
    for entry, reference in zip(items(*house()), house(), strict=True):
        # A volume is in CSL under the title of the whole.
        own = "volume-title" if reference.main_title else "title"
        assert entry.get(own, "") == plain(reference.title)
        assert entry.get("container-title", "") == plain(reference.container_title)
        people = [name.get("family") or name["literal"] for name in entry.get("author", [])]
        expected = [name.family or name.literal for name in reference.author.people]
        assert people == expected + ["others"] * reference.author.others


def test_the_form_of_the_file() -> None:
    written = write_csl_json([one("@book{k, title = {Été}, isbn = {978-2}, author = {Doe, J.}}")])
    assert (
        written
        == """\
[
  {
    "ISBN": "978-2",
    "author": [
      {
        "family": "Doe",
        "given": "J."
      }
    ],
    "id": "k",
    "title": "Été",
    "type": "book"
  }
]
"""
    )


@pytest.mark.parametrize("entry_type", ENTRY_TYPES)
def test_every_type_is_one_of_csl(entry_type: str) -> None:
    assert item(f"@{entry_type}{{k, title = {{T}}}}")["type"] in TYPES


def test_parts_of_names() -> None:
    found = item("@book{k, author = {de La Fontaine, Jr, Jean and {CRES, Paca} and others}, editor = {Doe, J.}}")
    assert found["author"] == [
        {"family": "La Fontaine", "given": "Jean", "dropping-particle": "de", "suffix": "Jr"},
        {"literal": "CRES, Paca"},
        {"literal": "others"},
    ]
    assert found["editor"] == [{"family": "Doe", "given": "J."}]


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("d'Ormesson, Jean", {"family": "Ormesson", "given": "Jean", "dropping-particle": "d'"}),
        ("du Bellay, Joachim", {"family": "Bellay", "given": "Joachim", "non-dropping-particle": "du"}),
        (
            "de la Fontaine, Jean",
            {"family": "Fontaine", "given": "Jean", "dropping-particle": "de", "non-dropping-particle": "la"},
        ),
        ("Maupassant, Guy de", {"family": "Maupassant", "given": "Guy", "dropping-particle": "de"}),
    ],
)
def test_the_particle_that_falls_is_the_one_that_csl_drops(typed: str, parts: dict[str, str]) -> None:
    assert item(f"@book{{k, author = {{{typed}}}}}")["author"] == [parts]


def test_an_empty_name_is_left_out() -> None:
    (found,) = items(replace(one("@book{k,}"), author=Names((Name(), Name(literal="CRES")))))
    assert found["author"] == [{"literal": "CRES"}]


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2019", {"date-parts": [[2019]]}),
        ("2019-03-15", {"date-parts": [[2019, 3, 15]]}),
        ("2018-12/2020-01-02", {"date-parts": [[2018, 12], [2020, 1, 2]]}),
        ("2019-22", {"date-parts": [[2019]], "season": 2}),
        ("2019~", {"date-parts": [[2019]], "circa": True}),
        ("2018/2019?", {"date-parts": [[2018], [2019]], "circa": True}),
        ("0000", {"date-parts": [[-1]]}),
        ("-0043-03", {"date-parts": [[-44, 3]]}),
        ("2019/..", {"literal": "2019/.."}),
        ("../2019", {"literal": "../2019"}),
        ("199X", {"literal": "199X"}),
        ("2019-XX-12", {"literal": "2019-XX-12"}),
        ("2019-21/2019-23", {"literal": "2019-21/2019-23"}),
    ],
)
def test_dates(date: str, expected: dict[str, object]) -> None:
    found = item(f"@book{{k, date = {{{date}}}, urldate = {{{date}}}, eventdate = {{{date}}}}}")
    assert found["issued"] == found["accessed"] == found["event-date"] == expected
    assert_date(expected)


def test_a_date_that_cannot_be_read_is_a_literal() -> None:
    assert item("@book{k, date = {vers <i>1990}}")["issued"] == {"literal": "vers &lt;i>1990"}


def test_rich_text_in_the_tags_of_csl() -> None:
    title = (
        Text("R & D : "),
        Emph((Text("a"), Strong((Text("b"),)))),
        Sup((Text("e"),)),
        Sub((Text("2"),)),
        SmallCaps((Text("xix"),)),
        Quoted((Text("cité"),)),
        Lang("en", (Text("in"),)),
        Link("https://a.example", (Verbatim("ici"),)),
    )
    (found,) = items(replace(one("@book{k,}"), title=title))
    assert found["title"] == (
        'R & D : <i>a<b>b</b></i><sup>e</sup><sub>2</sub><span style="font-variant:small-caps;">xix</span>"cité"inici'
    )


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ((Text("a</i>b"),), "a&lt;/i>b"),
        ((Text('<span style="x">'),), '&lt;span style="x">'),
        ((Text("<script>"),), "&lt;script>"),
        ((Text("<"), Verbatim("i>")), "&lt;i>"),
        ((Emph((Text("a</"),)), Text("i>")), "<i>a&lt;/</i>i>"),
        ((Text("p < 0,05 & n > 3"),), "p < 0,05 & n > 3"),
        ((Text('"\\\x00\x07\n\x9f\ud800"'),), '"\\ "'),
    ],
)
def test_text_that_is_no_markup(typed: tuple[Text, ...], printed: str) -> None:
    (found,) = items(replace(one("@book{k,}"), title=typed))
    assert found["title"] == printed


def test_tags_are_no_markup_outside_rich_text_either() -> None:
    found = item("@book{k, author = {{<b>A}}, publisher = {<i>P</i>}, keywords = {<sup>, x}, edition = {<i>}}")
    assert found["author"] == [{"literal": "&lt;b>A"}]
    assert (found["publisher"], found["keyword"], found["edition"]) == ("&lt;i>P&lt;/i>", "&lt;sup>, x", "&lt;i>")


@given(st.text(), st.text(), st.text())
def test_any_text_gives_one_item_of_the_right_shape(text: str, name: str, citekey: str) -> None:
    reference = replace(
        one("@article{k,}"),
        citekey=f"k{citekey}",
        title=(Emph((Text(text),)), Text(name)),
        annotation=((Text(text),), (Text(name),)),
        author=Names((Name(family=name, given=text),)),
        publisher=(text, name),
        url=text,
        doi=name,
        issue=text,
        issued=Date(literal=text) if text else Date(DatePoint(len(name))),
    )
    (found,) = items(reference)
    written = write_csl_json([reference])
    assert written.encode().decode() == written
    assert_shape(found)
    # Every tag is one that the writer put there.
    assert found["title"].count("<i>") == found["title"].count("</i>") == 1


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("@article{k, number = {no. 1 suppl.}}", {"issue": "1 suppl."}),
        ("@article{k, issue = {Hors série}}", {"issue": "Hors série"}),
        ("@article{k, number = {3}, issue = {Été}}", {"issue": "3, Été"}),
        ("@report{k, number = {12}}", {"number": "12"}),
        ("@report{k, number = {12}, series = {S}}", {"number": "12", "collection-title": "S"}),
        ("@legislation{k, number = {0172}}", {"number": "0172"}),
        ("@book{k, number = {12}}", {"number": "12"}),
        ("@book{k, number = {12}, series = {S}}", {"collection-number": "12", "collection-title": "S"}),
        ("@article{k, volume = {tome 144}}", {"volume": "144"}),
    ],
)
def test_numbers(source: str, expected: dict[str, str]) -> None:
    found = item(source)
    assert {name: value for name, value in found.items() if name not in ("id", "type")} == expected


def test_titles_pages_and_places() -> None:
    found = item(
        r"""@incollection{k, title = {Titre}, subtitle = {suite}, booktitle = {Hôte \emph{cité}},
        publisher = {A and B}, location = {Aix and Nice}, pages = {12--15, 18}, chapter = {3}, langid = {french}}""",
    )
    assert found == {
        "id": "k",
        "type": "chapter",
        "title": "Titre : suite",
        "container-title": "Hôte <i>cité</i>",
        "publisher": "A; B",
        "publisher-place": "Aix; Nice",
        "page": "12-15, 18",
        "chapter-number": "3",
        "language": "fr",
    }


def test_folios_and_plates_keep_their_label() -> None:
    assert item("@book{k, pages = {ff. 12r--13v, planche III}}")["page"] == "f. 12r-13v, pl. III"


def test_unknown_pagination_is_left_out() -> None:
    assert item("@book{k, pages = {np}, pagetotal = {np}}") == {"id": "k", "type": "book"}


def test_the_annotation_stands_in_for_the_abstract() -> None:
    assert item("@book{k, annotation = {Un.\n\nDeux.}}")["abstract"] == "Un.\n\nDeux."
    assert item("@report{k, entrysubtype = {resreport}, langid = {french}}")["genre"] == "rapport de recherche"
    both = item("@book{k, annotation = {Un.}, abstract = {Deux.}}")
    assert (both["abstract"], both["annote"]) == ("Deux.", "Un.")


def test_what_csl_lacks_is_custom() -> None:
    found = item(
        """@online{k, paralleltitle = {Title}, updated = {2023-01}, annotationsource = {extrait d'après éditeur},
        links = {
          Cahier <https://a.example/c.pdf> (pdf, 1,67 Mo)
          <https://b.example> (résumé)
          À venir
        }}""",
    )
    assert found["URL"] == "https://a.example/c.pdf"
    assert found["custom"] == {
        "parallel-title": "Title",
        "updated": {"date-parts": [[2023, 1]]},
        "annotation-source": {"source": "éditeur", "extract": True, "adapted": True},
        "links": [
            {"url": "https://a.example/c.pdf", "label": "Cahier", "format": "pdf", "size": "1,67 Mo"},
            {"url": "https://b.example", "abstract-only": True},
            {"label": "À venir"},
        ],
    }


def test_an_unsafe_address_is_kept_but_is_no_link() -> None:
    found = item("@online{k, url = {javascript:alert(1)}, links = {<https://a.example>}}")
    assert found["URL"] == "https://a.example"
    assert found["custom"]["url"] == "javascript:alert(1)"


@pytest.mark.parametrize(
    ("typed", "genre"),
    [
        ("@phdthesis{k}", "PhD thesis"),
        ("@phdthesis{k, langid = {french}}", "thèse de doctorat"),
        ("@mastersthesis{k, langid = {german}}", "master's thesis"),
        ("@techreport{k, langid = {canadien}}", "rapport technique"),
        ("@thesis{k, type = {phdthesis}, langid = {american}}", "PhD thesis"),
        ("@thesis{k, type = {Thèse d'exercice}, langid = {english}}", "Thèse d'exercice"),
        ("@thesis{k}", ""),
        ("@book{k}", ""),
    ],
)
def test_the_kind_of_a_document_is_in_words(typed: str, genre: str) -> None:
    assert item(typed).get("genre", "") == genre


@pytest.mark.parametrize(
    ("typed", "series"),
    [
        ("@article{k, series = {newseries}}", "new series"),
        ("@article{k, series = {3}, langid = {french}}", "3e série"),
        ("@article{k, series = {Mathématiques}, langid = {french}}", "Mathématiques"),
        ("@book{k, series = {3}}", "3"),
    ],
)
def test_the_series_of_a_journal_is_in_words(typed: str, series: str) -> None:
    assert item(typed)["collection-title"] == series


def test_a_key_in_a_title_is_in_the_document_s_language() -> None:
    assert item(r"@book{k, title = {T, \bibstring{newseries}}}")["title"] == "T, new series"
    assert item(r"@book{k, title = {T, \bibstring{newseries}}, langid = {french}}")["title"] == "T, nouvelle série"


def test_the_state_of_a_document_is_in_words() -> None:
    assert item("@article{k, pubstate = {inpress}}")["status"] == "in press"
    assert item("@article{k, pubstate = {inpress}, langid = {french}}")["status"] == "sous presse"
    assert item("@article{k, pubstate = {en relecture}}")["status"] == "en relecture"


def test_the_type_that_the_documentalist_chose_is_the_genre() -> None:
    assert item("@report{k, entrysubtype = {Dossier}}")["genre"] == "Dossier"
    both = item("@report{k, entrysubtype = {Dossier}, type = {Étude}}")
    assert (both["genre"], both["custom"]) == ("Étude", {"label": "Dossier"})


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "@book{k, maintitle = {Œuvres}, mainsubtitle = {complètes}, title = {Contes}, volume = {2}}",
            {"title": "Œuvres : complètes", "volume-title": "Contes", "volume": "2"},
        ),
        ("@mvbook{k, maintitle = {Œuvres}}", {"title": "Œuvres"}),
        (
            """@incollection{k, title = {Le sel}, maintitle = {Grand traité}, booktitle = {Nutrition},
            booksubtitle = {les aliments}, volume = {2}}""",
            {
                "title": "Le sel",
                "container-title": "Grand traité",
                "volume-title": "Nutrition : les aliments",
                "volume": "2",
            },
        ),
        (
            "@incollection{k, title = {Le sel}, booktitle = {Nutrition}, booksubtitle = {les aliments}}",
            {"title": "Le sel", "container-title": "Nutrition : les aliments"},
        ),
        (
            "@article{k, title = {T}, journaltitle = {J}, issuetitle = {Les territoires}}",
            {"title": "T", "container-title": "J", "volume-title": "Les territoires"},
        ),
        (
            "@periodical{k, title = {Santé publique}, issuetitle = {Les territoires}, issuesubtitle = {bilan}}",
            {"title": "Santé publique", "volume-title": "Les territoires : bilan"},
        ),
        (
            "@book{k, title = {T}, part = {3}, license = {CC}}",
            {"title": "T", "part": "3", "custom": {"license": "CC"}},
        ),
    ],
)
def test_the_titles_of_the_whole_and_of_the_volume(source: str, expected: dict[str, object]) -> None:
    found = item(source)
    assert {name: value for name, value in found.items() if name not in ("id", "type")} == expected


@pytest.mark.parametrize(
    ("typed", "language", "parts"),
    [
        ("van Gogh, Vincent", "dutch", {"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"}),
        ("van Gogh, Vincent", "french", {"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"}),
        ("van der Berg, Jan", "", {"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"}),
        ("von Humboldt, Alexander", "", {"family": "Humboldt", "given": "Alexander", "dropping-particle": "von"}),
        ("Dupont de Nemours, Pierre", "", {"family": "Dupont de Nemours", "given": "Pierre"}),
    ],
)
def test_a_particle_that_is_said_with_the_name_alone_is_not_dropped(
    typed: str, language: str, parts: dict[str, str]
) -> None:
    assert item(f"@book{{k, author = {{{typed}}}, langid = {{{language}}}}}")["author"] == [parts]


@pytest.mark.parametrize(
    ("fields", "variables"),
    [
        ("eid = {e1002}", {"page": "e1002"}),
        ("eid = {e1002}, pages = {5-9}", {"page": "5-9"}),
        ("eprint = {2001.01234}, eprinttype = {arxiv}", {"URL": "https://arxiv.org/abs/2001.01234"}),
        ("eprint = {hal-01234567}", {"URL": "https://hal.science/hal-01234567"}),
        ("eprint = {2001.01234}, eprinttype = {arxiv}, doi = {10.1000/182}", {"URL": None}),
        ("eprint = {2001.01234}, eprinttype = {arxiv}, url = {https://a.example/}", {"URL": "https://a.example/"}),
    ],
)
def test_what_few_programs_look_for_in_custom_stands_where_they_look(
    fields: str, variables: dict[str, str | None]
) -> None:
    (reference,) = read_bibtex(f"@article{{a, title = {{T}}, {fields}}}".encode(), "a.bib").value
    written = write_csl_json([reference])
    (item,) = json.loads(written)
    assert {name: item.get(name) for name in variables} == variables
    (again,) = read_csl_json(written.encode(), "a.json").value
    for name in ("page", "article_number", "eprint", "eprint_type", "url", "doi"):
        assert getattr(again, name) == getattr(reference, name), name


@pytest.mark.parametrize(
    ("subtype", "kind", "record"),
    [
        ("newspaper", "article-newspaper", "NEWS"),
        ("Magazine", "article-magazine", "MGZN"),
        ("Éditorial", "article-journal", "JOUR"),
    ],
)
def test_the_press_has_types_of_its_own(subtype: str, kind: str, record: str) -> None:
    source = f"@article{{k, title = {{T}}, journal = {{J}}, entrysubtype = {{{subtype}}}}}".encode()
    references = read_bibtex(source, "a.bib").value
    written = write_csl_json(references)
    (item,) = json.loads(written)
    assert item["type"] == kind
    assert item.get("genre", "") == ("" if kind != "article-journal" else subtype)
    (again,) = read_csl_json(written.encode(), "a.json").value
    assert again.entry_type == "article"
    assert again.label.lower() == (subtype.lower() if kind != "article-journal" else again.label.lower())
    assert write_ris(references).startswith(f"TY  - {record}")
