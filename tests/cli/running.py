"""Runs ``python -m biblio`` as a user would, in projects made for the tests."""

from __future__ import annotations

import json
import os
import pty
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pypdfium2
from cli import forked

from robustness.figure import OWN_FAULT

BIBLIO = [sys.executable, "-m", "biblio"]
SLUG = "premier-dossier"
BIB = "references/exemple.bib"
SPEC = f"dossiers/{SLUG}.yaml"
PDF = f"build/{SLUG}.pdf"


@dataclass(frozen=True)
class Done:
    """What a command left behind: its exit code and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def environment(lang: str = "fr_FR.UTF-8", **more: str) -> dict[str, str]:
    """The user's environment, in a language; nothing that would sway the outputs."""
    swaying = {"SOURCE_DATE_EPOCH", "NO_COLOR", "LC_ALL", "LC_MESSAGES", "PYTHONIOENCODING", "PYTHONUTF8"}
    kept = {name: value for name, value in os.environ.items() if name not in swaying}
    return {**kept, "LANG": lang, **more}


def biblio(
    folder: Path, *words: str, env: Mapping[str, str] | None = None, program: Sequence[str] = BIBLIO, **options: Any
) -> Done:
    """Runs a command in a folder. Whatever happens, a user never sees a traceback."""
    if env is None and program is BIBLIO and not options:
        code, out, err = forked.run(words, folder, environment())
    else:
        code, out, err = _started(program, words, folder, env, options)
    result = Done(code, out.decode(), err.decode())
    assert not OWN_FAULT.search(result.err), result.err
    return result


def _started(
    program: Sequence[str], words: Sequence[str], folder: Path, env: Mapping[str, str] | None, options: dict[str, Any]
) -> tuple[int, bytes, bytes]:
    """Starts a program of its own, where the start is what is looked at."""
    done = subprocess.run(
        [*program, *words],
        cwd=folder,
        env=env or environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=120,
        **options,
    )
    return done.returncode, done.stdout, done.stderr


# Removed when the process ends.
_MADE_ONCE = TemporaryDirectory(prefix="biblio-test-")


@cache
def starter(lang: str) -> Path:
    """The project of ``biblio init``, made once in a process."""
    folder = Path(_MADE_ONCE.name) / lang / "projet"
    folder.parent.mkdir()
    done = biblio(folder.parent, "init", str(folder), "--lang", lang)
    assert (done.code, done.err) == (0, "")
    return folder


def make_project(folder: Path, lang: str = "fr") -> Path:
    """A project of its own for one test, in a folder whose name has a space and an accent."""
    project = folder / "Mes dossiers d'été"
    shutil.copytree(starter(lang), project)
    return project


def rewrite(path: Path, old: str, new: str) -> None:
    """Changes one place of a file."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {path.name}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file under a folder and its bytes; but for the locks, which hold nothing."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".lock"
    }


def pdf_text(content: bytes) -> str:
    """The text of a whole PDF, its blanks folded."""
    with pypdfium2.PdfDocument(content) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    return " ".join(" ".join(pages).split())


def on_a_terminal(folder: Path, *words: str, interrupt_at: str = "", **env: str) -> tuple[int, str]:
    """Runs a command on a terminal of its own: its exit code and all that the terminal received.

    The user types Ctrl-C as soon as the terminal shows ``interrupt_at``.
    """
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [*BIBLIO, *words],
        cwd=folder,
        env=environment(TERM="xterm", **env),
        stdin=slave,
        stdout=slave,
        stderr=slave,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    os.close(slave)
    received = b""
    while select.select([master], [], [], 60)[0]:
        try:
            piece = os.read(master, 65536)
        except OSError:  # Linux says so when the other end is closed
            break
        if not piece:
            break
        received += piece
        if interrupt_at and interrupt_at in received.decode(errors="ignore"):
            process.send_signal(signal.SIGINT)
            interrupt_at = ""
    os.close(master)
    code, text = process.wait(60), received.decode().replace("\r\n", "\n")
    assert not OWN_FAULT.search(text), text
    return code, text


# Rights do not stop root, so the process gives root up: once it has loaded, by a first run elsewhere, what it needs.
AS_ANOTHER = """
import contextlib, io, os, sys
from biblio.cli.main import main

elsewhere, *words = sys.argv[1:]
with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):
    main(["build", "--force", "--format", "html", "-C", elsewhere, "-o", elsewhere + "-" + str(os.getpid())])
if os.geteuid() == 0:
    os.setgroups([])
    os.setegid(65534)
    os.seteuid(65534)
main(words)
"""


def biblio_as_another(folder: Path, *words: str) -> Done:
    """Runs a command as a user to whom rights apply."""
    return biblio(folder, *words, program=[sys.executable, "-c", AS_ANOTHER, str(starter("fr"))])
