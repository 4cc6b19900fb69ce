"""The files that pages need: the sheets, the script, what is downloaded, the images, and the logo."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from biblio.site.model import Download, Site
from biblio.site.pages.page import Made


def of_site(site: Site) -> Iterator[Made]:
    """Those that all languages share; each name once."""
    static = files("biblio.site").joinpath("static")
    for name in ("site.css", "site.js", "icon.svg"):
        yield Made(f"static/{name}", static.joinpath(name).read_bytes())
    yield Made("static/style.css", site.style.screen_css.encode())
    if site.logo:
        yield Made(f"files/{site.logo.name}", site.logo.content)
    made: dict[str, bytes] = {}
    for dossier in site.dossiers:
        made |= {each.name: each.content for each in dossier.downloads}
        made |= {figure.picture.name: figure.picture.content for figure in dossier.document.figures}
    for page in site.pages:
        made |= {file_name(support.download, page.slug): support.download.content for support in page.supports}
    for name, content in sorted(made.items()):
        yield Made(f"files/{name}", content)


def file_name(download: Download, slug: str) -> str:
    """What a support is called on the site: by its page, for two pages may have files of one name."""
    return f"{slug}-{download.name}"
