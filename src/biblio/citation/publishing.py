"""Who published a document and where, as lists of names; and its publication in a state other than plain print."""

from __future__ import annotations

import re
from collections.abc import Sequence

from biblio.citation.options import Options
from biblio.reference.bodies import joined_again
from biblio.reference.genres import said
from biblio.reference.reference import Reference
from biblio.text.inline import Rich, plain
from biblio.words.tables import term

_ADDRESS = re.compile(r"(?:https?|ftp)://\S+")
# What catalogues put where place or publisher are not known: ISO 690 asks for neither.
_UNKNOWN = re.compile(r"[\[(]?\s*s\.?\s?[lnd]\.?\s*[\])]?", re.IGNORECASE)
_STOPPED = re.compile(r"(\b[^\W\d_]{6,}|^[^\W\d_]{4,})\.$")


def manner(reference: Reference) -> Rich:
    """How a document is published, where that says more than its address, which has a place of its own."""
    words = plain(reference.how_published).strip()
    found = _ADDRESS.search(words)
    return () if found and (reference.url or found.group() == words) else reference.how_published


def bodies(values: Sequence[str], options: Options, *, with_et: bool = False) -> tuple[str, ...]:
    """Publishers or places by their names: keys of biblatex in words, and the halves of a cut name put together.

    What joins the halves is « and », as it was typed; ``with_et`` is for the grammars that join names by « et ». Those
    that are said to be unknown (« s. n. ») are left out.
    """
    conjunction = term("citation.and", options.lang) if with_et else "and"
    known = (value for value in joined_again(values, conjunction) if not _UNKNOWN.fullmatch(value.strip()))
    return tuple(_without_stop(said(value, options.lang)) for value in known)


def _without_stop(value: str) -> str:
    """A name without the punctuation that ended it on its title page; the stop of an abbreviation is its own."""
    return _STOPPED.sub(r"\1", value.rstrip(" ,;:"))
