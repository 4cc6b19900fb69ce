"""The kinds of dossiers: one row says everything that a kind does in its own way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from biblio.citation import label_of
from biblio.citation.dates import in_words
from biblio.compose.composer import Composer
from biblio.document.tree import Line, Notice, Role
from biblio.reference.reference import Reference
from biblio.text.inline import text
from biblio.words.tables import term

NoticeOf = Callable[[Reference, Composer, bool, str], Notice]


@dataclass(frozen=True, slots=True)
class Kind:
    """One row of the table of kinds.

    ``style`` is that of a dossier that names none. ``notice`` composes one notice, from the reference, whether it has a
    type tag, and the mark of what is new. ``contents`` is the term that heads the contents, empty where there are none,
    and ``edition`` the term that numbers an issue. ``template`` is that of the page and of its twin on a screen,
    ``email`` that of the e-mail, empty where there is none. The order of a kind is in ``dossier.spec.KINDS``.
    """

    name: str
    about: str
    style: str
    notice: NoticeOf
    contents: str = ""
    edition: str = "edition.plain"
    template: str = "dossier.html.j2"
    email: str = ""


# --- notices ----------------------------------------------------------------------------------------------------------


def by_type(reference: Reference, composer: Composer, tagged: bool, new: str) -> Notice:
    """A notice beside the tag of its type."""
    return composer.notice(reference, label_of(reference, composer.options.lang) if tagged else "", new=new)


def _untagged(reference: Reference, composer: Composer, tagged: bool, new: str) -> Notice:
    return composer.notice(reference, new=new)


def _by_day(reference: Reference, composer: Composer, tagged: bool, new: str) -> Notice:
    """A notice beside the day on which it was published in the bulletin, its themes and audiences under it."""
    lang = composer.options.lang
    day = in_words(reference.added, lang) if reference.added else ""
    # The tag is narrow: its line breaks before the day, and not inside.
    label = term("bulletin.published", lang).format(date=day.replace(" ", "\u00a0")) if day else ""
    return composer.notice(reference, label, tuple(_topics(reference, composer)), new)


def _topics(reference: Reference, composer: Composer) -> Iterator[Line]:
    for name, words in (("bulletin.themes", reference.keyword), ("bulletin.audience", reference.audience)):
        if words:
            listed = ", ".join(composer.label_of(word) for word in words)
            yield Line(Role.TOPICS, text(term(name, composer.options.lang).format(words=listed)))


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "selection",
            "A bibliography in parts, with a cover, contents and page numbers",
            "cres",
            by_type,
            contents="dossier.contents",
        ),
        Kind(
            "bulletin",
            "Dated notices, the newest first, with their themes and audiences",
            "bulletin",
            _by_day,
            contents="bulletin.contents",
            edition="edition.bulletin",
        ),
        Kind(
            "newsletter",
            "News, references and an agenda under the headings of an issue; as an e-mail too",
            "lettre",
            by_type,
            contents="newsletter.contents",
            edition="edition.newsletter",
            email="newsletter.email.html.j2",
        ),
        Kind(
            "reading-list",
            "A few readings in running form",
            "liste",
            _untagged,
        ),
    )
}
