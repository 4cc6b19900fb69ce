"""Fixtures for the whole suite: an environment that does not sway the outputs, and the outputs themselves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings
from outputs.outputs import CASES, ROOT, Output, output_of

# The suite gives one verdict for one commit: Hypothesis tries the same examples each time. `make search` tries others.
settings.register_profile("suite", derandomize=True, deadline=None)
settings.register_profile("search", max_examples=2000, deadline=None)
settings.load_profile("suite")


@pytest.fixture(scope="session", autouse=True)
def _no_epoch() -> Iterator[None]:
    """Takes away the date that a packager may have set: files then bear the date of their dossier."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("SOURCE_DATE_EPOCH", raising=False)
        yield


@pytest.fixture(
    params=[
        # One process builds a case, and runs all the tests that look at it.
        pytest.param((slug, style), id=f"{slug}-{style}", marks=pytest.mark.xdist_group(f"{slug}-{style}"))
        for slug, style in CASES
    ]
)
def output(request: pytest.FixtureRequest) -> Output:
    """What each dossier of the repository gives in each of its styles."""
    slug, style = request.param
    return output_of(ROOT, slug, style)
