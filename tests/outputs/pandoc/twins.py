"""What each twin says, read back by readers that are not ours: its headings, its links, its words in their order."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

import docx
import docx.document
import docx.table
import docx.text.paragraph
import odfdo
import tinyhtml5  # type: ignore[import-untyped]  # it ships no types
from docx.oxml.ns import qn
from markdown_it import MarkdownIt
from pylatexenc.latex2text import LatexNodes2Text


@dataclass(frozen=True)
class Said:
    """The headings under the title with their levels, the addresses of links in order, all the words without blanks."""

    headings: list[tuple[int, str]]
    links: list[str]
    words: str


def bare(text: str) -> str:
    """A text without its blanks, which formats fold and break each in its own way."""
    return re.sub(r"[\s\u00ad\u200b]+", "", text)


def of_docx(content: bytes) -> Said:
    document = docx.Document(io.BytesIO(content))
    headings, links, words = [], [], []
    for paragraph in _paragraphs(document):
        words.append(paragraph.text)
        style = paragraph.style.name if paragraph.style else ""
        if found := re.fullmatch(r"Heading (\d)", style or ""):
            headings.append((int(found[1]), paragraph.text))
        relations = (each.get(qn("r:id")) for each in paragraph._p.findall(qn("w:hyperlink")))
        links += [document.part.rels[relation].target_ref for relation in relations if relation]
    return Said(headings, links, bare("".join(words)))


def _paragraphs(document: docx.document.Document) -> Iterator[docx.text.paragraph.Paragraph]:
    """The paragraphs of a document, those of the cells of tables in their place."""
    for block in document.iter_inner_content():
        if isinstance(block, docx.table.Table):
            yield from (each for row in block.rows for cell in row.cells for each in cell.paragraphs)
        else:
            yield block


def of_odt(content: bytes) -> Said:
    body = odfdo.Document(io.BytesIO(content)).body
    headings = [
        (header.get_attribute_integer("text:outline-level") or 0, header.text_recursive) for header in body.headers
    ]
    anchors = (str(link.get_attribute("xlink:href")) for link in body.get_elements("descendant::text:a"))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        words = "".join(ElementTree.fromstring(package.read("content.xml")).itertext())
    return Said(headings, [each for each in anchors if "://" in each], bare(words))


def of_html(page: str) -> Said:
    tree = tinyhtml5.parse(page, namespace_html_elements=False)
    body = tree.find("body")
    assert body is not None
    headings = [
        (int(each.tag[1]), "".join(each.itertext()))
        for each in body.iter()
        # On the page the titles of notices are headings too, for screen readers.
        if re.fullmatch("h[1-6]", str(each.tag)) and "title" not in (each.get("class") or "")
    ]
    links = [str(each.get("href")) for each in body.iter("a")]
    return Said(headings, [each for each in links if "://" in each], bare("".join(body.itertext())))


def of_epub(content: bytes) -> Said:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = sorted(name for name in package.namelist() if re.search(r"/ch\d+\.xhtml\Z", name))
        chapters = [of_html(re.sub(r"<\?xml[^>]*\?>", "", package.read(name).decode())) for name in names]
    return Said(
        [heading for chapter in chapters for heading in chapter.headings],
        [link for chapter in chapters for link in chapter.links],
        "".join(chapter.words for chapter in chapters),
    )


def of_markdown(content: bytes) -> Said:
    return of_html(MarkdownIt("commonmark", {"html": True}).render(content.decode()))


def of_text(content: bytes) -> Said:
    text = content.decode()
    return Said([], re.findall(r"https?://[^\s>]+", text), bare(text))


def of_latex(content: bytes) -> Said:
    body = content.decode().partition(r"\begin{document}")[2]
    links = re.findall(r"\\(?:href|url)\{((?:\\.|[^{}\\])*)\}", body)
    headings = [(len(sub) // 3 + 1, words) for sub, words in _latex_headings(body)]
    shown = re.sub(r"\\href\{(?:\\.|[^{}\\])*\}", "", body)
    shown = re.sub(r"\\(?:nolinkurl|url)\{((?:\\.|[^{}\\])*)\}", lambda found: _escaped(found[1]), shown)
    shown = re.sub(r"\\(?:label|hypertarget|protect\\phantomsection|phantomsection)(?:\{[^{}]*\})?", "", shown)
    return Said(headings, [re.sub(r"\\(.)", r"\1", link) for link in links], bare(_latex_text(shown)))


def _escaped(address: str) -> str:
    r"""An address of ``\url``, where no sign is a command, as text."""
    return re.sub(r"(?<!\\)[&#%_$]", lambda sign: "\\" + sign[0], address.replace("--", "-{}-"))


def _latex_text(source: str) -> str:
    return str(LatexNodes2Text(keep_comments=True).latex_to_text(source))


def _latex_headings(body: str) -> Iterator[tuple[str, str]]:
    for found in re.finditer(r"\\((?:sub)*)section\{((?:[^{}]|\{[^{}]*\})*)\}", body):
        yield found[1], _latex_text(found[2])


READERS: dict[str, Callable[[bytes], Said]] = {
    "docx": of_docx,
    "odt": of_odt,
    "epub": of_epub,
    "md": of_markdown,
    "txt": of_text,
    "tex": of_latex,
    "html": lambda content: of_html(content.decode()),
}
