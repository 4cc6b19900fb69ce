"""Notices in the styles of pybtex and of BibTeX: what they print, what they may not harm, and styles that fail."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from citation.notices import STYLES, cases_of, lines_shown, reference_of, repository
from citation.test_presets import links_in
from dossier.library import references_of
from hypothesis import given
from hypothesis import strategies as st
from notation import Case, shown

from biblio.citation import Preset, preset_of
from biblio.citation.bibtex_entry import entry_of
from biblio.citation.bst import rich_of
from biblio.citation.hiding import Hiding
from biblio.citation.options import Options
from biblio.citation.processors import Processors
from biblio.citation.pybtex import StyleError
from biblio.document.tree import Role
from biblio.project import bst
from biblio.project.processors import PROCESSORS, versions_for
from biblio.reference.types import ENTRY_TYPES
from biblio.style.style import StyleFiles, load_style
from biblio.text.inline import Emph, Lang, Link, Quoted, SmallCaps, Strong, Sub, Sup, Text, Verbatim, merge, plain
from biblio.words.faults import Diagnostic, Span

REVUE = (STYLES / "revue.bst").read_bytes()
ASSETS = {"revue.bst": REVUE}
SPAN = Span("styles/s/style.yaml", 2, 11, 13)
# pybtex's own styles, one that another package registers, and a file of BibTeX's.
NAMES = ("pybtex:unsrt", "pybtex:plain", "pybtex:alpha", "pybtex:unsrtalpha", "pybtex:apa7", "bst:revue.bst")


@cache
def preset(citation: str, bst: bytes = REVUE) -> Preset:
    found = preset_of(citation, {"revue.bst": bst}, SPAN, PROCESSORS)
    assert found.diagnostics == ()
    assert found.value is not None
    return found.value


def first_line(citation: str, source: str, lang: str = "fr") -> str:
    (reference,) = references_of(source)
    return shown(preset(citation).cite(reference, Options(lang))[0].content)


CASES = [(citation, case) for citation in NAMES for case in cases_of(citation.partition(":")[2].partition(".")[0])]


@pytest.mark.parametrize(("citation", "case"), CASES, ids=[case.name for _, case in CASES])
def test_case(citation: str, case: Case) -> None:
    assert lines_shown(preset(citation).cite(reference_of(case.source), Options())) == case.expected


@pytest.fixture(scope="module", params=NAMES)
def ready(request: pytest.FixtureRequest) -> Preset:
    """A style, with the notices of the whole repository at hand."""
    found = preset(request.param).over(list(repository()), Options())
    assert found.faults == ()
    return found


def test_every_reference_of_the_repository_says_its_title_once_and_its_links_hold_characters_alone(
    ready: Preset,
) -> None:
    for reference in repository():
        lines = ready.cite(reference, Options())
        roles = [line.role for line in lines]
        assert (roles.count(Role.SOURCE), roles.count(Role.TITLE)) == (1, 0), reference.citekey
        links = [link for line in lines for link in links_in(line.content)]
        assert all(isinstance(child, Text | Verbatim) for link in links for child in link.children)
        hrefs = [link.href for link in links]
        assert set(hrefs) == {each.url for each in reference.all_links if each.url}, reference.citekey


def test_no_stop_is_doubled_and_nothing_hidden_is_left(ready: Preset) -> None:
    for reference in repository():
        (source,) = (line for line in ready.cite(reference, Options()) if line.role is Role.SOURCE)
        content = plain(source.content)
        assert not any(fault in content for fault in ("..", "?.", " ,", ",,", "  ", " .", "()", ". editor")), content
        assert not content.startswith("editor"), content
        assert not any(0xE000 <= ord(character) <= 0xF8FF or ord(character) > 0xEFFFF for character in content)


def _branches(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    children = st.lists(inner, min_size=1, max_size=3).map(lambda nodes: merge(tuple(nodes)))
    made = [children.map(kind) for kind in (Emph, Strong, Sup, Sub, SmallCaps, Quoted)]
    return st.one_of(
        *made, st.builds(Lang, st.just("en"), children), st.builds(Link, st.just("https://a.fr/"), children)
    )


_typed = st.text(st.sampled_from("a \\{}$&#^_~%-`'!?éœ"), min_size=1, max_size=8)
TREES = st.lists(st.recursive(_typed.map(Text) | _typed.map(Verbatim), _branches, max_leaves=8), max_size=5).map(tuple)


@pytest.mark.parametrize("citation", NAMES)
def test_notices_do_not_depend_on_their_neighbours(citation: str) -> None:
    """Neither numbers, nor years with letters, nor dashes for an author who comes again, nor the order of the style."""
    references = references_of(
        "@book{b, author = {Un, A}, title = {Bis}, date = {2019}}"
        "@book{a, author = {Un, A}, title = {Avant}, date = {2019}}"
    )
    alone = [preset(citation).cite(reference, Options()) for reference in references]
    together = preset(citation).over(references, Options())
    assert [together.cite(reference, Options()) for reference in references] == alone
    assert ["Bis" in plain(lines[0].content) for lines in alone] == [True, False]


@pytest.mark.parametrize("citation", NAMES)
def test_every_type_is_set_with_a_title_alone(citation: str) -> None:
    references = references_of("".join(f"@{kind}{{{kind}, title = {{Le soin}}}}" for kind in ENTRY_TYPES))
    ready = preset(citation).over(references, Options())
    assert ready.faults == ()
    for reference in references:
        (line,) = ready.cite(reference, Options())
        assert (line.role, plain(line.content).count("Le soin")) == (Role.SOURCE, 1), reference.entry_type
        assert "editor" not in plain(line.content)


MARKUP = (
    "@article{a, author = {{Dupont de Nemours}, Anne and {Centre A, B & C} and others},"
    " title = {Le \\emph{soin} \\enquote{juste}, 1\\textsuperscript{er} pas : 50\\% de $x^2$ \\& {_}#1 ? {\\'E}tat},"
    " journaltitle = {R--V}, date = {2019}}"
)


@pytest.mark.parametrize(
    ("citation", "printed"),
    [
        (
            "pybtex:unsrt",
            (
                "Anne Dupont de␣Nemours, Centre A, B & C et al. Le <i>soin</i> <q>juste</q>, 1<sup>er</sup> pas : 50%"
                " de x<sup>2</sup> & _#1 ? État. <i>R–V</i>, 2019."
            ),
        ),
        (
            "bst:revue.bst",
            (
                "Dupont de Nemours A., Centre A, B & C␣et␣al. Le <i>soin</i> <q>juste</q>, 1<sup>er</sup> pas : 50%"
                " de x<sup>2</sup> & _#1 ? État. <i>R–V</i>, 2019."
            ),
        ),
    ],
)
def test_markup_and_what_latex_reserves_go_through_unharmed(citation: str, printed: str) -> None:
    assert first_line(citation, MARKUP) == printed


@given(TREES)
def test_a_tree_that_a_style_hands_on_comes_back(tree: Any) -> None:
    hiding = Hiding()
    assert hiding.reveal((Text(hiding.hide(tree)),)) == merge(tree)


@given(st.text(st.sampled_from("a \\{}$&#^_~%-`'!?éœ"), max_size=20))
def test_latex_reads_nothing_into_a_hidden_text(typed: str) -> None:
    typed = " ".join(typed.split())
    hiding = Hiding()
    read = hiding.reveal(rich_of(hiding.hide((Text(typed),))))
    assert plain(read) == typed


@pytest.mark.parametrize("citation", ["pybtex:unsrt", "pybtex:apa7"])
def test_a_french_title_keeps_its_capitals_and_an_english_one_follows_the_style(citation: str) -> None:
    typed = (
        "@article{{a, author = {{Un, A}}, title = {{Le plan Santé de Nice}}, journaltitle = {{R}}, langid = {{{}}}}}"
    )
    assert "Le plan Santé de Nice" in first_line(citation, typed.format("french"))
    assert "Le plan santé de nice" in first_line(citation, typed.format("english"))


def test_a_title_in_another_language_is_marked() -> None:
    source = "@book{a, title = {Salute e territorio}, langid = {italian}}"
    for citation in ("pybtex:unsrt", "bst:revue.bst"):
        assert "<it>Salute e territorio</it>" in first_line(citation, source)


def test_months_and_missing_dates_are_in_the_language_of_the_dossier() -> None:
    source = "@book{a, author = {Un, A}, title = {T}, publisher = {P}, date = {2019-03-01}}"
    assert first_line("pybtex:unsrt", source).endswith("P, mars 2019.")
    assert first_line("pybtex:unsrt", source, lang="en").endswith("P, March 2019.")
    undated = "@book{a, author = {Un, A}, title = {T}, publisher = {P}}"
    assert first_line("pybtex:unsrt", undated) == "A␣Un. <i>T</i>. P, [s. d.]."


@pytest.mark.parametrize("citation", ["pybtex:unsrt", "bst:revue.bst"])
def test_the_note_the_annotation_its_provenance_and_the_links_that_the_style_leaves_out_follow(citation: str) -> None:
    (reference,) = references_of(
        "@book{a, author = {Un, A}, title = {T}, date = {2019}, note = {Une note.}, annotation = {Un.\n\nDeux.},"
        " annotationsource = {d'après éditeur}, doi = {10.1000/182}, links = {Plan <https://a.fr/b> (pdf, 2 Mo)}}"
    )
    assert lines_shown(preset(citation).cite(reference, Options()))[1:] == [
        "note Une note.",
        "annotation Un.…",
        "annotation Deux. [Résumé d'après éditeur]…",
        "link <a https://a.fr/b>Plan</a> (pdf, 2 Mo)",
    ]


def test_a_title_that_a_style_makes_a_link_of_stays_a_title() -> None:
    style = REVUE.replace(b"title incline", b'"\\href{" url * "}{" * title * "}" *')
    (reference,) = references_of("@misc{a, title = {Le \\emph{soin}}, url = {https://a.fr/b}}")
    lines = preset("bst:revue.bst", style).cite(reference, Options())
    assert [link.href for line in lines for link in links_in(line.content)] == ["https://a.fr/b"]
    assert shown(lines[0].content).startswith("Le <i>soin</i>")


def test_an_address_that_may_not_be_a_link_is_printed_as_it_is() -> None:
    (reference,) = references_of("@misc{a, title = {T}}")
    style = REVUE.replace(
        b"finit\n}\n\nFUNCTION {default", b'"\\url{javascript:alert(1)}" write$ finit }\nFUNCTION {default'
    )
    lines = preset("bst:revue.bst", style).cite(reference, Options())
    assert [link for line in lines for link in links_in(line.content)] == []
    assert "javascript:alert(1)" in plain(lines[0].content)


# --- faults --------------------------------------------------------------------------------------------------------


def faults(citation: str, assets: Mapping[str, bytes] = ASSETS) -> list[Diagnostic]:
    found = preset_of(citation, assets, SPAN, PROCESSORS)
    assert found.value is None
    return list(found.diagnostics)


@pytest.mark.parametrize("name", ["chicago", "../unsrt", "unsrt ", "os:system", ".bib", "é"])
def test_a_style_that_is_not_installed(name: str) -> None:
    (fault,) = faults(f"pybtex:{name}")
    assert (fault.code, fault.span, fault.arguments["style"]) == ("D127", SPAN, name)
    assert fault.arguments["known"] == "alpha, apa7, plain, unsrt, unsrtalpha"


@pytest.mark.parametrize("citation", ["pybtex:", "bst:", "bst:revue", "bst:.bst/x", "BST:revue.bst", "revue.bst"])
def test_a_name_that_is_none(citation: str) -> None:
    (fault,) = faults(citation)
    assert (fault.code, fault.span) == ("D113", SPAN)
    assert fault.arguments["allowed"].endswith("csl:FILE.csl, pybtex:STYLE, bst:FILE.bst")


@pytest.mark.parametrize("name", ["autre.bst", "../revue.bst", "/etc/revue.bst", "./revue.bst"])
def test_a_file_that_is_not_in_the_style_s_folder(name: str) -> None:
    (fault,) = faults(f"bst:{name}")
    assert (fault.code, fault.span, fault.arguments["reason"]) == ("D128", SPAN, "missing")


PLUGIN = """
import subprocess
import sys
from pybtex.style.formatting.unsrt import Style as Unsrt
class Raises(Unsrt):
    def format_entry(self, *arguments, **more):
        print("noise")
        raise ValueError("no\\nluck")
class Halfway(Unsrt):
    def get_article_template(self, entry):
        raise KeyError("volume")
class Unborn(Unsrt):
    def __init__(self):
        sys.exit(3) if False else [][0]
class Empty(Unsrt):
    def get_misc_template(self, entry):
        from pybtex.style.template import join
        return join[""]
"""


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package that is installed beside biblio, with styles of its own."""
    (tmp_path / "essai_styles.py").write_text(PLUGIN, encoding="utf-8")
    info = tmp_path / "essai_styles-1.2.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: essai-styles\nVersion: 1.2\n", encoding="utf-8")
    rows = [f"{name.lower()} = essai_styles:{name}" for name in ("Raises", "Halfway", "Unborn", "Empty", "Nowhere")]
    (info / "entry_points.txt").write_text("\n".join(["[pybtex.style.formatting]", *rows, ""]), encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("raises", "ValueError: no luck"),
        ("unborn", "IndexError: list index out of range"),
        ("nowhere", "AttributeError: module 'essai_styles' has no attribute 'Nowhere'"),
    ],
)
@pytest.mark.usefixtures("plugin")
def test_a_style_that_raises_cannot_be_used(name: str, reason: str, capsys: pytest.CaptureFixture[str]) -> None:
    (fault,) = faults(f"pybtex:{name}")
    assert (fault.code, fault.span) == ("D128", SPAN)
    assert fault.arguments == {"style": f"pybtex:{name}", "reason": reason}
    assert capsys.readouterr() == ("", "")


@pytest.mark.usefixtures("plugin")
def test_what_a_style_cannot_set_is_set_otherwise_and_told() -> None:
    source = (
        "@article{a, author = {Un, Anne}, title = {Le soin}, journaltitle = {R}, date = {2019-03}}"
        "@misc{b, author = {Deux, B}, title = {Autre}}"
    )
    references = references_of(source)
    ready = preset("pybtex:halfway").over(references, Options())
    assert lines_shown(ready.cite(references[0], Options())) == [
        "authors <sc>UN</sc> Anne",
        "title <b>Le soin</b>",
        "source <i>R, 2019-03</i>",
    ]
    assert lines_shown(ready.cite(references[1], Options())) == ["source B␣Deux. Autre."]
    (fault,) = ready.faults
    assert (fault.code, fault.span, fault.citekey) == ("W113", SPAN, "a")
    assert fault.arguments == {"style": "pybtex:halfway", "reason": "KeyError: 'volume'"}
    (fault,) = preset("pybtex:empty").over(references, Options()).faults
    assert (fault.code, fault.citekey, fault.arguments["reason"]) == ("W113", "b", "empty")


@pytest.mark.usefixtures("plugin")
def test_the_versions_of_what_sets_a_notice() -> None:
    assert list(versions_for("pybtex:unsrt")) == ["pybtex"]
    assert versions_for("pybtex:raises")["essai-styles"] == "1.2"
    assert list(versions_for("bst:revue.bst")) == ["pybtex"]
    assert versions_for("cres") == {}


HEAD = b"ENTRY { title } { } { }\nREAD\n"
BROKEN: Mapping[str, tuple[bytes, str]] = {
    "braces": (HEAD + b"FUNCTION {article { title write$ }", "PrematureEOF: syntax error in line 3"),
    "command": (HEAD + b"FOLD {a}", "TokenRequired"),
    "stack": (HEAD + b"FUNCTION {misc} { pop$ } ITERATE {misc}", "BibTeXError: pop from empty stack"),
    "function": (HEAD + b"ITERATE {misc}", "KeyError"),
    "types": (HEAD + b'FUNCTION {misc} { #1 "a" * write$ } ITERATE {misc}', "TypeError"),
    "before reading": (b"ENTRY { title } { } { } FUNCTION {misc} { title write$ } ITERATE {misc}", "AttributeError"),
    "recursion": (HEAD + b"FUNCTION {misc} { misc } ITERATE {misc}", "recursion"),
    "nested": (HEAD + b"FUNCTION {misc} " + b"{" * 20_000, "recursion"),
    "nothing": (b"", ""),
    "prose": (b"Ceci n'est pas un style.", "TokenRequired"),
    "bytes": (bytes(range(256)), "TokenRequired"),
    "size": (b"%" * 1_000_001, "size"),
}


@pytest.mark.parametrize("name", [name for name in BROKEN if name != "nothing"])
def test_a_broken_file_cannot_be_used(name: str) -> None:
    content, reason = BROKEN[name]
    (fault,) = faults("bst:revue.bst", {"revue.bst": content})
    assert (fault.code, fault.span, fault.arguments["style"]) == ("D128", SPAN, "bst:revue.bst")
    assert fault.arguments["reason"].startswith(reason)


def test_a_file_that_writes_nothing_leaves_the_notices_to_the_default_grammar() -> None:
    (reference,) = references_of("@misc{a, title = {Le soin}}")
    ready = preset("bst:revue.bst", b"").over([reference], Options())
    assert lines_shown(ready.cite(reference, Options())) == ["title <b>Le soin</b>"]
    assert [(fault.code, fault.arguments["reason"]) for fault in ready.faults] == [("W113", "empty")]


ENDLESS = {
    "time": b"{ #1 } 'skip$ while$",
    "memory": b'"xxxxxxxxxxxxxxxx" { #1 } { duplicate$ * } while$',
    "output": b'"xxxxxxxx" #18 { duplicate$ #0 > } { swap$ duplicate$ * swap$ #1 - } while$ pop$ write$ newline$',
}


@pytest.mark.parametrize("reason", ENDLESS)
def test_a_file_that_does_not_end_is_stopped(reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bst, "SECONDS", 1)
    (fault,) = faults(
        "bst:revue.bst", {"revue.bst": HEAD + b"FUNCTION {misc} { " + ENDLESS[reason] + b" }\nITERATE {misc}"}
    )
    assert (fault.code, fault.span, fault.arguments["reason"]) == ("D128", SPAN, reason)


def test_a_file_that_stops_at_one_reference_costs_it_and_those_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bst, "SECONDS", 1)
    trap = REVUE.replace(b"FUNCTION {misc}\n{", b'FUNCTION {misc}\n{ { title "{Piege}" = } \'skip$ while$')
    references = references_of("@misc{a, title = {Un}}@misc{b, title = {Piege}}@misc{c, title = {Trois}}")
    ready = preset("bst:revue.bst", trap).over(references, Options())
    printed = [shown(ready.cite(each, Options())[0].content) for each in references]
    assert printed == ["<i>Un</i>. s.␣d.", "<b>Piege</b>", "<b>Trois</b>"]
    assert [(fault.citekey, fault.arguments["reason"]) for fault in ready.faults] == [("b", "time"), ("c", "time")]


def test_commands_that_nobody_knows_stay_and_are_told() -> None:
    style = REVUE.replace(b'"." write$\n  newline$', b'". \\mystere{x}" write$ newline$')
    references = references_of("@misc{a, title = {Un}}@misc{b, title = {Deux}}")
    ready = preset("bst:revue.bst", style).over(references, Options())
    assert "\\mystere" in plain(ready.cite(references[0], Options())[0].content)
    (fault,) = ready.faults
    assert (fault.code, fault.span, fault.citekey) == ("W114", SPAN, "a")
    assert fault.arguments["commands"] == "\\mystere"


def test_no_style_opens_a_file_or_starts_a_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process is our own module under our own interpreter, without a shell, and it is given the style as text."""
    started: list[Any] = []
    popen = subprocess.Popen

    def seen(words: Sequence[str], **options: Any) -> Any:
        started.append((words, options))
        return popen(words, **options)

    preset("bst:revue.bst")
    monkeypatch.setattr(subprocess, "Popen", seen)
    assert first_line("bst:revue.bst", "@misc{a, title = {Un}}") == "<i>Un</i>. s.␣d."
    assert [words for words, _ in started] == [[sys.executable, "-P", "-m", "biblio.project.bst_process"]]
    assert not any(options.get("shell") for _, options in started)


@pytest.mark.parametrize(
    ("latex", "read"),
    [
        (r"\bibitem[{Un(2019)}]{un} A. Un.", "A. Un."),
        ("\\providecommand{\\x}[1]{#1}\n\\bibitem{un}\nA.\n\\newblock T.\n\n\\end{thebibliography}\n", "A. T."),
        (r"\bibitem[Un\natexlab{a}{]}]{un}%" + "\n" + r"\BibitemOpen \bibfield {author} {\bibinfo {author} {A}}", "A"),
        (r"\bibitem{un} A,\hskip 1em plus 0.5em minus 0.4em\relax B\penalty0 C", "A, BC"),
        (r"\bibitem{un} {\em T}, {\bf 3}, \textsc{Un}", "<i>T</i>, <b>3</b>, <sc>Un</sc>"),
        (
            r"\bibitem{un} \urlprefix\url{https://a.fr/%7Eb_c#d}",
            "<a https://a.fr/%7Eb_c#d><v>https://a.fr/%7Eb_c#d</v></a>",
        ),
        (r"\bibitem{un", ""),
        ("A ``quoted'' text, pp.~1--2.", "A “quoted” text, pp.␣1–2."),
    ],
)
def test_what_styles_write(latex: str, read: str) -> None:
    assert shown(rich_of(latex)).strip() == read


def test_the_core_alone_has_no_styles_of_others() -> None:
    for citation, code in (("pybtex:unsrt", "D127"), ("bst:revue.bst", "D128")):
        files = StyleFiles("s", "styles/s/style.yaml", f"title: S\ncitation: {citation}\n", assets=ASSETS)
        (fault,) = load_style([files]).diagnostics
        assert (fault.code, fault.span) == (code, Span("styles/s/style.yaml", 2, 11, len(citation)))


def test_a_style_that_goes_away_after_it_was_opened_costs_no_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    (reference,) = references_of("@misc{a, title = {Un}}")
    for citation in ("pybtex:unsrt", "bst:revue.bst"):
        calls: list[str] = []

        def gone(run: Any, calls: list[str] = calls) -> Any:
            def once(*arguments: Any) -> Any:
                calls.append("")
                if len(calls) > 1:
                    raise StyleError("gone")
                return run(*arguments)

            return once

        found = preset_of(
            citation, ASSETS, SPAN, Processors(pybtex=gone(PROCESSORS.pybtex), bst=gone(PROCESSORS.bst))
        ).value
        assert found is not None
        ready = found.over([reference], Options())
        assert plain(ready.cite(reference, Options())[0].content) == "Un"
        assert [fault.arguments["reason"] for fault in ready.faults] == ["gone"]


def test_what_an_entry_says() -> None:
    (reference,) = references_of(
        "@online{a, title = {T}, updated = {2022-01}, urldate = {2023-02-03}, url = {https://a.fr}}"
    )
    entry = entry_of(reference, Options(), Hiding())
    assert entry.types == ("online", "misc")
    assert dict(entry.fields) == {
        "title": "{T}",
        "url": "https://a.fr",
        "urldate": "3 février 2023",
        "year": "2022",
        "month": "janvier",
    }


def test_links_of_identifiers_stand_on_the_identifier() -> None:
    (reference,) = references_of("@article{a, author = {Un, A}, title = {T}, journaltitle = {R}, doi = {10.1000/182}}")
    (line,) = preset("pybtex:unsrt").cite(reference, Options())
    assert shown(line.content).endswith("doi:<a https://doi.org/10.1000/182><v>10.1000/182</v></a>.")
    assert all(isinstance(link, Link) for link in links_in(line.content))
