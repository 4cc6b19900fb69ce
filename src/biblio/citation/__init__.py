"""The citation grammar: a reference becomes the lines of a notice, by the preset that the style names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from biblio.citation import bst, csl, pybtex
from biblio.citation.bulletin import cite as cite_bulletin
from biblio.citation.cres import cite as cite_cres
from biblio.citation.iso690 import cite as cite_iso690
from biblio.citation.iso690_note import cite as cite_iso690_note
from biblio.citation.labels import label_of as label_of
from biblio.citation.options import Options
from biblio.citation.pandoc import Run
from biblio.citation.processors import NONE, Processors
from biblio.citation.reading_list import cite as cite_reading_list
from biblio.document.tree import Line
from biblio.plugins import Table, row_of
from biblio.reference.reference import Reference
from biblio.words.faults import Diagnostic, Parsed, Span, diagnose

Cite = Callable[[Reference, Options], tuple[Line, ...]]
CiteAll = Callable[[Sequence[Reference], Options], Parsed[Sequence[tuple[Line, ...]]]]


@dataclass(frozen=True, slots=True)
class Preset:
    """One row of the table of presets: its name in ``style.yaml``, what it follows, and its grammar.

    ``cite_all`` gives the same notices as ``cite``, where many at a time cost little more than one, with what its
    processor could not do; ``faults`` are those of the notices at hand. A preset that ``demotes`` prints the
    particles that fall behind the given name, unless the style says otherwise.
    """

    name: str
    about: Mapping[str, str]
    cite: Cite
    cite_all: CiteAll | None = None
    faults: tuple[Diagnostic, ...] = ()
    demotes: bool = False

    def over(self, references: Sequence[Reference], options: Options) -> Preset:
        """The same preset, which has these references' notices for ``options`` at hand where that saves work."""
        if self.cite_all is None:
            return self
        found = self.cite_all(references, options)
        notices = {reference.citekey: lines for reference, lines in zip(references, found.value, strict=True)}

        def cite(reference: Reference, asked: Options) -> tuple[Line, ...]:
            known = notices.get(reference.citekey) if asked == options else None
            return self.cite(reference, asked) if known is None else known

        return replace(self, cite=cite, faults=found.diagnostics)


_OWN = (
    Preset(
        "cres",
        {
            "fr": "Les notices du CRES Provence-Alpes-Côte d'Azur : type, auteurs, titre, source",
            "en": "Notices of the CRES Provence-Alpes-Côte d'Azur: type, authors, title, source",
        },
        cite_cres,
    ),
    Preset(
        "iso690-fr",
        {
            "fr": "ISO 690:2021, auteur et date, avec la ponctuation des bibliothèques françaises",
            "en": "ISO 690:2021, name and date, with the punctuation of French libraries",
        },
        cite_iso690,
        demotes=True,
    ),
    Preset(
        "iso690-note-fr",
        {
            "fr": "ISO 690:2021, en note : un paragraphe, sans annotation",
            "en": "ISO 690:2021, running notes: one paragraph, without annotation",
        },
        cite_iso690_note,
        demotes=True,
    ),
    Preset(
        "reading-list",
        {
            "fr": "Listes de lectures : titre / auteurs, date en toutes lettres. Pagination",
            "en": "Reading lists: title / authors, date in words. Extent",
        },
        cite_reading_list,
    ),
    Preset(
        "bulletin",
        {
            "fr": "Bulletins de veille : source, titre, résumé, pagination, un lien qui le nomme",
            "en": "Monitoring bulletins: source, title, summary, extent, a link that names it",
        },
        cite_bulletin,
    ),
)

PRESETS: Table[Preset] = Table("biblio.presets", {preset.name: preset for preset in _OWN}, row_of(Preset))
DEFAULT_PRESET = _OWN[0].name


# How the styles of processors are named, for messages.
PROCESSED = (f"{csl.PREFIX}FILE{csl.SUFFIX}", f"{pybtex.PREFIX}STYLE", f"{bst.PREFIX}FILE{bst.SUFFIX}")


def preset_of(
    citation: str, assets: Mapping[str, bytes], span: Span, processors: Processors = NONE
) -> Parsed[Preset | None]:
    """The preset that ``citation`` names in a style whose files are ``assets``, or the fault at ``span``.

    It is a row of the table, or a style for one of the ``processors``: ``csl:FILE.csl`` and ``bst:FILE.bst`` are among
    those files, ``pybtex:STYLE`` is installed.
    """
    if citation in PRESETS:
        return Parsed(PRESETS[citation])
    kind, name = processed(citation)
    match kind:
        case csl.PREFIX:
            loaded = csl.load(name, assets.get(name), span, processors.pandoc)
            made = _csl_preset(citation, loaded.value, processors.pandoc) if loaded.value else None
            return Parsed(made, loaded.diagnostics)
        case pybtex.PREFIX:
            faults = pybtex.load(name, span, processors.pybtex)
            cite_all = partial(pybtex.cite_all, name, span, processors.pybtex)
            return Parsed(
                None if faults else _processed_preset(citation, cite_all),
                faults,
            )
        case bst.PREFIX:
            style = bst.load(name, assets.get(name), span, processors.bst)
            cite_all = partial(bst.cite_all, name, style.value, span, processors.bst)
            found = None if style.diagnostics else _processed_preset(citation, cite_all)
            return Parsed(found, style.diagnostics)
        case _:
            return Parsed(None, (diagnose("D113", span, value=citation, allowed=", ".join((*PRESETS, *PROCESSED))),))


def processed(citation: str) -> tuple[str, str]:
    """The prefix of a processor whose style a citation is to be in, and the name of the style; else nothing twice."""
    for prefix, suffix in ((csl.PREFIX, csl.SUFFIX), (pybtex.PREFIX, ""), (bst.PREFIX, bst.SUFFIX)):
        if citation.startswith(prefix) and citation.endswith(suffix) and citation != prefix:
            return prefix, citation.removeprefix(prefix)
    return "", ""


def _csl_preset(name: str, style: bytes, run: Run) -> Preset:
    def cite_all(references: Sequence[Reference], options: Options) -> Parsed[Sequence[tuple[Line, ...]]]:
        return Parsed(csl.cite_all(style, run, references, options))

    return _processed_preset(name, cite_all)


def _processed_preset(name: str, cite_all: CiteAll) -> Preset:
    def cite(reference: Reference, options: Options) -> tuple[Line, ...]:
        return cite_all((reference,), options).value[0]

    return Preset(name, {}, cite, cite_all)
