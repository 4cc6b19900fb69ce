"""The code of the repository as trees: each file is parsed and walked once, however many tests look at it.

Only when a test asks: who collects the tests needs none of it. Tests that do ask share a process (``GROUP``).
"""

from __future__ import annotations

import ast
import gc
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src"
PACKAGE = SOURCE / "biblio"

GROUP = pytest.mark.xdist_group("sources")


@cache
def tree(path: Path) -> ast.Module:
    """The tree of a file. It is kept: the collector of garbage need not walk through it each time."""
    gc.disable()
    try:
        return ast.parse(path.read_text(encoding="utf-8"))
    finally:
        gc.freeze()
        gc.enable()


@cache
def nodes(tree: ast.AST) -> tuple[ast.AST, ...]:
    """Every node of a tree."""
    return tuple(ast.walk(tree))


@cache
def trees(*folders: str) -> dict[Path, ast.Module]:
    """Every module below some folders of the repository, by its path."""
    return {path: tree(path) for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))}


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the package, by its name in Python."""
    return {name_of(path): each for path, each in trees("src/biblio").items()}


def name_of(path: Path) -> str:
    """What Python calls the module in a file of the package."""
    return ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")
