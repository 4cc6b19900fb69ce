"""The record of a build: written, read back, compared."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biblio.project.manifest import Change, Inputs, Manifest, Options, changes, dumps, inputs_of, loads, sha256
from biblio.project.project import SourceFile

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
