"""Markdown in a spec: what a text can say is set, everything else is printed as typed and reported."""

from __future__ import annotations

from pathlib import Path

import pytest
from compose.material import composed, printed, spaced
from hypothesis import given
from hypothesis import strategies as st
from notation import shown
from pictures import bomb, jpeg, png

from biblio.citation import PRESETS
from biblio.citation.options import Options
from biblio.collection.themes import Themes
from biblio.compose.composer import Composer
from biblio.compose.images import MOST_BYTES
from biblio.compose.prose import prose
from biblio.document.flow import Figure, Flow, Listing, Paragraph, Subheading, Table
from biblio.document.tree import Prose
from biblio.reference.link import is_safe
from biblio.style.spec import StyleSpec
from biblio.style.style import Style
from biblio.text.inline import Inline, Link, Rich, plain
from biblio.words.faults import Span

SPAN = Span("dossiers/essai.yaml", 3, 1)
IMAGES = {
    "images/carte.png": png(12, 8),
    "images/une photo.jpg": jpeg(300, 200),
    "images/imprimeur.jpg": jpeg(300, 200, components=4),
    "images/dessin.svg": b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>",
    "images/coupee.png": png(12, 8)[:20],
    "images/sans-fin.jpg": b"\xff\xd8" + b"\xff" * 40,
    "images/abimee.png": png(12, 8).replace(b"IDAT", b"IDAT\0"),
    "images/sans-entete.png": png(12, 8)[:8] + png(12, 8)[33:],
    "images/vide.png": png(0, 8),
    "images/coupee.jpg": jpeg(300, 200)[:-2],
    "images/bombe.png": bomb(),
    "images/lourde.png": png(12, 8) + bytes(MOST_BYTES),
}


def composer() -> Composer:
    spec = StyleSpec(SPAN, {}, name="essai", title="Essai")
    style = Style(spec, PRESETS["cres"], (), "")
    return Composer(Options(), PRESETS["cres"], style, Themes(), images=IMAGES)


def read(markdown: str) -> tuple[Prose, list[tuple[str, str]]]:
    """The text, and the codes of its faults with what they quote."""
    made = composer()
    text = prose(markdown, SPAN, made)
    return text, [(each.code, next(iter(each.arguments.values()))) for each in made.diagnostics]


def flow_shown(flow: tuple[Flow, ...]) -> str:
    """The pieces of a text in the notation of the tests, parted by « ¶ ».

    A list is its start and its items, a heading as many « # » as it is deep, a table its rows with a « : » behind what
    heads them, an image the text that stands for it.
    """
    return " ¶ ".join(map(piece_shown, flow))


def piece_shown(piece: Flow) -> str:
    match piece:
        case Paragraph(content):
            return shown(content)
        case Listing(items, start):
            return f"{'-' if start is None else start}({' ; '.join(flow_shown(item) for item in items)})"
        case Subheading(depth, content):
            return f"{'#' * depth} {shown(content)}"
        case Table(heads, rows, aligned):
            lines = [[f"{shown(cell)}{':' if cell else ''}" for cell in heads]]
            lines += [[shown(cell) for cell in row] for row in rows]
            marks = [each[:1] or "-" for each in aligned]
            heading = [f"{line[0]}:" for line in lines[1:]] if piece.has_row_heads else [line[0] for line in lines[1:]]
            told = [lines[0], *([head, *line[1:]] for head, line in zip(heading, lines[1:], strict=True))]
            return f"{''.join(marks)}[{' / '.join(' | '.join(line) for line in told)}]"
        case Figure(picture, said, credit):
            owed = f" – {shown(credit)}" if credit else ""
            return f"({picture.media_type} {picture.width}x{picture.height}: {said}{owed})"


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("Un *mot* et **deux**.", "Un <i>mot</i> et <b>deux</b>."),
        ("Une ligne\net la suite", "Une ligne et la suite"),
        ("Un.\n\nDeux.", "Un. ¶ Deux."),
        ("***Les deux***", "<i><b>Les deux</b></i>"),
        ("- un\n- deux", "-(un ; deux)"),
        ("3. trois\n4. quatre", "3(trois ; quatre)"),
        ("- un\n  - dedans\n- deux", "-(un ¶ -(dedans) ; deux)"),
        ("0. zéro\n1. un", "0(zéro ; un)"),
        ("12, rue du Port  \n13002 Marseille", "12, rue du Port<br>13002 Marseille"),
        ("12, rue du Port\\\n13002 Marseille", "12, rue du Port<br>13002 Marseille"),
        ("- un\\\n  encore", "-(un<br>encore)"),
        ("[Le site](https://www.example.org/a_b)", "<a https://www.example.org/a_b>Le site</a>"),
        ("[**Le site**](https://www.example.org/)", "<b><a https://www.example.org/>Le site</a></b>"),
        ("[Le *site*](https://e.org/)", "<a https://e.org/>Le </a><i><a https://e.org/>site</a></i>"),
        ("[Le\\\nsite](https://e.org/)", "<a https://e.org/>Le</a><br><a https://e.org/>site</a>"),
        ("[https://a.org est ici](https://e.org/)", "<a https://e.org/>https://a.org est ici</a>"),
        ("<https://www.example.org/>", "<a https://www.example.org/><v>https://www.example.org/</v></a>"),
        ("<doc@example.org>", "<a mailto:doc@example.org><v>doc@example.org</v></a>"),
        ("Voir https://www.example.org/.", "Voir <a https://www.example.org/><v>https://www.example.org/</v></a>."),
        (r"Pas \*italique\*", "Pas *italique*"),
        ("# Un *titre*", "# Un <i>titre</i>"),
        ("Un titre\n---", "# Un titre"),
        (
            "## Deux\n#### Quatre\n##### Cinq\n### Trois\n# Un",
            "# Deux ¶ ## Quatre ¶ ### Cinq ¶ ## Trois ¶ # Un",
        ),
        ("| a | b |\n|---|--:|\n| *1* | 2 |\n| 3 |", "-r[a: | b: / <i>1</i> | 2 / 3 | ]"),
        ("a | b\n:-:|:--\n1 | x \\| y", "cl[a: | b: / 1 | x | y]"),
        ("| | Ville |\n|---|---|\n| CLS | 12 |", "--[ | Ville: / CLS: | 12]"),
        ("![Une carte](images/carte.png)", "(image/png 12x8: Une carte)"),
        ('![Une *carte*](images/carte.png "Dessin : A. B.")', "(image/png 12x8: Une carte – Dessin␣: A. B.)"),
        ("![Une photo](<images/une photo.jpg>)", "(image/jpeg 300x200: Une photo)"),
        ("![A](images/carte.png)\n![B](images/carte.png)", "(image/png 12x8: A) ¶ (image/png 12x8: B)"),
        ("", ""),
        ("   \n\n", ""),
    ],
)
def test_what_a_text_can_say(markdown: str, expected: str) -> None:
    text, faults = read(markdown)
    assert flow_shown(text.flow) == expected
    assert faults == []


@pytest.mark.parametrize(
    ("markdown", "expected", "quoted"),
    [
        ("#", "#", ["#"]),
        ("- | a |\n  |---|\n  | 1 |", "-(- | a |<br>|---|<br>| 1 |)", ["| a | |---| | 1 |"]),
        ("Du ~~vieux *texte*~~.", "Du ~~vieux <i>texte</i>~~.", ["~~vieux texte~~"]),
        ('[Le site](https://e.org/ "Titre")', "<a https://e.org/>Le site</a> («␣Titre␣»)", ['"Titre"']),
        ("> cité", "> cité", ["> cité"]),
        ("***", "***", ["***"]),
        ("```\ncode\n```", "```<br>code<br>```", ["``` code ```"]),
        ("Avec `du code`.", "Avec `du code`.", ["`du code`"]),
        ("Du <b>gras</b>.", "Du <b>gras</b>.", ["<b>", "</b>"]),
        ("<div>bloc</div>", "<div>bloc</div>", ["<div>bloc</div>"]),
        (
            "Voici ![une image](images/carte.png).",
            "Voici⎵![une image](images/carte.png).",
            ["![une image](images/carte.png)"],
        ),
        ("- ![une image](images/carte.png)", "-(![une image](images/carte.png))", ["![une image](images/carte.png)"]),
        ("- un\n- # deux", "-(un ; - # deux)", ["# deux"]),
    ],
)
def test_what_it_cannot_say_is_printed_and_reported(markdown: str, expected: str, quoted: list[str]) -> None:
    text, faults = read(markdown)
    assert flow_shown(text.flow) == expected
    assert [(code, spaced(said).removeprefix("- ")) for code, said in faults] == [("W111", each) for each in quoted]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("images/autre.png", "W132"),
        ("carte.png", "W132"),
        ("images/../images/carte.png", "W132"),
        ("https://www.example.org/images/carte.png", "W132"),
        ("file:///etc/passwd", "W132"),
        ("data:image/png;base64,AAAA", "W132"),
        ("images/dessin.svg", "W133"),
        ("images/imprimeur.jpg", "W133"),
        ("images/coupee.png", "W133"),
        ("images/sans-fin.jpg", "W133"),
        ("images/abimee.png", "W133"),
        ("images/sans-entete.png", "W133"),
        ("images/vide.png", "W133"),
        ("images/coupee.jpg", "W133"),
        ("images/lourde.png", "W134"),
        ("images/bombe.png", "W134"),
    ],
)
def test_an_image_that_cannot_be_printed_is_told_and_stays_as_it_was_typed(path: str, code: str) -> None:
    text, faults = read(f"![une image]({path})")
    assert flow_shown(text.flow) == f"![une image]({path})"
    assert faults == [(code, path)]


@pytest.mark.parametrize("typed", ["![](images/carte.png)", "![  ](images/carte.png)"])
def test_an_image_needs_a_text_that_stands_for_it(typed: str) -> None:
    text, faults = read(typed)
    assert flow_shown(text.flow) == typed.replace("  ", "␣").replace("␣", " ")
    assert faults == [("W131", "images/carte.png")]


@pytest.mark.parametrize(
    "table",
    [
        "| a |\n|---|\n| 1 | perdue |",
        "|   |\n|---|\n| seul |",
        "|" * 10 + "\n" + "|-" * 9 + "|",
        "| " + "a | " * 9 + "\n|" + "---|" * 9,
        "| a |\n|---|\n| " + "x" * 1001 + " |",
        "| a |\n|---|" + "\n| 1 |" * 200,
    ],
)
def test_a_table_beyond_measure_is_told_once_and_stays_as_it_was_typed(table: str) -> None:
    text, faults = read(table)
    assert [code for code, _ in faults] == ["W135"]
    (paragraph,) = text.flow
    assert isinstance(paragraph, Paragraph)
    assert "".join(plain(paragraph.content).split()) == "".join(table.split())


def test_the_columns_of_a_table_share_its_width_by_what_they_say() -> None:
    (table,) = read("| Date | Étape |\n|--|--|\n| 2024-01-15 | " + "un mot " * 20 + "|")[0].flow
    assert isinstance(table, Table)
    narrow, wide = table.shares
    assert narrow + wide == 100
    assert 15 < narrow < 30


@pytest.mark.parametrize(
    ("markdown", "expected", "url"),
    [
        ("[ici](javascript:alert(1))", "ici (<v>javascript:alert(1)</v>)", "javascript:alert(1)"),
        ("[ici](page.html)", "ici (<v>page.html</v>)", "page.html"),
        ("<ftp://example.org>", "<v>ftp://example.org</v>", "ftp://example.org"),
    ],
)
def test_an_address_that_may_not_be_a_link_is_printed_and_reported(markdown: str, expected: str, url: str) -> None:
    text, faults = read(markdown)
    assert flow_shown(text.flow) == expected
    assert faults == [("W112", url)]


@pytest.mark.parametrize(
    ("markdown", "address"),
    [
        ("Voir <https://a.org/un mot.pdf>.", "https://a.org/un%20mot.pdf"),
        ("Voir [le texte](https://a.org/un mot de plus.pdf).", "https://a.org/un%20mot%20de%20plus.pdf"),
        ("Un\n[mot](HTTPS://a.org/un  mot)", "HTTPS://a.org/un%20%20mot"),
    ],
)
def test_an_address_with_a_blank_leads_where_a_browser_would_go(markdown: str, address: str) -> None:
    text, faults = read(markdown)
    links = {node.href for rich in text.texts for node in _walk(rich) if isinstance(node, Link)}
    assert links == {address}
    assert faults == [("R220", address.replace("%20", " "))]


def test_an_address_with_a_blank_is_the_same_wherever_a_spec_has_it(tmp_path: Path) -> None:
    typed, right = "https://www.example.org/un document.pdf", "https://www.example.org/un%20document.pdf"
    spec = (
        f"closing: Voir <{typed}>\nsections:\n  - title: Un\n    intro: Voir <{typed}>\n"
        f"    links: [{{label: Ici, url: '{typed}'}}]\n    references: [zay]\n"
    )
    _, faults = composed(tmp_path, spec)
    told = [each.arguments for each in faults if each.code == "R220"]
    assert told == [{"value": typed, "right": right}] * 3
    page = printed(tmp_path, spec).screen
    assert page.count(f'href="{right}"') == 3
    assert "un document.pdf" not in page


def test_a_text_is_typeset_and_its_addresses_are_not() -> None:
    text, _ = read('Qu\'est-ce que "le CLS" ? https://www.example.org/?a=b')
    assert "".join(plain(piece.content) for piece in text.flow if isinstance(piece, Paragraph)) == (
        "Qu’est-ce que «\u00a0le CLS\u00a0»\u202f? https://www.example.org/?a=b"
    )


INTRO = """\


      Un texte sur `deux
      lignes`, avec [un
      lien](https://www.example.org/).\\
      Là, `du code`, <b> et <b>.

      - [ici](page.html)

        # Non

      ![](images/rien.png)

      | a |
      |---|
      | b | c |
"""


def test_the_fault_says_where_the_construct_stands(tmp_path: Path) -> None:
    done, faults = composed(
        tmp_path, f"sections:\n  - title: Un\n    intro: |  # un texte\n{INTRO}    references: [zay]\n"
    )
    written = (tmp_path / "dossiers/essai.yaml").read_text(encoding="utf-8").split("\n")
    places = [(each.code, each.span.line, each.span.column, each.span.length) for each in faults if each.span]
    header = written.index("    intro: |  # un texte") + 1
    assert places == [
        ("W111", header + 3, 7, len("Un texte sur `deux")),  # what goes over the end of the line: the line
        ("W111", header + 6, 11, len("`du code`")),
        *[("W111", header + 6, 7, len("Là, `du code`, <b> et <b>."))] * 2,  # what it has twice: the line
        ("W112", header + 8, 15, len("page.html")),
        ("W111", header + 10, 9, len("# Non")),
        ("W132", header + 12, 7, len("![](images/rien.png)")),
        ("W135", header + 14, 7, len("| a |")),
    ]
    assert "# Non" in [spaced(plain(rich)) for rich in done.document.texts]


@pytest.mark.parametrize(
    "intro", [">\n      Un\n      `code`", '"Un\n\n      `code`"', "Un\n      `code`", "'`code`'", "`code`"]
)
def test_it_is_the_place_of_the_text_where_its_lines_are_not_those_of_the_file(tmp_path: Path, intro: str) -> None:
    if intro == "`code`":
        intro = "Un `code`"
    _, (fault,) = composed(tmp_path, f"sections:\n  - title: Un\n    intro: {intro}\n    references: [zay]\n")
    assert fault.span
    assert (fault.code, fault.span.path, fault.span.line, fault.span.column) == ("W111", "dossiers/essai.yaml", 7, 12)


def test_a_line_ends_in_the_page_where_it_was_broken(tmp_path: Path) -> None:
    intro = "    intro: |\n      12, rue du Port\\\n      13002 Marseille\n"
    output = printed(tmp_path, f"sections:\n  - title: Un\n{intro}    references: [zay]\n")
    assert "12, rue du Port<br>13002 Marseille" in output.screen.replace("\u00a0", " ")
    (address,) = [each for each in output.printed if spaced(each.text) == "12, rue du Port 13002 Marseille"]
    assert [spaced(run.text) for run in address.runs] == ["12, rue du Port", "13002 Marseille"]


# Without brackets an address has no title, which no text prints.
@given(st.text(st.sampled_from("ab *_`<>[])!#-+1.|\n\\éhttps:/ "), max_size=80))
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
