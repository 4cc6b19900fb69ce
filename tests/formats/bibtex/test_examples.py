"""The example that a page of a rule shows of a fault of reading has that fault."""

from __future__ import annotations

import pytest

from biblio.check.table import RULES
from biblio.formats.bibtex.reader import open_files, open_library
from biblio.words.tables import faults

# The rules have examples too, which are no whole entries.
EXAMPLES = {code: fault.example for code, fault in faults().items() if fault.example and code not in RULES}


@pytest.mark.parametrize("code", EXAMPLES)
def test_the_example_has_the_fault(code: str) -> None:
    opened = open_library(open_files([(EXAMPLES[code].encode(), "exemple.bib")]))
    assert code in {fault.code for fault in (*opened.diagnostics, *opened.value.faults())}


def test_most_faults_of_reading_have_an_example() -> None:
    assert len(EXAMPLES) >= 18
