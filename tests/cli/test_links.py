"""The links of a project: looked at, remembered, told of, replaced where they have moved for good."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from online.asking import Command, asking
from online.servers import Asked, Given

from biblio.cli.commands import links as links_module
from biblio.collection.link_history import loads
from biblio.collection.link_verdict import verdict_of

BIB = "references/liens.bib"
TEXT = """% relu le lundi
@online{vivant, title = {Vivant}, url = {https://vivant.example/page}, urldate = {2021-05-03} }

@online{mort,
  title   = {Mort},
  url     = {https://mort.example/page},
  urldate = {2021-05-03},
}

@online{parti, title = "Parti", url = "https://parti.example/ici#p2", links = {
  Le guide <https://parti.example/guide> (pdf)
  Le site <https://vivant.example/page>
} }

@article{doi, title = {Identifiant}, doi = {10.1684/ers.2019.1277} }

@online{clair, title = {Clair}, url = {http://clair.example/a_b?c=1&d=%20} }
"""
SPEC = """title: Liens
date: 2026-01
publisher: CRES
texts:
  - kind: preface
    text: |
      Voir [le réseau](https://vivant.example/reseau_(sante)) et
      https://mort.example/preface.
cover:
  contact: Écrire à https://vivant.example/contact
sections:
  - title: Une section
    references: [vivant]
    links:
      - label: Le site
        url: https://parti.example/boite
"""


@dataclass
class Web:
    """The web of a test: what each address gives, on the day that it is."""

    pages: dict[str, Given] = field(default_factory=dict)
    down: set[str] = field(default_factory=set)
    services: dict[str, Callable[[Asked], Given]] = field(default_factory=dict)

    def __call__(self, asked: Asked) -> Given | None:
        if asked.host in self.down:
            asked.handler.close_connection = True
            return Given(status=500)
        if asked.host in self.services and asked.address not in self.pages:
            return self.services[asked.host](asked)
        if asked.address in self.pages:
            return self.pages[asked.address]
        if asked.host in ("archive.org", "web.archive.org"):
            return Given("[]", "application/json")
        return Given("rien", status=404)


def page(words: str = "Une page comme une autre, qui parle de santé dans les quartiers") -> Given:
    return Given(f"<title>{words[:9]}</title><p>{words}</p>", "text/html")


def sent(location: str, status: int = 301) -> Given:
    return Given(status=status, headers={"Location": location})


@pytest.fixture
def web() -> Web:
    return Web(
        {
            "vivant.example/page": page(),
            "vivant.example/reseau_(sante)": page("Le réseau"),
            "vivant.example/contact": page("Écrire au centre"),
            "parti.example/ici": sent("https://arrive.example/la"),
            "parti.example/guide": sent("https://arrive.example/guide.pdf", 308),
            "parti.example/boite": sent("/boite2"),
            "parti.example/boite2": page("La boîte"),
            "arrive.example/la": page("Là où il est"),
            "arrive.example/guide.pdf": Given(b"%PDF", "application/pdf"),
            "doi.org/10.1684/ers.2019.1277": sent("https://revue.example/article"),
            "revue.example/article": page("Un article"),
            "clair.example/a_b?c=1&d=%20": page("En clair"),
        }
    )


@pytest.fixture
def command(
    tmp_path: Path, web: Web, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Command]:
    folder = tmp_path / "projet"
    for name, text in ((BIB, TEXT), ("dossiers/liens.yaml", SPEC)):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    with asking(web, folder, monkeypatch, capsys) as made:
        yield made


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch, command: Command) -> Callable[..., None]:
    """Makes it a day of December."""

    def be(day: int) -> None:
        monkeypatch.setattr(links_module, "today", lambda: date(2026, 12, day))
        command.served.asked.clear()

    be(1)
    return be


def history(command: Command) -> dict[str, str]:
    """What is thought of each address, by the file that is kept."""
    read = loads((command.folder / "links.jsonl").read_text("utf-8"))
    assert read.diagnostics == ()
    return {address: str(verdict_of(address, record).state) for address, record in read.value.items()}


def test_every_link_is_looked_at_told_of_and_remembered(command: Command, on: Callable[..., None]) -> None:
    done = command("links", "--no-archives")
    assert done.code == 1
    assert "adresses : 10 ; vivantes : 5 ; déplacées : 3 ; mortes : 2 ; douteuses : 0 ; pas encore vues : 0" in done.out
    assert "references/liens.bib:6:14" in done.err
    assert "« https://mort.example/page » est mort depuis le 2026-12-01 : la page n'existe plus, HTTP 404" in done.err
    assert "dossiers/liens.yaml:8:" in done.err
    assert "« https://parti.example/ici#p2 » est maintenant à https://arrive.example/la#p2" in done.err
    assert "dossiers/liens.yaml:16:" in done.err
    assert "« http://clair.example/a_b?c=1&d=%20 » donne la même page en https" in done.err
    assert history(command) == {
        "http://clair.example/a_b?c=1&d=%20": "alive",
        "https://doi.org/10.1684/ers.2019.1277": "alive",
        "https://mort.example/page": "dead",
        "https://mort.example/preface": "dead",
        "https://parti.example/boite": "moved",
        "https://parti.example/guide": "moved",
        "https://parti.example/ici": "moved",
        "https://vivant.example/contact": "alive",
        "https://vivant.example/page": "alive",
        "https://vivant.example/reseau_(sante)": "alive",
    }


def test_what_was_seen_lately_is_not_asked_again(command: Command, on: Callable[..., None]) -> None:
    command("links", "--no-archives")
    text = (command.folder / "links.jsonl").read_bytes()
    on(1)
    done = command("links", "--no-archives")
    assert (command.served.asked, done.code) == ([], 1)
    assert "vérifiées cette fois : 0" in done.out
    assert (command.folder / "links.jsonl").read_bytes() == text
    on(5)
    command("links", "--no-archives")
    assert command.served.asked == []
    command("links", "--no-archives", "--again", "vivant")
    assert {each.host for each in command.served.asked} == {"vivant.example"}
    on(8)
    command("links", "--no-archives")
    assert "mort.example/page" in command.served.addresses


def test_a_part_of_the_project_may_be_meant(command: Command, on: Callable[..., None]) -> None:
    command("links", "mort", "doi", "--no-archives")
    assert set(history(command)) == {"https://mort.example/page", "https://doi.org/10.1684/ers.2019.1277"}
    command("links", "liens", "--no-archives")
    assert "https://parti.example/boite" in history(command)
    assert "https://parti.example/ici" not in history(command)
    assert "E206" in command("links", "inconnu").err


def test_a_run_has_a_bound_and_goes_on_where_it_stopped(command: Command, on: Callable[..., None]) -> None:
    done = command("links", "--most", "4", "--no-archives")
    assert len(history(command)) == 4
    assert "adresses qui attendent : 6 " in done.out
    command("links", "--most", "4", "--no-archives")
    assert len(history(command)) == 8
    assert "qui attendent" not in command("links", "--no-archives").out
    assert len(history(command)) == 10


def test_a_run_that_is_interrupted_keeps_what_it_saw(
    command: Command,
    on: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen = 0
    real = links_module._Progress.looking

    def stop(self: object, number: int, count: int, address: str) -> None:
        nonlocal seen
        seen += 1
        if seen == 4:
            raise KeyboardInterrupt
        real(self, number, count, address)  # type: ignore[arg-type]

    monkeypatch.setattr(links_module._Progress, "looking", stop)
    assert command("links", "--no-archives").code == 130
    assert len(history(command)) == 3


def test_the_verdict_of_three_days(command: Command, web: Web, on: Callable[..., None]) -> None:
    web.down = {"vivant.example"}
    for day, state in ((1, "doubtful"), (2, "doubtful"), (3, "dead")):
        on(day)
        command("links", "vivant", "--no-archives")
        assert history(command) == {"https://vivant.example/page": state}
    web.down = set()
    on(11)
    command("links", "vivant", "--no-archives")
    assert history(command) == {"https://vivant.example/page": "alive"}


def test_without_a_network_nothing_is_noted(
    command: Command,
    on: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def unresolved(host: str, port: int) -> tuple[str, ...]:
        raise OSError(-3, "Temporary failure in name resolution")

    monkeypatch.setattr("biblio.online.setup.resolved", unresolved)
    done = command("links")
    assert done.code == 2
    assert "E242" in done.err
    assert not (command.folder / "links.jsonl").exists()


# --- --new ------------------------------------------------------------------------------------------------------------


def test_the_news_are_named_and_nothing_else(command: Command, web: Web, on: Callable[..., None]) -> None:
    first = command("links", "--new", "--no-archives")
    assert first.code == 1
    assert "mort : mort depuis le 2026-12-01 : https://mort.example/page (la page n'existe plus, HTTP 404)" in first.out
    assert len(first.out.splitlines()) == 5
    on(2)
    again = command("links", "--new", "--no-archives", "--max-age", "0")
    assert (again.code, again.out, again.err) == (0, "", "")
    web.pages["vivant.example/page"] = Given(status=410)
    web.pages["vivant.example/contact"] = Given(status=403)
    on(3)
    died = command("links", "--new", "--no-archives", "--max-age", "0")
    assert died.code == 1
    assert died.out.splitlines() == [
        "vivant : mort depuis le 2026-12-03 : https://vivant.example/page (la page n'existe plus, HTTP 410)"
    ]
    assert died.err == ""
    web.pages["vivant.example/reseau_(sante)"] = Given(status=410)
    on(4)
    noted = command("links", "--new", "--no-archives", "--max-age", "0", "--format", "github")
    assert noted.code == 1
    assert [line[:40] for line in noted.out.splitlines()] == ["::error file=dossiers/liens.yaml,line=7,"]
    on(5)
    value = json.loads(command("links", "--new", "--no-archives", "--json").out)
    assert (value["links"], value["diagnostics"]) == ([], [])


# --- --fix ------------------------------------------------------------------------------------------------------------


def test_what_moved_for_good_is_replaced_and_every_other_byte_stays(command: Command, on: Callable[..., None]) -> None:
    command("links", "--no-archives")
    on(1)
    done = command("links", "--offline", "--fix")
    assert command.served.asked == []
    expected = (
        TEXT.replace("https://parti.example/ici#p2", "https://arrive.example/la#p2")
        .replace("https://parti.example/guide", "https://arrive.example/guide.pdf")
        .replace("http://clair.example", "https://clair.example")
    )
    assert (command.folder / BIB).read_text("utf-8") == expected
    assert "adresses remplacées : 3, dans references/liens.bib" in done.err
    assert "dossiers/liens.yaml:16 : « https://parti.example/boite » est à remplacer à la main" in done.err
    assert (command.folder / "dossiers/liens.yaml").read_text("utf-8") == SPEC
    assert history(command)["https://arrive.example/la"] == "alive"
    after = command("links", "--offline", "--fix")
    assert (command.folder / BIB).read_text("utf-8") == expected
    assert "adresses remplacées" not in after.err


def test_a_diff_shows_and_writes_nothing(command: Command, on: Callable[..., None]) -> None:
    done = command("links", "--no-archives", "--diff")
    assert '+@online{parti, title = "Parti", url = "https://arrive.example/la#p2", links = {' in done.out
    assert (command.folder / BIB).read_text("utf-8") == TEXT


def test_an_identifier_that_moved_for_good_stays(command: Command, on: Callable[..., None]) -> None:
    done = command("links", "doi", "--fix", "--no-archives")
    assert (done.code, (command.folder / BIB).read_text("utf-8")) == (0, TEXT)


def test_an_address_that_is_typed_with_escapes_is_replaced_too(
    command: Command, web: Web, on: Callable[..., None]
) -> None:
    text = "@online{a, title = {A}, url = {https://parti.example/a\\_b}}\r\n"
    (command.folder / BIB).write_bytes(text.encode())
    web.pages["parti.example/a_b"] = sent("https://arrive.example/la?x=%20&y")
    web.pages["arrive.example/la?x=%20&y"] = page()
    command("links", "a", "--fix", "--no-archives")
    after = text.replace("https://parti.example/a\\_b", "https://arrive.example/la?x=%20&y")
    assert (command.folder / BIB).read_bytes() == after.encode()


def test_an_address_that_is_joined_from_pieces_is_left_to_the_hand(
    command: Command, web: Web, on: Callable[..., None]
) -> None:
    text = '@string{site = "https://parti.example/"}\n@online{a, title = {A}, url = site # {ici}}\n'
    (command.folder / BIB).write_text(text)
    done = command("links", "a", "--fix", "--no-archives")
    assert "a : « https://parti.example/ici » est à remplacer à la main par https://arrive.example/la" in done.err
    assert (command.folder / BIB).read_text() == text


# --- other forms ------------------------------------------------------------------------------------------------------


def test_programs_are_told_everything(command: Command, on: Callable[..., None]) -> None:
    value = json.loads(command("links", "--json", "--no-archives").out)
    records = {each["address"]: each for each in value["links"]}
    assert records["https://mort.example/page"]["state"] == "dead"
    assert records["https://mort.example/page"]["places"][0]["key"] == "mort"
    assert [each["key"] for each in records["https://vivant.example/page"]["places"]] == ["vivant", "parti"]
    assert records["http://clair.example/a_b?c=1&d=%20"]["https"] == "https://clair.example/a_b?c=1&d=%20"
    assert {each["code"] for each in value["diagnostics"]} == {"L101", "L104", "L106"}
    sarif = json.loads(command("links", "--format", "sarif", "--offline").out)
    assert {each["ruleId"] for each in sarif["runs"][0]["results"]} == {"L101", "L104", "L106"}
    assert "::error file=references/liens.bib,line=6" in command("links", "--format", "github", "--offline").out


def test_a_history_that_is_not_understood_is_never_written_over(
    command: Command,
    on: Callable[..., None],
) -> None:
    text = "<<<<<<< HEAD\n"
    (command.folder / "links.jsonl").write_text(text)
    done = command("links")
    assert done.code == 2
    assert "links.jsonl:1:1" in done.err
    assert "E241" in done.err
    assert (command.folder / "links.jsonl").read_text() == text
    assert command.served.asked == []


def test_offline_asks_nothing(command: Command, on: Callable[..., None]) -> None:
    done = command("links", "--offline")
    assert (done.code, command.served.asked) == (0, [])
    assert "pas encore vues : 10" in done.out
    assert not (command.folder / "links.jsonl").exists()


def test_a_page_for_the_centre_is_written(command: Command, on: Callable[..., None]) -> None:
    done = command("links", "--report", "--no-archives")
    assert "page écrite : build/links.report.html" in done.out
    page = (command.folder / "build/links.report.html").read_text("utf-8")
    assert "<h1>Les liens, au 1er décembre 2026</h1>" in page.replace("\u00a0", " ")
    shown = unescape(re.sub(r"<[^>]+>", "", page)).replace("\u00a0", " ").replace("\u202f", " ")
    assert "morts : 2" in shown
    assert "Mort depuis le 1er décembre 2026 : la page n’existe plus, HTTP 404 ; vu le 1er décembre 2026." in shown
    assert "Maintenant : https://arrive.example/la" in shown
    assert page.index('id="dead"') < page.index('id="moved"') < page.index('id="https"')
    assert "script" not in page


def test_nothing_of_a_reference_becomes_markup_of_the_page(command: Command, web: Web, on: Callable[..., None]) -> None:
    web.pages.clear()
    text = '@online{a, title = {<script>alert(1)</script>}, url = {https://mort.example/"onclick="alert(1)}}\n'
    (command.folder / BIB).write_text(text)
    command("links", "a", "--report", "--no-archives")
    page = (command.folder / "build/links.report.html").read_text("utf-8")
    assert "<script" not in page
    assert '"onclick' not in page
    assert "onclick" in page


# --- copies in archives -----------------------------------------------------------------------------------------------

PLAYED = "web.archive.org/web/20210504101112/https://mort.example/page"


def archive(web: Web, played: str = PLAYED) -> None:
    """An Internet Archive that has a copy of one address, and has none of the others."""

    def available(asked: Asked) -> Given:
        closest = {"timestamp": "20210504101112", "status": "200"} if "mort.example%2Fpage" in asked.target else {}
        return Given(json.dumps({"archived_snapshots": {"closest": closest}}), "application/json")

    web.services["archive.org"] = available
    web.pages[played] = page("Une copie")


def test_a_copy_of_what_is_dead_is_found_opened_told_and_printed(
    command: Command, web: Web, on: Callable[..., None]
) -> None:
    archive(web)
    done = command("links")
    assert "L102 dead-link-archived" in done.err
    assert f"copie archivée le 2021-05-04 (Internet Archive) : https://{PLAYED}" in done.err
    assert any("url=https%3A%2F%2Fmort.example%2Fpage&timestamp=20210503" in each for each in command.served.addresses)
    # Of the other dead one every archive says that it has none: it is asked again in a month.
    assert "L101 dead-link" in done.err
    on(9)
    command("links")
    assert not any("archive.org" in each.host for each in command.served.asked)
    spec = SPEC.replace("references: [vivant]", "references: [vivant, mort]") + "archived_copies: true\n"
    (command.folder / "dossiers/liens.yaml").write_text(spec, encoding="utf-8")
    assert command("build", "liens", "--format", "html").code == 0
    built = (command.folder / "build/liens.html").read_text("utf-8")
    assert built.count(f'href="https://{PLAYED}"') == 1
    manifest = json.loads((command.folder / "build/liens.manifest.json").read_text("utf-8"))
    assert "links.jsonl" in manifest["inputs"]["files"]
    # What is seen elsewhere changes an input, and nothing that is printed.
    on(30)
    command("links", "vivant", "--no-archives", "--again")
    again = command("build", "liens", "--format", "html")
    assert "à jour" in again.out


def test_without_the_knob_the_history_is_no_input(command: Command, on: Callable[..., None]) -> None:
    command("links", "--no-archives")
    command("build", "liens", "--format", "html")
    manifest = json.loads((command.folder / "build/liens.manifest.json").read_text("utf-8"))
    assert "links.jsonl" not in manifest["inputs"]["files"]


def test_an_archive_that_fails_is_asked_again_the_next_time(
    command: Command, web: Web, on: Callable[..., None]
) -> None:
    web.services["archive.org"] = web.services["web.archive.org"] = lambda _: Given(status=503)
    command("links", "mort")
    on(2)
    command("links", "mort")
    assert {each.host for each in command.served.asked} == {"archive.org", "web.archive.org"}


def test_a_copy_that_is_read_on_site_is_told_as_a_note(command: Command, web: Web, on: Callable[..., None]) -> None:
    settings = '[[links.archives]]\nname = "BnF"\ntimegate = "https://gate.example/"\non-site = true\n'
    (command.folder / "biblio.toml").write_text(settings)
    web.services["gate.example"] = lambda _: sent("https://bnf.example/20210504101112/x", 302)
    done = command("links", "mort")
    assert "L103 dead-link-copy-on-site" in done.err
    assert "une copie du 2021-05-04 se consulte sur place : BnF" in done.err
    assert "bnf.example" not in {each.host for each in command.served.asked}


def test_copies_are_made_of_what_is_alive_as_many_as_asked(command: Command, web: Web, on: Callable[..., None]) -> None:
    made: list[str] = []

    def save(asked: Asked) -> Given:
        if not asked.target.startswith("/save/"):
            return Given("[]", "application/json")
        made.append(asked.target.removeprefix("/save/"))
        return Given("fait", "text/html", headers={"Content-Location": f"/web/20261201100000/{made[-1]}"})

    web.services["web.archive.org"] = save
    command("links", "--no-archives", "--save", "2")
    assert made == ["https://vivant.example/page", "https://doi.org/10.1684/ers.2019.1277"]
    copy = loads((command.folder / "links.jsonl").read_text("utf-8")).value["https://vivant.example/page"].copy
    assert copy is not None
    assert copy.url == "https://web.archive.org/web/20261201100000/https://vivant.example/page"
    assert copy.date == "2026-12-01"
    made.clear()
    command("links", "vivant", "doi", "--no-archives", "--save", "2")
    assert made == []
