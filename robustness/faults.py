"""Figure 7: what happens to the outputs when a build is killed, starved, or pulled from under its feet."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import tempfile
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Thread

from robustness.atelier import SLUG, Atelier, make
from robustness.child import Run, limited, run
from robustness.figure import OWN_FAULT, Figure

BUILD = ["build", SLUG, "--format", "pdf,html"]
PATIENCE = 300  # seconds of the clock, on a machine that may be at work on other things
# What is run before the program, by way of a module that Python imports when it starts.
NO_PANGO = """
import cffi
def refuse(self, name=None, flags=0):
    raise OSError(f"cannot load library {name!r}: no such file")
cffi.FFI.dlopen = refuse
"""
NO_FONTS = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig></fontconfig>'
CLOCK = """
import time, datetime
time.time = lambda: {0}.0
time.time_ns = lambda: {0} * 10**9
class Then(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp({0}, tz)
    @classmethod
    def utcnow(cls):
        return cls.fromtimestamp({0}, datetime.UTC).replace(tzinfo=None)
datetime.datetime = Then
"""
FAILING = """
import os
def refuse(*arguments, **options):
    raise OSError({0}, os.strerror({0}))
os.{1} = refuse
"""

# A case runs a build that something happens to, and says whether it had to fail. Its arguments: the project, chance.
Case = Callable[[Atelier, random.Random], tuple[Run, bool | None]]


def _start(atelier: Atelier, code: str) -> str:
    folder = atelier.root.parent / "start"
    folder.mkdir(exist_ok=True)
    (folder / "sitecustomize.py").write_text(code, encoding="utf-8")
    return str(folder)


def _at_start(code: str, fails: bool, atelier: Atelier, chance: random.Random) -> tuple[Run, bool | None]:
    return run(BUILD, atelier.root, PYTHONPATH=_start(atelier, code)), fails


def _signalled(
    number: int, earliest: float, latest: float, atelier: Atelier, chance: random.Random
) -> tuple[Run, bool | None]:
    done = run(BUILD, atelier.root, kill=(chance.uniform(earliest, latest), number))
    return done, None  # it may have ended before


def _no_place(size: int, atelier: Atelier, chance: random.Random) -> tuple[Run, bool | None]:
    def prepare() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return run(BUILD, atelier.root, prepare=prepare), True


def _no_memory(atelier: Atelier, chance: random.Random) -> tuple[Run, bool | None]:
    return run(BUILD, atelier.root, prepare=limited(chance.randint(120, 260))), None


def _few_files(atelier: Atelier, chance: random.Random) -> tuple[Run, bool | None]:
    count = chance.randint(5, 9)

    def prepare() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (count, count))

    return run(BUILD, atelier.root, prepare=prepare), None


def _folder_in_place(name: str, atelier: Atelier, chance: random.Random) -> tuple[Run, bool | None]:
    path = atelier.root / name
    path.unlink(missing_ok=True)
    path.mkdir()
    return run(BUILD, atelier.root), True


def _meanwhile(change: Callable[[Atelier], None], atelier: Atelier, chance: random.Random) -> tuple[Run, bool | None]:
    """Changes something at a moment of the build."""
    results: list[Run] = []
    thread = Thread(target=lambda: results.append(run(BUILD, atelier.root)))
    thread.start()
    thread.join(chance.uniform(0.05, 0.8))
    change(atelier)
    thread.join()
    return results[0], None


def _replaced(atelier: Atelier) -> None:
    for _ in range(50):
        new = atelier.bib.with_suffix(".new")
        new.write_text(atelier.bib.read_text("utf-8"), encoding="utf-8")
        new.replace(atelier.bib)


def _truncated(atelier: Atelier) -> None:
    atelier.bib.write_bytes(b"")


def _removed(atelier: Atelier) -> None:
    atelier.spec.unlink()


def _no_references(atelier: Atelier) -> None:
    shutil.rmtree(atelier.bib.parent)


def _two(atelier: Atelier, chance: random.Random) -> tuple[Run, bool | None]:
    with ThreadPoolExecutor(2) as pool:
        runs = list(pool.map(lambda _: run(BUILD, atelier.root), range(2)))
    return max(runs, key=lambda done: abs(done.code)), False


def _full_terminal(atelier: Atelier, chance: random.Random) -> tuple[Run, bool | None]:
    def prepare() -> None:
        os.dup2(os.open("/dev/full", os.O_WRONLY), 1)

    return run(BUILD, atelier.root, prepare=prepare), True


def _no_fonts(atelier: Atelier, chance: random.Random) -> tuple[Run, bool | None]:
    path = atelier.root.parent / "fonts.conf"
    path.write_text(NO_FONTS, encoding="utf-8")
    return run(BUILD, atelier.root, FONTCONFIG_FILE=str(path)), False


def _fifo(atelier: Atelier, chance: random.Random) -> tuple[Run, bool | None]:
    os.mkfifo(atelier.bib.with_name("tuyau.bib"))
    return run(BUILD, atelier.root, seconds=20), True


def _broken_link(atelier: Atelier, chance: random.Random) -> tuple[Run, bool | None]:
    atelier.bib.with_name("lien.bib").symlink_to("nulle-part.bib")
    return run(BUILD, atelier.root), True


def _pipe_in_place(name: str, atelier: Atelier, chance: random.Random) -> tuple[Run, bool | None]:
    path = atelier.root / name
    path.unlink(missing_ok=True)
    os.mkfifo(path)
    return run(BUILD, atelier.root, seconds=20), True


def _planted_link(name: str, fails: bool, atelier: Atelier, chance: random.Random) -> tuple[Run, bool | None]:
    """A link where the program writes, to a file of somebody else's."""
    path, prey = atelier.root / name, atelier.root.parent / "proie"
    path.unlink(missing_ok=True)
    prey.write_bytes(b"a moi")
    path.symlink_to(prey)
    done = run(BUILD, atelier.root)
    if prey.read_bytes() != b"a moi":
        done = replace(done, said=f"Traceback: {name} was followed")  # as grave as a fault of the program
    path.unlink(missing_ok=True)
    return done, fails


def _no_process(atelier: Atelier, chance: random.Random) -> tuple[Run, bool | None]:
    """Two dossiers, and a system that grants no process more."""
    (atelier.spec.parent / "autre.yaml").write_bytes(atelier.spec.read_bytes())
    code = FAILING.format(11, "fork")
    return run(["build", "--format", "pdf,html"], atelier.root, PYTHONPATH=_start(atelier, code)), False


CASES: Mapping[str, Case] = {
    "killed at the start": partial(_signalled, signal.SIGKILL, 0.0, 0.4),
    "killed while composing": partial(_signalled, signal.SIGKILL, 0.3, 0.8),
    "killed while rendering": partial(_signalled, signal.SIGKILL, 0.6, 1.4),
    "killed near the end": partial(_signalled, signal.SIGKILL, 0.9, 2.0),
    "terminated": partial(_signalled, signal.SIGTERM, 0.0, 1.5),
    "interrupted": partial(_signalled, signal.SIGINT, 0.5, 1.5),
    "place for 4 kB": partial(_no_place, 4_000),
    "place for 1 kB": partial(_no_place, 1_000),
    "place for the page, not for the PDF": partial(_no_place, 12_000),
    "little memory": _no_memory,
    "few files": _few_files,
    "disk full on flush": partial(_at_start, FAILING.format(28, "fsync"), True),
    "failing disk on rename": partial(_at_start, FAILING.format(5, "rename") + FAILING.format(5, "replace"), True),
    "output is a folder": partial(_folder_in_place, f"build/{SLUG}.pdf"),
    "references are a folder": partial(_folder_in_place, "references/essai.bib"),
    "references replaced": partial(_meanwhile, _replaced),
    "references emptied": partial(_meanwhile, _truncated),
    "references removed": partial(_meanwhile, _no_references),
    "spec removed": partial(_meanwhile, _removed),
    "two builds at once": _two,
    "terminal full": _full_terminal,
    "no fonts": _no_fonts,
    "no Pango": partial(_at_start, NO_PANGO, True),
    "clock at 1970": partial(_at_start, CLOCK.format(0), False),
    "clock at 2100": partial(_at_start, CLOCK.format(4_102_444_800), False),
    "a pipe among the references": _fifo,
    "a broken link among the references": _broken_link,
    "a pipe in the place of the page": partial(_pipe_in_place, f"build/{SLUG}.html"),
    "a pipe in the place of the themes": partial(_pipe_in_place, "references/themes.yaml"),
    "a link in the place of the lock": partial(_planted_link, f"build/.biblio-{SLUG}.lock", True),
    "a link in the place of the manifest": partial(_planted_link, f"build/{SLUG}.manifest.json", False),
    "no process": _no_process,
    "hung up": partial(_signalled, signal.SIGHUP, 0.0, 1.5),
}


def outputs(atelier: Atelier) -> dict[str, bytes]:
    """The published files, by extension."""
    return {
        path.suffix: path.read_bytes()
        for path in (atelier.root / "build").glob(f"{SLUG}.*")
        if path.is_file() and path.suffix in (".pdf", ".html")
    }


class Reference:
    """The outputs of the project before and after the change that each case builds."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self.atelier = make(Path(self._folder.name) / "modele")
        self.first = run(BUILD, self.atelier.root)
        self.old = outputs(self.atelier)
        self.atelier.write_bib(title="Un autre titre")
        changed = make(Path(self._folder.name) / "change")
        changed.write_bib(title="Un autre titre")
        run(BUILD, changed.root)
        self.new = outputs(changed)
        shutil.rmtree(changed.root.parent)
        assert len(self.old) == len(self.new) == 2, self.first.said
        assert self.old != self.new

    def close(self) -> None:
        """Removes the projects."""
        self._folder.cleanup()


def try_case(name: str, reference: Reference, seed: str) -> list[str]:
    """What went wrong in one repeat of a case."""
    with tempfile.TemporaryDirectory() as folder:
        atelier = make(Path(folder) / "essai")
        shutil.copytree(reference.atelier.root, atelier.root, dirs_exist_ok=True)
        done, fails = CASES[name](atelier, random.Random(seed))
        wrong = ["a fault of the program"] if OWN_FAULT.search(done.said) else []
        wrong += ["it did not end"] if done.late else []
        if fails is True and done.code == 0:
            wrong.append("exit code 0")
        if fails is False and done.code != 0:
            wrong.append(f"exit code {done.code}: {done.said[:80]}")
        if done.code != 0 and not done.said.strip() and name != "terminal full" and done.code > 0:
            wrong.append(f"exit code {done.code}, without a message")
        for extension, content in outputs(atelier).items():
            if content not in (reference.old[extension], reference.new[extension]):
                wrong.append(f"a torn {extension}")
        return wrong + (_after(atelier) if done.code < 0 or _temporaries(atelier) else [])


def _temporaries(atelier: Atelier) -> list[Path]:
    return sorted((atelier.root / "build").glob(".biblio-*.tmp"))


def _after(atelier: Atelier) -> list[str]:
    """What is wrong once the fault is over and the dossier has been built again."""
    atelier.write_spec()
    atelier.write_bib(title="Encore un titre")
    done = run(BUILD, atelier.root, seconds=PATIENCE)
    wrong = [f"the next build fails: {'no end' if done.late else done.said[:80]}"] if done.code else []
    return wrong + [f"{path.name} is left behind" for path in _temporaries(atelier)]


def measure(repeats: int, workers: int, seed: int) -> Figure:
    """Tries every case, some times over."""
    reference = Reference()
    tries = [(name, f"{seed} {name} {number}") for number in range(repeats) for name in CASES]
    with ThreadPoolExecutor(workers) as pool:
        found = list(pool.map(lambda each: try_case(each[0], reference, each[1]), tries))
    reference.close()
    bad = [f"{name}: {', '.join(wrong)}" for (name, _), wrong in zip(tries, found, strict=True) if wrong]
    return Figure(
        "faults",
        "24 cases × 20 repeats: whole files, a message, nothing left behind",
        f"{len(tries) - len(bad)} of {len(tries)}: {len(CASES)} cases × {repeats} repeats",
        len(CASES) >= 24 and repeats >= 20 and not bad,
        tuple(dict.fromkeys(bad)),
    )
