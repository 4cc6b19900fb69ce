"""A package outside the tree adds rows by entry points, and the commands list and use them; the rest is data."""

from __future__ import annotations

import json
import site
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path

import pytest
from cli.running import environment

ROOT = Path(__file__).parents[2]
SAMPLE = Path(__file__).parent / "sample"

BIB = """@book{cri,
  author = {Roux, Anne},
  title = {Au secours !},
  date = {2020},
  publisher = {P},
  pagetotal = {12},
}

@herbarium{flore,
  author = {Vert, Paul},
  title = {Flore des talus},
  date = {1901},
  publisher = {P},
  pagetotal = {40},
}
"""
SPEC = """title: Un sentier
date: 2024-05
publisher: CRES
kind: trail
sections:
  - title: Lectures
    select: {publisher: P}
"""
STYLE = "title: Crié\nextends: sobre\ncitation: shouted\n"


def run(*command: str | Path, folder: Path, env: Mapping[str, str] | None = None) -> tuple[int, str, str]:
    done = subprocess.run(
        [str(word) for word in command], cwd=folder, env=env, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheels of biblio and of the sample in it, and the libraries of this one."""
    folder = tmp_path_factory.mktemp("plug-in")
    build = (sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder / "dist")
    for source in (ROOT, SAMPLE):
        code, _, err = run(*build, folder=source)
        assert code == 0, err
    run(sys.executable, "-m", "venv", "--without-pip", folder / "venv", folder=folder)
    fresh = folder / "venv" / "bin" / "python"
    place = sysconfig.get_path("purelib", vars={"base": str(folder / "venv"), "platbase": str(folder / "venv")})
    Path(place, "libraries.pth").write_text(
        "\n".join(each for each in (*site.getsitepackages(), *sys.path) if each.endswith("-packages")), "utf-8"
    )
    wheels = sorted((folder / "dist").glob("*.whl"))
    install = ("-m", "pip", "--python", fresh, "install", "-q", "--no-index", "--no-deps", "--ignore-installed")
    code, _, err = run(sys.executable, *install, *wheels, folder=folder)
    assert code == 0, err
    return fresh


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    for name, text in (
        ("references/a.bib", BIB),
        ("dossiers/sentier.yaml", SPEC),
        ("styles/crie/style.yaml", STYLE),
        ("tiroir.cards", "neuf | Roux, Anne | 100 % {neuf} & lu | 2003\n"),
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def test_an_output_a_kind_and_a_type_are_listed_and_built(python: Path, project: Path) -> None:
    biblio = (python, "-m", "biblio")
    shown = " ".join(run(*biblio, "build", "--help", folder=project)[1].split())
    assert "pdf, html, email, eml, docx, odt, epub, md, txt, tex, podcast" in shown
    code, _, err = run(*biblio, "build", "--format", "podcast,html", folder=project, env=environment())
    assert (code, err) == (0, "")
    feed = (project / "build" / "sentier.rss").read_text()
    assert feed == "<rss date='2024-05-01'><item>cri</item><item>flore</item></rss>"
    assert ">Herbier<" in (project / "build" / "sentier.html").read_text("utf-8")
    manifest = json.loads((project / "build" / "sentier.manifest.json").read_text())
    assert manifest["inputs"]["versions"]["biblio-sample-plugin"] == "1.2"


def test_a_preset_is_named_by_a_style_of_the_project(python: Path, project: Path) -> None:
    code, out, err = run(python, "-m", "biblio", "show", "flore", "--style", "crie", folder=project, env=environment())
    assert (code, err) == (0, "")
    assert "FLORE DES TALUS" in out


def test_a_rule_is_explained_and_finds(python: Path, project: Path) -> None:
    _, out, _ = run(python, "-m", "biblio", "--lang", "fr", "explain", "X101", folder=project)
    assert "Un catalogue parle bas." in out
    _, out, err = run(python, "-m", "biblio", "check", "--lang", "fr", folder=project, env=environment())
    assert "references/a.bib:3:12: avertissement X101 shouted-title: le titre crie" in err
    assert "E123 unusable-plug-in: le point d'entrée « wrong » du groupe biblio.types" in err
    assert "herbarium" not in err


def test_doctor_names_what_a_package_could_not_add(python: Path, project: Path) -> None:
    code, out, err = run(python, "-m", "biblio", "doctor", "--lang", "fr", folder=project, env=environment())
    assert (code, err) == (1, "")
    at = out.splitlines().index("✗ extension wrong (biblio.types) : object")
    assert out.splitlines()[at + 1] == "  à taper : pip install --upgrade biblio-sample-plugin"


def test_an_importer_reads(python: Path, project: Path) -> None:
    biblio = (python, "-m", "biblio")
    code, out, err = run(*biblio, "import", "tiroir.cards", "--into", "references/a.bib", folder=project)
    assert (code, out) == (0, "")
    assert "records added: 1;" in err
    _, shown, _ = run(*biblio, "show", "neuf", folder=project, env=environment())
    assert "100 % {neuf} & lu" in shown.replace("\u00a0", " ")
    code, _, err = run(*biblio, "import", "a.inconnu", folder=project, env=environment())
    assert code == 2


def test_the_generated_pages_name_the_rows_of_packages(python: Path, tmp_path: Path) -> None:
    page = tmp_path / "tables.md"
    page.write_text((ROOT / "docs" / "reference" / "tables.md").read_text("utf-8"), "utf-8")
    code, _, err = run(python, ROOT / "tools" / "reference_pages.py", tmp_path, folder=ROOT)
    assert code == 0, err
    pages = page.read_text("utf-8")
    for word in ("podcast", "shouted", "trail", "@herbarium", "X101"):
        assert word in pages, word
