"""Faults as annotations of GitHub Actions: one command a line, which the forge shows beside the line of the file."""

from __future__ import annotations

from collections.abc import Iterable

from biblio.report.text import hint_of, message_of
from biblio.text.harmless import printable
from biblio.words.faults import Diagnostic
from biblio.words.tables import Severity, faults

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def as_github(diagnostics: Iterable[Diagnostic], lang: str) -> str:
    """The commands, one a line. Source: GitHub Docs, « Workflow commands for GitHub Actions »."""
    return "".join(f"{_command(diagnostic, lang)}\n" for diagnostic in diagnostics)


def _command(diagnostic: Diagnostic, lang: str) -> str:
    fault, span = faults()[diagnostic.code], diagnostic.span
    properties = {"title": f"{fault.code} {fault.name}"}
    if span is not None:
        properties = {
            "file": printable(span.path, "�"),
            "line": str(span.line),
            "col": str(span.column),
            "endColumn": str(span.column + span.length),
            **properties,
        }
    hint = hint_of(diagnostic, lang)
    text = message_of(diagnostic, lang) + (f"\n{hint}" if hint else "")
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_COMMANDS[fault.severity]} {written}::{_data(text)}"


def _data(text: str) -> str:
    """A message, in which a percent sign and line ends have codes."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """A property, which colons and commas would end."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
