"""What a worker of a cluster is asked: which program it runs, and to render a composed dossier.

A rendering is a function of what it is given: no clock, folder or environment of the worker's sways the bytes.
"""

from __future__ import annotations

import platform
import threading
import zlib
from collections.abc import Mapping, Sequence
from datetime import datetime

from biblio.build.freshness import versions
from biblio.build.parcel import Parcel, pack, unpack
from biblio.compose.composed import Composed
from biblio.outputs.pdf.engine import engine_problem, library_versions
from biblio.outputs.table import DEFAULT_OUTPUT, OUTPUTS
from biblio.words.faults import BiblioError

# The layout engine is not made for several threads at a time, which a worker may have.
_ONE_AT_A_TIME = threading.Lock()


def program(formats: Sequence[str]) -> Mapping[str, str]:
    """All whose version sways outputs in these formats, those of a manifest and more: two machines are to be alike."""
    found = {**versions(), "python": ".".join(platform.python_version_tuple()[:2]), "zlib": zlib.ZLIB_RUNTIME_VERSION}
    if DEFAULT_OUTPUT in formats and engine_problem() is None:
        found |= library_versions()
    return found


def order(composed: Composed, formats: Sequence[str], stamp: datetime) -> Parcel:
    """What ``render_order`` takes: a dossier, its outputs, and the date that they bear."""
    return pack((composed, tuple(formats), stamp))


def render_order(body: bytes, digest: str, asked: Mapping[str, str], parts: Mapping[str, bytes]) -> Parcel | None:
    """The outputs as a parcel, each with its faults by format, or the one fault that stops the work.

    Nothing is made, and ``None`` returned, by a program that is not the one ``asked`` for. Raises ``ValueError`` for an
    order that is damaged.
    """
    with _ONE_AT_A_TIME:
        formats = (DEFAULT_OUTPUT,) if "pango" in asked else ()
        if program(formats) != asked:
            return None
        composed, formats, stamp = unpack(Parcel(body, digest, parts))
        try:
            return pack({name: OUTPUTS[name].render(composed, stamp) for name in formats})
        except BiblioError as error:
            return pack(error.diagnostic)
