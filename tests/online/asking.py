"""Runs commands that ask the network in this process, where the network of a test can be handed down."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cli.running import Done
from online.servers import PUBLIC, Answering, Served, serving

from biblio.cli.main import main
from biblio.online import setup
from biblio.online.client import Client
from biblio.online.links.pace import Pace
from biblio.online.wire import Wire
from robustness.figure import OWN_FAULT


class Command:
    """``biblio`` in a project, with servers that answer in the place of the network."""

    def __init__(self, served: Served, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.served = served
        self.folder = folder
        self._capsys = capsys

    def __call__(self, *words: str) -> Done:
        self._capsys.readouterr()
        before = Path.cwd()
        os.chdir(self.folder)
        try:
            with pytest.raises(SystemExit) as ended:
                main(["--lang", "fr", *words])
        finally:
            os.chdir(before)
        out, err = self._capsys.readouterr()
        assert not OWN_FAULT.search(err), err
        return Done(ended.value.code if isinstance(ended.value.code, int) else 0, out, err)


@contextmanager
def asking(
    answer: Answering, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Command]:
    """Commands in a folder, for which every host is public and leads to one server; they never really sleep."""
    with serving(answer) as served, monkeypatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder.parent / "cache"))
        patch.setattr(setup, "Wire", lambda proxy: Wire(proxy, served.transport))
        patch.setattr(setup, "resolved", lambda host, port: (PUBLIC,))  # noqa: ARG005
        patch.setattr(Client, "sleep", staticmethod(lambda seconds: None))  # noqa: ARG005
        patch.setattr(setup, "Pace", lambda: Pace(sleep=lambda seconds: None))  # noqa: ARG005
        yield Command(served, folder, capsys)
