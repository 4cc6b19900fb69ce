"""veraPDF, which knows the standards better than we do, finds every output conforming."""

from __future__ import annotations

from pathlib import Path

import pytest
from compose.material import printed
from outputs.outputs import CASES, ROOT, STYLES, output_of
from verapdf import Profile, verdict_on

from biblio.collection.link_history import Cause, Copy, LinkRecord, Sighting, dumps
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


@pytest.mark.parametrize("profile", PROFILES)
def test_a_dossier_with_archived_copies_conforms(tmp_path: Path, profile: Profile) -> None:
    """The copies are links of words behind links of addresses, in a notice, a text and a box."""
    address = "https://www.example.org/bader"
    copy = Copy(f"https://web.archive.org/web/20210503000000/{address}", "2021-05-03", "IA", "2026-12-01")
    dead = LinkRecord(copy=copy).seen(Sighting(address, "2026-12-01", Cause.GONE, 404))
    (tmp_path / "links.jsonl").write_text(dumps({address: dead}))
    box = f'links: [{{label: Site, url: "{address}"}}]'
    spec = f"archived_copies: true\nsections: [{{title: Un, references: [bader], intro: <{address}>, {box}}}]\n"
    output = printed(tmp_path, spec)
    assert "".join(output.tagged.text).count("copie archivée le 3 mai 2021") == 3
    assert_conforms(output.pdf, profile)
