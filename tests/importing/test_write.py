"""What an import writes is all there, or nothing of it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from biblio.importing.write import Prepared, Work, write
from biblio.project.overwrite import overwrite
from biblio.words.faults import BiblioError


def works(folder: Path) -> Prepared:
    """A file that is there, one that is new, and one that is a folder and cannot be written."""
    (folder / "there.bib").write_bytes(b"old")
    (folder / "closed.bib").mkdir()
    rows = (("there.bib", b"old", b"changed"), ("new.bib", None, b"new"), ("closed.bib", None, b"never"))
    return Prepared(tuple(Work(name, folder / name, before, after) for name, before, after in rows))


def test_all_files_are_written(tmp_path: Path) -> None:
    prepared = works(tmp_path)
    write(Prepared(prepared.works[:2]), tmp_path)
    assert ((tmp_path / "there.bib").read_bytes(), (tmp_path / "new.bib").read_bytes()) == (b"changed", b"new")


def test_where_one_cannot_be_written_the_others_are_as_they_were(tmp_path: Path) -> None:
    prepared = works(tmp_path)
    with pytest.raises(BiblioError) as raised:
        write(prepared, tmp_path)
    assert raised.value.diagnostic.code == "E105"
    assert (tmp_path / "there.bib").read_bytes() == b"old"
    assert not (tmp_path / "new.bib").exists()


def test_what_cannot_be_put_back_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared = works(tmp_path)

    def meanwhile(path: Path, *rest: object) -> None:
        if path.name == "closed.bib":
            (tmp_path / "new.bib").write_bytes(b"somebody else's")
        overwrite(path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr("biblio.importing.write.overwrite", meanwhile)
    with pytest.raises(BiblioError) as raised:
        write(prepared, tmp_path)
    assert (raised.value.diagnostic.code, raised.value.diagnostic.arguments["files"]) == ("E215", "new.bib")
    assert (tmp_path / "there.bib").read_bytes() == b"old"
    assert (tmp_path / "new.bib").read_bytes() == b"somebody else's"
