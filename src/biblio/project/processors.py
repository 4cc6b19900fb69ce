"""The citation processors of this machine, which the core is handed, and which versions of them set a notice."""

from __future__ import annotations

from collections.abc import Mapping

from biblio.citation.processor_names import BST, CSL, PYBTEX, processor_of
from biblio.citation.processors import Processors
from biblio.places import at, imported

PROCESSORS = Processors(
    at("biblio.project.pandoc:run"), at("biblio.project.pybtex:set_in"), at("biblio.project.bst:set_in")
)


def versions_for(citation: str) -> Mapping[str, str]:
    """The versions of what sets notices in the style that ``citation`` names; nothing for a grammar of biblio's own."""
    prefix, name = processor_of(citation)
    if prefix == CSL.prefix:
        return {"pandoc": imported("biblio.project.pandoc:version")()}
    if prefix in (PYBTEX.prefix, BST.prefix):
        versions: Mapping[str, str] = imported("biblio.project.pybtex:versions")(name)
        return versions
    return {}
