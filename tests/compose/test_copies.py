"""The archived copies of what is dead, beside the links that led there, where a dossier wants them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from compose.material import SLUG, project

from biblio.build.pipeline import compose_dossier, render
from biblio.collection.link_history import Cause, Copy, LinkRecord, Sighting, dumps
from biblio.text.inline import plain

BADER = "https://www.example.org/bader"
COPY = Copy(
    "https://web.archive.org/web/20210503000000/https://www.example.org/bader", "2021-05-03", "IA", "2026-12-01"
)
ON_SITE = Copy("https://bnf.example/2021/x", "2021-05-03", "BnF", "2026-12-01", on_site=True)
SECTIONS = """\
texts:
  - kind: preface
    text: "Voir [le site](https://www.example.org/bader#haut), ou https://www.example.org/vivant."
sections:
  - title: Un
    references: [bader]
    links: [{label: Le site, url: "https://www.example.org/bader"}]
closing: Fin https://www.example.org/bader
"""


def record(cause: Cause, copy: Copy | None) -> LinkRecord:
    return LinkRecord(copy=copy).seen(Sighting(BADER, "2026-12-01", cause))


def made(folder: Path, knob: str, records: dict[str, LinkRecord], head: str = "") -> tuple[str, str]:
    """The page of a dossier, and its words."""
    found = project(folder, f"{head}{knob}{SECTIONS}")
    (folder / "links.jsonl").write_text(dumps(records))
    spec = found.dossier(SLUG).value
    assert spec is not None
    done = compose_dossier(found, spec, spec.style)
    assert done.value is not None
    assert [each.code for each in done.diagnostics if each.code != "W117"] == []
    page = render(done.value, ("html",)).value["html"].decode()
    return page, re.sub(r"<[^>]+>", "", page).replace("\u00a0", " ")


WANTED = "archived_copies: true\n"
WORDS = "(copie archivée le 3 mai 2021)"


def test_the_copy_stands_beside_every_link_that_is_dead(tmp_path: Path) -> None:
    page, words = made(tmp_path, WANTED, {BADER: record(Cause.GONE, COPY)})
    assert words.count(WORDS) == 4  # the preface, the notice, the box, the closing text
    assert f"https://www.example.org/bader {WORDS}" in words
    beside = page.count(f'href="{COPY.url}"')
    robust = f'data-originalurl="{BADER}" data-versionurl="{COPY.url}" data-versiondate="2021-05-03"'
    assert (beside, page.count(robust)) == (4, 6)
    assert page.count(f'data-originalurl="{BADER}#haut"') == 2
    assert "https://www.example.org/vivant (" not in words


def test_without_the_knob_nothing_is_printed_nor_read(tmp_path: Path) -> None:
    page, words = made(tmp_path, "", {BADER: record(Cause.GONE, COPY)})
    assert "copie archivée" not in words
    assert "data-versionurl" not in page
    (tmp_path / "links.jsonl").write_text("<<<<<<<\n")
    assert made(tmp_path / "b", "", {})[0]


def test_what_is_alive_has_its_copy_for_programs_alone(tmp_path: Path) -> None:
    page, words = made(tmp_path, WANTED, {BADER: record(Cause.ANSWERED, COPY)})
    assert "copie archivée" not in words
    assert page.count(f'data-versionurl="{COPY.url}"') == 4


def test_a_copy_that_is_read_on_site_is_a_note_and_no_link(tmp_path: Path) -> None:
    page, words = made(tmp_path, WANTED, {BADER: record(Cause.GONE, ON_SITE)})
    assert words.count("(copie du 3 mai 2021 à consulter sur place, BnF)") == 4
    assert "bnf.example" not in page
    assert "data-versionurl" not in page


@pytest.mark.parametrize("cause", [Cause.TIME_OUT, Cause.REFUSED, Cause.UNREACHABLE])
def test_what_is_doubtful_is_not_said_to_be_dead(cause: Cause, tmp_path: Path) -> None:
    assert "copie archivée" not in made(tmp_path, WANTED, {BADER: record(cause, COPY)})[1]


def test_a_notice_leads_to_its_own_address_first(tmp_path: Path) -> None:
    found = project(tmp_path, WANTED + SECTIONS)
    (tmp_path / "links.jsonl").write_text(dumps({BADER: record(Cause.GONE, COPY)}))
    spec = found.dossier(SLUG).value
    assert spec is not None
    done = compose_dossier(found, spec, spec.style)
    assert done.value is not None
    (notice,) = done.value.document.notices
    assert notice.address == BADER
    assert WORDS not in plain(notice.title)


def test_a_dossier_in_english_says_it_in_english(tmp_path: Path) -> None:
    words = made(tmp_path, WANTED, {BADER: record(Cause.GONE, COPY)}, head="lang: en\n")[1]
    assert "(copy archived on 3 May 2021)" in words


def test_a_history_that_is_not_understood_stops_the_dossier_that_prints_it(tmp_path: Path) -> None:
    found = project(tmp_path, WANTED + SECTIONS)
    (tmp_path / "links.jsonl").write_text("<<<<<<< HEAD\n")
    spec = found.dossier(SLUG).value
    assert spec is not None
    assert "E241" in {each.code for each in compose_dossier(found, spec, spec.style).diagnostics}
