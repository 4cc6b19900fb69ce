"""The elements of a source by their names: a style says which of them are printed, and in which order."""

from __future__ import annotations

from collections.abc import Mapping

from biblio.citation.options import Options
from biblio.text.inline import Rich

# Those of the grammars ``cres`` and ``bulletin``, by the fields that they mostly come from.
ELEMENTS = (
    "roles",
    "authors",
    "journaltitle",
    "edition",
    "version",
    "publisher",
    "howpublished",
    "series",
    "volume",
    "issuetitle",
    "date",
    "updated",
    "volumes",
    "pages",
)


def chosen(parts: Mapping[str, Rich], options: Options) -> list[Rich]:
    """The elements that the style names, in its order; all of them in the grammar's where it names none."""
    if not options.elements:
        return list(parts.values())
    return [parts[name] for name in options.elements if name in parts]
