"""The commands ``backup`` and ``restore``: a whole project there and back, and nothing of it lost."""

from __future__ import annotations

import os
import re
from pathlib import Path

from cli.running import BIB, biblio


def contents(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_a_project_goes_there_and_back(project: Path, tmp_path: Path) -> None:
    before = contents(project)
    done = biblio(tmp_path, "backup", "-C", str(project), "-o", "s.zip")
    assert (done.code, done.out) == (0, "s.zip\n")
    assert "fichiers sauvegardés : " in done.err
    new = tmp_path / "neuf/dedans"
    done = biblio(tmp_path, "restore", "s.zip", "-C", str(new))
    assert done.code == 0
    assert "remplacés : 0" in done.err
    assert contents(new).items() <= before.items()
    assert contents(new).keys() >= {BIB, "dossiers/premier-dossier.yaml", "README.md"}
    assert biblio(new, "list").out == biblio(project, "list").out


def test_the_file_is_called_by_the_project_and_the_day_and_none_is_written_over(project: Path) -> None:
    first, second = (biblio(project, "backup", "--quiet") for _ in range(2))
    assert re.fullmatch(r"[\w-]+-\d{4}-\d\d-\d\d\.zip\n", first.out)
    assert second.out == first.out.replace(".zip", "-2.zip")
    assert (project / first.out.strip()).read_bytes() == (project / second.out.strip()).read_bytes()


def test_the_work_of_today_is_replaced_only_when_asked(project: Path) -> None:
    biblio(project, "backup", "-o", "s.zip")
    (project / BIB).write_text("@book{a, title = {Nouveau}}\n")
    done = biblio(project, "restore", "s.zip")
    assert (done.code, done.out) == (2, "")
    assert "E238 would-replace" in done.err
    assert BIB in done.err
    looked = biblio(project, "restore", "s.zip", "--dry-run")
    assert (looked.code, looked.out) == (0, f"~ {BIB}\n")
    assert (project / BIB).read_text() == "@book{a, title = {Nouveau}}\n"
    assert biblio(project, "restore", "s.zip", "--replace").code == 0
    assert "Nouveau" not in (project / BIB).read_text()


def test_an_empty_project_is_one_again(tmp_path: Path) -> None:
    (tmp_path / "p/dossiers").mkdir(parents=True)
    (tmp_path / "p/references").mkdir()
    (tmp_path / "p/references/a.bib").write_text("")
    biblio(tmp_path, "backup", "-C", "p", "-o", "s.zip")
    assert biblio(tmp_path, "restore", "s.zip", "-C", "q").code == 0
    assert (tmp_path / "q/dossiers").is_dir()


def test_sources_are_not_written_over_by_a_backup(project: Path) -> None:
    before = (project / BIB).read_bytes()
    done = biblio(project, "backup", "-o", BIB)
    assert (done.code, "E137" in done.err) == (2, True)
    assert (project / BIB).read_bytes() == before


def test_what_is_no_backup_is_refused(project: Path) -> None:
    done = biblio(project, "restore", BIB)
    assert (done.code, "E235 not-a-backup" in done.err) == (2, True)
    assert biblio(project, "restore", os.devnull).code == 2
    assert biblio(project, "restore", "rien.zip").code == 2
