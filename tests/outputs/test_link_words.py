"""What links are called aloud."""

from __future__ import annotations

import pytest
from outputs.markup import read_html
from outputs.tagged import key

from biblio.outputs.html import direction, linked_html
from biblio.outputs.link_words import link_words
from biblio.text.inline import Emph, Lang, Link, Rich, Strong, Text, Verbatim, text


@pytest.mark.parametrize(
    ("href", "title", "expected"),
    [
        (
            "https://drees.solidarites-sante.gouv.fr/2020/er1.pdf",
            "Les contrats locaux",
            "Les contrats locaux, PDF, drees.solidarites-sante.gouv.fr",
        ),
        ("https://www.example.org/a.PDF?b=1#c", "Un titre", "Un titre, PDF, example.org"),
        ("https://www.example.org/page.html", "Un titre", "Un titre, example.org"),
        ("https://www.example.org/v1.2", "Un titre", "Un titre, example.org"),
        ("https://EXAMPLE.org:8080/tableau.ods", "Un titre", "Un titre, ODS, example.org"),
        ("https://www.example.org/", "", "example.org"),
        ("mailto:a@example.org", "Écrire", "Écrire, a@example.org"),
        ("https://[::1", "Un titre", "Un titre, https://[::1"),
        (
            "https://www.example.org/",
            "mot " * 40,
            "mot mot mot mot mot mot mot mot mot mot mot mot mot mot mot mot mot mot mot mot mot mot…, example.org",
        ),
        ("https://www.example.org/", "a" * 100, "a" * 90 + "…, example.org"),
    ],
)
def test_an_address_is_told_in_words(href: str, title: str, expected: str) -> None:
    assert link_words(href, text(title)) == expected


def test_on_a_screen_the_words_come_with_what_is_seen() -> None:
    """Who says what is seen to a browser reaches the link (WCAG 2.5.3); a PDF has the words alone."""
    line: Rich = (Link("https://a.org/x.pdf", (Verbatim("https://a.org/x.pdf"),)), Text(" (résumé)"))
    (on_screen,) = read_html(linked_html(line, text("Titre"))).root.find("a")
    (on_paper,) = read_html(linked_html(line, text("Titre"), "page")).root.find("a")
    assert on_screen.attributes["aria-label"] == "Titre, PDF, a.org, https://a.org/x.pdf"
    assert on_paper.attributes["aria-label"] == "Titre, PDF, a.org"
    assert key(on_screen.text) == key(on_paper.text) == key("https://a.org/x.pdf")


def test_a_link_that_has_words_keeps_them() -> None:
    (link,) = read_html(linked_html((Link("https://a.org/x.pdf", text("Lire le rapport")),), text("Titre"))).root.find(
        "a"
    )
    assert "aria-label" not in link.attributes


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ((Strong((Lang("ar", text("الصحة")),)),), ' dir="rtl"'),
        ((Lang("ar", text("الصحة")), Text(" : "), Emph((Lang("he", text("בריאות")),))), ' dir="rtl"'),
        ((Lang("ar", text("الصحة")), Text(" : la santé")), ""),
        ((Lang("ru", text("Здоровье")),), ""),
        (text("La santé"), ""),
        ((), ""),
    ],
)
def test_a_line_begins_at_the_side_of_its_language(line: Rich, expected: str) -> None:
    assert direction(line) == expected
