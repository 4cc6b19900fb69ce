"""What check finds, at the desk: grouped, explained, mended once it was seen, and silenced for a reason."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from server.desks import Asked, asked

from biblio.check.baseline import dumps
from biblio.check.check import check
from biblio.project.project import Project

BIB = """@book{un,
  title = {Un titre},
  author = {Le Bodo, Yann},
  date = {2019},
  publisher = {Presses},
  doi = {https://doi.org/10.1000/182},
}
@book{deux,
  title = {Un autre},
  author = {Durand, Anne},
  date = {2018},
  publisher = {Presses},
  doi = {https://doi.org/10.1000/183},
  url = {javascript:alert(1)},
}
"""
SPEC = "title: Essai\npublisher: Le centre\ndate: 2024\nlang: fr\nsections:\n  - title: Lire\n    references: [un]\n"
CODE = "R204"  # the address of a DOI in its place, which can be mended


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in {"references/a.bib": BIB, "dossiers/essai.yaml": SPEC, "dossiers/autre.yaml": SPEC}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def client(root: Path) -> Iterator[Asked]:
    with asked(root) as client:
        yield client


def found(client: Asked, address: str = "/faults/list") -> str:
    """The faults, once they are looked for."""
    end = time.monotonic() + 120
    while time.monotonic() < end:
        text: str = client.get(address).text
        if "Contrôle en cours" not in text:
            return text
        time.sleep(0.1)
    raise AssertionError(text)


def codes(root: Path) -> set[str]:
    return {fault.code for fault in check(Project(root))}


def test_faults_are_grouped_by_rule_with_their_places(client: Asked) -> None:
    assert "Contrôle en cours" in client.get("/faults").text
    text = found(client)
    assert text.count(f'id="rule-{CODE}"') == 1
    assert "2 fois" in text
    assert '<a href="/reference?key=un#field-doi">un</a>' in text
    assert '<a href="/reference?key=deux#field-url">deux</a>' in text
    assert "Une adresse javascript:, file: ou mal tapée ne devient jamais un lien" in text  # why
    assert "javascript:alert(1)" in text
    assert 'href="javascript' not in text
    count = client.get("/faults/count").text
    assert '<span class="tag' in count


def test_those_of_a_dossier_are_about_what_it_prints(client: Asked) -> None:
    text = found(client, "/faults/list?slug=essai")
    assert "key=un" in text
    assert "key=deux" not in text
    assert client.get("/faults?slug=rien").status_code == 422


def test_a_fix_is_seen_before_it_is_made_and_can_be_undone(client: Asked, root: Path) -> None:
    before = (root / "references/a.bib").read_bytes()
    text = client.get(f"/faults/fix?code={CODE}&key=un").text
    assert "doi = {https://doi.org/10.1000/182}," in text
    assert "doi = {10.1000/182}," in text
    assert "10.1000/183" not in text
    assert (root / "references/a.bib").read_bytes() == before
    done = client.post("/faults/fix", data={"code": CODE, "key": "un"})
    assert "C&#39;est corrigé." in done.text
    after = (root / "references/a.bib").read_text("utf-8")
    assert "doi = {10.1000/182}," in after
    assert "https://doi.org/10.1000/183" in after
    client.post("/undo")
    assert (root / "references/a.bib").read_bytes() == before


def test_all_fixes_of_a_rule_are_one_step(client: Asked, root: Path) -> None:
    client.post("/faults/fix", data={"code": CODE, "key": ""})
    assert "https://doi.org" not in (root / "references/a.bib").read_text("utf-8")
    assert CODE not in codes(root)
    assert len(client.desk.journal.past) == 1


def test_a_fault_without_a_fix_is_said(client: Asked, root: Path) -> None:
    before = (root / "references/a.bib").read_bytes()
    assert "ne se corrige pas toute seule" in client.get("/faults/fix?code=R201&key=deux").text
    assert "ne se corrige pas toute seule" in client.post("/faults/fix", data={"code": "R201", "key": "deux"}).text
    assert (root / "references/a.bib").read_bytes() == before
    assert client.get("/faults/fix?code=RIEN").status_code == 422


def test_silence_is_written_above_the_entry_with_its_reason(client: Asked, root: Path) -> None:
    assert "R201" in codes(root)
    assert "Pour quelle raison" in client.get("/faults/silence?code=R201&key=deux").text
    reason = "voulu, voir @book{x}\nainsi"
    answer = client.post("/faults/silence", data={"code": "R201", "key": "deux", "reason": reason})
    assert "Ce n&#39;est plus signalé pour deux." in answer.text
    after = (root / "references/a.bib").read_text("utf-8")
    written = "% voulu, voir (at)book{x} ainsi\n% biblio: ignore R201\n"
    assert after == BIB.replace("@book{deux", f"{written}@book{{deux")
    assert "R201" not in codes(root)
    assert 'id="rule-R201"' not in found(client)


def test_a_reason_that_the_file_cannot_hold_is_refused(client: Asked, root: Path) -> None:
    (root / "references/a.bib").write_bytes(BIB.replace("Le Bodo", "Légo").encode("cp1252"))
    client.edited()
    answer = client.post("/faults/silence", data={"code": "R201", "key": "deux", "reason": "漢"})
    assert answer.status_code == 422
    assert "漢" in answer.text


def test_what_a_baseline_knows_is_not_told_and_one_that_is_none_is_said(root: Path) -> None:
    (root / "biblio.toml").write_text('baseline = "connues.json"\n', encoding="utf-8")
    known = [fault for fault in check(Project(root)) if fault.code == CODE]
    (root / "connues.json").write_text(dumps(known), encoding="utf-8")
    with asked(root) as client:
        text = found(client)
        assert f'id="rule-{CODE}"' not in text
        assert 'id="rule-R201"' in text
        (root / "connues.json").write_text("[]", encoding="utf-8")
        client.edited()
        assert "connues.json" in found(client)
