"""Whatever files, their names, titles and manifests hold, what is printed plays no trick and gives no command."""

from __future__ import annotations

import ast
import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from cli.running import SLUG, make_project
from hypothesis import given
from hypothesis import strategies as st
from sources import nodes, trees

from biblio.cli import main as cli
from biblio.text.harmless import harmless, harmless_json, printable

COMMAND = re.compile(r"##[\w-]*\[|^\s*(section_\w+|travis_\w+|:):", re.IGNORECASE)
# What names and values of the project below hold: an escape, a C1 control, bidirectional controls, a line that gives a
# command to the service that runs the build, and the marks of others in the middle of a line.
ODD = (
    "a\x1b[2J\x9b31m\u202e\u2067\u200f\u2028::error::x\n::add-mask::y\r::set-output::z "
    "##[error]w ##vso[task.v]##teamcity[u] ##octopus[t]\nsection_start:1:s\r\x1b[0K\ntravis_fold:start:r\n"
)
TITLE = ODD.replace("\n", " ").replace("\r", " ")


def tricks(text: str) -> set[str]:
    kinds = {each: unicodedata.category(each) for each in set(text) - {"\n", "\t"}}
    return {each for each, kind in kinds.items() if kind[0] == "C" or kind in ("Zl", "Zp")}


def commands(text: str) -> list[str]:
    return [line for line in text.split("\n") if COMMAND.search(line)]


PIECES = st.sampled_from(
    [
        "::",
        ":",
        "#",
        "##[",
        "##vso[",
        "##octopus[",
        "section_start",
        "section_end",
        "travis_fold",
        "travis_time",
        "\n",
        "\r",
        " ",
        "\t",
        "\x1b[31m",
        "\x85",
        "\u202e",
        "error",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=3)).map("".join)


@given(TEXTS)
def test_nothing_that_is_printed_plays_a_trick_or_gives_a_command(text: str) -> None:
    assert (tricks(harmless(text)), commands(harmless(text))) == (set(), [])
    assert tricks(re.sub(r"\x1b\[[0-9;]*m", "", harmless(text, colours=True))) == set()
    assert commands(harmless(text, colours=True)) == []
    assert tricks(printable(text)) == set()
    assert "\n" not in printable(text)


@pytest.mark.parametrize(
    "command",
    [
        "::error file=a::b",
        "  ::add-mask::b",
        "##[error]a",
        "##[command]a",
        "##vso[task.setvariable variable=PATH]a",
        "##VSO[task.logissue type=error]a",
        "##teamcity[buildStop comment='a']",
        "##octopus[setVariable name='a']",
        "section_start:1560896352:a",
        "section_end:1560896353:a",
        "travis_fold:start:a",
        "travis_time:start:a",
    ],
)
def test_no_service_that_runs_builds_sees_a_command_of_its_own(command: str) -> None:
    assert commands(command)
    said = harmless(f"avant\n{command}\naprès\n")
    assert commands(said) == []
    assert said.replace(" ", "") == f"avant\n{command}\naprès\n".replace(" ", "")


@given(st.text())
def test_a_text_without_tricks_stays_as_it_is(text: str) -> None:
    if not tricks(text) and not commands(text):
        assert harmless(text) == text


@given(st.recursive(TEXTS, lambda each: st.lists(each, max_size=3) | st.dictionaries(TEXTS, each, max_size=3)))
def test_json_says_the_same_without_tricks(value: Any) -> None:
    written = harmless_json(json.dumps(value, ensure_ascii=False, indent=2))
    assert json.loads(written) == value
    assert (tricks(written), commands(written)) == (set(), [])


def test_only_the_console_prints_and_sentences_are_filled_with_what_is_harmless() -> None:
    for path, tree in trees("src/biblio/cli").items():
        assert not re.search(r"from biblio.words.tables import .*\bsay\b", path.read_text("utf-8")), path.name
        called = {ast.unparse(node.func) for node in nodes(tree) if isinstance(node, ast.Call)}
        printing = called & {"typer.echo", "typer.secho", "print", "sys.stdout.write", "sys.stderr.write"}
        assert printing == set() or path.name == "console.py", path.name


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A project whose every name and value holds what is odd."""
    project = make_project(tmp_path)
    name = ODD.replace("/", "")
    references = project / "references"
    key = "k\u202e::error::##[x]"
    entry = (
        f"@article{{{key}, title = {{{TITLE}}}, author = {{{TITLE}}}, journaltitle = {{{TITLE}}},\n"
        f"::error::here\n  date = {{{TITLE}}}, {TITLE} = {{un}}}}\n"
        "@misc{b, title = {Etat}, date = {2019},\n\t url={x}}\n"
    )
    (references / f"{name}.bib").write_text(entry, encoding="utf-8", newline="")
    spec = {
        "title": TITLE,
        "date": "2024",
        "publisher": TITLE,
        "sections": [{"title": TITLE, "references": [key, TITLE]}],
    }
    (project / "dossiers" / "odd.yaml").write_text(json.dumps(spec), encoding="utf-8")
    (project / "dossiers" / f"{name}.yaml").write_text(json.dumps({TITLE: TITLE}), encoding="utf-8")
    (project / "styles" / name).mkdir(parents=True)
    (project / "styles" / name / "style.yaml").write_text(json.dumps({"title": TITLE, TITLE: 1}), encoding="utf-8")
    (references / "themes.yaml").write_text(json.dumps({"sante": {"fr": TITLE, "en": TITLE}, TITLE: TITLE}))
    return project


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[str, str]:
    with pytest.raises(SystemExit):
        cli.main([*words, "--lang", "fr"])
    return capsys.readouterr()


@pytest.mark.parametrize(
    "words",
    [
        ["check"],
        ["check", "--json"],
        ["check", "--statistics"],
        ["check", "--format", "sarif"],
        ["check", "--fix", "--unsafe-fixes", "--diff"],
        ["fmt", "--diff"],
        ["fmt", "--check"],
        ["list"],
        ["list", "--json"],
        ["outline", "odd"],
        ["outline", "odd", "--json"],
        ["show", "k\u202e::error::##[x]"],
        ["show", "b", "--json"],
        ["show", ODD],
        ["why", "b"],
        ["why", "k\u202e::error::##[x]", "--json"],
        ["coverage", "odd"],
        ["coverage", "odd", "--json"],
        ["build", "--format", "html"],
        ["build", "--format", "html", "--json"],
        ["build", ODD],
        ["build", "--style", ODD],
        ["build", "--format", ODD],
        ["explain", ODD],
        ["new", ODD],
        [ODD],
        ["build", f"--{ODD}"],
        ["check", "--select", ODD],
    ],
    ids=lambda words: " ".join(words).translate({ord(each): "?" for each in ODD if not each.isascii() or each < " "}),
)
def test_a_command_prints_nothing_odd(hostile: Path, capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    out, err = printed(capsys, *words, *([] if words[0] in ("explain", ODD) else ["-C", str(hostile)]))
    assert out + err
    assert (tricks(out), tricks(err)) == (set(), set())
    assert (commands(out), commands(err)) == ([], [])


def test_annotations_are_commands_of_ours_alone(hostile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, err = printed(capsys, "check", "--format", "github", "-C", str(hostile))
    assert tricks(out + err) == set()
    assert commands(err) == []
    lines = out.splitlines()
    assert len(lines) > 5
    assert [
        line for line in lines if not re.match(r"::(error|warning|notice) (file=[^,:]*,line=\d+,|title=)", line)
    ] == []
    assert "##[" not in out
    assert "##vso[" not in out


def test_a_manifest_names_nothing_odd(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = make_project(tmp_path)
    printed(capsys, "build", "--format", "html", "-C", str(project))
    manifest = project / "build" / f"{SLUG}.manifest.json"
    known = json.loads(manifest.read_text("utf-8"))
    known["inputs"]["files"][ODD] = "0" * 64
    manifest.write_text(json.dumps(known), encoding="utf-8")
    page = project / "build" / f"{SLUG}.html"
    page.write_bytes(page.read_bytes() + b" ")
    for words in (["verify", str(page)], ["verify", str(page), "--json"]):
        out, err = printed(capsys, *words, "-C", str(project))
        assert "add-mask" in out
        assert (tricks(out + err), commands(out), commands(err)) == (set(), [], [])
