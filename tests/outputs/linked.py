"""Pages about links that died: that of all the links of a project, and a dossier with archived copies."""

from __future__ import annotations

from pathlib import Path

from compose.material import SLUG, project
from outputs.twins import html_of

from biblio.collection.cited_links import links_of
from biblio.collection.link_history import Cause, Copy, LinkRecord, Sighting, dumps
from biblio.collection.link_verdict import verdict_of
from biblio.formats.bibtex.reader import read_bibtex
from biblio.outputs.links_page import render_links

DAY = "2026-12-01"
NAMES = ("mort", "note", "parti", "mur", "clair", "neuf", "vivant")
LONG = "https://www.example.org/une/adresse/" + "sans-fin-" * 20 + "?a=1&b=%3C2%3E"
BADER = "https://www.example.org/bader"


def record(address: str, cause: Cause, copy: Copy | None = None, target: str = "", secure: str = "") -> LinkRecord:
    return LinkRecord(copy=copy).seen(Sighting(address, DAY, cause, 404, target, bool(target), secure))


def copy_of(address: str, *, on_site: bool = False) -> Copy:
    return Copy(f"https://web.archive.org/web/20210503000000/{address}", "2021-05-03", "Internet Archive", DAY, on_site)


def report(lang: str = "fr") -> str:
    """The page of the links of a project that has one of every kind."""
    at = {name: f"https://{name}.example/page" for name in NAMES} | {"clair": "http://clair.example/", "mur": LONG}
    entries = [f"@online{{{name}, title = {{Le titre de {name}}}, url = {{{at[name]}}}}}" for name in NAMES]
    references = read_bibtex("\n".join(entries).encode(), "a.bib").value
    records = {
        "mort": record(at["mort"], Cause.GONE, copy_of(at["mort"])),
        "note": record(at["note"], Cause.GONE, copy_of(at["note"], on_site=True)),
        "parti": record(at["parti"], Cause.ANSWERED, target=LONG),
        "mur": record(at["mur"], Cause.CHALLENGE),
        "clair": record(at["clair"], Cause.ANSWERED, secure="https://clair.example/"),
        "vivant": record(at["vivant"], Cause.ANSWERED),
    }
    verdicts = {at[name]: verdict_of(at[name], records.get(name)) for name in NAMES}
    return render_links([*links_of(references)], verdicts, {each.citekey: each for each in references}, DAY, lang)


def dossier(folder: Path) -> str:
    """The page of a dossier with a copy in each place where there may be one."""
    box = f'links: [{{label: Site, url: "{BADER}"}}]'
    made = project(
        folder, f"archived_copies: true\nsections: [{{title: Un, references: [bader], intro: <{BADER}>, {box}}}]\n"
    )
    (folder / "links.jsonl").write_text(dumps({BADER: record(BADER, Cause.GONE, copy_of(BADER))}))
    return html_of(SLUG, "", made.root)
