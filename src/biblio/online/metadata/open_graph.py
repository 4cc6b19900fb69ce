"""The Open Graph protocol, and the tags that pages have beside it.

Source: ogp.me.
"""

from __future__ import annotations

from biblio.online.metadata.tags import PageTags
from biblio.online.metadata.values import Fields, date_of, people


def said_in_open_graph(page: PageTags) -> tuple[str, Fields]:
    """The kind of the document and its fields; empty where the page has nothing of this."""
    first = page.first
    author = [each for each in page.all("article.author", "og.article.author", "author") if "://" not in each]
    return "", {
        "title": first("og.title", "twitter.title"),
        "author": people(author),
        "date": date_of(first("article.published_time", "og.article.published_time", "date")),
        "host": first("og.site_name", "application-name"),
        "abstract": first("og.description", "description", "twitter.description"),
        "langid": first("og.locale").replace("_", "-"),
    }
