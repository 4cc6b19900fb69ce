"""A dossier in a language beside French and English: everything that biblio prints of its own accord is in it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from compose.material import HEAD, REFERENCES, SLUG, THEMES, composed, project
from outputs.markup import Node, read_html
from outputs.outputs import output_of

from biblio.citation.dates import in_words
from biblio.dossier.kinds import KINDS
from biblio.outputs.coins import CLASS
from biblio.outputs.html import render_html
from biblio.outputs.take_away import take_away
from biblio.reference.date import parse_date
from biblio.words.tables import document_languages, term, terms

LANGUAGES = tuple(each for each in document_languages() if each not in ("fr", "en"))
SPEC = """\
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
# What is called the same in every language: formats and what an address is made of.
NAMES = frozenset("biblatex ris csl json zip https www example org kb ko".split())
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
    # A COinS is for programs, and says nothing to anybody.
    return isinstance(kid, Node) and (kid.tag in ("style", "meta", "script") or kid.attributes.get("class") == CLASS)


def own_words(lang: str) -> set[str]:
    """The words that biblio has in a language, and those of the material."""
    return words(" ".join(values[lang] for values in terms().values())) | words(MATERIAL) | words(SPEC)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("medium", ["page", "screen"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_french_or_english_word_is_left(tmp_path: Path, lang: str, kind: str, medium: str) -> None:
    done, _ = composed(tmp_path, f"kind: {kind}\nlang: {lang}\n{SPEC}", HEAD)
    stamp = datetime(2025, 12, 20, tzinfo=UTC)
    carried = take_away(done, stamp) if medium == "screen" else None
    html = render_html(done.document, done.style, medium, stamp, carried)  # type: ignore[arg-type]  # a Medium
    root = read_html(html).root
    (page,) = root.find("html")
    assert page.attributes["lang"] == lang
    (body,) = root.find("body")
    assert words(printed(body)) - own_words(lang) - NAMES == set()
    contents = term(KINDS[kind].contents, lang) if KINDS[kind].contents else ""
    assert words(contents) <= words(printed(body))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_french_or_english_word_is_left_in_the_pdf(tmp_path: Path, lang: str) -> None:
    """What is printed, said aloud, shown in the outline, in the box of pages and beside the attachments."""
    project(tmp_path, f"lang: {lang}\n{SPEC}", head=HEAD)
    output = output_of(tmp_path, SLUG)
    tagged = output.tagged
    with pikepdf.open(BytesIO(output.pdf)) as pdf:
        assert str(pdf.Root.Lang) == lang
        beside = [str(each.description) for each in pdf.attachments.values()]
    links = [each.contents for page in tagged.annotations for each in page]
    outline = [entry.title for entry in tagged.outline]
    whole = [re.sub(r"\ufffe\s*", "", page) for page in tagged.text]
    said = " ".join((*whole, *beside, *tagged.labels, *links, *outline))
    assert words(said) - own_words(lang) - NAMES == set()
    assert words(term("dossier.contents", lang)) <= words(" ".join(tagged.labels))


def page_in(folder: Path, lang: str) -> str:
    """The words of the page of a dossier in a language."""
    done, _ = composed(folder, f"lang: {lang}\n{SPEC}", HEAD)
    html = render_html(done.document, done.style, "screen", datetime(2025, 12, 20, tzinfo=UTC))
    return " ".join(printed(read_html(html).root).split())


def test_a_dossier_in_german_says_dates_and_sources_in_german(tmp_path: Path) -> None:
    text = page_in(tmp_path, "de")
    for expected in (
        "20. Dezember 2025",
        "Donnerstag, 27. November 2025, 14:30 Uhr bis 16 Uhr",
        "Bericht",
        "Buch",
        "Siehe auch",
        "Register",
        "Neuerscheinungen",
    ):
        assert expected in text


@pytest.mark.parametrize(
    ("date", "said"),
    [
        ("2013-04-11/2013-04-12", "11. und 12. April 2013"),
        ("2019-11-20/2019-11-23", "20. bis 23. November 2019"),
        ("2019-11-28/2019-12-01", "28. November 2019 bis 1. Dezember 2019"),
        ("2019-03-01", "1. März 2019"),
        ("199X", "1990er Jahre"),
    ],
)
def test_german_days_have_their_points(date: str, said: str) -> None:
    found = parse_date(date)
    assert found
    assert in_words(found, "de") == said


def test_a_dossier_in_spanish_says_dates_and_sources_in_spanish(tmp_path: Path) -> None:
    text = page_in(tmp_path, "es")
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
