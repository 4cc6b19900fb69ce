"""The benchmark of the linter measures what it says."""

from __future__ import annotations

from bench.rules import entries, measure


def test_the_figures_of_the_linter() -> None:
    small, large = measure((100, 1000))
    assert (small.references, large.references) == (100, 1000)
    assert 0 < small.comparisons < large.comparisons
    assert large.comparisons_by_n_log_n <= small.comparisons_by_n_log_n
    assert small.faults > 100 // 20
    assert large.faults > small.faults


def test_the_entries_are_the_same_each_time() -> None:
    assert list(entries(20)) == list(entries(20))
