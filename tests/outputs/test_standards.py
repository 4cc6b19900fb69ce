"""veraPDF, which knows the standards better than we do, finds every output conforming."""

from __future__ import annotations

from pathlib import Path

import pytest
from outputs.outputs import CASES, ROOT, STYLES, output_of
from verapdf import Profile, verdict_on

from biblio.project.starter import create

pytestmark = pytest.mark.xdist_group("java")

PROFILES: tuple[Profile, ...] = ("PDF/UA-1", "PDF/A-3a")


def assert_conforms(pdf: bytes, profile: Profile) -> None:
    verdict = verdict_on(pdf, profile)
    assert verdict.failures == ()
    assert verdict.compliant
    assert verdict.checks > 1000


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(("slug", "style"), CASES)
def test_each_dossier_conforms_in_each_style(slug: str, style: str, profile: Profile) -> None:
    assert_conforms(output_of(ROOT, slug, style).pdf, profile)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(("lang", "style"), [*(("fr", style) for style in STYLES), ("en", "cres")])
def test_a_new_project_conforms(tmp_path: Path, lang: str, style: str, profile: Profile) -> None:
    create(tmp_path, lang)
    output = output_of(tmp_path, "premier-dossier", style)
    assert output.diagnostics == ()
    assert_conforms(output.pdf, profile)
