"""Tries a bundle where nothing else is: another home, a folder with spaces and accents, no Python, no Pango.

python tools/try_bundle.py dist/biblio-linux-x86_64.tar.gz

On Linux it is tried in a root of its own that has a shell, the C library and nothing else, which wants the rights of
root; elsewhere with an empty environment. It builds a dossier as this checkout does, opens the desk twice, and ends it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import urllib.request
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
SLUG = "demarches-territoriales-de-sante"
# What the scripts call, and what every system has.
PROGRAMS = ("/bin/sh", "/usr/bin/dirname", "/usr/bin/readlink", "/bin/mkdir", "/bin/uname")


@dataclass(frozen=True)
class Machine:
    """Where the bundle is tried: its own ``root``, if it has one, and its ``environment``."""

    root: Path | None
    home: Path
    environment: Mapping[str, str]

    def command(self, *words: str | Path) -> Sequence[str]:
        """A command as it is run there; paths are those of this machine."""
        if self.root is None:
            return [*map(str, words)]
        inside = [f"/{word.relative_to(self.root)}" if isinstance(word, Path) else word for word in words]
        return ["/usr/sbin/chroot", str(self.root), *inside]

    def said(self, *words: str | Path) -> str:
        """What a command says; the trial ends when it fails."""
        done = subprocess.run(self.command(*words), env=self.environment, capture_output=True, check=False)
        if done.returncode:
            sys.exit(f"{words}: {done.returncode}\n{done.stdout.decode()}\n{done.stderr.decode()}")
        return done.stdout.decode()


def main(archive: Path) -> None:
    """Tries everything; ends with a sentence and a code other than 0 where something is not as it should be."""
    with tempfile.TemporaryDirectory() as name, _machine(Path(name).resolve()) as machine:
        folder = machine.home / "Téléchargements à moi"
        folder.mkdir()
        _unpack(archive, folder)
        command, desk = _entries(folder)
        print(machine.said(command, "--version").strip())
        project = machine.home / "Mes dossiers d’été"
        for part in ("references", "dossiers", "styles"):
            shutil.copytree(ROOT / part, project / part)
        machine.said(command, "build", "-C", project, "--format", "pdf,docx", SLUG)
        _expect((project / "build" / f"{SLUG}.docx").stat().st_size > 10_000, "Word, by pandoc")
        if sys.platform == "linux":  # where the libraries are the same on both sides
            ours = [sys.executable, "-m", "biblio", "build", "-C", str(ROOT), "-o", name, SLUG]
            subprocess.run(ours, check=True, stdout=subprocess.DEVNULL)
            same = (project / "build" / f"{SLUG}.pdf").read_bytes() == Path(name, f"{SLUG}.pdf").read_bytes()
            _expect(same, "the PDF of the checkout, byte for byte")
        _try_desk(machine, command, desk)


def _try_desk(machine: Machine, command: Path, desk: Path) -> None:
    """Double-clicks twice: one desk, which answers, on a folder that was made."""
    environment = {**machine.environment, "BROWSER": "true", "BIBLIO_QUIET": "1"}
    first = subprocess.Popen(machine.command(desk), env=environment, stdout=subprocess.DEVNULL)
    try:
        address = _address(machine)
        with urllib.request.build_opener(urllib.request.HTTPCookieProcessor()).open(address) as answer:
            page = answer.read().decode()
        _expect(answer.url.endswith("/start") and "/static/desk.css" in page, "the desk shows its first screen")
        _expect((machine.home / "biblio").is_dir(), "the folder « biblio » is there")
        again = machine.said(command, "serve", "--icon", "-C", "~/biblio")
        _expect(again.strip() == address, "a second double click shows the same desk")
        subprocess.run(machine.command(desk), env=environment, check=True, timeout=60)
        _expect(first.poll() is None, "the desk goes on")
    finally:
        _end(first)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends the desk, and the script that started it."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], check=False, stdout=subprocess.DEVNULL)
    else:
        subprocess.run(["pkill", "-INT", "-P", str(process.pid)], check=False)
        process.terminate()
    process.wait(30)


def _address(machine: Machine) -> str:
    """The address that the desk keeps for the second double click."""
    for _ in range(600):
        for record in machine.home.glob(".cache/biblio/desks/*.json"):
            found = re.search(r'"(http://127\.0\.0\.1:\d+/\?token=[\w-]+)"', record.read_text("ascii"))
            if found:
                return found[1]
        time.sleep(0.1)
    notes = machine.home / ".cache/biblio/bureau.txt"
    sys.exit(f"the desk did not open\n{notes.read_text('utf-8') if notes.exists() else ''}")


def _expect(true: bool, what: str) -> None:
    print(("ok: " if true else "NOT SO: ") + what)
    if not true:
        sys.exit(1)


def _entries(folder: Path) -> tuple[Path, Path]:
    """The command line of an unpacked bundle, and what is double-clicked."""
    if sys.platform == "darwin":
        inside = folder / "biblio.app/Contents"
        return inside / "Resources/biblio", inside / "MacOS/biblio-bureau"
    ending = ".exe" if sys.platform == "win32" else ""
    return folder / f"biblio/biblio{ending}", folder / f"biblio/biblio-bureau{ending}"


def _unpack(archive: Path, folder: Path) -> None:
    if archive.suffix == ".zip":
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(folder)
    else:
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="fully_trusted")


@contextmanager
def _machine(folder: Path) -> Iterator[Machine]:
    if sys.platform != "linux":
        home = folder / "chez Zoé"
        home.mkdir()
        kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP", "PATHEXT") if name in os.environ}
        path = "/usr/bin:/bin" if sys.platform == "darwin" else os.environ["SYSTEMROOT"] + "\\System32"
        yield Machine(None, home, {**kept, "HOME": str(home), "USERPROFILE": str(home), "PATH": path})
        return
    root = folder / "root"
    home = root / "home/chez Zoé"
    for each in (home, root / "tmp", root / "dev", root / "proc"):
        each.mkdir(parents=True)
    (root / "dev/null").touch()
    # What any system has; the loader asks in /proc where the program stands.
    mounted = [Path(place) for place in ("dev/null", "proc")]
    for place in mounted:
        subprocess.run(["mount", "--bind", f"/{place}", root / place], check=True)
    try:
        for program in PROGRAMS:
            told = subprocess.run(["ldd", program], capture_output=True, text=True, check=True).stdout
            for file in (program, *re.findall(r"(/\S+) \(0x", told)):
                _copy(Path(file), root)
        # The rest of the C library, which the bundle leaves to the system.
        for name in ("libm.so.6", "libpthread.so.0", "libdl.so.2", "librt.so.1", "libutil.so.1", "libresolv.so.2"):
            (found,) = Path("/lib").glob(f"*-linux-gnu/{name}")
            _copy(found, root)
        yield Machine(root, home, {"HOME": f"/{home.relative_to(root)}"})
    finally:
        for place in mounted:
            subprocess.run(["umount", "--lazy", root / place], check=True)


def _copy(file: Path, root: Path) -> None:
    """Copies a file to its place under another root, without its links."""
    place = root / file.relative_to("/")
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(file.resolve(), place)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
