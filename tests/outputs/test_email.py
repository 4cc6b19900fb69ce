"""The newsletter as an e-mail: it says what the issue says, in a form that mail readers and telephones keep whole."""

from __future__ import annotations

import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from compose.material import SLUG, project
from outputs.markup import Node, Page, read_html
from outputs.outputs import ROOT
from outputs.tagged import key

from biblio.build.pipeline import Request, build, compose_dossier, render
from biblio.document.tree import Document
from biblio.outputs.email_css import inlined
from biblio.outputs.table import output_name, output_of
from biblio.project.project import Project
from biblio.text.inline import plain

LETTER = "lettre-actualites-novembre-2025"
SPEC = """\
kind: newsletter
edition: "3"
closing: Écrire à https://www.example.org/
sections:
  - title: Actus
    intro: Un mot avec [un lien](https://www.example.org/a).
    links: [{label: Le site, url: "https://www.example.org/b"}]
    items: [{title: "Une <nouvelle>", text: "- un\\n- deux", url: "https://www.example.org/c", label: Lire}]
    references: [bader, ars]
    sections: [{title: Dedans, references: [zay]}]
  - title: Agenda
    agenda: [{title: Un jour, date: 2025-11-27, start: "14:30", place: Marseille}]
    select: {theme: cls}
"""


def email_of(made: Project, slug: str) -> tuple[Document, str]:
    spec = made.dossier(slug).value
    assert spec
    composed = compose_dossier(made, spec, spec.style).value
    assert composed
    return composed.document, render(composed, ("email",)).value["email"].decode()


@pytest.fixture(scope="module", params=["the repository's", "one with everything"])
def letter(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Document, str, Page]:
    if request.param == "the repository's":
        document, email = email_of(Project(ROOT), LETTER)
    else:
        document, email = email_of(project(tmp_path_factory.mktemp("lettre"), SPEC), SLUG)
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


CHROMIUM = shutil.which("chromium")


@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not on this machine; the widths are tested without it above")
@pytest.mark.parametrize("width", [320, 600])
def test_a_browser_scrolls_it_in_one_direction(letter: Letter, tmp_path: Path, width: int) -> None:
    """The page in a frame of that width, since a window of Chromium may not be so narrow; it tells how wide it got."""
    _, email, _ = letter
    (tmp_path / "email.html").write_text(email, encoding="utf-8")
    (tmp_path / "frame.html").write_text(
        f"""<!DOCTYPE html><iframe id="f" src="email.html" style="width: {width}px; height: 600px; border: 0"></iframe>
<script>onload = () => {{ const page = f.contentDocument.documentElement;
document.title = "as wide as " + page.scrollWidth + " of " + page.clientWidth }}</script>""",
        encoding="utf-8",
    )
    assert CHROMIUM
    done = subprocess.run(
        [
            CHROMIUM,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            "--allow-file-access-from-files",
            f"--user-data-dir={tmp_path / 'profile'}",
            "--dump-dom",
            f"file://{tmp_path / 'frame.html'}",
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    told = re.search(r"<title>as wide as (\d+) of (\d+)</title>", done.stdout)
    assert told, done.stderr[-500:]
    assert int(told[1]) <= int(told[2]) <= width


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
@pytest.mark.parametrize("output_format", ["pdf", "html", "email"])
def test_a_name_tells_the_dossier_and_the_format(slug: str, output_format: str) -> None:
    assert output_of(output_name(slug, output_format)) == (slug, output_format)
    assert output_of(f"{slug}.docx") is None


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
