"""What is written is all there, or nothing of it is."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
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


def _file_in_the_way(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    del monkeypatch
    place.parent.parent.write_bytes(b"a file")


def _link_to_nowhere(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    del monkeypatch
    place.parent.parent.symlink_to(place.parent.parent.parent / "nowhere")


def _full_disk(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _failing_at(place.parent, errno.ENOSPC, monkeypatch)


def _no_rights(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _failing_at(place.parent.parent, errno.EACCES, monkeypatch)


def _failing_at(folder: Path, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = Path.mkdir

    def failing(path: Path, *arguments: object, **named: object) -> None:
        if path == folder:
            raise OSError(number, os.strerror(number), str(path))
        plain(path, *arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "mkdir", failing)


def _not_to_be_looked_at(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = Path.is_file

    def failing(path: Path) -> bool:
        if path == place:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return plain(path)

    monkeypatch.setattr(Path, "is_file", failing)


@pytest.mark.parametrize(
    "fault",
    [_file_in_the_way, _link_to_nowhere, _full_disk, _no_rights, _not_to_be_looked_at],
    ids=lambda fault: fault.__name__,
)
def test_where_a_folder_cannot_be_made_the_others_are_as_they_were(
    fault: Callable[[Path, pytest.MonkeyPatch], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = works(tmp_path)[:2]
    within = Work("other/deep/a.bib", tmp_path / "other" / "deep" / "a.bib", None, b"new")
    last = Work("images/new/b.bib", tmp_path / "images" / "new" / "b.bib", None, b"never")
    fault(last.place, monkeypatch)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(BiblioError) as raised:
        write([first, second, within, last], tmp_path)
    assert (raised.value.diagnostic.code, raised.value.diagnostic.span.path) == ("E105", last.path)  # type: ignore[union-attr]
    assert sorted(tmp_path.rglob("*")) == before  # no folder is left either
    assert (tmp_path / "there.bib").read_bytes() == b"old"


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError, OSError(errno.EIO, "gone"), ValueError])
@pytest.mark.parametrize("is_written", [False, True])
def test_whatever_stops_it_nothing_is_half_done(
    error: BaseException | type[BaseException], is_written: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned = works(tmp_path)[:2]

    def stopped(path: Path, *rest: object) -> None:
        if path.name != "new.bib" or is_written:
            overwrite(path, *rest)  # type: ignore[arg-type]
        if path.name == "new.bib":
            raise error

    monkeypatch.setattr("biblio.editing.works.overwrite", stopped)
    with pytest.raises(error if isinstance(error, type) else type(error)):
        write(planned, tmp_path)
    assert (tmp_path / "there.bib").read_bytes() == b"old"
    assert not (tmp_path / "new.bib").exists()


def test_a_folder_in_which_somebody_else_has_put_something_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "new" / "a.bib"

    def meanwhile(path: Path, *rest: object) -> None:
        (tmp_path / "new" / "theirs").write_bytes(b"x")
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("biblio.editing.works.overwrite", meanwhile)
    with pytest.raises(OSError, match="full"):
        write([Work("new/a.bib", place, None, b"new")], tmp_path)
    assert (tmp_path / "new" / "theirs").read_bytes() == b"x"
