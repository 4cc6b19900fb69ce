"""Workbooks: what is in their cells, and what is not opened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter
from odfdo import Cell, Document, Row, Table

from biblio.formats.tabular.sheet import Sheet
from biblio.importing.files import read_file
from biblio.project.workbooks import looks_like_workbook, read_workbook


def workbook(fill: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    fill(book)
    book.close()
    return target.getvalue()


def centre(book: xlsxwriter.Workbook) -> None:
    """Articles under a title and merged headings, a sheet of prices, a hidden one, and books."""
    articles = book.add_worksheet("Articles")
    articles.merge_range("A1:F1", "Bibliographie 2021")
    articles.write_row(1, 0, ["Auteur(s)", "Titre", "Revue", "Date", "N°", "Lien"])
    articles.merge_range("A3:F3", "Partie 1")
    articles.write_row(3, 0, ["Dupont, Jean ; Roux, Anne", "Le soin", "Prescrire"])
    articles.write_datetime(3, 3, date(2019, 3, 5), book.add_format({"num_format": "dd/mm/yyyy"}))
    articles.write(3, 4, 412)
    articles.write_url(3, 5, "https://a.example/b?c=1&d=2", string="ici")
    articles.merge_range("A5:A6", "Petit, Paul")
    articles.write_row(4, 1, ["Un", "Revue", 43539])
    articles.write_row(5, 1, ["Deux", "Revue", "2010"])
    articles.write_formula(6, 1, '="Tr"&"ois"', None, "Trois")
    prices = book.add_worksheet("Prix")
    prices.write_row(0, 0, ["Produit", "Prix"])
    prices.write_row(1, 0, ["Stylo", 1.5])
    hidden = book.add_worksheet("Caché")
    hidden.write_row(0, 0, ["Titre", "Auteur"])
    hidden.write_row(1, 0, ["Secret", "Personne"])
    hidden.hide()
    books = book.add_worksheet("Ouvrages")
    books.write_row(2, 1, ["Titre", "Auteur"])
    books.write_row(3, 1, ["L'hôpital", "LE BODO Yann"])


def test_a_workbook_of_several_sheets() -> None:
    content = workbook(centre)
    assert looks_like_workbook(content)
    read = read_file(content, "centre.xlsx")
    assert read.value.format == "workbook"
    found = [(each.entry_type, dict(each.raw), each.origin.entry.where) for each in read.value.references]
    assert found == [
        (
            "article",
            {
                "author": "Dupont, Jean and Roux, Anne",
                "title": "Le soin",
                "journaltitle": "Prescrire",
                "date": "2019-03-05",
                "number": "412",
                "url": "https://a.example/b?c=1&d=2",
                "table-lien": "ici",
            },
            "centre.xlsx [Articles]:4",
        ),
        (
            "article",
            {"author": "Petit, Paul", "title": "Un", "journaltitle": "Revue", "date": "2019-03-15"},
            "centre.xlsx [Articles]:5",
        ),
        (
            "article",
            {"author": "Petit, Paul", "title": "Deux", "journaltitle": "Revue", "date": "2010"},
            "centre.xlsx [Articles]:6",
        ),
        ("article", {"title": "Trois"}, "centre.xlsx [Articles]:7"),
        ("book", {"author": "Le Bodo, Yann", "title": "L'hôpital"}, "centre.xlsx [Ouvrages]:4"),
    ]
    assert [(fault.code, fault.span and fault.span.where) for fault in read.diagnostics] == [
        ("P321", "centre.xlsx [Articles]:2"),
        ("P326", "centre.xlsx [Articles]:3"),
        ("P324", "centre.xlsx [Prix]:1"),
        ("P321", "centre.xlsx [Ouvrages]:3"),
    ]


def test_an_ods() -> None:
    document = Document("spreadsheet")
    document.body.clear()
    table = Table("Feuille1")
    rows: tuple[tuple[str | int, ...], ...] = (("Titre", "Auteur", "Année"), ("Le soin", "Dupont, Jean", 2010))
    for values in rows:
        row = Row()
        for value in values:
            row.append_cell(Cell(value))
        table.append_row(row)
    document.body.append(table)
    target = BytesIO()
    document.save(target)
    read = read_file(target.getvalue(), "a.ods")
    assert [dict(each.raw) for each in read.value.references] == [
        {"author": "Dupont, Jean", "title": "Le soin", "date": "2010"}
    ]


def test_a_workbook_without_references_is_said() -> None:
    content = workbook(lambda book: book.add_worksheet("Stock").write_row(0, 0, ["Produit", "Prix"]))
    assert [fault.code for fault in read_file(content, "a.xlsx").diagnostics] == ["P324", "E125"]


def archive(parts: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return target.getvalue()


def sheets_of(content: bytes) -> tuple[tuple[Sheet, ...], list[str]]:
    read = read_workbook(content, "a.xlsx")
    return read.value, [fault.arguments["reason"] for fault in read.diagnostics]


def test_what_unpacks_without_end_is_not_opened() -> None:
    bomb = archive({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": bytes(80_000_000)})
    assert looks_like_workbook(bomb)
    assert sheets_of(bomb) == ((), ["size"])


def test_two_cells_far_apart_do_not_take_all_memory() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "Titre")
        sheet.write(1_048_575, 16_383, "x")

    sheets, reasons = sheets_of(workbook(fill))
    assert not any(sheet.rows for sheet in sheets)
    assert len(reasons) == 1


@pytest.mark.parametrize("cut", [100, 400, 2000])
def test_a_damaged_workbook_is_said(cut: int) -> None:
    sheets, reasons = sheets_of(workbook(centre)[:-cut])
    assert (sheets, len(reasons)) == ((), 1)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04",
        archive({"a.txt": b"a"}),
        archive({"word/document.xml": b"<w/>"}),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    ],
    ids=["empty", "cut", "archive", "document", "compound"],
)
def test_what_is_no_workbook(content: bytes) -> None:
    assert not looks_like_workbook(content)
