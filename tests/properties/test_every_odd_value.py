"""Every odd value in every field, taken through everything that reads one."""

from __future__ import annotations

import pytest
from properties.test_odd_values import NAMES, nothing_stops

from robustness.oddities import ODD


@pytest.mark.parametrize("value", ODD, ids=lambda value: ascii(value)[:24])
def test_no_value_stops_anything(value: str) -> None:
    nothing_stops(value, NAMES)
