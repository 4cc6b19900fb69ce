"""Whatever is edited, the library of an index is the library that is read from nothing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from project.edited import PIECES, edits
from project.indexed import QUERIES, from_nothing, project_of, said

from biblio.collection.library import Library
from biblio.formats.bibtex import splitter
from biblio.formats.bibtex.syntax import Split
from biblio.project import index
from biblio.project.index import blocks
from biblio.project.index.catalogue import IndexedCatalogue
from biblio.project.project import Project


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(index, "SMALL", 0)


def is_indexed(library: Library) -> bool:
    return isinstance(library.catalogue, IndexedCatalogue)


@settings(max_examples=50)
@given(edits(), st.lists(st.booleans(), min_size=4, max_size=4), st.sampled_from([1, 60, 200, 32_768]))
def test_the_library_of_an_index_is_the_one_read_from_nothing(
    states: list[Mapping[str, bytes]], looked: list[bool], block: int
) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "SIZE", block)
        for state, look in zip(states, looked, strict=False):
            project = project_of(Path(folder) / "projet", state)
            expected = said(from_nothing(project))
            if not look:  # the places alone are brought up, and what is read later has been passed over once
                assert list(project.opened.value.citekeys) == expected["keys"]
                assert is_indexed(project.opened.value)
                continue
            found = said(project.library)
            assert is_indexed(project.opened.value)
            assert found == expected
            again = Project(project.root)
            assert said(again.library) == expected
            assert is_indexed(again.opened.value)


def entry(number: int, more: str = "") -> str:
    return f"@book{{n-{number},\n  title = {{Notice {number}}},\n  couleur = {{bleu}},\n{more}}}\n\n"


LONG = [entry(number, "  crossref = {n-3},\n" if number in (9, 17) else "") for number in range(20)]
CHANGES = (
    *PIECES,
    "x",
    "}",
    "{",
    "\n\n",
    "  note = {n},\n",
    "@",
    "%",
    "é",
    '"',
    entry(3),
    "\r",
    "\0",
    "\u009c",
    "e\u0301",
)


@st.composite
def one_edits(draw: st.DrawFn) -> list[str]:
    """A long file, and the same after some changes at one place each."""
    texts = ["".join(LONG)]
    if draw(st.booleans()):
        texts = [f"{draw(st.sampled_from(PIECES))}{texts[0]}{draw(st.sampled_from(PIECES))}"]
    for _ in range(draw(st.integers(1, 3))):
        text = texts[-1]
        start = draw(st.integers(0, len(text)))
        stop = min(len(text), start + draw(st.sampled_from([0, 0, 1, 5, 90])))
        if draw(st.booleans()):  # whole lines
            start, stop = text.rfind("\n", 0, start) + 1, text.find("\n", stop) + 1 or len(text)
        texts.append(text[:start] + draw(st.sampled_from(("", *CHANGES))) + text[stop:])
    return texts


@settings(max_examples=80)
@given(one_edits(), st.sampled_from([1, 1, 100]))
def test_a_part_that_is_read_again_is_read_as_in_the_whole_file(texts: list[str], block: int) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "SIZE", block)
        for text in texts:
            content = text.encode("utf-8", "surrogatepass")
            project = project_of(Path(folder) / "projet", {"a.bib": content})
            expected = said(from_nothing(project), QUERIES[:2])
            assert said(project.library, QUERIES[:2]) == expected
            assert is_indexed(project.opened.value)
            edited = content.replace(b"Notice 12", b"Notice douze")
            project = project_of(Path(folder) / "projet", {"a.bib": edited, "b.bib": b""})
            assert list(project.opened.value.citekeys) == expected["keys"]


def test_one_entry_changed_is_read_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "SIZE", 1)
    said(project_of(tmp_path / "p", {"a.bib": "".join(LONG).encode()}).library)
    seen: list[int] = []
    run = splitter._Splitter.run

    def counted(self: splitter._Splitter) -> Split:
        seen.append(len(self.text))
        return run(self)

    monkeypatch.setattr(splitter._Splitter, "run", counted)
    changed = "".join(LONG).replace("Notice 11", "Une autre")
    project = project_of(tmp_path / "p", {"a.bib": changed.encode()})
    assert project.opened.value.get("n-15")
    assert len(seen) == 2
    assert sum(seen) < 5 * len(LONG[0])
    seen.clear()
    assert project.library.diagnostics
    assert len(seen) == 1  # the one that has changed
