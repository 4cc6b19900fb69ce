"""The house stands: imports go one way, and only the upper storeys touch the world outside.

A room is a module or a package directly under ``biblio``; modules of one package may know each other.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from sources import GROUP, SOURCE, modules, nodes, trees

pytestmark = GROUP

TESTS = Path(__file__).parent

# The five storeys, from the ground up (docs/architecture.md). A module knows its own storey and those below.
STOREYS = (
    {"biblio", "places", "plugins", "words", "text"},
    {"reference", "collection", "yaml_model", "document", "formats"},
    {"citation", "style", "dossier", "compose"},
    {"outputs", "project", "build", "check", "editing", "importing", "online"},
    {"report", "site", "server", "cli", "__main__"},
)
# What takes values and gives values: no clock, disk, network, process or terminal.
PURE = (
    "biblio",
    *sorted(f"biblio.{room}" for rooms in STOREYS[:3] for room in rooms - {"biblio"}),
    "biblio.check.rules",
)

# What reads or changes something that is not an argument: files, clock, environment, chance, network, terminal.
WORLD = set(
    "asyncio datetime getpass glob io locale logging multiprocessing os pathlib platform random secrets shutil signal "
    "socket ssl subprocess sys tempfile threading time urllib uuid warnings weasyprint pybtex pypandoc typer".split()
)
TOUCHES = {"open", "print", "input", "exec", "eval", "__import__", "breakpoint"}

# Who alone may import what.
ALONE = {
    "watchfiles": {"biblio.project.changes"},
    "weasyprint": {"biblio.outputs.pdf.bounds", "biblio.outputs.pdf.engine", "biblio.outputs.pdf.kept"},
    "pydyf": {"biblio.outputs.pdf.finish", "biblio.outputs.pdf.packing"},
    "pybtex": {"biblio.project.bst_process", "biblio.project.pybtex", "biblio.project.reader_process"},
    "pymarc": {"biblio.formats.marc.encodings"},
    "pypandoc": {"biblio.project.pandoc"},
    "distributed": {"biblio.build.cluster"},
    "fontTools": {"biblio.outputs.pdf.engine"},
    "httpx": {"biblio.online.wire"},
    "jinja2": {"biblio.outputs.template"},
    "markdown_it": {"biblio.compose.prose"},
    "markupsafe": {
        "biblio.outputs.coverage_page",
        "biblio.outputs.html",
        "biblio.outputs.links_page",
        "biblio.outputs.listing",
        "biblio.site.view",
    },
    "segno": {"biblio.outputs.qr"},
    "starlette": {"biblio.server"},
    "typer": {"biblio.cli"},
    "uvicorn": {"biblio.server.clients", "biblio.server.run"},
    "xlsxwriter": {"biblio.outputs.workbook"},
    "yaml": {"biblio.editing.yaml_tree", "biblio.yaml_model.loader", "biblio.yaml_model.mistakes"},
}


@cache
def imports(tree: ast.AST) -> tuple[str, ...]:
    """The modules that some code imports; of ours, the very module that a name comes from."""
    return tuple(_imports(tree))


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in nodes(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.module, "a relative import"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in modules() else node.module


@cache
def places(tree: ast.AST) -> tuple[tuple[str, str], ...]:
    """The modules and functions that a table names by their places, which ``biblio.places`` imports."""
    values = (str(node.value) for node in nodes(tree) if isinstance(node, ast.Constant))
    found = (value.partition(":") for value in values if re.fullmatch(r"biblio[\w.]*:\w+", value))
    return tuple((module, name) for module, _, name in found)


def own(tree: ast.AST) -> list[str]:
    """What some code knows of ours: what it imports, and what it names by its place."""
    return [name for name in (*imports(tree), *(module for module, _ in places(tree))) if name in modules()]


def outside(tree: ast.AST, but: str = "") -> set[str]:
    return {name.partition(".")[0] for name in imports(tree) if name not in modules() and name != but}


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else module


def storey(module: str) -> int:
    return next(level for level, rooms in enumerate(STOREYS) if room(module) in rooms)


def is_pure(module: str) -> bool:
    return any(module == name or (name != "biblio" and module.startswith(f"{name}.")) for name in PURE)


def test_every_room_has_its_storey() -> None:
    rooms = [room for rooms in STOREYS for room in rooms]
    assert sorted(rooms) == sorted({room(module) for module in modules()})


def test_a_module_imports_from_its_own_storey_or_a_lower_one() -> None:
    known = ((module, name) for module, tree in modules().items() for name in own(tree))
    assert [(module, name) for module, name in known if storey(name) > storey(module)] == []


def test_no_two_rooms_import_each_other_in_a_circle() -> None:
    rooms: dict[str, set[str]] = {room(module): set() for module in modules()}
    for module, tree in modules().items():
        rooms[room(module)] |= {room(name) for name in own(tree)} - {room(module)}
    assert len(list(TopologicalSorter(rooms).static_order())) == len(rooms)


def test_no_two_modules_import_each_other_in_a_circle() -> None:
    order = list(TopologicalSorter({module: own(tree) for module, tree in modules().items()}).static_order())
    assert len(order) == len(modules())


def test_our_modules_are_imported_at_the_top() -> None:
    """There, or for the type checker alone."""
    for module, tree in modules().items():
        body = list(tree.body)
        for node in tree.body:
            if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
                body += node.body
        statements = [node for node in body if isinstance(node, ast.Import | ast.ImportFrom)]
        top = [name for node in statements for name in imports(node) if name in modules()]
        assert sorted(name for name in imports(tree) if name in modules()) == sorted(top), module


def test_a_place_leads_to_a_function() -> None:
    named = [place for tree in modules().values() for place in places(tree)]
    assert named
    for name, function in named:
        functions = {node.name for node in modules()[name].body if isinstance(node, ast.FunctionDef)}
        assert function in functions, f"{name}:{function}"


# Python 3.11.0 to 3.11.4 lose matches of a possessive quantifier behind a group; an atomic group matches as it should.
POSSESSIVE_GROUP = re.compile(r"(?<!\\)\)(?:[*+?]|\{\d*,?\d*\})\+")


def test_an_expression_matches_alike_on_every_python() -> None:
    for module, tree in modules().items():
        strings = [node.value for node in nodes(tree) if isinstance(node, ast.Constant)]
        assert [value for value in strings if isinstance(value, str) and POSSESSIVE_GROUP.search(value)] == [], module


@pytest.mark.parametrize("library", ALONE)
def test_a_library_is_known_to_its_module_alone(library: str) -> None:
    users = {module for module, tree in modules().items() if library in outside(tree)}
    assert users
    assert {
        module for module in users if not any(f"{module}.".startswith(f"{may}.") for may in ALONE[library])
    } == set()


def test_what_is_pure_knows_nothing_of_the_world_outside() -> None:
    for module in filter(is_pure, modules()):
        # urllib.parse takes addresses apart and opens none.
        assert outside(modules()[module], but="urllib.parse") & WORLD == set(), module
        called = {
            node.func.id
            for node in nodes(modules()[module])
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert called & TOUCHES == set(), module


def test_only_the_command_line_prints_and_leaves() -> None:
    for module, tree in modules().items():
        names = {node.id for node in nodes(tree) if isinstance(node, ast.Name)}
        assert "print" not in names, module
        # The index asks which Python this is, and so does who starts one, whose one way out are the standard streams.
        may = module.startswith("biblio.cli.") or module in (
            "biblio.__main__",
            "biblio.project.index.opened",
            "biblio.project.confined",
            "biblio.server.workshop",
            "biblio.server.workshop_process",
        )
        assert may or "sys" not in outside(tree), module


def test_formats_do_not_know_each_other() -> None:
    codecs = {module.split(".")[2] for module in modules() if module.startswith("biblio.formats.")} - {
        "text",
        "records",
        "plain_values",
        "xml_text",
        "drafts",
        "xml_tree",
        "turtle",
    }
    for module, tree in modules().items():
        if module.startswith("biblio.formats.") and module != "biblio.formats.records":
            known = {name.split(".")[2] for name in own(tree) if name.startswith("biblio.formats.")}
            assert known & codecs <= {module.split(".")[2]}, module


def test_the_tests_mirror_the_rooms() -> None:
    """Three folders stand for no room: what holds for all of it, what must not get out of it, and what others read."""
    folders = {path.parent.relative_to(TESTS).parts for path in TESTS.rglob("test_*.py")} - {()}
    rooms = {
        tuple(path.relative_to(SOURCE / "biblio").parts) for path in (SOURCE / "biblio").rglob("*") if path.is_dir()
    }
    assert folders - rooms == {("properties",), ("isolation",), ("peers",), ("plugins",)}


# The distributions that are not called what their module is.
DISTRIBUTIONS = {
    "PIL": "pillow",
    "docx": "python-docx",
    "jpype": "jpype1",
    "markdown_it": "markdown-it-py",
    "python_calamine": "python-calamine",
    "pypandoc": "pypandoc-binary",
    "yaml": "pyyaml",
}
PYPROJECT = tomllib.loads((SOURCE.parent / "pyproject.toml").read_text("utf-8"))
FOLDERS = ("tests", "bench", "fuzz", "robustness", "tools")


def names(requirements: list[str | dict[str, str]]) -> set[str]:
    """The distributions that some requirements name; a group that includes another has what that one has."""
    found = set()
    for each in requirements:
        if isinstance(each, dict):
            found |= names(PYPROJECT["dependency-groups"][each["include-group"]])
        else:
            found |= set(re.findall(r"^[\w-]+", each))
    return found


AT_RUN_TIME = names(PYPROJECT["project"]["dependencies"]).union(
    *map(names, PYPROJECT["project"]["optional-dependencies"].values())
)


def test_dependencies_are_declared() -> None:
    """What is imported is the standard library or one of the dependencies in pyproject.toml, if need be of an extra."""
    for module, tree in modules().items():
        for library in outside(tree) - sys.stdlib_module_names:
            assert DISTRIBUTIONS.get(library, library).lower() in AT_RUN_TIME, f"{module} imports {library}"


@pytest.mark.parametrize("folder", FOLDERS)
def test_what_the_tests_and_tools_need_is_declared(folder: str) -> None:
    paths = trees(folder)
    ours = {"biblio", *FOLDERS, *(path.stem for path in paths), *(path.parent.name for path in paths)}
    declared = AT_RUN_TIME.union(*map(names, PYPROJECT["dependency-groups"].values()))
    assert paths
    for path, tree in paths.items():
        for library in outside(tree) - sys.stdlib_module_names - ours:
            assert DISTRIBUTIONS.get(library, library).lower() in declared, f"{path.name} imports {library}"


def test_every_dependency_has_a_bound() -> None:
    """``make lowest`` tries them."""
    requirements = [*PYPROJECT["project"]["dependencies"]]
    for extra in PYPROJECT["project"]["optional-dependencies"].values():
        requirements += extra
    assert [each for each in requirements if not re.fullmatch(r"[\w-]+>=[\d.]+(,<[\d.]+)?", each)] == []
