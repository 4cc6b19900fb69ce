"""RIS, as it comes from databases and reference managers."""

from __future__ import annotations

import pytest
from formats.samples import house

from biblio.formats.ris import write_ris
from biblio.formats.tagged.ris import looks_like_ris, read_ris
from biblio.importing.files import format_of, read_file
from biblio.reference.date import edtf
from biblio.reference.reference import Reference
from biblio.text.inline import plain

RECORD = "".join(
    f"{line}\n"
    for line in (
        "TY  - JOUR",
        "AU  - Évrard, Zoé",
        "AU  - Centre Rameau",
        "T1  - Le soin, à domicile",
        "JF  - Revue des soins",
        "PY  - 2019",
        "VL  - 4",
        "IS  - 2",
        "SP  - 81",
        "EP  - 97",
        "ER  - ",
    )
)


def read(text: str, encoding: str = "utf-8") -> tuple[Reference, ...]:
    return read_ris(text.encode(encoding), "a.ris").value


def one(*lines: str) -> Reference:
    (reference,) = read("\n".join(lines))
    return reference


def seen(reference: Reference) -> tuple[str, ...]:
    authors = " ; ".join(name.literal or f"{name.family}, {name.given}" for name in reference.author.people)
    date = edtf(reference.issued) if reference.issued else ""
    return authors, plain(reference.title), plain(reference.container_title), date, str(reference.page or "")


SEEN = ("Évrard, Zoé ; Centre Rameau", "Le soin, à domicile", "Revue des soins", "2019", "81-97")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize(
    "text",
    [
        RECORD,
        RECORD.replace("\n", "\r\n"),
        RECORD.replace("\n", "\r"),
        RECORD.replace("  - ", " - "),
        RECORD.replace("  - ", "  -"),
        RECORD.replace("ER  - \n", ""),
        RECORD.replace("ER  - ", "ER  -"),
        RECORD.replace("SP  - 81\nEP  - 97", "SP  - 81-97"),
        RECORD.replace("SP  - 81\nEP  - 97", "EP  - 97\nSP  - 81"),
        RECORD.replace("EP  - 97", "EP  - 7").replace("SP  - 81", "SP  - 91").replace("91\nEP  - 7", "81-97"),
        RECORD.replace("T1  - Le soin, à", "T1  - Le soin,\n      à"),
        RECORD.replace("JF  -", "T2  -"),
        RECORD.replace("JF  -", "JO  -"),
        RECORD.replace("JF  -", "JA  -"),
        RECORD.replace("PY  - 2019", "Y1  - 2019//"),
        RECORD.replace("PY  - 2019", "DA  - 2019///nan"),
        RECORD.replace("AU  -", "A1  -"),
        RECORD.replace("AU  - Centre", "AF  - Centre"),
        RECORD.replace("\nAU", "\n\nAU"),
    ],
)
def test_a_record_is_read_in_any_dialect(text: str, encoding: str) -> None:
    content = text.encode(encoding)
    assert looks_like_ris(content)
    assert [seen(reference) for reference in read_ris(content, "a.ris").value] == [SEEN]


def test_records_without_their_end_are_as_many_as_their_types() -> None:
    text = RECORD.replace("ER  - \n", "") + RECORD + RECORD.replace("ER  - \n", "\n") + RECORD
    assert [seen(reference) for reference in read(text)] == [SEEN] * 4


def test_words_before_the_first_type_are_told_with_their_place() -> None:
    content = ("Base : Soins\nRequête : domicile\n\n" + RECORD + "Fin de la liste\n").encode()
    row = format_of(content, "liste.txt")
    assert row is not None
    assert row.name == "ris"
    found = read_ris(content, "liste.txt")
    assert len(found.value) == 1
    told = [(fault.code, fault.span and fault.span.line, fault.arguments["text"]) for fault in found.diagnostics]
    assert told == [("P151", 1, "Base : Soins Requête : domicile"), ("P151", 15, "Fin de la liste")]


def test_a_tag_that_nobody_knows_is_kept_and_told_once() -> None:
    found = read_ris(("TY  - BOOK\nTI  - Soin\nZZ  - un\nZZ  - deux\nER  - \n" + RECORD + "\n").encode(), "a.ris")
    assert found.value[0].raw["ris-zz"] == "un; deux"
    assert [(fault.code, dict(fault.arguments)) for fault in found.diagnostics] == [
        ("P152", {"tag": "ZZ", "count": "2"})
    ]


def test_an_empty_record_is_told_by_its_number() -> None:
    found = read_ris((RECORD + "TY  - JOUR\nER  - \n" + RECORD).encode(), "a.ris")
    assert len(found.value) == 2
    assert [(fault.code, fault.span and fault.span.line, dict(fault.arguments)) for fault in found.diagnostics] == [
        ("P153", 12, {"number": "2"})
    ]


@pytest.mark.parametrize(
    ("line", "doi"),
    [
        ("DO  - 10.1000/a.b", "10.1000/a.b"),
        ("DO  - https://doi.org/10.1000/a.b", "10.1000/a.b"),
        ("DO  - doi:10.1000/a(b)1", "10.1000/a(b)1"),
        ("M3  - 10.1000/a.b", "10.1000/a.b"),
        ("N1  - doi: 10.1000/a.b", "10.1000/a.b"),
        ("N1  - 10.1000/a.b", "10.1000/a.b"),
        ("UR  - https://doi.org/10.1000/a.b", "10.1000/a.b"),
        ("DI  - 10.1000/a.b", "10.1000/a.b"),
    ],
)
def test_a_doi_is_found_where_it_is_written(line: str, doi: str) -> None:
    assert one("TY  - JOUR", "TI  - Soin", line, "ER  - ").doi == doi


def test_all_that_a_book_says_is_in_its_fields() -> None:
    book = one(
        "TY  - BOOK",
        "A2  - Un, Anne",
        "TI  - Le soin : essai",
        "T2  - Collection claire",
        "PB  - Presses and fils",
        "CY  - Rennes",
        "SP  - 132 p.",
        "SN  - 2-07-036822-X",
        "SN  - 1234-5678",
        "ET  - 2",
        "KW  - soin, enfant",
        "KW  - France",
        "AB  - Un.",
        "",
        "Deux.",
        "N2  - Un.",
        "L1  - https://a.example/1.pdf",
        "UR  - https://a.example/",
        "LA  - fre",
        "ER  - ",
    )
    assert [name.family for name in book.editor.people] == ["Un"]
    assert (plain(book.collection_title), book.publisher, book.publisher_place) == (
        "Collection claire",
        ("Presses and fils",),
        ("Rennes",),
    )
    assert book.number_of_pages is not None
    assert book.number_of_pages.count == "132"
    assert (book.isbn, book.issn, book.language, book.url) == ("2-07-036822-X", "1234-5678", "fr", "https://a.example/")
    assert book.keyword == ("soin, enfant", "France")
    assert [plain(paragraph) for paragraph in book.abstract] == ["Un.", "Deux."]
    assert [link.url for link in book.links] == ["https://a.example/1.pdf"]


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("JOUR", "article"),
        ("Journal Article", "article"),
        ("jour", "article"),
        ("CHAP", "incollection"),
        ("RPRT", "report"),
        ("THES", "thesis"),
        ("INCONNU", "misc"),
    ],
)
def test_the_type_of_a_record_is_that_of_an_entry(typed: str, kind: str) -> None:
    assert one(f"TY  - {typed}", "TI  - Soin", "ER  - ").entry_type == kind


def test_a_type_that_nobody_knows_is_kept() -> None:
    assert one("TY  - INCONNU", "TI  - Soin", "ER  - ").raw["ris-ty"] == "INCONNU"


def test_what_is_exported_comes_back() -> None:
    back = read(write_ris(house()))
    for came, went in zip(back, house(), strict=True):
        title = " : ".join(filter(None, (plain(went.title), plain(went.subtitle))))
        assert (came.citekey, plain(came.title)) == (went.citekey, title)
        assert (came.doi, came.isbn, came.issn) == (went.doi, went.isbn, went.issn)
        assert {link.url for link in came.all_links} == {link.url for link in went.all_links}
    assert [[name.family for name in each.author.people] for each in back] == [
        [name.family for name in each.author.people] for each in house()
    ]


@pytest.mark.parametrize(
    ("typed", "url", "kept"),
    [
        ("https://a.org/un document.pdf", "https://a.org/un%20document.pdf", {}),
        ("https://a.org/un.pdf", "https://a.org/un.pdf", {}),
        ("https://a.org/un.pdf; https://a.org/deux.pdf", "https://a.org/un.pdf", {}),
        ("https://a.org/un;http://a.org/deux;", "https://a.org/un", {}),
        ("https://a.org/un;v=2?a;b", "https://a.org/un;v=2?a;b", {}),
        ("https://a.org/un (texte intégral)", "https://a.org/un", {"ris-ur": "https://a.org/un (texte intégral)"}),
    ],
)
def test_nothing_of_an_address_is_dropped(typed: str, url: str, kept: dict[str, str]) -> None:
    reference = one("TY  - ELEC", "TI  - Un", f"UR  - {typed}", "ER  - ")
    assert reference.url == url
    assert {name: value for name, value in reference.raw.items() if name == "ris-ur"} == kept


def test_people_without_a_comma_have_their_given_names_first_where_the_whole_file_has_none() -> None:
    record = "TY  - BOOK\nAU  - {}\nAU  - {}\nTI  - Un livre\nER  - \n"
    (reference,) = read(record.format("Catarina Barata", "Jean de La Fontaine"))
    assert reference.raw["author"] == "Barata, Catarina and de La Fontaine, Jean"
    (reference,) = read(record.format("Agence du soin", "Marie Roux"))
    assert reference.raw["author"] == "{Agence du soin} and Roux, Marie"
    (reference,) = read(record.format("Roux, Marie", "World Bank"))
    assert reference.raw["author"] == "Roux, Marie and {World Bank}"
    (reference,) = read(record.format("Smith JA", "Roux M"))
    assert reference.raw["author"] == "Smith, JA and Roux, M"


def test_the_number_of_an_issue_stands_before_what_the_format_misuses() -> None:
    reference = one("TY  - JOUR", "TI  - Un", "M1  - Copyright 2016", "IS  - 2", "JO  - Revue", "ER  - ")
    assert (reference.raw["number"], reference.raw["ris-m1"]) == ("2", "Copyright 2016")


def test_records_without_a_type_are_read_for_what_their_tags_say() -> None:
    one_record = "AU  - Roux, Marie\nTI  - Un\nPY  - 2021\nJO  - Revue\nC8  - \nER  - \n\n"
    text = one_record + "AU  - Le Gall, Anne\nTI  - Deux\nER  -\n"
    read = read_file(text.encode(), "a.ris")
    assert (read.value.format, read.diagnostics) == ("ris", ())
    one, two = read.value.references
    assert (one.entry_type, one.raw["title"], one.raw["journaltitle"]) == ("article", "Un", "Revue")
    assert (two.entry_type, two.raw["title"], two.raw["author"]) == ("misc", "Deux", "Le Gall, Anne")


def test_a_note_that_was_a_page_is_read_as_one() -> None:
    text = 'TY  - JOUR\nTI  - a\nN1  - <div a="n"><p>Le <i>plan</i> R&amp;D.</p><p>Lu<br/>deux fois.</p></div>\nER  -'
    (reference,) = read_ris(text.encode(), "a.ris").value
    assert reference.raw["note"] == "Le \\emph{plan} R\\&D.\n\nLu\n\ndeux fois."


def test_what_a_filter_of_endnote_leaves_is_neither_a_note_nor_an_edition() -> None:
    text = "TY  - JOUR\nAU  - Roux, M.\nTI  - a\nET  - 2017/02/11\nN1  - Roux, Marie\nPetit, Louis\neng\nReview\nER  -"
    (reference,) = read_ris(text.encode(), "a.ris").value
    assert (reference.edition, reference.note) == ("", ())
    assert (reference.raw["ris-et"], reference.raw["ris-n1"]) == (
        "2017/02/11",
        "Roux, Marie\nPetit, Louis\neng\nReview",
    )
    (kept,) = read_ris(b"TY  - JOUR\nAU  - Roux, M.\nET  - 2\nN1  - Roux, Marie est seule.\nER  -", "a.ris").value
    assert (kept.edition, kept.raw["note"]) == ("2", "Roux, Marie est seule.")
