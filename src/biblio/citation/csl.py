"""Notices in a CSL style: the file is checked, the references become CSL items, and the processor's text a notice.

Source: CSL 1.0.2 (styles, name lists), and its appendix on dependent styles.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

from biblio.citation.dates import in_words
from biblio.citation.options import Options
from biblio.citation.pandoc import LEAST, ProcessorError, ProcessorMissingError, ProcessorTooOldError, Run, render
from biblio.citation.processed import LABELLED, OTHERS, lines_of
from biblio.citation.publishing import bodies
from biblio.document.tree import Line
from biblio.formats.csl_json import write_csl_json
from biblio.reference.date import Date
from biblio.reference.genres import kind_of, said, series_in_words, state_of
from biblio.reference.ordinal import edition_number
from biblio.reference.pages import Leaf
from biblio.reference.reference import Reference
from biblio.text.doctype import declares_doctype
from biblio.text.inline import Rich, map_text, text
from biblio.words.faults import Diagnostic, Parsed, Span, diagnose

MAX_BYTES = 1_000_000
# A style of a thousand lines unfolds to some ten thousand elements; one whose macros double at each step, to billions.
MAX_ELEMENTS = 200_000

_NAMESPACE = "{http://purl.org/net/xbiblio/csl}"
# What an item says beside the reference itself; the notice prints it in lines of its own.
_BESIDE = ("abstract", "annote", "custom", "keyword", "note")
_PERIODICAL = ("article-journal", "article-magazine", "article-newspaper", "review", "periodical")
_PARTS = ("chapter", "paper-conference", "entry-encyclopedia")
_LOCALES = {"fr": "fr-FR", "fr-BE": "fr-FR", "fr-CH": "fr-FR", "en": "en-US", "es": "es-ES", "de": "de-DE"}

# Stands for a « < » of the text, which CSL-JSON writes as an entity and pandoc would print letter by letter.
_LESS_THAN = "\ue001"
# The first of the years that stand for dates which no processor prints whole: none that a document has.
_STAND_IN = 73_490_001
_STOOD_IN = re.compile(r"(7349\d{4})(\.?)")

# « Que faire ? : réponses », as ISBD has it: a mark of its own needs no colon in print.
_AFTER_MARK = re.compile(r"(?<=[?!…]) : ")

_TRIAL = {"id": "trial", "type": "book", "title": "Titre", "issued": {"date-parts": [[2019, 3]]}}


def load(name: str, content: bytes | None, span: Span, run: Run) -> Parsed[bytes | None]:
    """The style file ``name`` ready to cite with, or why it cannot be (D120, D121, D142).

    ``content`` is ``None`` when the folder of the style has no such file. The processor is tried once: a style that
    passes is one in which every reference can be cited.
    """
    reason = "missing" if content is None else fault_of(content)
    if content is None or reason:
        return Parsed(None, (_unusable(name, reason, span),))
    try:
        _try(content, run)
    except ProcessorMissingError:
        return Parsed(None, (diagnose("D120", span, file=name),))
    except ProcessorTooOldError as error:
        program, found = error.args
        return Parsed(None, (diagnose("D142", span, file=name, program=program, found=found, least=LEAST),))
    except ProcessorError as error:
        return Parsed(None, (_unusable(name, f"processor: {error}", span),))
    return Parsed(content)


def _unusable(name: str, reason: str, span: Span) -> Diagnostic:
    return diagnose("D121", span, file=name, reason=reason)


@lru_cache(maxsize=16)
def _try(csl: bytes, run: Run) -> None:
    render(csl, [_TRIAL], "fr-FR", run)


def fault_of(content: bytes) -> str:
    """Why a file is no CSL style that may be given to the processor, in a word; empty when it is one.

    ``size``: too large. ``dtd``: it declares a document type, by which entities could be made to grow without end.
    ``xml``: not well-formed. ``not-csl``: another vocabulary. ``dependent``: it only names the style that it is the
    same as, which the processor would fetch. ``no-bibliography``: it sets citations alone. ``macros``: one calls itself
    or one that is not there, or all together unfold without measure.
    """
    if len(content) > MAX_BYTES:
        return "size"
    try:
        if declares_doctype(content):
            return "dtd"
        root = ElementTree.fromstring(content)
    except (expat.ExpatError, ElementTree.ParseError, ValueError, LookupError):
        return "xml"
    if root.tag != f"{_NAMESPACE}style":
        return "not-csl"
    if any(link.get("rel") == "independent-parent" for link in root.iter(f"{_NAMESPACE}link")):
        return "dependent"
    if root.find(f"{_NAMESPACE}bibliography/{_NAMESPACE}layout") is None:
        return "no-bibliography"
    return "" if _unfolds(root) else "macros"


def _unfolds(root: ElementTree.Element) -> bool:
    """Whether the macros, each put in the place where it is called, make a tree of a size that can be walked."""
    macros = {macro.get("name", ""): macro for macro in root.iter(f"{_NAMESPACE}macro")}
    calls = {name: _calls(macro) for name, macro in macros.items()}
    try:
        order = list(TopologicalSorter(calls).static_order())
    except CycleError:
        return False
    sizes: dict[str, int] = {}
    for name in order:
        if name not in macros:
            return False
        sizes[name] = sum(1 for _ in macros[name].iter()) + sum(sizes[called] for called in calls[name])
    layouts = [part for kind in ("citation", "bibliography") for part in root.findall(_NAMESPACE + kind)]
    called = [name for layout in layouts for name in _calls(layout)]
    return all(name in sizes for name in called) and sum(sizes[name] for name in called) <= MAX_ELEMENTS


def _calls(element: ElementTree.Element) -> list[str]:
    """The macros that an element calls, each as often as it does."""
    return [name for inner in element.iter() if inner is not element and (name := inner.get("macro"))]


def cite_all(csl: bytes, run: Run, references: Sequence[Reference], options: Options) -> list[tuple[Line, ...]]:
    """The lines of several notices, each set by itself, in one run of the processor.

    A notice is what the style prints, its note, its annotation, and the links that the style does not print. Its title
    stands above it when the style leaves it out, as those of some journals do: an annotation must be of something.
    """
    if not references:
        return []
    rendered = render(csl, _items(references, options.lang), _LOCALES.get(options.lang, options.lang), run)
    return [_lines(reference, rich, options) for reference, rich in zip(references, rendered, strict=True)]


def _items(references: Sequence[Reference], lang: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = json.loads(write_csl_json(references).replace("&lt;", _LESS_THAN))
    for number, (item, reference) in enumerate(zip(items, references, strict=True)):
        item["id"] = str(number)
        if reference.page and any(each.leaf is not Leaf.PAGE for each in reference.page.ranges[:1]):
            item["page"] = LABELLED + item["page"]
        for name in ("title", "container-title"):
            if name in item:
                item[name] = _AFTER_MARK.sub(" ", item[name])
        _complete(item, lang)
        item |= {name: words for name, words in _in_words(reference, lang).items() if name in item}
        for stand_in, (name, _) in _unsayable(reference).items():
            item[name] = {"date-parts": [[stand_in]]}
        for name in _BESIDE:
            item.pop(name, None)
        for value in item.values():
            if isinstance(value, list) and value[-1:] == [{"literal": "others"}]:
                value[-1] = {"literal": OTHERS}
    return items


def _unsayable(reference: Reference) -> dict[int, tuple[str, Date]]:
    """The dates that no processor prints whole, by the years that stand in for them, with their names in CSL.

    Seasons, open ranges, decades and years before our era: CSL has no parts for them or leaves them to each style, and
    pandoc drops a date that is a literal. A page that only its update dates goes by that.
    """
    dates = {
        "issued": reference.issued or reference.updated,
        "accessed": reference.accessed,
        "event-date": reference.event_date,
        "original-date": reference.original_date,
    }
    named = ((name, date) for name, date in dates.items() if date and not date.literal and not _is_sayable(date))
    return dict(enumerate(named, _STAND_IN))


def _is_sayable(date: Date) -> bool:
    """Whether the parts that CSL has for a date say all of it."""
    points = [point for point in (date.start, date.end) if point is not None]
    if any(point.unspecified or point.month > 12 or point.year < 1 for point in points):
        return False
    return len(points) == 1 + date.is_range


def _complete(item: dict[str, Any], lang: str) -> None:
    """Says in CSL's variables what it has none for, as every grammar prints it: additions to a title, updates, bodies.

    The title of a volume, which few styles know, follows that of the whole.

    A page that only its update dates goes by that, and one without a title by the body that publishes it.
    """
    custom = item.get("custom", {})
    if "volume-title" in item and item["type"] not in _PERIODICAL:
        whole = "container-title" if item["type"] in _PARTS else "title"
        item[whole] = ". ".join(filter(None, (item.get(whole, ""), item.pop("volume-title"))))
    if "title" not in item and "publisher" in item:
        item["title"] = item.pop("publisher")
    if "title" in item and "title-addon" in custom:
        item["title"] += f". {custom['title-addon']}"
    if "issued" not in item and "updated" in custom:
        item["issued"] = custom["updated"]


def _in_words(reference: Reference, lang: str) -> dict[str, str]:
    """What keys say of a document in the dossier's language, where an export says it in the document's.

    Publishers, places and editions are those of the other grammars: without the punctuation of a title page, and a
    number that English says in words, « 2nd », as a number, of which a style makes its own ordinal.
    """
    options = Options(lang)
    number = edition_number(reference.edition)
    found = {
        "publisher": "; ".join(bodies(reference.publisher, options)),
        "publisher-place": "; ".join(bodies(reference.publisher_place, options)),
        "edition": str(number) if number else "",
        "genre": kind_of(reference, lang) or said(reference.label, lang),
        "status": state_of(reference, lang),
        "collection-title": series_in_words(reference, lang),
    }
    return {name: words for name, words in found.items() if words}


def _lines(reference: Reference, rich: Rich, options: Options) -> tuple[Line, ...]:
    dates = {str(stand_in): in_words(date, options.lang) for stand_in, (_, date) in _unsayable(reference).items()}

    def in_its_place(found: re.Match[str]) -> str:
        date = dates.get(found[1], found[1])
        return date if date.endswith(".") else date + found[2]  # « 44 av. J.-C. » ends a phrase by itself

    def as_typed(value: str) -> Rich:
        value = _STOOD_IN.sub(in_its_place, value) if dates else value
        return text(value.replace(_LESS_THAN, "<"))

    return lines_of(reference, map_text(rich, as_typed), options)
