"""Faults as SARIF 2.1.0 (OASIS), the form that forges and editors read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from biblio import __version__
from biblio.check.baseline import fingerprint
from biblio.check.explanation import explain
from biblio.report.text import hint_of, message_of
from biblio.words.faults import Diagnostic

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def as_sarif(diagnostics: Iterable[Diagnostic], lang: str) -> dict[str, Any]:
    """One run of biblio: the rules that found something, and what they found. Severities are SARIF's levels."""
    found = tuple(diagnostics)
    codes = sorted({diagnostic.code for diagnostic in found})
    driver = {
        "name": "biblio",
        "version": __version__,
        "language": lang,
        "rules": [_rule(code, lang) for code in codes],
    }
    results = [_result(diagnostic, codes.index(diagnostic.code), lang) for diagnostic in found]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: str, lang: str) -> dict[str, Any]:
    explained = explain(code, lang)
    rule: dict[str, Any] = {
        "id": code,
        "name": explained.fault.name,
        "shortDescription": {"text": explained.message},
        "defaultConfiguration": {"level": str(explained.fault.severity)},
    }
    if explained.paragraphs:
        rule["fullDescription"] = {"text": "\n\n".join(explained.paragraphs)}
    return rule


def _result(diagnostic: Diagnostic, index: int, lang: str) -> dict[str, Any]:
    hint = hint_of(diagnostic, lang)
    message = message_of(diagnostic, lang)
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "ruleIndex": index,
        "level": str(diagnostic.severity),
        "message": {"text": f"{message}\n{hint}" if hint else message},
        # Known by its words and not by its line, so that a forge recognises it after an edit further up.
        "partialFingerprints": {"fault/v1": " | ".join(fingerprint(diagnostic))},
    }
    location: dict[str, Any] = {}
    if diagnostic.span is not None:
        span = diagnostic.span
        region = {"startLine": span.line, "startColumn": span.column, "endColumn": span.column + span.length}
        location["physicalLocation"] = {"artifactLocation": {"uri": quote(span.path)}, "region": region}
    if diagnostic.citekey:
        location["logicalLocations"] = [{"name": diagnostic.citekey, "kind": "object"}]
    if location:
        result["locations"] = [location]
    return result
