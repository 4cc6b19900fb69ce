"""The form of a reference: what it shows, what it writes and nothing else, and what is done where two write at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import httpx
import pytest
from server.desks import Asked, asked, small_project

from biblio.server.entry import stamp

BIB = "references/a.bib"
ENTRY = """% Une collection
@article{dupont-2020,
  author  = "Dupont, Jean and {CRES} and de La Fontaine, Jean and others",
  title   = {L'{\\'E}tat de {INSERM}},
  journaltitle = {Revue},
  date = {2020-03-03},
  keywords = {asv; cls},
  zotero-x = {tel quel},
}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = small_project(tmp_path / "p")
    (root / BIB).write_text(ENTRY, encoding="utf-8")
    return root


def save(client: Asked, field: str, before: str | None, values: Mapping[str, str | list[str]]) -> httpx.Response:
    sent = {"key": "dupont-2020", "field": field, "base": stamp(before), "visit": "v", **values}
    answer: httpx.Response = client.post("/reference/save", data=sent)
    return answer


def look(client: Asked, field: str, values: Mapping[str, str | list[str]]) -> str:
    sent = {"key": "dupont-2020", "dossier": "", "field": field, **values}
    answer: httpx.Response = client.post("/reference/look", data=sent)
    return answer.text


def names(family: list[str], given: list[str], literal: list[str], typed: list[str]) -> dict[str, list[str]]:
    empty = [""] * len(family)
    parts = {"family": family, "given": given, "particle": empty, "suffix": empty, "literal": literal, "typed": typed}
    return {f"author:{part}": values for part, values in parts.items()}


def test_opening_and_looking_write_nothing(root: Path) -> None:
    with asked(root) as client:
        shown = client.get("/reference?key=DUPONT-2020").text
        assert 'value="L&#39;État de {INSERM}"' in shown  # a letter for its command, other markup as typed
        assert "zotero-x" in shown
        assert "Ajouter un organisme" in shown
        assert "lu : 4 avril 2021" in look(client, "date", {"date": "2021-04-04"})
        assert client.desk.journal.past == ()
    assert (root / BIB).read_text("utf-8") == ENTRY


def test_one_field_is_changed_and_nothing_else(root: Path) -> None:
    with asked(root) as client:
        assert save(client, "journaltitle", "Revue", {"journaltitle": "Autre revue"}).status_code == 200
    assert (root / BIB).read_text("utf-8") == ENTRY.replace("{Revue}", "{Autre revue}")


@pytest.mark.parametrize(
    ("field", "before", "values"),
    [
        ("title", "L'{\\'E}tat de {INSERM}", {"title": "L'État de {INSERM}"}),
        ("keywords", "asv; cls", {"keywords:word": ["asv", "cls"]}),
        ("date", "2020-03-03", {"date": " 2020-03-03 "}),
    ],
)
def test_what_is_sent_as_it_was_shown_stays_as_typed(
    root: Path, field: str, before: str, values: Mapping[str, str | list[str]]
) -> None:
    with asked(root) as client:
        assert save(client, field, before, values).status_code == 200
        assert client.desk.journal.past == ()
    assert (root / BIB).read_text("utf-8") == ENTRY


def test_a_name_is_added_and_the_others_stay_as_typed(root: Path) -> None:
    before = "Dupont, Jean and {CRES} and de La Fontaine, Jean and others"
    rows = names(
        ["", "Dupont", "Le Monde"],
        ["", "Jean", ""],
        ["CRES", "", ""],
        ["{CRES}", "Dupont, Jean", ""],
    )
    with asked(root) as client:
        assert save(client, "author", before, rows).status_code == 200
    assert '"{CRES} and Dupont, Jean and family={Le Monde}"' in (root / BIB).read_text("utf-8")


def test_a_word_is_added_as_the_others_are_joined(root: Path) -> None:
    with asked(root) as client:
        save(client, "keywords", "asv; cls", {"keywords:word": ["cls", "un, deux"]})
        assert "keywords = {cls; {un, deux}}," in (root / BIB).read_text("utf-8")
        save(client, "keywords", "cls; {un, deux}", {"keywords:word": []})
        assert "keywords" not in (root / BIB).read_text("utf-8")


def test_a_value_whose_braces_do_not_pair_is_refused_at_its_field(root: Path) -> None:
    with asked(root) as client:
        answer = save(client, "title", "L'{\\'E}tat de {INSERM}", {"title": "L'État de {INSERM"})
        assert answer.status_code == 422
        assert "Ce n&#39;est pas fait" in answer.text
    assert (root / BIB).read_text("utf-8") == ENTRY


@pytest.mark.parametrize("typed", ["Un.\r\n\r\nDeux,\r\net trois.", "E\u0301tat", "a\x0bb", "", "  Un  deux "])
def test_a_field_that_was_saved_is_not_told_as_changed_elsewhere(root: Path, typed: str) -> None:
    with asked(root) as client:
        for before in (None, "perdu en route"):  # the answer of the first may not have come back
            saved = save(client, "abstract", before, {"abstract": typed})
            assert saved.status_code == 200
            (mark,) = re.findall(r'data-stamp="(\w*)"', saved.text)
            shown = client.get("/reference/field?key=dupont-2020&name=abstract").text
            assert f'data-base="{mark}"' in shown


def test_edits_of_one_field_that_follow_each_other_are_one_step(root: Path) -> None:
    with asked(root) as client:
        save(client, "journaltitle", "Revue", {"journaltitle": "Autre"})
        save(client, "journaltitle", "Autre", {"journaltitle": "Autre revue"})
        save(client, "date", "2020-03-03", {"date": "2021"})
        assert [step.said for step in client.desk.journal.past] == [
            "« Revue » de dupont-2020",
            "« Date » de dupont-2020",
        ]
        client.post("/undo")
        client.post("/undo")
    assert (root / BIB).read_text("utf-8") == ENTRY


def test_another_field_that_somebody_else_changed_is_no_conflict(root: Path) -> None:
    with asked(root) as client:
        client.get("/reference?key=dupont-2020")
        other = ENTRY.replace("2020-03-03", "2022")
        (root / BIB).write_text(other, encoding="utf-8")  # the desk may not have seen it yet
        assert save(client, "journaltitle", "Revue", {"journaltitle": "Autre"}).status_code == 200
    assert (root / BIB).read_text("utf-8") == other.replace("{Revue}", "{Autre}")


def conflict(client: Asked, root: Path, field: str, before: str, theirs: str, values: Mapping[str, str]) -> str:
    (root / BIB).write_text(ENTRY.replace(before, theirs), encoding="utf-8")
    client.portal.call(client.desk.changed)  # type: ignore[union-attr]
    answer = save(client, field, before, values)
    assert answer.status_code == 409
    assert "changé ailleurs" in answer.text
    assert (root / BIB).read_text("utf-8") == ENTRY.replace(before, theirs)
    found = re.search(r'data-stamp="(\w*)"', answer.text)
    assert found is not None
    return found[1]


def test_the_same_field_changed_elsewhere_is_shown_and_nothing_is_lost(root: Path) -> None:
    with asked(root) as client:
        base = conflict(client, root, "journaltitle", "Revue", "La leur", {"journaltitle": "La mienne"})
        sent = {"key": "dupont-2020", "field": "journaltitle", "base": base, "journaltitle": "La mienne"}
        assert client.post("/reference/both", data=sent).status_code == 200
        text = (root / BIB).read_text("utf-8")
        assert "journaltitle = {La mienne}" in text
        assert "{Revue : La leur}" in text  # the internal note


def test_what_i_typed_is_kept_over_what_is_there_when_i_say_so(root: Path) -> None:
    with asked(root) as client:
        conflict(client, root, "journaltitle", "Revue", "La leur", {"journaltitle": "La mienne"})
        assert save(client, "journaltitle", "La leur", {"journaltitle": "La mienne"}).status_code == 200
    assert "journaltitle = {La mienne}" in (root / BIB).read_text("utf-8")


def test_a_fault_is_told_at_its_field_and_mended(root: Path) -> None:
    with asked(root) as client:
        seen = look(client, "date", {"date": "2020-3-3"})
        assert re.search(r'class="of-field" data-of="date">\s*<div class="fault', seen)
        save(client, "date", "2020-03-03", {"date": "2020-3-3"})
        answer = client.post("/reference/fix", data={"key": "dupont-2020", "field": "date", "code": "R310"})
        assert answer.status_code == 200
    assert (root / BIB).read_text("utf-8") == ENTRY


def test_the_notice_is_escaped(root: Path) -> None:
    with asked(root) as client:
        seen = look(client, "title", {"title": '<script>alert("x")</script>'})
        assert "<script>" not in seen
        assert "&lt;script&gt;" in seen


def test_an_unknown_key_is_said(root: Path) -> None:
    with asked(root) as client:
        answer = client.get("/reference?key=<b>rien")
        assert answer.status_code == 422
        assert "&lt;b&gt;rien" in answer.text
        assert 'id="preview"' not in answer.text
        assert "dupont-2020" in client.get("/reference?key=dupon-2020").text  # the one that is meant
