"""What is written is all there, or nothing of it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from biblio.editing.works import Work, write
from biblio.project.overwrite import overwrite
from biblio.words.faults import BiblioError


def works(folder: Path) -> list[Work]:
    """A file that is there, one that is new, and one that is a folder and cannot be written."""
    (folder / "there.bib").write_bytes(b"old")
    (folder / "closed.bib").mkdir()
    rows = (("there.bib", b"old", b"changed"), ("new.bib", None, b"new"), ("closed.bib", None, b"never"))
    return [Work(name, folder / name, before, after) for name, before, after in rows]


def test_all_files_are_written(tmp_path: Path) -> None:
    planned = works(tmp_path)
    write(planned[:2], tmp_path)
    assert ((tmp_path / "there.bib").read_bytes(), (tmp_path / "new.bib").read_bytes()) == (b"changed", b"new")


def test_where_one_cannot_be_written_the_others_are_as_they_were(tmp_path: Path) -> None:
    planned = works(tmp_path)
    with pytest.raises(BiblioError) as raised:
        write(planned, tmp_path)
    assert raised.value.diagnostic.code == "E105"
    assert (tmp_path / "there.bib").read_bytes() == b"old"
    assert not (tmp_path / "new.bib").exists()


def test_what_cannot_be_put_back_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    planned = works(tmp_path)

    def meanwhile(path: Path, *rest: object) -> None:
        if path.name == "closed.bib":
            (tmp_path / "new.bib").write_bytes(b"somebody else's")
        overwrite(path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr("biblio.editing.works.overwrite", meanwhile)
    with pytest.raises(BiblioError) as raised:
        write(planned, tmp_path)
    assert (raised.value.diagnostic.code, raised.value.diagnostic.arguments["files"]) == ("E215", "new.bib")
    assert (tmp_path / "there.bib").read_bytes() == b"old"
    assert (tmp_path / "new.bib").read_bytes() == b"somebody else's"


def test_a_file_is_taken_away_and_comes_back(tmp_path: Path) -> None:
    place = tmp_path / "a.bib"
    place.write_bytes(b"old")
    work = Work("a.bib", place, b"old", None)
    write([work], tmp_path)
    assert not place.exists()
    write([work.inverse], tmp_path)
    assert place.read_bytes() == b"old"


def test_where_a_later_one_cannot_be_written_what_was_taken_away_is_there_again(tmp_path: Path) -> None:
    planned = works(tmp_path)
    with pytest.raises(BiblioError):
        write([Work("there.bib", tmp_path / "there.bib", b"old", None), planned[2]], tmp_path)
    assert (tmp_path / "there.bib").read_bytes() == b"old"


@pytest.mark.parametrize(
    ("before", "after"), [(b"old", None), (b"old", b"new"), (None, b"new")], ids=["removed", "changed", "made"]
)
def test_what_somebody_else_wrote_meanwhile_stays(tmp_path: Path, before: bytes | None, after: bytes | None) -> None:
    place = tmp_path / "a.bib"
    place.write_bytes(b"somebody else's")
    with pytest.raises(BiblioError) as raised:
        write([Work("a.bib", place, before, after)], tmp_path)
    assert raised.value.diagnostic.code == "E134"
    assert place.read_bytes() == b"somebody else's"


def test_a_file_that_is_gone_is_not_taken_away_again(tmp_path: Path) -> None:
    with pytest.raises(BiblioError) as raised:
        write([Work("a.bib", tmp_path / "a.bib", b"old", None)], tmp_path)
    assert raised.value.diagnostic.code == "E134"


def test_a_link_is_not_taken_away(tmp_path: Path) -> None:
    (tmp_path / "there.bib").write_bytes(b"old")
    (tmp_path / "link.bib").symlink_to(tmp_path / "there.bib")
    with pytest.raises(BiblioError) as raised:
        write([Work("link.bib", tmp_path / "link.bib", b"old", None)], tmp_path)
    assert raised.value.diagnostic.code == "E105"
    assert (tmp_path / "link.bib").read_bytes() == b"old"
