"""What readers see is in the files of words, or in the row of the very thing that it describes (decision 0016)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from sources import GROUP, nodes, trees

pytestmark = GROUP
# The rows that say what they are; in both languages where users read it.
ROWS = {"declare", "Form", "Kind", "Output", "Format", "Export", "Preset", "Rule"}
# What prints.
SAYS = {"echo", "secho", "tell", "print", "prompt", "confirm", "write", "BiblioError", "Exit"}
# Words of the material itself, which the program looks for and never says.
DATA = {
    "ENDNOTE_TYPES",
    "JOURNALS",
    "LABELS",
    "LEXIQUE",
    "MONTHS",
    "OQLF",
    "RAE",
    "REGIONS",
    "ROMAND",
    "STYLES",
    "UNITS",
}
_SENTENCE = re.compile(r"[^\W\d_]{2,}[,;:]? [^\W\d_]+[,;:]? [^\W\d_]{2,}")
_SIGN_OF_ONE = re.compile(r"\A[A-ZÀ-Ý][^\W\d_A-Z]+[ ,]|[^\W\d_][,;:.!?…](?: |\Z)")
# What SQLite is asked and told.
_SQL = re.compile(r"\)?\s*(?:SELECT|UPDATE|INSERT|DELETE|CREATE|FROM|JOIN|WHERE|AS) ")
_WORDS = re.compile(r"(?!biblio )[^\W\d_]{2,} [^\W\d_]+")


def docstrings(tree: ast.AST) -> set[int]:
    return {
        id(node.body[0].value)
        for node in nodes(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        if node.body and isinstance(node.body[0], ast.Expr)
    }


def inside(tree: ast.AST, calls: set[str]) -> Iterator[ast.AST]:
    """Everything in the arguments of these calls."""
    for node in nodes(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in calls:
            for argument in (*node.args, *(keyword.value for keyword in node.keywords)):
                yield from nodes(argument)


def assigned(tree: ast.AST, names: set[str]) -> Iterator[ast.AST]:
    for node in nodes(tree):
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        if any(isinstance(target, ast.Name) and target.id.lstrip("_") in names for target in targets):
            yield from nodes(node)


def sentences(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The sentences in the code of a module that stand neither in a row of their thing nor among the data."""
    apart = docstrings(tree) | {id(node) for node in (*inside(tree, ROWS), *assigned(tree, DATA))}
    for node in nodes(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in apart:
            is_pattern = "\\" in node.value or "(?" in node.value or "<" in node.value or _SQL.match(node.value)
            if not is_pattern and _SENTENCE.search(node.value) and _SIGN_OF_ONE.search(node.value):
                yield node.lineno, node.value


def said(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Words that the code of a module prints as they stand in it."""
    for node in inside(tree, SAYS):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _WORDS.match(node.value):
            yield node.lineno, node.value


def test_a_sentence_is_in_the_files_of_words_or_in_the_row_of_its_thing() -> None:
    for path, tree in trees("src/biblio").items():
        assert list(sentences(tree)) == [], path


def test_what_is_printed_comes_from_the_files_of_words() -> None:
    for path, tree in trees("src/biblio/cli", "src/biblio/report").items():
        assert list(said(tree)) == [], path


def test_a_sentence_elsewhere_is_seen() -> None:
    assert list(sentences(ast.parse('PAGE = "Aucun dossier ici, hélas."'))) == [(1, "Aucun dossier ici, hélas.")]
    assert list(sentences(ast.parse('declare(Shape.TEXT, fr="Le titre du dossier.")'))) == []
    assert list(said(ast.parse('typer.echo("rien à faire")'))) == [(1, "rien à faire")]
    assert list(said(ast.parse('typer.echo(say("nothing_to_do", lang))'))) == []
