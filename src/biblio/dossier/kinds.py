"""The kinds of dossiers: one row of data says everything that a kind does in its own way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from biblio.plugins import Table, row_of


@dataclass(frozen=True, slots=True)
class Kind:
    """One row of the table of kinds.

    ``about`` says what it is, by language. ``style`` is that of a dossier that names none. ``tag`` is what stands
    beside a notice: the ``type`` of a document, the ``day`` on which it was added (its themes and audiences then
    stand under it), or ``none``. ``order`` is that of what queries find, where a section has no ``sort`` of its
    own. ``contents`` is the term that heads the contents, empty where there are none, and ``edition`` the term that
    numbers an issue. ``template`` is that of the page and of its twin on a screen, ``email`` that of the e-mail,
    empty where there is none. ``called`` is what it is called in a few words, by language; else it goes by its name.
    """

    name: str
    about: Mapping[str, str]
    style: str
    tag: Literal["type", "day", "none"] = "type"
    order: tuple[str, ...] = ()
    contents: str = ""
    edition: str = "edition.plain"
    template: str = "dossier.html.j2"
    email: str = ""
    called: Mapping[str, str] = field(default_factory=dict)


_OWN = (
    Kind(
        "selection",
        {
            "fr": "Une bibliographie en parties, avec une couverture, un sommaire et des folios",
            "en": "A bibliography in parts, with a cover, contents and page numbers",
        },
        "cres",
        contents="dossier.contents",
        called={"fr": "Sélection", "en": "Selection"},
    ),
    Kind(
        "bulletin",
        {
            "fr": "Des notices datées, les plus récentes d'abord, avec leurs thèmes et leurs publics",
            "en": "Dated notices, the newest first, with their themes and audiences",
        },
        "bulletin",
        tag="day",
        order=("-added",),
        contents="bulletin.contents",
        edition="edition.bulletin",
        called={"fr": "Bulletin", "en": "Bulletin"},
    ),
    Kind(
        "newsletter",
        {
            "fr": "Des nouvelles, des références et un agenda sous les rubriques d'un numéro ; en courrier aussi",
            "en": "News, references and an agenda under the headings of an issue; as an e-mail too",
        },
        "lettre",
        contents="newsletter.contents",
        edition="edition.newsletter",
        email="newsletter.email.html.j2",
        called={"fr": "Lettre", "en": "Newsletter"},
    ),
    Kind(
        "reading-list",
        {"fr": "Quelques lectures, au fil du texte", "en": "A few readings in running form"},
        "liste",
        tag="none",
        called={"fr": "Liste de lectures", "en": "Reading list"},
    ),
)

KINDS: Table[Kind] = Table("biblio.kinds", {kind.name: kind for kind in _OWN}, row_of(Kind))

DEFAULT_KIND = _OWN[0].name
DEFAULT_STYLE = _OWN[0].style
