"""The query of a section as chips: what they find while one changes them, why, and how they are written."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from server.desks import Asked, asked
from server.test_dossier import BIB, SPEC

from biblio.editing.yaml_tree import Data
from biblio.server.chips import Chip, chips_of, query_of
from biblio.server.plan import digest_of

QUERY = "select: {theme: cls, text: [soins], none: [{type: Guide}], any: [{key: beta}, {author: x}]}"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("references", "dossiers"):
        (tmp_path / name).mkdir()
    (tmp_path / "references/a.bib").write_text(BIB, "utf-8")
    (tmp_path / "dossiers/d.yaml").write_text(SPEC.replace("select: {theme: cls}", QUERY), "utf-8")
    return tmp_path


@pytest.fixture
def client(root: Path) -> Iterator[Asked]:
    with asked(root) as client:
        yield client


def words_of(text: str) -> str:
    return " ".join(html.unescape(re.sub("<[^>]*>", " ", text)).split())


@pytest.mark.parametrize(
    ("query", "chips"),
    [
        ({"theme": ["a", "b"]}, [Chip("theme", "a, b")]),
        ({"open_access": True}, [Chip("open_access", "oui")]),
        ({"none": {"type": "Guide"}}, [Chip("type", "Guide", refused=True)]),
        ({"none": [{"type": "Guide"}, {"key": "x"}]}, [Chip("type", "Guide", True), Chip("key", "x", True)]),
        ({"issued": "2018..", "limit": 3}, [Chip("issued", "2018..")]),
        ({"publisher": "Un, deux"}, []),
        ({"none": {"type": "Guide", "key": "x"}}, []),
        ({"any": [{"key": "x"}]}, []),
    ],
)
def test_chips_say_a_query_and_keep_what_they_cannot_say(query: dict[str, Data], chips: list[Chip]) -> None:
    found, rest = chips_of(query, "oui", "non")
    assert found == chips
    assert query_of(found, rest) == query


def test_chips_of_one_field_are_one_condition() -> None:
    chips = [Chip("theme", "a, b"), Chip("theme", "b,c"), Chip("inconnu", "x"), Chip("key", " , ")]
    assert query_of(chips, {}) == {"theme": ["a", "b", "c"]}


def test_the_screen_shows_chips_and_what_they_find(client: Asked) -> None:
    text = client.get("/dossier/d/query?section=sections.1").text
    assert re.findall(r'name="value" id="value-\d" value="(.*?)"', text) == ["cls", "soins", "Guide"]
    assert "any: [{&#34;key&#34;: &#34;beta&#34;}" in text
    assert "Références trouvées : 1" in words_of(text)
    assert client.get("/dossier/d/query?section=sections.9").status_code == 422


def test_what_is_found_is_told_without_saving_and_why(client: Asked, root: Path) -> None:
    before = (root / "dossiers/d.yaml").read_bytes()
    asked = {"section": "sections.1", "field": "theme", "is": "is", "value": "cls", "why": "villes"}
    text = words_of(client.get("/dossier/d/query/result", params=asked).text)
    assert "Références trouvées : 2" in text
    assert "Villes , 2020 : n'y est pas Thème : la sélection demande « cls »." in text
    text = words_of(client.get("/dossier/d/query/result", params={**asked, "value": "xyz", "why": "contrats"}).text)
    assert "Références trouvées : 0" in text
    assert "« xyz »" in text
    assert "la référence a « cls »" in text
    placed = {"section": "sections.1", "field": "placed", "is": "is", "value": "oui"}
    assert "Références trouvées : 2" in words_of(client.get("/dossier/d/query/result", params=placed).text)
    assert (root / "dossiers/d.yaml").read_bytes() == before


def test_a_query_is_saved_with_what_chips_cannot_say(client: Asked, root: Path) -> None:
    page = client.get("/dossier/d/query?section=sections.1").text
    rest = html.unescape(re.findall(r'name="rest" value="(.*?)"', page)[0])
    fields = {"section": "sections.1", "digest": digest_of((root / "dossiers/d.yaml").read_bytes()), "rest": rest}
    chips = {"field": ["theme", "audience"], "is": ["is", "not"], "value": ["cls, clsm", "élus"]}
    answer = client.post("/dossier/d/query", data={**fields, **chips}, follow_redirects=False)
    assert answer.status_code == 303
    spec = (root / "dossiers/d.yaml").read_text("utf-8")
    assert "any: [{key: beta}, {author: x}]" in spec
    assert "clsm" in spec
    assert "élus" in spec
    assert "Guide" not in spec
    assert "select" in spec
    assert client.post("/dossier/d/query", data={**fields, **chips}).status_code == 409
    assert "Annulé : sélection de la section « Par sélection » changée" in client.post("/undo").text
    fields["digest"] = digest_of((root / "dossiers/d.yaml").read_bytes())
    wrong = {"field": "issued", "is": "is", "value": "demain"}
    assert client.post("/dossier/d/query", data={**fields, **wrong}).status_code == 422


def test_the_words_that_are_offered_are_those_of_the_collection(client: Asked, root: Path) -> None:
    beside = (
        "@book{d, title = {D}, author = {{Haute Autorité} and Roux, Anne}, date = {2022-05}, audience = {élus; jeunes},"
    )
    (root / "references/b.bib").write_text(f"{beside} territory = {{Var}}}}\n", "utf-8")
    client.edited()
    page = client.get("/dossier/d/query?section=sections.1").text

    def offered(field: str) -> list[str]:
        found = re.search(rf'<datalist id="words-{field}">(.*?)</datalist>', page, re.DOTALL)
        assert found
        return [html.unescape(each) for each in re.findall(r'value="([^"]*)"', found[1])]

    assert offered("author")[:1] == ["Roux Anne"]  # she has two
    assert sorted(offered("author")) == ["Harpet Claire", "Haute Autorité", "Roux Anne"]
    assert offered("audience") == ["élus", "jeunes"]
    assert offered("territory") == ["Var"]
    assert offered("issued") == offered("since") == ["2022", "2021", "2020", "2019"]
    for field in ("author", "audience", "territory", "issued"):
        for word in offered(field):
            asked = {"section": "sections.1", "field": field, "is": "is", "value": word}
            assert "Références trouvées : 0" not in words_of(client.get("/dossier/d/query/result", params=asked).text)
