"""What a style sheet of a house asks for is printed, or refused at its file and line: never a stop without a reason."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from compose.material import SLUG, project
from outputs.tagged import read_pdf, words

from biblio.build.pipeline import BuildResult, Request, build
from biblio.outputs.pdf import bounds
from biblio.words.faults import BiblioError

SPEC = "style: maison\nsections: [{title: Lire, references: [bader, ars]}]\n"
OWN = "styles/maison/page.css"


def built(folder: Path, css: str) -> BuildResult:
    """The dossier of a small project in a style of its own, which has this sheet."""
    made = project(folder, SPEC)
    style = folder / "styles" / "maison"
    style.mkdir(parents=True, exist_ok=True)
    (style / "style.yaml").write_text("title: Maison\nextends: sobre\n", encoding="utf-8")
    (style / "page.css").write_text(css, encoding="utf-8")
    return build(made, SLUG, Request(folder / "build"))


def printed(result: BuildResult) -> str:
    (path,) = result.outputs
    return words(read_pdf(path.read_bytes()).root.runs())


def test_a_sheet_may_print_the_address_of_a_link(tmp_path: Path) -> None:
    result = built(tmp_path, "a::after { content: ' <' attr(href) '>' }\n")
    assert result.diagnostics == ()
    assert "<https://www.example.org/bader>" in printed(result)


TOO_MUCH = {
    "a page wider than PDFs have": "@page { size: 20000px 200px }",
    "a box wider than any": "p { width: 2000000px; overflow: hidden }",
    "a page for each letter": "@page { size: 4mm 4mm; margin: 0 } * { margin: 0; padding: 0; font-size: 12px }",
    "variables that double": "h1 { --a0: aaaaaaaaaa; "
    + "".join(f"--a{n}: var(--a{n - 1}) var(--a{n - 1}); " for n in range(1, 30))
    + "color: var(--a29) }",
    "variables that double in functions": "h1 { --a0: 1px; "
    + "".join(f"--a{n}: calc(var(--a{n - 1}) + var(--a{n - 1})); " for n in range(1, 30))
    + "width: var(--a29) }",
    "a long text in variables": "h1 { --a0: '"
    + "a" * 100_000
    + "'; "
    + "".join(f"--a{n}: var(--a{n - 1}) var(--a{n - 1}); " for n in range(1, 12))
    + "color: var(--a11) }",
    "rules in rules that double": "p { " + "& & { " * 30 + "color: red" + " }" * 31,
    "waves without number": "p { text-decoration: underline wavy 0.0000001px }",
    "tracks without number": "body { display: grid; grid-template-columns: repeat(100000000, 1px) }",
    "rules of many brackets": ":is(" * 300 + "p" + ")" * 300 + " { color: red }",
}


def test_a_drawing_that_doubles_is_refused(tmp_path: Path) -> None:
    style = tmp_path / "styles" / "maison"
    style.mkdir(parents=True)
    groups = "".join(f'<g id="a{n}"><use href="#a{n - 1}"/><use href="#a{n - 1}"/></g>' for n in range(1, 28))
    drawing = f'<defs><rect id="a0" width="9" height="9"/>{groups}</defs><use href="#a27"/>'
    (style / "dessin.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{drawing}</svg>')
    with pytest.raises(BiblioError) as refused:
        built(tmp_path, "p { background: url(dessin.svg) }")
    assert refused.value.diagnostic.code == "E112"


@pytest.mark.parametrize("css", TOO_MUCH.values(), ids=TOO_MUCH)
def test_what_goes_beyond_the_bounds_is_refused(css: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "PAGES", 20)
    with pytest.raises(BiblioError) as refused:
        built(tmp_path, css)
    assert refused.value.diagnostic.code == "E112"
    assert list((tmp_path / "build").glob("*.pdf")) == []


def test_the_work_is_counted_wherever_it_is_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Off the main thread too, where no clock of the system can stop it."""
    monkeypatch.setattr(bounds, "STEPS", -1_000)
    monkeypatch.setattr(bounds, "STEPS_A_CHARACTER", 0.001)
    with ThreadPoolExecutor(1) as pool, pytest.raises(BiblioError) as refused:
        pool.submit(built, tmp_path, "p { color: red }").result()
    assert refused.value.diagnostic.code == "E112"


def test_what_a_sheet_may_ask_for(tmp_path: Path) -> None:
    css = """
    a::before { content: '→ ' }
    a { display: inline-block }
    p::after { content: attr(class); float: right }
    .title::before { content: 'x'; display: block }
    main { columns: 2 }
    .link { display: flex; float: footnote }
    .label { position: running(tag) } @page { @left-top { content: element(tag) } }
    .annotation { display: table-cell }
    p { --a: 1px solid; --b: var(--a) #444; &.title, & & { border-bottom: var(--b); em & { color: var(--c, #222) } } }
    """
    result = built(tmp_path, css)
    assert result.diagnostics == ()
    assert "Guide régional" in printed(result)


def test_a_grid_of_some_tracks_is_laid_out(tmp_path: Path) -> None:
    result = built(tmp_path, "main { display: grid; grid-template-columns: [a] repeat(3, [b] 1fr [c]) 2fr }")
    assert result.diagnostics == ()
    assert "Guide régional" in printed(result)


LEFT_OUT = """\
.foo { backdrop-filter: blur(2px) }\r
\r
  em { display: subgrid }
.b > { color: red }
/* é */ @container (width > 2px) { p { color: red } }
.title { background: url(logo.png) }
p { color: var(--none) }
:root { --x: 1 }
.title { margin: var(--x) 3 3 3 3 3 }
"""


def test_what_is_left_out_of_a_sheet_is_told_at_its_place(tmp_path: Path) -> None:
    told = built(tmp_path, LEFT_OUT).diagnostics
    assert {each.code for each in told} == {"W103"}
    places = [(each.span and (each.span.path, each.span.line, each.span.column)) for each in told]
    assert places == [(OWN, *place) for place in ((1, 8), (3, 8), (4, 1), (5, 9), (6, 26), (7, 5), (9, 10))]
    words = ("backdrop-filter", "display: subgrid", ".b >", "@container", "logo.png", "color", "margin")
    for each, word in zip(told, words, strict=True):
        assert word in each.arguments["message"]
        assert " at " not in each.arguments["message"].replace("image at", "")  # no line of another sheet


def test_a_number_without_end_costs_its_declaration(tmp_path: Path) -> None:
    result = built(tmp_path, f"p {{ color: red }}\nli {{ width: {'1' * 5000}px; color: red }}\n")
    (told,) = result.diagnostics
    assert (told.code, told.span and (told.span.path, told.span.line)) == ("W103", (OWN, 2))
    assert "Guide régional" in printed(result)


def test_a_rule_that_the_engine_fails_on_is_refused_at_its_line(tmp_path: Path) -> None:
    css = 'p { color: red }\n\n/* what */\nli::marker { content: "*" }\nem { color: red }\n'
    with pytest.raises(BiblioError) as refused:
        built(tmp_path, css)
    assert refused.value.diagnostic.code == "E143"
    span = refused.value.diagnostic.span
    assert span is not None
    assert (span.path, span.line) == (OWN, 4)
