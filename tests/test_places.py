"""Functions named by their place: what an import leaves behind."""

from __future__ import annotations

import gc

import pytest

from biblio.places import imported


@pytest.mark.parametrize("place", ["json.tool:main", "biblio.nowhere:main", "json.tool:nothing"])
@pytest.mark.parametrize("collecting", [True, False])
def test_the_collector_of_cycles_is_as_it_was(place: str, collecting: bool) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if collecting else gc.disable)()
        try:
            imported(place)
        except (ImportError, AttributeError):
            assert place != "json.tool:main"
        assert gc.isenabled() == collecting
    finally:
        (gc.enable if before else gc.disable)()
