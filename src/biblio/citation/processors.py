"""What runs the citation processors for the core, which is handed it: pandoc, the styles of pybtex and of BibTeX."""

from __future__ import annotations

from dataclasses import dataclass

from biblio.citation import bst, pandoc, pybtex


@dataclass(frozen=True, slots=True)
class Processors:
    """One function a processor; by default those of who has none."""

    pandoc: pandoc.Run = pandoc.no_processor
    pybtex: pybtex.Set = pybtex.no_styles
    bst: bst.Set = bst.no_interpreter


NONE = Processors()
