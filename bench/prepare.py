"""Makes a project to measure with: the reference dossier, repeated, and what WeasyPrint and Typst need to set it."""

from __future__ import annotations

import json
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pikepdf
import yaml

from bench.in_typst import unlike, write_typst
from bench.material import PAGES, SLUG, build, lay_out, set_by_typst
from bench.measure import run
from biblio.build.pipeline import compose_dossier
from biblio.build.stamp import stamp_of
from biblio.compose.composed import Composed
from biblio.outputs.html import render_html
from biblio.project.project import DOSSIERS, REFERENCES, discover
from biblio.project.style_folder import STYLES, bundled_styles

ROOT = Path(__file__).parents[1]
SPEC = ROOT / DOSSIERS / "demarches-territoriales-de-sante.yaml"


def main(folder: Path, times: int) -> None:
    """Makes it all in ``folder``; ``times`` is how often the sections are printed, 0 for the first notice alone."""
    make_project(folder, repeated(times) if times else shortened())
    built = folder / "build" / f"{SLUG}.pdf"
    run(build(folder, "build"))
    make_bare(folder, built)
    run(lay_out(folder, "bare.pdf"))
    if find_spec("typst"):
        run(set_by_typst(folder, "typst.pdf"))
        missing = unlike(composed_of(folder).document, folder / "typst.pdf")
        if missing:
            raise SystemExit(f"Typst does not print what biblio does: {missing[0]}")
    pages, bare_pages = count_pages(built), count_pages(folder / "bare.pdf")
    if pages != bare_pages:
        raise SystemExit(f"biblio makes {pages} pages and WeasyPrint alone {bare_pages}: nothing can be compared")
    (folder / PAGES).write_text(str(pages), encoding="ascii")


def repeated(times: int) -> dict[str, Any]:
    """The spec of the reference dossier, the sections of every part ``times`` over: the same notices on more pages."""
    spec = _spec()
    spec["repeated"] = "repeat"
    for part in (spec["sitography"], *spec["sections"]):
        part["sections"] = part["sections"] * times
    return spec


def shortened() -> dict[str, Any]:
    """The spec of the reference dossier with its first notice alone: what it costs to start and to print a cover."""
    spec = _spec()
    first = spec.pop("sitography")["sections"][0]
    spec["sections"] = [{**first, "references": first["references"][:1]}]
    return spec


def _spec() -> dict[str, Any]:
    # The base loader reads every scalar as text, dates too, as biblio does.
    spec: dict[str, Any] = yaml.load(SPEC.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return spec


def make_project(folder: Path, spec: dict[str, Any]) -> None:
    """A project of its own, styles and all, so that work in the checkout does not change what is being measured."""
    shutil.copytree(ROOT / REFERENCES, folder / REFERENCES)
    shutil.copytree(bundled_styles(), folder / STYLES)
    (folder / DOSSIERS).mkdir()
    # JSON is YAML, without the aliases that a YAML writer makes of what is repeated.
    (folder / DOSSIERS / f"{SLUG}.yaml").write_text(json.dumps(spec, ensure_ascii=False), encoding="utf-8")


def make_bare(folder: Path, built: Path) -> None:
    """Writes what ``bare.py`` reads: the page and sheet that biblio lays out, and what is attached to its PDF."""
    composed = composed_of(folder)
    document, style = composed.document, composed.style
    with pikepdf.open(built) as pdf:
        attached = {name: file.get_file().read_bytes() for name, file in pdf.attachments.items()}
    files = {
        "page.html": render_html(document, style, "page", stamp_of(document.metadata.date)).encode(),
        "page.css": style.page_css.encode(),
        **style.assets,
        **{f"attached/{name}": content for name, content in attached.items()},
    }
    for name, content in files.items():
        path = folder / "bare" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    write_typst(folder / "typst", document)


def composed_of(folder: Path) -> Composed:
    """The dossier of a project, composed."""
    project = discover(folder)
    spec = project.dossier(SLUG).value
    composed = spec and compose_dossier(project, spec, spec.style).value
    if not composed:
        raise SystemExit(f"{SPEC.name} cannot be composed")
    return composed


def count_pages(path: Path) -> int:
    """How many pages a PDF has."""
    with pikepdf.open(path) as pdf:
        return len(pdf.pages)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
