"""What the site is made of, as values: the settings, the references, the dossiers, the pages, and its day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from biblio.collection.link_verdict import Verdict
from biblio.collection.themes import Themes
from biblio.document.flow import Flow
from biblio.document.tree import Document
from biblio.dossier.spec import DossierSpec
from biblio.reference.reference import Reference
from biblio.site.page_spec import PageSpec
from biblio.site.said import said
from biblio.site.settings import SiteSettings
from biblio.style.style import Style


@dataclass(frozen=True, slots=True)
class Download:
    """A file to take away: its name in ``files/``, its format in capitals, and its pages, 0 where it has none.

    ``made`` is the hash of all that it was made of where the site made it itself; empty where it was there.
    """

    name: str
    format: str
    content: bytes
    pages: int = 0
    made: str = ""

    @property
    def size(self) -> int:
        """Its size in bytes."""
        return len(self.content)


@dataclass(frozen=True, slots=True)
class Dossier:
    """A dossier that is published, as readers may have it, and its references by citekey."""

    spec: DossierSpec
    document: Document
    references: Mapping[str, Reference]
    downloads: Sequence[Download] = ()

    @property
    def slug(self) -> str:
        """Its name."""
        return self.spec.slug

    @property
    def origin(self) -> str:
        """The first name that it had, which its identifier is made of."""
        return self.spec.former[-1].value if self.spec.former else self.spec.slug


@dataclass(frozen=True, slots=True)
class Support:
    """A file of a page, what it is, and the heading under which it stands."""

    title: str
    download: Download
    under: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of ``site/``: its head, its text and its files."""

    spec: PageSpec
    flow: tuple[Flow, ...]
    supports: Sequence[Support] = ()

    @property
    def slug(self) -> str:
        """Its name."""
        return self.spec.slug

    @property
    def is_event(self) -> bool:
        """Whether it is the report of an event."""
        return self.spec.kind == "event"

    @property
    def origin(self) -> str:
        """The first name that it had."""
        return self.spec.former[-1].value if self.spec.former else self.spec.slug


@dataclass(frozen=True, slots=True)
class Site:
    """All of it. The ``references`` are those that are shown, as readers may have them, the newest first.

    ``withheld`` counts the abstracts that stay behind. ``today`` is the day on which the site is made,
    ``YYYY-MM-DD``: it decides what an embargo still holds, and stands in no page. ``archived`` is what is known of
    addresses that have a copy, where notices show it.
    """

    settings: SiteSettings
    style: Style
    themes: Themes
    references: Sequence[Reference]
    dossiers: Sequence[Dossier]
    pages: Sequence[Page]
    today: str = ""
    logo: Download | None = None
    withheld: int = 0
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    archived: Mapping[str, Verdict] = field(default_factory=dict)

    @property
    def made(self) -> Mapping[str, str]:
        """Where the files are that the site made itself, by the hashes of what they were made of."""
        downloads = (each for dossier in self.dossiers for each in dossier.downloads)
        return {each.made: f"files/{each.name}" for each in downloads if each.made}

    @property
    def publisher(self) -> str:
        """The body that publishes it: as its settings say, else that of the latest dossier."""
        return self.settings.publisher or (self.dossiers[0].spec.publisher if self.dossiers else "")

    @property
    def title(self) -> str:
        """What it is called; never nothing, for a page without a title has no name to be told by."""
        return self.settings.title or self.publisher or said("nav_home", self.settings.languages[0])
