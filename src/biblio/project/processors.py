"""The citation processors of this machine, which the core is handed, and which versions of them set a notice."""

from __future__ import annotations

from collections.abc import Mapping

from biblio.citation import bst as bst_styles
from biblio.citation import csl, processed
from biblio.citation import pybtex as pybtex_styles
from biblio.citation.processors import Processors
from biblio.project import bst, pandoc, pybtex

PROCESSORS = Processors(pandoc.run, pybtex.set_in, bst.set_in)


def versions_for(citation: str) -> Mapping[str, str]:
    """The versions of what sets notices in the style that ``citation`` names; nothing for a grammar of biblio's own."""
    kind, name = processed(citation)
    if kind == csl.PREFIX:
        return {"pandoc": pandoc.version()}
    return pybtex.versions(name) if kind in (pybtex_styles.PREFIX, bst_styles.PREFIX) else {}
