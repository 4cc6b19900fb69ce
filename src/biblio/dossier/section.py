"""The model of a section of a dossier spec: which references it holds, in which order, and what is printed beside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from biblio.dossier.query import Query
from biblio.yaml_model.keys import Located, Placed, Shape, declare

SORT_KEYS = ("type", "source", "date", "author", "title", "added", "journal", "publisher", "year", "citekey")
# The keys that put something under a heading.
_PRINTED = ("references", "include", "select", "sections", "intro", "links", "items", "agenda")
BREAKS = ("page", "none")
GROUPS = ("type", "year", "theme", "territory", "audience")


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
class LinkSpec(Located):
    """A link of a box of links."""

    label: str = declare(
        Shape.TEXT,
        fr="Les mots du lien.",
        en="The words of the link.",
        example="Le site du réseau",
    )
    url: str = declare(
        Shape.TEXT,
        fr="L'adresse.",
        en="The address.",
        example="https://www.cres-paca.org/",
    )
    details: str = declare(
        Shape.TEXT,
        default="",
        fr="Ce qui suit le lien : un format, un poids, une remarque.",
        en="What follows the link: a format, a size, a remark.",
        example="pdf, 1,67 Mo",
    )


@dataclass(frozen=True)
class ItemSpec(Located):
    """A free item of a newsletter: a news that is no reference."""

    title: str = declare(
        Shape.TEXT,
        fr="L'intitulé.",
        en="The heading.",
        example="Un appel à projets régional",
    )
    text: str = declare(
        Shape.MARKDOWN,
        default="",
        fr="Le texte, en Markdown.",
        en="The text, in Markdown.",
        example="Les candidatures sont ouvertes **jusqu'au 30 juin**.",
    )
    url: str = declare(
        Shape.TEXT,
        default="",
        fr="L'adresse où en lire plus.",
        en="The address at which to read more.",
        example="https://www.cres-paca.org/",
    )
    label: str = declare(
        Shape.TEXT,
        default="",
        fr="Les mots du lien ; l'adresse s'il n'y en a pas.",
        en="The words of the link; the address when there are none.",
        example="Lire l'appel",
    )


@dataclass(frozen=True)
class EventSpec(Located):
    """An event of an agenda."""

    title: str = declare(
        Shape.TEXT,
        fr="L'intitulé.",
        en="The heading.",
        example="Journée d'échanges régionale",
    )
    date: str = declare(
        Shape.DATE,
        fr="Le jour, ou le mois.",
        en="The day, or the month.",
        example="2023-04-25",
    )
    start: str = declare(
        Shape.TIME,
        default="",
        fr="L'heure de début.",
        en="The time at which it starts.",
        example='"9:30"',
    )
    end: str = declare(
        Shape.TIME,
        default="",
        fr="L'heure de fin.",
        en="The time at which it ends.",
        example='"16:30"',
    )
    place: str = declare(
        Shape.TEXT,
        default="",
        fr="Le lieu.",
        en="The place.",
        example="Marseille, faculté de médecine",
    )
    text: str = declare(
        Shape.MARKDOWN,
        default="",
        fr="Le texte, en Markdown.",
        en="The text, in Markdown.",
        example="Inscription *obligatoire*.",
    )
    url: str = declare(
        Shape.TEXT,
        default="",
        fr="L'adresse où en lire plus.",
        en="The address at which to read more.",
        example="https://www.cres-paca.org/",
    )


@dataclass(frozen=True)
class SectionSpec(Located):
    """A heading and what stands under it: references, listed or selected, texts, further sections."""

    title: str = declare(
        Shape.TEXT,
        fr="L'intitulé de la section.",
        en="The heading of the section.",
        example="Contrat local de santé (CLS)",
    )
    short_title: str = declare(
        Shape.TEXT,
        default="",
        fr="Le titre en plus court, pour les titres courants ; sans lui, un long titre y est coupé après un mot.",
        en="The title in a shorter form, for the running heads; without it a long one is cut there behind a word.",
        example="CLS",
    )
    break_: str = declare(
        Shape.CHOICE,
        default="",
        choices=BREAKS,
        fr="Sur une page nouvelle (`page`) ou à la suite (`none`) ; sans cette clé, comme le veulent le dossier et le "
        "style.",
        en="On a new page (`page`) or right behind (`none`); without this key as the dossier and the style have it.",
        example="none",
    )
    references: tuple[Placed, ...] = declare(
        Shape.CITEKEYS,
        default=(),
        fr="Les clés des références, dans l'ordre d'impression.",
        en="The citekeys of the references, in the order of print.",
        example="[harpet-2019-contrats, jabot-2018-sens]",
    )
    select: Query | None = declare(
        Shape.OBJECT,
        of="Query",
        default=None,
        fr="La sélection : les références de la collection qui remplissent ces conditions.",
        en="The query: the references of the collection that meet these conditions.",
        example="{theme: cls, issued: 2018..2023}",
    )
    include: tuple[Placed, ...] = declare(
        Shape.CITEKEYS,
        default=(),
        fr="Des clés de références à ajouter à celles de la sélection.",
        en="Citekeys of references to add to those of the query.",
        example="[reperes-2021-elu]",
    )
    exclude: tuple[Placed, ...] = declare(
        Shape.CITEKEYS,
        default=(),
        fr="Des clés de références à ôter de la sélection.",
        en="Citekeys of references to take out of those of the query.",
        example="[jabot-2018-sens]",
    )
    limit: int | None = declare(
        Shape.INTEGER,
        default=None,
        least=1,
        fr="Le plus grand nombre de références, renvois compris, après le tri. Une épingle n'est pas coupée.",
        en="The most references, pointers among them, after sorting. One with a pin is not cut.",
        example="10",
    )
    sort: tuple[Placed, ...] = declare(
        Shape.SORT_KEYS,
        default=(),
        choices=SORT_KEYS,
        fr="Les critères de tri, le premier d'abord ; `-` inverse l'ordre. Sans tri, l'ordre des clés, puis celui de "
        "la collection, est gardé.",
        en="The sort keys, the first one first; `-` reverses. Without it the order of the citekeys, then that of the "
        "collection, is kept.",
        example="[type, source, -date]",
    )
    type_order: tuple[Placed, ...] = declare(
        Shape.TEXTS,
        default=(),
        fr="L'ordre des types, pour trier et grouper ; ceux qui n'y sont pas suivent, par ordre alphabétique.",
        en="The order of the types, to sort and to group by; those that are not in it follow in alphabetical order.",
        example="[Texte officiel, Rapport, Article]",
    )
    sitography: bool = declare(
        Shape.BOOLEAN,
        default=False,
        fr="Des sites : leurs notices n'ont pas d'étiquette de type. Une telle section se place où l'on veut.",
        en="Web sites: their notices have no type tag. Such a section stands wherever one wants it.",
        example="true",
    )
    group_by: str = declare(
        Shape.CHOICE,
        default="",
        choices=GROUPS,
        fr="Ce qui partage la section en groupes, chacun sous un intitulé.",
        en="What parts the section into groups, each under a heading.",
        example="type",
    )
    counts: bool = declare(
        Shape.BOOLEAN,
        default=False,
        fr="Le nombre de références de la section, dans le sommaire.",
        en="The number of references of the section, in the contents.",
        example="true",
    )
    pin: tuple[Pin, ...] = declare(
        Shape.OBJECTS,
        of="Pin",
        default=(),
        fr="Les références que le tri ne déplace pas.",
        en="The references that sorting leaves in a place of their own.",
        example="[{key: harpet-2019-contrats, at: first}]",
    )
    intro: str = declare(
        Shape.MARKDOWN,
        default="",
        fr="Un texte sous l'intitulé, en Markdown.",
        en="A text under the heading, in Markdown.",
        example="Les CLS sont nés de la **loi HPST**.",
    )
    links: tuple[LinkSpec, ...] = declare(
        Shape.OBJECTS,
        of="LinkSpec",
        default=(),
        fr="Un encadré de liens.",
        en="A box of links.",
        example="[{label: Le site du réseau, url: 'https://www.cres-paca.org/'}]",
    )
    items: tuple[ItemSpec, ...] = declare(
        Shape.OBJECTS,
        of="ItemSpec",
        default=(),
        fr="Des actualités qui ne sont pas des références.",
        en="News that are no references.",
        example="[{title: Un appel à projets régional}]",
    )
    agenda: tuple[EventSpec, ...] = declare(
        Shape.OBJECTS,
        of="EventSpec",
        default=(),
        fr="Des manifestations à venir.",
        en="Events to come.",
        example="[{title: Journée d'échanges régionale, date: 2023-04-25}]",
    )
    sections: tuple[SectionSpec, ...] = declare(
        Shape.OBJECTS,
        of="SectionSpec",
        default=(),
        fr="Les sous-sections.",
        en="The sections inside this one.",
        example="[{title: Généralités, references: [jabot-2018-sens]}]",
    )

    @property
    def is_empty(self) -> bool:
        """Whether it asks for nothing at all to be printed under its heading; not where that could not be read."""
        return not any(getattr(self, name) or name in self.faulty for name in _PRINTED)

    def walk(self) -> Iterator[SectionSpec]:
        """This section and all those inside it, in order."""
        yield self
        for section in self.sections:
            yield from section.walk()
