"""MEDLINE, Web of Science, Ovid, Refer and RefWorks: records of one article each, and what is particular to one."""

from __future__ import annotations

import pytest

from biblio.importing.files import format_of, read_file
from biblio.reference.date import edtf
from biblio.reference.reference import Reference
from biblio.text.inline import plain

MEDLINE = """PMID- 12345678
OWN - NLM
IS  - 1234-5679 (Print)
VI  - 4
IP  - 2
DP  - 2019 Jul-Aug
TI  - Soins a domicile: une revue
      des pratiques.
PG  - 1135-47
LID - 10.1000/a.b [doi]
AB  - Un texte qui commence ici et
      finit la.
FAU - Evrard, Zoe A
AU  - Evrard ZA
FAU - Le Bodo, Yann
AU  - Le Bodo Y
CN  - Groupe Rameau
LA  - fre
PT  - Journal Article
TA  - Rev Soins
JT  - Revue des soins
MH  - *Soins
OT  - domicile, enfant
AID - 10.1000/a.b [doi]
PMC - PMC7654321
SO  - Rev Soins. 2019 Jul-Aug;4(2):1135-47.
"""
WOS = """FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Evrard, ZA
   Le Bodo, Y
AF Evrard, Zoe A.
   Le Bodo, Yann
CA Groupe Rameau
TI Soins a domicile: une revue
   des pratiques.
SO Revue des soins
LA French
DT Article
DE Soins; domicile, enfant
AB Un texte qui commence ici et
   finit la.
SN 1234-5679
J9 REV SOINS
JI Rev. Soins
PD JUL-AUG
PY 2019
VL 4
IS 2
BP 1135
EP 1147
DI 10.1000/a.b
PM 12345678
UT WOS:000000001
ER

EF
"""
OVID = """<1. >
VN  - Ovid Technologies
DB  - Embase
AU  - EVRARD, Zoe A. MD, PhD 1,*
AU  - Le Bodo, Yann [Author; E-mail: y@a.example]
CA  - Groupe Rameau
TI  - Soins a domicile: une revue des pratiques. [Article]
SO  - Revue des soins July/August 2019;4(2):1135-1147
IS  - 1234-5679
LG  - French
AB  - Un texte qui commence ici et
      finit la.
KW  - Soins; domicile, enfant
DI  - 10.1000/a.b
PM  - 12345678
DT  - Article.
"""
REFER = """%0 Journal Article
%A Evrard, Zoe A.
%A Le Bodo, Yann
%Q Groupe Rameau
%T Soins a domicile: une revue des pratiques.
%J Revue des soins
%@ 1234-5679
%V 4
%N 2
%P 1135-1147
%D 2019
%8 July-August
%R 10.1000/a.b
%K Soins
domicile, enfant
%X Un texte qui commence ici et
finit la.
%G French
%+ Rennes
"""
REFWORKS = """RT Journal Article
SR Electronic(1)
ID 12
A1 Evrard,Zoe A.
A1 Le Bodo,Yann
A1 Groupe Rameau
T1 Soins a domicile: une revue
des pratiques.
JF Revue des soins
YR 2019
FD July-August
VO 4
IS 2
SP 1135
OP 1147
K1 Soins
K1 domicile, enfant
AB Un texte qui commence ici et
finit la.
SN 1234-5679
LA French
DO 10.1000/a.b
"""
SAMPLES = {"medline": MEDLINE, "wos": WOS, "ovid": OVID, "refer": REFER, "refworks": REFWORKS}


def read(text: str) -> tuple[Reference, ...]:
    return read_file(text.encode(), "export.txt").value.references


def one(text: str) -> Reference:
    (reference,) = read(text)
    return reference


@pytest.mark.parametrize("turned", ["", "\r\n", "\r"])
@pytest.mark.parametrize("name", SAMPLES)
def test_an_article_is_the_same_in_any_of_them(name: str, turned: str) -> None:
    text = SAMPLES[name].replace("\n", turned) if turned else SAMPLES[name]
    row = format_of(text.encode("utf-8-sig"), "export.txt")
    assert row is not None
    assert row.name == name
    found = read_file(text.encode("utf-8-sig"), "export.txt")
    (article,) = found.value.references
    assert found.diagnostics == ()
    assert article.entry_type == "article"
    names = [each.literal or (each.full_family, each.given.replace(".", "")) for each in article.author.people]
    assert names == [("Evrard", "Zoe A"), ("Le Bodo", "Yann"), "Groupe Rameau"]
    assert plain(article.title).rstrip(".") == "Soins a domicile: une revue des pratiques"
    assert plain(article.journal_title) == "Revue des soins"
    assert article.issued is not None
    assert edtf(article.issued) == "2019-07/2019-08"
    assert (str(article.page), article.doi, article.issn, article.language) == (
        "1135-1147",
        "10.1000/a.b",
        "1234-5679",
        "fr",
    )
    assert article.volume is not None
    assert article.number is not None
    assert (article.volume.value, article.number.value) == ("4", "2")
    assert [plain(each) for each in article.abstract] == ["Un texte qui commence ici et finit la."]
    assert [word.lstrip("*") for word in article.keyword] == ["Soins", "domicile, enfant"]


@pytest.mark.parametrize("name", SAMPLES)
def test_records_follow_each_other(name: str) -> None:
    text = SAMPLES[name].replace("\nEF\n", "\n")
    assert len(read(f"{text}\n{text}\n{text}")) == 3


@pytest.mark.parametrize("name", ["medline", "wos"])
def test_a_number_of_pubmed_is_kept(name: str) -> None:
    assert one(SAMPLES[name]).pmid == "12345678"


def test_what_has_no_field_is_kept_under_its_tag() -> None:
    assert one(REFER).raw["refer-plus-sign"] == "Rennes"
    assert one(WOS).raw["wos-ut"] == "WOS:000000001"


def test_records_of_refer_without_types_are_parted_by_empty_lines() -> None:
    first, second = read("%T Soin\n%A Un, Anne\n%I Presses\n%D 2001\n\n%T Aide\n%A Deux, B.\n%D 2002\n")
    assert (plain(first.title), plain(second.title)) == ("Soin", "Aide")
    assert first.entry_type == "book"


def test_a_chapter_in_ovids_citation_has_its_book_and_editors() -> None:
    text = (
        "VN  - Ovid Technologies\nAU  - Un, Anne\nTI  - Le geste.\n"
        "SO  - Deux, Paul [Ed]; Trois, Luc [Ed]. (2012). Le soin en pratique. (pp. 11-31). xvii, 254 pp. Rennes\n"
        "DT  - Chapter\nYR  - 2012\n"
    )
    chapter = one(text)
    assert chapter.entry_type == "incollection"
    assert plain(chapter.book_title) == "Le soin en pratique"
    assert [name.family for name in chapter.editor.people] == ["Deux", "Trois"]
    assert str(chapter.page) == "11-31"


def test_ovid_with_the_names_of_fields_on_lines_of_their_own() -> None:
    text = (
        "<1>\nUnique Identifier\n  123\nAuthors\n  Un A. Deux B.\nTitle\n  Le soin.\n"
        "Source\n  Revue des soins. 12(3):45-67, 2004 Mar.\nPublication Type\n  Journal Article.\n"
        "<2>\nTitle\n  Autre.\nYear of Publication\n  2005\n"
    )
    first, second = read(text)
    assert (plain(first.title), plain(first.journal_title), str(first.page)) == ("Le soin", "Revue des soins", "45-67")
    assert first.issued is not None
    assert edtf(first.issued) == "2004-03"
    assert plain(second.title) == "Autre"


def test_a_book_of_medline_has_its_title_and_a_chapter_that_of_its_book() -> None:
    book, chapter = read(
        "PMID- 1\nBTI - Le soin\nPB  - Presses\nDP  - 2009\n\nPMID- 2\nTI  - Un geste\nBTI - Le soin\nDP  - 2009\n"
    )
    assert (book.entry_type, plain(book.title), book.publisher) == ("book", "Le soin", ("Presses",))
    assert (chapter.entry_type, plain(chapter.title), plain(chapter.book_title)) == (
        "incollection",
        "Un geste",
        "Le soin",
    )


def test_a_tag_of_medline_with_its_blanks_needs_none_behind_the_hyphen() -> None:
    (article,) = read(
        "PMID- 1\nTI  -Un geste\nJT  -Revue\nAU  - Durand A\nDP  - 2009\nAB  - Soins\n      COVID-19 et après\n"
    )
    assert (plain(article.title), plain(article.journal_title)) == ("Un geste", "Revue")
    assert [plain(each) for each in article.abstract] == ["Soins COVID-19 et après"]


def test_a_paper_of_web_of_science_has_its_meeting() -> None:
    paper = one(
        "PT B\nAU Un, A\nTI Geste\nSO Actes du soin\nCT Rencontres du soin\nCY JUN 10-12, 2015\nCL Rennes\nBP 1\nEP 9\n"
        "PY 2016\nDT Proceedings Paper\nER\n"
    )
    assert paper.entry_type == "inproceedings"
    assert (plain(paper.book_title), plain(paper.event_title), paper.event_place) == (
        "Actes du soin",
        "Rencontres du soin",
        "Rennes",
    )
    assert paper.issued is not None
    assert edtf(paper.issued) == "2016"


def test_rows_of_tags_between_tabs_are_records_of_web_of_science() -> None:
    content = (
        "PT\tAU\tBA\tAF\tTI\tSO\tLA\tDT\tDE\tPD\tPY\tVL\tIS\tBP\tEP\tDI\n"
        "J\tSmith, J; Doe, A\t\tSmith, John; Doe, Ann\tA title\tNATURE\tEnglish\tArticle\tsoin; santé\tMAY\t2020\t5"
        "\t2\t11\t19\t10.1234/x\n\n"
        "J\tRoe, B\t\tRoe, Bob\tAn other\tNATURE\tEnglish\tReview\t\t\t2021\t6\t\t1\t\t\n"
    ).encode("utf-16")
    read = read_file(content, "savedrecs.txt")
    assert (read.value.format, read.diagnostics) == ("wos", ())
    first, second = read.value.references
    assert (first.entry_type, dict(first.raw)) == (
        "article",
        {
            "author": "Smith, John and Doe, Ann",
            "title": "A title",
            "journaltitle": "NATURE",
            "date": "2020-05",
            "volume": "5",
            "number": "2",
            "pages": "11-19",
            "doi": "10.1234/x",
            "langid": "English",
            "keywords": "soin, santé",
        },
    )
    assert (second.raw["title"], second.origin.entry.line) == ("An other", 4)


def test_a_file_of_web_of_science_without_its_names_and_types() -> None:
    read = read_file(b"FN\nVR\nSO Revue\nPY 2005\nAU Roux, M\nTI Le soin\nER\nEF", "a.enw").value
    assert (read.format, [each.raw["title"] for each in read.references]) == ("wos", ["Le soin"])
