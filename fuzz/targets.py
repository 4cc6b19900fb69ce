"""What is fuzzed: functions of bytes that must never raise. They need no fuzzer: the suite runs them as well."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from biblio.dossier.loader import load_dossier
from biblio.formats import FORMATS
from biblio.formats.bibtex.latex import decode
from biblio.formats.text import decode_bytes
from biblio.report import as_text


def read_every_format(content: bytes) -> None:
    """Every reader takes any bytes, and its faults can be shown."""
    for row in FORMATS.values():
        if row.read is not None:
            parsed = row.read(content, "a")
            as_text(parsed.diagnostics, {"a": decode_bytes(content, "a").value}, "fr")


def decode_latex(content: bytes) -> None:
    """Any text is a field's value."""
    decode(decode_bytes(content, "a").value)


def load_spec(content: bytes) -> None:
    """Any text may stand where a dossier's spec is expected."""
    load_dossier(decode_bytes(content, "a.yaml").value, "a.yaml", "a")


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "formats": read_every_format,
    "latex": decode_latex,
    "spec": load_spec,
}
