"""The spec of a dossier of what was imported: its sections are the headings of a printed list, else types."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import PurePath

from biblio.importing.imported import Heading, Imported, Outline
from biblio.project.new import SCHEMA, scalar
from biblio.reference.reference import Reference
from biblio.text.collation import fold
from biblio.text.inline import plain
from biblio.words.tables import say

_SMALL_WORDS = {"fr": ("de", "la", "le", "les", "des", "et", "du", "en"), "en": ("of", "the", "and", "in", "for", "to")}
# The plan of a list, with the key of each of the references that its numbers stand for.
Keyed = tuple[Outline, Sequence[str]]


def spec_of(
    files: Sequence[tuple[str, Imported]], keys_of: Callable[[Imported], Sequence[str]], lang: str, *, with_schema: bool
) -> str:
    """The spec of the plans of some files, each with its name, or of all their references where none has a plan.

    ``keys_of`` gives the key of each reference of a file in the collection.
    """
    references = [reference for _, each in files for reference in each.references]
    heading = say("import_spec_references", language_of(references, lang))
    plain_ones = ((outline_of(each, _title(name), heading), keys_of(each)) for name, each in files if each.references)
    return spec_of_outlines(outlined(files, keys_of) or [*plain_ones], references, lang, with_schema=with_schema)


def outlined(files: Iterable[tuple[str, Imported]], keys_of: Callable[[Imported], Sequence[str]]) -> list[Keyed]:
    """The plans of the files that have one, each with the keys of its references."""
    return [(each.outline, keys_of(each)) for _, each in files if each.outline]


def _title(name: str) -> str:
    """The title of a dossier of a file, by its name."""
    stem = " ".join(PurePath(name).stem.replace("_", " ").replace("-", " ").split())
    return stem[:1].upper() + stem[1:]


def spec_of_outlines(found: Sequence[Keyed], references: Sequence[Reference], lang: str, *, with_schema: bool) -> str:
    """The spec in YAML, of one plan or of several one after the other; what a list does not say is to be filled in.

    ``references`` are those of the plans: the latest of their years dates a dossier without a date of its own, and its
    language is that of most of their titles; ``lang`` is that of what is said to the user.
    """
    first = next((outline for outline, _ in found if outline.title), found[0][0])
    unknown = say("import_spec_unknown", lang)
    lines = [f"# yaml-language-server: $schema=../{SCHEMA}"] if with_schema else []
    lines.append(f"title: {scalar(first.title or unknown)}")
    lines += [f"{key}: {scalar(text)}" for key, text in (("subtitle", first.subtitle), ("event", first.event)) if text]
    lines.append(f"date: {scalar(first.date or _latest(references))}")
    lines.append(f"publisher: {scalar(first.publisher or unknown)}")
    lines.append(f"lang: {language_of(references, lang)}")
    pages = next(((outline.sitography, keys) for outline, keys in found if outline.sitography), None)
    if pages is not None:
        lines += ["", "sitography:", *_section(*pages, "  ", unknown)]
    sections = [
        line for outline, keys in found for each in outline.headings for line in _item(each, keys, "  ", unknown)
    ]
    if sections:
        lines += ["", "sections:", *sections]
    closing = next((outline.closing for outline, _ in found if outline.closing), "")
    if closing:
        lines += ["", f"closing: {scalar(closing)}"]
    return "\n".join(lines) + "\n"


def outline_of(imported: Imported, title: str, heading: str) -> Outline:
    """The plan of a file that has none: a dossier of its name with all its references, by type."""
    everything = Heading(heading, references=tuple(range(len(imported.references))), group_by="type")
    return Outline(title=title, headings=(everything,))


def headings_of(outline: Outline) -> int:
    """How many headings a plan has."""
    tops = [*outline.headings, *([outline.sitography] if outline.sitography else [])]
    return sum(_with_those_below(heading) for heading in tops)


def _with_those_below(heading: Heading) -> int:
    return bool(heading.title) + sum(map(_with_those_below, heading.headings))


def _item(heading: Heading, keys: Sequence[str], indent: str, unknown: str) -> Iterator[str]:
    first, *others = _section(heading, keys, indent + "  ", unknown)
    yield f"{indent}- {first.strip()}"
    yield from others


def _section(heading: Heading, keys: Sequence[str], indent: str, unknown: str) -> Iterator[str]:
    """The lines of a section; of several references that became one, the first stands, and those left out do not."""
    yield f"{indent}title: {scalar(heading.title or unknown)}"
    if heading.text:
        yield f"{indent}intro: {scalar(heading.text)}"
    references = dict.fromkeys(keys[number] for number in heading.references if keys[number])
    if references:
        yield f"{indent}references:"
        yield from (f"{indent}  - {scalar(key)}" for key in references)
    if heading.group_by:
        yield f"{indent}group_by: {heading.group_by}"
    if heading.headings:
        yield f"{indent}sections:"
        for below in heading.headings:
            yield from _item(below, keys, indent + "  ", unknown)


def language_of(references: Sequence[Reference], lang: str) -> str:
    """French or English, by the small words of the titles."""
    words = Counter(word for each in references for word in fold(plain(each.title)).split())
    counts = {tongue: sum(words[word] for word in small) for tongue, small in _SMALL_WORDS.items()}
    best = max(counts, key=lambda tongue: counts[tongue])
    return best if counts[best] > 2 * min(counts.values()) else lang


def _latest(references: Sequence[Reference]) -> str:
    """The latest year of some references; the first one of all where none is dated, as a spec has to have a date."""
    years = [each.issued.first.year for each in references if each.issued and each.issued.first]
    return f"{max(years, default=1):04d}"
