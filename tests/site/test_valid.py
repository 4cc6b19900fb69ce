"""The pages of the site are HTML by the validator of the W3C."""

from __future__ import annotations

from pathlib import Path

from outputs.test_nu import faults_of
from sites import sample

# One of each kind, and all of the pages that are one of a kind.
PAGES = (
    *(
        "index",
        "search",
        "about",
        "accessibility",
        "404",
        "watch/index",
        "dossiers/index",
        "events/index",
        "themes/index",
    ),
    *("themes/clsm", "notices/cnraclsm-2025-kit", "events/sante-mentale-et-politique-de-la-ville"),
    *(f"dossiers/{slug}" for slug in ("demarches-territoriales-de-sante", "lettre-actualites-novembre-2025")),
)


def test_the_pages_are_valid(tmp_path: Path) -> None:
    pages = {path.replace("/", "_"): (sample() / f"{path}.html").read_text("utf-8") for path in PAGES}
    # The header and the address in the head are relative, and the validator looks at one file alone.
    assert faults_of(pages, tmp_path) == []
