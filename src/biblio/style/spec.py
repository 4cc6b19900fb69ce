"""The model of ``style.yaml``: the knobs of a style. Its reference page is generated from here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from biblio.citation import DEFAULT_PRESET
from biblio.citation.elements import ELEMENTS
from biblio.document.tree import PAPERS, QR_CODES, Role
from biblio.style.fields import PRINTABLE
from biblio.text.typography.options import SPACES
from biblio.yaml_model.keys import Located, Placed, Shape, declare


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
    paper: str = declare(
        Shape.CHOICE,
        default="A4",
        choices=PAPERS,
        fr="Le papier des pages ; un dossier peut en demander un autre.",
        en="The paper of the pages; a dossier may ask for another.",
        example="Letter",
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
    notice_lines: tuple[Placed, ...] = declare(
        Shape.CHOICES,
        default=(),
        choices=tuple(role.value for role in Role),
        fr="Les lignes d'une notice, dans l'ordre d'impression : celles qui n'y sont pas ne s'impriment pas. Les"
        " grammaires ISO 690 et celles des autres mettent auteurs et titre dans `source`, qui doit y être. Sans cette"
        " liste, comme le veut la grammaire.",
        en="The lines of a notice, in the order of print: those that are not in it are not printed. The grammars of ISO"
        " 690 and those of others put authors and title into `source`, which must be there. Without this list as the"
        " grammar has them.",
        example="[title, authors, source, annotation, link]",
    )
    source_elements: tuple[Placed, ...] = declare(
        Shape.CHOICES,
        default=(),
        choices=ELEMENTS,
        fr="Les éléments de la source d'une notice, dans l'ordre d'impression, pour les grammaires `cres` et"
        " `bulletin` : ceux qui n'y sont pas ne s'impriment pas.",
        en="The elements of the source of a notice, in the order of print, for the grammars `cres` and `bulletin`:"
        " those that are not in it are not printed.",
        example="[journaltitle, publisher, date, volume, pages]",
    )
    notice_numbers: str = declare(
        Shape.CHOICE,
        default="",
        choices=("continuous", "part", "none"),
        fr="Des numéros devant les notices, par lesquels les index et les renvois les désignent : à la suite"
        " (`continuous`), ou par partie (`part`). Un dossier peut dire le contraire.",
        en="Numbers before the notices, by which indexes and pointers name them: throughout (`continuous`) or by"
        " part (`part`). A dossier may say otherwise.",
        example="continuous",
    )
    fields: tuple[Placed, ...] = declare(
        Shape.CHOICES,
        default=(),
        choices=tuple(PRINTABLE),
        fr="Les champs à imprimer sous les notices, en plus de leur description, dans cet ordre : cote, exemplaires,"
        " prêt, accès libre, licence, publics, mots-clés, territoires, durée, contenu, date de consultation, ISBN.",
        en="The fields to print under notices beside their description, in this order: call number, copies, loan, open"
        " access, licence, audience, keywords, territories, duration, contents, day of visit, ISBN.",
        example="[library, openaccess]",
    )
    dates: str = declare(
        Shape.CHOICE,
        default="figures",
        choices=("figures", "words"),
        fr="Les dates dans la source, pour les grammaires `cres` et `bulletin` : en chiffres (`2019-03`) ou en lettres"
        " (`mars 2019`). La forme des chiffres se change dans `words.yaml`.",
        en="Dates in the source, for the grammars `cres` and `bulletin`: in figures (`2019-03`) or in words (`March"
        " 2019`). The form of the figures is changed in `words.yaml`.",
        example="words",
    )
    name_capitals: bool = declare(
        Shape.BOOLEAN,
        default=True,
        fr="Les noms de famille en capitales, dans les grammaires de biblio et les index.",
        en="Family names in capitals, in the grammars of biblio and the indexes.",
        example="true",
    )
    qr_codes: str = declare(
        Shape.CHOICE,
        default="none",
        choices=QR_CODES,
        fr="Dans le PDF, un code QR à côté de chaque notice, pour sa première adresse (`links`), ou aucun (`none`). Un"
        " dossier peut dire le contraire.",
        en="In the PDF, a QR code beside each notice for its first address (`links`), or none (`none`). A dossier may"
        " say otherwise.",
        example="links",
    )
    guillemet_space: str = declare(
        Shape.CHOICE,
        default="",
        choices=tuple(SPACES),
        fr="L'espace à l'intérieur des guillemets : insécable (`nbsp`), fine insécable (`nnbsp`) ou aucune (`none`)."
        " Sans ce mot, comme on écrit dans le pays de la langue (`fr-CH` : fine ; sinon insécable).",
        en="The space inside guillemets: no-break (`nbsp`), narrow no-break (`nnbsp`) or none (`none`). Without this"
        " word, as it is written in the country of the language (`fr-CH`: narrow; else no-break).",
        example="nbsp",
    )
    colon_space: str = declare(
        Shape.CHOICE,
        default="",
        choices=tuple(SPACES),
        fr="L'espace avant le deux-points, en français. Sans ce mot, insécable (`fr-CH` : fine).",
        en="The space before a colon, in French. Without this word, no-break (`fr-CH`: narrow).",
        example="nbsp",
    )
    punctuation_space: str = declare(
        Shape.CHOICE,
        default="",
        choices=tuple(SPACES),
        fr="L'espace avant `;`, `!` et `?`, en français. Sans ce mot, fine insécable (`fr-CA` : aucune).",
        en="The space before `;`, `!` and `?`, in French. Without this word, narrow no-break (`fr-CA`: none).",
        example="nnbsp",
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
