"""The pages of the rules say what the rules say."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

from biblio.words.tables import faults

ROOT = Path(__file__).parents[2]


def tool() -> ModuleType:
    """The tool that makes the pages."""
    spec = importlib.util.spec_from_file_location("rules_pages", ROOT / "tools" / "rules_pages.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_pages_are_those_that_the_tool_makes() -> None:
    made = tool().pages()
    stale = [name for name, text in made.items() if not _is(ROOT / name, text)]
    assert stale == [], "run: python tools/rules_pages.py"
    kept = {f"docs/regles/{path.name}" for path in (ROOT / "docs" / "regles").glob("*.md")}
    assert kept - set(made) == set()


def _is(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


def test_every_code_has_a_page_and_a_row() -> None:
    made = tool().pages()
    for code in faults():
        assert f"# {code} " in made[f"docs/regles/{code}.md"]
        assert made["docs/reference/regles.md"].count(f"](../regles/{code}.md)") == 1
