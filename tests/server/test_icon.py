"""The desk behind an icon: one for each project, which ends by itself."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from biblio.server import icon


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """That of a user whose browser does nothing."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    return {**kept, "HOME": str(tmp_path / "chez Zoé"), "BROWSER": "true", "LANG": "fr_FR.UTF-8"}


@contextmanager
def double_click(environment: dict[str, str]) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """What an icon starts, and the address that it says."""
    command = [sys.executable, "-m", "biblio", "serve", "--icon", "-C", "~/biblio"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip(), process
        finally:
            process.kill()


def test_a_second_double_click_shows_the_desk_that_is_there(environment: dict[str, str]) -> None:
    home = Path(environment["HOME"])
    with double_click(environment) as (address, desk):
        assert httpx.get(address).status_code == 303
        assert (home / "biblio").is_dir()
        assert list((home / "biblio").iterdir()) == []
        with double_click(environment) as (again, second):
            assert again == address
            assert second.wait(10) == 0
        (kept,) = (home / ".cache/biblio/desks").glob("*.json")
        assert kept.stat().st_mode & 0o077 == 0  # the token is the user's alone
        desk.send_signal(signal.SIGINT)
        assert desk.wait(10) == 130
        assert not kept.exists()


def test_after_one_that_was_killed_another_opens(environment: dict[str, str]) -> None:
    with double_click(environment) as (address, desk):
        desk.kill()
        desk.wait(10)
    with double_click(environment) as (another, _):
        assert another != address
        assert httpx.get(another).status_code == 303


def test_it_ends_once_no_page_is_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(icon, "IDLE", 0.0)
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    said: list[str] = []
    icon.serve_once(tmp_path, "fr", announce=said.append)  # or this test would not end
    assert len(said) == len(opened) == 1
    assert said[0].partition("?")[0] == opened[0].partition("?ticket=")[0]
    assert said[0].partition("?token=")[2] not in opened[0]


def test_without_a_cache_every_desk_is_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cache").write_text("a file, no folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(icon, "IDLE", 0.0)
    monkeypatch.setattr("webbrowser.open", lambda _: True)
    said: list[str] = []
    icon.serve_once(tmp_path, "fr", announce=said.append)
    icon.serve_once(tmp_path, "fr", announce=said.append)
    assert len(set(said)) == 2


def test_a_folder_that_cannot_be_made_is_said(environment: dict[str, str]) -> None:
    home = Path(environment["HOME"])
    home.mkdir()
    (home / "biblio").write_text("a file")
    with double_click(environment) as (address, process):
        assert address == ""
        assert process.wait(10) == 2
        assert process.stderr is not None
        assert "~/biblio" in process.stderr.read()
