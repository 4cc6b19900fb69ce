"""The PDF validator accepts a good file and refuses bad ones for the right reason: a silent one fails."""

from typing import Any, Literal

import pytest
from verapdf import validate
from weasyprint import HTML

pytestmark = pytest.mark.xdist_group("java")

GOOD = '<html lang="fr"><title>Santé</title><h1>Contrats</h1><h2>Bilan</h2><p><a href="https://exemple.fr">Lire</a>'
IMAGE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'


def failures(html: str, profile: Literal["PDF/UA-1", "PDF/A-3a"], **options: Any) -> dict[str, int]:
    """Return clause → count for the PDF that WeasyPrint makes of `html`."""
    verdict = validate(HTML(string=html).write_pdf(**options), profile)
    assert verdict.checks > 0
    assert verdict.compliant == (not verdict.failures)
    assert all(failure.description and failure.context.startswith("root") for failure in verdict.failures)
    return {failure.clause: failure.count for failure in verdict.failures}


def test_accepts_good_files() -> None:
    assert failures(GOOD, "PDF/UA-1", pdf_variant="pdf/ua-1") == {}
    assert failures(GOOD, "PDF/A-3a", pdf_variant="pdf/a-3a") == {}


@pytest.mark.parametrize(
    ("html", "clause"),
    [
        pytest.param(GOOD.replace("<title>Santé</title>", ""), "7.1-9", id="no title"),
        pytest.param(GOOD.replace(' lang="fr"', ""), "7.2-29", id="no language"),
        pytest.param(GOOD.replace("h2", "h3"), "7.4.2-1", id="skipped heading level"),
        pytest.param(GOOD + IMAGE, "7.3-1", id="image without a text"),
        pytest.param(GOOD.replace("Lire", "<em>Lire</em>"), "7.18.5-1", id="element inside a link"),
    ],
)
def test_names_the_broken_rule(html: str, clause: str) -> None:
    assert failures(html, "PDF/UA-1", pdf_variant="pdf/ua-1") == {clause: 1}


def test_tells_the_standards_apart() -> None:
    assert failures(GOOD, "PDF/UA-1", pdf_variant="pdf/a-3a") == {"5-1": 1}
    assert "6.6.4-1" in failures(GOOD, "PDF/A-3a", pdf_variant="pdf/ua-1")


def test_refuses_an_untagged_file() -> None:
    assert {"6.2-1", "7.1-3", "7.1-11"} <= failures(GOOD, "PDF/UA-1").keys()
    assert {"6.1.3-1", "6.7.2.2-1"} <= failures(GOOD, "PDF/A-3a").keys()


@pytest.mark.parametrize("data", [b"", b"not a PDF"])
def test_rejects_what_is_not_a_pdf(data: bytes) -> None:
    with pytest.raises(ValueError, match="cannot read"):
        validate(data, "PDF/UA-1")


def test_java_is_silent(capfd: pytest.CaptureFixture[str]) -> None:
    pdf: bytes = HTML(string=GOOD).write_pdf(pdf_variant="pdf/a-3a")
    capfd.readouterr()
    verdict = validate(pdf.replace(b"/Length ", b"/Length 1", 1), "PDF/A-3a")
    assert "6.1.7.1-1" in [failure.clause for failure in verdict.failures]  # veraPDF logs a warning about it
    assert capfd.readouterr() == ("", "")
