"""What is kept between tests is made once, and never stands for what has other inputs."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import kept
import pytest


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(kept, "FOLDER", tmp_path / "kept")
    return tmp_path / "kept"


def test_it_is_made_once_by_those_who_ask_together() -> None:
    made = []

    def make() -> bytes:
        made.append(1)
        time.sleep(0.05)  # the others have asked by then
        return b"a PDF"

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: kept.kept("pdf", [b"inputs"], make), range(8)))
    assert found == [b"a PDF"] * 8
    assert made == [1]


def test_other_inputs_make_another() -> None:
    inputs: list[list[bytes]] = [[], [b""], [b"ab"], [b"a", b"b"], [b"b", b"a"]]
    made = [kept.kept("pdf", parts, repr(parts).encode) for parts in inputs]
    assert made == [repr(parts).encode() for parts in inputs]


def test_a_file_renamed_changed_or_added_is_another_input(tmp_path: Path) -> None:
    (tmp_path / "dossiers").mkdir()
    (tmp_path / "dossiers" / "a.yaml").write_text("title: A\n")
    (tmp_path / "biblio.toml").write_text("")
    seen = [kept.files_in(tmp_path, "biblio.toml", "dossiers", "references")]
    assert seen[0] == [b"biblio.toml", b"", b"dossiers/a.yaml", b"title: A\n"]
    (tmp_path / "dossiers" / "a.yaml").rename(tmp_path / "dossiers" / "b.yaml")
    seen.append(kept.files_in(tmp_path, "biblio.toml", "dossiers", "references"))
    (tmp_path / "dossiers" / "b.yaml").write_text("title: B\n")
    seen.append(kept.files_in(tmp_path, "biblio.toml", "dossiers", "references"))
    assert len({kept.digest(parts) for parts in seen}) == 3


def test_what_could_not_be_made_is_tried_again() -> None:
    def fail() -> bytes:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        kept.kept("pdf", [b"inputs"], fail)
    assert kept.kept("pdf", [b"inputs"], lambda: b"made") == b"made"


def test_what_no_test_asks_for_is_forgotten(folder: Path) -> None:
    for name in (b"old", b"new"):
        kept.kept("pdf", [name], lambda: b"made")
    long_ago = time.time() - kept.LONGEST_UNUSED - 1
    for path in folder.glob(f"pdf-{kept.digest([b'old'])}*"):
        os.utime(path, (long_ago, long_ago))
    kept.forget_unused()
    assert {path.stem for path in folder.iterdir()} == {f"pdf-{kept.digest([b'new'])}"}
