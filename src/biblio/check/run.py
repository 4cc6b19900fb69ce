"""Applies the rules: from references and texts to problems, each a diagnostic with its place and what mends it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, NamedTuple, TypeVar

from biblio.check.finding import Change, Finding, Fix, Rule, Safety, found
from biblio.check.rules.dossiers import Dossiers, Spec, walk
from biblio.check.rules.left_out import InPrint
from biblio.check.rules.printing import Sheet
from biblio.check.rules.prose import Passage, masked, passages
from biblio.check.rules.sketch import Sketch
from biblio.check.settings import Settings
from biblio.check.source import SourceText
from biblio.check.table import RULES, rules_about
from biblio.reference.reference import Reference
from biblio.text.collation import fold_key
from biblio.words.faults import Diagnostic, Span, problem_of

SubjectT = TypeVar("SubjectT")

# Stands in the place of a rule that failed; it looks for nothing itself.
UNFORESEEN: Rule[Any] = Rule("E121", lambda subject: ())  # noqa: ARG005


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault with its place; ``changes``, of the file's text, mend it, and ``safe`` says who decides on them.

    ``reference``, ``field`` and ``fix`` are what the changes come from; a rule of whole files has neither.
    """

    diagnostic: Diagnostic
    changes: tuple[Change, ...] = ()
    safe: bool = False
    reference: Reference | None = None
    field: str = ""
    fix: Fix | None = None


def check_references(
    references: Iterable[Reference],
    sources: Mapping[str, SourceText],
    settings: Settings,
) -> Iterator[Problem]:
    """The problems of single references; ``sources`` are the texts of their files, by path."""
    rules = OfEach.wanted(settings)
    for reference in references:
        yield from check_reference(reference, sources.get(reference.origin.entry.path), rules)


class OfEach(NamedTuple):
    """The rules that look at one reference at a time: at the whole of it, at its passages, at those in French."""

    whole: Sequence[Rule[Any]]
    text: Sequence[Rule[Any]]
    french: Sequence[Rule[Any]]

    @classmethod
    def wanted(cls, settings: Settings) -> OfEach:
        """Those that the settings want."""
        return cls(_wanted("reference", settings), _wanted("text", settings), _wanted("french", settings))

    @property
    def codes(self) -> frozenset[str]:
        """What they look for."""
        return frozenset(rule.code for rules in self for rule in rules)


def check_reference(reference: Reference, source: SourceText | None, rules: OfEach) -> Iterator[Problem]:
    """The problems of one reference; ``source`` is the text of its file."""
    for rule, finding in _applied(rules.whole, reference):
        yield _problem(rule, finding, reference, source, safe=rule.safety is Safety.SAFE)
    for passage in passages(reference) if rules.text or rules.french else ():
        for rule, finding in _applied((*rules.text, *rules.french) if passage.french else rules.text, passage.text):
            safe = rule.safety is Safety.SAFE or (rule.safety is Safety.TRANSCRIBED and passage.own)
            placed = replace(finding, field=passage.field, fix=_untouched(finding.fix, passage, reference))
            yield _problem(rule, placed, reference, source, safe=safe)


def check_library(
    sketches: Sequence[Sketch],
    sources: Mapping[str, SourceText],
    settings: Settings,
    *,
    mending: bool = False,
) -> Iterator[Problem]:
    """The problems between references, but for the pairs that the settings accept; ``mending``: those with a fix."""
    accepted = _accepted(sketches, settings)
    compared, together = (
        [rule for rule in _wanted(subject, settings) if not mending or rule.safety is not Safety.NONE]
        for subject in ("compared", "library")
    )
    references = [sketch.reference for sketch in sketches] if together else []
    for rule, finding in chain(_applied(compared, sketches), _applied(together, references)):
        reference = finding.reference
        if reference is None:
            yield Problem(Diagnostic(rule.code, None, finding.arguments))
            continue
        pair = frozenset({fold_key(reference.citekey), fold_key(finding.arguments.get("other", ""))})
        if pair not in accepted:
            yield _problem(rule, finding, reference, sources.get(reference.origin.entry.path), safe=False)


def _accepted(sketches: Iterable[Sketch], settings: Settings) -> frozenset[frozenset[str]]:
    """The pairs that the settings accept, by the keys that their references have now."""
    if not settings.accepted:
        return frozenset()
    now = {fold_key(key): fold_key(each.citekey) for each in sketches for key in (each.citekey, *each.former)}
    return frozenset(frozenset(now.get(key, key) for key in pair) for pair in settings.accepted_pairs)


def check_in_print(printed: InPrint, sources: Mapping[str, SourceText], settings: Settings) -> Iterator[Diagnostic]:
    """What the styles leave out of notices."""
    for rule, finding in _applied(_wanted("in print", settings), printed):
        if finding.reference is not None:
            source = sources.get(finding.reference.origin.entry.path)
            yield _problem(rule, finding, finding.reference, source, safe=False).diagnostic


def check_file(source: SourceText, settings: Settings) -> Iterator[Problem]:
    """The problems of a file's text as a whole."""
    for rule, finding in _applied(_wanted("file", settings), source.text):
        diagnostic = Diagnostic(rule.code, source.span(finding.start, finding.end), finding.arguments)
        changes = finding.fix.changes if finding.fix else ()
        yield Problem(diagnostic, changes, rule.safety is Safety.SAFE)


def check_dossiers(dossiers: Dossiers, sources: Mapping[str, SourceText], settings: Settings) -> Iterator[Diagnostic]:
    """The faults of dossiers beside their references."""
    for rule in _wanted("dossiers", settings):
        for finding in rule.check(dossiers):
            if finding.span is not None:
                yield Diagnostic(rule.code, finding.span, finding.arguments)
            elif finding.reference is not None:
                source = sources.get(finding.reference.origin.entry.path)
                yield _problem(rule, finding, finding.reference, source, safe=False).diagnostic


def check_headings(spec: Spec, lang: str, settings: Settings) -> Iterator[Diagnostic]:
    """The faults of spelling and typing in a dossier's own words: its title, and the headings of its sections."""
    rules = _wanted("text", settings) + (_wanted("french", settings) if lang.partition("-")[0] == "fr" else [])
    headings = [(spec.title, spec.span_of("title"))]
    headings += [(section.title, section.span_of("title")) for section in walk(spec.parts)]
    for text, span in headings:
        for rule in rules:
            for finding in rule.check(masked(text)):
                yield Diagnostic(rule.code, span, finding.arguments)


def check_sheet(sheet: Sheet, settings: Settings) -> Iterator[Diagnostic]:
    """The faults of a style sheet."""
    for rule in _wanted("sheet", settings):
        for finding in rule.check(sheet):
            yield Diagnostic(rule.code, finding.span, finding.arguments)


def check_printed(text: str, span: Span | None, citekey: str | None, settings: Settings) -> Iterator[Diagnostic]:
    """The faults of what a notice, or a dossier on its own account, prints."""
    for rule in _wanted("printed", settings):
        for finding in rule.check(text):
            yield Diagnostic(rule.code, span, finding.arguments, citekey)


def without_replaced(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The faults without the reader's general messages for which a rule has said something better."""
    diagnostics = tuple(diagnostics)
    better = {
        (replaced, *_place(diagnostic))
        for diagnostic in diagnostics
        if (rule := RULES.get(diagnostic.code)) and (replaced := rule.replaces)
    }
    return tuple(diagnostic for diagnostic in diagnostics if (diagnostic.code, *_place(diagnostic)) not in better)


def _place(diagnostic: Diagnostic) -> tuple[str | None, str, int]:
    span = diagnostic.span or Span("", 0)
    return (diagnostic.citekey, span.path, span.line)


def _wanted(subject: str, settings: Settings) -> list[Rule[Any]]:
    return [rule for rule in rules_about(subject) if settings.wants(rule.code, default=rule.default)]


def _applied(rules: Iterable[Rule[SubjectT]], subject: SubjectT) -> Iterator[tuple[Rule[Any], Finding]]:
    """What each rule finds in a subject. A fault of ours in a rule costs what that rule would have found there."""
    for rule in rules:
        try:
            for finding in rule.check(subject):
                yield rule, finding
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001  # whatever it is, the other rules have their say
            yield UNFORESEEN, found(rule=rule.code, problem=problem_of(error))


def _untouched(fix: Fix | None, passage: Passage, reference: Reference) -> Fix | None:
    """The fix, unless it would change characters that are masked: no rule on text has seen those."""
    if fix is None:
        return None
    typed = reference.raw[passage.field]
    seen = all(passage.text[change.start : change.end] == typed[change.start : change.end] for change in fix.changes)
    return fix if seen else None


def _problem(
    rule: Rule[SubjectT],
    finding: Finding,
    reference: Reference,
    source: SourceText | None,
    *,
    safe: bool,
) -> Problem:
    """A finding with its place, and its fix as changes of the file's text where the value stands there as typed."""
    entry = reference.origin.entry
    if not finding.field or finding.field not in reference.raw:
        return Problem(Diagnostic(rule.code, entry, finding.arguments, reference.citekey))
    span = reference.origin.of(finding.field)
    value = reference.raw[finding.field]
    start = source.value_offset(span, value) if source else None
    if source is None or start is None:
        return Problem(Diagnostic(rule.code, span, finding.arguments, reference.citekey))
    if finding.start or finding.end >= 0:
        end = finding.end if finding.end >= 0 else len(value)
        span = source.span(start + finding.start, start + end)
    diagnostic = Diagnostic(rule.code, span, finding.arguments, reference.citekey)
    if finding.fix is None:
        return Problem(diagnostic)
    changes = _changes(finding.fix, source, start, value)
    if changes is None:
        return Problem(diagnostic)
    return Problem(diagnostic, changes, safe, reference, finding.field, finding.fix)


def _changes(fix: Fix, source: SourceText, start: int, value: str) -> tuple[Change, ...] | None:
    """A fix of a value as changes of the file's text; ``None`` when the field's name or end is not found there."""
    if fix.empties(value):
        removal = source.removing(start, start + len(value))
        return None if removal is None else (removal,)
    changes: list[Change | None] = [
        Change(start + change.start, start + change.end, change.text) for change in fix.changes
    ]
    if fix.rename:
        changes.append(source.renaming(start, fix.rename))
    changes += [source.adding(start, start + len(value), name, added) for name, added in fix.adds]
    found = tuple(change for change in changes if change is not None)
    return found if len(found) == len(changes) else None
