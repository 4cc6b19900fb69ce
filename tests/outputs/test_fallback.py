"""The fonts behind a style's own: asked for by a character, in the order of the table, and no others."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from biblio.outputs.html import rich_html
from biblio.outputs.pdf.fallback import font_for, missing_characters, with_fallback
from biblio.project.project import Project
from biblio.style.style import Style
from biblio.text.inline import Lang, Text

ROOT = Path(__file__).parents[2]
PREFIX = "spare/"


@cache
def cres() -> Style:
    style = Project(ROOT).style("cres").value
    assert style is not None
    return style


def added(words: str) -> list[str]:
    style = with_fallback(cres(), {"a": words})
    return sorted(path.removeprefix(PREFIX) for path in style.assets.keys() - cres().assets.keys())


@pytest.mark.parametrize(
    ("words", "fonts"),
    [
        ("L'Été à Århus, œuvre, α, Ж, ≥ 65 ans", []),
        ("שלום", ["NotoSansHebrew-Bold.ttf", "NotoSansHebrew-Regular.ttf"]),
        ("الصحة", ["NotoSansArabic-Bold.ttf", "NotoSansArabic-Regular.ttf"]),
        ("x ∈ ℝ", ["NotoSans-Regular.ttf", "NotoSansMath-Regular.ttf"]),
        ("★", ["NotoSansSymbols2-Regular.ttf"]),
        ("⚕", ["NotoSansSymbols-Regular.ttf"]),
        ("公共", []),
    ],
)
def test_a_font_is_there_only_when_a_character_asks_for_it(words: str, fonts: list[str]) -> None:
    assert added(words) == fonts


def test_a_style_that_has_every_character_is_left_as_it_is() -> None:
    assert with_fallback(cres(), {"a": "Été"}) is cres()


def test_the_spare_families_stand_behind_those_of_the_style_and_nowhere_else() -> None:
    css = with_fallback(cres(), {"a": "שלום"}).page_css
    assert '--face: "Source Sans 3", "Noto Sans Hebrew";' in css
    assert (
        '@font-face { font-family: "Source Sans 3"; src: url("fonts/SourceSans3-Regular.ttf"); font-weight: 400; }'
        in css
    )
    assert 'src: url("spare/NotoSansHebrew-Regular.ttf")' in css


def test_the_fonts_of_the_project_are_asked_first() -> None:
    hebrew = with_fallback(cres(), {"a": "שלום"}).assets["spare/NotoSansHebrew-Regular.ttf"]
    style = replace(cres(), spare_fonts={"fonts/Mienne.ttf": hebrew})
    assert (with_fallback(style, {"a": "שלום"}).assets.keys() - cres().assets.keys()) == {"spare/fonts/Mienne.ttf"}


@pytest.mark.parametrize(
    ("character", "font"),
    [
        ("公", "Noto Sans CJK SC"),
        ("か", "Noto Sans CJK JP"),
        ("한", "Noto Sans CJK KR"),
        ("ไ", "Noto Sans Thai"),
        ("अ", "Noto Sans Devanagari"),
        ("☃", "Noto Sans"),
    ],
)
def test_the_message_says_which_font_has_them(character: str, font: str) -> None:
    assert font_for(character) == font


def test_what_no_font_has_is_said() -> None:
    style = with_fallback(cres(), {"a": "公 שלום"})
    (fault,) = missing_characters({"a": "公 שלום"}, style)
    assert (fault.code, fault.arguments["font"]) == ("W101", "Noto Sans CJK SC")
    assert "U+516C" in fault.arguments["characters"]


def test_a_font_in_the_project_s_folder_is_found(tmp_path: Path) -> None:
    (tmp_path / "dossiers").mkdir()
    (tmp_path / "fonts").mkdir()
    content = (ROOT / "src/biblio/outputs/pdf/spare_fonts/NotoSansHebrew-Regular.ttf").read_bytes()
    (tmp_path / "fonts" / "Mienne.ttf").write_bytes(content)
    (tmp_path / "fonts" / "notes.txt").write_text("rien")
    (tmp_path / "fonts" / "ailleurs.ttf").symlink_to("/etc/hostname")
    project = Project(tmp_path)
    style = project.style("cres").value
    assert style is not None
    assert dict(style.spare_fonts) == {"fonts/Mienne.ttf": content}
    assert "fonts/Mienne.ttf" in {file.path for file in project.style_files("cres")}


@pytest.mark.parametrize(
    ("tag", "direction"),
    [("he", ' dir="rtl"'), ("ar-EG", ' dir="rtl"'), ("az-Arab", ' dir="rtl"'), ("en", ""), ("he-Latn", ""), ("ru", "")],
)
def test_a_title_from_right_to_left_says_so(tag: str, direction: str) -> None:
    assert rich_html((Lang(tag, (Text("T"),)),)) == f'<span lang="{tag}"{direction}>T</span>'
