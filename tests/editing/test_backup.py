"""A project as one file, and back; what comes from strangers is believed in nothing."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest

from biblio.editing import backup
from biblio.editing.backup import backup_of, read_backup, restoration
from biblio.editing.works import write
from biblio.project.own import belongs
from biblio.words.faults import BiblioError

OWN = {
    "biblio-baseline.json": b"{}",
    "biblio.toml": b"ignore = []\n",
    "dossiers/un.yaml": b"title: Un\n",
    "images/carte.png": b"\x89PNG",
    "pyproject.toml": b"[tool.biblio]\n",
    "references/sub/a.bib": "@book{é}\r\n".encode("latin-1"),
    "references/themes.yaml": b"",
    "site/accueil.md": b"---\ntitle: Accueil\n---\n",
    "site/fichiers/support.pdf": b"%PDF-",
    "sources/zotero.json": b"{}",
    "links.jsonl": b"",
    "styles/nous/style.yaml": b"extends: cres\n",
}
OTHERS = ("build/un.pdf", ".git/config", "references/.hidden", "notes.txt", "docs/x.md", "images/.cache/x")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "projet"
    for name, content in {**OWN, **dict.fromkeys(OTHERS, b"x")}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return root


def packed(*files: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files:
            package.writestr(name, content)
    return written.getvalue()


def refused(content: bytes) -> tuple[str, str]:
    with pytest.raises(BiblioError) as caught:
        read_backup(content, "s.zip")
    return caught.value.diagnostic.code, caught.value.diagnostic.arguments.get("file", "")


def test_what_is_a_projects_own_goes_there_and_back(root: Path, tmp_path: Path) -> None:
    made = backup_of(root)
    assert (made.count, made.left) == (len(OWN), ())
    files = read_backup(made.content, "s.zip")
    assert files == OWN
    new = tmp_path / "neuf"
    plan = restoration(new, files)
    assert (plan.added, plan.replaced, plan.unchanged, plan.beside) == (tuple(sorted(OWN)), (), (), ())
    write(plan.works, new)
    assert {path.relative_to(new).as_posix(): path.read_bytes() for path in new.rglob("*") if path.is_file()} == OWN


def test_two_backups_of_one_project_are_the_same_bytes(root: Path) -> None:
    first = backup_of(root).content
    for path in root.rglob("*"):
        path.touch()
    assert backup_of(root).content == first


def test_settings_of_another_program_are_left_alone(root: Path) -> None:
    (root / "pyproject.toml").write_text("[project]\n")
    assert "pyproject.toml" not in read_backup(backup_of(root).content, "s.zip")


def test_links_out_of_the_project_are_none_of_its_files(root: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    (root / "images/lien").symlink_to(tmp_path / "secret")
    (root / "images/dossier").symlink_to(tmp_path)
    (root / "images/dedans").symlink_to("carte.png")
    files = read_backup(backup_of(root).content, "s.zip")
    assert files == {**OWN, "images/dedans": OWN["images/carte.png"]}


def test_a_name_that_other_systems_do_not_take_is_left_and_said(root: Path) -> None:
    (root / "images/a:b.png").write_bytes(b"x")
    made = backup_of(root)
    assert made.left == ("images/a:b.png",)
    assert read_backup(made.content, "s.zip") == OWN


def test_a_project_that_is_there_gets_what_differs(root: Path) -> None:
    files = read_backup(backup_of(root).content, "s.zip")
    (root / "dossiers/un.yaml").write_bytes(b"title: Autre\n")
    (root / "references/sub/a.bib").unlink()
    (root / "references/b.bib").write_bytes(b"@book{b}")
    plan = restoration(root, files)
    assert plan.added == ("references/sub/a.bib",)
    assert plan.replaced == ("dossiers/un.yaml",)
    assert plan.unchanged == tuple(sorted(set(OWN) - {"references/sub/a.bib", "dossiers/un.yaml"}))
    assert plan.beside == ("references/b.bib",)
    assert (root / "dossiers/un.yaml").read_bytes() == b"title: Autre\n"  # nothing is written before it is asked for
    write(plan.works, root)
    assert (root / "dossiers/un.yaml").read_bytes() == OWN["dossiers/un.yaml"]


def test_a_folder_that_a_person_packed_is_a_backup_too() -> None:
    content = packed(("mon projet/dossiers/un.yaml", b"a"), ("mon projet/.git/x", b"b"), ("__MACOSX/._x", b"c"))
    assert read_backup(content, "s.zip") == {"dossiers/un.yaml": b"a"}


@pytest.mark.parametrize(
    "name",
    [
        "../dehors.bib",
        "references/../../dehors.bib",
        "/etc/passwd",
        "references//a.bib",
        "references/./a.bib",
        "references/...",
        "..\\dehors.bib",
        "references\\a.bib",
        "C:/Windows/a",
        "references/a.bib:flux",
        "references/a\x1b.bib",
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    content = packed(("dossiers/un.yaml", b"a"), (_info(name), b"b"))
    assert refused(content) == ("E237", name)


def _info(name: str, mode: int = 0o644) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo()
    info.filename = name  # as it is: the library would make it harmless
    info.external_attr = mode << 16
    return info


def test_a_link_is_refused() -> None:
    assert refused(packed((_info("references/a.bib", 0o120777), b"/etc/passwd"))) == ("E237", "references/a.bib")


def test_a_file_twice_is_refused() -> None:
    assert refused(packed(("references/É.bib", b"a"), ("references/e\u0301.bib", b"b"))) == (
        "E237",
        "references/e\u0301.bib",
    )


def test_a_file_under_a_password_is_refused() -> None:
    content = bytearray(packed(("references/a.bib", b"a")))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        place = content.index(mark) + (6 if mark.endswith(b"\x04") else 8)
        content[place] |= 1
    assert refused(bytes(content)) == ("E237", "references/a.bib")


@pytest.mark.parametrize(
    "content",
    [b"", b"PK", b"not a zip" * 100, packed(), packed(("lettre.txt", b"a"))],
    ids=["empty", "two bytes", "prose", "nothing inside", "another zip"],
)
def test_what_is_no_backup_is_refused(content: bytes) -> None:
    assert refused(content)[0] == "E235"


def test_a_damaged_backup_is_refused_whole(root: Path) -> None:
    content = backup_of(root).content
    changed = bytearray(content)
    changed[45] ^= 0xFF  # within the first file
    assert refused(bytes(changed))[0] == "E235"
    assert refused(content[:-30])[0] == "E235"


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "MOST_BYTES", 1_000_000)
    bomb = packed(("images/a.png", b"\0" * 2_000_000))
    assert refused(bomb)[0] == "E236"
    lying = bytearray(bomb)  # it says that it is small
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<L", lying, lying.index(mark) + place, 10)
    assert refused(bytes(lying))[0] in ("E235", "E236")


def test_too_many_names_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "MOST_FILES", 50)
    assert refused(packed(*((f"images/{n}", b"") for n in range(51))))[0] == "E236"
    assert refused(packed(*((f"autres/{n}", b"") for n in range(51))))[0] == "E236"


def test_nothing_is_written_through_a_link(root: Path, tmp_path: Path) -> None:
    (tmp_path / "ailleurs").mkdir()
    (root / "fonts").symlink_to(tmp_path / "ailleurs")
    with pytest.raises(BiblioError) as caught:
        restoration(root, {"fonts/a.ttf": b"x"})
    assert caught.value.diagnostic.code == "E133"


@pytest.mark.parametrize(("name", "own"), [("biblio-baseline.json", True), ("README.md", True), ("readme.txt", False)])
def test_files_beside_the_folders(name: str, own: bool) -> None:
    assert belongs(name) is own
