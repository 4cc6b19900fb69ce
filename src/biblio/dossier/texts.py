"""The model of the texts of a dossier that are no section: a preface, contacts, how to cite it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from biblio.yaml_model.keys import Located, Shape, declare

# Where each kind stands when nothing is said of it.
TEXT_KINDS: Mapping[str, str] = {
    "preface": "before",
    "editorial": "before",
    "contacts": "after",
    "colophon": "after",
    "license": "after",
    "cite": "after",
}
# The kinds whose text biblio writes itself where there is none.
WRITTEN = frozenset({"cite"})


@dataclass(frozen=True)
class TextSpec(Located):
    """One text, under its own heading."""

    kind: str = declare(
        Shape.CHOICE,
        default="preface",
        choices=tuple(TEXT_KINDS),
        fr="Ce que c'est : préface, éditorial, contacts, colophon, licence, ou « citer ce dossier », que biblio"
        " rédige.",
        en="What it is: preface, editorial, contacts, colophon, licence, or “cite this dossier”, which biblio writes.",
        example="preface",
    )
    title: str = declare(
        Shape.TEXT,
        default="",
        fr="L'intitulé ; celui du genre s'il n'y en a pas.",
        en="The heading; that of the kind when there is none.",
        example="Avant-propos",
    )
    text: str = declare(
        Shape.MARKDOWN,
        default="",
        fr="Le texte, en Markdown ; pour une licence, son nom suffit (`CC BY 4.0`).",
        en="The text, in Markdown; for a licence its name will do (`CC BY 4.0`).",
        example="Ce dossier accompagne la **journée d'échanges**.",
    )
    place: str = declare(
        Shape.CHOICE,
        default="",
        choices=("before", "after"),
        fr="Avant les parties du dossier, ou après. Sans ce mot, la préface et l'éditorial sont avant, le reste après.",
        en="Before the parts of the dossier, or behind them. Without this word the preface and the editorial stand"
        " before, the rest behind.",
        example="before",
    )

    @property
    def stands(self) -> str:
        """``before`` or ``after``."""
        return self.place or TEXT_KINDS[self.kind]
