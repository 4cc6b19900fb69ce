"""A double of the web for all the links of the reference dossier, of which a part is dead: all of that is found.

Whether a link is dead, and how, is drawn from a hash of its address; the sites behave as real ones do.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from online.asking import asking
from online.servers import PUBLIC, Asked, Given

from biblio.cli.commands import links as links_module
from biblio.cli.linking import cited_links
from biblio.collection.link_history import loads
from biblio.collection.link_verdict import State, verdict_of
from biblio.online.addresses import parse_address
from biblio.online.links.observe import is_home
from biblio.project.project import discover

ROOT = Path(__file__).parents[2]
DEAD = ("404", "410", "500", "soft", "no host")
ALIVE = ("page", "page", "file", "sent on", "moved", "403", "challenge", "login", "busy")
WORDS = "santé ville quartier contrat atelier territoire réseau acteur coordination prévention précarité soin".split()


def drawn(text: str, count: int) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") % count


def prose(text: str) -> str:
    """Words of its own for each text."""
    return " ".join(WORDS[drawn(f"{text}{number}", len(WORDS))] for number in range(60))


def html(text: str, title: str = "") -> Given:
    return Given(
        f"<html><head><title>{title or prose(text)[:40]}</title></head><p>{prose(text)}</p></html>", "text/html"
    )


@dataclass(frozen=True)
class Web:
    """What each address is drawn to be; ``soft`` are the hosts that have a page for everything."""

    fates: Mapping[str, str]
    soft: frozenset[str]

    @classmethod
    def of(cls, addresses: list[str]) -> Web:
        gone = {host for host in map(host_of, addresses) if drawn(f"host {host}", 12) == 0 and host != "doi.org"}
        soft = frozenset(
            host for host in map(host_of, addresses) if drawn(f"soft {host}", 4) == 0 and host != "doi.org"
        )
        fates = {}
        for address in addresses:
            host, parsed = host_of(address), parse_address(address)
            kinds = ALIVE if drawn(address, 3) else ("404", "410", "500", "soft" if host in soft else "404")
            fate = kinds[drawn(f"kind {address}", len(kinds))]
            if is_home(parsed) and fate in ("soft", "moved", "sent on"):
                fate = "page"
            fates[str(parsed)] = "no host" if host in gone else fate
        return cls(fates, soft)

    @property
    def dead(self) -> set[str]:
        return {address for address, fate in self.fates.items() if fate in DEAD}

    def resolve(self, host: str, _: int) -> tuple[str, ...]:
        if any(host_of(address) == host and fate == "no host" for address, fate in self.fates.items()):
            raise OSError(-2, "Name or service not known")
        return (PUBLIC,)

    def __call__(self, asked: Asked) -> Given:
        fate = next((self.fates[each] for each in self.fates if each.partition("://")[2] == asked.address), "")
        if asked.host in ("arrivee.example", "sso.example"):
            return html(asked.target)
        match fate:
            case "page":
                return html(asked.address)
            case "file":
                return Given(b"%PDF-1.7", "application/pdf")
            case "sent on" | "moved":
                status = 301 if fate == "moved" else 302
                return Given(
                    status=status, headers={"Location": f"https://arrivee.example/{drawn(asked.address, 10**9)}/page"}
                )
            case "403" | "404" | "410" | "500":
                return Given("non", status=int(fate))
            case "challenge":
                return Given("?", status=403, headers={"cf-mitigated": "challenge"})
            case "login":
                return Given(status=302, headers={"Location": f"https://sso.example/login?service={asked.address}"})
            case "busy":
                return Given(status=429, headers={"Retry-After": "30"})
            case _ if asked.host in self.soft and asked.target != "/":
                return html(f"rien {asked.host}", "Perdu")
            case _ if asked.target == "/":
                return html(f"accueil {asked.host}")
            case _:
                return Given("rien", status=404)


def host_of(address: str) -> str:
    return urlsplit(address).hostname or ""


def test_every_dead_link_of_our_dossier_is_found_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "projet"
    for name in ("references", "dossiers", "images"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name)
    links = cited_links(discover(folder), (), "fr")
    addresses = list(dict.fromkeys(link.asked for link in links))
    web = Web.of(addresses)
    counted = {fate: sum(each == fate for each in web.fates.values()) for fate in {*DEAD, *ALIVE}}
    assert min(counted.values()) > 0, counted
    assert 0.2 < len(web.dead) / len(web.fates) < 0.5

    def be(day: int) -> Callable[[], date]:
        return lambda: date(2026, 12, day)

    with asking(web, folder, monkeypatch, capsys) as command:
        monkeypatch.setattr("biblio.online.setup.resolved", web.resolve)
        for day in (1, 2, 3):
            monkeypatch.setattr(links_module, "today", be(day))
            command("links", "--no-archives", "--max-age", "0", "--quiet")
    read = loads((folder / "links.jsonl").read_text("utf-8"))
    verdicts = {address: verdict_of(address, read.value.get(address)) for address in addresses}
    found = {str(parse_address(address)) for address, each in verdicts.items() if each.state is State.DEAD}
    assert {each: (web.fates[each], verdicts[each]) for each in found - web.dead} == {}, "taken for dead"
    assert web.dead - found == set(), "not found"
    moved = {str(parse_address(address)) for address, each in verdicts.items() if each.state is State.MOVED}
    assert moved <= {address for address, fate in web.fates.items() if fate == "moved"}
    assert moved
    assert not any(host_of(address) == "doi.org" for address in moved)
