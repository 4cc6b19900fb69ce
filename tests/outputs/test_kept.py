"""A layout that follows edits gives, to the byte, what a layout from nothing gives."""

from __future__ import annotations

import gc
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from outputs.edited import EDITS, SLUG, Edited, beginning

from biblio.build.pipeline import compose_dossier
from biblio.build.stamp import stamp_of
from biblio.compose.composed import Composed
from biblio.outputs.pdf.kept.press import Press
from biblio.outputs.pdf.write import Layouts, render
from biblio.project.project import Project
from biblio.words.faults import Parsed

# The edits that a layout follows; the sheets and fonts of the others are not those that it was made with.
FOLLOWED = [name for name in EDITS if name not in ("another script", "a sheet", "a knob")]


class Kept:
    """A project in a folder, and the layouts that are kept of it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.counted, self.printed = Press(), Press()

    def composed(self, edited: Edited) -> Composed:
        edited.written(self.root)
        project = Project(self.root)
        spec = project.dossier(SLUG).value
        assert spec is not None
        composed = compose_dossier(project, spec, spec.style).value
        assert composed is not None
        return composed

    def followed(self, composed: Composed) -> Parsed[bytes]:
        return render(composed, stamp_of(""), Layouts(self.counted.lay_out, self.printed.lay_out))


def same(kept: Kept, edited: Edited) -> Parsed[bytes]:
    """The PDF after an edit, which is that of a layout from nothing, and says what that says."""
    composed = kept.composed(edited)
    followed, cold = kept.followed(composed), render(composed, stamp_of(""))
    assert followed.value == cold.value
    assert followed.diagnostics == cold.diagnostics
    return followed


@pytest.mark.parametrize("name", EDITS)
def test_each_edit_gives_the_bytes_of_a_layout_from_nothing(name: str, tmp_path: Path) -> None:
    random = Random(name)
    kept, edited = Kept(tmp_path), beginning(random)
    kept.followed(kept.composed(edited))
    same(kept, EDITS[name](edited, random))
    assert kept.printed.whole == (name not in FOLLOWED)


@pytest.mark.slow
@settings(max_examples=6, deadline=None)
@given(st.lists(st.sampled_from(sorted(EDITS)), min_size=3, max_size=6), st.integers(0, 10**9))
def test_any_edits_give_the_bytes_of_layouts_from_nothing(names: list[str], seed: int) -> None:
    random = Random(seed)
    with TemporaryDirectory() as folder:
        kept, edited = Kept(Path(folder)), beginning(random)
        kept.followed(kept.composed(edited))
        for name in names:
            edited = EDITS[name](edited, random)
            same(kept, edited)
    gc.collect()  # boxes know each other in circles, and hundreds of layouts would wait for the collector


def test_an_annotation_draws_the_pages_that_it_is_on_alone(tmp_path: Path) -> None:
    kept, edited = Kept(tmp_path), beginning(Random(1))
    kept.followed(kept.composed(edited))
    before = kept.printed.drawn()
    content = same(kept, EDITS["a word more"](edited, Random(1))).value
    after = kept.printed.drawn()
    changed = [number for number, (one, other) in enumerate(zip(before, after, strict=True)) if one != other]
    with pypdfium2.PdfDocument(content) as document:
        pages = [number for number, page in enumerate(document) if "Ajout." in page.get_textpage().get_text_bounded()]
    assert changed == pages


def test_edits_leave_nothing_behind(tmp_path: Path) -> None:
    first = beginning(Random(1))
    states = [first, EDITS["a word more"](first, Random(2)), EDITS["an entry less"](first, Random(3))]
    kept, counts = Kept(tmp_path), []
    for _ in range(4):
        for state in states:
            kept.followed(kept.composed(state))
        gc.collect()
        counts.append(len(gc.get_objects()))
    assert not kept.printed.whole
    assert counts[-1] < counts[1] * 1.01
