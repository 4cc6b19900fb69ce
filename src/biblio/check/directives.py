r"""Comments by which a file asks for silence: ``% biblio: ignore R201``.

Above an entry, the comment speaks for that entry. In the comments at the top of a file, with a blank line before the
first entry, it speaks for the whole file; so does ``% biblio: ignore-file R201``, wherever it stands. Several codes,
or prefixes of codes, are parted by commas or blanks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
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

    def silences(self, diagnostic: Diagnostic) -> str:
        """The code or prefix of this comment that silences a fault; empty when none does."""
        span = diagnostic.span
        if span is None or span.path != self.span.path or not self.first <= span.line <= self.last:
            return ""
        return next((code for code in self.codes if diagnostic.code.startswith(code)), "")


def read_directives(source: SourceText) -> tuple[tuple[Directive, ...], tuple[Diagnostic, ...]]:
    """The comments of a file that silence codes, and the faults of those that are not understood (C107)."""
    directives: list[Directive] = []
    diagnostics: list[Diagnostic] = []
    if "biblio" not in source.text.casefold():
        return (), ()
    heads = [match.start() for match in _HEAD.finditer(source.text)]
    for match in _DIRECTIVE.finditer(source.text):
        typed = match["words"].rstrip()
        words = _WORDS.fullmatch(typed)
        start = match.start("words") if typed else match.start()
        span = source.span(start, start + max(1, len(typed)))
        codes = tuple(re.split(r"[\s,]+", words["codes"].upper())) if words else ()
        unknown = [code for code in codes if not any(known.startswith(code) for known in faults())]
        if words is None or unknown:
            diagnostics.append(diagnose("C107", span, text=(unknown or [typed])[0][:80]))
            continue
        directives.append(_directive(source, span, codes, match, heads, whole=words["verb"].lower() == "ignore-file"))
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
    between = source.text[match.end() : heads[following]]
    if whole or (following == 0 and _BLANK_LINE.search(between)):
        return Directive(span, codes, 1, source.line_count)
    first = source.span(heads[following], heads[following] + 1).line
    after = heads[following + 1] if following + 1 < len(heads) else len(source.text)
    last = source.span(after, after + 1).line - (1 if following + 1 < len(heads) else 0)
    return Directive(span, codes, first, last)


def silence(diagnostics: Iterable[Diagnostic], directives: Sequence[Directive]) -> Iterator[Diagnostic]:
    """The faults that no comment silences, then one for each comment that silences nothing (C106)."""
    used: set[tuple[Directive, str]] = set()
    for diagnostic in diagnostics:
        silencing = [(directive, code) for directive in directives if (code := directive.silences(diagnostic))]
        if silencing:
            used.update(silencing)
        else:
            yield diagnostic
    for directive in directives:
        for code in directive.codes:
            if (directive, code) not in used:
                yield diagnose("C106", directive.span, code=code)
