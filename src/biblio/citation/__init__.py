"""The citation grammar: a reference becomes the lines of a notice, by the preset that the style names."""

from __future__ import annotations

from collections.abc import Mapping

from biblio.citation.labels import label_of as label_of
from biblio.citation.preset import Preset as Preset
from biblio.citation.processor_names import BST, CSL, PYBTEX, processor_of
from biblio.citation.processors import NONE, Processors
from biblio.document.tree import Role
from biblio.places import at, imported
from biblio.plugins import Table, row_of
from biblio.words.faults import Parsed, Span, diagnose

# What standards and others' usage have settled: the elements of a source, their order, their dates, who is named.
_FIXED = frozenset({"source_elements", "dates", "roles"})

_OWN = (
    Preset(
        "cres",
        {
            "fr": "Les notices du CRES Provence-Alpes-Côte d'Azur : type, auteurs, titre, source",
            "en": "Notices of the CRES Provence-Alpes-Côte d'Azur: type, authors, title, source",
        },
        at("biblio.citation.cres:cite"),
    ),
    Preset(
        "iso690-fr",
        {
            "fr": "ISO 690:2021, auteur et date, avec la ponctuation des bibliothèques françaises",
            "en": "ISO 690:2021, name and date, with the punctuation of French libraries",
        },
        at("biblio.citation.iso690:cite"),
        demotes=True,
        ignores=_FIXED,
        essential=(Role.SOURCE,),
    ),
    Preset(
        "iso690-note-fr",
        {
            "fr": "ISO 690:2021, en note : un paragraphe, sans annotation",
            "en": "ISO 690:2021, running notes: one paragraph, without annotation",
        },
        at("biblio.citation.iso690_note:cite"),
        demotes=True,
        ignores=_FIXED,
        essential=(Role.SOURCE,),
    ),
    Preset(
        "reading-list",
        {
            "fr": "Listes de lectures : titre / auteurs, date en toutes lettres. Pagination",
            "en": "Reading lists: title / authors, date in words. Extent",
        },
        at("biblio.citation.reading_list:cite"),
        ignores=_FIXED,
    ),
    Preset(
        "bulletin",
        {
            "fr": "Bulletins de veille : source, titre, résumé, pagination, un lien qui le nomme",
            "en": "Monitoring bulletins: source, title, summary, extent, a link that names it",
        },
        at("biblio.citation.bulletin:cite"),
        ignores=frozenset({"roles"}),
    ),
)

PRESETS: Table[Preset] = Table("biblio.presets", {preset.name: preset for preset in _OWN}, row_of(Preset))
DEFAULT_PRESET = _OWN[0].name


def preset_of(
    citation: str, assets: Mapping[str, bytes], span: Span, processors: Processors = NONE
) -> Parsed[Preset | None]:
    """The preset that ``citation`` names in a style whose files are ``assets``, or the fault at ``span``.

    It is a row of the table, or a style for one of the ``processors``: ``csl:FILE.csl`` and ``bst:FILE.bst`` are among
    those files, ``pybtex:STYLE`` is installed.
    """
    if citation in PRESETS:
        return Parsed(PRESETS[citation])
    prefix, name = processor_of(citation)
    if prefix:
        made: Parsed[Preset | None] = imported("biblio.citation.by_processor:preset_in")(
            prefix, name, assets, span, processors
        )
        return made
    allowed = (*PRESETS, *(each.form for each in (CSL, PYBTEX, BST)))
    return Parsed(None, (diagnose("D113", span, value=citation, allowed=", ".join(allowed)),))
