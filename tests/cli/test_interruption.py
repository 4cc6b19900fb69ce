"""Builds that are cut short, or that meet: a file is always the whole old one or the whole new one."""

from __future__ import annotations

import random
import signal
import subprocess
import time
from pathlib import Path

import pytest
from cli.running import BIB, BIBLIO, PDF, SLUG, biblio, environment, on_a_terminal, pdf_text, rewrite, snapshot


def start(project: Path, *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*BIBLIO, *words],
        cwd=project,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def wait(process: subprocess.Popen[bytes]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=120)
    assert b"Traceback" not in err, err.decode()
    return process.returncode, out.decode(), err.decode()


def hidden(folder: Path) -> set[str]:
    return {path.name for path in folder.glob(".*") if path.suffix != ".lock"}


def is_writing(folder: Path) -> bool:
    return any(folder.glob(".biblio-*.tmp"))


@pytest.mark.parametrize("seed", range(4))
def test_a_killed_build_leaves_the_old_file_or_the_new_one(project: Path, seed: int) -> None:
    chance = random.Random(seed)
    biblio(project, "build")
    old = (project / PDF).read_bytes()
    rewrite(project / BIB, "Quelques phrases", "Trois phrases")

    process = start(project, "build", "--format", "pdf,html")
    if seed % 2:
        time.sleep(chance.uniform(0.1, 1.5))
    else:
        # At the moment that matters most, and a little later.
        deadline = time.monotonic() + 60
        while not is_writing(project / "build") and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.0005)
        time.sleep(chance.uniform(0, 0.002))
    process.kill()
    process.communicate()

    after = (project / PDF).read_bytes()
    assert after == old or "Trois phrases" in pdf_text(after)
    # The next build, of whatever format, sweeps up.
    assert biblio(project, "build").code == 0
    assert hidden(project / "build") == set()
    assert "Trois phrases" in pdf_text((project / PDF).read_bytes())


def test_a_build_that_has_nothing_to_do_sweeps_up_too(project: Path) -> None:
    biblio(project, "build", "--format", "html")
    (project / "build" / f".biblio-{SLUG}.pdf.tmp").write_bytes(b"%PDF-1.7 une moit")
    assert biblio(project, "build", "--format", "html").out == f"{SLUG} : à jour\n"
    assert hidden(project / "build") == set()


def test_two_builds_at_once_give_what_one_gives(project: Path, tmp_path: Path) -> None:
    biblio(project, "build", "--format", "pdf,html", "-o", str(tmp_path / "seul"))
    expected = snapshot(tmp_path / "seul")
    both = [start(project, "build", "--force", "--format", "pdf,html") for _ in range(2)]
    for process in both:
        code, out, err = wait(process)
        assert (code, out) == (0, f"{SLUG} : 3 notices → build/{SLUG}.pdf, build/{SLUG}.html\n")
        assert not err or "on attend qu'elle finisse" in err
    assert snapshot(project / "build") == expected


@pytest.mark.parametrize("step", ["composition", "mise en page", "écriture"])
def test_control_c_stops_cleanly_at_every_step(project: Path, step: str) -> None:
    biblio(project, "build")
    before = snapshot(project)
    code, shown = on_a_terminal(project, "build", "--force", interrupt_at=step)
    if code in (0, -signal.SIGINT):  # the program was quicker than the hand, and had ended its work or was ending
        assert step != "composition"
        assert shown.endswith(f"{SLUG} : 3 notices → {PDF}\n")
    else:
        assert code == 130
        assert shown.endswith("\ninterrompu ; rien n'a été écrit à moitié\n")
    assert snapshot(project) == before
