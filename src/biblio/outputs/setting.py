"""In which style and language references are set as notices, where no dossier says so."""

from __future__ import annotations

from dataclasses import dataclass

from biblio.style.style import Style


@dataclass(frozen=True, slots=True)
class Setting:
    """A style, and the language of notices."""

    style: Style
    lang: str
