"""What a cover has beside its words: images with their texts, a colour, lines at its foot; words alone without them."""

from __future__ import annotations

import zipfile
from html import unescape
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from compose.material import HEAD, SLUG, composed, project
from outputs.outputs import STYLES, Output, output_of
from outputs.tagged import words
from pictures import jpeg, png
from verapdf import verdict_on

from biblio.build.freshness import current_inputs
from biblio.build.pipeline import render
from biblio.project.manifest import Options
from biblio.style.contrast import LEAST, contrast

COVER = """\
event: Journée
cover:
  logo: {file: images/logo.png, alt: Le CRES}
  partners:
    - {file: images/ars.png, alt: L'agence régionale}
    - {file: images/region.png, alt: La région}
  image: {file: images/carte.png, alt: Douze territoires, credit: "Carte : Camille Exemple"}
  colour: "#7a1f3d"
  cite: true
  license: CC BY 4.0
  contact: Écrire à doc@example.org, ou voir https://www.example.org/
"""
SECTIONS = "sections: [{title: Lectures, references: [bader, ars]}]\n"
ALTS = ["Le CRES", "Douze territoires", "L'agence régionale", "La région"]
LINES = [
    "Pour citer ce dossier : Essai : Pour voir. CRES, 20 décembre 2025.",
    "Ce dossier est mis à disposition sous la licence CC BY 4.0.",
    "Écrire à doc@example.org, ou voir https://www.example.org/",
]


def images(folder: Path) -> None:
    (folder / "images").mkdir()
    sizes = {"logo": (300, 100), "ars": (90, 90), "region": (500, 60), "carte": (640, 300)}
    for name, size in sizes.items():
        (folder / "images" / f"{name}.png").write_bytes(png(*size))


def output(folder: Path, style: str = "cres", cover: str = COVER) -> Output:
    images(folder)
    project(folder, f"style: {style}\n{cover}{SECTIONS}", head=HEAD)
    return output_of(folder, SLUG)


@pytest.mark.parametrize("style", STYLES)
def test_it_is_printed_in_every_style(tmp_path: Path, style: str) -> None:
    made = output(tmp_path, style)
    assert made.diagnostics == ()
    assert [figure.alt for figure in made.tagged.root.find("Figure")] == ALTS
    said = [words(each.runs()) for each in made.tagged.root.find("P")]
    foot = said.index(LINES[0])
    assert said[foot : foot + 3] == LINES
    assert said[foot - 3 : foot] == ["Carte : Camille Exemple", "20 décembre 2025", "CRES"]
    assert {"https://creativecommons.org/licenses/by/4.0/", "mailto:doc@example.org", "https://www.example.org/"} <= {
        link.uri for link in made.tagged.annotations[0]
    }
    for figure in made.tagged.root.find("Figure"):
        assert figure.box is not None
        assert made.tagged.boxes[0].holds(figure.box, 0)
    # All of it is on one page, and so is the colour, in what the style draws with it.
    assert {run.page for each in made.tagged.root.find("P")[: foot + 3] for run in each.runs()} == {0}
    with pypdfium2.PdfDocument(made.pdf) as pdf:
        image = pdf[0].render(scale=2).to_pil().convert("RGB")
    # Beneath a gradient a colour is rounded.
    shown = [colour for _, colour in image.getcolors(1 << 24)]
    assert any(max(map(abs, (red - 0x7A, green - 0x1F, blue - 0x3D))) <= 2 for red, green, blue in shown)


@pytest.mark.parametrize("style", STYLES)
def test_images_and_words_keep_apart(tmp_path: Path, style: str) -> None:
    made = output(tmp_path, style)
    boxes = [figure.box for figure in made.tagged.root.find("Figure") if figure.box]
    boxes += [run.box for run in made.tagged.root.runs() if run.page == 0 and run.text.strip()]
    for number, one in enumerate(boxes[: len(ALTS)]):
        for other in boxes[number + 1 :]:
            across = min(one.right, other.right) - max(one.left, other.left)
            assert across < 1 or min(one.top, other.top) - max(one.bottom, other.bottom) < 1


def test_without_any_of_it_the_cover_is_words_alone(tmp_path: Path) -> None:
    made = output(tmp_path, cover="")
    assert made.tagged.root.find("Figure") == []
    assert "<img" not in made.page + made.screen
    assert 'class="foot"' not in made.page
    assert "--accent: #7a1f3d" not in made.screen


def test_the_page_for_screens_has_it_inside(tmp_path: Path) -> None:
    made = output(tmp_path)
    (header,) = made.twin.root.find("header")
    shown = header.find("img")
    assert [image.attributes["alt"] for image in shown] == ALTS
    assert all(image.attributes["src"].startswith("data:image/png;base64,") for image in shown)
    assert [each.text for each in header.find("p") if each.attributes.get("class") == "line"] == [
        line.replace(" :", "\u00a0:").replace("20 d", "20\u00a0d") for line in LINES
    ]
    assert "(prefers-color-scheme: light) { :root { --accent: #7a1f3d; } }" in made.screen


def test_office_documents_have_it_too(tmp_path: Path) -> None:
    images(tmp_path)
    done, _ = composed(tmp_path, COVER + SECTIONS)
    made = render(done, ("docx", "odt", "txt")).value
    with zipfile.ZipFile(BytesIO(made["docx"])) as docx:
        text = docx.read("word/document.xml").decode()
        assert sum("media/" in name for name in docx.namelist()) == len(ALTS)
        assert "7A1F3D" in docx.read("word/styles.xml").decode()
    assert [alt for alt in ALTS if f'"{alt}"' in unescape(text)] == ALTS
    with zipfile.ZipFile(BytesIO(made["odt"])) as odt:
        content = odt.read("content.xml").decode()
    assert content.count("<svg:title>") == len(ALTS)
    for said in (text, content, made["txt"].decode()):
        assert "doc@example.org" in said
        assert "CC BY 4.0" in said
    assert "[Image" in made["txt"].decode()


@pytest.mark.parametrize("profile", ["PDF/UA-1", "PDF/A-3a"])
@pytest.mark.parametrize("style", ["cres", "affiche"])
@pytest.mark.xdist_group("java")
def test_it_conforms(tmp_path: Path, style: str, profile: str) -> None:
    verdict = verdict_on(output(tmp_path, style).pdf, profile)  # type: ignore[arg-type]  # one of the two
    assert verdict.failures == ()


def test_a_logo_that_changes_is_an_input_that_changes(tmp_path: Path) -> None:
    images(tmp_path)
    options = Options("cres", ("pdf",), "")
    before = current_inputs(project(tmp_path, COVER + SECTIONS), SLUG, options)
    (tmp_path / "images" / "logo.png").write_bytes(png(300, 100, (1, 2, 3)))
    assert current_inputs(project(tmp_path, COVER + SECTIONS), SLUG, options) != before


@pytest.mark.parametrize(
    ("cover", "codes"),
    [
        ("logo: {file: images/rien.png, alt: Rien}", ["W132"]),
        ("logo: {file: ../logo.png, alt: Dehors}", ["W132"]),
        ("logo: {file: https://www.example.org/logo.png, alt: Ailleurs}", ["W132"]),
        ("logo: {file: images/dessin.svg, alt: Un dessin}", ["W133"]),
        ("image: {file: images/encre.jpg, alt: Pour imprimeur}", ["W133"]),
        ("partners: [{file: images/logo.png}]", ["D111"]),
        ('colour: "#zzz"', ["D150"]),
        ("colour: bleu", ["D150"]),
        ("colour: ffd21f", ["W141"]),
        ("colour: 7a1f3d", []),
    ],
)
def test_what_cannot_be_printed_is_told(tmp_path: Path, cover: str, codes: list[str]) -> None:
    images(tmp_path)
    (tmp_path / "logo.png").write_bytes(png(3, 3))
    (tmp_path / "images" / "dessin.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    (tmp_path / "images" / "encre.jpg").write_bytes(jpeg(30, 30, 4))
    done, diagnostics = composed(tmp_path, f"cover:\n  {cover}\n{SECTIONS}")
    assert [each.code for each in diagnostics if each.code != "W117"] == codes
    assert all(each.span and each.span.line == 6 for each in diagnostics)
    assert done.document.cover.figures == ()


def test_a_pale_colour_is_made_as_dark_as_text_asks(tmp_path: Path) -> None:
    done, _ = composed(tmp_path, f"cover: {{colour: ffd21f}}\n{SECTIONS}")
    assert contrast(done.document.cover.colour, "#ffffff") >= LEAST
