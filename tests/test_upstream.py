"""What libraries do that biblio works around: a test that fails here says that its row of docs/upstream.md can go."""

from __future__ import annotations

import io
import subprocess
import sys
import zlib
from importlib.metadata import version
from typing import Any

import pydyf
import pytest

COMMAND = """
import sys, typer
def command(word: str) -> None:
    print(word, "pydantic" in sys.modules)
app = typer.Typer()
app.command()(command)
app(["text"])
"""


@pytest.mark.skipif(version("typer") < "0.29", reason="before 0.29 Typer asks it about other types alone")
def test_typer_asks_pydantic_what_a_text_is() -> None:
    done = subprocess.run([sys.executable, "-c", COMMAND], capture_output=True, text=True, check=True)
    assert done.stdout == "text True\n"


def test_pydyf_compresses_a_stream_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    compressed: list[bytes] = []
    of_the_library = zlib.compressobj

    def counted(*arguments: Any, **named: Any) -> Any:
        compressed.append(b"")
        return of_the_library(*arguments, **named)

    monkeypatch.setattr(zlib, "compressobj", counted)
    pdf = pydyf.PDF()
    pdf.add_object(pydyf.Stream([b"0 0 m"], compress=True))
    pdf.write(io.BytesIO(), identifier=True)
    assert len(compressed) == 2
