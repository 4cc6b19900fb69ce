"""What search engines are told: the map of the pages (sitemaps.org, 0.9) and ``robots.txt`` (RFC 9309)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from biblio.site.pages.page import Made

MOST = 40_000  # pages of one file, which may have 50,000
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def sitemap(base: str, listed: Sequence[str]) -> Iterator[Made]:
    """The map, in several files where one would be too long, and what robots may do; no map without an address."""
    robots = "User-agent: *\nAllow: /\n"
    if base:
        robots += f"Sitemap: {base}sitemap.xml\n"
        parts = [listed[start : start + MOST] for start in range(0, len(listed), MOST)]
        if len(parts) == 1:
            yield Made("sitemap.xml", _urls(base, parts[0]))
        else:
            for number, part in enumerate(parts, 1):
                yield Made(f"sitemap-{number}.xml", _urls(base, part))
            rows = "".join(
                f"<sitemap><loc>{escape(base)}sitemap-{number}.xml</loc></sitemap>\n"
                for number in range(1, len(parts) + 1)
            )
            yield Made("sitemap.xml", f"{_HEAD}<sitemapindex {_SPACE}>\n{rows}</sitemapindex>\n".encode())
    yield Made("robots.txt", robots.encode())


def _urls(base: str, paths: Sequence[str]) -> bytes:
    rows = "".join(f"<url><loc>{escape(base + path)}</loc></url>\n" for path in paths)
    return f"{_HEAD}<urlset {_SPACE}>\n{rows}</urlset>\n".encode()
