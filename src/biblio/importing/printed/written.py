"""What a word processor's document gives, whatever its format: paragraphs, notes, and the items of its field codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from biblio.importing.printed.paragraph import Paragraph


@dataclass(frozen=True, slots=True)
class Written:
    """A document: its ``paragraphs``, those of its ``notes``, and the CSL ``items`` of its field codes, in their order.

    What a plug-in sets as the list of its items is left out of the paragraphs: the items say it better.
    """

    paragraphs: tuple[Paragraph, ...] = ()
    notes: tuple[Paragraph, ...] = ()
    items: tuple[Mapping[str, Any], ...] = ()
