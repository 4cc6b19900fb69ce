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


@pytest.mark.parametrize(
    "slug",
    [
        SLUG,
        "demarches-territoriales-de-sante",
        "lettre-actualites-novembre-2025",
        "veille-territorialisation-decembre-2025",
    ],
)
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


def test_a_title_in_front_of_its_source_is_found_with_its_value() -> None:
    document = opened()
    paragraph = the(document, "Notice Title First", "Argumentaire pour aider")
    paragraph.runs[0].text = paragraph.runs[0].text.replace("Argumentaire", "Arguments")
    (correction,) = found(saved(document))
    assert (correction.kind, correction.field) == (Kind.TITLE, "title")
    assert correction.value.startswith("Arguments pour aider les élus locaux")
    assert correction.value.endswith("de santé")


def test_a_source_behind_a_title_is_shown_and_not_written() -> None:
    document = opened()
    paragraph = the(document, "Notice Title First", "Argumentaire pour aider")
    paragraph.runs[-1].text = paragraph.runs[-1].text.replace("2020", "2021")
    (correction,) = found(saved(document))
    assert (correction.kind, correction.field, correction.value) == (Kind.TITLE, "", "")


def test_a_heading_that_came_is_shown() -> None:
    document = opened()
    before = the(document, "Notice Title First", "Santé des femmes")
    before.insert_paragraph_before("Une rubrique nouvelle", style="Heading 1")
    assert [(each.kind, each.after) for each in found(saved(document))] == [(Kind.ADDED, "Une rubrique nouvelle")]


def test_an_address_behind_the_same_words_is_found_with_its_field_and_value() -> None:
    document = opened()
    relation = next(
        each for each in document.part.rels.values() if each.is_external and "clsm-ccoms" in each.target_ref
    )
    relation._target = "https://www.example.org/nouveau"
    (correction,) = found(saved(document))
    assert (correction.kind, correction.before.partition("/wp-content")[0]) == (Kind.LINK, "https://clsm-ccoms.org")
    assert (correction.after, correction.field, correction.value) == (
        "https://www.example.org/nouveau",
        "url",
        "https://www.example.org/nouveau",
    )


def test_a_section_that_was_moved_moves_its_notices() -> None:
    document = opened()
    body = document.element.body
    heading = the(document, "Heading 1", "Conseils locaux")._p
    start = list(body).index(heading)
    first = list(body).index(the(document, "Heading 1", "Contrats locaux")._p)
    block = [each for each in list(body)[start - 1 :] if not each.tag.endswith("}sectPr")]
    for each in block:
        body.insert(first - 1, each)
        first += 1
    moved = [each for each in found(saved(document)) if each.kind is Kind.MOVED]
    assert moved
    assert all(each.before.startswith("Contrats locaux") or each.before.startswith("Conseils locaux") for each in moved)
