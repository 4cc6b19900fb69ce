"""What runs the citation processors of others for the core, which is handed it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from biblio.places import at

if TYPE_CHECKING:
    from biblio.citation.bst import Set as SetInBst
    from biblio.citation.pandoc import Run
    from biblio.citation.pybtex import Set as SetInPybtex


@dataclass(frozen=True, slots=True)
class Processors:
    """One function a processor; by default those of who has none."""

    pandoc: Run = at("biblio.citation.pandoc:no_processor")
    pybtex: SetInPybtex = at("biblio.citation.pybtex:no_styles")
    bst: SetInBst = at("biblio.citation.bst:no_interpreter")


NONE = Processors()
