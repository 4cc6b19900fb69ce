"""Each key of a style that sways notices does so in the grammars that heed it; the others refuse it in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from compose.material import SLUG, project

from biblio.build.pipeline import compose_dossier
from biblio.citation import PRESETS
from biblio.text.inline import plain
from biblio.words.faults import Diagnostic

REFERENCES = r"""
@article{a, author = {von Un, Ada and Deux, Bea and Trois, Cid and Cinq, Eve}, translator = {Quatre, Dan},
  title = {Un titre}, journaltitle = {La Revue}, publisher = {Une maison}, volume = {3},
  number = {2}, date = {2019-03-04}, pages = {1-9},
  langid = {german}, annotation = {Un mot.}, url = {https://www.example.org/a}}
"""
SPEC = "style: maison\nsections: [{title: Un, references: [a]}]\n"
VALUES = {
    "et_al_min": "9",
    "et_al_use_first": "1",
    "roles": "true",
    "source_elements": "[date, journaltitle]",
    "dates": "words",
    "name_capitals": "false",
}
OTHERS = ("pybtex:unsrt",)
# They print no name in capitals; the key sways their indexes all the same.
WITHOUT_CAPITALS = ("reading-list", *OTHERS)


def made(folder: Path, citation: str, keys: str = "", base: str = "") -> tuple[list[str], tuple[Diagnostic, ...]]:
    """The lines of the notice in a style with these keys, each behind its role, and what is found wrong."""
    where = project(folder, SPEC, REFERENCES)
    for name, text in (("base", base), ("maison", f"citation: {citation}\n{keys}\n")):
        style = folder / "styles" / name
        style.mkdir(parents=True, exist_ok=True)
        extends = "extends: base\n" if base and name == "maison" else ""
        (style / "style.yaml").write_text(f"title: Essai\n{extends}{text}", encoding="utf-8")
    spec = where.dossier(SLUG).value
    assert spec is not None
    done = compose_dossier(where, spec, spec.style)
    assert done.value is not None, done.diagnostics
    (notice,) = done.value.document.notices
    lines = [f"{line.role} {plain(line.content)}" for line in notice.lines]
    return lines, tuple(each for each in done.diagnostics if each.code.startswith("D1"))


@pytest.mark.parametrize("citation", [*PRESETS.own, *OTHERS])
@pytest.mark.parametrize("key", VALUES)
def test_a_key_has_an_effect_or_is_told_to_have_none(tmp_path: Path, citation: str, key: str) -> None:
    before, nothing = made(tmp_path / "before", citation)
    after, faults = made(tmp_path / "after", citation, f"{key}: {VALUES[key]}")
    assert nothing == ()
    told = [each.arguments["key"] for each in faults if each.code == "D155"]
    silent = key == "name_capitals" and citation in WITHOUT_CAPITALS
    assert (before == after) is (told == [key] or silent)


def test_a_key_without_effect_is_told_at_its_place(tmp_path: Path) -> None:
    _, (fault,) = made(tmp_path, "iso690-fr", "dates: words")
    assert fault.code == "D155"
    assert fault.arguments == {"key": "dates", "citation": "iso690-fr"}
    assert fault.span is not None
    assert fault.span.where == "styles/maison/style.yaml:3"


def test_the_style_that_is_extended_is_not_to_blame(tmp_path: Path) -> None:
    _, faults = made(tmp_path, "iso690-fr", base="citation: cres\ndates: words\n")
    assert faults == ()


@pytest.mark.parametrize("citation", ["iso690-fr", "iso690-note-fr"])
def test_lines_have_an_order_in_the_grammars_of_the_standard(tmp_path: Path, citation: str) -> None:
    lines, faults = made(tmp_path, citation, "notice_lines: [annotation, source]")
    assert faults == ()
    assert [line.partition(" ")[0] for line in lines][-1] == "source"
    assert "Un titre" in lines[-1]


@pytest.mark.parametrize(
    ("citation", "lines", "essential"),
    [
        ("cres", "[source, annotation]", "title"),
        ("iso690-fr", "[title, annotation]", "source"),
        ("iso690-note-fr", "[title]", "source"),
        ("pybtex:unsrt", "[source]", "title, source"),
    ],
)
def test_a_notice_never_loses_its_title(tmp_path: Path, citation: str, lines: str, essential: str) -> None:
    printed, (fault,) = made(tmp_path, citation, f"notice_lines: {lines}")
    assert (fault.code, fault.arguments["lines"]) == ("D147", essential)
    assert any("Un titre" in line for line in printed)
