r"""Comments by which a file asks for silence: ``% biblio: ignore R201``.

Above an entry, the comment speaks for that entry. In the comments at the top of a file, with a blank line before the
first entry, it speaks for the whole file; so does ``% biblio: ignore-file R201``, wherever it stands. Several codes,
or prefixes of codes, are parted by commas or blanks.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from biblio.check.source import SourceText
from biblio.words.faults import Diagnostic, Span, diagnose
from biblio.words.tables import faults

_DIRECTIVE = re.compile(r"^[ \t]*%+[ \t]*biblio[ \t]*:[ \t]*(?P<words>[^\n]*)$", re.MULTILINE | re.IGNORECASE)
_WORDS = re.compile(
    r"(?P<verb>ignore(?:-file)?)[\s:]+(?P<codes>[A-Z][A-Z0-9]*(?:[\s,]+[A-Z][A-Z0-9]*)*)", re.IGNORECASE
)
_HEAD = re.compile(
    r"^[ \t]*@[ \t]*(?!(?:comment|string|preamble)\b)[A-Za-z][\w*+.-]*[ \t]*[{(]", re.MULTILINE | re.IGNORECASE
)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True, slots=True)
class Directive:
    """What a comment silences: codes, from one line to another; ``span`` is where it stands."""

    span: Span
    codes: tuple[str, ...]
    first: int
    last: int


class Silence:
    """The comments of some files, found by code and line: no fault is compared with each of them."""

    def __init__(self, directives: Sequence[Directive]) -> None:
        self.directives = directives
        ranges: dict[tuple[str, str], list[tuple[int, int]]] = {}
        for directive in directives:
            for code in directive.codes:
                ranges.setdefault((directive.span.path, code), []).append((directive.first, directive.last))
        self._ranges = {place: _merged(found) for place, found in ranges.items()}
        self._lines: dict[str, dict[str, list[int]]] = {}  # of what was silenced, by path and code

    def silences(self, diagnostic: Diagnostic) -> bool:
        """Whether a comment silences a fault."""
        span, code = diagnostic.span, diagnostic.code
        if span is None:
            return False
        for end in range(1, len(code) + 1):
            firsts, lasts = self._ranges.get((span.path, code[:end]), ((), ()))
            place = bisect_right(firsts, span.line) - 1
            if place >= 0 and span.line <= lasts[place]:
                insort(self._lines.setdefault(span.path, {}).setdefault(code, []), span.line)
                return True
        return False

    def unused(self) -> Iterator[tuple[Directive, str]]:
        """Each code of a comment that has silenced nothing; of two codes for one fault, the first has."""
        for directive in self.directives:
            silenced = self._lines.get(directive.span.path, {})
            here = [code for code, lines in silenced.items() if _within(lines, directive.first, directive.last)]
            for number, code in enumerate(directive.codes):
                earlier = directive.codes[:number]
                if not any(each.startswith(code) and not each.startswith(earlier) for each in here):
                    yield directive, code


def _merged(ranges: list[tuple[int, int]]) -> tuple[Sequence[int], Sequence[int]]:
    """The first and last lines of ranges that do not overlap, in order, and cover the same lines."""
    firsts: list[int] = []
    lasts: list[int] = []
    for first, last in sorted(ranges):
        if lasts and first <= lasts[-1] + 1:
            lasts[-1] = max(lasts[-1], last)
        else:
            firsts.append(first)
            lasts.append(last)
    return firsts, lasts


def _within(lines: Sequence[int], first: int, last: int) -> bool:
    place = bisect_left(lines, first)
    return place < len(lines) and lines[place] <= last


def read_directives(source: SourceText) -> tuple[tuple[Directive, ...], tuple[Diagnostic, ...]]:
    """The comments of a file that silence codes, and the faults of those that are not understood (C107)."""
    directives: list[Directive] = []
    diagnostics: list[Diagnostic] = []
    if "biblio" not in source.text.casefold():
        return (), ()
    heads = [match.start() for match in _HEAD.finditer(source.text)]
    blanks = [match.start() for match in _BLANK_LINE.finditer(source.text, 0, heads[0])] if heads else []
    parted = blanks[-1] if blanks else -1  # the last blank line before the first entry
    for match in _DIRECTIVE.finditer(source.text):
        typed = match["words"].rstrip()
        words = _WORDS.fullmatch(typed)
        start = match.start("words") if typed else match.start()
        span = source.span(start, start + max(1, len(typed)))
        codes = tuple(dict.fromkeys(re.split(r"[\s,]+", words["codes"].upper()))) if words else ()
        unknown = [code for code in codes if not any(known.startswith(code) for known in faults())]
        if words is None or unknown:
            diagnostics.append(diagnose("C107", span, text=(unknown or [typed])[0][:80]))
            continue
        whole = words["verb"].lower() == "ignore-file" or match.end() <= parted
        directives.append(_directive(source, span, codes, match, heads, whole=whole))
    return tuple(directives), tuple(diagnostics)


def _directive(
    source: SourceText,
    span: Span,
    codes: tuple[str, ...],
    match: re.Match[str],
    heads: Sequence[int],
    *,
    whole: bool,
) -> Directive:
    following = bisect_right(heads, match.start())
    if following == len(heads):
        return Directive(span, codes, 1, source.line_count)
    if whole:
        return Directive(span, codes, 1, source.line_count)
    first = source.span(heads[following], heads[following] + 1).line
    after = heads[following + 1] if following + 1 < len(heads) else len(source.text)
    last = source.span(after, after + 1).line - (1 if following + 1 < len(heads) else 0)
    return Directive(span, codes, first, last)


def silence(diagnostics: Iterable[Diagnostic], directives: Sequence[Directive]) -> Iterator[Diagnostic]:
    """The faults that no comment silences, then one for each comment that silences nothing (C106)."""
    silent = Silence(directives)
    yield from (diagnostic for diagnostic in diagnostics if not silent.silences(diagnostic))
    for directive, code in silent.unused():
        yield diagnose("C106", directive.span, code=code)
