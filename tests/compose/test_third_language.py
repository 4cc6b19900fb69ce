"""A dossier in a third language: everything that biblio prints of its own accord is in that language."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from compose.material import HEAD, REFERENCES, THEMES, composed
from outputs.markup import Node, read_html

from biblio.dossier.kinds import KINDS
from biblio.outputs.html import render_html
from biblio.words.tables import terms

SPEC = """\
lang: es
numbering: true
indexes: [people, bodies, journals, themes, territories]
acronyms: true
whats_new: 2025-12-01
edition: "3"
sitography: {title: Sitio, references: [bader], counts: true}
sections:
  - title: Salud
    references: [ars, zay]
    links: [{label: Sitio, url: "https://www.example.org/"}]
    agenda: [{title: Jornada, date: 2025-11-27, start: "14:30", end: "16:00"}]
    group_by: audience
  - title: Otra
    references: [bader]
"""
# The words of the material, which are the user's and are printed as they are.
MATERIAL = HEAD + REFERENCES + THEMES
_WORD = re.compile(r"[^\W\d_]{2,}")


def words(text: str) -> set[str]:
    """The words of a text, in lower case; those joined by an apostrophe are two."""
    return {word.lower() for word in _WORD.findall(text)}


def printed(node: Node) -> str:
    """What a page shows or says: its text, and the labels that are only spoken."""
    heard = " ".join(node.attributes.get(name, "") for name in ("aria-label", "alt", "title", "data-at"))
    inside = (kid if isinstance(kid, str) else printed(kid) for kid in node.kids if not _is_mute(kid))
    return f" {heard} " + "".join(inside)


def _is_mute(kid: Node | str) -> bool:
    return isinstance(kid, Node) and kid.tag in ("style", "meta", "script")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("medium", ["page", "screen"])
def test_no_french_or_english_word_is_left(tmp_path: Path, kind: str, medium: str) -> None:
    done, _ = composed(tmp_path, f"kind: {kind}\n{SPEC}", HEAD)
    html = render_html(done.document, done.style, medium, datetime(2025, 12, 20, tzinfo=UTC))  # type: ignore[arg-type]  # a Medium
    root = read_html(html).root
    (page,) = root.find("html")
    assert page.attributes["lang"] == "es"
    spanish = words(" ".join(values["es"] for values in terms().values()))
    (body,) = root.find("body")
    left = words(printed(body)) - spanish - words(MATERIAL) - words(SPEC)
    assert left == set()
    assert "sumario" in words(printed(body)) or not KINDS[kind].contents or kind != "selection"


def test_a_dossier_in_spanish_says_dates_and_sources_in_spanish(tmp_path: Path) -> None:
    done, _ = composed(tmp_path, SPEC, HEAD)
    html = render_html(done.document, done.style, "screen", datetime(2025, 12, 20, tzinfo=UTC))
    text = " ".join(printed(read_html(html).root).split())
    for expected in (
        "20 de diciembre de 2025",
        "Jueves 27 de noviembre de 2025, de 14:30 h a 16 h",
        "Informe",
        "Libro",
        "Véase también",
        "Índices",
        "Novedades",
    ):
        assert expected in text
