"""A file of the user's is written back whole, as the same file, and only where it is still what was read."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from biblio.project import overwrite as module
from biblio.project.overwrite import overwrite
from biblio.project.temporary import beside, write
from biblio.words.faults import BiblioError


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def code_of(path: Path, content: bytes, before: bytes | None = None, within: Path | None = None) -> str:
    with pytest.raises(BiblioError) as error:
        overwrite(path, content, before, within)
    return error.value.diagnostic.code


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.bib"
    path.write_bytes(b"vieux")
    return path


def test_a_new_file_has_the_rights_that_the_mask_leaves(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        overwrite(tmp_path / "a.json", b"neuf")
    finally:
        os.umask(mask)
    assert (tmp_path / "a.json").stat().st_mode & 0o777 == 0o640
    assert names(tmp_path) == {"a.json"}


@pytest.mark.parametrize("hard_link", [False, True])
def test_an_edit_made_meanwhile_stays(file: Path, hard_link: bool) -> None:
    if hard_link:
        os.link(file, file.with_name("b.bib"))
    file.write_bytes(b"vieux, et une ligne de plus")
    assert code_of(file, b"neuf", b"vieux") == "E134"
    assert file.read_bytes() == b"vieux, et une ligne de plus"
    file.unlink()
    assert code_of(file, b"neuf", b"vieux") == "E134"
    assert not file.exists()


def test_an_edit_made_while_the_new_text_is_written_stays(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:

    def write_and_be_overtaken(path: Path, content: bytes, mode: int) -> None:
        write(path, content, mode)
        file.write_bytes(b"d'une autre main")

    monkeypatch.setattr(module, "write", write_and_be_overtaken)
    assert code_of(file, b"neuf", b"vieux") == "E134"
    assert file.read_bytes() == b"d'une autre main"
    assert names(file.parent) == {"a.bib"}


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o640, 0o666])
def test_rights_stay(file: Path, mode: int) -> None:
    file.chmod(mode)
    overwrite(file, b"neuf", b"vieux")
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"neuf", mode)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="root alone gives files away")
def test_owner_and_group_stay(file: Path) -> None:
    os.chown(file, 12345, 54321)
    overwrite(file, b"neuf", b"vieux")
    assert (file.stat().st_uid, file.stat().st_gid, file.read_bytes()) == (12345, 54321, b"neuf")


def test_a_colleagues_file_is_written_in_place(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As nobody but root may give a file away, the file itself is kept."""

    def refuse(*_: object) -> None:
        raise PermissionError

    status = file.stat()
    monkeypatch.setattr(os, "chown", refuse)
    monkeypatch.setattr(module, "_dress", lambda *_: False)
    overwrite(file, b"plus court", b"vieux")
    overwrite(file, b"n", b"plus court")
    assert (file.read_bytes(), file.stat().st_ino) == (b"n", status.st_ino)
    assert names(file.parent) == {"a.bib"}


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="the system has no extended attributes")
def test_extended_attributes_stay(file: Path) -> None:
    try:
        os.setxattr(file, "user.origine", b"CRES")
    except OSError:
        pytest.skip("nor has this disk")
    overwrite(file, b"neuf", b"vieux")
    assert os.getxattr(file, "user.origine") == b"CRES"


def test_all_the_names_of_a_file_go_on_naming_it(file: Path) -> None:
    other = file.with_name("b.bib")
    os.link(file, other)
    overwrite(file, b"neuf et plus long", b"vieux")
    assert other.read_bytes() == b"neuf et plus long"
    assert other.samefile(file)
    assert names(file.parent) == {"a.bib", "b.bib"}


def test_a_file_in_place_is_what_it_was_when_the_disk_is_full(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.link(file, file.with_name("b.bib"))
    monkeypatch.setattr(os, "ftruncate", _failing_once(os.ftruncate))
    assert code_of(file, b"neuf et plus long", b"vieux") == "E105"
    assert file.read_bytes() == b"vieux"


def _failing_once(works: object) -> object:
    calls: list[object] = []

    def call(*arguments: object) -> None:
        calls.append(arguments)
        if len(calls) == 1:
            raise OSError(28, os.strerror(28))
        works(*arguments)  # type: ignore[operator]

    return call


def test_a_link_stays_one_inside_the_project_and_is_refused_outside(tmp_path: Path) -> None:
    project, elsewhere = tmp_path / "projet", tmp_path / "ailleurs"
    for folder in (project / "references", project / "commun", elsewhere):
        folder.mkdir(parents=True)
    for name, target in (("dedans", project / "commun" / "x.bib"), ("dehors", elsewhere / "x.bib")):
        target.write_bytes(b"vieux")
        (project / "references" / name).symlink_to(target)
    overwrite(project / "references" / "dedans", b"neuf", b"vieux", project)
    assert (project / "references" / "dedans").is_symlink()
    assert (project / "commun" / "x.bib").read_bytes() == b"neuf"
    assert code_of(project / "references" / "dehors", b"neuf", b"vieux", project) == "E133"
    assert code_of(project / "references" / "dedans", b"neuf") == "E105"  # where no link is followed at all
    assert (elsewhere / "x.bib").read_bytes() == b"vieux"


def test_a_file_that_may_not_be_written_is_left_alone_whoever_asks(file: Path) -> None:
    file.chmod(0o444)
    assert code_of(file, b"neuf", b"vieux") == "E105"
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"vieux", 0o444)


@pytest.mark.parametrize("kind", ["pipe", "folder", "device"])
def test_what_is_no_file_is_left_alone(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.html"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        path = Path(os.devnull)
    before = path.lstat()
    assert code_of(path, b"neuf") == "E105"
    assert path.lstat().st_mode == before.st_mode


def test_a_planted_link_in_the_place_of_a_temporary_is_not_followed(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    victim = tmp_path / "victime"
    victim.write_bytes(b"a moi")
    planted = tmp_path / ".biblio-planted.tmp"
    planted.symlink_to(victim)
    monkeypatch.setattr(module, "beside", lambda _: planted)
    assert code_of(file, b"neuf", b"vieux") == "E105"
    assert (victim.read_bytes(), file.read_bytes()) == (b"a moi", b"vieux")


@pytest.mark.parametrize("name", ["é" * 125 + "a.bib", "a" * 251 + ".bib"])
def test_the_longest_names_reach_their_file(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    assert len(os.fsencode(name)) == 255
    path.write_bytes(b"vieux")
    overwrite(path, b"neuf", b"vieux")
    assert path.read_bytes() == b"neuf"
    assert names(tmp_path) == {name}


def test_what_a_killed_process_left_is_swept_and_that_of_one_at_work_is_not(file: Path) -> None:
    program = (
        "from pathlib import Path; from biblio.project.temporary import beside; "
        f"print(beside(Path({str(file.parent)!r})))"
    )
    made = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    left, ours = Path(made.stdout.strip()), beside(file.parent)
    left.write_bytes(b"une moit")
    ours.write_bytes(b"en cours")
    overwrite(file, b"neuf", b"vieux")
    assert names(file.parent) == {"a.bib", ours.name}
