"""Who published a document and where, as lists of names; and its publication in a state other than plain print."""

from __future__ import annotations

from collections.abc import Sequence

from biblio.citation.labels import said
from biblio.citation.options import Options
from biblio.reference.bodies import joined_again
from biblio.words.tables import term


def bodies(values: Sequence[str], options: Options, *, with_et: bool = False) -> tuple[str, ...]:
    """Publishers or places by their names: keys of biblatex in words, and the halves of a cut name put together.

    What joins the halves is « and », as it was typed; ``with_et`` is for the grammars that join names by « et ».
    """
    conjunction = term("citation.and", options.lang) if with_et else "and"
    return tuple(said(value, options.lang) for value in joined_again(values, conjunction))
