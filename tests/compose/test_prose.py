"""Markdown in a spec: five constructs are set, everything else is printed as typed and reported."""

from __future__ import annotations

from pathlib import Path

import pytest
from compose.material import composed, spaced
from hypothesis import given
from hypothesis import strategies as st

from biblio.citation import PRESETS
from biblio.citation.options import Options
from biblio.compose.composer import Composer
from biblio.compose.prose import prose
from biblio.diagnostics import Span
from biblio.document import Flow, Listing, Paragraph, Prose
from biblio.dossier.themes import Themes
from biblio.model.link import is_safe
from biblio.richtext import Emph, Inline, Link, Rich, Strong, plain
from biblio.style.spec import StyleSpec
from biblio.style.style import Style

SPAN = Span("dossiers/essai.yaml", 3, 1)


def composer() -> Composer:
    spec = StyleSpec(SPAN, {}, name="essai", title="Essai")
    return Composer(Options(), PRESETS["cres"], Style(spec, PRESETS["cres"], "", ""), Themes())


def read(markdown: str) -> tuple[Prose, list[tuple[str, str]]]:
    """The text, and the codes of its faults with what they quote."""
    made = composer()
    text = prose(markdown, SPAN, made)
    return text, [(each.code, next(iter(each.arguments.values()))) for each in made.diagnostics]


def shown(flow: tuple[Flow, ...]) -> str:
    """A text in a notation of its own: ``<em>``, ``<strong>``, ``[words](href)``, lists in brackets."""
    return " | ".join(
        _rich(piece.content)
        if isinstance(piece, Paragraph)
        else f"{piece.start or '-'}({' ; '.join(shown(item) for item in piece.items)})"
        for piece in flow
    )


def _rich(rich: Rich) -> str:
    return spaced("".join(_inline(node) for node in rich))


def _inline(node: Inline) -> str:
    match node:
        case Emph(children):
            return f"<em>{_rich(children)}</em>"
        case Strong(children):
            return f"<strong>{_rich(children)}</strong>"
        case Link(href, children):
            return f"[{plain(children)}]({href})"
        case _:
            return plain((node,))


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("Un *mot* et **deux**.", "Un <em>mot</em> et <strong>deux</strong>."),
        ("Une ligne\net la suite", "Une ligne et la suite"),
        ("Un.\n\nDeux.", "Un. | Deux."),
        ("***Les deux***", "<em><strong>Les deux</strong></em>"),
        ("- un\n- deux", "-(un ; deux)"),
        ("3. trois\n4. quatre", "3(trois ; quatre)"),
        ("- un\n  - dedans\n- deux", "-(un | -(dedans) ; deux)"),
        ('[Le site](https://www.example.org/a_b "Titre")', "[Le site](https://www.example.org/a_b)"),
        ("<https://www.example.org/>", "[https://www.example.org/](https://www.example.org/)"),
        ("<doc@example.org>", "[doc@example.org](mailto:doc@example.org)"),
        ("Voir https://www.example.org/.", "Voir [https://www.example.org/](https://www.example.org/)."),
        (r"Pas \*italique\*", "Pas *italique*"),
        ("", ""),
        ("   \n\n", ""),
    ],
)
def test_what_a_text_can_say(markdown: str, expected: str) -> None:
    text, faults = read(markdown)
    assert shown(text.flow) == expected
    assert faults == []


@pytest.mark.parametrize(
    ("markdown", "expected", "quoted"),
    [
        ("# Un titre", "# Un titre", ["# Un titre"]),
        ("Un titre\n---", "Un titre ---", ["Un titre ---"]),
        ("> cité", "> cité", ["> cité"]),
        ("***", "***", ["***"]),
        ("```\ncode\n```", "``` code ```", ["``` code ```"]),
        ("Avec `du code`.", "Avec `du code`.", ["`du code`"]),
        ("Du <b>gras</b>.", "Du <b>gras</b>.", ["<b>", "</b>"]),
        ("<div>bloc</div>", "<div>bloc</div>", ["<div>bloc</div>"]),
        ("![une image](a.png)", "![une image](a.png)", ["![une image](a.png)"]),
        ("- un\n- # deux", "-(un ; # deux)", ["# deux"]),
    ],
)
def test_what_it_cannot_say_is_printed_and_reported(markdown: str, expected: str, quoted: list[str]) -> None:
    text, faults = read(markdown)
    assert shown(text.flow).replace("- # deux", "# deux") == expected
    assert [(code, spaced(said).removeprefix("- ")) for code, said in faults] == [("W111", each) for each in quoted]


@pytest.mark.parametrize(
    ("markdown", "expected", "url"),
    [
        ("[ici](javascript:alert(1))", "ici (javascript:alert(1))", "javascript:alert(1)"),
        ("[ici](page.html)", "ici (page.html)", "page.html"),
        ("<ftp://example.org>", "ftp://example.org", "ftp://example.org"),
    ],
)
def test_an_address_that_may_not_be_a_link_is_printed_and_reported(markdown: str, expected: str, url: str) -> None:
    text, faults = read(markdown)
    assert shown(text.flow) == expected
    assert faults == [("W112", url)]


def test_a_text_is_typeset_and_its_addresses_are_not() -> None:
    text, _ = read('Qu\'est-ce que "le CLS" ? https://www.example.org/?a=b')
    assert "".join(plain(piece.content) for piece in text.flow if isinstance(piece, Paragraph)) == (
        "Qu’est-ce que «\u00a0le CLS\u00a0»\u202f? https://www.example.org/?a=b"
    )


def test_the_fault_says_where_the_text_stands(tmp_path: Path) -> None:
    spec = "sections:\n  - title: Un\n    intro: |\n      # Non\n    references: [zay]\n"
    done, (fault,) = composed(tmp_path, spec)
    assert fault.code == "W111"
    assert fault.span
    assert (fault.span.path, fault.span.line) == ("dossiers/essai.yaml", 7)
    assert [spaced(plain(rich)) for rich in done.document.texts if "Non" in plain(rich)] == ["# Non"]


# Without brackets an address has no title, which no text prints.
@given(st.text(st.sampled_from("ab *_`<>[])!#-+1.\n\\éhttps:/ "), max_size=80))
def test_nothing_that_was_written_is_lost_and_no_link_is_unsafe(markdown: str) -> None:
    text, _ = read(markdown)
    letters = [character for rich in text.texts for character in plain(rich) if character in "abé"]
    assert len(letters) == sum(character in "abé" for character in markdown)
    assert all(is_safe(node.href) for rich in text.texts for node in _walk(rich) if isinstance(node, Link))


def _walk(rich: Rich) -> list[Inline]:
    return [inner for node in rich for inner in (node, *_walk(getattr(node, "children", ())))]


def test_listings_keep_their_numbers() -> None:
    (listing,) = read("7. sept\n8. huit")[0].flow
    assert isinstance(listing, Listing)
    assert (listing.start, len(listing.items)) == (7, 2)
