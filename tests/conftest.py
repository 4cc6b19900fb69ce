"""Fixtures for the whole suite: an environment that does not sway the outputs, and the outputs themselves."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import kept
import pytest
from browser import chromium, own_loop
from hypothesis import settings
from outputs.outputs import CASES, ROOT, Output, output_of
from parts import hold_engines_back, part_of

# The suite gives one verdict for one commit: Hypothesis tries the same examples each time. `make search` tries others.
settings.register_profile("suite", derandomize=True, deadline=None)
# At each save fewer of them are enough.
settings.register_profile("quick", derandomize=True, deadline=None, max_examples=25)
settings.register_profile("search", max_examples=2000, deadline=None)
settings.load_profile("suite")

__all__ = ["chromium", "own_loop"]  # fixtures for all folders

NO_ENGINES = pytest.StashKey[TemporaryDirectory[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--quick", action="store_true", help="run the quick tests alone: no PDF, no Java, no browser")


def pytest_configure(config: pytest.Config) -> None:
    # Python keeps what it compiles, whatever the machine says: the programs that tests start load twice as fast.
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    # Who starts a suite in the background may have it ignore these; the programs that tests end would too.
    for number, usual in ((signal.SIGINT, signal.default_int_handler), (signal.SIGHUP, signal.SIG_DFL)):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, usual)
    if config.getoption("quick"):
        settings.load_profile("quick")
        config.option.markexpr = config.option.markexpr or "not engine and not slow"
        folder = config.stash[NO_ENGINES] = TemporaryDirectory(prefix="biblio-quick-")
        hold_engines_back(Path(folder.name))
        sys.path.insert(0, folder.name)
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (folder.name, os.environ.get("PYTHONPATH"))))


def pytest_unconfigure(config: pytest.Config) -> None:
    if folder := config.stash.get(NO_ENGINES, None):
        folder.cleanup()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Spares the quick tests the loading of the others."""
    left_out = config.getoption("quick") and collection_path.is_file() and part_of(collection_path, ()) != "quick"
    return left_out or None


@pytest.hookimpl(tryfirst=True)  # before pytest chooses by mark
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        part = part_of(item.path, getattr(item, "fixturenames", ()))
        if part != "quick":
            item.add_marker(part)


def pytest_collection_finish() -> None:
    """Tells the collector of garbage that thousands of tests, and the modules they are in, are there to stay."""
    gc.collect()
    gc.freeze()


def pytest_sessionstart() -> None:
    kept.forget_unused()


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
