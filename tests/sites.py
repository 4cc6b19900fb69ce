"""Sites for the tests: what a project gives as files by their paths, in memory or on the disk, and a server for it."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from biblio.project.project import discover
from biblio.project.settings import settings_file
from biblio.site.gather import gathered
from biblio.site.model import Site
from biblio.site.settings import site_settings
from biblio.site.table import site_files
from biblio.words.faults import Diagnostic

ROOT = Path(__file__).parents[1]
DAY = "2026-01-01"

SPEC = """title: {title}
date: {date}
publisher: Centre
sections:
  - title: Tout
    references: [{keys}]
"""
ENTRY = """@article{{{key},
  author = {{Martin, Camille}},
  title = {{{title}}},
  journaltitle = {{Revue d'exemple}},
  date = {{2024-03}},
  keywords = {{logement}},
{more}}}
"""


def entry(key: str, title: str = "Un titre", **fields: str) -> str:
    """An entry of a file."""
    return ENTRY.format(
        key=key, title=title, more="".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    )


def project(folder: Path, *entries: str, settings: str = "", dossiers: Mapping[str, str] | None = None) -> Path:
    """A project of these entries and dossiers, each spec by its slug."""
    for name in ("references", "dossiers", "site"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "references" / "a.bib").write_text("\n".join(entries), encoding="utf-8")
    for slug, spec in (dossiers or {}).items():
        (folder / "dossiers" / f"{slug}.yaml").write_text(spec, encoding="utf-8")
    (folder / "biblio.toml").write_text(f"[site]\n{settings}", encoding="utf-8")
    return folder


def gathered_of(root: Path, today: str = DAY) -> tuple[Site, tuple[Diagnostic, ...]]:
    """The site of a project as values, with the faults met."""
    found = discover(root)
    made = gathered(found, site_settings(settings_file(root)), today, root / "build", {})
    return made.value, made.diagnostics


def files_of(root: Path, today: str = DAY) -> dict[str, bytes]:
    """The files of the site of a project; none comes twice."""
    made = list(site_files(gathered_of(root, today)[0]))
    files = dict(made)
    assert len(files) == len(made)
    return files


def text_of(files: Mapping[str, bytes], path: str) -> str:
    """A page as text."""
    return files[path].decode()


@cache
def sample() -> Path:
    """The site of this repository's own project, on the disk."""
    folder = Path(mkdtemp(prefix="biblio-site-"))
    copy = folder / "project"
    for name in ("references", "dossiers", "styles", "images", "site"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name)
    shutil.copy(ROOT / "biblio.toml", copy)
    for path, content in files_of(copy).items():
        place = folder / "site" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return folder / "site"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which a folder is served."""
    with ThreadingHTTPServer(("127.0.0.1", 0), lambda *args: _Quiet(*args, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()
