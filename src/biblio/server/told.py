"""Faults as screens tell them: in the words of the reader, with the place that they lead to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from biblio.project.project import DOSSIERS
from biblio.report.text import hint_of, message_of
from biblio.words.faults import Diagnostic
from biblio.words.tables import Severity

SPEC = ".yaml"
MOST = 100
_GRAVITY = {severity: rank for rank, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class Told:
    """A fault in words.

    ``where`` it is and, for one of a spec, in which ``line``; the ``address`` of the screen at which it is mended, if
    there is one.
    """

    code: str
    severity: Severity
    message: str
    hint: str
    where: str
    address: str
    citekey: str
    line: int = 0


def told(fault: Diagnostic, lang: str, field: str = "") -> Told:
    """A fault in the language of a reader; ``field`` is that of the reference in which it is."""
    path = fault.span.path if fault.span else ""
    address = reference_address(fault.citekey, field) if fault.citekey else ""
    if not address and path.startswith(f"{DOSSIERS}/"):
        address = dossier_address(path.removeprefix(f"{DOSSIERS}/").removesuffix(SPEC))
    return Told(
        fault.code,
        fault.severity,
        message_of(fault, lang),
        hint_of(fault, lang),
        fault.span.where if fault.span else "",
        address,
        fault.citekey or "",
        fault.span.line if fault.span else 0,
    )


def first_told(faults: Sequence[Diagnostic], lang: str) -> Sequence[Told]:
    """As many faults as a page can show; where there are more, the gravest of them."""
    chosen = sorted(faults, key=lambda fault: _GRAVITY[fault.severity])[:MOST] if len(faults) > MOST else faults
    return [told(fault, lang) for fault in chosen]


def reference_address(citekey: str, field: str = "") -> str:
    """The form of a reference, at one of its fields where one is meant."""
    return f"/reference?{urlencode({'key': citekey})}" + (f"#field-{quote(field)}" if field else "")


def dossier_address(slug: str) -> str:
    """The screen of a dossier."""
    return f"/dossier/{quote(slug, safe='')}"
