"""The building stands: a module imports only from lower floors, and only the shell touches the world outside.

A room is a module or a package directly under ``biblio``; modules of one package may know each other.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src"

# The floors, from the ground up. Rooms on one floor do not know each other.
FLOORS = (
    # what everything is told with: the name and version, faults and sentences, inline text
    {"biblio", "catalogue", "diagnostics", "richtext"},
    # the values: references, and the dossier as composed
    {"document", "model"},
    # from files to values, and the setting of text
    {"formats", "typography", "yaml_model"},
    # from values to lines of text
    {"citation"},
    # what a documentalist describes: dossiers and styles; and the rules that a linter applies
    {"dossier", "lint", "style"},
    # a selection in a style becomes a document, and answers for what it holds, lacks and held before
    {"compose", "coverage", "editions", "outline", "why"},
    # ------------------------------------------------------ below, nothing but values; above, the world outside
    # a document becomes HTML, PDF, or text on a terminal; faults become text or JSON
    {"render", "terminal"},
    {"report"},
    {"report_github", "report_sarif"},
    # the disk and other programs: files are read, remembered and written, a new project is made, pandoc is run
    {"cache", "config", "overwrite", "processor", "publish", "starter"},
    {"project"},
    # what one does with a project
    {"completion", "doctor", "manifest", "new", "preview"},
    # the pipeline
    {"build"},
    {"batch", "check", "history", "verify"},
    # the command line: its streams and sentences, then its commands
    {"cli_options", "cli_words", "console"},
    {"cli_check", "cli_dossier"},
    {"cli"},
    {"__main__"},
)
CORE = FLOORS[:6]

# What reads or changes something that is not an argument: files, clock, environment, chance, network, terminal.
WORLD = set(
    "asyncio datetime getpass glob io locale logging multiprocessing os pathlib platform random secrets shutil signal "
    "socket ssl subprocess sys tempfile threading time urllib uuid warnings weasyprint pypandoc typer".split()
)
TOUCHES = {"open", "print", "input", "exec", "eval", "__import__", "breakpoint"}

# Who alone may import what.
ALONE = {
    "weasyprint": {"biblio.render.pdf", "biblio.doctor"},  # the doctor looks whether it is there
    "pydyf": {"biblio.render.pdf_finish"},
    "pypandoc": {"biblio.processor"},
    "fontTools": {"biblio.render.pdf"},
    "jinja2": {"biblio.render.coverage", "biblio.render.html"},
    "markdown_it": {"biblio.compose.prose"},
    "markupsafe": {"biblio.render.coverage", "biblio.render.html"},
    "typer": {"biblio.cli", "biblio.cli_check", "biblio.cli_dossier", "biblio.cli_options", "biblio.cli_words"},
    "yaml": {"biblio.yaml_model.loader"},
}


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module_name(path): ast.parse(path.read_text("utf-8")) for path in sorted((SOURCE / "biblio").rglob("*.py"))}


def imports(tree: ast.AST) -> Iterator[str]:
    """The modules that some code imports; of ours, the very module that a name comes from."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.module, "a relative import"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in MODULES else node.module


def own(tree: ast.AST) -> list[str]:
    return [name for name in imports(tree) if name in MODULES]


def outside(tree: ast.AST, but: str = "") -> set[str]:
    return {name.partition(".")[0] for name in imports(tree) if name not in MODULES and name != but}


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else module


def floor(module: str) -> int:
    return next(level for level, rooms in enumerate(FLOORS) if room(module) in rooms)


CORE_MODULES = [module for module in MODULES if any(room(module) in rooms for rooms in CORE)]


def test_every_room_has_its_floor() -> None:
    rooms = [room for rooms in FLOORS for room in rooms]
    assert sorted(rooms) == sorted({room(module) for module in MODULES})


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_from_lower_floors(module: str) -> None:
    higher = [name for name in own(MODULES[module]) if room(name) != room(module) and floor(name) >= floor(module)]
    assert higher == []


def test_no_two_modules_import_each_other_in_a_circle() -> None:
    order = list(TopologicalSorter({module: own(tree) for module, tree in MODULES.items()}).static_order())
    assert len(order) == len(MODULES)


@pytest.mark.parametrize("module", MODULES)
def test_our_modules_are_imported_at_the_top(module: str) -> None:
    top = [name for node in MODULES[module].body for name in own(node) if isinstance(node, ast.Import | ast.ImportFrom)]
    assert own(MODULES[module]) == top


@pytest.mark.parametrize("library", ALONE)
def test_a_library_is_known_to_its_module_alone(library: str) -> None:
    users = {module for module, tree in MODULES.items() if library in outside(tree)}
    assert users
    assert users <= ALONE[library]


@pytest.mark.parametrize("module", CORE_MODULES)
def test_the_core_knows_nothing_of_the_world_outside(module: str) -> None:
    # urllib.parse takes addresses apart and opens none.
    assert outside(MODULES[module], but="urllib.parse") & WORLD == set()
    called = {
        node.func.id
        for node in ast.walk(MODULES[module])
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert called & TOUCHES == set()


def test_only_the_command_line_prints_and_leaves() -> None:
    for module, tree in MODULES.items():
        names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        assert "print" not in names, module
        # The doctor and the cache ask which Python this is.
        may = ("biblio.cli", "biblio.console", "biblio.doctor", "biblio.cache")
        assert module in may or "sys" not in outside(tree), module


def test_formats_do_not_know_each_other() -> None:
    codecs = {module.split(".")[2] for module in MODULES if module.startswith("biblio.formats.")} - {"text"}
    for module, tree in MODULES.items():
        if module.startswith("biblio.formats."):
            known = {name.split(".")[2] for name in own(tree) if name.startswith("biblio.formats.")}
            assert known & codecs <= {module.split(".")[2]}, module


def test_dependencies_are_declared() -> None:
    """What is imported is the standard library or one of the dependencies in pyproject.toml, if need be of an extra."""
    declared = (SOURCE.parent / "pyproject.toml").read_text("utf-8").partition("\ndependencies = [")[2]
    declared = declared.partition("[project.scripts]")[0]
    allowed = {"yaml": "pyyaml", "markdown_it": "markdown-it-py", "pypandoc": "pypandoc-binary"}
    allowed |= {"fontTools": "weasyprint", "pydyf": "weasyprint"}  # WeasyPrint brings them
    for module, tree in MODULES.items():
        for library in outside(tree) - sys.stdlib_module_names:
            assert f'"{allowed.get(library, library)}>' in declared, f"{module} imports {library}"
