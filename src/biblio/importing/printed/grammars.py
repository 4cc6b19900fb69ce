"""The table of grammars for notices in one paragraph: each is tried, and the one that understands most is believed."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from biblio.importing.printed.author_date import read_author_date
from biblio.importing.printed.law import read_law
from biblio.importing.printed.notice import Reading
from biblio.importing.printed.paragraph import Paragraph
from biblio.importing.printed.running import read_running
from biblio.importing.printed.whole import Whole, may_be_a_notice, whole_of

GRAMMARS: tuple[Callable[[Whole], Reading], ...] = (read_law, read_author_date, read_running)
# From this share on a paragraph is taken for a notice.
ENOUGH = 0.68


def read_whole(paragraph: Paragraph) -> Reading:
    """The notice of a paragraph by the grammar that fits best; its share is 0 when it has no date and no identifier."""
    if not may_be_a_notice(paragraph):
        return Reading()
    whole = whole_of(paragraph)
    best = max((grammar(whole) for grammar in GRAMMARS), key=lambda reading: reading.share)
    if (
        best.entry_type == "book"
        and whole.fields.get("url")
        and not {"publisher", "pagetotal", "isbn"} & best.fields.keys()
    ):
        best.entry_type = "online"
    elif best.entry_type == "book" and whole.online and "pagetotal" not in best.fields and "isbn" not in best.fields:
        best.entry_type = "online" if "location" not in best.fields else "book"
    return best


@lru_cache(maxsize=65_536)
def is_notice(paragraph: Paragraph) -> bool:
    """Whether a paragraph is a whole notice."""
    return read_whole(paragraph).share >= ENOUGH
