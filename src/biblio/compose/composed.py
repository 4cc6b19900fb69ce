"""A dossier on its way to its outputs: what was described, in which style, what it selected, and what that gives."""

from __future__ import annotations

from dataclasses import dataclass

from biblio.document.tree import Document
from biblio.dossier.select import Selection
from biblio.dossier.spec import DossierSpec
from biblio.style.style import Style


@dataclass(frozen=True, slots=True)
class Composed:
    """All that an output may need, as values."""

    spec: DossierSpec
    style: Style
    selection: Selection
    document: Document
