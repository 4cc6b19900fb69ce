"""Finds the native libraries that biblio's Python and WeasyPrint open, and puts them where they find each other.

They come from the machine that makes the bundle: Debian's packages on Linux, MSYS2's on Windows, Homebrew's on macOS.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

# What WeasyPrint opens by name (weasyprint/text/ffi.py); HarfBuzz's vectors are its own to do without.
OPENED = {
    "linux": "gobject-2.0.so.0 pango-1.0.so.0 harfbuzz.so.0 harfbuzz-subset.so.0 fontconfig.so.1 pangoft2-1.0.so.0",
    "darwin": "gobject-2.0.0.dylib pango-1.0.dylib harfbuzz.0.dylib harfbuzz-subset.0.dylib fontconfig.1.dylib "
    "pangoft2-1.0.dylib",
    "win32": "gobject-2.0-0.dll pango-1.0-0.dll harfbuzz-0.dll harfbuzz-subset-0.dll fontconfig-1.dll "
    "pangoft2-1.0-0.dll",
}
# The system's own: another copy of these beside it does not work.
SYSTEM = re.compile(r"(ld-linux.*|lib(c|m|dl|rt|util|pthread|resolv|anl|nsl|nss_.*))\.so\.\d+")
MSYS2 = Path("C:/msys64/ucrt64")


def bring_libraries(python: Path) -> Sequence[Path]:
    """Puts beside the Python in ``python`` every library that is not of the system; where they were found."""
    names = [f"lib{name}" for name in OPENED[sys.platform].split()]
    return {"linux": _linux, "darwin": _darwin, "win32": _windows}[sys.platform](python, names)


def fonts_folder() -> Path:
    """The settings of fontconfig on this machine."""
    if sys.platform == "win32":
        return MSYS2 / "etc/fonts"
    return Path(_said("brew", "--prefix").strip(), "etc/fonts") if sys.platform == "darwin" else Path("/etc/fonts")


def _linux(python: Path, names: Sequence[str]) -> Sequence[Path]:
    cache = dict(re.findall(r"^\s*(\S+) \(libc6,x86-64\S*\) => (\S+)$", _said("/sbin/ldconfig", "-p"), re.MULTILINE))
    extensions = [*python.rglob("*.so")]
    executable = python / "bin/python3"

    def needed(file: Path) -> Iterable[Path]:
        for name, place in re.findall(r"^\s*(\S+) => (/\S+) \(", _said("ldd", str(file)), re.MULTILINE):
            if not SYSTEM.fullmatch(name) and not Path(place).is_relative_to(python):
                yield Path(place)

    # ldd names all that is needed, near and far: there is nothing to follow.
    found = {each for file in [executable, *extensions] for each in needed(file)}
    roots = {Path(cache[name]) for name in names}
    found |= roots | {each for root in roots for each in needed(root)}
    libraries = python / "lib"
    for place in sorted(found):
        if place.name not in {each.name for each in libraries.iterdir()}:
            shutil.copyfile(place, libraries / place.name)
            (libraries / place.name).chmod(0o755)
    # The path of the executable counts for all that is opened in its process, and for nothing that it starts, as
    # LD_LIBRARY_PATH would. A path of another object's own would stand before it, and lead to the machine of the build.
    own = [
        each
        for each in (*libraries.glob("*.so*"), *extensions)
        if "lib-dynload" in each.parts or each.parent == libraries
    ]
    for each in own:
        _said("patchelf", "--remove-rpath", str(each))
    _said("patchelf", "--force-rpath", "--set-rpath", "$ORIGIN/../lib", str(executable))
    return sorted(found)


def _darwin(python: Path, names: Sequence[str]) -> Sequence[Path]:
    homebrew = Path(_said("brew", "--prefix").strip())
    libraries = python / "lib"

    def needed(file: Path) -> Iterable[Path]:
        for place in re.findall(r"^\t(\S+) \(", _said("otool", "-L", str(file)), re.MULTILINE):
            if place.startswith((str(homebrew), "@rpath/", "@loader_path/")):
                yield homebrew / "lib" / Path(place).name if place.startswith("@") else Path(place)

    found = _followed([homebrew / "lib" / name for name in names], needed)
    for place in found:
        copy = libraries / place.name
        shutil.copyfile(place, copy)
        copy.chmod(0o755)
        _said("install_name_tool", "-id", f"@loader_path/{copy.name}", str(copy))
        for each in needed(place):
            for said in (str(each), f"@rpath/{each.name}"):
                _said("install_name_tool", "-change", said, f"@loader_path/{each.name}", str(copy))
        _said("codesign", "--force", "--sign", "-", str(copy))
    return found


def _windows(python: Path, names: Sequence[str]) -> Sequence[Path]:
    folder = MSYS2 / "bin"

    def needed(file: Path) -> Iterable[Path]:
        said = _said(str(folder / "objdump.exe"), "-p", str(file))
        return (folder / name for name in re.findall(r"DLL Name: (\S+)", said) if (folder / name).exists())

    found = _followed([folder / name for name in names], needed)
    for place in found:
        shutil.copyfile(place, python / place.name)  # the folder of the program is where Windows looks first
    return found


def _followed(roots: Iterable[Path], needed: Callable[[Path], Iterable[Path]]) -> Sequence[Path]:
    """The roots and all that they need, near and far, in order."""
    found: dict[Path, None] = {}
    waiting = [*roots]
    while waiting:
        each = waiting.pop()
        if each not in found:
            found[each] = None
            waiting.extend(needed(each))
    return sorted(found)


def _said(*command: str) -> str:
    """What a program says; it ends the making of the bundle when it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode and "not a dynamic executable" not in done.stderr:
        sys.exit(f"{' '.join(command)}\n{done.stderr}")
    return done.stdout
