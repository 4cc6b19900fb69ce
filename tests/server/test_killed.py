"""A desk that is killed in the middle of a write: files are whole, and the next desk finds nothing amiss."""

from __future__ import annotations

import os
import re
import shutil
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from server.desks import Served, asked, served

from robustness.sessions.oracle import entries, lists
from robustness.sessions.project import make

# What Python imports when it starts: once there is a file ``armed``, the call that it names ends the program.
KILLED = """
import os, signal
ARMED = {armed!r}
counts = {{}}

def ended(point):
    if os.path.exists(ARMED):
        counts[point] = counts.get(point, 0) + 1
        with open(ARMED) as armed:
            if armed.read() == f"{{point}} {{counts[point]}}":
                os.kill(os.getpid(), signal.SIGKILL)

def around(name):
    work = getattr(os, name)
    def called(*arguments, **named):
        ended(f"before {{name}}")
        done = work(*arguments, **named)
        ended(f"after {{name}}")
        return done
    setattr(os, name, called)

around("fsync")
around("replace")
"""


def post(client: Any, address: str, **sent: object) -> int:
    status: int = client.post(address, data=sent).status_code
    return status


def save(client: Any) -> int:
    return post(client, "/reference/save", key="a0-2020", field="note", base="", note="tapé", visit="v")


def place(client: Any) -> int:
    return post(client, "/dossier/essai/place", key="a1-2020", section="sections.1")


def bring(client: Any) -> int:
    answer = client.post("/import", data={"pasted": "TY  - JOUR\nTI  - Un autre titre\nER  - \n"})
    name = answer.url.params["id"]
    for _ in range(500):
        found = re.search(r'name="version" value="(\d+)"', client.get(f"/import?id={name}").text)
        if found:
            return post(client, "/import/add", id=name, version=found[1], into="references/a.bib")
    raise AssertionError("the import is not read")


KINDS: Mapping[str, Callable[[Any], int]] = {
    "a field": save,
    "a new reference": lambda client: post(
        client,
        "/reference/new/add",
        type="book",
        field="title",
        title="Neuf",
        into="references/b.bib",
        **{"new-key": "n1"},
    ),
    "a deletion with lists": lambda client: post(client, "/reference/delete", key="a0-2020", lists="1"),
    "a key": lambda client: post(client, "/reference/key", key="c2-2020", new="autre-cle"),
    "a place": place,
    "many": lambda client: post(
        client, "/collection/chosen/field", keys="a0-2020\nb1-2020\nc2-2020", name="note", value="tapé"
    ),
    "an import": bring,
    "an undoing": lambda client: save(client) and post(client, "/undo"),
}
CASES = (
    ("a field", "before replace 1"),
    ("a deletion with lists", "before replace 2"),
    ("an import", "after fsync 1"),
    ("a field", "before fsync 1"),
    ("a field", "after replace 1"),
    ("a new reference", "before replace 1"),
    ("a key", "after replace 1"),
    ("a place", "before fsync 1"),
    ("many", "before replace 2"),
    ("an import", "after replace 1"),
    ("an undoing", "before replace 2"),
)
OFTEN = 3  # the first of them


def files(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@contextmanager
def client_of(desk: Served) -> Iterator[httpx.Client]:
    headers = {"origin": desk.origin}
    with httpx.Client(base_url=desk.origin, headers=headers, follow_redirects=True, timeout=60) as client:
        assert client.get(desk.address).status_code == 200
        yield client


@pytest.mark.parametrize(
    ("kind", "point"),
    [pytest.param(*case, marks=pytest.mark.slow if at >= OFTEN else ()) for at, case in enumerate(CASES)],
)
def test_files_are_whole_after_a_kill(kind: str, point: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, twin, armed, start = (tmp_path / name for name in ("projet", "jumeau", "armed", "start"))
    make(root)
    shutil.copytree(root, twin)
    before = files(root)
    with asked(twin) as client:
        possible = [before]
        assert KINDS[kind](client) == 200
        possible.append(files(twin))
        if kind == "an undoing":
            assert post(client, "/redo") == 200
            possible.append(files(twin))

    start.mkdir()
    (start / "sitecustomize.py").write_text(KILLED.format(armed=str(armed)), encoding="utf-8")
    with monkeypatch.context() as patched:
        patched.setenv("PYTHONPATH", os.pathsep.join(filter(None, (str(start), os.environ.get("PYTHONPATH")))))
        with served(root) as desk, client_of(desk) as client:
            armed.write_text(point, encoding="utf-8")
            with pytest.raises(httpx.TransportError):
                KINDS[kind](client)
            assert desk.process.wait(60) == -signal.SIGKILL

    found = {path: content for path, content in files(root).items() if not path.endswith(".tmp")}
    assert found.keys() == before.keys()
    for path, content in found.items():
        assert content in [each[path] for each in possible], f"{path} is neither what it was nor what it was to be"
        (entries if path.endswith(".bib") else lists)(content.decode())

    with served(root) as desk, client_of(desk) as client:
        for name in "abc":
            assert (
                post(client, "/reference/save", key=f"{name}3-2020", field="volume", base="", volume="7", visit="v")
                == 200
            )
        for slug in ("essai", "autre"):
            assert post(client, f"/dossier/{slug}/place", key="b3-2020", section="sections.0") == 200
    assert [path for path in files(root) if path not in before] == []
