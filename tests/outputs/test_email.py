"""The newsletter as an e-mail: it says what the issue says, in a form that mail readers and telephones keep whole."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from compose.material import SLUG, project
from outputs.letters import LETTERS, SPEC, letter_of
from outputs.markup import Node, Page, read_html
from outputs.tagged import key

from biblio.build.pipeline import Request, build
from biblio.document.tree import Document
from biblio.outputs.email_css import inlined
from biblio.outputs.table import OUTPUTS, output_name, output_of
from biblio.project.project import Project
from biblio.text.inline import plain


@pytest.fixture(scope="module", params=LETTERS)
def letter(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Document, str, Page]:
    document, email = letter_of(request.param, tmp_path_factory.mktemp("lettre"))
    return document, email, read_html(email)


Letter = tuple[Document, str, Page]


def test_it_says_all_that_the_issue_says_in_order(letter: Letter) -> None:
    document, _, page = letter
    (body,) = page.root.find("body")
    text, position = key(body.text), 0
    said = [document.cover.title, document.cover.subtitle, document.cover.publisher]
    for section in document.sections:
        said.append(section.heading)
        for block in section.blocks:
            said += block.texts
            for notice in getattr(block, "items", ()) if block.name == "notices" else ():
                said += (line.content for line in notice.lines)
    for rich in [*said, document.closing]:
        found = text.find(key(plain(rich)), position)
        assert found >= position, plain(rich)
        position = found + len(key(plain(rich)))


def test_it_is_well_formed(letter: Letter) -> None:
    _, email, page = letter
    assert page.faults == ()
    assert email.startswith("<!DOCTYPE html>\n")
    assert len(email.encode()) < 100_000


def test_it_needs_nothing_but_itself(letter: Letter) -> None:
    _, email, page = letter
    for node in page.root.walk():
        assert node.tag not in {"style", "link", "script", "img", "iframe", "form", "svg"}
        assert "class" not in node.attributes
        assert "url(" not in node.attributes.get("style", "")
    assert "@" not in re.sub(r"[\w.]+@[\w.]+", "", email)


def test_its_style_is_on_its_elements(letter: Letter) -> None:
    _, _, page = letter
    for node in page.root.find("td", "p", "h1", "h2", "h3", "a", "ul"):
        assert node.attributes.get("style"), f"<{node.tag}> {node.text[:40]!r}"


def test_tables_are_for_the_layout_alone(letter: Letter) -> None:
    _, email, page = letter
    tables = page.root.find("table")
    assert tables
    assert all(table.attributes.get("role") == "presentation" for table in tables)
    assert all(len([kid for kid in row.kids if isinstance(kid, Node)]) == 1 for row in page.root.find("tr"))
    # Also those that only one mail reader sees.
    assert len(re.findall("<table", email)) == len(re.findall('<table role="presentation"', email))


def test_nothing_is_wider_than_600_pixels(letter: Letter) -> None:
    _, email, page = letter
    widths = [int(width) for width in re.findall(r"width: ?(\d+)px", email)]
    assert widths
    assert max(widths) <= 600
    attributes = [node.attributes["width"] for node in page.root.walk() if "width" in node.attributes]
    assert set(attributes) == {"100%"}
    assert not any(re.search(r"(?<!max-)width: ?\d", node.attributes.get("style", "")) for node in page.root.walk())


def test_headings_skip_no_level(letter: Letter) -> None:
    _, _, page = letter
    levels = [int(node.tag[1]) for node in page.root.find("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_links_lead_out_and_dates_are_marked(letter: Letter) -> None:
    _, _, page = letter
    assert all(urlsplit(link.attributes["href"]).scheme in {"http", "https", "mailto"} for link in page.root.find("a"))
    (time,) = page.root.find("time")
    assert time.attributes["datetime"] == "2025-11-27T14:30"


# --- asked for on the command line -----------------------------------------------------------------------------------


def test_it_is_published_under_a_name_of_its_own(tmp_path: Path) -> None:
    made = project(tmp_path, SPEC)
    result = build(made, SLUG, Request(tmp_path / "build", ("html", "email")))
    assert (result.state, result.diagnostics) == ("built", ())
    assert [path.name for path in result.outputs] == [f"{SLUG}.html", f"{SLUG}.email.html"]
    assert all(path.is_file() for path in result.outputs)
    assert build(made, SLUG, Request(tmp_path / "build", ("html", "email"))).state == "current"


@pytest.mark.parametrize("kind", ["selection", "bulletin", "reading-list"])
def test_a_kind_without_one_says_so(tmp_path: Path, kind: str) -> None:
    made = project(tmp_path, SPEC.replace("kind: newsletter", f"kind: {kind}"))
    result = build(made, SLUG, Request(tmp_path / "build", ("html", "email")))
    assert (result.state, [each.code for each in result.diagnostics]) == ("failed", ["W110"])
    assert result.diagnostics[0].span
    assert result.diagnostics[0].span.line == 5
    assert not (tmp_path / "build").exists()


def test_a_new_theme_makes_a_new_build(tmp_path: Path) -> None:
    made = project(tmp_path, SPEC)
    request = Request(tmp_path / "build", ("html",))
    assert build(made, SLUG, request).state == "built"
    themes = tmp_path / "references" / "themes.yaml"
    themes.write_text(themes.read_text("utf-8").replace("Santé mentale", "Psychiatrie"), "utf-8")
    assert build(Project(tmp_path), SLUG, request).state == "built"


@pytest.mark.parametrize("slug", ["a", "a.b", "lettre-2025"])
@pytest.mark.parametrize("output_format", [*OUTPUTS])
def test_a_name_tells_the_dossier_and_the_format(slug: str, output_format: str) -> None:
    assert output_of(output_name(slug, output_format)) == (slug, output_format)
    assert output_of(f"{slug}.jpeg") is None


# --- the sheet --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p class="a">x</p>', '<p style="color: red">x</p>'),
        ('<p class="a b">x</p>', '<p style="color: red; margin: 0; top: 1px">x</p>'),
        ('<a href="#">x</a>', '<a href="#" style="left: 0">x</a>'),
        ('<p class="c">x</p>', "<p>x</p>"),
        ("<p>class=&#34;a&#34; &lt;a&gt;</p>", "<p>class=&#34;a&#34; &lt;a&gt;</p>"),
        ("<!--[if mso]><a><![endif]-->", '<!--[if mso]><a style="left: 0"><![endif]-->'),
    ],
)
def test_a_sheet_goes_onto_the_elements(html: str, expected: str) -> None:
    css = "/* .a { color: blue } */\n.a { color: red; }\n.b {\n  margin: 0;\n  top: 1px }\na { left: 0 }\n.c { }"
    assert inlined(html, css) == expected
