"""The site on the disk: the same bytes again, only what changed, and nothing of somebody else's."""

from __future__ import annotations

from pathlib import Path

import pytest
from sites import SPEC, entry, files_of, project

from biblio.site.write import LIST, NOTES, write_site
from biblio.words.faults import BiblioError


def on_disk(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".biblio-")
    }


def test_only_what_changed_is_written_and_what_is_gone_is_removed(tmp_path: Path) -> None:
    out = tmp_path / "out"
    made = write_site(out, [("a.html", b"1"), ("b/c.html", b"2")])
    assert (made.files, made.changed, made.removed) == (2, 2, 0)
    before = (out / "a.html").stat()
    made = write_site(out, [("a.html", b"1"), ("d.html", b"3")])
    assert (made.files, made.changed, made.removed) == (2, 1, 1)
    assert (out / "a.html").stat().st_ino == before.st_ino
    assert not (out / "b").exists()
    assert on_disk(out) == {"a.html": b"1", "d.html": b"3"}


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    with pytest.raises(BiblioError) as caught:
        write_site(tmp_path, [("a.html", b"1")])
    assert caught.value.diagnostic.code == "E200"
    assert [each.name for each in tmp_path.iterdir()] == ["mine.txt"]


def test_what_others_put_beside_is_left_alone(tmp_path: Path) -> None:
    write_site(tmp_path, [("a.html", b"1")])
    (tmp_path / "CNAME").write_text("doc.example.org", encoding="utf-8")
    write_site(tmp_path, [("b.html", b"1")])
    assert on_disk(tmp_path).keys() == {"b.html", "CNAME"}


def test_a_run_that_dies_leaves_nothing_behind_for_ever(tmp_path: Path) -> None:
    def dying() -> object:
        yield "a.html", b"1"
        yield "b.html", b"2"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_site(tmp_path, dying())  # type: ignore[arg-type]
    write_site(tmp_path, [("c.html", b"3")])
    assert on_disk(tmp_path) == {"c.html": b"3"}
    assert not (tmp_path / NOTES).exists()


@pytest.mark.parametrize("path", ["../x", "/x", "a//b", "a/./b", "a\\b", ""])
def test_no_path_leads_out(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="path"):
        write_site(tmp_path / "out", [(path, b"1")])


def test_a_list_that_names_other_files_removes_none_of_them(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_site(out, [("a.html", b"1")])
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    (out / LIST).write_text('{"files": ["../mine.txt", "a.html", 4]}', encoding="utf-8")
    write_site(out, [])
    assert (tmp_path / "mine.txt").exists()
    assert not (out / "a.html").exists()


def test_a_link_in_the_place_of_a_folder_is_not_followed(tmp_path: Path) -> None:
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    elsewhere.mkdir()
    write_site(out, [("a.html", b"1")])
    (out / "b").symlink_to(elsewhere)
    write_site(out, [("b/c.html", b"2")])
    assert list(elsewhere.iterdir()) == []
    assert (out / "b" / "c.html").read_bytes() == b"2"


def test_the_same_project_gives_the_same_bytes(tmp_path: Path) -> None:
    spec = SPEC.format(title="Un dossier", date="2025", keys="a, b")
    roots = [
        project(tmp_path / name, entry("a", added="2025-01-02"), entry("b"), dossiers={"d": spec})
        for name in ("un", "deux")
    ]
    one, two = map(files_of, roots)
    assert list(one.items()) == list(two.items())
    assert files_of(roots[0], "2031-05-06") == one
    assert not [path for path in one if str(tmp_path).encode() in one[path]]


def test_only_the_pages_of_a_notice_change_with_it(tmp_path: Path) -> None:
    root = project(tmp_path, *(entry(f"k{number}", f"Titre {number}", keywords=f"m{number}") for number in range(30)))
    before = files_of(root)
    bib = root / "references" / "a.bib"
    bib.write_text(bib.read_text("utf-8").replace("Titre 7}", "Titre sept}"), encoding="utf-8")
    after = files_of(root)
    changed = {path for path in after if before.get(path) != after[path] and path.endswith(".html")}
    assert {path for path in changed if path.startswith("notices/")} == {"notices/k7.html"} | {
        path for path in changed if b"Titre sept" in after[path]
    } - {path for path in changed if not path.startswith("notices/")}
    assert "notices/k20.html" not in changed
