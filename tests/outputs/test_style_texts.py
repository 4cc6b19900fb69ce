"""No text of a style becomes markup, wherever it enters: sheets of a page, of an e-mail, knobs, labels of CSL."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from compose.material import SLUG, project
from hypothesis import given
from hypothesis import strategies as st

from biblio.build.pipeline import Request, build
from biblio.outputs.email_css import inlined
from biblio.outputs.html import _inside_style, find_script

PAGE = '<body class="a"><p class="b c" id="x">un <em>mot</em><br></p><!--[if mso]><table><tr><td><![endif]--></body>'
HOSTILE = (
    "</style><script>alert(1)</script><img src=x onerror=alert(1)>\"'><svg onload=alert(1)>",
    "</STYLE ><script>",
    "</st\\yle><!--<script>-->",
    "]]><script>alert(1)</script>",
    "{{ 7 * 7 }}<b>{% raw %}",
)


class _Tags(HTMLParser):
    """The elements of a page, with the names of their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))

    def handle_comment(self, data: str) -> None:
        if data.startswith("[if "):
            self.tags += _Tags(data.partition("]>")[2]).tags


_SIGNS = st.text(st.sampled_from(list("ab{}:;()[]\"'\\<>/!-@#.,*=&%\n \0é")), max_size=60)
_CSS = st.one_of(
    _SIGNS,
    st.builds("p {{ {}: {} }}".format, _SIGNS, _SIGNS),
    st.builds('.b {{ font-family: "{}" }}'.format, _SIGNS),
    st.builds("{} {{ color: red }}".format, _SIGNS),
    st.builds('[x="{}"] {{ color: {} }}'.format, _SIGNS, _SIGNS),
    st.builds("* {{ content: '{}' ; {}: url({}) }}".format, _SIGNS, _SIGNS, _SIGNS),
)


@given(_CSS)
def test_a_sheet_gives_an_email_nothing_but_style(css: str) -> None:
    made = _Tags(inlined(PAGE, css)).tags
    expected = [(tag, tuple(name for name in names if name != "class")) for tag, names in _Tags(PAGE).tags]
    assert [(tag, tuple(name for name in names if name != "style")) for tag, names in made] == expected
    assert all(names.count("style") <= 1 for _, names in made)


@given(_CSS)
def test_a_sheet_stays_inside_its_element(css: str) -> None:
    assert _Tags(f"<style>{_inside_style(css)}</style><p>").tags == [("style", ()), ("p", ())]


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("p { background: url(http://x/) }", "<p>x</p>"),
        ("p { background: image-set('http://x/' 1x); color: red }", '<p style="color: red">x</p>'),
        ("p { behavior: x; -moz-binding: y; width: expression(alert(1)) }", "<p>x</p>"),
        ("@import 'x'; @media print { p { color: red } } p::before { content: 'x' }", "<p>x</p>"),
        ("p { font-family: \"Un 'nom'\" }", "<p style=\"font-family: 'Un \\'nom\\''\">x</p>"),
        ("div > p { color: red } :root > p:not(.x) { color: blue }", '<p style="color: blue">x</p>'),
        (".y { color: red } p { color: blue !important; top: 0 }", '<p style="top: 0; color: blue !important">x</p>'),
        ("p { color: " + "(" * 20_000 + "}", "<p>x</p>"),
        ("p { a" + "{ a" * 20_000, "<p>x</p>"),
    ],
)
def test_what_a_sheet_may_say_in_an_email(css: str, expected: str) -> None:
    assert inlined("<p>x</p>", css) == expected


CSL = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info><title>T</title><id>t</id>
<updated>2020-01-01T00:00:00+00:00</updated></info>
<citation><layout><text value="c"/></layout></citation>
<bibliography><layout prefix="&lt;script&gt;" suffix="&lt;img src=x onerror=alert(1)&gt;"><text variable="title"/>
<text value="&lt;svg onload=alert(1)&gt;"/></layout></bibliography></style>
"""


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("place", ["sheets", "title", "name of a font", "CSL"])
def test_no_text_of_a_style_becomes_markup(tmp_path: Path, place: str, text: str) -> None:
    made = project(tmp_path, "kind: newsletter\nstyle: maison\nsections: [{title: A, references: [ars]}]\n")
    folder = tmp_path / "styles" / "maison"
    folder.mkdir(parents=True)
    title = text.replace("'", "''") if place == "title" else "Maison"
    more = "citation: csl\n" if place == "CSL" else ""
    (folder / "style.yaml").write_text(f"title: '{title}'\nextends: cres\n{more}", encoding="utf-8")
    if place == "CSL":
        (folder / "maison.csl").write_text(CSL, encoding="utf-8")
        (folder / "style.yaml").write_text("title: Maison\nextends: cres\ncitation: maison.csl\n", encoding="utf-8")
    for name in ("screen.css", "email.css"):
        css = {"sheets": text, "name of a font": f"p {{ font-family: \"{text}\", '{text}' }}"}.get(place, "")
        (folder / name).write_text(css, encoding="utf-8")
    build(made, SLUG, Request(tmp_path / "build", ("html", "email")))
    pages = list((tmp_path / "build").glob("*.html"))
    assert len(pages) == 2 or place not in ("sheets", "name of a font")
    for path in pages:
        page = path.read_text(encoding="utf-8")
        ours = f'<script type="module">{find_script()}</script>'
        assert page.count(ours) == (0 if path.name.endswith(".email.html") else 1)
        for tag, names in _Tags(page.replace(ours, "")).tags:
            assert tag not in ("script", "img", "svg", "b")
            assert not any(name.startswith("on") for name in names)
