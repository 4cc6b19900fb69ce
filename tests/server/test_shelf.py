"""The rows of the desk: the same whether they are made of references, of notes in an index, or of the rows before."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from server.desks import real_project

from biblio.project import index
from biblio.project.project import Project
from biblio.server.shelf import Shelf
from biblio.server.shelves import shelf_of

NAME = "references/observation.bib"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return real_project(tmp_path / "p")


def known(root: Path, monkeypatch: pytest.MonkeyPatch, before: Shelf | None = None) -> Shelf:
    """The shelf of a project that is large enough for an index."""
    with monkeypatch.context() as context:
        context.setattr(index, "SMALL", 0)
        return shelf_of(Project(root), before)


def test_rows_are_the_same_with_an_index_and_without(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "references/zz.bib").write_text(
        '@xdata{x, publisher = {Éd.}}\n@book{y, xdata = {x}, title = "É\\oe"}\n@misc{z}'
    )
    expected = shelf_of(Project(root), None).rows
    assert [row.source for row in expected if row.citekey == "y"] == ["Éd."]
    first = known(root, monkeypatch)  # made of references
    assert first.rows == expected
    assert known(root, monkeypatch).rows == expected  # read from its notes
    again = known(root, monkeypatch, first)
    assert again.rows == expected
    assert all(one is other for one, other in zip(first.rows, again.rows, strict=True))


def test_what_changes_is_made_anew_and_nothing_else(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = known(root, monkeypatch)
    place = root / NAME
    before = place.read_text("utf-8")
    key = next(row.citekey for row in first.rows if row.path == NAME)
    place.write_text(re.sub(r"(?<!\w)title\s*=\s*\{", r"\g<0>Un autre ", before, count=1), "utf-8")
    second = known(root, monkeypatch, first)
    assert second.rows == shelf_of(Project(root), None).rows
    changed = [one.citekey for one, other in zip(first.rows, second.rows, strict=True) if one is not other]
    assert changed == [key]


def test_a_note_that_tells_no_row_is_not_believed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = known(root, monkeypatch)
    with monkeypatch.context() as context:
        context.setattr(index, "SMALL", 0)
        project = Project(root)
        catalogue = project.opened.value.catalogue
        notes = catalogue.notes("desk") or ()
        catalogue.note("desk", [notes[0]._replace(said='[["Article"]]')])
        assert shelf_of(Project(root), None).rows == first.rows
