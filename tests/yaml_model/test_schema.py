"""The JSON Schema that editors use: it accepts what the loader accepts, and refuses what it refuses."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from notation import cases, faults_shown

from biblio.dossier.loader import load_dossier
from biblio.dossier.section import SORT_KEYS
from biblio.dossier.spec import MODELS, DossierSpec
from biblio.yaml_model.json_schema import json_schema
from biblio.yaml_model.keys import Shape, keys_of

ROOT = Path(__file__).parents[2]
PUBLISHED = ROOT / "docs" / "schema" / "dossier.schema.json"
SCHEMA = json_schema(DossierSpec, MODELS, "biblio dossier", "fr")
VALIDATOR = Draft202012Validator(SCHEMA)
# Faults that no schema of the parsed values can see: those of the text, and of the calendar.
BEYOND = {"D101", "D102", "D103", "D104", "D107", "D110", "D114", "D124", "D132", "D135", "D136", "D143", "D144"}


class EditorLoader(yaml.SafeLoader):
    """YAML as editors read it: the core schema of YAML 1.2 (§ 10.3), whose only words are true, false and null."""


EditorLoader.yaml_implicit_resolvers = {}
for kind, pattern, first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+0123456789.")),
):
    EditorLoader.add_implicit_resolver(f"tag:yaml.org,2002:{kind}", re.compile(f"(?:{pattern})$"), first)


def accepted_by_schema(text: str) -> bool:
    try:
        return VALIDATOR.is_valid(yaml.load(text, EditorLoader))
    except yaml.YAMLError:
        return False


def accepted_by_loader(text: str) -> bool:
    return load_dossier(text, "cas.yaml", "cas").diagnostics == ()


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_the_published_schema_is_the_one_of_the_program() -> None:
    assert json.loads(PUBLISHED.read_text(encoding="utf-8")) == SCHEMA
    assert PUBLISHED.read_text(encoding="utf-8") == json.dumps(SCHEMA, ensure_ascii=False, indent=2) + "\n"


@pytest.mark.parametrize("path", sorted((ROOT / "dossiers").glob("*.yaml")), ids=lambda path: path.stem)
def test_the_house_dossiers_follow_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert accepted_by_schema(text)
    target = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
    assert target
    assert (path.parent / target[1]).resolve() == PUBLISHED


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_key_of_the_model_is_described_and_no_other(lang: str) -> None:
    schema = json_schema(DossierSpec, MODELS, "biblio dossier", lang)
    levels = {"DossierSpec": schema, **schema["$defs"]}
    assert levels.keys() == MODELS.keys()
    for name, model in MODELS.items():
        declared = keys_of(model)
        assert levels[name]["properties"].keys() == declared.keys()
        assert levels[name]["required"] == [key for key, declaration in declared.items() if declaration.required]
        assert levels[name]["additionalProperties"] is False
        for key, declaration in declared.items():
            assert levels[name]["properties"][key]["description"] == declaration.about[lang]
            # A key and what it refers to are declared together.
            refers = declaration.shape in (Shape.OBJECT, Shape.OBJECTS, Shape.ONE_OR_MORE)
            assert (declaration.of in MODELS) == refers


# The least that an object of each level says, and the key of a section that holds it.
LEAST: dict[str, dict[str, Any]] = {
    "DossierSpec": {},
    "SectionSpec": {"title": "Partie"},
    "Query": {},
    "Pin": {"key": "a"},
    "LinkSpec": {"label": "Site", "url": "https://www.example.org/"},
    "ItemSpec": {"title": "Appel"},
    "EventSpec": {"title": "Journée", "date": "2023-04"},
    "CoverSpec": {},
    "ImageSpec": {"file": "images/logo.png", "alt": "CRES"},
    "EmailSpec": {},
    "TextSpec": {"kind": "preface", "text": "Un mot."},
}
HOLDERS = {"Query": "select", "Pin": "pin", "LinkSpec": "links", "ItemSpec": "items", "EventSpec": "agenda"}


@pytest.mark.parametrize("name", MODELS)
def test_the_example_of_every_key_is_accepted_by_both(name: str) -> None:
    for key, declaration in keys_of(MODELS[name]).items():
        level = LEAST[name] | {key: yaml.load(declaration.example, EditorLoader)}
        whole: dict[str, Any] = {"title": "Titre", "date": "2023", "publisher": "CRES"}
        match name:
            case "CoverSpec":
                whole["cover"] = level
            case "ImageSpec":
                whole["cover"] = {"logo": level}
            case "EmailSpec":
                whole["email"] = level
            case "TextSpec":
                whole["texts"] = [level]
            case "DossierSpec":
                whole |= level
            case "SectionSpec":
                whole["sections"] = [level]
            case _:
                whole["sections"] = [{"title": "Partie", HOLDERS[name]: level if name == "Query" else [level]}]
        text = yaml.safe_dump(whole, allow_unicode=True)
        assert faults_shown(load_dossier(text, "cas.yaml", "cas").diagnostics) == []
        assert accepted_by_schema(text)


@pytest.mark.parametrize("case", cases("dossier/cases"), ids=lambda case: case.name)
def test_what_the_loader_refuses_the_schema_refuses(case: Any) -> None:
    reported = load_dossier(case.source, "cas.yaml", "cas").diagnostics
    if {each.code for each in reported} <= BEYOND or "2023-02-29" in case.source:
        assert case.name.endswith("nothing wrong") or reported
        return
    assert not accepted_by_schema(case.source)


WORDS = st.text(st.sampled_from("aé -:#2'\"~"), min_size=1, max_size=8)
NUMBERS = st.integers(0, 3000) | st.booleans() | st.none()
DATES = st.sampled_from(["2023", "2023-04", "2023-04-25", "2023-13", "2023-21", "0000", "2023-4", "hier", 2023, 7])
SLUGS = st.sampled_from(["cres", "con", "mon-style", "Été", "-a", "a" * 64, "a" * 65, "lpt1"])
ANY = st.one_of(WORDS, NUMBERS, st.lists(WORDS, max_size=2), st.dictionaries(WORDS, WORDS, max_size=1))
LISTS = st.one_of(WORDS, st.lists(WORDS, max_size=3), ANY)
SORTS = st.lists(st.sampled_from([*SORT_KEYS, *(f"-{key}" for key in SORT_KEYS), "couleur"]), max_size=2) | ANY
# What a query may ask, rightly or not; ranges that run backwards are for the loader alone to see.
RANGES = st.sampled_from(
    [
        "2018..2023",
        "2018 .. 2023",
        "2018..",
        "..2023",
        "..",
        "2018...2023",
        "2019-06..2019-07",
        "2018-13..",
        "hier",
        2019,
    ]
)
ONE_OR_SOME = st.sampled_from(["doi", ["annotation", "doi"], [], "doii", ["url", 3]])
SIMPLE = st.fixed_dictionaries(
    {},
    optional={
        "theme": LISTS,
        "text": WORDS | ANY,
        "issued": RANGES | st.lists(RANGES, max_size=2) | ANY,
        "since": DATES,
        "open_access": st.sampled_from([True, False, "oui", None, "true"]),
        "has": ONE_OR_SOME,
        "tehme": WORDS,
    },
)
QUERIES = st.recursive(
    SIMPLE,
    lambda inner: st.fixed_dictionaries(
        {}, optional={"any": inner | st.lists(inner, max_size=2), "none": inner | WORDS, "theme": WORDS}
    ),
    max_leaves=4,
)
EVENTS = st.fixed_dictionaries(
    {"title": WORDS, "date": DATES}, optional={"start": st.sampled_from(["9:30", "09h05", "24:00", "midi", "7", "1:2"])}
)
PINS = st.fixed_dictionaries(
    {}, optional={"key": WORDS, "at": st.sampled_from(["first", "last", "ici"]), "after": WORDS, "autre": WORDS}
)


def sections(depth: int) -> st.SearchStrategy[Any]:
    inner = st.lists(sections(depth - 1), max_size=2) if depth else ANY
    keys: dict[str, st.SearchStrategy[Any]] = {
        "title": WORDS,
        "references": LISTS,
        "sort": SORTS,
        "pin": st.lists(PINS, max_size=2),
        "sections": inner,
    }
    keys |= {
        "select": QUERIES | ANY,
        "limit": st.sampled_from([0, 5, "cinq", -1]),
        "agenda": st.lists(EVENTS, max_size=1),
    }
    return st.fixed_dictionaries({}, optional={**keys, "titel": WORDS})


DOSSIERS = st.fixed_dictionaries(
    {"title": WORDS | ANY, "date": DATES, "publisher": WORDS},
    optional={
        "subtitle": ANY,
        "event": WORDS,
        "authors": LISTS,
        "keywords": LISTS,
        "closing": WORDS,
        "autre": WORDS,
        "lang": st.sampled_from(["fr", "en", "de", "no"]),
        "style": SLUGS,
        "sitography": sections(1),
        "sections": st.lists(sections(1), max_size=2),
    },
)


@given(DOSSIERS)
def test_loader_and_schema_agree(dossier: Any) -> None:
    """On whatever is written as an editor would: texts that look like numbers in quotes."""
    text = yaml.safe_dump(dossier, allow_unicode=True, sort_keys=False)
    assert accepted_by_schema(text) == accepted_by_loader(text)
