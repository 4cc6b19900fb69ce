"""An edit that a dossier does not print makes nothing anew, and one that it prints is in its outputs."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import cast

import pytest
from counting import steps
from hypothesis import given, settings
from hypothesis import strategies as st

from biblio.build.content import content_of
from biblio.build.pipeline import BuildResult, Request, build, is_up_to_date
from biblio.build.stamp import epoch_setting
from biblio.compose.composed import Composed
from biblio.formats.bibtex.reader import read_bibtex
from biblio.project.manifest import Options
from biblio.project.project import Project

SPEC = """\
title: Marcher
publisher: Le centre
date: 2024-06-01
lang: fr
style: sobre
sections:
  - {title: Choisies, references: [marche, velo]}
  - {title: Trouvées, select: {keyword: sport}}
indexes: [people]
"""
OTHER = """\
title: Autre
publisher: Le centre
date: 2024-06-01
lang: fr
style: sobre
sections: [{title: A, references: [autre]}]
"""
BIB = """\
@string{revue = {La Revue}}

@article{marche, author = {Roux, Marie}, title = {La marche}, journaltitle = revue, date = {2021},
  annotation = {Une enquête.}, annotationsource = {éditeur}, keywords = {ville}}

@inbook{velo, author = {Petit, Anne}, title = {Le vélo}, crossref = {livre}, pages = {3-9}}

@book{course, author = {Durand, Paul}, title = {La course}, date = {2020}, keywords = {sport}}

@book{autre, author = {Blanc, Luc}, title = {Autre chose}, date = {2019}, annotation = {Un texte.},
  annotationsource = {éditeur}}

@book{livre, editor = {Noir, Zoé}, title = {Le livre}, date = {2018}, publisher = {Presses}}
"""
THEMES = "sport: {fr: Le sport, en: Sport}\nville: {fr: La ville, en: The city, also: [cité]}\n"

# What is typed in the place of what, in which file, and whether the dossier prints something of it.
EDITS = {
    "the text of a reference that is not printed": ("a.bib", "Un texte.", "Un autre texte.", False),
    "its key": ("a.bib", "{autre,", "{encore,", False),
    "a reference more, above": ("a.bib", "@string", "@book{plus, title = {Plus}, date = {2022}}\n\n@string", False),
    "one less": (
        "a.bib",
        "@book{autre, author = {Blanc, Luc}, title = {Autre chose}, date = {2019},",
        "@comment{",
        False,
    ),
    "the layout": ("a.bib", "{La course}, date", "{La course},\n   date", False),
    "a comment": ("a.bib", "@book{livre", "% vérifié\n@book{livre", False),
    "lines that end otherwise": ("a.bib", "\n", "\r\n", False),
    "a theme that nothing has": ("themes.yaml", "also: [cité]", "also: [cité, bourg]", False),
    "a printed annotation": ("a.bib", "Une enquête.", "Une enquête nouvelle.", True),
    "a printed title": ("a.bib", "{La course}", "{La course à pied}", True),
    "what it takes from its host": ("a.bib", "{Presses}", "{Presses universitaires}", True),
    "a macro": ("a.bib", "{La Revue}", "{Une revue}", True),
    "a keyword, and so a result": ("a.bib", "{Autre chose},", "{Autre chose}, keywords = {sport},", True),
    "a result less": ("a.bib", "keywords = {sport}", "keywords = {ville}", True),
    "a field that no notice shows but an export has": ("a.bib", "date = {2020}", "date = {2020}, custom = {x}", True),
    "the title of the dossier": ("spec", "title: Marcher", "title: Aller", True),
    "the order of its keys": ("spec", "lang: fr\nstyle: sobre\n", "style: sobre\nlang: fr\n", False),
}


def made(root: Path) -> Project:
    (root / "dossiers").mkdir()
    (root / "references").mkdir()
    (root / "dossiers" / "marcher.yaml").write_text(SPEC, "utf-8")
    (root / "dossiers" / "autre.yaml").write_text(OTHER, "utf-8")
    (root / "references" / "a.bib").write_text(BIB, "utf-8")
    (root / "references" / "themes.yaml").write_text(THEMES, "utf-8")
    return Project(root)


def edit(root: Path, name: str) -> None:
    file, old, new, _ = EDITS[name]
    path = root / "dossiers" / "marcher.yaml" if file == "spec" else root / "references" / file
    text = path.read_bytes().decode()
    path.write_bytes(text.replace(old, new).encode())


def built(
    root: Path, folder: str = "build", *, force: bool = False, formats: tuple[str, ...] = ("html",)
) -> BuildResult:
    return build(Project(root), "marcher", Request(root / folder, formats, force=force))


def output(root: Path, folder: str = "build") -> bytes:
    return (root / folder / "marcher.html").read_bytes()


def is_listed_as_current(root: Path) -> bool:
    project = Project(root)
    spec = project.dossier("marcher").value
    assert spec is not None
    return is_up_to_date(project, spec, root / "build", Options(spec.style, ("html",), epoch_setting()))


@pytest.mark.parametrize("name", EDITS)
def test_only_what_is_printed_makes_a_dossier_anew(name: str, tmp_path: Path) -> None:
    made(tmp_path)
    assert built(tmp_path).state == "built"
    before = output(tmp_path)
    edit(tmp_path, name)
    is_printed = EDITS[name][3]
    assert is_listed_as_current(tmp_path) != is_printed
    result = built(tmp_path)
    assert result.state == ("built" if is_printed else "current")
    built(tmp_path, "anew", force=True)
    assert output(tmp_path) == output(tmp_path, "anew")
    assert (output(tmp_path) != before) == is_printed
    assert built(tmp_path).state == "current"


@given(st.lists(st.sampled_from([*EDITS]), min_size=1, max_size=5, unique=True))
@settings(max_examples=12)
def test_after_any_edits_the_outputs_are_those_of_a_build_from_nothing(names: list[str]) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        made(root)
        built(root)
        for name in names:
            edit(root, name)
            result = built(root)
            anew = built(root, "anew", force=True)
            assert result.diagnostics == anew.diagnostics
            assert output(root) == output(root, "anew")


def test_a_fault_is_told_at_the_line_where_it_stands_now(tmp_path: Path) -> None:
    made(tmp_path)
    bib = tmp_path / "references" / "a.bib"
    bib.write_text(BIB.replace("date = {2021}", "date = {avant}"), "utf-8")
    (first,) = (each for each in built(tmp_path).diagnostics if each.code.startswith("R3"))
    bib.write_text("% un\n% deux\n" + bib.read_text("utf-8"), "utf-8")
    result = built(tmp_path)
    (second,) = (each for each in result.diagnostics if each.code.startswith("R3"))
    assert result.state == "current"
    assert first.span
    assert second.span
    assert second.span.line == first.span.line + 2


def test_a_manifest_tells_the_inputs_as_they_are(tmp_path: Path) -> None:
    made(tmp_path)
    built(tmp_path)
    place = tmp_path / "build" / "marcher.manifest.json"
    before = json.loads(place.read_text("utf-8"))
    edit(tmp_path, "a comment")
    built(tmp_path)
    after = json.loads(place.read_text("utf-8"))
    assert after["content"] == before["content"]
    assert after["outputs"] == before["outputs"]
    assert after["inputs"]["files"]["references/a.bib"] != before["inputs"]["files"]["references/a.bib"]


def test_an_output_that_is_not_there_is_made(tmp_path: Path) -> None:
    made(tmp_path)
    built(tmp_path)
    edit(tmp_path, "a comment")
    (tmp_path / "build" / "marcher.html").write_bytes(b"x")
    assert built(tmp_path).state == "built"
    edit(tmp_path, "the layout")
    assert built(tmp_path, formats=("html", "md")).state == "built"


def test_of_many_dossiers_those_that_print_an_entry_are_made_anew(tmp_path: Path) -> None:
    made(tmp_path)
    request = Request(tmp_path / "build", ("html",))
    for slug in ("marcher", "autre"):
        build(Project(tmp_path), slug, request)
    edit(tmp_path, "a printed annotation")
    assert [build(Project(tmp_path), slug, request).state for slug in ("marcher", "autre")] == ["built", "current"]


def test_a_reference_is_told_once_however_often_it_is_printed() -> None:
    names = " and ".join(f"Nom{number}, Anne" for number in range(200))
    (reference,) = read_bibtex(f"@book{{b, title = {{A}}, author = {{{names}}}}}".encode(), "a.bib").value

    def printed(times: int) -> Composed:
        return cast(
            Composed, SimpleNamespace(spec="", selection=SimpleNamespace(parts=(reference,) * times), document=())
        )

    content_of(printed(1))
    assert steps(lambda: content_of(printed(100))) < 2 * steps(lambda: content_of(printed(1)))
    assert content_of(printed(2)) != content_of(printed(3))
