"""What stands beside a notice: the type of the document, the day on which it was added, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from biblio.citation import label_of
from biblio.citation.dates import in_words
from biblio.compose.composer import Composer
from biblio.compose.particulars import particulars
from biblio.document.tree import Line, Notice, Role
from biblio.reference.reference import Reference
from biblio.text.inline import text
from biblio.words.tables import term


def _by_type(reference: Reference, composer: Composer, tagged: bool, new: str) -> Notice:
    label = label_of(reference, composer.options.lang) if tagged else ""
    return composer.notice(reference, label, particulars(reference, composer), new)


def _untagged(reference: Reference, composer: Composer, tagged: bool, new: str) -> Notice:
    return composer.notice(reference, "", particulars(reference, composer), new)


def _by_day(reference: Reference, composer: Composer, tagged: bool, new: str) -> Notice:
    lang = composer.options.lang
    day = in_words(reference.added, lang) if reference.added else ""
    # The tag is narrow: its line breaks before the day, and not inside.
    label = term("bulletin.published", lang).format(date=day.replace(" ", "\u00a0")) if day else ""
    beside = (*_topics(reference, composer), *particulars(reference, composer, ("keywords", "audience")))
    return composer.notice(reference, label, beside, new)


def _topics(reference: Reference, composer: Composer) -> Iterator[Line]:
    for name, words in (("bulletin.themes", reference.keyword), ("bulletin.audience", reference.audience)):
        if words:
            listed = ", ".join(composer.label_of(word) for word in words)
            yield Line(Role.TOPICS, text(term(name, composer.options.lang).format(words=listed)))


# Each composes one notice, from the reference, whether its section has type tags, and the mark of what is new.
TAGS: Mapping[str, Callable[[Reference, Composer, bool, str], Notice]] = {
    "type": _by_type,
    "day": _by_day,
    "none": _untagged,
}
