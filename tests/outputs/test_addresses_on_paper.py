"""What nobody can click on paper can be typed, or read by a telephone: addresses in short, QR codes."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import segno
from compose.material import HEAD, SLUG, project
from outputs.outputs import Output, output_of
from outputs.tagged import words
from verapdf import verdict_on

from biblio.outputs.qr import LARGEST, LONGEST, MODULE, SMALLEST, qr_code
from biblio.style.contrast import LEAST, contrast

ADDRESS = "https://www.example.org/bader"
REFERENCES = """\
@article{bader, author = {Bader, Clément}, title = {Les contrats}, journaltitle = {Santé}, date = {2019},
  langid = {french}, url = {https://www.example.org/bader}, links = {Les annexes <https://www.example.org/a.pdf> (pdf)}}
@article{doi, author = {Zay, Luc}, title = {Un article}, journaltitle = {Santé}, date = {2020}, langid = {french},
  doi = {10.1000/182}, annotation = {Un résumé.}}
@book{nu, author = {Zay, Luc}, title = {Sans adresse}, publisher = {EHESP}, date = {2022}, langid = {french}}
"""
SPEC = "style: {style}\npaper: {paper}\n{more}sections: [{{title: Lectures, references: [bader, doi, nu]}}]\n"
PAPER_STYLES = ("bulletin", "lettre", "liste")


def output(folder: Path, style: str = "bulletin", paper: str = "A4", more: str = "") -> Output:
    project(folder, SPEC.format(style=style, paper=paper, more=more), REFERENCES, HEAD)
    return output_of(folder, SLUG)


def lines(made: Output) -> list[str]:
    return [words(each.runs()) for each in made.tagged.root.find("P")]


@pytest.mark.parametrize("style", PAPER_STYLES)
def test_paper_shows_addresses_in_short_where_screens_have_words(tmp_path: Path, style: str) -> None:
    made = output(tmp_path, style)
    assert made.diagnostics == ()
    assert {"www.example.org/bader", "doi.org/10.1000/182"} <= set(lines(made))
    assert "Les annexes (pdf) : www.example.org/a.pdf" in lines(made)
    assert not any("Consulter" in line for line in lines(made))
    assert "Consulter la ressource\u00a0: Les contrats" in made.screen
    assert "Les annexes</a> (pdf)</p>" in made.screen
    said = {link.uri: link.contents for page in made.tagged.annotations for link in page if link.uri}
    assert said[ADDRESS] == "Les contrats, example.org"
    assert said["https://www.example.org/a.pdf"] == "Les annexes"


@pytest.mark.parametrize("style", PAPER_STYLES)
def test_an_address_is_underlined_in_a_colour_that_can_be_read(tmp_path: Path, style: str) -> None:
    """The line is drawn in the colour of the words, right under them."""
    made = output(tmp_path, style)
    with pypdfium2.PdfDocument(made.pdf) as pdf:
        scale = 4
        number, box = next((run.page, run.box) for run in made.tagged.root.runs() if run.text.startswith("www.example"))
        image = pdf[number].render(scale=scale).to_pil().convert("RGB")
        height = made.tagged.boxes[number].top
        row = [
            min(image.getpixel((round(x * scale), y)) for y in range(*(round((height - at) * scale) for at in under)))
            for x in (box.left + 2, (box.left + box.right) / 2, box.right - 2)
            for under in [(box.bottom + 2, box.bottom - 1)]
        ]
    assert all(contrast("#" + bytes(dark).hex(), "#ffffff") >= LEAST for dark in row)


def figures(made: Output) -> list[str]:
    return [element.alt for element in made.tagged.root.find("Figure")]


@pytest.mark.parametrize("paper", ["A4", "A5"])
@pytest.mark.parametrize("style", PAPER_STYLES)
def test_codes_stand_beside_the_notices_that_have_an_address(tmp_path: Path, style: str, paper: str) -> None:
    made = output(tmp_path, style, paper, "qr_codes: links\n")
    assert made.diagnostics == ()
    assert figures(made) == ["Code QR\u00a0: Les contrats, example.org", "Code QR\u00a0: Un article, doi.org"]
    assert "<svg" not in made.screen
    assert made.page.count("<svg") == 2
    for address in (ADDRESS, "https://doi.org/10.1000/182"):
        assert is_drawn(made.pdf, address)


def test_no_code_is_drawn_unless_asked_for(tmp_path: Path) -> None:
    assert figures(output(tmp_path)) == []


def test_a_dossier_does_without_the_codes_of_its_style(tmp_path: Path) -> None:
    for name, knob in (("codes", "qr_codes: links\n"), ("liste", "")):
        folder = tmp_path / name / "styles" / "codes"
        folder.mkdir(parents=True)
        (folder / "style.yaml").write_text("title: Codes\nextends: liste\nqr_codes: links\n", encoding="utf-8")
        made = output(tmp_path / name, "codes", more="" if knob else "qr_codes: none\n")
        assert len(figures(made)) == (2 if knob else 0)


def test_a_code_is_read_out_behind_its_notice_and_lies_where_it_says(tmp_path: Path) -> None:
    made = output(tmp_path, more="qr_codes: links\n")
    for figure in made.tagged.root.find("Figure"):
        assert figure.parent is not None
        notice = figure.parent.parent
        assert notice is not None
        assert notice.kids[-1] is figure.parent
        assert figure.box is not None
        assert made.tagged.boxes[0].holds(figure.box, 0)
        size = (figure.box.right - figure.box.left) / 72 * 25.4
        assert SMALLEST - 0.01 <= size <= LARGEST
        assert max(run.box.right for run in notice.runs()) < figure.box.left


@pytest.mark.parametrize("profile", ["PDF/UA-1", "PDF/A-3a"])
@pytest.mark.xdist_group("java")
def test_a_dossier_with_codes_conforms(tmp_path: Path, profile: str) -> None:
    made = output(tmp_path, "lettre", more="qr_codes: links\n")
    verdict = verdict_on(made.pdf, profile)  # type: ignore[arg-type]  # one of the two
    assert verdict.failures == ()


def test_the_squares_are_large_enough_to_read() -> None:
    for length in (30, 120, 121, 300, LONGEST):
        code = qr_code("https://www.example.org/" + "a" * (length - 24))
        assert code is not None
        assert SMALLEST <= code.size <= LARGEST
        assert code.size / code.squares >= (MODULE - 0.005 if length <= 120 else 0.3)
    assert qr_code("https://www.example.org/" + "a" * LONGEST) is None


def is_drawn(pdf: bytes, address: str) -> bool:
    """Whether the squares that stand for an address are painted on a page, each one at its place."""
    wanted = [list(map(bool, row)) for row in segno.make(address, error="M", boost_error=False, micro=False).matrix]
    count = len(wanted)
    with pypdfium2.PdfDocument(pdf) as document, pikepdf.open(BytesIO(pdf)) as tree:
        found = [
            (page, [float(number) for number in each.A.BBox])
            for each in tree.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"
            for page in range(len(document))
            if tree.pages[page].obj.objgen == each.Pg.objgen
        ]
        for page, (left, bottom, right, top) in found:
            image = document[page].render(scale=8).to_pil().convert("L")
            height = document[page].get_height()
            step = (right - left) / count
            drawn = [
                [
                    image.getpixel((round((left + (x + 0.5) * step) * 8), round((height - top + (y + 0.5) * step) * 8)))
                    < 128
                    for x in range(count)
                ]
                for y in range(count)
            ]
            if drawn == wanted and abs((top - bottom) - (right - left)) < 0.1:
                return True
    return False
