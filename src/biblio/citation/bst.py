r"""Notices in the styles of BibTeX: a ``.bst`` file of the style's folder sets entries, and its LaTeX is read back.

A ``.bst`` file is a program, and may come from a stranger: it is run by a function that is handed down, in a process
with limits. Sources: O. Patashnik, *Designing BibTeX Styles*, 1988 (what a style may write: ``\bibitem``,
``\newblock``); the manuals of natbib, urlbst and REVTeX (the commands that their styles write).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from biblio.citation.bibtex_entry import Entry, Person, entry_of
from biblio.citation.hiding import Hiding, hide_commas
from biblio.citation.options import Options
from biblio.citation.processor_names import BST
from biblio.citation.pybtex import LONGEST_REASON, TRIAL, Failed, StyleError, notices, unusable
from biblio.document.tree import Line
from biblio.formats.bibtex.latex import decode
from biblio.reference.reference import Reference
from biblio.text.inline import Rich
from biblio.words.faults import Diagnostic, Parsed, Span, diagnose

MAX_BYTES = 1_000_000  # the largest style of CTAN, one that knows every language, has a third of it

# Sets each entry (its key, types and fields, as ``wire`` makes them) by itself in the style of that text. Raises
# ``StyleError``.
Set = Callable[[str, Sequence[Mapping[str, Any]]], Sequence[str | Failed]]

_ITEM = re.compile(r"\\bibitem\s*(?=[\[{])")
_END = re.compile(r"\\end\s*\{(?:thebibliography|references|enumerate)\}.*", re.DOTALL)
# What the styles of natbib, urlbst, REVTeX and the IEEE wrap texts in, or put between them, and a notice does not show.
_WRAPPED = re.compile(
    r"\\(?:natexlab|bibnamefont|bibfnamefont|citenamefont)(?=\s*\{)|\\bibfield\s*\{[^{}]*\}|\\href@noop\s*\{\}"
    r"|\\penalty\s*-?\d+\s*"
)
_BETWEEN = re.compile(
    r"\\(?:urlprefix|BibitemOpen|unskip|BIBentry(?:ALT|STD)interwordspacing)(?![A-Za-z])\s*|\\BibitemShut\s*\{[^{}]*\}"
    r"|\\hskip[^\\{}]*\\relax\s*|%[ \t]*\n\s*"
)
_DOI = re.compile(r"\\doi\s*\{([^{}]*)\}")


def no_interpreter(style: str, entries: Sequence[Mapping[str, Any]]) -> Sequence[str | Failed]:
    """The ``Set`` of those who have none."""
    raise StyleError("interpreter")


def load(name: str, content: bytes | None, span: Span, run: Set) -> Parsed[str]:
    """The text of the style file ``name``, ready to cite with, or why it cannot be (D128).

    ``content`` is ``None`` when the folder of the style has no such file (``missing``); ``size`` is for one that is too
    large. It is tried on one entry of each common type; what it says when it fails on all of them is the reason.
    """
    style = BST.prefix + name
    if content is None or len(content) > MAX_BYTES:
        reason = "missing" if content is None else "size"
        return Parsed("", (diagnose("D128", span, style=style, reason=reason),))
    text = _text(content)
    try:
        tried = _try(text, run)
    except StyleError as error:
        return Parsed("", (diagnose("D128", span, style=style, reason=str(error)[:LONGEST_REASON]),))
    return Parsed(text, unusable(style, tried, span))


@lru_cache(maxsize=16)
def _try(style: str, run: Set) -> Sequence[str | Failed]:
    return run(style, [wire(entry) for entry in TRIAL])


def _text(content: bytes) -> str:
    """Styles are in ASCII, but for the names in their comments, in whatever encoding."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def cite_all(
    name: str, style: str, span: Span, run: Set, references: Sequence[Reference], options: Options
) -> Parsed[list[tuple[Line, ...]]]:
    """The lines of several notices, each set by itself, with the references that the style could not set (W113)."""
    hidings = [Hiding() for _ in references]
    entries = [wire(entry_of(each, options, hiding)) for each, hiding in zip(references, hidings, strict=True)]
    try:
        done = run(style, entries) if entries else ()
    except StyleError as error:  # it could be used when it was opened
        done = [Failed(str(error)[:LONGEST_REASON])] * len(entries)
    read = [
        each if isinstance(each, Failed) else hiding.reveal(rich_of(each))
        for each, hiding in zip(done, hidings, strict=True)
    ]
    found = notices(BST.prefix + name, span, references, read, options)
    return Parsed(found.value, (*found.diagnostics, *_unknown(BST.prefix + name, span, references, done)))


def _unknown(style: str, span: Span, references: Sequence[Reference], done: Sequence[str | Failed]) -> list[Diagnostic]:
    """The commands that a style wrote and nobody knows: they stand in the notice as they are (W114)."""
    faults: list[Diagnostic] = []
    told: set[str] = set()
    for reference, each in zip(references, done, strict=True):
        unknown = [] if isinstance(each, Failed) else decode(_body(each)).unknown
        if new := [name for name in dict.fromkeys(unknown) if name not in told]:
            told.update(new)
            commands = ", ".join(f"\\{name}" for name in new)
            faults.append(diagnose("W114", span, reference.citekey, style=style, commands=commands))
    return faults


def wire(entry: Entry) -> dict[str, Any]:
    """An entry as JSON can carry it: names joined by « and », as BibTeX reads them."""
    people = {role: _joined(names, role in entry.others) for role, names in entry.people.items()}
    return {"key": entry.key, "types": list(entry.types), "fields": {**entry.fields, **people}}


def _joined(names: Sequence[Person], others: bool) -> str:
    return " and ".join([*map(_name, names), *(["others"] if others else [])])


def _name(person: Person) -> str:
    """« von Last, Jr, First »; braces where BibTeX would take a word for another part."""
    if person.literal:
        return f"{{{person.literal}}}"
    particle, family, suffix, given = map(hide_commas, (person.particle, person.family, person.suffix, person.given))
    if any(word[:1].islower() for word in family.split()) or (not particle and not family):
        family = f"{{{family}}}"
    last = " ".join(filter(None, (particle, family)))
    return ", ".join([last, *([suffix] if suffix else []), *([given] if given or suffix else [])])


def rich_of(latex: str) -> Rich:
    r"""The tree of what a style wrote for one entry: the text of its ``\bibitem``, without its label and key."""
    return decode(_body(latex)).rich


def _body(latex: str) -> str:
    item = _ITEM.search(latex)
    if item:
        latex = _END.sub("", _after_arguments(latex[item.end() :]))
    latex = _BETWEEN.sub(" ", _WRAPPED.sub("", latex))
    return _DOI.sub(r"\\href{https://doi.org/\1}{doi:\1}", latex)


def _after_arguments(latex: str) -> str:
    """What follows ``[label]{key}``; both may have braces inside."""
    if latex.startswith("["):
        latex = latex[_closed(latex, "]") :].lstrip()
    return latex[_closed(latex, "}") :] if latex.startswith("{") else latex


def _closed(latex: str, closing: str) -> int:
    """The offset behind the closing of the group that a text begins with; its end when nothing closes it."""
    depth = 0
    for offset, character in enumerate(latex[1:], 1):
        if character == closing and depth == 0:
            return offset + 1
        depth += {"{": 1, "}": -1}.get(character, 0)
    return len(latex)
