"""The cache of large files: the same library in a tenth of the time, and never a wrong one."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from formats.samples import HOUSE_FILES

from biblio import __version__
from biblio.collection.library import Library
from biblio.dossier.select import select
from biblio.formats.bibtex import splitter
from biblio.formats.bibtex.syntax import Split
from biblio.project import cache
from biblio.project.project import Project
from biblio.reference.reference import Reference
from biblio.words.faults import Diagnostic

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
QUERY = """\
title: Essai
date: 2024
publisher: Maison
sections:
  - title: Partie
    select: {author: harpet, issued: 2012, text: contrats, type: article}
"""
# What the cold reading said first, the warm one says again.
Said = tuple[list[Reference], tuple[Diagnostic, ...], tuple[str, ...], dict[str, Any]]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    monkeypatch.setattr(cache, "SMALL", 1000)
    return folder / "biblio"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    project = tmp_path / "projet"
    (project / "dossiers").mkdir(parents=True)
    (project / "references").mkdir()
    (project / "references" / "un.bib").write_bytes((ENTRIES + SPECIAL).encode())
    (project / "references" / "deux.bib").write_bytes(b"@book{dernier, title = {Fin}, journal = sp}\n")
    return project


def said(root: Path) -> Said:
    project = Project(root)
    library = project.library
    return list(library.value), library.diagnostics, library.value.citekeys, dict(project.counts)


@pytest.fixture
def splits(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The lengths of the texts that were taken apart."""
    seen: list[int] = []
    run = splitter._Splitter.run

    def counted(self: splitter._Splitter) -> Split:
        seen.append(len(self.text))
        return run(self)

    monkeypatch.setattr(splitter._Splitter, "run", counted)
    yield seen
    seen.clear()


def records(home: Path) -> list[Path]:
    return sorted(home.glob("*.json"))


def test_a_warm_library_is_the_cold_one(home: Path, root: Path, splits: list[int]) -> None:
    cold = said(root)
    assert len(cold[0]) == 66
    assert {"P102", "P105", "P116", "P202", "R101", "R102"} <= {fault.code for fault in cold[1]}
    assert len(records(home)) == 2  # the index of the large file, and the faults of all
    splits.clear()
    warm = Project(root)
    faults = warm.library.diagnostics
    assert max(splits) < 200  # the small file, and the two entries with one key
    assert faults == cold[1]
    assert said(root) == cold
    alias = warm.library.value.get("alias")
    assert alias
    assert alias.citekey == "autre"


def test_one_reference_of_a_warm_library_is_read_alone(home: Path, root: Path, splits: list[int]) -> None:
    cold = said(root)
    splits.clear()
    library = Project(root).opened.value
    reference = library.get("clé-30")
    assert reference == next(each for each in cold[0] if each.citekey == "clé-30")
    assert max(splits) < 200
    assert len(splits) <= 5  # the small file, with and without its macro, and three entries


def queried(root: Path) -> list[Reference]:
    """What a dossier selects, in a process that has read nothing."""
    project = Project(root)
    spec = project.dossier("essai").value
    assert spec
    return list(select(project.opened.value, spec, project.themes.value).value.references)


def test_a_query_on_a_warm_library_reads_what_it_finds_alone(home: Path, root: Path, splits: list[int]) -> None:
    (root / "dossiers" / "essai.yaml").write_text(QUERY, encoding="utf-8")
    cold = queried(root)
    assert [each.citekey for each in cold] == ["clé-12", "clé-42"]
    assert len(records(home)) == 2  # the index of the large file, and the glances
    splits.clear()
    assert queried(root) == cold
    assert len(splits) == 6  # the small file, with and without its macro, the two entries with one key, what is found
    splits.clear()
    # Whatever changes in a file, what was known of it is no longer asked.
    bib = root / "references" / "un.bib"
    bib.write_text(bib.read_text("utf-8").replace("Contrats locaux n°\u00a012 ", "Autre"), encoding="utf-8")
    assert [each.citekey for each in queried(root)] == ["clé-42"]
    for record in records(home):
        record.write_bytes(record.read_bytes()[:-100])
    assert [each.citekey for each in queried(root)] == ["clé-42"]


def test_the_house(home: Path, root: Path) -> None:
    for path in HOUSE_FILES:
        (root / "references" / path.name).write_bytes(path.read_bytes())
    assert said(root) == said(root)
    assert len(records(home)) > 2


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_other_encodings(home: Path, root: Path, encoding: str) -> None:
    text = (ENTRIES + SPECIAL).replace("\u202e", "").replace("\n", "\r\n")
    (root / "references" / "un.bib").write_bytes(text.encode(encoding))
    cold = said(root)
    assert records(home)
    assert said(root) == cold


def test_a_changed_file_is_read_anew(home: Path, root: Path) -> None:
    said(root)
    path = root / "references" / "un.bib"
    path.write_bytes(path.read_bytes().replace("clé-7,".encode(), b"zzz-7,"))
    (root / "references" / "deux.bib").write_bytes(b"@book{dernier, titre = {Fin}}\n")
    changed = said(root)
    assert "zzz-7" in changed[2]
    assert [fault.arguments["field"] for fault in changed[1] if fault.citekey == "dernier"] == ["titre"]


def test_another_program_reads_anew(home: Path, root: Path, monkeypatch: pytest.MonkeyPatch, splits: list[int]) -> None:
    cold = said(root)
    splits.clear()
    monkeypatch.setattr(cache, "_program", lambda: "autre")
    assert said(root) == cold
    assert max(splits) > 10_000


def test_the_program_is_its_version_and_its_code() -> None:
    program = cache._program()
    assert program.startswith(__version__)
    code = Path(splitter.__file__).read_bytes()
    assert hashlib.sha256(code).hexdigest() not in program  # a digest of all the modules together
    assert sys.version in program


def sealed(record: Any) -> bytes:
    """A record as the cache would have written it."""
    body = json.dumps(record).encode()
    return hashlib.sha256(body).hexdigest().encode() + b"\n" + body


def lie(change: Callable[[dict[str, Any]], object]) -> Callable[[bytes], bytes]:
    def rewritten(content: bytes) -> bytes:
        record = json.loads(content.partition(b"\n")[2])
        if isinstance(record, dict):
            change(record)
        return sealed(record)

    return rewritten


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "cut": lambda content: content[:-100],
    "one bit": lambda content: content[:500] + bytes([content[500] ^ 1]) + content[501:],
    "no seal": lambda content: content.partition(b"\n")[2],
    "not JSON": lambda _: hashlib.sha256(b"{").hexdigest().encode() + b"\n{",
    "deep": lambda _: sealed_text(b"[" * 100_000),
    "a list": lambda _: sealed([[]]),
    "nothing": lambda _: sealed(None),
    "faults of another shape": lambda _: sealed([["R102", None, None, {}], 3]),
    "a fault that does not exist": lambda _: sealed([["Z999", None, None, {}]]),
    "a fault without its words": lambda _: sealed([["R102", [0, 1, 1, 1], None, {}]]),
    "a fault of another file": lambda _: sealed([["R102", [9, 1, 1, 1], None, {"field": "x"}]]),
    "fewer keys": lie(lambda record: record["keys"].pop()),
    "another key": lie(lambda record: record["keys"].__setitem__(0, "volée")),
    "another place": lie(lambda record: record["starts"].__setitem__(3, record["starts"][3] + 1)),
    "an order": lie(lambda record: record["starts"].reverse()),
    "beyond the end": lie(lambda record: record["ends"].__setitem__(-1, 10**9)),
    "negative": lie(lambda record: record["starts"].__setitem__(0, -1)),
    "words for numbers": lie(lambda record: record.__setitem__("lines", ["1"] * len(record["lines"]))),
    "an alias of nothing": lie(lambda record: record["aliases"].update(x=10**6)),
    "a macro of another shape": lie(lambda record: record["definitions"].append([1, 2, 3])),
    "no flags": lie(lambda record: record.pop("controls")),
}


def sealed_text(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode() + b"\n" + body


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_or_hostile_record_is_ignored(home: Path, root: Path, damage: str) -> None:
    cold = said(root)
    for path in records(home):
        path.write_bytes(DAMAGES[damage](path.read_bytes()))
    assert said(root) == cold
    assert said(root) == cold  # mended


def test_a_pipe_or_a_folder_in_the_place_of_a_record(home: Path, root: Path) -> None:
    cold = said(root)
    first, second = records(home)
    first.unlink()
    os.mkfifo(first)
    second.unlink()
    second.mkdir()
    assert said(root) == cold


def test_nothing_is_executed(home: Path, root: Path) -> None:
    said(root)
    for path in records(home):
        seal, _, body = path.read_bytes().partition(b"\n")
        assert hashlib.sha256(body).hexdigest().encode() == seal
        json.loads(body)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_no_home(root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(cache, "SMALL", 1000)
    monkeypatch.setenv("XDG_CACHE_HOME", "relatif")
    monkeypatch.setenv("HOME", str(tmp_path / "absent"))
    assert cache.folder() == tmp_path / "absent" / ".cache" / "biblio"

    monkeypatch.setattr("os.path.expanduser", lambda path: path)  # which it does for a user without a home
    assert cache.folder() is None
    assert said(root) == said(root)


def test_a_folder_that_cannot_be_made(root: Path, home: Path) -> None:
    home.parent.write_text("un fichier")
    assert said(root) == said(root)
    assert home.parent.read_text() == "un fichier"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become a user who may not write")
def test_a_folder_that_is_read_only(root: Path) -> None:
    # Not in pytest's own folder, which each pytest that starts closes to others.
    with TemporaryDirectory() as folder:
        place = Path(folder)
        place.chmod(0o755)
        copy = shutil.copytree(root, place / "projet")
        home = place / "biblio"
        home.mkdir()
        home.chmod(0o555)
        program = f"""
import os
from pathlib import Path
from biblio.project import cache
from biblio.formats.bibtex.latex import decode
from biblio.project.project import Project
cache.SMALL = 1000
# The interpreter's own files may be out of the other user's reach: what is imported late is imported now.
cache._program()
decode("\\\\emph{{a}}")
os.setuid(65534)
print(len(Project(Path({str(copy)!r})).library.value))
"""
        run = subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "XDG_CACHE_HOME": folder},
        )
        assert "Traceback" not in run.stderr
        assert run.stdout == "66\n"
        assert records(home) == []


def test_small_files_are_not_kept(home: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "SMALL", 10**9)
    said(root)
    assert not home.exists()


def test_old_records_go(home: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "KEPT", 3)
    home.mkdir(parents=True)
    left = home / "new-interrupted.tmp"
    left.write_bytes(b"x")
    os.utime(left, (1, 1))
    for number in range(6):
        path = root / "references" / "un.bib"
        path.write_bytes((ENTRIES + f"% {number}\n").encode())
        said(root)
    assert len(records(home)) == 3
    assert not left.exists()


def test_records_have_so_much_room_and_the_newest_more(home: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said(root)
    sizes = {path: path.stat().st_size for path in records(home)}
    monkeypatch.setattr(cache, "ROOM", sum(sizes.values()) + max(sizes.values()))
    for number in range(3):
        (root / "references" / "un.bib").write_bytes((ENTRIES + f"% {number}\n").encode())
        said(root)
    assert sum(path.stat().st_size for path in records(home)) <= cache.ROOM
    assert len(records(home)) >= 2
    monkeypatch.setattr(cache, "ROOM", 1)
    (root / "references" / "un.bib").write_bytes(ENTRIES.encode())
    said(root)
    assert len(records(home)) == 1


def test_the_folder_may_go_at_any_time(home: Path, root: Path) -> None:
    project = Project(root)
    opened: Library = project.opened.value
    for path in records(home):
        path.unlink()
    home.rmdir()
    assert opened.get("clé-3")
    assert len(project.library.diagnostics) > 0
