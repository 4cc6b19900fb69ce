"""The index of a large project: what it saves, what it is not believed for, and what becomes of it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from formats.samples import HOUSE_FILES
from project.indexed import from_nothing, project_of, said

from biblio import __version__
from biblio.collection.catalogue import Unreliable
from biblio.collection.library import Library
from biblio.dossier.select import select
from biblio.formats.bibtex import splitter
from biblio.formats.bibtex.syntax import Split
from biblio.project import index
from biblio.project.index import opened, place, refresh
from biblio.project.index.catalogue import IndexedCatalogue
from biblio.project.index.store import Store
from biblio.project.project import Project
from biblio.words.faults import BiblioError

ENTRIES = "".join(
    f"""@{kind}{{clé-{number},
  author = {{Harpet, Cyrille and Le Bodo, Yann and others}},
  title = {{Contrats locaux n°\u00a0{number} \\& \\emph{{santé}}}},
  date = {{{2000 + number % 30}}},
  couleur = {{bleu}},
}}

"""
    for number, kind in enumerate(["article", "book", "livre"] * 20)
)
SPECIAL = """\
@string{sp = "Santé publique"}
@article{macro, journal = sp, title = {A}, crossref = {clé-1}}
@string{sp = {Autre}}
@article{autre, journal = sp, title = {B}, ids = {alias}}
  @book{, title = {Sans clé}}
@book{clé-2, title = {Deux fois}}
@book{abîmée,
  title = {Un {titre},
  year = 2019,
}
@book{controle, title = {a\u202eb}}
"""
FILES = {
    "un.bib": (ENTRIES + SPECIAL).encode(),
    "deux.bib": b"@book{dernier, title = {Fin}, journal = sp}\n",
}
QUERY = """\
title: Essai
date: 2024
publisher: Maison
sections:
  - title: Partie
    select: {author: harpet, issued: 2012, text: contrats, type: article}
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    monkeypatch.setattr(index, "SMALL", 1000)
    return folder / "biblio" / "index"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return project_of(tmp_path / "projet", FILES).root


@pytest.fixture
def splits(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The lengths of the texts that were taken apart."""
    seen: list[int] = []
    run = splitter._Splitter.run

    def counted(self: splitter._Splitter) -> Split:
        seen.append(len(self.text))
        return run(self)

    monkeypatch.setattr(splitter._Splitter, "run", counted)
    return seen


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files count as having stood as they are for long."""
    monkeypatch.setattr(refresh, "GRAIN", -(10**12))


def is_indexed(library: Library) -> bool:
    return isinstance(library.catalogue, IndexedCatalogue)


def databases(home: Path) -> list[Path]:
    return sorted(home.glob("*.sqlite3"))


def all_said(root: Path) -> dict[str, Any]:
    return said(Project(root).library)


def expected(root: Path) -> dict[str, Any]:
    return said(from_nothing(Project(root)))


# --- what it saves ---


def test_what_is_indexed_is_not_read(home: Path, root: Path, splits: list[int], settled: None) -> None:
    cold = Project(root).library
    assert {"P102", "P105", "P116", "P202", "R101", "R102"} <= {fault.code for fault in cold.diagnostics}
    splits.clear()
    warm = Project(root)
    assert is_indexed(warm.opened.value)
    assert warm.library.diagnostics == cold.diagnostics
    assert max(splits) < 200  # the two entries with one key, to say where they stand
    assert all_said(root) == expected(root)
    assert len(databases(home)) == 1


def test_one_reference_is_read_alone(home: Path, root: Path, splits: list[int], settled: None) -> None:
    _ = Project(root).opened
    splits.clear()
    reference = Project(root).opened.value.get("clé-30")
    assert max(splits) < 200
    assert len(splits) <= 3
    assert reference == from_nothing(Project(root)).value.get("clé-30")


def test_a_query_reads_what_it_finds_alone(home: Path, root: Path, splits: list[int], settled: None) -> None:
    (root / "dossiers" / "essai.yaml").write_text(QUERY, encoding="utf-8")

    def queried() -> list[str]:
        project = Project(root)
        spec = project.dossier("essai").value
        assert spec
        return [each.citekey for each in select(project.opened.value, spec, project.themes.value).value.references]

    assert queried() == ["clé-12", "clé-42"]
    splits.clear()
    assert queried() == ["clé-12", "clé-42"]
    assert len(splits) == 4  # the two entries with one key, and what is found
    bib = root / "references" / "un.bib"
    bib.write_text(bib.read_text("utf-8").replace("Contrats locaux n°\u00a012 ", "Autre"), encoding="utf-8")
    assert queried() == ["clé-42"]


def test_files_that_stand_as_they_did_are_not_opened(
    home: Path, root: Path, monkeypatch: pytest.MonkeyPatch, settled: None
) -> None:
    before = {file.path: file.sha256 for file in Project(root).reference_files}
    read: list[str] = []
    monkeypatch.setattr(opened, "read_bytes", lambda *asked: read.append(asked[1]))
    assert {file.path: file.sha256 for file in Project(root).reference_files} == before
    assert read == []


def test_the_house(home: Path, root: Path) -> None:
    for path in HOUSE_FILES:
        (root / "references" / path.name).write_bytes(path.read_bytes())
    assert all_said(root) == expected(root)
    assert all_said(root) == expected(root)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_other_encodings(home: Path, root: Path, encoding: str) -> None:
    text = (ENTRIES + SPECIAL).replace("\u202e", "").replace("\n", "\r\n")
    (root / "references" / "un.bib").write_bytes(text.encode(encoding))
    assert all_said(root) == expected(root)
    assert all_said(root) == expected(root)


def test_small_files_are_not_indexed(home: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "SMALL", 10**9)
    assert not is_indexed(Project(root).opened.value)
    assert not home.exists()


def test_small_files_count_together(home: Path, tmp_path: Path) -> None:
    files = {f"{number}.bib": f"@book{{k{number}, title = {{T}}}}".encode() for number in range(60)}
    assert is_indexed(project_of(tmp_path / "petits", files).opened.value)


# --- what it is not believed for ---


def test_the_program_is_its_version_and_its_code() -> None:
    assert opened.program().startswith(__version__)
    assert sys.version in opened.program()


def test_another_program_reads_anew(home: Path, root: Path, monkeypatch: pytest.MonkeyPatch, splits: list[int]) -> None:
    _ = Project(root).library
    splits.clear()
    monkeypatch.setattr(opened, "program", lambda: "autre")
    assert all_said(root) == expected(root)
    assert max(splits) > 10_000


def test_a_change_that_keeps_size_and_time_is_seen(home: Path, root: Path, settled: None) -> None:
    path = root / "references" / "un.bib"
    _ = Project(root).library
    before = path.stat()
    path.write_bytes(path.read_bytes().replace("clé-7,".encode(), b"zzzz-7,"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert "zzzz-7" in Project(root).opened.value


def test_a_file_that_has_just_changed_is_hashed(home: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refresh, "GRAIN", 10**15)
    _ = Project(root).library
    rows = sqlite3.connect(databases(home)[0]).execute("SELECT stood FROM file").fetchall()
    assert rows == [("",), ("",)]


def tampered(statement: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        connection = sqlite3.connect(path)
        connection.executescript(statement)
        connection.close()

    return change


def overwritten(content: bytes, at: int = 0) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        with path.open("r+b") as file:
            file.seek(at)
            file.write(content)

    return change


DAMAGES: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:-9000]),
    "half": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "no database": lambda path: path.write_bytes(b"x" * 100_000),
    "its head": overwritten(b"\0" * 100),
    "its schema": overwritten(b"\xff" * 500, at=300),
    "its pages": lambda path: overwritten(b"\xa5" * (path.stat().st_size - 8192), at=8192)(path),
    "another program's": tampered("PRAGMA application_id = 1"),
    "another schema": tampered("DROP TABLE entry; CREATE TABLE entry (id, key)"),
    "a trigger": tampered("CREATE TRIGGER t AFTER UPDATE ON entry BEGIN DELETE FROM entry; END"),
    "a view": tampered("DROP TABLE alias; CREATE VIEW alias AS SELECT 1 AS typed, 2 AS folded, 3 AS entry"),
    "another place": tampered("UPDATE entry SET start = start + 1"),
    "beyond the end": tampered("UPDATE entry SET stop = 1000000000"),
    "negative": tampered("UPDATE entry SET start = -start"),
    "another key": tampered("UPDATE entry SET key = 'volée', folded = 'volée' WHERE key = 'clé-3'"),
    "words for numbers": tampered("UPDATE entry SET start = 'ici', line = 'là'"),
    "another file": tampered("UPDATE entry SET file = 99"),
    "another entry's hash": tampered("UPDATE entry SET digest = (SELECT digest FROM entry WHERE key = 'clé-3')"),
    "bad JSON": tampered("UPDATE file SET faults = '['; UPDATE entry SET faults = '{', keywords = '[[1'"),
    "deep JSON": tampered(f"UPDATE file SET faults = '{'[' * 100_000}'"),
    "a fault that does not exist": tampered("""UPDATE file SET faults = '[["Z999",null,null,{}]]'"""),
    "a fault without its words": tampered("""UPDATE entry SET faults = '[["R102",0,1,1,{}]]'"""),
    "a shape of another shape": tampered("UPDATE shape SET said = '[' || id || ']'"),
    "macros of another shape": tampered("UPDATE file SET definitions = '[[1]]', shared = '3'"),
    "no rows": tampered("DELETE FROM meta"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_or_hostile_database_is_not_believed(home: Path, root: Path, damage: str, settled: None) -> None:
    all_said(root)
    (path,) = databases(home)
    DAMAGES[damage](path)
    assert all_said(root) == expected(root)
    assert all_said(root) == expected(root)
    assert is_indexed(Project(root).opened.value)  # mended


def test_damage_in_the_middle_of_a_run(home: Path, root: Path) -> None:
    project = Project(root)
    library = project.opened.value
    kept = library.get("clé-3")
    tampered("UPDATE meta SET value = 99 WHERE name = 'generation'; DELETE FROM entry")(databases(home)[0])
    library.catalogue.store.close()  # type: ignore[attr-defined]  # as before a fork
    assert library.get("clé-4")
    assert not is_indexed(library)
    assert library.get("clé-3") is kept
    assert said(project.library) == expected(root)


def test_a_file_that_changes_in_the_middle_of_a_run(home: Path, root: Path) -> None:
    library = Project(root).opened.value
    path = root / "references" / "un.bib"
    path.write_bytes(path.read_bytes().replace(b"Contrats", b"Contract"))
    with pytest.raises(BiblioError) as raised:
        library.get("clé-5")
    assert raised.value.diagnostic.code == "E199"


def test_nothing_that_is_no_file_of_the_user_is_opened(home: Path, root: Path, tmp_path: Path) -> None:
    _ = Project(root).library
    (path,) = databases(home)
    target, bib = tmp_path / "ailleurs", tmp_path / "autre.bib"
    bib.write_bytes(b"@book{x}")
    makes: tuple[Callable[[], object], ...] = (
        lambda: os.mkfifo(path),
        lambda: path.symlink_to(target),
        path.mkdir,
        lambda: os.link(bib, path),
    )
    for make in makes:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        make()
        assert all_said(root) == expected(root)
        assert not target.exists()
        assert bib.read_bytes() == b"@book{x}"


def test_an_index_of_any_size_is_made_anew(home: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _ = Project(root).library
    with databases(home)[0].open("r+b") as file:
        file.truncate(10**9)
    monkeypatch.setattr(place, "LARGEST", 10**8)
    assert all_said(root) == expected(root)
    assert databases(home)[0].stat().st_size < 10**8


def test_it_is_the_users_own(home: Path, root: Path) -> None:
    _ = Project(root).library
    assert {stat.S_IMODE(path.stat().st_mode) for path in home.iterdir()} == {0o600}
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


# --- where there can be none ---


def test_no_home(root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(index, "SMALL", 1000)
    monkeypatch.setenv("XDG_CACHE_HOME", "relatif")
    monkeypatch.setenv("HOME", str(tmp_path / "absent"))
    assert place.folder() == tmp_path / "absent" / ".cache" / "biblio" / "index"
    monkeypatch.setattr("os.path.expanduser", lambda path: path)  # which it does for a user without a home
    assert place.folder() is None
    assert all_said(root) == expected(root)


def test_a_folder_that_cannot_be_made(root: Path, home: Path) -> None:
    home.parent.parent.write_text("un fichier")
    assert all_said(root) == expected(root)
    assert home.parent.parent.read_text() == "un fichier"


@pytest.mark.parametrize("failing", ["disk I/O error", "database or disk is full"])
def test_a_disk_that_is_full(root: Path, home: Path, monkeypatch: pytest.MonkeyPatch, failing: str) -> None:
    def change(*_: Any) -> None:
        raise Unreliable from sqlite3.OperationalError(failing)

    monkeypatch.setattr(Store, "change_each", change)
    assert all_said(root) == expected(root)


def test_no_room_for_the_database(root: Path, home: Path) -> None:
    said_there = run_alone(
        root, "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))", home.parent.parent
    )  # fmt: skip
    assert said_there == "66\n"


def run_alone(root: Path, first: str, cache: Path) -> str:
    program = f"""
from pathlib import Path
from biblio.project import index
from biblio.project.index.opened import program
from biblio.formats.bibtex.latex import decode
from biblio.project.project import Project
index.SMALL = 1000
# The interpreter's own files may be out of the other user's reach: what is imported late is imported now.
program()
decode("\\\\emph{{a}}")
{first}
print(len(Project(Path({str(root)!r})).library.value))
"""
    run = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "XDG_CACHE_HOME": str(cache)},
    )
    assert "Traceback" not in run.stderr
    return run.stdout


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become a user who may not write")
def test_a_folder_that_is_read_only(root: Path) -> None:
    # Not in pytest's own folder, which each pytest that starts closes to others.
    with TemporaryDirectory() as folder:
        there = Path(folder)
        there.chmod(0o755)
        copy = shutil.copytree(root, there / "projet")
        home = there / "biblio"
        home.mkdir()
        home.chmod(0o555)
        assert run_alone(copy, "import os; os.setuid(65534)", there) == "66\n"
        assert list(home.iterdir()) == []


# --- what becomes of it ---


def test_several_processes_at_once(home: Path, root: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: run_alone(root, "", home.parent.parent), range(4)))
    assert answers == ["66\n"] * 4
    assert all_said(root) == expected(root)


def test_it_may_go_at_any_time(home: Path, root: Path) -> None:
    project = Project(root)
    library = project.opened.value
    shutil.rmtree(home)
    assert library.get("clé-3")
    assert said(project.library) == expected(root)


def test_it_is_asked_on_both_sides_of_a_fork(home: Path, root: Path) -> None:
    project = Project(root)
    library = project.opened.value
    assert library.get("clé-3")
    child = os.fork()
    if child == 0:
        os._exit(0 if library.get("clé-4") is not None and is_indexed(library) else 1)
    assert library.get("clé-5")
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert is_indexed(library)


def test_the_oldest_go_and_never_ones_own(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "KEPT", 3)
    for number in range(5):
        root = project_of(tmp_path / f"p{number}", FILES).root
        assert len(Project(root).library.value) == 66
        assert is_indexed(Project(root).opened.value)
    assert len(databases(home)) == 3
