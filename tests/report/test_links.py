"""What is told of a link that is not well, by what it has come to."""

from __future__ import annotations

import pytest

from biblio.collection.cited_links import CitedLink
from biblio.collection.link_history import Cause, Copy, LinkRecord, Sighting
from biblio.report.links import faults_of, verdicts_of
from biblio.report.text import hint_of, message_of
from biblio.words.faults import Span

PAGE = "https://www.example.org/page"
OPEN = Copy("https://archive.example/2021/page", "2021-05-03", "IA", "2026-12-01")
ON_SITE = Copy("https://bnf.example/2021/page", "2021-05-03", "BnF", "2026-12-01", on_site=True)


@pytest.mark.parametrize(
    ("cause", "copy", "code", "said"),
    [
        (Cause.GONE, None, "L101", "2026-12-01"),
        (Cause.GONE, OPEN, "L102", "https://archive.example/2021/page"),
        (Cause.GONE, ON_SITE, "L103", "BnF"),
        (Cause.TIME_OUT, None, "L105", PAGE),
    ],
)
def test_what_has_come_of_a_link_is_told(cause: Cause, copy: Copy | None, code: str, said: str) -> None:
    link = CitedLink(PAGE, Span("references/a.bib", 3, 10), "a")
    history = {PAGE: LinkRecord(copy=copy).seen(Sighting(PAGE, "2026-12-01", cause))}
    (fault,) = faults_of([link], verdicts_of([link], history))
    assert (fault.code, fault.span, fault.citekey) == (code, link.span, "a")
    for lang in ("fr", "en"):
        assert said in message_of(fault, lang) + hint_of(fault, lang)
