"""The record of a build: written, read back, compared."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biblio.project.manifest import (
    Change,
    Inputs,
    Manifest,
    Options,
    changes,
    dumps,
    inputs_of,
    loads,
    sha256,
    with_earlier,
)
from biblio.project.project import Project
from biblio.project.source import SourceFile
from biblio.report.text import as_text
from biblio.words.faults import Span, diagnose

FILES = (SourceFile("references/é.bib", b"@misc{a}"), SourceFile("dossiers/cas.yaml", b"title: T"))
INPUTS = inputs_of(FILES, Options("cres", ("pdf", "html")), {"weasyprint": "70.0"})
MANIFEST = Manifest("cas", INPUTS, {"cas.pdf": sha256(b"pdf")})


def test_the_hash_of_a_file_is_the_sha_256_of_its_bytes() -> None:
    assert sha256(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert INPUTS.files["references/é.bib"] == sha256(b"@misc{a}")


def test_a_manifest_written_is_read_back() -> None:
    assert loads(dumps(MANIFEST)) == MANIFEST


def test_it_is_one_text_whatever_the_order_of_its_parts() -> None:
    other = Manifest("cas", inputs_of(reversed(FILES), INPUTS.options, INPUTS.versions), MANIFEST.outputs)
    assert dumps(other) == dumps(MANIFEST)
    assert "é.bib" in dumps(MANIFEST)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "1", '"cas"', "{}", '{"dossier": "cas"}', "[" * 100_000, '{"inputs": {"options": []}}'],
)
def test_what_is_no_manifest_is_refused(text: str) -> None:
    assert loads(text) is None


@given(st.recursive(st.none() | st.text(max_size=3), lambda inner: st.lists(inner, max_size=3)))
def test_any_value_in_the_place_of_another_is_refused_or_read(value: object) -> None:
    record = json.loads(dumps(MANIFEST))
    for place in (record, record["inputs"], record["inputs"]["options"]):
        for name in list(place):
            before = place[name]
            place[name] = value
            loaded = loads(json.dumps(record))
            place[name] = before
            assert loaded is None or isinstance(loaded, Manifest)


def test_the_same_inputs_have_no_change() -> None:
    assert changes(INPUTS, INPUTS) == ()


def test_changes_are_named_by_their_kind() -> None:
    files = {"dossiers/cas.yaml": "autre", "references/b.bib": "x"}
    after = Inputs(files, replace(INPUTS.options, style="sobre", epoch="1"), {"pydyf": "1", "weasyprint": "71.0"})
    assert changes(INPUTS, after) == (
        Change("changed", "dossiers/cas.yaml"),
        Change("added", "references/b.bib"),
        Change("removed", "references/é.bib"),
        Change("changed", "option epoch"),
        Change("changed", "option style"),
        Change("added", "version pydyf"),
        Change("changed", "version weasyprint"),
    )


TOLD = diagnose("D201", Span("dossiers/cas.yaml", 7, 3, 12), "lemoine-2019", key="lemoine-2019")


def test_what_was_told_is_kept() -> None:
    told = replace(MANIFEST, diagnostics={"pdf": (TOLD, diagnose("W110", None, kind="a", output="b", kinds="c"))})
    assert loads(dumps(told)) == told


@pytest.mark.parametrize(
    ("name", "value"),
    [("code", "Z999"), ("code", 3), ("arguments", {}), ("arguments", {"key": 1}), ("span", []), ("citekey", 1)],
)
def test_a_fault_that_cannot_be_said_is_refused(name: str, value: object) -> None:
    record = json.loads(dumps(replace(MANIFEST, diagnostics={"pdf": (TOLD,)})))
    record["diagnostics"]["pdf"][0][name] = value
    assert loads(json.dumps(record)) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
)


@given(value=JSON, data=st.data())
def test_any_shape_of_a_manifest_is_read_or_refused_and_what_is_read_can_be_compared(
    value: object, data: st.DataObject
) -> None:
    record = json.loads(dumps(replace(MANIFEST, diagnostics={"pdf": (TOLD,)})))
    levels = [record, record["inputs"], record["inputs"]["options"], record["inputs"]["files"], record["outputs"]]
    levels += [record["diagnostics"], record["diagnostics"]["pdf"][0], record["diagnostics"]["pdf"][0]["span"]]
    level = data.draw(st.sampled_from(levels))
    level[data.draw(st.sampled_from(sorted(level)))] = value
    loaded = loads(json.dumps(record))
    if loaded is not None:
        changes(loaded.inputs, INPUTS)
        changes(INPUTS, loaded.inputs)
        dumps(with_earlier(MANIFEST, loaded)).encode()
        as_text([each for told in loaded.diagnostics.values() for each in told], {}, "fr")


def test_two_names_never_meet(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path / "references")
    (tmp_path / "dossiers").mkdir()
    (tmp_path / "references").mkdir()
    names = [b"\xe9.bib", b"\xe8.bib", b"\\xe9.bib", "\ufffd.bib".encode()]
    for number, name in enumerate(names):
        Path(os.fsdecode(folder + b"/" + name)).write_text(f"@misc{{cle-{number}}}\n", encoding="utf-8")
    files = inputs_of(Project(tmp_path).reference_files, Options("cres", ("pdf",)), {}).files
    assert len(files) == len(set(files.values())) == len(names)


def test_one_read_serves_what_is_made_of_a_file_and_its_hash(tmp_path: Path) -> None:
    spec = tmp_path / "dossiers" / "cas.yaml"
    spec.parent.mkdir()
    spec.write_text("title: Avant\ndate: 2023\npublisher: CRES\n", encoding="utf-8")
    style = tmp_path / "styles" / "maison"
    style.mkdir(parents=True)
    (style / "style.yaml").write_text("title: Avant\n", encoding="utf-8")
    project = Project(tmp_path)
    loaded, read = project.dossier("cas").value, project.style_files("maison")
    spec.write_text("title: Après\ndate: 2023\npublisher: CRES\n", encoding="utf-8")
    (style / "style.yaml").write_text("title: Après\n", encoding="utf-8")
    assert loaded is not None
    assert loaded.title == "Avant"
    assert "Avant" in project.dossier_file("cas").content.decode()
    assert project.style_files("maison") == read
