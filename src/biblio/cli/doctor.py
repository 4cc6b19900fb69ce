"""Looks at the machine: what biblio needs, whether it is there, and what to type when it is not."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version

from biblio.check.check import unusable_plugins
from biblio.dossier.kinds import DEFAULT_STYLE
from biblio.outputs.pdf.engine import bundled_fonts, engine_problem, has_subsetter
from biblio.project.project import Project
from biblio.project.style_folder import bundled_styles
from biblio.words.faults import BiblioError

# What installs Pango and HarfBuzz, by the program that installs. Source: WeasyPrint's documentation, « First steps ».
_LINUX = {
    "apt-get": "apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz0b libharfbuzz-subset0",
    "dnf": "dnf install -y pango harfbuzz",
    "zypper": "zypper install -y libpango-1_0-0 libharfbuzz0 libharfbuzz-subset0",
    "pacman": "pacman -S --noconfirm pango harfbuzz",
    "apk": "apk add pango harfbuzz harfbuzz-subset",
}
_MACOS = "brew install pango harfbuzz"
_WINDOWS = r"winget install MSYS2.MSYS2 && C:\msys64\usr\bin\pacman -S --noconfirm mingw-w64-x86_64-pango"
_AGAIN = "pip install --force-reinstall biblio"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at.

    ``name`` is that of its sentence in the interface; ``found`` is what was seen and ``command`` mends what is wrong.
    """

    name: str
    ok: bool
    found: str = ""
    command: str = ""


def examine() -> Iterator[Finding]:
    """Looks at everything that a build needs, the slow ones last."""
    yield Finding("doctor_python", sys.version_info >= (3, 11), ".".join(map(str, sys.version_info[:3])))
    styles = sorted(path.parent.name for path in bundled_styles().glob("*/style.yaml"))
    yield Finding("doctor_styles", bool(styles), ", ".join(styles) or "–", _AGAIN)
    fonts = _fonts()
    yield Finding("doctor_fonts", bool(fonts), ", ".join(fonts) or "–", _AGAIN)
    engine = _engine()
    yield engine
    if engine.ok:
        yield Finding("doctor_subset", has_subsetter(), command=libraries(sys.platform))
    for name, group, package, problem in unusable_plugins():
        yield Finding("doctor_plugin", False, f"{name} ({group}) : {problem}", f"pip install --upgrade {package}")


def libraries(platform: str) -> str:
    """The line to type that installs the libraries of the PDF engine, on a platform as ``sys.platform`` names it."""
    if platform == "darwin":
        return _MACOS
    if platform in ("win32", "cygwin"):
        return _WINDOWS
    return next((line for program, line in _LINUX.items() if shutil.which(program)), _LINUX["apt-get"])


def _fonts() -> tuple[str, ...]:
    """The families of the fonts that the default style brings: dossiers are set in them, in none of the machine's."""
    try:
        style = Project(bundled_styles().parent).style(DEFAULT_STYLE).value
    except BiblioError:
        return ()
    return tuple(sorted(bundled_fonts(style).families)) if style else ()


def _engine() -> Finding:
    """The PDF engine: there, of a version that biblio knows, and with the libraries that it opens."""
    bounds = _bounds()
    install = f'pip install --upgrade "weasyprint{bounds}"'
    try:
        found = str(version("weasyprint"))
    except PackageNotFoundError:
        return Finding("doctor_engine", False, "–", install)
    if not _is_within(found, bounds):
        return Finding("doctor_engine", False, f"{found} ({bounds})", install)
    problem = engine_problem()
    if isinstance(problem, OSError):
        return Finding("doctor_engine", False, f"{found} : {_first_line(problem)}", libraries(sys.platform))
    if problem is not None:
        return Finding("doctor_engine", False, f"{found} : {_first_line(problem)}", f"{install} --force-reinstall")
    return Finding("doctor_engine", True, found)


def _bounds() -> str:
    """The versions of the engine that biblio asks for, « <71,>=70 »; the empty string where nothing says so."""
    try:
        asked = requires("biblio") or []
    except PackageNotFoundError:
        return ""
    return next((each.removeprefix("weasyprint") for each in asked if re.match(r"weasyprint[<>=]", each)), "")


def _is_within(found: str, bounds: str) -> bool:
    """Whether a version's first number keeps bounds that are whole numbers."""
    number = int(match[0]) if (match := re.match(r"\d+", found)) else 0
    above = all(number >= int(least) for least in re.findall(r">=(\d+)", bounds))
    return above and all(number < int(most) for most in re.findall(r"<(\d+)", bounds))


def _first_line(problem: BaseException) -> str:
    """What went wrong, in a line; with the kind of error where its words alone say little."""
    said = str(problem).partition("\n")[0]
    return said if said and isinstance(problem, OSError | ImportError) else f"{type(problem).__name__} {said}".strip()
