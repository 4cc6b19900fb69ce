"""The scanner of a file is gone as soon as its work is done, without the collector of cycles, which is paused then."""

from __future__ import annotations

import gc
import weakref

from biblio.formats.bibtex.splitter import _Splitter
from biblio.formats.bibtex.syntax import Positions

TEXT = "@string{x = {q}}\n@book{a, title = x # {b} # y, date = {2012}}\n@book{b, title = {Un {titre},\n}\n"


def test_nothing_of_a_scanner_stays_behind() -> None:
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        scanner = _Splitter(TEXT, Positions(TEXT, "a.bib"), {})
        assert scanner.run().undefined == {"y"}
        left = weakref.ref(scanner)
        del scanner
        assert left() is None
    finally:
        if was_enabled:
            gc.enable()
