"""The documentation is true: its examples are run, its tables are those of the code, its links lead somewhere."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from compose.material import composed as composed_of

from biblio.build.pipeline import compose_dossier, render
from biblio.build.stamp import stamp_of
from biblio.cli.app import application
from biblio.cli.words import with_lists
from biblio.compose import compose_notice
from biblio.compose.indexes import with_pages
from biblio.dossier.loader import load_dossier
from biblio.dossier.query import VARIABLES
from biblio.dossier.spec import MODELS
from biblio.formats.bibtex.reader import read_bibtex
from biblio.outputs.html import render_html
from biblio.project.project import discover
from biblio.reference.fields import FIELDS
from biblio.reference.types import ENTRY_TYPES
from biblio.style.spec import STYLE_MODELS, StyleSpec
from biblio.style.style import StyleFiles, load_style
from biblio.style.words import load_words
from biblio.text.inline import plain
from biblio.words.tables import faults
from biblio.yaml_model.keys import Located, Placed, attribute_of, keys_of
from biblio.yaml_model.loader import load_model

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *sorted(ROOT.glob("docs/**/*.md")),
]
OPTIONS = ROOT / "docs" / "options.md"
PICTURE = ROOT / "docs" / "images" / "deux-pages.png"

FENCE = re.compile(r"^```(?P<info>[^\n`]+)\n(?P<content>.*?)^```$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A block of code of a page. What follows its language says what a test does with it.

    ``sh run`` is run, and ends well, or with 1 where it says ``sh run=1``; ``sh here`` is run in the checkout; ``sh
    make`` names targets of the Makefile. A path is the file that the reader is told to write. ``text`` is what the
    block before it prints.
    """

    page: Path
    line: int
    language: str
    words: tuple[str, ...]
    content: str

    @property
    def target(self) -> str:
        return next((word for word in self.words if "/" in word), "")

    @property
    def status(self) -> int | None:
        """The exit code to expect of a block that is run."""
        return {"run": 0, "run=1": 1}.get(self.words[0]) if self.language == "sh" and self.words else None

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


@cache
def blocks(page: Path) -> tuple[Block, ...]:
    text = page.read_text(encoding="utf-8")
    found = []
    for match in FENCE.finditer(text):
        language, *words = match["info"].split()
        found.append(Block(page, text.count("\n", 0, match.start()) + 1, language, tuple(words), match["content"]))
    return tuple(found)


def every(language: str) -> list[Block]:
    return [block for page in PAGES for block in blocks(page) if block.language == language]


def with_ordinary_spaces(value: str) -> str:
    return value.replace("\u00a0", " ").replace("\u202f", " ")


# --- the generated pages ---------------------------------------------------------------------------------------------


def test_the_generated_tables_are_those_of_the_code(tmp_path: Path) -> None:
    copy = shutil.copytree(REFERENCE, tmp_path / "reference")
    tool = [sys.executable, str(ROOT / "tools" / "reference_pages.py"), str(copy)]
    done = subprocess.run(tool, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    stale = [page.name for page in copy.iterdir() if page.read_bytes() != (REFERENCE / page.name).read_bytes()]
    assert stale == [], "run `make docs`"


def section_of(page: Path, heading: str) -> str:
    """What stands under a heading, up to the next one."""
    parts = re.split(r"^#+ (.*)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))[heading]


@pytest.mark.parametrize("name", application("fr").commands)
def test_every_command_and_option_is_documented(name: str) -> None:
    command = application("fr").commands[name]
    section = section_of(REFERENCE / "commandes.md", name)
    assert command.help in section
    for each in command.params:
        assert with_lists(each.help) in section
        for spelling in each.opts:
            assert f"`{spelling}`" in section


def cells(page: Path) -> set[str]:
    """The first word of the first cell of every row of the page's tables."""
    return set(re.findall(r"^\| `([^`]+)`", page.read_text(encoding="utf-8"), re.MULTILINE))


def test_every_row_of_the_tables_is_documented() -> None:
    assert {name for field in FIELDS for name in field.biblatex[:1]} <= cells(REFERENCE / "champs.md")
    assert {f"@{name}" for name in ENTRY_TYPES} == cells(REFERENCE / "types.md")
    assert {name for model in MODELS.values() for name in keys_of(model)} <= cells(REFERENCE / "dossier.md")
    assert set(keys_of(StyleSpec)) <= cells(REFERENCE / "style.md")
    for fault in faults().values():
        page = ROOT / "docs" / "regles" / f"{fault.code}.md"
        assert f"# {fault.code} {fault.name}" in page.read_text(encoding="utf-8")


class _Classes(HTMLParser):
    """Gathers the classes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # the parser's
        self.found.update((dict(attrs).get("class") or "").split())


# With the dossiers of the repository, a spec that makes everything that may stand under a heading.
EVERYTHING = """\
indexes: [people]
acronyms: true
whats_new: 2025-12-01
sections:
  - {title: Un, intro: "- Un mot.", links: [{label: Un site, url: "https://www.example.org/"}], select: {theme: cls}}
  - title: Deux
    intro: "# Un titre\\n\\n| a | b |\\n|--:|:-:|\\n| 1 | 2 |\\n\\n![Une carte](images/carte.png \\"CRES\\")"
    select: {theme: cls}
"""


def test_the_classes_that_a_sheet_may_dress_are_in_the_page(tmp_path: Path) -> None:
    documented = set(
        re.findall(r"`(?:\w+)?\.([a-z0-9-]+)`", section_of(REFERENCE / "style.md", "Ce que les feuilles habillent"))
    )
    project = discover(ROOT)
    classes = _Classes()
    for slug in project.slugs:
        spec = project.dossier(slug).value
        assert spec is not None
        composed = compose_dossier(project, spec, spec.style).value
        assert composed is not None
        classes.feed(render(composed, ("html",)).value["html"].decode())
    everything, _ = composed_of(tmp_path, EVERYTHING)
    document = with_pages(everything.document, {notice.anchor: "1" for notice in everything.document.notices})
    classes.feed(render_html(document, everything.style, "page", stamp_of(document.metadata.date)))
    # A remark, and what is printed on demand, are the only lines that no notice of the project has.
    assert documented - classes.found <= {"note", "details", "holding"}
    assert len(documented) > 15


# --- examples --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("block", [block for block in every("bibtex") if "fautes" not in block.words], ids=str)
def test_the_references_are_read_without_a_fault(block: Block) -> None:
    read = read_bibtex(block.content.encode(), str(block))
    assert len(read.value) >= 1
    assert read.diagnostics == ()


NOTICES = [
    (block, following)
    for page in PAGES
    for block, following in pairwise(blocks(page))
    if (block.language, following.language) == ("bibtex", "text")
]


@pytest.mark.parametrize(("block", "following"), NOTICES, ids=str)
def test_the_notices_are_those_that_biblio_prints(block: Block, following: Block) -> None:
    style = load_style([StyleFiles("essai", "style.yaml", "title: Essai\n")]).value
    assert style is not None
    (reference,) = read_bibtex(block.content.encode(), str(block)).value
    notice = compose_notice(reference, style, "fr").value
    lines = [notice.label, *(plain(line.content) for line in notice.lines)]
    assert with_ordinary_spaces("\n".join(lines)) == following.content.rstrip()


@pytest.mark.parametrize("block", [block for block in every("yaml") if "fautes" not in block.words], ids=str)
def test_the_yaml_is_read_without_a_fault(block: Block) -> None:
    if block.target.endswith("words.yaml"):
        assert load_words(block.content, str(block)).diagnostics == ()
    elif block.target.startswith("styles/"):
        assert load_model(block.content, str(block), StyleSpec, STYLE_MODELS, {"name": "essai"}).diagnostics == ()
    else:
        assert load_dossier(block.content, str(block), "essai").diagnostics == ()


def commands(word: str) -> list[Block]:
    return [block for block in every("sh") if block.words == (word,)]


def test_every_command_shown_is_tried() -> None:
    tried = {*commands("run"), *commands("run=1"), *commands("here"), *commands("make"), *commands("network")}
    assert [str(block) for block in every("sh") if block not in tried] == []


@pytest.mark.parametrize("block", commands("network"), ids=str)
def test_a_command_that_would_ask_the_network_has_these_options(block: Block) -> None:
    for line in block.content.splitlines():
        _, name, *words = shlex.split(line.rpartition("| ")[2])
        known = {spelling for each in application("fr").commands[name].params for spelling in each.opts}
        assert {word for word in words if word.startswith("--")} <= known, line


@pytest.mark.parametrize("block", commands("make"), ids=str)
def test_the_makefile_has_the_targets(block: Block) -> None:
    for command in block.content.splitlines():
        words = command.partition("#")[0].split()
        assert words[0] == "make"
        done = subprocess.run(["make", "-n", *words[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("block", commands("here"), ids=str)
def test_the_commands_work_in_the_checkout(block: Block) -> None:
    done = subprocess.run(["sh", "-e", "-c", block.content], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


class Session:
    """A reader who types a page's commands in one terminal, from a folder that has what ``make pdf`` installs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "biblio"
        self.folder.mkdir()
        self.memory = folder / "memory"
        self.memory.write_text("")
        (self.folder / ".venv").symlink_to(sys.prefix)
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "SOURCE_DATE"))
        }
        self.environment = {**kept, "LANG": "fr_FR.UTF-8", "PATH": f"{sys.prefix}/bin{os.pathsep}{os.environ['PATH']}"}

    def type(self, commands: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        """Runs commands where the last ones ended; those that fail leave no trace in the terminal."""
        remember = f"\n{{ export -p; printf 'cd \"%s\"\\n' \"$PWD\"; }} >'{self.memory}'\n"
        return subprocess.run(
            ["sh", "-e", "-c", f". '{self.memory}'\n{commands}{remember}"],
            cwd=self.folder,
            env=self.environment,
            input=typed,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            check=False,
        )

    def write(self, target: str, content: str) -> None:
        done = self.type(f"mkdir -p '{Path(target).parent}'; cat >>'{target}'", content)
        assert done.returncode == 0, done.stdout


TOURS = [page for page in PAGES if any(block.status is not None for block in blocks(page))]


@pytest.mark.parametrize("page", TOURS, ids=lambda page: page.name)
def test_the_commands_work_as_typed_and_print_what_the_page_shows(page: Path, tmp_path: Path) -> None:
    session = Session(tmp_path)
    for block, following in pairwise((*blocks(page), None)):
        assert block is not None
        if block.target:
            session.write(block.target, block.content)
        elif block.status is not None:
            done = session.type(block.content)
            assert (done.returncode, str(block)) == (block.status, str(block)), done.stdout
            assert "Traceback" not in done.stdout
            if following and following.language == "text":
                assert with_ordinary_spaces(done.stdout).rstrip() == following.content.rstrip(), str(following)


# --- every option has its example -----------------------------------------------------------------------------------


def declared() -> set[tuple[str, ...]]:
    """What a dossier may hold: every key of its models, and every word that a key takes from a short list."""
    options: set[tuple[str, ...]] = set()
    for name, model in MODELS.items():
        for word, key in keys_of(model).items():
            # The fields of references, which are words of « has » and « lacks », have a page of their own.
            choices = () if key.choices == tuple(VARIABLES) else key.choices
            options |= {(name, word), *((name, word, choice) for choice in choices)}
    return options


def used(value: Any) -> Iterator[tuple[str, ...]]:
    """The keys that a spec has, and the words that they have."""
    if isinstance(value, tuple):
        for each in value:
            yield from used(each)
    elif isinstance(value, Located):
        name = type(value).__name__
        for word in value.spans:
            found = getattr(value, attribute_of(word))
            yield name, word
            for each in found if isinstance(found, tuple) else (found,):
                if isinstance(each, str | Placed):
                    text = each.value if isinstance(each, Placed) else each
                    yield name, word, text.removeprefix("-")
            yield from used(found)


EXAMPLES = [block for block in blocks(OPTIONS) if block.language == "yaml"]


def test_every_option_of_a_dossier_has_an_example() -> None:
    specs = [load_dossier(block.content, str(block), "essai").value for block in EXAMPLES]
    assert declared() - {option for spec in specs for option in used(spec)} == set()
    assert {("SectionSpec", "group_by", "territory"), ("Query", "none"), ("Pin", "at", "last")} <= declared()


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_an_example_of_an_option_is_run_and_its_outcome_shown(example: Block) -> None:
    slug = Path(example.target).stem
    assert example.target == f"dossiers/{slug}.yaml"
    following = pairwise(block for block in blocks(OPTIONS) if block.line > example.line)
    outcomes = [after for block, after in following if block.status == 0 and slug in block.content.split()]
    assert outcomes
    assert all(block.language == "text" and slug in block.content for block in outcomes)


# --- links -----------------------------------------------------------------------------------------------------------


def prose(page: Path) -> str:
    return FENCE.sub("", page.read_text(encoding="utf-8"))


@cache
def anchors(page: Path) -> frozenset[str]:
    """The anchors of a page's headings, as GitHub and its kin make them."""
    headings = re.findall(r"^#+ (.*)$", prose(page), re.MULTILINE)
    return frozenset(re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings)


def links(page: Path) -> Iterator[str]:
    for target in re.findall(r"\]\(([^()\s]+)\)", re.sub(r"`[^`\n]*`", "", prose(page))):
        if not target.startswith(("https://", "mailto:")):
            yield unicodedata.normalize("NFC", target)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_the_links_lead_somewhere(page: Path) -> None:
    broken = []
    for target in links(page):
        path, _, anchor = target.partition("#")
        reached = (page.parent / path).resolve() if path else page
        if not reached.exists() or (anchor and anchor not in anchors(reached)):
            broken.append(target)
    assert broken == []


def test_every_page_is_reached_from_the_contents() -> None:
    index = ROOT / "docs" / "index.md"
    reached: set[Path] = set()
    to_follow = [index]
    while to_follow:
        page = to_follow.pop()
        if page not in reached and page.suffix == ".md":
            reached.add(page)
            to_follow += [(page.parent / target.partition("#")[0]).resolve() for target in links(page)]
    assert [str(page.relative_to(ROOT)) for page in PAGES if page not in reached] == []


def test_the_picture_is_a_small_png() -> None:
    content = PICTURE.read_bytes()
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    assert 10_000 < len(content) < 250_000


def test_every_style_is_shown() -> None:
    page = (ROOT / "docs" / "styles.md").read_text(encoding="utf-8")
    styles = sorted(path.parent.name for path in ROOT.glob("styles/*/style.yaml"))
    assert sorted(re.findall(r"^## `(.*)`$", page, re.MULTILINE)) == styles
    assert sorted(re.findall(r"^!\[[^]]{20,}\]\(images/styles/(.*)\.png\)$", page, re.MULTILINE)) == styles
    pictures = list((ROOT / "docs" / "images" / "styles").iterdir())
    assert sorted(path.name for path in pictures) == [f"{style}.png" for style in styles]
    contents = [path.read_bytes() for path in pictures]
    assert all(content.startswith(b"\x89PNG\r\n\x1a\n") for content in contents)
    assert sum(map(len, contents)) < 1_500_000


# --- for those who work on it ----------------------------------------------------------------------------------------


def test_the_changelog_can_be_made() -> None:
    fragments = [path for path in (ROOT / "changelog.d").glob("*.md") if path.name.startswith("+")]
    draft = subprocess.run(
        [sys.executable, "-m", "towncrier", "build", "--draft", "--version", "0.0.0"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert draft.returncode == 0, draft.stderr
    printed = " ".join(draft.stdout.split())
    for fragment in fragments:
        assert " ".join(fragment.read_text(encoding="utf-8").split()) in printed
    assert "<!-- towncrier release notes start -->" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()
