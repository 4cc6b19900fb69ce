"""A composed dossier in a parcel is the same dossier: what another process makes of it is what would be made here."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sources import ROOT

from biblio.build.distant import order, program, render_order
from biblio.build.parcel import Parcel, pack, unpack
from biblio.build.pipeline import compose_dossier, rendered
from biblio.project.project import Project
from biblio.words.faults import Parsed, Span, diagnose

STAMP = datetime(2025, 12, 1, tzinfo=UTC)
PROJECT = Project(ROOT)
FORMATS = ("html",)


def ordered(slug: str) -> Parcel:
    spec = PROJECT.dossier(slug).value
    assert spec
    composed = compose_dossier(PROJECT, spec, spec.style).value
    assert composed
    return order(composed, FORMATS, STAMP)


@pytest.mark.parametrize("slug", PROJECT.slugs)
def test_a_dossier_gives_the_same_page_out_of_a_parcel(slug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(STAMP.timestamp())))
    spec = PROJECT.dossier(slug).value
    assert spec
    composed = compose_dossier(PROJECT, spec, spec.style).value
    assert composed
    here = rendered(composed, FORMATS)
    parcel = order(composed, FORMATS, STAMP)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")  # the worker's own
    made = render_order(parcel.body, parcel.digest, program(FORMATS), parcel.parts)
    assert made is not None
    assert unpack(made) == here


def test_what_two_dossiers_share_has_one_name() -> None:
    first, second = (ordered(slug).parts for slug in PROJECT.slugs[:2])
    shared = first.keys() & second.keys()
    assert shared, "two dossiers without a font in common"
    assert all(first[name] == second[name] for name in shared)


def test_a_program_that_is_not_the_one_asked_for_makes_nothing() -> None:
    parcel = ordered(PROJECT.slugs[0])
    asked = {**program(FORMATS), "weasyprint": "1.0"}
    assert render_order(parcel.body, parcel.digest, asked, parcel.parts) is None


def test_a_damaged_parcel_is_refused() -> None:
    parcel = ordered(PROJECT.slugs[0])
    name, part = next(iter(parcel.parts.items()))
    damaged = (
        replace(parcel, body=parcel.body[:-1] + b"?"),
        replace(parcel, parts={**parcel.parts, name: part[:-1] + b"?"}),
    )
    for each in damaged:
        with pytest.raises(ValueError, match="damaged"):
            render_order(each.body, each.digest, program(FORMATS), each.parts)


def test_faults_travel_with_their_places() -> None:
    told = Parsed(b"x" * 10_000, (diagnose("W102", Span("styles/a/page.css", 3, 4, 5), font="Foreign"),))
    parcel = pack({"pdf": told})
    assert len(parcel.body) < 1_000, "what is large stands apart"
    assert unpack(parcel) == {"pdf": told}
