"""Looks at the machine: what biblio needs, whether it is there, and what to type when it is not."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from biblio.project.project import bundled_styles

APT = "apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


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
    styles = sorted(path.parent.name for path in Path(bundled_styles()).glob("*/style.yaml"))
    yield Finding("doctor_styles", bool(styles), ", ".join(styles) or "–", "pip install --force-reinstall biblio")
    yield _engine()
    yield Finding("doctor_subset", _has_subsetter(), command=APT)


def _engine() -> Finding:
    try:
        found = version("weasyprint")
        __import__("weasyprint")
    except PackageNotFoundError:
        return Finding("doctor_engine", False, "–", "pip install weasyprint")
    except OSError as error:
        return Finding("doctor_engine", False, str(error).splitlines()[0], APT)
    return Finding("doctor_engine", True, found)


def _has_subsetter() -> bool:
    try:
        from weasyprint.text.ffi import harfbuzz_subset
    except (ImportError, OSError):
        return False
    return harfbuzz_subset is not None
