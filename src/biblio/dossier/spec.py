"""The model of a dossier spec, one dataclass a level: its reference page and JSON Schema are generated from here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from biblio.yaml_model.keys import Located, Placed, Shape, declare

SORT_KEYS = ("type", "source", "date", "author", "title")


@dataclass(frozen=True)
class Pin(Located):
    """A reference held at a place of its own in a sorted section."""

    key: Placed = declare(
        Shape.CITEKEY,
        fr="La clé de la référence à épingler.",
        en="The citekey of the pinned reference.",
        example="harpet-2019-contrats",
    )
    at: str = declare(
        Shape.CHOICE,
        default="",
        choices=("first", "last"),
        fr="En tête (`first`) ou en fin (`last`) de section.",
        en="At the head (`first`) or the foot (`last`) of the section.",
        example="first",
    )
    after: Placed | None = declare(
        Shape.CITEKEY,
        default=None,
        fr="La clé de la référence après laquelle la placer.",
        en="The citekey of the reference to stand after.",
        example="jabot-2018-sens",
    )


@dataclass(frozen=True)
class SectionSpec(Located):
    """A heading and the references under it, or further sections, or both."""

    title: str = declare(
        Shape.TEXT,
        fr="L'intitulé de la section.",
        en="The heading of the section.",
        example="Contrat local de santé (CLS)",
    )
    references: tuple[Placed, ...] = declare(
        Shape.CITEKEYS,
        default=(),
        fr="Les clés des références, dans l'ordre d'impression.",
        en="The citekeys of the references, in the order of print.",
        example="[harpet-2019-contrats, jabot-2018-sens]",
    )
    sort: tuple[Placed, ...] = declare(
        Shape.SORT_KEYS,
        default=(),
        choices=SORT_KEYS,
        fr="Les critères de tri, le premier d'abord ; `-` inverse l'ordre. Sans tri, l'ordre des clés est gardé.",
        en="The sort keys, the first one first; `-` reverses. Without it the order of the citekeys is kept.",
        example="[type, source, -date]",
    )
    pin: tuple[Pin, ...] = declare(
        Shape.OBJECTS,
        of="Pin",
        default=(),
        fr="Les références que le tri ne déplace pas.",
        en="The references that sorting leaves in a place of their own.",
        example="[{key: harpet-2019-contrats, at: first}]",
    )
    sections: tuple[SectionSpec, ...] = declare(
        Shape.OBJECTS,
        of="SectionSpec",
        default=(),
        fr="Les sous-sections.",
        en="The sections inside this one.",
        example="[{title: Généralités, references: [jabot-2018-sens]}]",
    )

    def walk(self) -> Iterator[SectionSpec]:
        """This section and all those inside it, in order."""
        yield self
        for section in self.sections:
            yield from section.walk()


@dataclass(frozen=True)
class DossierSpec(Located):
    """A whole dossier."""

    slug: str
    title: str = declare(
        Shape.TEXT,
        fr="Le titre du dossier, sur la couverture et dans les métadonnées du PDF.",
        en="The title, on the cover and in the metadata of the PDF.",
        example="Démarches territoriales de santé",
    )
    subtitle: str = declare(
        Shape.TEXT,
        default="",
        fr="Le sous-titre.",
        en="The subtitle.",
        example="Sélection bibliographique de documents disponibles au CRES",
    )
    event: str = declare(
        Shape.TEXT,
        default="",
        fr="La manifestation pour laquelle le dossier est préparé.",
        en="The event for which the dossier is made.",
        example="Journée d'échanges régionale",
    )
    date: str = declare(
        Shape.DATE,
        fr="La date du dossier (AAAA-MM-JJ, AAAA-MM ou AAAA) ; elle date aussi le PDF.",
        en="The date of the dossier (YYYY-MM-DD, YYYY-MM or YYYY); it dates the PDF as well.",
        example="2023-04-25",
    )
    publisher: str = declare(
        Shape.TEXT,
        fr="L'organisme qui publie le dossier.",
        en="The body that publishes the dossier.",
        example="CRES Provence-Alpes-Côte d'Azur",
    )
    authors: tuple[Placed, ...] = declare(
        Shape.TEXTS,
        default=(),
        fr="Les auteurs du dossier, pour les métadonnées ; l'organisme s'il n'y en a pas.",
        en="The authors of the dossier, for the metadata; the publisher when there are none.",
        example="[Centre de documentation du CRES]",
    )
    description: str = declare(
        Shape.TEXT,
        default="",
        fr="Le sujet en une phrase, pour les métadonnées.",
        en="The subject in one sentence, for the metadata.",
        example="Bibliographie commentée sur les démarches territoriales de santé.",
    )
    keywords: tuple[Placed, ...] = declare(
        Shape.TEXTS,
        default=(),
        fr="Les mots-clés des métadonnées.",
        en="The keywords of the metadata.",
        example="[contrat local de santé, CPTS]",
    )
    lang: str = declare(
        Shape.CHOICE,
        default="fr",
        choices=("fr", "en"),
        fr="La langue du dossier : `fr` ou `en`.",
        en="The language of the dossier: `fr` or `en`.",
        example="fr",
    )
    style: str = declare(
        Shape.SLUG,
        default="cres",
        fr="Le style de mise en page, un dossier de `styles/`.",
        en="The style, a folder of `styles/`.",
        example="cres",
    )
    sitography: SectionSpec | None = declare(
        Shape.OBJECT,
        of="SectionSpec",
        default=None,
        fr="La sitographie : la première partie, qui commence à la page 1.",
        en="The sitography: the first part, which starts on page 1.",
        example="{title: Sitographie, references: [ma-sante-2022]}",
    )
    sections: tuple[SectionSpec, ...] = declare(
        Shape.OBJECTS,
        of="SectionSpec",
        default=(),
        fr="Les parties du dossier ; chacune commence sur une page nouvelle.",
        en="The parts of the dossier; each starts on a new page.",
        example="[{title: Dispositifs locaux de santé, references: [jabot-2018-sens]}]",
    )
    closing: str = declare(
        Shape.TEXT,
        default="",
        fr="Un texte de fin ; une adresse web y devient un lien.",
        en="A closing text; a web address in it becomes a link.",
        example="Pour en savoir plus, consultez https://www.cres-paca.org/",
    )

    @property
    def parts(self) -> tuple[SectionSpec, ...]:
        """The sitography, if there is one, and the sections: everything that starts a new page."""
        return ((self.sitography,) if self.sitography else ()) + self.sections

    @property
    def placed(self) -> int:
        """How many references the sections list."""
        return sum(len(section.references) for part in self.parts for section in part.walk())


MODELS: Mapping[str, type[Located]] = {"Pin": Pin, "SectionSpec": SectionSpec, "DossierSpec": DossierSpec}
