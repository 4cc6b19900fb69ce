"""Our own dossier, printed in several ways and read back."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pypandoc
import pytest
from importing.printed.read_back import (
    as_markdown,
    as_plain_text,
    as_wrapped_text,
    document,
    of_notices,
    of_pages,
    our_titles,
    titles,
)
from outputs.outputs import ROOT, SELECTION, output_of

from biblio.importing.files import read_file
from biblio.importing.imported import Imported


@cache
def _of_pdf() -> Imported:
    return _read(output_of(ROOT, SELECTION).pdf, "dossier.pdf")


def _read(content: bytes, name: str) -> Imported:
    return read_file(content, name).value


def _assert_agrees(imported: Imported) -> None:
    notices, pages = of_notices(imported), of_pages(imported)
    assert notices.share >= 0.98, notices
    assert pages.share >= 0.95, pages


def test_the_pdf_gives_its_references_back() -> None:
    imported = _of_pdf()
    assert imported.format == "pdf"
    _assert_agrees(imported)


def test_the_pdf_gives_its_plan_back() -> None:
    outline = _of_pdf().outline
    assert outline is not None
    assert outline.sitography is not None
    assert titles([outline.sitography, *outline.headings]) == our_titles(document().parts)
    assert (outline.date, outline.subtitle) == (
        "2023-04-25",
        "Sélection bibliographique de documents disponibles au CRES",
    )


@pytest.mark.parametrize("contents", [True, False])
def test_the_dossier_in_light_markup_gives_its_references_back(contents: bool) -> None:
    imported = _read(as_markdown(contents).encode(), "dossier.md")
    _assert_agrees(imported)
    outline = imported.outline
    assert outline is not None
    assert outline.sitography is not None
    assert titles([outline.sitography, *outline.headings]) == our_titles(document().parts)


@pytest.mark.parametrize("text", [as_plain_text, as_wrapped_text])
def test_the_dossier_as_plain_text_gives_its_references_back(text: Callable[[], str]) -> None:
    # Without bold and italic nothing parts the pages of a sitography for sure: its notices alone are compared.
    notices = of_notices(_read(text().encode(), "dossier.txt"))
    assert notices.share >= 0.95, notices


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_the_dossier_in_a_word_processor_gives_its_references_back(kind: str, tmp_path: Path) -> None:
    made = tmp_path / f"dossier.{kind}"
    pypandoc.convert_text(as_markdown(contents=False), kind, format="markdown-smart", outputfile=str(made))
    imported = _read(made.read_bytes(), made.name)
    assert imported.format == kind
    _assert_agrees(imported)
    outline = imported.outline
    assert outline is not None
    assert outline.sitography is not None
    assert titles([outline.sitography, *outline.headings]) == our_titles(document().parts)
