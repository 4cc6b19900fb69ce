"""The name of a host says what it is, or is told."""

from __future__ import annotations

import pytest

from biblio.reference.link import is_safe
from biblio.text.lookalikes import deceptive_signs


@pytest.mark.parametrize(
    "host",
    [
        "www.h\u0430s-sante.fr",  # a Cyrillic letter among Latin ones
        "xn--80ak6aa92e.com",  # nothing but Cyrillic ones that look Latin, in ASCII
        "\u03bfrs.fr",  # a Greek one
        "g\u0131te.fr",  # a letter without its dot
        "\uff48as-sante.fr",  # full width
        "has-sante.fr\u2215login.example.org",  # a slash that is none
        "has-sante\u3002fr",  # a full stop that browsers read as one
    ],
)
def test_a_host_that_looks_like_another_is_told(host: str) -> None:
    assert deceptive_signs(host)


@pytest.mark.parametrize(
    "host", ["www.has-sante.fr", "école.fr", "xn--cole-9oa.fr", "пример.рф", "例え.jp", "", "xn--\x00"]
)
def test_a_host_that_says_what_it_is_is_not(host: str) -> None:
    assert deceptive_signs(host) == ""


@pytest.mark.parametrize(
    "url",
    [
        "https://a:b@example.org/",
        "https://www.has-sante.fr@example.org/",
        "http:\\\\a@example.org",
        "https:///a@example.org/",
        "https://a\\@example.org/",
        "mailto:a@example.org?subject=x",
        "mailto:a@example.org,b@example.org",
        "mailto:a@example.org%0aBcc:b@example.org",
        "MAILTO:a@example.org?BCC=b@example.org",
    ],
)
def test_an_address_that_hides_something_is_no_link(url: str) -> None:
    assert not is_safe(url)


@pytest.mark.parametrize("url", ["https://example.org/@nom", "https://example.org/?a=b@c", "mailto:a.b@example.org"])
def test_an_address_that_hides_nothing_is_one(url: str) -> None:
    assert is_safe(url)
