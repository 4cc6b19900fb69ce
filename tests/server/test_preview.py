"""The pages of a dossier at the desk: what is told of them, and that they follow the files."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from outputs.edited import EDITS, SLUG, Edited, beginning
from PIL import Image
from server.desks import Asked, asked

from biblio.server.guard import POLICY
from biblio.server.workshop import Workshop

PAGES = f"/preview/{SLUG}/pages"
EDITED = beginning(Random(1))


@pytest.fixture
def edited(tmp_path: Path) -> Edited:
    EDITED.written(tmp_path)
    return EDITED


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    """A desk at which pages are only looked at, and a second dossier without any."""
    root = tmp_path_factory.mktemp("shown")
    EDITED.written(root)
    (root / "dossiers" / "aaa.yaml").write_text("title: Autre\nsections: []\n", encoding="utf-8")
    with asked(root) as client:
        yield client


def until(client: Asked, address: str, ready: Callable[[str], bool]) -> str:
    """What is answered once it is so."""
    end = time.monotonic() + 120
    while time.monotonic() < end:
        text: str = client.get(address).text
        if ready(text):
            return text
        time.sleep(0.1)
    raise AssertionError(text)


def made(client: Asked, address: str = PAGES) -> str:
    return until(client, address, lambda text: 'class="stands made"' in text)


def digests(text: str) -> dict[int, str]:
    """The digests of the pages that are told of, by number."""
    return {int(number): digest for number, digest in re.findall(r'data-number="(\d+)" data-digest="(\w+)"', text)}


def test_pages_are_made_when_somebody_looks_and_follow_an_edit_page_by_page(tmp_path: Path, edited: Edited) -> None:
    with asked(tmp_path) as client:
        first = client.get(f"/preview/{SLUG}")
        assert "Les pages se préparent" in first.text
        before = digests(made(client))
        assert list(before) == list(range(1, len(before) + 1))
        assert "À jour" in client.get(PAGES).text
        EDITS["a word more"](edited, Random(1)).written(tmp_path)
        client.edited()
        text = made(client, f"{PAGES}?since=1")
        changed = digests(text)
        assert len(changed) == 1
        assert all(before[number] != digest for number, digest in changed.items())
        assert 'data-revision="2"' in text
        assert digests(client.get(PAGES).text) == before | changed
        assert not (tmp_path / "build").exists()  # nothing is published


def test_a_page_is_an_image_as_wide_as_is_asked_for_and_for_ever_the_same(shown: Asked) -> None:
    digest = digests(made(shown))[1]
    answer = shown.get(f"/preview/{SLUG}/page.png?v={digest}&w=400")
    assert answer.headers["content-type"] == "image/png"
    assert "immutable" in answer.headers["cache-control"]
    image = Image.open(BytesIO(answer.content))
    assert image.width == 400
    assert image.height == pytest.approx(566, abs=1)
    assert image.convert("L").getextrema() != (255, 255)
    assert Image.open(BytesIO(shown.get(f"/preview/{SLUG}/page.png?v={digest}&w=9").content)).width == 100
    assert shown.get(f"/preview/{SLUG}/page.png?v=0&w=400").status_code == 404


def test_a_notice_leads_to_its_form_and_a_heading_to_its_section(shown: Asked) -> None:
    text = made(shown)
    key = EDITED.entries[0].key
    title = EDITED.entries[0].title
    link = f'href="/reference?key={key}" data-kind="notice" data-key="{key}"'
    assert link in text
    assert re.search(rf'{re.escape(link)} data-box="[\d. ]+" aria-label="Notice : {re.escape(title)}"', text)
    assert f'href="/dossier/{SLUG}#section-lire" data-kind="heading"' in text
    assert re.search(r'alt="Page \d+ sur \d+ : Lire', text)


def test_during_a_fault_the_last_pages_stay_and_the_fault_is_beside_them(tmp_path: Path, edited: Edited) -> None:
    with asked(tmp_path) as client:
        before = digests(made(client))
        spec = tmp_path / "dossiers" / f"{SLUG}.yaml"
        spec.write_text(spec.read_text("utf-8") + "sections: [\n", encoding="utf-8")
        client.edited()
        text = until(client, PAGES, lambda text: 'class="stands stale"' in text)
        assert digests(text) == before
        assert "Pages d&#39;avant" in text
        assert f'<li class="fault error"><a href="/dossier/{SLUG}">' in text
        edited.written(tmp_path)
        client.edited()
        assert digests(made(client)) == before


def test_a_dossier_without_pages_yet_says_why(tmp_path: Path, edited: Edited) -> None:
    (tmp_path / "dossiers" / f"{SLUG}.yaml").write_text("title: [", encoding="utf-8")
    with asked(tmp_path) as client:
        text = until(client, PAGES, lambda text: 'class="stands none"' in text)
        assert "Pas encore de pages" in text
        assert "fault error" in text


def test_a_press_that_ends_is_started_again_and_ends_with_the_desk(
    tmp_path: Path, edited: Edited, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[subprocess.Popen[bytes]] = []

    class Noted(subprocess.Popen[bytes]):
        def __init__(self, *arguments: Any, **named: Any) -> None:
            super().__init__(*arguments, **named)
            started.append(self)

    monkeypatch.setattr("biblio.server.workshop.subprocess.Popen", Noted)
    with asked(tmp_path) as client:
        digest = digests(made(client))[1]
        before = tuple(started)
        for each in before:
            each.kill()
            each.wait()
        assert client.get(f"/preview/{SLUG}/page.png?v={digest}&w=300").status_code == 200
        assert len(started) > len(before)
    assert all(each.wait(10) is not None for each in started)


def test_other_views_are_within_pages_of_ours_alone_and_run_nothing(shown: Asked) -> None:
    answer = shown.get(f"/preview/{SLUG}/html")
    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors 'self'" in policy
    assert "script-src" not in policy
    assert "default-src 'none'" in policy
    assert EDITED.title in answer.text
    assert shown.get(f"/preview/{SLUG}").headers["content-security-policy"] == POLICY
    assert shown.get(f"/preview/{SLUG}/source").status_code == 404


def test_the_pages_beside_a_form_are_those_of_the_dossier_that_prints_it(shown: Asked) -> None:
    key = EDITED.entries[0].key
    assert f'data-slug="{SLUG}" data-key="{key}"' in shown.get("/preview", params={"key": key}).text
    assert 'data-slug="aaa"' in shown.get("/preview", params={"key": key, "slug": "aaa"}).text
    assert 'data-slug="aaa"' in shown.get("/preview").text


@pytest.mark.parametrize("slug", ["rien", "..", "%2e%2e", "..%2fdossiers", "a%00b"])
def test_a_name_that_no_dossier_has_is_said(shown: Asked, slug: str) -> None:
    assert shown.get(f"/preview/{slug}/pages").status_code in (404, 422)


def test_the_whole_is_laid_out_once_more_when_nobody_has_edited_for_a_while(
    tmp_path: Path, edited: Edited, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked_for: list[tuple[object, ...]] = []
    plain = Workshop.do

    async def noted(workshop: Workshop, name: str, *arguments: object) -> object:
        value = await plain(workshop, name, *arguments)
        asked_for.append((name, *arguments))
        return value

    monkeypatch.setattr(Workshop, "do", noted)
    monkeypatch.setattr("biblio.server.proofs.CALM", 0.5)
    with asked(tmp_path) as client:
        made(client)
        EDITS["a word more"](edited, Random(1)).written(tmp_path)
        client.edited()
        before = made(client)
        until(client, PAGES, lambda _: ("look", SLUG, True) in asked_for)
        assert digests(client.get(PAGES).text) == digests(before)
        assert asked_for.count(("look", SLUG, True)) == 1
