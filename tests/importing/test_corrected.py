"""A Word document that a colleague corrected: what is found in it, and what goes into the sources."""

from __future__ import annotations

import io

import docx
import pytest
from docx.text.paragraph import Paragraph
from outputs.pandoc.test_twins import composed, twin

from biblio.importing.corrected import Correction, Kind, corrections
from biblio.words.faults import BiblioError

SLUG = "contrats-locaux-de-sante-lectures"


def found(content: bytes, slug: str = SLUG) -> tuple[Correction, ...]:
    made = composed(slug)
    references = {each.citekey: each for each in made.selection.references}
    return corrections(content, "corrige.docx", made.document, references)


def opened(slug: str = SLUG) -> docx.document.Document:
    return docx.Document(io.BytesIO(twin(slug, "docx")))


def saved(document: docx.document.Document) -> bytes:
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def the(document: docx.document.Document, style: str, words: str) -> Paragraph:
    return next(
        each for each in document.paragraphs if each.style and each.style.name == style and each.text.startswith(words)
    )


@pytest.mark.parametrize("slug", [SLUG, "demarches-territoriales-de-sante"])
def test_nothing_is_found_in_what_nobody_touched(slug: str) -> None:
    assert found(saved(opened(slug)), slug) == ()


def test_an_annotation_is_found_with_its_field_and_value() -> None:
    document = opened()
    paragraph = the(document, "Notice Annotation", "Au nom de quoi")
    paragraph.runs[0].text = paragraph.text.replace("population à part", "population « à part »")
    for run in paragraph.runs[1:]:
        run.text = ""
    (correction,) = found(saved(document))
    assert (correction.kind, correction.key, correction.field) == (Kind.ANNOTATION, "avuf-2024-etudiants", "annotation")
    assert "population « à part » à bien des égards ?" in correction.value
    assert "’" not in correction.value


def test_a_heading_and_a_line_are_shown_and_not_written() -> None:
    document = opened()
    the(document, "Heading 1", "Contrats locaux").runs[0].text = "Les contrats"
    found_there = {each.kind: each for each in found(saved(document))}
    assert found_there.keys() == {Kind.HEADING}
    assert found_there[Kind.HEADING].after.startswith("Les contrats")
    assert found_there[Kind.HEADING].field == ""


def test_a_notice_that_is_gone_and_words_that_came() -> None:
    document = opened("demarches-territoriales-de-sante")
    added = document.paragraphs[-1].insert_paragraph_before("Une phrase de plus.", style="Normal")
    assert added.text
    kinds = [each.kind for each in found(saved(document), "demarches-territoriales-de-sante")]
    assert kinds == [Kind.ADDED]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"rien"], ids=["empty", "broken", "text"])
def test_what_is_no_document_of_the_dossier_is_refused(content: bytes) -> None:
    with pytest.raises(BiblioError) as error:
        found(content)
    assert error.value.diagnostic.code == "E180"


def test_a_document_without_our_marks_is_refused() -> None:
    with pytest.raises(BiblioError):
        found(saved(docx.Document()))
