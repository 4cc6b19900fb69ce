"""What the site says of itself: how to cite, the licence, what is not spread, the feeds; and its accessibility.

Source of the statement: the model of the DINUM (accessibilite.numerique.gouv.fr, « Modèle de déclaration »), which
article 47 of the law 2005-102 and the decree 2019-768 ask for. A program cannot tell whether a site conforms: that is
taken from a dated audit by a person.
"""

from __future__ import annotations

from collections.abc import Iterator

from biblio.citation.dates import in_words
from biblio.compose.composer import with_links
from biblio.reference.date import parse_date
from biblio.site.pages.feeds import feeds
from biblio.site.pages.page import MISSING, Made, framed
from biblio.site.said import said
from biblio.site.settings import PROVENANCES, is_mail
from biblio.site.view import View


def pages(view: View) -> Iterator[Made]:
    """The page about the site, the statement, and what stands where there is no page."""
    settings = view.settings
    yield framed(
        view,
        "about.html",
        "about.html.j2",
        said("nav_about", view.lang),
        shared=True,
        licence=with_links(settings.licence) if settings.licence else (),
        contact=contact(view),
        spread=[said(f"provenance_{name}", view.lang) for name in PROVENANCES if name in settings.abstracts],
        kept=[said(f"provenance_{name}", view.lang) for name in PROVENANCES if name not in settings.abstracts],
        feeds=[(feed.title, f"feeds/{feed.name}") for feed in feeds(view) if not feed.name.startswith("theme-")],
    )
    audit = settings.audit
    date = parse_date(audit.date) if audit else None
    yield framed(
        view,
        "accessibility.html",
        "accessibility.html.j2",
        said("nav_accessibility", view.lang),
        shared=True,
        audit=audit,
        when=in_words(date, view.lang) if date else "",
        contact=contact(view),
    )
    if not view.prefix:
        yield framed(view, MISSING, "missing.html.j2", said("missing_title", view.lang), listed=False)


def contact(view: View) -> str:
    """The address to which readers write; empty where there is none."""
    value = view.settings.contact
    return f"mailto:{value}" if is_mail(value) else value
