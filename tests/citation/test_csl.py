"""Notices in CSL styles: each case of ``cases/csl.txt``, names left out, neighbours, markup, languages, faults."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

import pytest
from citation.notices import STYLES, cases_of, lines_shown, reference_of, repository
from dossier.library import references_of
from notation import Case, shown

from biblio.citation import Preset, preset_of
from biblio.citation.csl import fault_of
from biblio.citation.options import Options
from biblio.citation.processors import Processors
from biblio.document.tree import Role
from biblio.project.pandoc import run
from biblio.style.style import StyleFiles, load_style
from biblio.text.inline import plain
from biblio.words.faults import Diagnostic, Span

pypandoc = pytest.importorskip("pypandoc", reason="the extra biblio[csl] is not installed")

REVUE = (STYLES / "revue.csl").read_bytes()
SPAN = Span("styles/s/style.yaml", 2, 11, 13)
CASES = cases_of("csl")


def preset(csl: bytes = REVUE) -> Preset:
    found = preset_of("csl:revue.csl", {"revue.csl": csl}, SPAN, Processors(run))
    assert found.diagnostics == ()
    assert found.value is not None
    return found.value


def first_line(source: str, csl: bytes = REVUE, lang: str = "fr") -> str:
    (reference,) = references_of(source)
    return shown(preset(csl).cite(reference, Options(lang))[0].content)


@pytest.fixture(scope="module")
def ready() -> Preset:
    """The style, with the notices of all the cases at hand."""
    return preset().over([reference_of(case.source) for case in CASES], Options())


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_case(ready: Preset, case: Case) -> None:
    assert lines_shown(ready.cite(reference_of(case.source), Options())) == case.expected


def test_notices_do_not_depend_on_their_neighbours() -> None:
    """Neither numbers, nor years with letters, nor dashes for an author who comes again, nor the order of the style."""
    references = references_of(
        "@book{b, author = {Un, A}, title = {Bis}, date = {2019}}"
        "@book{a, author = {Un, A}, title = {Avant}, date = {2019}}"
    )
    alone = [preset().cite(reference, Options()) for reference in references]
    together = preset().over(references, Options())
    assert [together.cite(reference, Options()) for reference in references] == alone
    assert [shown(lines[0].content) for lines in alone] == ["UN A, <i>Bis</i>, 2019.", "UN A, <i>Avant</i>, 2019."]


def test_all_the_notices_take_one_run(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded, runs, convert = preset(), [], pypandoc.convert_text

    def counted(*arguments: Any, **options: Any) -> Any:
        runs.append(arguments)
        return convert(*arguments, **options)

    monkeypatch.setattr(pypandoc, "convert_text", counted)
    references = list(repository())[:40]
    ready = loaded.over(references, Options())
    assert all(plain(ready.cite(reference, Options())[0].content) for reference in references)
    assert len(runs) == 1
    assert loaded.over((), Options()).name == "csl:revue.csl"
    assert len(runs) == 1


OTHERS = "@book{a, author = {Un, A and de Deux, B and others}, title = {T}}"


def test_names_that_the_source_leaves_out() -> None:
    assert first_line(OTHERS) == "UN A, DEUX B de et al., <i>T</i>."
    assert first_line("@book{a, author = {Un, A and others}, title = {T}}") == "UN A et al., <i>T</i>."


def test_names_that_the_source_leaves_out_in_a_style_of_small_capitals() -> None:
    small = REVUE.replace(b'text-case="uppercase"', b'font-variant="small-caps"')
    assert first_line(OTHERS, small) == "<sc>Un</sc> A, <sc>Deux</sc> B de et al., <i>T</i>."


def test_one_full_stop_after_et_al() -> None:
    full_stops = REVUE.replace(b'<group delimiter=", " prefix=" ">', b'<group delimiter=". " prefix=" ">')
    assert first_line(OTHERS, full_stops) == "UN A, DEUX B de et al. <i>T</i>."


def test_terms_are_in_the_language_of_the_dossier() -> None:
    source = "@book{a, author = {Un, A and Deux, B}, title = {T}, edition = {2}, date = {2019-03-01}}"
    assert first_line(source) == "UN A et DEUX B, <i>T</i>, 2ᵉ éd., 1 mars 2019."
    assert first_line(source, lang="en") == "UN A and DEUX B, <i>T</i>, 2nd éd., March 1, 2019."


def test_markup_in_a_title_is_kept_and_what_looks_like_markup_stays_text() -> None:
    typed = (
        "@article{a, title = {Le \\emph{soin} \\enquote{juste}, 1\\textsuperscript{er} <b>pas</b>"
        " <script>x</script> & 3 < 4}}"
    )
    assert first_line(typed) == ("«␣Le <i>soin</i> “juste”, 1<sup>er</sup> <b>pas</b> <script>x</script> & 3 < 4␣».")
    (reference,) = references_of(typed)
    assert "<b>pas</b> <script>x</script>" in plain(preset().cite(reference, Options())[0].content)


def test_a_title_in_another_language_is_marked() -> None:
    source = "@article{a, title = {People's health: a matter of care}, langid = {english}}"
    assert first_line(source) == "«␣<en>People’s health: a matter of care</en>␣»."


def test_the_title_of_a_volume_follows_that_of_the_whole() -> None:
    assert first_line("@book{a, maintitle = {Œuvres}, title = {Contes}}") == "<i>Œuvres. Contes</i>."
    chapter = "@incollection{a, title = {Le sel}, maintitle = {Grand traité}, booktitle = {Nutrition}}"
    assert "Grand traité. Nutrition" in first_line(chapter)


def test_every_notice_of_the_repository_says_its_title_once() -> None:
    references = list(repository())
    ready = preset().over(references, Options())
    for reference in references:
        roles = [line.role for line in ready.cite(reference, Options())]
        assert (roles.count(Role.SOURCE), roles.count(Role.TITLE)) == (1, 0), reference.citekey


def test_a_title_that_the_style_leaves_out_stands_above() -> None:
    (reference,) = references_of("@book{a, author = {Un, A}, title = {Le soin}, subtitle = {Essai}, date = {2019}}")
    untitled = preset(REVUE.replace(b'<text macro="titre"/>', b""))
    assert lines_shown(untitled.cite(reference, Options())) == ["title <b>Le soin : Essai</b>", "source UN A, 2019."]


def test_the_files_of_a_style_give_its_grammar() -> None:
    loaded = load_style(
        [StyleFiles("s", "styles/s/style.yaml", "title: S\ncitation: csl:revue.csl\n", assets={"revue.csl": REVUE})],
        Processors(run),
    )
    assert loaded.diagnostics == ()
    assert loaded.value is not None
    (line,) = loaded.value.preset.cite(references_of("@book{a, title = {T}}")[0], loaded.value.citation_options("fr"))
    assert (line.role, plain(line.content)) == (Role.SOURCE, "T.")


def test_a_style_takes_the_file_of_the_style_that_it_extends() -> None:
    base = StyleFiles("b", "styles/b/style.yaml", "title: B\ncitation: csl:revue.csl\n", assets={"revue.csl": REVUE})
    loaded = load_style([StyleFiles("s", "styles/s/style.yaml", "title: S\nextends: b\n"), base], Processors(run))
    assert loaded.value is not None
    assert loaded.value.preset.name == "csl:revue.csl"


def faults(citation: str, assets: Mapping[str, bytes]) -> list[Diagnostic]:
    found = preset_of(citation, assets, SPAN, Processors(run))
    assert found.value is None
    return list(found.diagnostics)


@pytest.mark.parametrize("name", ["autre.csl", "../revue.csl", "/etc/revue.csl", "./revue.csl", ".csl"])
def test_a_file_that_is_not_in_the_style_s_folder(name: str) -> None:
    (fault,) = faults(f"csl:{name}", {"revue.csl": REVUE})
    assert (fault.code, fault.span, fault.arguments) == ("D121", SPAN, {"file": name, "reason": "missing"})


@pytest.mark.parametrize("citation", ["apa", "csl:revue.xml", "csl:", "CSL:revue.csl", "revue.csl"])
def test_a_name_that_is_neither_a_preset_nor_a_csl_file(citation: str) -> None:
    (fault,) = faults(citation, {"revue.csl": REVUE})
    assert (fault.code, fault.span) == ("D113", SPAN)
    assert fault.arguments["allowed"] == (
        "cres, iso690-fr, iso690-note-fr, reading-list, bulletin, csl:FILE.csl, pybtex:STYLE, bst:FILE.bst"
    )


def test_the_extra_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypandoc", None)
    (fault,) = faults("csl:revue.csl", {"revue.csl": REVUE + b"<!-- not tried before -->"})
    assert (fault.code, fault.span, fault.arguments) == ("D120", SPAN, {"file": "revue.csl"})


def test_the_core_alone_has_no_processor() -> None:
    files = StyleFiles("s", "styles/s/style.yaml", "title: S\ncitation: csl:revue.csl\n", assets={"revue.csl": REVUE})
    assert [fault.code for fault in load_style([files]).diagnostics] == ["D120"]


def test_pandoc_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_pandoc(*arguments: object, **options: object) -> None:
        raise OSError("No pandoc was found")

    monkeypatch.setattr(pypandoc, "convert_text", no_pandoc)
    (fault,) = faults("csl:revue.csl", {"revue.csl": REVUE + b"<!-- not tried before either -->"})
    assert fault.code == "D120"


HEAD = b'<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">'
BIBLIOGRAPHY = b"<bibliography><layout><text macro='a'/></layout></bibliography></style>"


def doubling(depth: int) -> bytes:
    macros = (
        f"<macro name='m{n}'><text macro='m{n + 1}'/><text macro='m{n + 1}'/></macro>".encode() for n in range(depth)
    )
    last = f"<macro name='m{depth}'><text variable='title'/></macro>".encode()
    return HEAD + b"".join(macros) + last + BIBLIOGRAPHY.replace(b"'a'", b"'m0'")


UNFIT = {
    "size": REVUE + b"<!--" + b"x" * 1_000_000 + b"-->",
    "dtd": b'<!DOCTYPE style [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    + REVUE.split(b"?>", 1)[1],
    "dtd external": b'<!DOCTYPE style SYSTEM "file:///etc/passwd">' + REVUE.split(b"?>", 1)[1],
    "xml": REVUE[:-20],
    "xml empty": b"",
    "xml entity": REVUE.replace(b"Une revue", b"&revue;"),
    "xml encoding": REVUE.replace(b"utf-8", b"klingon"),
    "not-csl": b"<html><body/></html>",
    "not-csl namespace": b"<style><bibliography><layout/></bibliography></style>",
    "dependent": HEAD + b"<info><link rel='independent-parent' href='http://www.zotero.org/styles/x'/></info></style>",
    "no-bibliography": HEAD + b"<citation><layout/></citation></style>",
    "macros cycle": HEAD
    + b"<macro name='a'><text macro='b'/></macro><macro name='b'><text macro='a'/></macro>"
    + BIBLIOGRAPHY,
    "macros itself": HEAD + b"<macro name='a'><text macro='a'/></macro>" + BIBLIOGRAPHY,
    "macros unknown": HEAD + BIBLIOGRAPHY,
    "macros doubling": doubling(40),
}


@pytest.mark.parametrize("name", UNFIT)
def test_a_file_that_may_not_be_given_to_the_processor(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypandoc", None)  # the file is refused before the processor is looked for
    (fault,) = faults("csl:revue.csl", {"revue.csl": UNFIT[name]})
    assert (fault.code, fault.arguments["reason"]) == ("D121", name.partition(" ")[0])


def test_what_the_processor_says_of_a_style_that_it_refuses() -> None:
    (fault,) = faults("csl:revue.csl", {"revue.csl": HEAD + b"<bibliography><layout/></bibliography></style>"})
    assert (fault.code, fault.arguments["reason"]) == ("D121", "processor: No citation element present")


def test_macros_that_are_used_often_are_no_fault() -> None:
    assert fault_of(REVUE) == ""
    assert fault_of(doubling(10)) == ""


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("date = {2001-21}", "printemps 2001"),
        ("date = {2019/..}", "depuis 2019"),
        ("date = {2001-21/2001-22}", "printemps-été 2001"),
        ("date = {199X}", "années 1990"),
    ],
)
def test_seasons_and_open_ranges_survive(typed: str, printed: str) -> None:
    (reference,) = references_of(f"@book{{a, author = {{Un, A}}, title = {{T}}, {typed}}}")
    (line,) = preset(REVUE).cite(reference, Options())
    assert printed in plain(line.content)


def test_keys_are_said_in_words_and_an_article_number_stands_for_pages() -> None:
    (reference,) = references_of("@article{a, title = {T}, journal = {J}, eid = {e1002}, date = {2020}}")
    (line,) = preset(REVUE).cite(reference, Options())
    assert "e1002" in plain(line.content)
