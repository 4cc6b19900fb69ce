"""Every link of the document is one link of the PDF, leads where its reference says, and can be read out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from outputs.expected import Printed
from outputs.markup import Node, read_html
from outputs.outputs import SELECTION_STYLES, Output, output_of
from outputs.tagged import Annotation, key, words

from biblio.document.tree import Role
from biblio.project.starter import create
from biblio.reference.link import is_safe
from biblio.text.inline import Inline, Link, Rich

LONG = "https://www.example.org/" + "-".join(f"un-chemin-{number}" for number in range(12)) + ".pdf?a=1&b=é#fin"


def anchors(html: str) -> list[Node]:
    return read_html(html).root.find("a")


def uri(address: str) -> str:
    """An address as PDF writes it, in ASCII (RFC 3987 § 3.1): what is not is percent-encoded."""
    return quote(address, safe="%/:?#[]@!$&'()*+,;=~")


def links_of(rich: Rich) -> Iterator[str]:
    """The addresses that an inline tree links to, as PDF writes them."""
    for node in rich:
        if isinstance(node, Link):
            yield uri(node.href)
        yield from links_of(_children(node))


def _children(node: Inline) -> Rich:
    return getattr(node, "children", ())


def pdf_links(output: Output) -> list[tuple[int, Annotation]]:
    """Every link of the PDF with its number on its page."""
    return [(number, link) for page in output.tagged.annotations for number, link in enumerate(page)]


def addresses(lines: list[Printed]) -> list[str]:
    return [link.uri for line in lines for element in line.elements for link in element.annotations()]


def test_each_link_of_the_page_is_one_annotation(output: Output) -> None:
    expected = [
        (uri(node.attributes["href"]), key(node.attributes.get("aria-label", node.text)))
        for node in anchors(output.page)
    ]
    count = 0
    for number, link in pdf_links(output):
        name = (link.uri, key(link.contents))
        # A link that runs over to the next page has an annotation on each.
        if number == 0 and count and expected[count - 1 : count + 1][:1] == [name] != expected[count : count + 1]:
            continue
        href, text = expected[count]
        assert key(link.contents) == text
        assert link.uri == href if link.place is None else href.startswith("#"), text
        count += 1
    assert count == len(expected)


def test_each_notice_links_where_its_reference_says(output: Output) -> None:
    references = {reference.citekey: reference for reference in output.composed.selection.references}
    for notice in output.composed.document.notices:
        lines = [each for each in output.printed if each.notice is notice and each.line]
        own = [href for line in notice.lines for href in links_of(line.content)]
        assert list(dict.fromkeys(addresses(lines))) == list(dict.fromkeys(own)), notice.citekey
        listed = [line for line in lines if line.line and line.line.role is Role.LINK]
        urls = [uri(link.url) for link in references[notice.citekey].all_links if is_safe(link.url)]
        assert list(dict.fromkeys(addresses(listed))) == list(dict.fromkeys(urls)), notice.citekey


def test_links_are_to_the_web_or_to_an_address(output: Output) -> None:
    outward = [link.uri for _, link in pdf_links(output) if link.place is None]
    told = any(is_safe(link.url) for each in output.composed.selection.references for link in each.all_links)
    assert bool(outward) >= told
    assert {uri.partition(":")[0] for uri in outward} <= {"http", "https", "mailto"}


def shows(text: str, address: str) -> bool:
    """Whether a text is an address, whole or without its scheme."""
    return text.startswith(("http", "mailto")) or any(key(text) in key(each) for each in (address, unquote(address)))


def test_each_link_can_be_read_out_and_is_tagged(output: Output) -> None:
    tagged = [(words(element.runs()), list(element.annotations())) for element in output.tagged.root.find("Link")]
    for text, links in tagged:
        assert text
        assert links
        # What shows an address says in words where it leads.
        assert all(key(text) in key(link.contents) or shows(text, link.uri) for link in links)
    in_tree = [link for _, links in tagged for link in links]
    assert len(in_tree) == len(pdf_links(output))
    assert set(in_tree) == {link for _, link in pdf_links(output)}
    assert all(link.contents.strip() for link in in_tree)


def lies_under_its_words(output: Output) -> Iterator[tuple[Annotation, int]]:
    """Each link with the number of its lines, after a look at where it can be clicked."""
    for element in output.tagged.root.find("Link"):
        for link in element.annotations():
            runs = [run for run in element.runs() if run.page == link.page and run.text.strip()]
            lines = link.quads or (link.box,)
            for run in runs:
                assert any(line.holds(run.box, 2) for line in lines), f"{run.text!r} cannot be clicked"
            assert all(link.box.holds(line, 0.1) for line in lines)
            yield link, len({round(run.box.bottom / 6) for run in runs})


def test_each_link_can_be_clicked_on_all_its_words(output: Output) -> None:
    assert list(lies_under_its_words(output))


@pytest.mark.parametrize("style", SELECTION_STYLES)
def test_a_long_address_is_one_link_of_several_lines(tmp_path: Path, style: str) -> None:
    create(tmp_path, "fr")
    bibliography = tmp_path / "references" / "exemple.bib"
    bibliography.write_text(bibliography.read_text("utf-8").replace("https://www.example.org/article", LONG), "utf-8")
    output = output_of(tmp_path, "premier-dossier", style)
    ((link, lines),) = [each for each in lies_under_its_words(output) if each[0].uri == uri(LONG)]
    assert len(link.quads) == lines >= 2
    tops = [quad.top for quad in link.quads]
    assert tops == sorted(tops, reverse=True)
    assert [each.uri for _, each in pdf_links(output)].count(uri(LONG)) == 1
    assert link.contents == "Un titre d’article : et son sous-titre, PDF, example.org"


def test_an_endless_address_is_shown_short_and_leads_all_the_way(tmp_path: Path) -> None:
    create(tmp_path, "fr")
    endless = f"https://www.example.org/{'chemin/' * 80}fin.pdf"
    bibliography = tmp_path / "references" / "exemple.bib"
    bibliography.write_text(
        bibliography.read_text("utf-8").replace("https://www.example.org/article", endless), "utf-8"
    )
    output = output_of(tmp_path, "premier-dossier")
    (link,) = [each for _, each in pdf_links(output) if each.uri == endless]
    assert link.contents == "Un titre d’article : et son sous-titre, PDF, example.org"
    (shown,) = [words(each.runs()) for each in output.tagged.root.find("Link") if link in each.annotations()]
    assert shown.endswith("…")
    assert key(shown[:-1]) in key(endless)
