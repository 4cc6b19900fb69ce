"""Makes the bundle of the system that it runs on: dist/biblio-linux-x86_64.tar.gz, say.

python -m tools.bundle

It takes the Python that runs it, the locked packages (requirements/), and this checkout's biblio.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

from tools.bundle.archive import pack
from tools.bundle.launchers import write_launchers
from tools.bundle.native import bring_libraries, fonts_folder

ROOT = Path(__file__).parents[2]
VERSION = f"python{sys.version_info.major}.{sys.version_info.minor}"
SYSTEMS = {"linux": "linux", "darwin": "macos", "win32": "windows"}
MACHINES = {"amd64": "x86_64", "aarch64": "arm64"}
# Of Python's library, what nobody who has a bundle can use: its tests, its windows, what builds extensions; and the
# modules of libraries that are not brought for them.
LEFT = ("test", "tests", "idlelib", "tkinter", "turtledemo", "ensurepip", "lib2to3", "site-packages", "__pycache__")
LEFT_FILES = ("config-*", "*.a", "*.lib", "_tkinter*", "_test*", "_ctypes_test*", "_xx*", "xx*", "nis.*", "readline.*")


def main() -> None:
    """Makes the folder, then the archive, and says where it is."""
    work = ROOT / "build/bundle"
    shutil.rmtree(work, ignore_errors=True)
    folder = work / ("biblio.app" if sys.platform == "darwin" else "biblio")
    inside = folder / "Contents/Resources" if sys.platform == "darwin" else folder
    python = inside / "python"
    packages = copy_python(python)
    install(packages)
    brought = bring_libraries(python)
    shutil.copytree(fonts_folder(), python / "etc/fonts", dirs_exist_ok=True)
    copy_licences(brought, inside / "licences")
    compile_all(python)
    write_launchers(folder, inside, metadata.version("biblio"))
    machine = platform.machine().lower()
    print(pack(folder, ROOT / "dist" / f"biblio-{SYSTEMS[sys.platform]}-{MACHINES.get(machine, machine)}", moment()))


def copy_python(python: Path) -> Path:
    """Copies the Python that runs this, less what is left; the folder of its packages."""
    base = Path(sys.base_prefix)
    left = shutil.ignore_patterns(*LEFT, *LEFT_FILES)
    if sys.platform == "win32":
        shutil.copytree(
            base, python, ignore=shutil.ignore_patterns(*LEFT, *LEFT_FILES, "include", "libs", "Doc", "tcl")
        )
        packages = python / "Lib/site-packages"
    else:
        if not (base / "lib" / VERSION / "site-packages").is_dir():
            sys.exit(
                f"{base}: a Python of the system cannot be moved; use one of pyenv or of uv (PYTHON=… make bundle)"
            )
        shutil.copytree(base / "lib" / VERSION, python / "lib" / VERSION, ignore=left)
        (python / "bin").mkdir()
        shutil.copy(base / "bin" / VERSION, python / "bin/python3")
        for library in (base / "lib").glob(f"lib{VERSION}*.*"):
            if not library.is_symlink():
                shutil.copy(library, python / "lib")
        packages = python / "lib" / VERSION / "site-packages"
    packages.mkdir()
    return packages


def install(packages: Path) -> None:
    """Installs the locked packages, pandoc and biblio; nothing is written of where, or when."""
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", "-q"]
    target = ["install", "--no-compile", "--no-deps", "--only-binary", ":all:", "--target", str(packages)]
    with tempfile.TemporaryDirectory() as folder:
        locked = Path(folder, "pandoc.txt")
        lock = (ROOT / "requirements/dev.txt").read_text("utf-8")
        locked.write_text("".join(re.findall(r"^pypandoc-binary==.*\n(?: .*\n)*", lock, re.MULTILINE)), "utf-8")
        runtime = ROOT / "requirements/runtime.txt"
        subprocess.run([*pip, *target, "--require-hashes", "-r", runtime, "-r", locked], check=True)
        wheel = ["wheel", "--no-index", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, str(ROOT)]
        subprocess.run([*pip, *wheel], check=True)
        subprocess.run([*pip, *target, "--no-index", "--find-links", folder, "biblio"], check=True)
    for name in ("bin", "Scripts"):  # programs that begin with the path of the Python that installed them
        shutil.rmtree(packages / name, ignore_errors=True)
    for record in packages.glob("*.dist-info/*"):
        if record.name in ("RECORD", "REQUESTED", "direct_url.json"):
            record.unlink()


def copy_licences(brought: Iterable[Path], folder: Path) -> None:
    """Copies what Debian says of the rights of each package that a library is of; elsewhere, names the libraries."""
    folder.mkdir()
    (folder / "bibliotheques.txt").write_text("".join(f"{place.name}\n" for place in brought), "utf-8")
    shutil.copy(ROOT / "LICENSE", folder / "biblio.txt")
    if shutil.which("dpkg-query"):
        places = [str(place.resolve()) for place in brought]
        # A library that is of no package is told on the other stream, and has no file of rights to copy.
        told = subprocess.run(
            ["dpkg-query", "-S", *places, *(each.removeprefix("/usr") for each in places)],
            capture_output=True,
            text=True,
            check=False,
        ).stdout
        for package in sorted(set(re.findall(r"^([^:\s]+)(?::\S+)?: ", told, re.MULTILINE))):
            rights = Path("/usr/share/doc", package, "copyright")
            if rights.exists():
                shutil.copyfile(rights, folder / f"{package}.txt")


def compile_all(python: Path) -> None:
    """Compiles every module, once and for all: the folder may be one that nobody can write to."""
    command = [
        sys.executable,
        "-m",
        "compileall",
        "-q",
        "--invalidation-mode",
        "unchecked-hash",
        "-s",
        str(python),
        str(python),
    ]
    subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": "0"}, stdout=subprocess.DEVNULL, check=False)


def moment() -> int:
    """The date that the files of the archive bear: ``SOURCE_DATE_EPOCH``, or that of the commit."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    return int(given or subprocess.check_output(["git", "log", "-1", "--format=%ct"], cwd=ROOT, text=True))


if __name__ == "__main__":
    main()
