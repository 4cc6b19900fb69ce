"""What a query may ask of the references: the model of ``select:``, pure values that ``match`` gives a meaning.

Conditions side by side are joined by « and »; the words of one condition by « or ».
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from biblio.reference.fields import FIELDS
from biblio.words.faults import Diagnostic, diagnose
from biblio.yaml_model.keys import Located, Placed, Shape, declare
from biblio.yaml_model.ranges import DateRange, days_of

# Of each field that may be present or absent, the name that it has in files and that of the variable.
VARIABLES = {field.biblatex[0]: field.variable for field in FIELDS}


@dataclass(frozen=True)
class Query(Located):
    """Conditions that a reference meets all at once."""

    theme: tuple[Placed, ...] = declare(
        Shape.TEXTS,
        default=(),
        fr="Un thème de `references/themes.yaml`, avec tous ceux qu'il contient, ou un mot-clé.",
        en="A theme of `references/themes.yaml`, with all those inside it, or a keyword.",
        example="[cls, clsm]",
    )
    keyword: tuple[Placed, ...] = declare(
        Shape.TEXTS,
        default=(),
        fr="Un mot-clé, lui seul.",
        en="A keyword, and it alone.",
        example="methodologie",
    )
    type: tuple[Placed, ...] = declare(
        Shape.TEXTS,
        default=(),
        fr="Le type : celui du fichier (`report`) ou l'étiquette imprimée, en français ou en anglais (`Rapport`).",
        en="The type: that of the file (`report`) or the printed label, in French or English (`Rapport`).",
        example="[Rapport, Guide]",
    )
    language: tuple[Placed, ...] = declare(
        Shape.TEXTS,
        default=(),
        fr="La langue ; `fr` vaut aussi pour `fr-CA`.",
        en="The language; `fr` stands for `fr-CA` as well.",
        example="[fr, en]",
    )
    audience: tuple[Placed, ...] = declare(
        Shape.TEXTS,
        default=(),
        fr="Le public.",
        en="The audience.",
        example="professionnels",
    )
    collection: tuple[Placed, ...] = declare(
        Shape.TEXTS,
        default=(),
        fr="La collection où la référence est classée ailleurs, dans Zotero par exemple.",
        en="The collection that the reference is filed in elsewhere, in Zotero say.",
        example="Santé mentale",
    )
    territory: tuple[Placed, ...] = declare(
        Shape.TEXTS,
        default=(),
        fr="Le territoire.",
        en="The territory.",
        example="Marseille",
    )
    author: tuple[Placed, ...] = declare(
        Shape.TEXTS,
        default=(),
        fr="Des mots du nom d'un auteur ou d'un directeur.",
        en="Words of the name of an author or an editor.",
        example="Harpet",
    )
    publisher: tuple[Placed, ...] = declare(
        Shape.TEXTS,
        default=(),
        fr="Des mots du nom d'un éditeur.",
        en="Words of the name of a publisher.",
        example="Fabrique Territoires Santé",
    )
    journal: tuple[Placed, ...] = declare(
        Shape.TEXTS,
        default=(),
        fr="Des mots du titre de la revue.",
        en="Words of the title of the journal.",
        example="Santé publique",
    )
    title: tuple[Placed, ...] = declare(
        Shape.TEXTS,
        default=(),
        fr="Des débuts de mots, tous dans le titre ou le sous-titre.",
        en="Beginnings of words, all of them in the title or the subtitle.",
        example="contrat local",
    )
    text: tuple[Placed, ...] = declare(
        Shape.TEXTS,
        default=(),
        fr="Des débuts de mots, tous dans les titres, les noms, l'éditeur, l'annotation ou le résumé ; ni accents ni "
        "majuscules ne comptent.",
        en="Beginnings of words, all of them in the titles, the names, the publisher, the annotation or the abstract; "
        "neither accents nor capitals count.",
        example="inégalités territoriales",
    )
    issued: tuple[DateRange, ...] = declare(
        Shape.RANGES,
        default=(),
        fr="La date de parution : une date, ou un intervalle qui peut rester ouvert.",
        en="The date of publication: a date, or a range that may stay open.",
        example="2018..2023",
    )
    since: str = declare(
        Shape.DATE,
        default="",
        fr="Parue à cette date ou après.",
        en="Published on that date or later.",
        example="2020-01",
    )
    until: str = declare(
        Shape.DATE,
        default="",
        fr="Parue à cette date ou avant.",
        en="Published on that date or earlier.",
        example="2023",
    )
    added: tuple[DateRange, ...] = declare(
        Shape.RANGES,
        default=(),
        fr="La date d'entrée dans la collection.",
        en="The date on which it came into the collection.",
        example="2023-01..",
    )
    open_access: bool | None = declare(
        Shape.BOOLEAN,
        default=None,
        fr="En accès libre (`true`), ou dit ne pas l'être (`false`).",
        en="In open access (`true`), or said not to be (`false`).",
        example="true",
    )
    has: tuple[Placed, ...] = declare(
        Shape.CHOICES,
        default=(),
        choices=tuple(VARIABLES),
        fr="Un champ rempli ; de plusieurs, l'un au moins.",
        en="A field that is filled; of several, at least one.",
        example="[annotation, doi]",
    )
    lacks: tuple[Placed, ...] = declare(
        Shape.CHOICES,
        default=(),
        choices=tuple(VARIABLES),
        fr="Un champ vide ; de plusieurs, l'un au moins.",
        en="A field that is empty; of several, at least one.",
        example="url",
    )
    key: tuple[Placed, ...] = declare(
        Shape.TEXTS,
        default=(),
        fr="La clé ; `*` y vaut pour des caractères quelconques, `?` pour un seul.",
        en="The citekey; `*` stands for any characters in it, `?` for one.",
        example="[harpet-*]",
    )
    placed: bool | None = declare(
        Shape.BOOLEAN,
        default=None,
        fr="Déjà placée plus haut dans ce dossier (`true`), ou pas encore (`false`).",
        en="Placed further up in this dossier (`true`), or not yet (`false`).",
        example="false",
    )
    any: tuple[Query, ...] = declare(
        Shape.ONE_OR_MORE,
        of="Query",
        default=(),
        fr="L'une au moins de ces sélections.",
        en="At least one of these queries.",
        example="[{theme: cls}, {text: contrat local}]",
    )
    all: tuple[Query, ...] = declare(
        Shape.ONE_OR_MORE,
        of="Query",
        default=(),
        fr="Toutes ces sélections.",
        en="All of these queries.",
        example="[{keyword: cls}, {keyword: methodologie}]",
    )
    none: tuple[Query, ...] = declare(
        Shape.ONE_OR_MORE,
        of="Query",
        default=(),
        fr="Aucune de ces sélections.",
        en="None of these queries.",
        example="{type: Mémoire}",
    )

    @property
    def inner(self) -> tuple[Query, ...]:
        """The queries inside this one."""
        return (*self.any, *self.all, *self.none)


def contradictions(query: Query) -> Iterator[Diagnostic]:
    """The conditions of a query, and of those inside it, that no reference can meet together (D216)."""
    if query.since and query.until and days_of(query.since)[0] > days_of(query.until)[1]:
        yield diagnose("D216", query.span_of("since"), since=query.since, until=query.until)
    for inner in query.inner:
        yield from contradictions(inner)
