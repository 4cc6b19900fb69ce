"""The model of a dossier spec, one dataclass a level: its reference page and JSON Schema are generated from here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from biblio.document.tree import PAPERS, QR_CODES
from biblio.dossier.cover import CoverSpec, ImageSpec
from biblio.dossier.email import EmailSpec
from biblio.dossier.kinds import DEFAULT_KIND, DEFAULT_STYLE, KINDS
from biblio.dossier.query import Query
from biblio.dossier.section import BREAKS, EventSpec, ItemSpec, LinkSpec, Pin, SectionSpec
from biblio.dossier.texts import TextSpec
from biblio.style.fields import PRINTABLE
from biblio.text.typography import RULES
from biblio.words.tables import document_languages
from biblio.yaml_model.keys import Located, Placed, Shape, declare

# Those that there are words for, and their countries that have rules of typography.
DOSSIER_LANGUAGES = tuple(
    tag
    for lang in document_languages()
    for tag in (lang, *sorted(each for each in RULES if each.startswith(f"{lang}-")))
)
INDEXES = ("people", "bodies", "journals", "themes", "territories")


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
    short_title: str = declare(
        Shape.TEXT,
        default="",
        fr="Le titre en plus court, pour les titres courants ; sans lui, un long titre y est coupé après un mot.",
        en="The title in a shorter form, for the running heads; without it a long one is cut there behind a word.",
        example="Démarches territoriales",
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
    rights: str = declare(
        Shape.TEXT,
        default="",
        fr="Les droits, ou la licence, pour les métadonnées ; sans cette clé, le texte de la licence, s'il y en a un.",
        en="The rights, or the licence, for the metadata; without it the text of the licence, where there is one.",
        example="Licence ouverte 2.0 (Etalab)",
    )
    lang: str = declare(
        Shape.CHOICE,
        default="fr",
        choices=DOSSIER_LANGUAGES,
        fr="La langue du dossier ; avec un pays (`fr-CA`), les espaces sont celles que l'on y met.",
        en="The language of the dossier; with a country (`fr-CA`), its spaces are those that are set there.",
        example="fr",
    )
    style: str = declare(
        Shape.SLUG,
        default=DEFAULT_STYLE,
        fr="Le style de mise en page, un dossier de `styles/` ; sans cette clé, celui du genre (`cres`, `bulletin`,"
        " `lettre` ou `liste`).",
        en="The style, a folder of `styles/`; without this key that of the kind (`cres`, `bulletin`, `lettre` or"
        " `liste`).",
        example="cres",
    )
    kind: str = declare(
        Shape.CHOICE,
        default=DEFAULT_KIND,
        choices=KINDS,
        fr="Ce que l'on publie : une sélection, un bulletin, une lettre ou une liste de lectures.",
        en="What is published: a selection, a bulletin, a newsletter or a reading list.",
        example="selection",
    )
    draft: bool = declare(
        Shape.BOOLEAN,
        default=False,
        fr="Un brouillon : `biblio build` sans nom de dossier ne le publie pas, le bureau non plus.",
        en="A draft: `biblio build` without the name of a dossier does not publish it, nor does the desk.",
        example="true",
    )
    embargo: str = declare(
        Shape.DATE,
        default="",
        fr="Le jour avant lequel `biblio site` ne montre pas le dossier.",
        en="The day before which `biblio site` does not show the dossier.",
        example="2026-01-15",
    )
    former: tuple[Placed, ...] = declare(
        Shape.TEXTS,
        default=(),
        fr="Les noms que le dossier a portés, le plus ancien en dernier : sur le site, ils mènent au nouveau.",
        en="The names that the dossier has had, the oldest one last: on the site they lead to the new one.",
        example="[sante-territoires]",
    )
    edition: str = declare(
        Shape.TEXT,
        default="",
        fr="Le numéro du bulletin ou de la lettre.",
        en="The number of the bulletin or newsletter.",
        example='"14"',
    )
    themes: tuple[Placed, ...] = declare(
        Shape.TEXTS,
        default=(),
        fr="Les thèmes dont traite le dossier : ceux de `references/themes.yaml`, ou des mots-clés.",
        en="The themes that the dossier is about: those of `references/themes.yaml`, or keywords.",
        example="[cls, clsm]",
    )
    repeated: str = declare(
        Shape.CHOICE,
        default="see-also",
        choices=("see-also", "repeat"),
        fr="Une référence de plusieurs sections : entière dans la première et en renvoi (« voir aussi ») dans les "
        "autres, ou entière partout.",
        en="A reference of several sections: whole in the first and by “see also” in the others, or whole everywhere.",
        example="see-also",
    )
    paper: str = declare(
        Shape.CHOICE,
        default="",
        choices=PAPERS,
        fr="Le papier des pages ; sans cette clé, celui du style.",
        en="The paper of the pages; without this key that of the style.",
        example="Letter",
    )
    numbering: bool = declare(
        Shape.BOOLEAN,
        default=False,
        fr="Des numéros devant les intitulés (1, 1.1 …), dans le sommaire et les signets aussi.",
        en="Numbers before the headings (1, 1.1 …), in the contents and the outline as well.",
        example="true",
    )
    notice_numbers: str = declare(
        Shape.CHOICE,
        default="",
        choices=("continuous", "part", "none"),
        fr="Des numéros devant les notices, par lesquels les index et les renvois les désignent : à la suite"
        " (`continuous`), ou par partie (`part`) : 2.1, 2.2 … Sans cette clé, comme le veut le style.",
        en="Numbers before the notices, by which indexes and pointers name them: throughout (`continuous`) or by"
        " part (`part`): 2.1, 2.2 … Without this key as the style has it.",
        example="continuous",
    )
    fields: tuple[Placed, ...] = declare(
        Shape.CHOICES,
        default=(),
        choices=tuple(PRINTABLE),
        fr="Les champs à imprimer sous les notices, en plus de leur description, dans cet ordre ; sans cette clé, ceux"
        " du style.",
        en="The fields to print under notices beside their description, in this order; without this key those of the"
        " style.",
        example="[library, openaccess]",
    )
    qr_codes: str = declare(
        Shape.CHOICE,
        default="",
        choices=QR_CODES,
        fr="Dans le PDF, un code QR à côté de chaque notice, pour sa première adresse (`links`), ou aucun (`none`) ;"
        " sans cette clé, comme le veut le style.",
        en="In the PDF, a QR code beside each notice for its first address (`links`), or none (`none`); without"
        " this key as the style has it.",
        example="links",
    )
    archived_copies: bool = declare(
        Shape.BOOLEAN,
        default=False,
        fr="À côté de chaque lien mort, sa copie dans une archive du web, si `biblio links` en a trouvé une.",
        en="Beside each dead link its copy in an archive of the web, where `biblio links` has found one.",
        example="true",
    )
    break_: str = declare(
        Shape.CHOICE,
        default="",
        choices=BREAKS,
        fr="Les parties : chacune sur une page nouvelle (`page`) ou l'une à la suite de l'autre (`none`) ; sans "
        "cette clé, comme le veut le style. Une section peut en décider autrement.",
        en="The parts: each on a new page (`page`) or one behind the other (`none`); without this key as the style has "
        "it. A section may have it otherwise.",
        example="none",
    )
    indexes: tuple[Placed, ...] = declare(
        Shape.CHOICES,
        default=(),
        choices=INDEXES,
        fr="Les index de la fin : personnes, organismes, revues, thèmes, territoires.",
        en="The indexes at the end: people, bodies, journals, themes, territories.",
        example="[people, journals]",
    )
    acronyms: bool = declare(
        Shape.BOOLEAN,
        default=False,
        fr="La liste des sigles.",
        en="The list of acronyms.",
        example="true",
    )
    whats_new: str = declare(
        Shape.DATE,
        default="",
        fr="La date depuis laquelle ce qui est entré dans la collection est signalé comme nouveau.",
        en="The date since which what came into the collection is marked as new.",
        example="2022-04-01",
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
    texts: tuple[TextSpec, ...] = declare(
        Shape.OBJECTS,
        of="TextSpec",
        default=(),
        fr="Les textes du dossier, avant ou après ses parties : préface, éditorial, contacts, colophon, licence,"
        " « citer ce dossier ».",
        en="The texts of the dossier, before or behind its parts: preface, editorial, contacts, colophon, licence,"
        " “cite this dossier”.",
        example="[{kind: preface, text: Ce dossier accompagne la journée.}]",
    )
    cover: CoverSpec | None = declare(
        Shape.OBJECT,
        of="CoverSpec",
        default=None,
        fr="Ce que la couverture porte à côté de ses mots : logos, couleur, image, citation, licence, contact.",
        en="What the cover has beside its words: logos, a colour, an image, how to cite, the licence, a contact.",
        example="{logo: {file: images/logo.png, alt: CRES}, cite: true}",
    )
    email: EmailSpec | None = declare(
        Shape.OBJECT,
        of="EmailSpec",
        default=None,
        fr="Ce qu'un courriel dit à côté de son numéro : l'expéditeur, l'objet, les liens d'usage.",
        en="What an e-mail says beside its issue: the sender, the subject, the usual links.",
        example="{sender: doc@example.org, online: https://www.example.org/lettre-14.html}",
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
        """How many references the sections list by their keys."""
        return sum(len(section.references) + len(section.include) for part in self.parts for section in part.walk())


MODELS: Mapping[str, type[Located]] = {
    model.__name__: model
    for model in (
        Query,
        Pin,
        LinkSpec,
        ItemSpec,
        EventSpec,
        SectionSpec,
        TextSpec,
        ImageSpec,
        CoverSpec,
        EmailSpec,
        DossierSpec,
    )
}
