"""A build with nothing to do is told at once, and never when there is something to do."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from cli.running import BIB, SLUG, SPEC, biblio, environment
from hypothesis import given, settings
from hypothesis import strategies as st

from biblio.build.freshness import current_inputs, is_current
from biblio.build.pipeline import Request, build
from biblio.build.stamp import epoch_setting
from biblio.cli import unchanged
from biblio.cli.remembering import before, remember
from biblio.collection.link_history import FILE
from biblio.project.manifest import Options
from biblio.project.project import Project

TIMED = [sys.executable, "-X", "importtime", "-m", "biblio"]
WORDS = ["build", "--format", "html"]
CURRENT = f"{SLUG} : à jour\n"


@pytest.fixture
def at_home(project: Path, tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """A project that was built, and the environment of a user who has a cache."""
    env = environment(XDG_CACHE_HOME=str(tmp_path / "cache"))
    assert biblio(project, *WORDS, env=env).code == 0
    return project, env


def is_instant(project: Path, env: dict[str, str], *words: str) -> bool:
    """Whether a build says that all is up to date without the command line being imported."""
    done = biblio(project, *(words or WORDS), env=env, program=TIMED)
    assert done.code == 0
    return done.out == CURRENT and "typer" not in done.err


def test_nothing_to_do_is_told_at_once(at_home: tuple[Path, dict[str, str]]) -> None:
    project, env = at_home
    assert is_instant(project, env)
    assert not is_instant(project, env, "build", "--format", "html", SLUG)  # other words, not said before
    assert is_instant(project, env, "build", "--format", "html", SLUG)


@pytest.mark.parametrize("words", [["--force"], ["--json"]], ids=lambda words: words[0])
def test_some_builds_are_never_answered(at_home: tuple[Path, dict[str, str]], words: list[str]) -> None:
    project, env = at_home
    for _ in range(2):
        done = biblio(project, *WORDS, *words, env=env, program=TIMED)
        assert (done.code, "typer" in done.err) == (0, True)


def test_a_warning_is_told_each_time(at_home: tuple[Path, dict[str, str]]) -> None:
    project, env = at_home
    bib = project / BIB
    bib.write_text(bib.read_text("utf-8").replace("}\n\n@", ",\n  mystery = {1}\n}\n\n@", 1), "utf-8")
    first, second = (biblio(project, *WORDS, env=env) for _ in range(2))
    assert "mystery" in first.err
    assert second.err == first.err


@pytest.mark.parametrize("name", ["LANG", "SOURCE_DATE_EPOCH"])
def test_another_environment_is_asked_anew(at_home: tuple[Path, dict[str, str]], name: str) -> None:
    project, env = at_home
    other = {**env, name: {"LANG": "en_GB.UTF-8", "SOURCE_DATE_EPOCH": "1700000000"}[name]}
    done = biblio(project, *WORDS, env=other, program=TIMED)
    assert "typer" in done.err
    assert done.out != CURRENT


def test_a_damaged_answer_is_none(at_home: tuple[Path, dict[str, str]], tmp_path: Path) -> None:
    project, env = at_home
    (kept,) = (tmp_path / "cache" / "biblio" / "unchanged").iterdir()
    sealed = [sha256(body).hexdigest().encode() + b"\n" + body for body in (b"", b"{}", b"\0\0\0\0", b"\xff")]
    whole = kept.read_bytes()
    for content in (b"", b"{}", whole.replace("à jour".encode(), b"perdu"), whole[:-9], *sealed):
        kept.write_bytes(content)
        assert biblio(project, *WORDS, env=env).out == CURRENT


def append(path: str) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        with (root / path).open("ab") as file:
            file.write(b"\n")

    return edit


def new(path: str) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(b"% rien\n")

    return edit


def linked(root: Path) -> None:
    if not (root / "references" / "lien.bib").is_symlink():
        (root / "references" / "lien.bib").symlink_to(root / BIB)


def renamed(root: Path) -> None:
    (root / BIB).rename(root / BIB.replace("exemple", "autre"))


def gone(root: Path) -> None:
    (root / "build" / f"{SLUG}.html").unlink(missing_ok=True)


EDITS: dict[str, Callable[[Path], None]] = {
    "a reference file": append(BIB),
    "the spec": append(SPEC),
    "an output": append(f"build/{SLUG}.html"),
    "the manifest": append(f"build/{SLUG}.manifest.json"),
    "an output lost": gone,
    "a new reference file": new("references/neuf.bib"),
    "a new file beside": new("references/notes.txt"),
    "themes": new("references/themes.yaml"),
    "a style over ours": new("styles/cres/style.yaml"),
    "a font": new("fonts/police.ttf"),
    "what a killed build left": new(f"build/.biblio-{SLUG}-abc.tmp"),
    "a link": linked,
}
SWAYING = {"XDG_CACHE_HOME", *unchanged.ENVIRONMENT}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project built to HTML, to be copied."""
    folder = tmp_path_factory.mktemp("built")
    root = folder / "projet"
    assert biblio(folder, "init", str(root)).code == 0
    build(Project(root), SLUG, Request(root / "build", ("html",)))
    return root


@pytest.fixture(scope="module")
def as_typed() -> Iterator[None]:
    """The words of the command, as if they had been typed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["biblio", *WORDS])
        for name in unchanged.ENVIRONMENT:
            patch.delenv(name, raising=False)
        yield


@pytest.mark.usefixtures("as_typed")
@settings(max_examples=20)
@given(edits=st.lists(st.sampled_from(sorted(EDITS)), max_size=3), undone=st.booleans())
def test_an_answer_is_given_only_where_the_outputs_are_current(built: Path, edits: list[str], undone: bool) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        root = Path(folder).resolve() / "projet"
        shutil.copytree(built, root)
        patch.chdir(root)
        patch.setenv("XDG_CACHE_HOME", str(Path(folder) / "cache"))
        request = Request(root / "build", ("html",))
        was = before(Project(root))
        remember(was, [build(Project(root), SLUG, request)], request, "fr", quiet=False)
        assert unchanged.answer(WORDS, os.environ) == CURRENT
        for name in edits:
            EDITS[name](root)
        if undone:
            shutil.rmtree(root)
            shutil.copytree(built, root)
            patch.chdir(root)
        said = unchanged.answer(WORDS, os.environ)
        assert said in (None, CURRENT)
        if said is not None:
            project = Project(root)
            spec = project.dossier(SLUG).value
            assert spec is not None
            inputs = current_inputs(project, SLUG, Options(spec.style, ("html",), epoch_setting()))
            assert is_current(root / "build", SLUG, inputs)
        assert (said == CURRENT) == (undone or not edits)


def test_a_history_of_links_that_changes_is_looked_at(at_home: tuple[Path, dict[str, str]]) -> None:
    project, env = at_home
    assert is_instant(project, env)
    (project / FILE).write_text("")
    assert not is_instant(project, env)
    assert is_instant(project, env)
    assert unchanged.LINKS == FILE
