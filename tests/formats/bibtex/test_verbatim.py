"""What stands in verbatim fields once what was escaped in them is undone."""

from __future__ import annotations

import pytest

from biblio.formats.bibtex.verbatim import doi


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("https://doi.org/10.1002%2Fabc", "10.1002/abc"),
        ("10.1000/%C3%A9t%C3%A9", "10.1000/été"),
        ("10.1000/%ed%a0%80%00%0a", "10.1000/%ed%a0%80%00%0a"),
        ("10.1000/a%00b", "10.1000/a%00b"),
        ("10.1000/a%E2%80%AEb", "10.1000/a%E2%80%AEb"),
        ("10.1000/a%FFb", "10.1000/a%FFb"),
    ],
)
def test_a_doi_is_decoded_where_that_gives_text(typed: str, read: str) -> None:
    assert doi(typed) == read
