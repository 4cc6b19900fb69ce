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

from biblio.build.pipeline import Request, build, compose_dossier
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
    (sheet,) = page.root.find("style")
    named = set(re.findall(r"\.([\w-]+)", sheet.text))
    for node in page.root.walk():
        assert node.tag not in {"link", "script", "iframe", "form", "svg"}
        assert node.tag != "img" or node.attributes["src"].startswith("data:image/png;base64,")
        assert set(node.attributes.get("class", "").split()) <= named
        assert "url(" not in node.attributes.get("style", "") + sheet.text
    assert "@" not in re.sub(r"[\w.]+@[\w.]+|@media \(prefers-color-scheme: dark\)", "", email)


def test_dark_colours_outweigh_those_of_the_elements(letter: Letter) -> None:
    _, email, page = letter
    (sheet,) = page.root.find("style")
    first, *rules, last = sheet.text.strip().split("\n")
    assert (first, last) == ("@media (prefers-color-scheme: dark) {", "}")
    declared = [each for rule in rules for each in rule.partition("{")[2].rstrip(" }").split(";")]
    assert declared
    assert all(each.endswith(" !important") for each in declared)
    assert '<meta name="color-scheme" content="light dark">' in email


def test_its_style_is_on_its_elements(letter: Letter) -> None:
    _, _, page = letter
    for node in page.root.find("td", "p", "h1", "h2", "h3", "a", "ul"):
        assert node.attributes.get("style"), f"<{node.tag}> {node.text[:40]!r}"


def test_tables_are_for_the_layout_alone(letter: Letter) -> None:
    _, email, page = letter
    tables = page.root.find("table")
    assert tables
    told = [table for table in tables if len(table.find("table")) > 1 or not table.find("th")]
    assert all(table.attributes.get("role") == "presentation" for table in told)
    assert all("role" not in table.attributes for table in tables if table not in told)
    rows = [row for row in page.root.find("tr") if not row.find("th") or row.find("table")]
    assert all(len([kid for kid in row.kids if isinstance(kid, Node)]) == 1 for row in rows)
    # Also those that only one mail reader sees.
    layout = len(re.findall('<table role="presentation"', email))
    assert len(re.findall("<table", email)) == layout + len(tables) - len(told)


def test_nothing_is_wider_than_600_pixels(letter: Letter) -> None:
    _, email, page = letter
    widths = [int(width) for width in re.findall(r"width: ?(\d+)px", email)]
    assert widths
    assert max(widths) <= 600
    attributes = [node.attributes["width"] for node in page.root.walk() if "width" in node.attributes]
    assert set(attributes) - {"560"} == {"100%"}
    assert not any(re.search(r"(?<!max-)width: ?\d", node.attributes.get("style", "")) for node in page.root.walk())


def test_headings_skip_no_level(letter: Letter) -> None:
    _, _, page = letter
    levels = [int(node.tag[1]) for node in page.root.find("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_contents_lead_to_the_parts(letter: Letter) -> None:
    document, _, page = letter
    inward = [link.attributes["href"][1:] for link in page.root.find("a") if link.attributes["href"].startswith("#")]
    assert inward == [part.anchor for part in document.parts]
    assert [node.attributes.get("id") for node in page.root.find("h2")] == inward


def test_it_is_seen_online_and_left_where_the_spec_says(tmp_path: Path) -> None:
    """The slot is as typed, for the mailing tool; what mail readers show beside the subject is seen nowhere else."""
    _, email = letter_of(LETTERS[1], tmp_path)
    page = read_html(email)
    assert [(link.attributes["href"], link.text) for link in page.root.find("a")][:: len(page.root.find("a")) - 1] == [
        ("https://www.example.org/lettre.html", "Voir cette lettre en ligne"),
        ("{{ unsubscribe }}", "Se désabonner"),
    ]
    (hidden,) = page.root.find("div")
    assert hidden.text == "Un mot, une nouvelle & l’agenda."
    assert hidden.attributes["style"].startswith("display: none")


@pytest.mark.parametrize(
    ("slot", "kept"),
    [
        ("https://a.org/x", True),
        ("mailto:a@b.org", True),
        ("*|UNSUB|*", True),
        ("[[UNSUB_LINK_FR]]", True),
        ("{{ params.unsubscribe }}", True),
        ("javascript:alert(1)", False),
        ("lettre.html", False),
        ("{{ <script> }}", False),
    ],
)
def test_a_slot_is_an_address_or_a_word_of_a_mailing_tool(tmp_path: Path, slot: str, kept: bool) -> None:
    made = project(tmp_path, SPEC.replace("{{ unsubscribe }}", slot))
    spec = made.dossier(SLUG).value
    assert spec
    composed = compose_dossier(made, spec, spec.style)
    assert composed.value
    assert composed.value.document.mailing.unsubscribe == (slot if kept else "")
    assert [each.code for each in composed.diagnostics] == ([] if kept else ["W112"])


def test_links_lead_out_and_dates_are_marked(letter: Letter) -> None:
    _, _, page = letter
    hrefs = [link.attributes["href"] for link in page.root.find("a")]
    outward = [href for href in hrefs if href != "{{ unsubscribe }}" and not href.startswith("#")]
    assert all(urlsplit(href).scheme in {"http", "https", "mailto"} for href in outward)
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


def test_a_new_word_for_a_theme_that_is_printed_makes_a_new_build(tmp_path: Path) -> None:
    made = project(tmp_path, SPEC + "indexes: [themes]\n")
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


def test_what_is_for_the_dark_stands_in_the_head() -> None:
    dark = "@media (prefers-color-scheme: dark) { .a { color: blue; top: 0 !important } }"
    css = f".a, a {{ color: red }}\n{dark}\n.b {{ left: 0 }}"
    html = '<head></head><p class="a b">x</p><a class="c">y</a>'
    assert inlined(html, css) == (
        "<head><style>\n@media (prefers-color-scheme: dark) {\n"
        ".a { color: blue !important; top: 0 !important }\n}\n</style>\n</head>"
        '<p class="a" style="color: red; left: 0">x</p><a style="color: red">y</a>'
    )


def test_no_sheet_ends_its_element() -> None:
    css = "@media (prefers-color-scheme: dark) { [title='</style><b>'] { color: red } }"
    assert "</style><b>" not in inlined("<head></head>", css)
