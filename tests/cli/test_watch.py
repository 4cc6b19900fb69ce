"""``biblio watch`` as a user sees it: what it says, the file that it leaves, and what an editor may do meanwhile."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cli.running import BIB, BIBLIO, PDF, SLUG, SPEC, biblio, environment, pdf_text, rewrite

from robustness.figure import OWN_FAULT

PATIENCE = 120


class Watched:
    """A process that watches a project; ``said`` is all that it has said on both streams, seconds left out."""

    def __init__(self, project: Path, *words: str) -> None:
        self.project = project
        self._process = subprocess.Popen(
            [*BIBLIO, "watch", *words],
            cwd=project,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        self._lines: list[str] = []
        self._read = 0
        self._reader = threading.Thread(target=self._listen, daemon=True)
        self._reader.start()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.append(re.sub(r"\d+,\d\d s", "N s", line.rstrip("\n")))

    def until(self, end: str) -> list[str]:
        """What it says from where one has read, up to the line that begins so."""
        limit = time.monotonic() + PATIENCE
        while time.monotonic() < limit:
            for index in range(self._read, len(self._lines)):
                if self._lines[index].startswith(end):
                    begin, self._read = self._read, index + 1
                    return self._lines[begin : self._read]
            assert self._process.poll() is None, self._lines
            time.sleep(0.02)
        raise AssertionError(f"no {end!r} in {self._lines}")

    def stop(self) -> tuple[int, list[str]]:
        """What it says from where one has read when the user types Ctrl-C, and its exit code."""
        self._process.send_signal(signal.SIGINT)
        code = self._process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        assert not OWN_FAULT.search("\n".join(self._lines))
        return code, self._lines[self._read :]

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        self._reader.join(PATIENCE)
        assert self._process.stdout is not None
        self._process.stdout.close()


@contextmanager
def watched(project: Path, *words: str) -> Iterator[Watched]:
    process = Watched(project, *words)
    try:
        yield process
    finally:
        process.kill()


def is_of_a_build(project: Path) -> bool:
    """Whether the PDF is, to the byte, that of a build from nothing."""
    assert biblio(project, "build", SLUG, "-o", "froid", "--force").code == 0
    return (project / PDF).read_bytes() == (project / "froid" / f"{SLUG}.pdf").read_bytes()


def test_an_edit_is_in_the_file_at_once_and_said_in_a_line(project: Path) -> None:
    with watched(project, SLUG) as process:
        first = process.until(f"{SLUG} : tout")
        assert first[0] == "On surveille . ; Ctrl-C pour arrêter."
        assert re.fullmatch(rf"{SLUG} : tout le dossier \(\d+ pages\), N s → {PDF}", first[-1])
        rewrite(project / BIB, "{Quelques phrases", "{Ajouté : quelques phrases")
        (line,) = process.until(f"{SLUG} : page")
        assert re.fullmatch(rf"{SLUG} : page \d+ sur \d+, N s → {PDF}", line)
        assert "Ajouté" in pdf_text((project / PDF).read_bytes())
        assert process.stop() == (130, ["", "interrompu ; rien n'a été écrit à moitié"])
    assert is_of_a_build(project)
    assert [path.name for path in (project / "build").iterdir() if path.suffix == ".tmp"] == []


def test_faults_are_said_as_they_come_and_go_and_the_last_file_is_kept(project: Path) -> None:
    spec = (project / SPEC).read_text("utf-8")
    with watched(project, SLUG) as process:
        process.until(f"{SLUG} : tout")
        before = (project / PDF).read_bytes()
        (project / SPEC).write_text(spec + "inconnue: [\n", "utf-8")
        said = process.until(f"{SLUG} : on garde")
        assert said[-2:] == [f"{SLUG} : non construit", f"{SLUG} : on garde le dernier fichier construit."]
        assert any(line.startswith(SPEC) for line in said)
        assert (project / PDF).read_bytes() == before
        (project / SPEC).write_text(spec, "utf-8")
        assert process.until(f"{SLUG} : à jour") == [f"{SLUG} : plus aucun défaut.", f"{SLUG} : à jour"]
        assert process.stop()[0] == 130


def test_whatever_an_editor_does_the_file_is_that_of_the_sources(project: Path) -> None:
    bib = project / BIB
    text = bib.read_text("utf-8")

    def saved(words: str) -> str:
        return text.replace("{Quelques phrases", f"{{{words} : quelques phrases", 1)

    with watched(project, SLUG) as process:
        process.until(f"{SLUG} : tout")
        beside = bib.with_name(".a.tmp")  # written beside, then renamed
        beside.write_text(saved("Renommé"), "utf-8")
        beside.replace(bib)
        process.until(f"{SLUG} : page")
        bib.unlink()  # taken away, then written anew
        bib.write_text(saved("Recréé"), "utf-8")
        process.until(f"{SLUG} : page")
        bib.write_text("\ufeff" + saved("Marqué"), "utf-8")
        process.until(f"{SLUG} : page")
        bib.write_text(saved("Coupé")[:600], "utf-8")  # the half of a save, then the rest
        process.until(f"{SLUG} : on garde")
        bib.write_text(saved("Entier"), "utf-8")
        process.until(f"{SLUG} : page")
        away = project / "ailleurs"
        shutil.move(project / "dossiers", away)  # a folder that goes and comes back
        process.until(f"{SLUG} : le dossier n'est plus là")
        bib.write_text(saved("Revenu"), "utf-8")
        shutil.move(away, project / "dossiers")
        process.until(f"{SLUG} : page")
        assert "Revenu" in pdf_text((project / PDF).read_bytes())
        assert process.stop()[0] == 130
    assert is_of_a_build(project)


def test_a_file_that_cannot_be_read_is_said_once_and_watched_on(project: Path) -> None:
    bib = project / BIB
    text = bib.read_text("utf-8")
    with watched(project, SLUG) as process:
        process.until(f"{SLUG} : tout")
        bib.unlink()
        bib.mkdir()  # whoever runs the tests may read any file, but no folder as one
        assert "E104" in process.until(BIB)[-1]
        bib.rmdir()
        bib.write_text(text, "utf-8")
        assert process.until("On peut")[-1] == "On peut de nouveau lire le projet."
        assert process.stop()[0] == 130


def test_a_dossier_that_there_is_not_ends_the_command(project: Path) -> None:
    done = biblio(project, "watch", "absent")
    assert done.code == 2
    assert "E102" in done.err


def test_other_outputs_are_made_too(project: Path) -> None:
    with watched(project, SLUG, "--format", "html") as process:
        assert process.until(f"{SLUG} : N s")[-1] == f"{SLUG} : N s → build/{SLUG}.html"
        rewrite(project / BIB, "{Quelques phrases", "{Ajouté : quelques phrases")
        process.until(f"{SLUG} : N s")
        assert "Ajouté" in (project / "build" / f"{SLUG}.html").read_text("utf-8")
        assert process.stop()[0] == 130
