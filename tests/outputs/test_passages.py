"""Passages in other languages and words that lines divide: what is read aloud, copied or searched is what was typed."""

from __future__ import annotations

import re
from io import BytesIO
from types import SimpleNamespace
from xml.etree.ElementTree import fromstring

import pikepdf
import pytest
from outputs.markup import read_html
from outputs.outputs import Output
from outputs.tagged import Element, key, words

from biblio.outputs.pdf import finish
from biblio.outputs.pdf.boxes import Made

SOFT_HYPHEN = b"\xfe\xff\x00\xad"
# PDFium writes this where a hyphen of any kind ends a line.
DIVIDED = "\ufffe"


def passages(element: Element, lang: str) -> dict[str, str]:
    """The text in each language that an element or one inside it names."""
    found: dict[str, str] = {}
    for each in element.walk():
        if each.lang and each.lang != lang:
            found[each.lang] = found.get(each.lang, "") + key(words(each.runs()))
    return found


def test_passages_in_another_language_name_it(output: Output) -> None:
    lang = output.composed.document.metadata.lang
    wanted: dict[str, str] = {}
    for each in read_html(output.page).root.find("span"):
        own = each.attributes.get("lang", lang)
        if own != lang:
            wanted[own] = wanted.get(own, "") + key(each.text)
    assert passages(output.tagged.root, lang) == wanted


def soft_hyphens(content: bytes) -> int:
    """How many hyphens are said to be soft ones in the pages of a PDF."""
    with pikepdf.open(BytesIO(content)) as pdf:
        return sum(
            bytes(each.operands[1].get("/ActualText", b"")) == SOFT_HYPHEN
            for page in pdf.pages
            for each in pikepdf.parse_content_stream(page)
            if str(each.operator) == "BDC"
            and isinstance(each.operands[1], pikepdf.Dictionary)
            and "/ActualText" in each.operands[1]
        )


def test_a_word_that_a_line_divides_is_whole(output: Output) -> None:
    typed = " ".join(read_html(output.page).root.text.split())
    printed = "\n".join(output.tagged.text)
    divided = re.findall(rf"(\w+){DIVIDED}(\w+)", printed)
    as_typed = [(f"{before}-{after}" in typed, f"{before}{after}" in typed) for before, after in divided]
    # A word that goes on over the page, behind a running head, and one that is typed with a hyphen and without.
    unsure = sum(hyphen == whole for hyphen, whole in as_typed)
    assert unsure <= len(divided) / 10
    sure = as_typed.count((False, True))
    assert sure <= soft_hyphens(output.pdf) <= sure + unsure


def test_hyphens_that_are_typed_stay(output: Output) -> None:
    assert "\u2010" not in "".join(output.tagged.text)


@pytest.mark.parametrize(("paragraph", "soft"), [("<p>territoire</p>", True), ("<p>peut\u2010être</p>", False)])
def test_the_hyphen_of_the_engine_is_soft_and_the_same_one_typed_is_not(paragraph: str, soft: bool) -> None:
    line = SimpleNamespace(text="…\u2010", element=fromstring(paragraph))
    page = SimpleNamespace(stream=["/Span", {"MCID": 0}, b"BDC", b"[<00010002>] TJ", b"EMC"])
    finish._soften_hyphens([Made(line, 0, content=0)], [page], SimpleNamespace(objects=[]))
    assert (b"[<0002>] TJ" in page.stream) is soft
