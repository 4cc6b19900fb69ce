"""A file given as an earlier edition may be made to unpack without end: a limit, and a message that says it."""

from __future__ import annotations

import time
import zlib
from pathlib import Path

import pytest
from cli.running import biblio
from dossier.questions import SLUG, make


def attached(content: bytes, times: int = 1) -> bytes:
    """A PDF, as far as the reader looks, with these attachments."""
    packed = zlib.compress(content, 9)
    head = b"1 0 obj\n<</Type/EmbeddedFile/Subtype/application#2fx-bibtex/Filter/FlateDecode>>\nstream\n"
    return b"%PDF-1.7\n" + (head + packed + b"\nendstream\nendobj\n") * times


SMALL = b"@book{a, title = {A}}\n"
FILES = {
    "one of 240 MB.pdf": lambda: attached(b"\0" * 240_000_000),
    "twenty of 250 MB.pdf": lambda: attached(b"\0" * 250_000_000, 20),
    "20,000 small ones.pdf": lambda: attached(SMALL, 20_000),
    "50,000 marks.pdf": lambda: b"%PDF-1.7\n" + b"1 0 obj <</EmbeddedFile /Subtype/a>> " * 50_000 + b"stream",
    "elements.html": lambda: b"<!DOCTYPE html>" + b"<p>" * 600_000,
    "characters.html": lambda: b"<!DOCTYPE html>" + b" " * 33_000_000,
    "open tags.html": lambda: b"<a " * 300_000,
    "open comments.html": lambda: b"<!--" * 300_000,
    "open declarations.html": lambda: b"<!" * 300_000,
    "brackets.json": lambda: b"[" * 1_000_000,
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_unpacks_without_end_is_refused(tmp_path: Path, name: str) -> None:
    folder = make(tmp_path / "projet")
    (folder / name).write_bytes(FILES[name]())
    started = time.monotonic()
    done = biblio(folder, "diff", SLUG, "--since", name)
    assert time.monotonic() - started < 20
    assert (done.code, done.out) == (2, "")
    code = "E117" if name.startswith(("open", "brackets")) else "E135"
    assert f"erreur {code} " in done.err, done.err
