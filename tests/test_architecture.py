"""The architecture, the decisions and the guide for contributors are true: what they name is in the code."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from sources import GROUP, PACKAGE, ROOT, nodes, trees
from test_floors import STOREYS

pytestmark = GROUP

ARCHITECTURE = ROOT / "docs" / "architecture.md"
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
PAGES = (ARCHITECTURE, ROOT / "CONTRIBUTING.md", *DECISIONS)
SOURCES = ("src", "tests", "tools", "bench", "robustness", "fuzz")

PATH = re.compile(r"(?:[\w.-]+/)+[\w.-]*")
FILE = re.compile(r"[\w-]+\.(?:py|md|toml|yaml|css|lua|sh|j2)")
CALL = re.compile(r"(?P<name>\w+)\((?P<arguments>[^()]*(?:\([^()]*\)[^()]*)*)\)")
NAME = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*")
# What a decision measures in the world stands; what it counts in the code would be wrong with the next commit.
COUNT = re.compile(
    r"\b(?P<count>\d[\d,.]*|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|twenty|thirty|forty)"
    r"(?: \w+)? (?P<of>modules?|rooms?|storeys?|floors?|packages|commands|rules|shapes|formats|presets|grammars|kinds|"
    r"outputs|tests|rows|lines of code)\b",
    re.IGNORECASE,
)
# Names of another language than Python.
FOREIGN = {"url()"}
COUNTED = {"storeys": len(STOREYS), "storey": len(STOREYS)}


def prose(page: Path) -> str:
    """A page without its blocks of code."""
    return re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)


def code(page: Path) -> Iterator[str]:
    """What a page shows as code in its sentences."""
    yield from dict.fromkeys(span.replace("\\|", "|") for span in re.findall(r"`([^`\n]+)`", prose(page)))


@cache
def functions() -> dict[str, list[tuple[Path, ast.FunctionDef]]]:
    """The functions of the package by name, each with its module; a class stands as its own call."""
    found: dict[str, list[tuple[Path, ast.FunctionDef]]] = {}
    for path, tree in trees(*SOURCES).items():
        for node in nodes(tree):
            if isinstance(node, ast.FunctionDef):
                found.setdefault(node.name, []).append((path, node))
    return found


@cache
def words() -> frozenset[str]:
    """Every name of the code, and every text in it."""
    found: set[str] = set()
    for tree in trees(*SOURCES).values():
        for node in nodes(tree):
            match node:
                case (
                    ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.Name(id=name) | ast.Attribute(attr=name)
                ):
                    found.add(name)
                case ast.arg(arg=name):
                    found.add(name)
                case ast.keyword(arg=str(name)):
                    found.add(name)
                case ast.alias(name=name):
                    found.update(name.split("."))
                case ast.ImportFrom(module=str(name)):
                    found.update(name.split("."))
                case ast.Constant(value=str(text)):
                    found.add(text)
                case _:
                    pass
    return frozenset(found)


def uses(path: Path) -> set[str]:
    """What a module defines at its top level, and the functions and tables that it takes from others."""
    known = trees(*SOURCES)
    if path not in known:
        return set()
    return {node.id for node in nodes(known[path]) if isinstance(node, ast.Name)} | definitions(path)


@cache
def definitions(path: Path) -> set[str]:
    """What a module defines at its top level."""
    found: set[str] = set()
    for node in trees(*SOURCES)[path].body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                found.add(name)
            case ast.AnnAssign(target=ast.Name(id=name)):
                found.add(name)
            case ast.Assign(targets=targets):
                found |= {target.id for target in targets if isinstance(target, ast.Name)}
            case _:
                pass
    return found


def parameters(node: ast.FunctionDef) -> list[str]:
    return [each.arg for each in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]


def unknown(span: str) -> bool:
    """Whether a piece of code names a file, a function or a name that there is not; what is none of these is known."""
    if span in FOREIGN:
        return False
    if PATH.fullmatch(span):
        return not any((base / span).exists() for base in (ROOT, PACKAGE))
    if FILE.fullmatch(span):
        return not any(ROOT.glob(span)) and not any(
            True for base in (PACKAGE, ROOT / "styles") for _ in base.rglob(span)
        )
    if call := CALL.fullmatch(span):
        given = [word.strip() for word in call["arguments"].split(",")]
        named = {word.partition("=")[0] for word in given if word.partition("=")[0].isidentifier()} - {"span"}
        known = [set(parameters(node)) for _, node in functions().get(call["name"], [])]
        is_value = any(call["name"] in definitions(path) for path in trees(*SOURCES)) and not known
        return not is_value and not any(named <= own for own in known)
    if NAME.fullmatch(span):
        return span not in words() and not all(part in words() or hasattr(builtins, part) for part in span.split("."))
    return False


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_names_is_in_the_code(page: Path) -> None:
    assert [span for span in code(page) if unknown(span)] == []


def test_the_pages_name_many_things() -> None:
    named = [span for page in PAGES for span in code(page)]
    assert sum(bool(PATH.fullmatch(span)) for span in named) > 100
    assert sum(bool(CALL.fullmatch(span)) for span in named) > 10
    for wrong in (
        "core/library.py",
        "pipelines.py",
        "selected(library, spec)",
        "select(library, label_of)",
        "OUTPUTS" + "_OF_OLD",
    ):
        assert unknown(wrong), wrong


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_name_said_to_be_in_a_module_is_there(page: Path) -> None:
    said = re.findall(r"`(\w+)(?:\([^`]*\))?` (?:in|of|\() ?`((?:\w+/)+\w+\.py)`", prose(page))
    assert [(name, module) for name, module in said if name not in uses(PACKAGE / module)] == []


def test_the_steps_are_the_functions_of_the_code() -> None:
    """Each row of the table: the parameters in their order, the module, and what the function gives."""
    rows = re.findall(
        r"^\| \w+ \| `(\w+)\(([^`]*)\)` \| `([^`]+)` \| `([^`]+)` \|$", ARCHITECTURE.read_text("utf-8"), re.MULTILINE
    )
    assert len(rows) > 8
    for name, given, module, gives in rows:
        (node,) = [node for path, node in functions()[name] if path == PACKAGE / module]
        wanted = given.replace("…", "").rstrip(", ").split(", ")
        assert parameters(node)[: len(wanted)] == wanted, name
        assert given.endswith("…") == (len(parameters(node)) > len(wanted)), name
        assert node.returns is not None
        assert ast.unparse(node.returns) == gives.replace("\\|", "|"), name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_counts_in_the_code_is_right(page: Path) -> None:
    numbers = {word: number for number, word in enumerate("two three four five six seven eight".split(), 2)}
    text = re.sub(r"^#.*$", "", prose(page), flags=re.MULTILINE)
    wrong = [
        found.group()
        for found in COUNT.finditer(text)
        if numbers.get(found["count"].lower(), 0) != COUNTED.get(found["of"].lower())
    ]
    assert wrong == []


def test_the_storeys_of_the_architecture_are_those_of_the_code() -> None:
    rows = re.findall(r"^\| (\d+) \| ([^|]+) \|", ARCHITECTURE.read_text("utf-8"), re.MULTILINE)
    assert [int(number) for number, _ in rows] == list(range(1, len(STOREYS) + 1))
    assert [set(re.findall(r"`(\w+)`", rooms)) for _, rooms in rows] == list(STOREYS)


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
def test_a_decision_is_short_and_has_its_three_parts(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]
    assert len(text.splitlines()) <= 40


def test_the_decisions_are_numbered() -> None:
    assert [page.name[:4] for page in DECISIONS] == [f"{number:04d}" for number in range(1, len(DECISIONS) + 1)]
    assert [page.read_text(encoding="utf-8")[2:7] for page in DECISIONS] == [f"{page.name[:4]} " for page in DECISIONS]


# What a library of others calls, or a table of words stands for.
CALLED_BY_OTHERS = re.compile(
    r"handle_\w+|render_sequence|format_\w+|parse_files|RenderType|set_header|NEWLINE|emit|fetch|_application|persistent_\w+|"
    r"reducer_override"
)
VALUES_OF_FILES = {"PUBLISHER", "AUTHOR"}  # members that are looked up by what is typed


def test_nothing_is_defined_that_nobody_uses() -> None:
    own = trees("src/biblio")
    used = {word for path in PACKAGE.rglob("*.j2") for word in re.findall(r"\w+", path.read_text(encoding="utf-8"))}
    defined: set[str] = set()
    for tree in own.values():
        for node in nodes(tree):
            match node:
                case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                    defined.add(name)
                case ast.Name(id=name, ctx=ast.Store()):
                    defined.add(name)
                case ast.Name(id=name) | ast.Attribute(attr=name):
                    used.add(name)
                case ast.Constant(value=str(text)) if "\n" not in text:
                    used.update(re.findall(r"\w+", text))
                case _:
                    pass
    dead = {name for name in defined - used - VALUES_OF_FILES if not CALLED_BY_OTHERS.fullmatch(name)}
    assert {name for name in dead if not name.startswith("__") and name.strip("_")} == set()
