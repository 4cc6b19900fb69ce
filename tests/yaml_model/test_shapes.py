"""A shape is declared once: nothing beside its row knows which shapes there are."""

from __future__ import annotations

import ast

import pytest
from jsonschema import Draft202012Validator
from sources import GROUP, nodes, trees

from biblio.yaml_model.keys import Key, Shape

KEY = {"about": {"fr": "a", "en": "a"}, "example": "a", "of": "Pin", "choices": ("un", "deux")}


@pytest.mark.parametrize("shape", Shape, ids=lambda shape: shape.name)
def test_a_shape_has_a_name_in_both_languages_and_a_schema(shape: Shape) -> None:
    french, english = (shape.called(lang, "un lien") for lang in ("fr", "en"))
    assert french
    assert english
    assert ("un lien" in french) == ("un lien" in english)
    Draft202012Validator.check_schema(shape.schema(Key(shape, **KEY)))  # type: ignore[arg-type]


@GROUP
@pytest.mark.parametrize("folder", ["src/biblio", "tools"])
def test_shapes_are_only_named_where_keys_are_declared(folder: str) -> None:
    for path, tree in trees(folder).items():
        declaring = {
            id(node.args[0])
            for node in nodes(tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "declare"
        }
        named = [
            node.attr
            for node in nodes(tree)
            if isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id == "Shape"
            and id(node) not in declaring
        ]
        assert named == [], path
