"""The same sources give the same bytes wherever and whenever they are built, and biblio knows when they do."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import version
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from outputs.outputs import output_of

ROOT = Path(__file__).parents[1]
SLUG = "premier-dossier"
REAL = "demarches-territoriales-de-sante"
BIB = "references/exemple.bib"
EPOCH = "1700000000"  # 2023-11-14 22:13:20, in universal time

# What the machine or the moment could sway. A module `sitecustomize` on PYTHONPATH is run when Python starts.
LATER = """
import datetime, time
SHIFT = 4000 * 86400
clock, clock_ns, gmtime, localtime, strftime = time.time, time.time_ns, time.gmtime, time.localtime, time.strftime
time.time = lambda: clock() + SHIFT
time.time_ns = lambda: clock_ns() + SHIFT * 10**9
time.gmtime = lambda seconds=None: gmtime(time.time() if seconds is None else seconds)
time.localtime = lambda seconds=None: localtime(time.time() if seconds is None else seconds)
time.strftime = lambda form, moment=None: strftime(form, time.localtime() if moment is None else moment)
class Later(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return super().now(tz) + datetime.timedelta(seconds=SHIFT)
    @classmethod
    def utcnow(cls):
        return cls.now(datetime.UTC).replace(tzinfo=None)
    today = now
datetime.datetime = Later
"""
NO_MIME_TYPES = "import mimetypes; mimetypes.knownfiles.clear()"
NO_FONTS = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig></fontconfig>'


def biblio(*arguments: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs the command as a user does, in a quiet environment of its own."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-m", "biblio", *arguments],
        cwd=cwd,
        env={**kept, "HOME": str(cwd), "LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "0", **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


def build(project: Path, *arguments: str, **environment: str) -> str:
    """Builds both formats into the project's build/ and returns what was said."""
    done = biblio("build", "-C", project, "--format", "pdf,html", *arguments, cwd=project.parent, **environment)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def outputs(project: Path) -> dict[str, bytes]:
    return {path.suffix: path.read_bytes() for path in (project / "build").glob("[!.]*") if path.suffix != ".json"}


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new project, built."""
    folder = tmp_path_factory.mktemp("starter") / "projet"
    assert biblio("--lang", "fr", "init", folder, cwd=folder.parent).returncode == 0
    assert "3 notices" in build(folder)
    return folder


@pytest.fixture
def project(starter: Path, tmp_path: Path) -> Path:
    """A copy of the new project with its build."""
    return Path(shutil.copytree(starter, tmp_path / "copie"))


@pytest.fixture
def sources(starter: Path, tmp_path: Path) -> Path:
    """A copy of the sources of the new project, in a place whose name is hard on programs."""
    folder = tmp_path / "Un dossier à part (2)" / "été"
    return Path(shutil.copytree(starter, folder, ignore=shutil.ignore_patterns("build")))


Condition = Callable[[Path], dict[str, str]]


def at_start(code: str) -> Condition:
    """Python code that is run before biblio."""

    def condition(folder: Path) -> dict[str, str]:
        (folder / "start").mkdir()
        (folder / "start" / "sitecustomize.py").write_text(code, "utf-8")
        return {"PYTHONPATH": str(folder / "start")}

    return condition


def no_fonts(folder: Path) -> dict[str, str]:
    (folder / "fonts.conf").write_text(NO_FONTS, "utf-8")
    return {"FONTCONFIG_FILE": str(folder / "fonts.conf")}


CONDITIONS: dict[str, Condition] = {
    "another place": lambda _: {},
    "another time zone": lambda _: {"TZ": "Pacific/Auckland"},
    "a French locale": lambda _: {"LC_ALL": "fr_FR.UTF-8", "LANG": "fr_FR.UTF-8"},
    "no locale": lambda _: {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "other hash seeds": lambda _: {"PYTHONHASHSEED": "4242"},
    "another user": lambda folder: {"HOME": str(folder), "USER": "quelqu-un", "LOGNAME": "quelqu-un", "COLUMNS": "40"},
    "eleven years later": at_start(LATER),
    "no table of media types on the machine": at_start(NO_MIME_TYPES),
    "no fonts on the machine": no_fonts,
}


@pytest.mark.parametrize("condition", CONDITIONS)
def test_the_same_bytes_in(starter: Path, sources: Path, tmp_path: Path, condition: str) -> None:
    build(sources, **CONDITIONS[condition](tmp_path))
    assert outputs(sources).keys() == {".pdf", ".html"}
    assert outputs(sources) == outputs(starter)


def test_the_later_clock_is_the_one_that_programs_see(tmp_path: Path) -> None:
    """Without this, the test above could not fail."""
    code = "import datetime, time; print(datetime.date.today().year, datetime.datetime.now().year, time.gmtime()[0])"
    years = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, **environment},
            capture_output=True,
            encoding="utf-8",
            check=True,
        ).stdout.split()
        for environment in ({}, at_start(LATER)(tmp_path))
    ]
    assert [int(later) - int(now) >= 10 for now, later in zip(*years, strict=True)] == [True, True, True]


def test_the_same_bytes_of_the_real_dossier(tmp_path: Path) -> None:
    """As the other tests read it, which was laid out here and now, perhaps by another process."""
    folder = tmp_path / "un autre"
    for part in ("references", "dossiers", "styles"):
        shutil.copytree(ROOT / part, folder / part)
    build(folder, REAL, TZ="America/St_Johns", LC_ALL="C", PYTHONHASHSEED="7", **at_start(LATER)(tmp_path))
    here = output_of(ROOT, REAL)
    assert outputs(folder) == {".pdf": here.pdf, ".html": here.screen.encode()}


def dates(pdf: bytes) -> dict[str, set[str]]:
    """The dates of a PDF's own, and those of its attachments, to the second and in universal time."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        own = {str(opened.docinfo[name]) for name in ("/CreationDate", "/ModDate")}
        params = [each.obj.EF.F.Params for each in opened.attachments.values()]
        of_files = {str(each[name]) for each in params for name in ("/CreationDate", "/ModDate")}
    return {"document": own, "attachments": of_files}


def test_source_date_epoch_dates_the_attachments(sources: Path) -> None:
    build(sources, SOURCE_DATE_EPOCH=EPOCH, TZ="Asia/Tokyo")
    assert dates(outputs(sources)[".pdf"])["attachments"] == {"D:20231114221320Z"}


def test_source_date_epoch_dates_the_document(sources: Path) -> None:
    build(sources, SOURCE_DATE_EPOCH=EPOCH, TZ="Asia/Tokyo")
    found = dates(outputs(sources)[".pdf"])["document"]
    assert {re.sub(r"\D", "", date)[:14] for date in found} == {"20231114221320"}


def test_without_it_the_dates_are_those_of_the_dossier(starter: Path) -> None:
    found = dates(outputs(starter)[".pdf"])
    assert {re.sub(r"\D", "", date).ljust(14, "0")[:14] for each in found.values() for date in each} == {
        "20240601000000"
    }


def test_an_epoch_is_an_input(project: Path) -> None:
    assert "notices" in build(project, SOURCE_DATE_EPOCH=EPOCH)
    assert "up to date" in build(project, SOURCE_DATE_EPOCH=EPOCH)
    assert "notices" in build(project)


def stamps(project: Path) -> dict[str, tuple[int, int]]:
    """When each output was written, and which file on the disk it is."""
    return {path.name: (path.stat().st_mtime_ns, path.stat().st_ino) for path in (project / "build").glob("[!.]*")}


def test_nothing_is_built_twice(project: Path) -> None:
    before = stamps(project)
    assert len(before) == 3
    assert build(project) == f"{SLUG}: up to date\n"
    assert stamps(project) == before
    for path in project.rglob("*.*"):
        os.utime(path)  # files touched, and not changed
    before = stamps(project)
    assert build(project, TZ="Asia/Tokyo", LC_ALL="C") == f"{SLUG}: up to date\n"
    assert stamps(project) == before


@pytest.mark.parametrize(
    ("path", "before", "after", "seen"),
    [
        (BIB, "Un titre d'article", "Un autre titre d'article", "Un autre titre d’article"),
        (f"dossiers/{SLUG}.yaml", "Pour commencer", "Pour continuer", "Pour continuer"),
    ],
)
def test_a_changed_input_rebuilds(project: Path, path: str, before: str, after: str, seen: str) -> None:
    old = outputs(project)
    source = project / path
    assert before in source.read_text("utf-8")
    source.write_text(source.read_text("utf-8").replace(before, after), "utf-8")
    assert "3 notices" in build(project)
    new = outputs(project)
    assert seen not in old[".html"].decode()
    assert seen in new[".html"].decode()
    assert old[".pdf"] != new[".pdf"]


def test_a_file_of_references_that_the_dossier_does_not_print_rebuilds_nothing(project: Path) -> None:
    old = outputs(project)
    more = project / "references" / "autres.bib"
    more.write_text("@book{un-autre-livre, title = {Un autre livre}}\n", "utf-8")
    assert build(project) == f"{SLUG}: up to date\n"
    assert outputs(project) == old
    assert "3 notices" in build(project, "--force")
    assert outputs(project) == old
    more.unlink()
    assert build(project) == f"{SLUG}: up to date\n"


def test_a_changed_style_rebuilds(project: Path) -> None:
    style = project / "styles" / "maison"
    style.mkdir(parents=True)
    (style / "style.yaml").write_text("title: Maison\nextends: cres\n", "utf-8")
    assert "3 notices" in build(project, "--style", "maison")
    assert build(project, "--style", "maison") == f"{SLUG}: up to date\n"
    old = outputs(project)
    (style / "page.css").write_text("h1 { color: #123456 }\n", "utf-8")
    assert "3 notices" in build(project, "--style", "maison")
    assert outputs(project)[".pdf"] != old[".pdf"]
    assert outputs(project)[".html"].replace(b"maison", b"") == old[".html"].replace(b"maison", b"")


def test_a_file_that_is_no_input_does_not_rebuild(project: Path) -> None:
    (project / "README.md").write_text("Autre chose\n", "utf-8")
    (project / "dossiers" / "notes.txt").write_text("Rien\n", "utf-8")
    assert build(project) == f"{SLUG}: up to date\n"


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        pytest.param("pdf", cut, id="pdf cut"),
        pytest.param("pdf", Path.unlink, id="pdf removed"),
        pytest.param("html", flip, id="html with one bit changed"),
        pytest.param("manifest.json", cut, id="manifest cut"),
        pytest.param("manifest.json", Path.unlink, id="manifest removed"),
    ],
)
def test_a_damaged_output_is_built_again(project: Path, name: str, damage: Callable[[Path], None]) -> None:
    whole = {path.name: path.read_bytes() for path in (project / "build").glob("[!.]*")}
    damage(project / "build" / f"{SLUG}.{name}")
    assert "3 notices" in build(project)
    assert {path.name: path.read_bytes() for path in (project / "build").glob("[!.]*")} == whole


def test_the_manifest_is_that_of_the_files(starter: Path) -> None:
    manifest = json.loads((starter / "build" / f"{SLUG}.manifest.json").read_text("utf-8"))
    assert manifest["dossier"] == SLUG
    assert manifest["outputs"] == {
        f"{SLUG}.{name}": sha256(starter / "build" / f"{SLUG}.{name}") for name in ("pdf", "html")
    }
    files = manifest["inputs"]["files"]
    assert files.keys() >= {BIB, f"dossiers/{SLUG}.yaml", "styles/cres/style.yaml", "styles/cres/page.css"}
    for name, digest in files.items():
        assert digest == sha256((ROOT if name.startswith("styles/") else starter) / name), name
    for name, found in manifest["inputs"]["versions"].items():
        assert found.partition("+")[0] == version(name), name  # biblio adds the hash of its own code
    assert manifest["inputs"]["options"] == {"epoch": "", "formats": ["pdf", "html"], "style": "cres"}


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def verify(project: Path, name: str = f"{SLUG}.pdf", **environment: str) -> tuple[int, str]:
    done = biblio("verify", "-C", project, project / "build" / name, cwd=project.parent, **environment)
    assert done.stderr == ""
    return done.returncode, done.stdout


@pytest.mark.parametrize("name", [f"{SLUG}.pdf", f"{SLUG}.html"])
def test_a_file_as_built_is_genuine(project: Path, name: str) -> None:
    assert verify(project, name) == (0, f"{name}: genuine, these sources give these bytes.\n")


def test_a_file_is_genuine_far_from_its_manifest(project: Path) -> None:
    (project / "build" / f"{SLUG}.manifest.json").unlink()
    assert verify(project, TZ="Asia/Tokyo")[0] == 0


def test_an_altered_file_is_told(project: Path) -> None:
    flip(project / "build" / f"{SLUG}.pdf")
    said = f"{SLUG}.pdf: the file was altered, it is not the one that was built.\n"
    assert verify(project) == (1, said)


def test_the_input_that_changed_is_named(project: Path) -> None:
    bibliography = project / BIB
    bibliography.write_text(bibliography.read_text("utf-8").replace("Un titre", "Le titre"), "utf-8")
    said = f"{SLUG}.pdf: cannot tell; the sources are not those that its record notes.\n  changed: {BIB}\n"
    assert verify(project) == (1, said)


def test_the_input_that_was_added_is_named(project: Path) -> None:
    spec = project / "dossiers" / f"{SLUG}.yaml"
    spec.write_text(spec.read_text("utf-8").replace("exemple-site]", "exemple-site, un-autre-site]"), "utf-8")
    (project / "references" / "autres.bib").write_text(
        "@online{un-autre-site, title = {Un autre site}, url = {https://www.example.org/autre}, langid = {french}}\n",
        "utf-8",
    )
    code, said = verify(project)
    assert code == 1
    assert said.splitlines()[1:] == [f"  changed: dossiers/{SLUG}.yaml", "  added: references/autres.bib"]


def strings(pdf: bytes) -> Iterator[bytes]:
    """Every object of a PDF, written out, and every stream, decompressed; attachments among them."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        for each in opened.objects:
            if isinstance(each, pikepdf.Stream):
                yield each.read_bytes()
                yield each.stream_dict.unparse(resolved=True)
            else:
                yield each.unparse(resolved=True)
        yield opened.trailer.unparse()


def test_nothing_tells_where_it_was_built(sources: Path) -> None:
    build(sources, USER="marqueur-utilisateur", HOSTNAME="marqueur-machine")
    places = [str(sources), "à part (2)", str(ROOT), sys.prefix, "marqueur-"]
    # A PDF keeps characters beyond ASCII in UTF-16.
    wanted = [form for place in places for form in (place.encode(), place.encode("utf-16-be"))]
    found = outputs(sources)
    contents = (*strings(found[".pdf"]), found[".html"], manifest(sources))
    assert sum(b"Un titre d'article" in content for content in contents) >= 3, "nothing is looked at"
    for content in contents:
        assert [place for place in wanted if place in content] == []
        assert not re.search(rb"\bfile:", content)
        assert b"style.invalid" not in content


def manifest(project: Path) -> bytes:
    return (project / "build" / f"{SLUG}.manifest.json").read_bytes()
