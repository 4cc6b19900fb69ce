"""Presets that a processor of others sets: a style in CSL, one of pybtex, one of BibTeX."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from biblio.citation import bst, csl, pybtex
from biblio.citation.options import Options
from biblio.citation.pandoc import Run
from biblio.citation.preset import CiteAll, Preset
from biblio.citation.processor_names import BST, CSL, PYBTEX
from biblio.citation.processors import Processors
from biblio.document.tree import Line, Role
from biblio.reference.reference import Reference
from biblio.words.faults import Parsed, Span

# What the style of a processor decides.
_SET_BY_OTHERS = frozenset({"source_elements", "dates", "roles", "et_al_min", "et_al_use_first"})


def preset_in(
    prefix: str, name: str, assets: Mapping[str, bytes], span: Span, processors: Processors
) -> Parsed[Preset | None]:
    """The preset of the style ``name`` for the processor of that prefix, or the faults at ``span``.

    ``assets`` are the files of the folder in which a style of CSL or BibTeX stands.
    """
    citation = prefix + name
    match prefix:
        case CSL.prefix:
            loaded = csl.load(name, assets.get(name), span, processors.pandoc)
            made = _csl_preset(citation, loaded.value, processors.pandoc) if loaded.value else None
            return Parsed(made, loaded.diagnostics)
        case PYBTEX.prefix:
            faults = pybtex.load(name, span, processors.pybtex)
            cite_all = partial(pybtex.cite_all, name, span, processors.pybtex)
            return Parsed(None if faults else _processed_preset(citation, cite_all), faults)
        case BST.prefix:
            style = bst.load(name, assets.get(name), span, processors.bst)
            cite_all = partial(bst.cite_all, name, style.value, span, processors.bst)
            found = None if style.diagnostics else _processed_preset(citation, cite_all)
            return Parsed(found, style.diagnostics)
    raise ValueError(prefix)


def _csl_preset(name: str, style: bytes, run: Run) -> Preset:
    def cite_all(references: Sequence[Reference], options: Options) -> Parsed[Sequence[tuple[Line, ...]]]:
        return Parsed(csl.cite_all(style, run, references, options))

    return _processed_preset(name, cite_all)


def _processed_preset(name: str, cite_all: CiteAll) -> Preset:
    def cite(reference: Reference, options: Options) -> tuple[Line, ...]:
        return cite_all((reference,), options).value[0]

    return Preset(name, {}, cite, cite_all, ignores=_SET_BY_OTHERS, essential=(Role.TITLE, Role.SOURCE))
