"""Faults in print: for people, with the line and a caret under the place; for programs, as JSON values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from biblio.text.harmless import printable
from biblio.words.faults import Diagnostic
from biblio.words.tables import Severity, faults, interface, reasons, say, translated, worded

EXCERPT = 200  # characters of a source line that a report shows
QUOTED = 800  # characters of a value that a message or a hint quotes
MOST = 100  # faults of one file that a report shows; the others are counted
IN_FULL = 20  # faults of a report that come with their line and their hint; the next ones have one line each

# The arguments of messages that the system or a library put into words.
_FROM_LIBRARIES = ("reason", "problem")
_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}


def message_of(diagnostic: Diagnostic, lang: str) -> str:
    """The message of a fault, its placeholders filled."""
    arguments = {name: _in_words(name, value, lang) for name, value in diagnostic.arguments.items()}
    return worded(faults()[diagnostic.code].message, lang).format(**arguments)


def _in_words(name: str, value: str, lang: str) -> str:
    """An argument of a message as people read it: in one line, and harmless."""
    value = _quoted(value)
    if name == "expected" and f"expected_{value}" in interface():
        return say(f"expected_{value}", lang)
    if name == "cause" and f"link_cause_{value}" in interface():
        return say(f"link_cause_{value}", lang)
    return translated(value, lang, reasons()) if name in _FROM_LIBRARIES else value


def _quoted(value: str) -> str:
    """A value in one line, harmless, and of a length that somebody reads."""
    return printable(value if len(value) <= QUOTED else f"{value[:QUOTED].rstrip()}…", "�")


def hint_of(diagnostic: Diagnostic, lang: str) -> str:
    """The hint of a fault, or the empty string."""
    arguments = {name: _quoted(value) for name, value in diagnostic.arguments.items()}
    return worded(faults()[diagnostic.code].hint, lang).format(**arguments)


def as_text(
    diagnostics: Iterable[Diagnostic],
    sources: Mapping[str, str],
    lang: str,
    *,
    colour: bool = False,
    most: int | None = MOST,
) -> str:
    """The faults for people: the first ones a paragraph each, the next a line, of each file at most ``most``.

    ``sources`` are the texts of the files, to quote their lines from.
    """
    lines: dict[str, list[str]] = {}
    shown: dict[str, int] = {}
    paragraphs: list[str] = []
    brief: list[str] = []
    hidden = 0
    for diagnostic in diagnostics:
        path = diagnostic.span.path if diagnostic.span else ""
        shown[path] = shown.get(path, 0) + 1
        if most is not None and shown[path] > most:
            hidden += 1
            continue
        if path not in lines:
            lines[path] = sources.get(path, "").split("\n") if path in sources else []
        if len(paragraphs) < IN_FULL:
            paragraphs.append(_paragraph(diagnostic, lines[path], lang, colour))
        else:
            brief.append(_head(diagnostic, lang, colour) + "\n")
    if brief:
        paragraphs.append("".join(brief))
    if hidden:
        paragraphs.append(say("more_faults", lang, count=hidden) + "\n")
    return "\n".join(paragraphs)


def _head(diagnostic: Diagnostic, lang: str, colour: bool) -> str:
    """The one line that says where, how grave, and what."""
    fault = faults()[diagnostic.code]
    span = diagnostic.span
    place = f"{span.path}:{span.line}:{span.column}: " if span else ""
    if not span and diagnostic.citekey:
        place = f"{diagnostic.citekey}: "
    severity = _paint(say(f"severity_{fault.severity}", lang), _COLOURS[fault.severity], colour)
    return f"{_shown(place)}{severity} {fault.code} {fault.name}: {_shown(message_of(diagnostic, lang))}"


def _paragraph(diagnostic: Diagnostic, source: list[str], lang: str, colour: bool) -> str:
    fault = faults()[diagnostic.code]
    span = diagnostic.span
    parts = [_head(diagnostic, lang, colour)]
    if span and 0 < span.line <= len(source):
        line = source[span.line - 1]
        start = max(0, span.column - 1 - EXCERPT // 2) if len(line) > EXCERPT else 0
        excerpt = line[start : start + EXCERPT].replace("\t", " ")
        margin = " " * 6
        number = f"{span.line:>5} "
        parts.append(f"{number}│ {_shown(excerpt)}")
        offset = span.column - 1 - start
        if 0 <= offset <= len(excerpt):
            caret = "^" * max(1, min(span.length, len(excerpt) - offset))
            parts.append(f"{margin}│ {' ' * offset}{_paint(caret, _COLOURS[fault.severity], colour)}")
    hint = hint_of(diagnostic, lang)
    if hint:
        parts.append(f"  {say('hint', lang)} {_shown(hint)}")
    return "\n".join(parts) + "\n"


def _shown(value: str) -> str:
    """What was typed in a file, or named it, without what would play tricks on a terminal."""
    return printable(value, "�")


def _paint(value: str, code: str, colour: bool) -> str:
    return f"\x1b[1;{code}m{value}\x1b[0m" if colour else value


def as_json(diagnostics: Iterable[Diagnostic], lang: str) -> list[dict[str, Any]]:
    """The faults for programs: code, name, severity, path, line, column, message, hint, citekey."""
    records = []
    for diagnostic in diagnostics:
        fault, span = faults()[diagnostic.code], diagnostic.span
        records.append(
            {
                "code": fault.code,
                "name": fault.name,
                "severity": str(fault.severity),
                "path": span.path if span else None,
                "line": span.line if span else None,
                "column": span.column if span else None,
                "message": message_of(diagnostic, lang),
                "hint": hint_of(diagnostic, lang) or None,
                "citekey": diagnostic.citekey,
            },
        )
    return records


def as_statistics(diagnostics: Iterable[Diagnostic], lang: str) -> str:
    """How many faults there are of each code, the most frequent first."""
    counts = Counter(diagnostic.code for diagnostic in diagnostics)
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    width = max((len(str(count)) for _, count in rows), default=0)
    return "".join(
        f"{count:>{width}}  {code}  {faults()[code].name} ({say(f'severity_{faults()[code].severity}', lang)})\n"
        for code, count in rows
    )
