"""A dossier that stays in memory publishes what a build would, and finds out where it did not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random

import pypdfium2
import pytest
from outputs.edited import EDITS, SLUG, beginning

from biblio.build.pipeline import Request, build
from biblio.build.resident import Resident
from biblio.compose.composed import Composed
from biblio.project.project import Project
from biblio.words.faults import Parsed


def cold(root: Path) -> bytes:
    """The PDF of a build from nothing."""
    assert build(Project(root), SLUG, Request(root / "cold", force=True)).state == "built"
    return (root / "cold" / f"{SLUG}.pdf").read_bytes()


def published(resident: Resident) -> bytes:
    return (resident.request.folder / f"{SLUG}.pdf").read_bytes()


def test_an_edit_gives_the_pages_that_changed_and_the_file_of_a_build(tmp_path: Path) -> None:
    edited = beginning(Random(1))
    edited.written(tmp_path)
    resident = Resident(tmp_path, SLUG, Request(tmp_path / "build", ("pdf", "html")))
    first = resident.refresh()
    assert (first.result.state, first.whole, first.changed) == ("built", True, tuple(range(1, first.pages + 1)))
    edited = EDITS["a word more"](edited, Random(1))
    edited.written(tmp_path)
    second = resident.refresh()
    assert (second.result.state, second.whole, second.pages) == ("built", False, first.pages)
    assert len(second.changed) == 1
    assert published(resident) == cold(tmp_path)
    assert "Ajout." in (tmp_path / "build" / f"{SLUG}.html").read_text("utf-8")
    assert (resident.refresh().result.state, resident.refresh().changed) == ("current", ())
    assert (resident.is_settled, resident.settle(), resident.is_settled) == (False, True, True)


def test_a_file_that_is_no_whole_build_is_found_out_and_mended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    beginning(Random(1)).written(tmp_path)
    resident = Resident(tmp_path, SLUG, Request(tmp_path / "build"))
    right = resident._rendered

    def wrong(composed: Composed, formats: Sequence[str]) -> dict[str, Parsed[bytes]]:
        return {name: Parsed(made.value + b"\n", made.diagnostics) for name, made in right(composed, formats).items()}

    with monkeypatch.context() as patched:
        patched.setattr(resident, "_rendered", wrong)
        resident.refresh()
    assert published(resident) != cold(tmp_path)
    assert not resident.settle()
    assert published(resident) == cold(tmp_path)


def test_a_look_at_an_edit_shows_its_pages_and_publishes_nothing(tmp_path: Path) -> None:
    edited = beginning(Random(1))
    edited.written(tmp_path)
    resident = Resident(tmp_path, SLUG, Request(tmp_path / "build"))
    resident.refresh()
    before = published(resident)
    EDITS["a word more"](edited, Random(1)).written(tmp_path)
    look = resident.look().value
    assert look is not None
    numbers = [page.number for page in look.pages]
    assert published(resident) == before
    refreshed = resident.refresh()
    assert not refreshed.whole
    assert published(resident) == cold(tmp_path)
    assert set(refreshed.changed) <= set(numbers)
    with pypdfium2.PdfDocument(look.content) as looked, pypdfium2.PdfDocument(published(resident)) as whole:
        assert len(looked) == len(numbers) < len(whole) == look.count
        for page, number in zip(looked, numbers, strict=True):
            assert page.render().to_pil().tobytes() == whole[number - 1].render().to_pil().tobytes()
