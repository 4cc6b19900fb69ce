"""The structure that assistive technology reads: contents, headings, lists, links, and nothing empty."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from compose.material import SLUG, project
from outputs.markup import read_html
from outputs.outputs import STYLES, Output, output_of
from outputs.tagged import HEADINGS, Element, words


def nearest(element: Element, tag: str) -> Element | None:
    return next((each for each in element.ancestors() if each.tag == tag), None)


def test_the_contents_are_a_table_of_contents(output: Output) -> None:
    root = output.tagged.root
    outer = [toc for toc in root.find("TOC") if nearest(toc, "TOC") is None]
    assert len(outer) == bool(output.composed.document.contents_title)
    for outermost in outer:
        look_into(outermost)
    assert [element for element in root.find("P") if nearest(element, "TOC")] == []


def look_into(outermost: Element) -> None:
    for toc in outermost.find("TOC"):
        assert toc.kids
        assert {kid.tag for kid in toc.kids if isinstance(kid, Element)} == {"TOCI"}
    for entry in outermost.find("TOCI"):
        (reference,) = [each for each in entry.find("Reference") if nearest(each, "TOCI") is entry]
        assert words(reference.runs())


def test_headings_begin_at_1_and_skip_no_level(output: Output) -> None:
    levels = [int(element.tag[1]) for element in output.tagged.root.find(*HEADINGS)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(words(element.runs()) for element in output.tagged.root.find(*HEADINGS))


def test_each_notice_is_an_item_of_a_list(output: Output) -> None:
    for each in output.printed:
        items = {item for element in each.elements for item in [nearest(element, "LI")] if item}
        assert items or each.notice is None, each.text
        assert not items or not each.is_heading, each.text
        for item in items:
            assert item.parent is not None
            assert item.parent.tag == "L"


def test_a_list_item_holds_one_notice(output: Output) -> None:
    owners: dict[int, set[str]] = {}
    for each in output.printed:
        for element in each.elements:
            item = nearest(element, "LI")
            if item and each.notice:
                owners.setdefault(id(item), set()).add(each.notice.anchor)
    assert all(len(anchors) == 1 for anchors in owners.values())
    assert set().union(*owners.values()) == {notice.anchor for notice in output.composed.document.notices}


def test_what_runs_over_a_page_stays_one_item(output: Output) -> None:
    items = [item for part in output.tagged.root.find("Part") for item in part.find("LI")]
    (main,) = read_html(output.page).root.find("main")
    assert len(items) == len(main.find("li"))


def test_a_paragraph_that_runs_over_a_page_stays_one_paragraph(output: Output) -> None:
    assert [each.text for each in output.printed if len(each.elements) > 1] == []


def test_a_section_that_runs_over_a_page_stays_one_section(output: Output) -> None:
    assert len(output.tagged.root.find("Part")) == 1
    assert len(output.tagged.root.find("Sect")) == len(output.headings)
    lists = [each for part in output.tagged.root.find("Part") for each in part.find("L")]
    (main,) = read_html(output.page).root.find("main")
    assert len(lists) == len(main.find("ul", "ol"))


def test_nothing_is_read_out_empty(output: Output) -> None:
    for element in output.tagged.root.walk():
        if element.tag in {"P", "LI", "L", "Link", "TOCI", "TOC", "Reference", "Lbl", *HEADINGS}:
            assert words(element.runs()), f"an empty {element.tag} inside {[each.tag for each in element.ancestors()]}"


def test_headers_and_folios_are_not_read_out(output: Output) -> None:
    """ISO 14289-1 § 7.8: running headers and page numbers are marked as artifacts, not as text without a place."""
    furniture = [run for page in output.tagged.furniture for run in page]
    assert furniture
    assert [run.text for run in furniture if not run.artifact] == []


def test_the_way_back_from_the_page_to_the_structure_is_right(output: Output) -> None:
    """The parent tree, by which readers go from what is pointed at to its element (ISO 32000-1 § 14.7.4.4)."""
    with pikepdf.open(BytesIO(output.pdf)) as pdf:
        tree = pdf.Root.StructTreeRoot
        parents = pikepdf.NumberTree(tree.ParentTree)
        pages = {page.obj.objgen: page.obj for page in pdf.pages}
        seen = 0

        def look(element: Any, parent: Any, page: Any) -> None:
            nonlocal seen
            assert element.P.objgen == parent.objgen
            page = element.get("/Pg", page)
            kids = element.get("/K", [])
            for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
                if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                    look(kid, element, page)
                    continue
                if isinstance(kid, pikepdf.Dictionary) and kid.Type == "/OBJR":
                    back = parents[int(kid.Obj.StructParent)]
                    assert kid.Obj.objgen in [link.objgen for link in kid.get("/Pg", page).Annots]
                else:
                    marked = isinstance(kid, pikepdf.Dictionary)
                    on = pages[(kid.get("/Pg", page) if marked else page).objgen]
                    back = parents[int(on.StructParents)][int(kid.MCID if marked else kid)]
                assert back.objgen == element.objgen
                seen += 1

        look(tree.K[0], tree, None)
        assert seen > 100


@pytest.mark.parametrize("style", STYLES)
def test_in_every_style_each_heading_is_said_once_and_nothing_is_empty(tmp_path: Path, style: str) -> None:
    project(tmp_path, "sections: [{title: Un, intro: Voir https://www.example.org/., references: [zay, ars]}]\n")
    root = output_of(tmp_path, SLUG, style).tagged.root
    headings = root.find(*HEADINGS)
    assert [each for each in headings if any(above.tag in HEADINGS for above in each.ancestors())] == []
    said = [words(each.runs()) for each in headings]
    assert len(said) == len(set(said)) > 3
    assert [each.tag for each in root.walk() if each.tag in ("Span", "NonStruct", "Div") and not each.kids] == []


def test_an_address_in_a_text_is_said_by_its_site(tmp_path: Path) -> None:
    spec = "closing: Écrire à https://www.example.org/un/chemin.\nsections: [{title: Un, references: [zay]}]\n"
    project(tmp_path, spec)
    output = output_of(tmp_path, SLUG)
    said = [each.contents for page in output.tagged.annotations for each in page]
    assert "example.org" in said
    (link,) = [each for each in output.twin.root.find("a") if each.text.startswith("https://www.example.org/un")]
    assert link.attributes["aria-label"] == "example.org, https://www.example.org/un/chemin"
