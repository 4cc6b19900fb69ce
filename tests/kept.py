"""What takes long to make, a laid out PDF or a validator's verdict, is made once for all processes, runs and tests.

It is kept under a digest of all that it is made from, so nothing stands for anything else; ``make clean`` forgets it.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from importlib.metadata import distributions
from pathlib import Path

from filelock import FileLock

FOLDER = Path(__file__).parents[1] / "build" / ".kept-by-tests"
LONGEST_UNUSED = 2 * 86400  # seconds
# What lays out text and cuts fonts is the system's: the function of each library that tells its version.
_LIBRARIES = {
    "libpango-1.0.so.0": "pango_version_string",
    "libharfbuzz.so.0": "hb_version_string",
    "libharfbuzz-subset.so.0": "hb_version_string",
}


def kept(name: str, parts: Iterable[bytes], make: Callable[[], bytes]) -> bytes:
    """What ``make`` gives from ``parts``: made by whoever asks first, while those who ask meanwhile wait for it."""
    path = FOLDER / f"{name}-{digest(parts)}"
    FOLDER.mkdir(parents=True, exist_ok=True)
    with FileLock(path.with_suffix(".lock")):
        if path.is_file():
            path.touch()  # still of use
            return path.read_bytes()
        content = make()
        whole = path.with_suffix(".part")
        whole.write_bytes(content)
        whole.replace(path)
    return content


def digest(parts: Iterable[bytes]) -> str:
    """A digest of some contents in their order; no two lists that differ are cut into one."""
    found = hashlib.sha256()
    for part in parts:
        found.update(len(part).to_bytes(8, "big") + part)
    return found.hexdigest()[:32]


def files_in(root: Path, *names: str) -> list[bytes]:
    """The names and contents of the files, or of the files in the folders, that a project has under ``names``."""
    found = []
    for name in names:
        for path in sorted(path for path in (root / name, *(root / name).rglob("*")) if path.is_file()):
            found += [path.relative_to(root).as_posix().encode(), path.read_bytes()]
    return found


@cache
def versions() -> bytes:
    """All that is installed which could change what is made, as JSON: Python, packages, the system's libraries."""
    packages = sorted({(each.name, each.version) for each in distributions()})
    system = {}
    for library, function in _LIBRARIES.items():
        with suppress(OSError):  # the program says so itself, if it cannot do without
            tell = getattr(ctypes.CDLL(library), function)
            tell.restype = ctypes.c_char_p
            system[library] = tell().decode()
    return json.dumps([sys.version, packages, system]).encode()


def forget_unused() -> None:
    """Removes what no test has asked for in the last two days: what other commits made."""
    for path in FOLDER.glob("*"):
        with suppress(FileNotFoundError):  # another run removes it too
            if time.time() - path.stat().st_mtime > LONGEST_UNUSED:
                path.unlink()
