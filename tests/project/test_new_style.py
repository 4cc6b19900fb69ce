"""A new style, from options or from the answers of a user at a terminal: its files, and a dossier built with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.running import biblio, snapshot
from compose.material import SLUG, project
from project.test_new import on_a_terminal

from biblio.project.new_style import COLOUR, StyleAnswers, create_style
from biblio.project.project import Project
from biblio.words.faults import BiblioError

FONTS = Path(__file__).parents[2] / "styles" / "cres" / "fonts"
SPEC = "style: maison\nsections: [{title: Un, references: [bader]}]\n"
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1" width="20" height="10"><path d="M0 0h2v1H0z"/></svg>'


@pytest.fixture
def where(tmp_path: Path) -> Path:
    return project(tmp_path, SPEC).root


def read(folder: Path, name: str) -> str:
    return (folder / "styles" / "maison" / name).read_text(encoding="utf-8")


def test_from_options(where: Path) -> None:
    done = biblio(where, "new-style", "maison", "--title", "La maison", "--colour", "0066cc")
    assert (done.code, done.err) == (0, "")
    assert done.out == (
        "Couleur #0066cc : contraste de 5.6 sur le blanc, il en faut 4.5 pour du texte.\n"
        "De nuit, à l'écran : #3083d6.\n"
        "styles/maison/ est écrit. Pour l'essayer : biblio build --style maison\n"
    )
    style = Project(where).style("maison")
    assert style.diagnostics == ()
    assert style.value is not None
    assert (style.value.spec.title, style.value.spec.extends) == ("La maison", "cres")
    assert "--accent: #0066cc; /* 5.6:1 */" in read(where, "page.css")


def test_a_colour_that_is_too_light_gives_way_and_is_said(where: Path) -> None:
    made = create_style(Project(where), "maison", StyleAnswers("Maison", "#7ac943"), "fr")
    assert (made.is_kept, made.colour) == (False, "#4f832c")
    assert "#4f832c" in read(where, "page.css")
    assert "--accent: #7ac943" in read(where, "screen.css").partition("dark")[2]


def test_fonts_and_a_logo_are_copied_and_the_dossier_is_built_with_them(where: Path) -> None:
    (where / "logo.svg").write_text(LOGO, encoding="utf-8")
    fonts = [word for path in sorted(FONTS.glob("*.ttf")) for word in ("--font", str(path))]
    words = ("--title", "Maison", "--colour", COLOUR, "--paper", "a5", "--logo", "logo.svg", *fonts)
    done = biblio(where, "new-style", "maison", *words)
    assert (done.code, done.err) == (0, "")
    assert sorted(path.name for path in (where / "styles/maison/fonts").iterdir()) == sorted(
        path.name for path in FONTS.glob("*.ttf")
    )
    assert (
        'font-family: "Source Sans 3"; src: url("fonts/SourceSans3-SemiboldIt.ttf"); font-weight: 600; font-style'
        in (read(where, "page.css"))
    )
    assert "paper: A5\n" in read(where, "style.yaml")
    built = biblio(where, "build", SLUG)
    assert (built.code, built.err) == (0, "")


@pytest.mark.parametrize(
    ("answers", "name", "code"),
    [
        (StyleAnswers("M", "vert"), "maison", "E208"),
        (StyleAnswers("M", COLOUR, "rien"), "maison", "E208"),
        (StyleAnswers("M", COLOUR, "cres", "A3"), "maison", "E208"),
        (StyleAnswers("M", COLOUR, logo=Path("logo.gif")), "maison", "E208"),
        (StyleAnswers("M", COLOUR, logo=Path("nulle-part.svg")), "maison", "E104"),
        (StyleAnswers("M"), "Ma maison", "D105"),
        (StyleAnswers("M"), "là", "D105"),
    ],
)
def test_what_will_not_do_is_told_and_nothing_is_written(
    where: Path, answers: StyleAnswers, name: str, code: str
) -> None:
    before = snapshot(where)
    with pytest.raises(BiblioError) as raised:
        create_style(Project(where), name, answers, "fr")
    assert raised.value.diagnostic.code == code
    assert snapshot(where) == before


def test_nothing_is_written_over(where: Path) -> None:
    create_style(Project(where), "maison", StyleAnswers("Maison"), "fr")
    before = snapshot(where)
    done = biblio(where, "new-style", "maison", "--title", "Autre", "--colour", "000")
    assert done.code == 2
    assert "E207" in done.err
    assert snapshot(where) == before


def test_from_answers_at_a_terminal(where: Path) -> None:
    code, text = on_a_terminal(where, ["La maison", "vert", "#336699", "", "", "", ""], "new-style", "maison")
    assert code == 0, text
    assert "« vert » n'est pas une couleur" in text
    assert "#336699" in read(where, "page.css")


def test_without_a_terminal_what_is_missing_is_told(where: Path) -> None:
    done = biblio(where, "new-style", "maison", "--title", "Maison")
    assert done.code == 2
    assert "--colour" in done.err
