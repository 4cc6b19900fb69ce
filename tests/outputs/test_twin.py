"""The HTML twin says all that the PDF says, stands alone, and is well made."""

from __future__ import annotations

import re
import zipfile
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from itertools import pairwise
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import tinyhtml5  # type: ignore[import-untyped]  # it ships no types
from outputs.markup import Node
from outputs.outputs import Output
from outputs.tagged import key

from biblio.citation import label_of
from biblio.document.tree import Role
from biblio.formats import FORMATS
from biblio.outputs.facets import FEWEST
from biblio.outputs.html import find_script
from biblio.outputs.link_words import is_bare
from biblio.text.inline import Link, plain

PHRASING = {"a", "em", "strong", "span", "sup", "sub", "q", "cite", "i", "b", "abbr", "time", "br", "wbr"} | {
    *("label", "input", "select", "button")
}
BLOCKS = {
    "p",
    "ul",
    "ol",
    "li",
    "section",
    "header",
    "footer",
    "nav",
    "main",
    "div",
    "form",
    "details",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
}


def texts(node: Node, *tags: str) -> list[str]:
    """The texts of the elements of these tags, but for what one may do with a notice."""
    tools = {id(inner) for each in node.walk() if each.attributes.get("class") == "tools" for inner in each.walk()}
    return [key(each.text) for each in node.find(*tags) if id(each) not in tools]


def one(output: Output, tag: str) -> Node:
    (node,) = output.twin.root.find(tag)
    return node


def test_it_has_every_line_of_the_document_in_order(output: Output) -> None:
    lines = texts(one(output, "main"), "p", "h2", "h3", "h4", "h5", "h6")
    assert lines == [key(each.text) for each in output.printed]


def test_it_has_the_text_of_the_pdf(output: Output) -> None:
    document = output.composed.document
    in_pdf = "".join(key(each.text if each.line and each.line.printed else each.words) for each in output.printed)
    assert "".join(texts(one(output, "main"), "p", "h2", "h3", "h4", "h5", "h6")) == in_pdf
    header = key(one(output, "header").text)
    for said in (document.cover.event, document.cover.title, document.cover.subtitle, document.cover.publisher):
        assert key(plain(said)) in header
    closing = [key(each.text) for each in output.twin.root.find("footer")]
    assert closing == [key(plain(document.closing)) for _ in closing[:1]]
    assert bool(closing) == bool(document.closing)


def test_a_notice_is_a_list_item(output: Output) -> None:
    items = [item for item in one(output, "main").find("li") if item.attributes.get("class") == "notice"]
    assert all(item.parent and item.parent.tag == "ul" for item in items)
    assert [item.attributes["id"] for item in items] == [notice.anchor for notice in output.composed.document.notices]


def outward(links: Iterator[str]) -> list[str]:
    return [address for address in links if not address.startswith(("#", "data:"))]


def test_it_has_the_links_of_the_pdf(output: Output) -> None:
    own = outward(node.attributes["href"] for node in output.twin.root.find("a"))
    of_page = re.findall(r'<a(?: class="[^"]*")? href="([^"#][^"]*)"', output.page)
    assert own == [address.replace("&amp;", "&") for address in of_page]
    # A link that runs over a page is one Link for each in the PDF.
    assert len(own) <= len([each for page in output.tagged.annotations for each in page if each.uri])


def test_links_inside_it_lead_somewhere(output: Output) -> None:
    anchors = [node.attributes["id"] for node in output.twin.root.walk() if "id" in node.attributes]
    assert len(anchors) == len(set(anchors))
    inward = [a.attributes["href"][1:] for a in output.twin.root.find("a") if a.attributes["href"].startswith("#")]
    assert set(inward) <= set(anchors)
    navigations = [each for each in output.twin.root.find("nav") if each.attributes.get("class") == "contents"]
    assert len(navigations) == bool(output.composed.document.contents_title)
    every = one(output, "main").find("h2", "h3", "h4", "h5", "h6")
    headings = [each for each in every if each.attributes.get("class") != "title"]
    for contents in navigations:
        assert [a.attributes["href"][1:] for a in contents.find("a")] == [each.attributes["id"] for each in headings]
        assert texts(contents, "a") == [key(heading.text) for heading in headings]


def test_one_walks_from_title_to_title(output: Output) -> None:
    """By headings alone; a list of references in one paragraph each has no titles of its own."""
    titles = [key(node.text) for node in one(output, "main").walk() if node.attributes.get("class") == "title"]
    tags = {node.tag for node in one(output, "main").walk() if node.attributes.get("class") == "title"}
    notices = [notice for section in output.composed.document.sections for notice in section.notices]
    wanted = [key(plain(line.content)) for notice in notices for line in notice.lines if line.role == "title"]
    assert [title for title in titles if title in wanted] == wanted
    assert tags <= {"h3", "h4", "h5", "h6"}


def test_it_is_well_nested(output: Output) -> None:
    assert output.twin.faults == ()
    for node in output.twin.root.walk():
        inside = {kid.tag for kid in node.kids if isinstance(kid, Node)}
        if node.tag in {"ul", "ol"}:
            assert inside == {"li"}, node.attributes
            assert not "".join(kid for kid in node.kids if isinstance(kid, str)).strip()
        elif node.tag == "a":
            assert inside == set(), "an element inside a link loses the link in a PDF"
        elif node.tag == "select":
            assert inside == {"option"}
        elif node.tag in PHRASING | {"p", "h1", "h2", "h3", "h4", "h5", "h6", "title"}:
            assert inside <= PHRASING, f"{inside} inside {node.tag}"
        elif node.tag in BLOCKS:
            assert not "".join(kid for kid in node.kids if isinstance(kid, str)).strip(), node.tag


def test_a_browser_has_nothing_to_mend(output: Output) -> None:
    """The parser of the standard, which repairs what is wrong, finds the very elements that were written."""
    tree: Element = tinyhtml5.parse(output.screen, namespace_html_elements=False)
    assert [element.tag for element in tree.iter()] == [node.tag for node in output.twin.root.walk() if node.tag]


def test_its_headings_begin_at_1_and_skip_no_level(output: Output) -> None:
    levels = [int(node.tag[1]) for node in output.twin.root.find("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_it_says_what_it_is(output: Output) -> None:
    spec, root = output.composed.spec, output.twin.root
    assert output.screen.lower().startswith("<!doctype html>")
    assert one(output, "html").attributes["lang"] == spec.lang
    assert one(output, "title").text == spec.title
    metas = root.find("meta")
    assert metas[0].attributes == {"charset": "utf-8"}
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in [each.attributes for each in metas]
    named = {meta.attributes["name"]: meta.attributes["content"] for meta in metas if "name" in meta.attributes}
    assert named["author"] == (spec.authors[0].value if spec.authors else spec.publisher)
    assert named["description"] == (spec.description or spec.subtitle)
    assert named["keywords"] == ", ".join(keyword.value for keyword in spec.keywords)
    assert named["dcterms.created"] == named["dcterms.modified"]
    assert named["dcterms.created"].startswith(spec.date)


def test_what_is_in_another_language_says_so(output: Output) -> None:
    marked = {node.attributes["lang"] for node in output.twin.root.walk() if "lang" in node.attributes}
    languages = {each.language for each in output.composed.selection.references if each.language}
    assert {lang.partition("-")[0] for lang in marked} <= {lang.partition("-")[0] for lang in languages} | {
        output.composed.spec.lang
    }


def test_it_fetches_nothing(output: Output) -> None:
    for node in output.twin.root.walk():
        assert node.tag not in {"link", "iframe", "object", "embed", "base", "video", "audio"}
        for name in ("src", "srcset", "data", "poster", "background", "action"):
            assert urlsplit(node.attributes.get(name, "data:")).scheme == "data", node.attributes
        assert not any(name.startswith("on") for name in node.attributes)
        assert "url(" not in node.attributes.get("style", "").replace("url(data:", "")
    scripts = [node.text for node in output.twin.root.find("script")]
    assert scripts == [find_script()]
    digest = b64encode(sha256(scripts[0].encode()).digest()).decode()
    (policy,) = [each for each in output.twin.root.find("meta") if "http-equiv" in each.attributes]
    assert policy.attributes["content"].startswith(f"default-src 'none'; script-src 'sha256-{digest}';")
    css = "".join(node.text for node in output.twin.root.find("style"))
    assert "@import" not in css
    addresses = re.findall(r"url\(\s*['\"]?([^)'\"]*)", css)
    assert [address[:40] for address in addresses if not address.startswith(("data:", "#"))] == []


def test_it_can_be_skipped_through(output: Output) -> None:
    """The first link leads past the head, to a place that takes the focus."""
    (skip,) = [node for node in output.twin.root.find("p") if node.attributes.get("class") == "skip"]
    (link,) = skip.find("a")
    assert link is output.twin.root.find("a")[0]
    target = one(output, "main").attributes
    assert (link.attributes["href"], target["tabindex"]) == (f"#{target['id']}", "-1")


def test_the_contents_are_one_step_away(output: Output) -> None:
    """In the bar of a telephone and at the end of each part, where there are contents."""
    root, document = output.twin.root, output.composed.document
    backs = [node for node in root.find("p") if node.attributes.get("class") == "back"]
    bars = [node for node in root.find("nav") if node.attributes.get("class") == "bar"]
    assert len(backs) == len(document.parts) * bool(document.contents_title)
    assert len(bars) == bool(document.contents_title)
    for place in (*backs, *bars):
        assert place.find("a")[0].attributes["href"] == "#contents"
    names = [bar.attributes["aria-label"] for bar in bars]
    assert names == [{"fr": "Dans cette page", "en": "On this page"}[output.composed.spec.lang] for _ in bars]


def test_an_address_says_where_it_leads(output: Output) -> None:
    """In words, and then as it is seen, for those who speak to their browser."""
    bare = [node for node in one(output, "main").find("a") if node.attributes.get("class") == "bare"]
    lines = [line for notice in output.composed.document.notices for line in notice.lines if line.role == Role.LINK]
    shown = [node for line in lines for node in line.content if isinstance(node, Link) and is_bare(node)]
    assert len(bare) >= len(shown)
    for link in bare:
        assert link.attributes["aria-label"].endswith(f", {link.text}")
        assert link.attributes["aria-label"] != f", {link.text}"


# --- what one takes away ----------------------------------------------------------------------------------------------


def test_the_references_can_be_downloaded_from_the_page_itself(output: Output) -> None:
    """The very files that travel inside the PDF."""
    (link,) = [node for node in output.twin.root.find("a") if "download" in node.attributes]
    rows = [row for row in FORMATS.own.values() if row.attached]
    slug = output.composed.spec.slug
    assert link.attributes["download"] == f"{slug}.zip"
    assert link.text.startswith("BibLaTeX, RIS, CSL-JSON (ZIP,")
    head, _, content = link.attributes["href"].partition(",")
    assert head == "data:application/zip;base64"
    with zipfile.ZipFile(BytesIO(b64decode(content))) as package:
        found = {name: package.read(name) for name in package.namelist()}
    assert found == {f"{slug}{row.extension}": row.written(output.composed.selection.references) for row in rows}
    waiting = [node for node in output.twin.root.find("li") if "data-name" in node.attributes]
    assert [each.attributes["data-name"] for each in waiting] == list(found)
    assert [each.attributes["data-type"] for each in waiting] == [row.mime_type for row in rows]


def test_a_page_is_light_enough_for_a_telephone(output: Output) -> None:
    """What is packed weighs a third of what it was; without it a notice takes two or three thousand bytes."""
    assert len(output.screen.encode()) < 30_000 + 3_400 * sum(1 for _ in output.composed.document.notices)


def test_a_notice_has_a_lasting_address_and_a_citation(output: Output) -> None:
    items = [item for item in one(output, "main").find("li") if item.attributes.get("class") == "notice"]
    for item in items:
        (tools,) = [each for each in item.find("div") if each.attributes.get("class") == "tools"]
        (link,) = tools.find("a")
        (summary,) = tools.find("summary")
        (citation,) = tools.find("p")
        assert link.attributes["href"] == f"#{item.attributes['id']}"
        # What is seen begins the name, which goes on with the notice's own: no two links sound the same.
        assert link.attributes["aria-label"].startswith(link.text)
        assert summary.attributes["aria-label"].startswith(summary.text)
        assert len(citation.text) > 10
    names = [node.attributes["aria-label"] for node in one(output, "main").find("summary")]
    assert len(names) == len(items)


def test_a_long_dossier_is_filtered_by_type_and_year(output: Output) -> None:
    references = {each.citekey: each for each in output.composed.selection.references}
    notices = list(output.composed.document.notices)
    lists = {node.attributes["name"]: node for node in output.twin.root.find("select")}
    assert bool(lists) == (len(notices) >= FEWEST)
    for name, told in lists.items():
        first, *options = told.find("option")
        assert first.attributes["value"] == ""
        counts = {each.attributes["value"]: int(each.text.rpartition("(")[2].rstrip(")")) for each in options}
        marked = Counter(node.attributes.get(f"data-{name}") for node in one(output, "main").find("li"))
        assert counts == {value: count for value, count in marked.items() if value}
        words = [each.text.rpartition(" (")[0] for each in options]
        if name == "year":
            assert words == sorted(words, reverse=True)
        else:
            assert set(words) == {label_of(references[each.citekey], output.composed.spec.lang) for each in notices}
