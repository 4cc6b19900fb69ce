"""``biblio doctor`` and ``build`` on the machine that they are for: one that lacks something."""

from __future__ import annotations

import shutil
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from cli.running import PDF, biblio

from biblio.cli import doctor

# WeasyPrint itself, in front of a system that has not the libraries whose names hold these words.
WITHOUT = """
import cffi, os
real = cffi.FFI.dlopen
def dlopen(self, name, flags=0):
    if isinstance(name, str) and any(word in name for word in os.environ["MISSING"].split(",")):
        raise OSError(f"cannot load library {name!r}: no such file")
    return real(self, name, flags)
cffi.FFI.dlopen = dlopen
from biblio.__main__ import main
main()
"""
OLD = """
import importlib.metadata
real = importlib.metadata.version
importlib.metadata.version = lambda name: "62.3" if name == "weasyprint" else real(name)
from biblio.__main__ import main
main()
"""
BROKEN = """
import sys
class Broken:
    def find_spec(self, name, path=None, target=None):
        if name.startswith("weasyprint"):
            raise KeyError(name)
sys.meta_path.insert(0, Broken())
from biblio.__main__ import main
main()
"""


def program(code: str) -> list[str]:
    return [sys.executable, "-c", code]


@pytest.mark.parametrize("missing", ["pango", "harfbuzz", "fontconfig", "gobject"])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_library_that_is_missing(project: Path, monkeypatch: pytest.MonkeyPatch, missing: str, lang: str) -> None:
    monkeypatch.setenv("MISSING", missing)
    done = biblio(project, "doctor", "--lang", lang, program=program(WITHOUT))
    assert (done.code, done.err) == (1, "")
    lines = done.out.splitlines()
    failed = next(at for at, line in enumerate(lines) if line.startswith("✗"))
    assert f"WeasyPrint {version('weasyprint')}" in lines[failed]
    assert missing in lines[failed]
    assert lines[failed + 1].strip() == {"fr": "à taper : ", "en": "to type: "}[lang] + doctor.libraries(sys.platform)
    assert "please" not in done.out.lower()


def test_a_build_says_what_is_missing_and_no_more(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MISSING", "pango")
    done = biblio(project, "build", program=program(WITHOUT))
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("erreur E106 no-pdf-engine: ")
    assert len(done.err.splitlines()) == 2
    assert not (project / PDF).exists()


def test_without_the_subsetter_a_build_warns_once(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MISSING", "harfbuzz-subset")
    done = biblio(project, "build", program=program(WITHOUT))
    assert done.code == 0
    assert [line.split()[1] for line in done.err.splitlines() if line.startswith("avertissement")] == ["W104"]
    examined = biblio(project, "doctor", program=program(WITHOUT))
    assert (examined.code, examined.err) == (1, "")
    assert examined.out.count("✗") == 1
    assert "✗ libharfbuzz-subset" in examined.out


@pytest.mark.parametrize(("code", "seen"), [(OLD, "62.3 (<71,>=70)"), (BROKEN, " : KeyError ")])
def test_an_engine_that_is_old_or_broken(project: Path, code: str, seen: str) -> None:
    done = biblio(project, "doctor", program=program(code))
    assert (done.code, done.err) == (1, "")
    (failed,) = (line for line in done.out.splitlines() if line.startswith("✗"))
    assert failed.startswith("✗ moteur PDF WeasyPrint")
    assert seen in failed
    assert 'à taper : pip install --upgrade "weasyprint' in done.out


@pytest.mark.parametrize(
    ("platform", "installer"),
    [("darwin", "brew install "), ("win32", "winget install "), ("cygwin", "winget install ")],
)
def test_each_system_has_its_line(platform: str, installer: str) -> None:
    assert doctor.libraries(platform).startswith(installer)
    assert "pango" in doctor.libraries(platform)


@pytest.mark.parametrize("installer", ["apt-get", "dnf", "zypper", "pacman", "apk"])
def test_each_linux_has_its_line(monkeypatch: pytest.MonkeyPatch, installer: str) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}" if name == installer else None)
    line = doctor.libraries("linux")
    assert line.split()[0] == installer
    assert "pango" in line


def test_without_fonts_the_styles_are_to_be_installed_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    style = tmp_path / "styles" / "cres"
    style.mkdir(parents=True)
    (style / "style.yaml").write_text("title: Un\n")
    monkeypatch.setattr(doctor, "bundled_styles", lambda: tmp_path / "styles")
    found = {finding.name: finding for finding in doctor.examine()}
    assert not found["doctor_fonts"].ok
    assert found["doctor_fonts"].command == "pip install --force-reinstall biblio"
