"""Writes addresses that have changed into the text of a ``.bib`` file: every byte that is not theirs stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from biblio.check.finding import Change, replace
from biblio.check.fixes import fix_file
from biblio.check.rules.addresses import addresses
from biblio.check.run import Problem
from biblio.check.source import SourceText
from biblio.formats.bibtex.reader import read_bibtex
from biblio.formats.bibtex.verbatim import unescaped
from biblio.formats.text import decode_bytes
from biblio.reference.link import encoded
from biblio.reference.reference import Reference
from biblio.words.faults import diagnose

# By the key of a reference and the old address, the new one.
Targets = Mapping[str, Mapping[str, str]]


def readdressed(content: bytes, path: str, targets: Targets) -> bytes:
    """A file with new addresses in the fields ``url`` and ``links`` of some of its references.

    One that does not stand in the file letter for letter (it is joined from pieces, or inherited) stays.
    """
    return fix_file(path, content, read_bibtex, decode_bytes, partial(_problems, targets)).content


def _problems(targets: Targets, references: Sequence[Reference], source: SourceText) -> Iterator[Problem]:
    for reference in references:
        for old, new in targets.get(reference.citekey, {}).items():
            for address in addresses(reference):
                value = reference.raw[address.field]
                start = source.value_offset(reference.origin.of(address.field), value)
                if start is None or encoded(unescaped(address.url)) != old:
                    continue
                change = Change(start + address.start, start + address.end, new)
                told = diagnose("L104", reference.origin.of(address.field), reference.citekey, address=old, target=new)
                fix = replace(address.start, address.end, new)
                yield Problem(told, (change,), reference=reference, field=address.field, fix=fix)
