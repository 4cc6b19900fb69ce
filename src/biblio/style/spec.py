"""The model of ``style.yaml``: the knobs of a style. Its reference page is generated from here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from biblio.citation import DEFAULT_PRESET
from biblio.yaml_model.keys import Located, Shape, declare


@dataclass(frozen=True)
class StyleSpec(Located):
    """The knobs of a style; every one has a default."""

    name: str
    title: str = declare(
        Shape.TEXT,
        fr="Le nom du style, en clair.",
        en="The style's name, in words.",
        example='"CRES : institution de santé publique, sobre et aérée"',
    )
    extends: str = declare(
        Shape.SLUG,
        default="",
        fr="Le style dont celui-ci part : ses feuilles de style et ses polices s'ajoutent à celles-là.",
        en="The style that this one starts from: its sheets and fonts come on top of those.",
        example="cres",
    )
    citation: str = declare(
        Shape.TEXT,
        default=DEFAULT_PRESET,
        fr="La grammaire des notices : `cres`, `iso690-fr`, `iso690-note-fr`, `reading-list`, `bulletin` ; ou un"
        " style CSL du dossier du style (`csl:revue.csl`, avec l'extra `biblio[csl]`), un style pybtex installé"
        " (`pybtex:unsrt`), un style BibTeX du dossier du style (`bst:revue.bst`).",
        en="The citation grammar: `cres`, `iso690-fr`, `iso690-note-fr`, `reading-list`, `bulletin`; or a CSL style"
        " in the style's folder (`csl:journal.csl`, with the extra `biblio[csl]`), a pybtex style that is installed"
        " (`pybtex:unsrt`), a BibTeX style in the style's folder (`bst:journal.bst`).",
        example="cres",
    )
    et_al_min: int = declare(
        Shape.INTEGER,
        default=4,
        fr="À partir de combien d'auteurs la liste est abrégée.",
        en="From how many authors on the list is cut.",
        example="4",
    )
    et_al_use_first: int = declare(
        Shape.INTEGER,
        default=3,
        fr="Combien d'auteurs une liste abrégée garde.",
        en="How many authors a cut list keeps.",
        example="3",
    )
    particles: str = declare(
        Shape.CHOICE,
        default="",
        choices=("kept", "demoted"),
        fr="Les particules : avant le nom (`kept`, DE MAUPASSANT Guy) ou rejetées après le prénom selon l'usage de la"
        " langue (`demoted`, MAUPASSANT, Guy de). Sans ce mot, comme le veut la grammaire : rejetées dans les"
        " grammaires ISO 690, gardées dans les autres.",
        en="Particles: before the family name (`kept`, DE MAUPASSANT Guy) or behind the given name by the usage of the"
        " language (`demoted`, MAUPASSANT, Guy de). Without this word as the grammar has it: demoted in the ISO 690"
        " grammars, kept in the others.",
        example="kept",
    )
    roles: bool = declare(
        Shape.BOOLEAN,
        default=False,
        fr="Dans la grammaire `cres`, qui a traduit, édité ou préfacé le document ; les grammaires ISO 690 le disent"
        " toujours.",
        en="In the `cres` grammar, who translated, edited or prefaced the document; the ISO 690 grammars always say"
        " it.",
        example="false",
    )
    guillemet_space: str = declare(
        Shape.CHOICE,
        default="nbsp",
        choices=("nbsp", "nnbsp"),
        fr="L'espace à l'intérieur des guillemets : insécable (`nbsp`) ou fine insécable (`nnbsp`).",
        en="The space inside guillemets: no-break (`nbsp`) or narrow no-break (`nnbsp`).",
        example="nbsp",
    )
    range_dash: str = declare(
        Shape.CHOICE,
        default="hyphen",
        choices=("hyphen", "en-dash"),
        fr="Le tiret des intervalles de pages.",
        en="The dash of page ranges.",
        example="hyphen",
    )
    ordinal_superscript: bool = declare(
        Shape.BOOLEAN,
        default=True,
        fr="Les ordinaux (1er, 2e) en exposant.",
        en="Ordinals (1er, 2e) in superscript.",
        example="true",
    )
    sitography_labels: bool = declare(
        Shape.BOOLEAN,
        default=False,
        fr="L'étiquette de type devant les notices de la sitographie.",
        en="The type tag beside the notices of the sitography.",
        example="false",
    )


STYLE_MODELS: Mapping[str, type[Located]] = {"StyleSpec": StyleSpec}
