"""A text with a heading, tables and an image of its own, in every output: seen, said, and in its place."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from compose.material import PICTURE, SLUG, composed, printed, project, spaced
from outputs.markup import read_html
from outputs.outputs import Output
from outputs.pandoc.twins import READERS, bare
from outputs.tagged import HEADINGS, words
from pictures import png
from verapdf import verdict_on

from biblio.build.freshness import current_inputs
from biblio.build.pipeline import render
from biblio.project.manifest import Options
from biblio.project.project import Project

SPEC = """\
texts:
  - kind: preface
    text: |
      Un mot.

      ## Calendrier

      | Date | Étape |
      |------|-------|
      | 2024-01-15 | Signature du **contrat** |

      #### Détail

      | | Ville | Rural |
      |---|---|---|
      | CLS | 12 | |

      ![Carte des territoires](images/carte.png "Carte : CRES")
sections:
  - title: Un
    sections:
      - title: Dedans
        intro: |
          # Repères

          Une phrase.
        references: [zay]
"""
HEADS = {"Date": "Column", "Étape": "Column", "Ville": "Column", "Rural": "Column", "CLS": "Row"}


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Output:
    return printed(tmp_path_factory.mktemp("rich"), SPEC)


def test_nothing_is_wrong_with_it(output: Output) -> None:
    assert output.diagnostics == ()
    for profile in ("PDF/UA-1", "PDF/A-3a"):
        assert verdict_on(output.pdf, profile).failures == ()


@pytest.mark.parametrize("colour", [(11, 85, 99, 128)])
def test_an_image_that_lets_through_what_is_behind_it_conforms(tmp_path: Path, colour: tuple[int, ...]) -> None:
    made = project(tmp_path, SPEC)
    (tmp_path / PICTURE).write_bytes(png(30, 20, colour))
    pdf = render(composed_in(made), ("pdf",)).value["pdf"]
    for profile in ("PDF/UA-1", "PDF/A-3a"):
        assert verdict_on(pdf, profile).failures == ()


def test_headings_inside_texts_follow_those_of_the_sections(output: Output) -> None:
    expected = [("H2", "Préface"), ("H3", "Calendrier"), ("H4", "Détail")]
    expected += [("H2", "Un"), ("H3", "Dedans"), ("H4", "Repères"), ("H4", "La santé mentale des villes")]
    (part,) = output.tagged.root.find("Part")
    assert [(each.tag, spaced(words(each.runs()))) for each in part.find(*HEADINGS)] == expected
    (main,) = output.twin.root.find("main")
    on_screen = [each for tag in main.walk() if (each := tag).tag.upper() in HEADINGS]
    assert [(each.tag.upper(), spaced(each.text)) for each in on_screen] == expected


def test_headings_inside_texts_are_no_lines_of_the_contents(output: Output) -> None:
    (contents,) = [each for each in output.twin.root.find("nav") if each.attributes["class"] == "contents"]
    assert "Calendrier" not in contents.text
    assert "Calendrier" not in [each.title for each in output.tagged.outline]


def test_each_head_of_a_table_says_what_it_heads(output: Output) -> None:
    heads = {spaced(each.text): each.attributes["scope"] for each in output.twin.root.find("th")}
    assert heads == {words: {"Column": "col", "Row": "row"}[scope] for words, scope in HEADS.items()}
    scopes = [str(each.A.Scope).removeprefix("/") for each in elements(output.pdf, "/TH")]
    told = [spaced(words(each.runs())) for each in output.tagged.root.find("TH")]
    assert dict(zip(told, scopes, strict=True)) == HEADS
    assert len(output.tagged.root.find("Table")) == 2


def test_an_image_is_said_in_its_words_and_stands_where_it_says(output: Output) -> None:
    (figure,) = elements(output.pdf, "/Figure")
    assert str(figure.Alt) == "Carte des territoires"
    left, bottom, right, top = map(float, figure.A.BBox)
    (credit,) = [each for each in output.printed if spaced(each.text) == "Carte : CRES"]
    assert left == pytest.approx(credit.first.box.left, abs=2)
    assert bottom >= credit.first.box.top
    assert (right - left) / (top - bottom) == pytest.approx(1200 / 500, rel=0.01)
    (image,) = output.twin.root.find("img")
    assert image.attributes["alt"] == "Carte des territoires"
    assert image.attributes["src"].startswith("data:image/png;base64,")


def elements(pdf: bytes, tag: str) -> list[Any]:
    """The elements of the structure tree with a tag, in the order of reading."""
    found: list[Any] = []

    def look(element: Any) -> None:
        if isinstance(element, pikepdf.Dictionary) and "/S" in element:
            found.extend([element] if tag == element.S else [])
            for kid in element.get("/K", []):
                look(kid)

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        look(opened.Root.StructTreeRoot.K[0])
        return [pikepdf.Dictionary({"/A": each.A, **({"/Alt": each.Alt} if "/Alt" in each else {})}) for each in found]


def composed_in(made: Project) -> Any:
    done, faults = composed(made.root, SPEC)
    assert faults == ()
    return done


@pytest.mark.parametrize("name", READERS)
def test_every_twin_says_it_all_in_order(tmp_path: Path, name: str) -> None:
    done, _ = composed(tmp_path, SPEC)
    said = bare(READERS[name](render(done, (name,)).value[name]).words)
    at = 0
    for words_of_text in (
        "Un mot.",
        "Calendrier",
        "Date",
        "Étape",
        "Signature du",
        "contrat",
        "Détail",
        "Ville",
        "CLS",
    ):
        at = said.index(bare(words_of_text), at)
    if name in ("md", "txt", "tex"):
        assert bare("[Image : Carte des territoires]") in said
    assert said.index(bare("Carte : CRES")) > at


@pytest.mark.parametrize(("name", "place"), [("docx", "word/media/"), ("odt", "Pictures/"), ("epub", "EPUB/media/")])
def test_office_documents_have_the_image_and_its_text(tmp_path: Path, name: str, place: str) -> None:
    done, _ = composed(tmp_path, SPEC)
    with zipfile.ZipFile(io.BytesIO(render(done, (name,)).value[name])) as package:
        (image,) = [each for each in package.namelist() if each.startswith(place)]
        assert package.read(image) == (tmp_path / PICTURE).read_bytes()
        pages = [package.read(each).decode() for each in package.namelist() if each.endswith((".xml", ".xhtml"))]
    assert any("Carte des territoires" in page for page in pages)
    assert not any("data:image" in page for page in pages)


def test_an_image_that_changes_makes_outputs_anew_and_one_that_is_not_shown_does_not(tmp_path: Path) -> None:
    def inputs() -> Any:
        return current_inputs(Project(tmp_path), SLUG, Options("cres", ("pdf",), ""))

    project(tmp_path, SPEC)
    before = inputs()
    (tmp_path / "images/autre.png").write_bytes(png(1, 1))
    assert inputs() == before
    (tmp_path / PICTURE).write_bytes(png(2, 2))
    assert inputs() != before


def test_a_link_out_of_the_folder_of_images_is_not_followed(tmp_path: Path) -> None:
    made = project(tmp_path, SPEC)
    secret = tmp_path / "secret.png"
    secret.write_bytes(png(3, 3))
    (tmp_path / PICTURE).unlink()
    (tmp_path / PICTURE).symlink_to(secret)
    assert made.image_files(SLUG) == ()


def test_the_email_has_it_all(tmp_path: Path) -> None:
    done, _ = composed(tmp_path, "kind: newsletter\n" + SPEC)
    page = read_html(render(done, ("email",)).value["email"].decode())
    assert page.faults == ()
    assert {spaced(each.text): each.attributes["scope"] for each in page.root.find("th")}["CLS"] == "row"
    (image,) = page.root.find("img")
    assert image.attributes["alt"] == "Carte des territoires"
