"""The site in Debian's Firefox: searched over a server, and from a disk, where its pages may fetch nothing."""

from __future__ import annotations

from pathlib import Path

from server.firefox import started
from sites import sample, served

FOUND = "return document.querySelectorAll('[data-results] li.row').length"
SAID = "return document.querySelector('[data-status]').textContent"


def test_it_is_searched_wherever_it_is_opened(tmp_path: Path) -> None:
    profile = tmp_path / "profil"
    profile.mkdir()
    with served(sample()) as address, started(profile) as firefox:
        told = []
        for place in (f"{address}/search.html", (sample() / "search.html").as_uri()):
            firefox.open(f"{place}?q=logement&kind=notice")
            firefox.wait(f"{FOUND} > 2")
            told.append(firefox.run(SAID))
        assert told[0] == told[1] != ""
