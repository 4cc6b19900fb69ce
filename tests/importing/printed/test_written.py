"""Documents of word processors: what stands in them beside the words, and files that are out of measure."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from collections.abc import Mapping

import pytest

from biblio.importing.files import format_of, read_file
from biblio.importing.imported import Imported
from biblio.text.inline import plain

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
ITEM = {
    "id": 12,
    "type": "article-journal",
    "title": "La ville et le soin",
    "container-title": "Revue du soin",
    "volume": "18",
    "author": [{"family": "Roux", "given": "Marie"}],
    "issued": {"date-parts": [["2019", 3]]},
}
CITATION = json.dumps({"citationID": "a", "citationItems": [{"id": 12, "itemData": ITEM}]})
NOTICE = "PETIT, Paul. <i>Le soin et la ville</i>. Rennes : Presses du soin, 2016, 202 p."


def _runs(text: str) -> str:
    """Runs of Word from text with <b> and <i>."""
    out, manner = "", ""
    for index, part in enumerate(text.replace("<", ">").split(">")):
        if index % 2:
            manner = "" if part.startswith("/") else f"<w:rPr><w:{part}/></w:rPr>"
        elif part:
            out += f'<w:r>{manner}<w:t xml:space="preserve">{part}</w:t></w:r>'
    return out


def p(text: str, style: str = "", inside: str = "") -> str:
    """A paragraph of Word."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{_runs(text)}{inside}</w:p>"


def field(code: str, result: str = "(Roux, 2019)", pieces: int = 1) -> str:
    """A complex field, whose code may be split over several runs."""
    size = len(code) // pieces + 1
    parts = [code[start : start + size] for start in range(0, len(code), size)]
    escaped = (part.replace("&", "&amp;").replace("<", "&lt;") for part in parts)
    codes = "".join(f'<w:r><w:instrText xml:space="preserve">{part}</w:instrText></w:r>' for part in escaped)
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return mark.format("begin") + codes + mark.format("separate") + _runs(result) + mark.format("end")


_CODE = base64.b64encode(CITATION.encode()).decode()
CONTROL = (
    f'<w:sdt><w:sdtPr><w:tag w:val="MENDELEY_CITATION_v3_{_CODE}"/></w:sdtPr>'
    f"<w:sdtContent>{_runs('(Roux, 2019)')}</w:sdtContent></w:sdt>"
)


def docx(body: str, others: Mapping[str, str] | None = None) -> bytes:
    """A document of Word with this body."""
    styles = (
        f'<w:styles {W}><w:style w:styleId="Titre1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:styleId="Titre"><w:name w:val="Title"/></w:style></w:styles>'
    )
    parts = {
        "word/document.xml": f"<w:document {W} {R}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": styles,
        **(others or {}),
    }
    return packed(parts)


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP file of some members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return file.getvalue()


def _titles(imported: Imported) -> list[str]:
    return [plain(reference.title) for reference in imported.references]


def test_headings_links_and_manners_of_word_are_understood() -> None:
    relation = '<Relationship Id="r1" Target="https://www.example.org/soin" TargetMode="External"/>'
    linked = f'<w:hyperlink r:id="r1">{_runs("Lire en ligne")}</w:hyperlink>'
    body = p("Soins de proximité", "Titre") + p("Ouvrages", "Titre1") + p(NOTICE + " ", inside=linked)
    read = read_file(
        docx(body, {"word/_rels/document.xml.rels": f"<Relationships>{relation}</Relationships>"}), "liste.docx"
    ).value
    (reference,) = read.references
    assert read.outline is not None
    assert (read.format, read.outline.title, [each.title for each in read.outline.headings]) == (
        "docx",
        "Soins de proximité",
        ["Ouvrages"],
    )
    assert (plain(reference.title), reference.publisher, reference.publisher_place, reference.url) == (
        "Le soin et la ville",
        ("Presses du soin",),
        ("Rennes",),
        "https://www.example.org/soin",
    )


@pytest.mark.parametrize(
    "citation",
    [
        field(f"ADDIN ZOTERO_ITEM CSL_CITATION {CITATION}"),
        field(f"ADDIN ZOTERO_ITEM CSL_CITATION {CITATION}", pieces=7),
        field(f"ADDIN CSL_CITATION {CITATION}") * 2,
        CONTROL,
    ],
)
def test_items_of_field_codes_are_taken_as_they_are(citation: str) -> None:
    listed = field("ADDIN ZOTERO_BIBL {} CSL_BIBLIOGRAPHY", "Roux, M. (2019). La ville et le soin. Revue du soin, 18.")
    body = p("Le soin change", inside=citation) + p("Bibliographie", "Titre1") + p("", inside=listed)
    read = read_file(docx(body), "article.docx").value
    (reference,) = read.references
    assert (reference.entry_type, plain(reference.title), reference.author.people[0].given) == (
        "article",
        "La ville et le soin",
        "Marie",
    )
    assert read.outline is not None
    assert [(each.title, each.references) for each in read.outline.headings] == [("Bibliographie", (0,))]


def test_properties_in_which_zotero_keeps_citations_are_read() -> None:
    code = f"ZOTERO_ITEM CSL_CITATION {CITATION}"
    pieces = "".join(
        f'<property name="ZOTERO_BREF_a1B_{number}"><lpwstr>{part}</lpwstr></property>'
        for number, part in ((2, code[40:]), (1, code[:40]))
    )
    others = {"docProps/custom.xml": f"<Properties>{pieces}</Properties>"}
    assert _titles(read_file(docx(p("Le soin change"), others), "article.docx").value) == ["La ville et le soin"]


def test_references_in_notes_are_read_several_to_a_note() -> None:
    note = (
        "Voir Jean Roux, <i>La santé des villes</i>, Paris, PUF, 2012, 128 p. ; Marie Petit, « Le soin », "
        "<i>Revue du soin</i>, vol. 12, n° 3, 2013, p. 45-67."
    )
    notes = (
        f'<w:footnotes {W}><w:footnote w:type="separator" w:id="0">{p("—")}</w:footnote>'
        f'<w:footnote w:id="1">{p(note)}</w:footnote>'
        f'<w:footnote w:id="2">{p("Ibid., p. 12.")}</w:footnote>'
        f'<w:footnote w:id="3">{p("J. Roux, <i>op. cit.</i>, 2012, p. 40.")}</w:footnote>'
        f'<w:footnote w:id="4">{p("——, <i>Le soin des villes</i>, Paris, PUF, 2015, 96 p.")}</w:footnote></w:footnotes>'
    )
    read = read_file(docx(p("Le soin change."), {"word/footnotes.xml": notes}), "article.docx").value
    assert _titles(read) == ["La santé des villes", "Le soin", "Le soin des villes"]
    assert [reference.author.people[0].full_family for reference in read.references] == ["Roux", "Petit", "Petit"]


def test_deleted_text_and_codes_are_left_out_and_breaks_part_lines() -> None:
    body = p("Rapport") + (
        "<w:p><w:r><w:t>ROUX Marie</w:t><w:br/><w:t>Le soin</w:t></w:r>"
        "<w:del><w:r><w:delText>perdu</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t> en ville</w:t></w:r></w:ins><w:r><w:br/><w:t>CRES, 2019, 12 p.</w:t></w:r></w:p>"
    )
    (reference,) = read_file(docx(body * 2), "a.docx").value.references[:1]
    assert (plain(reference.title), reference.publisher) == ("Le soin en ville", ("CRES",))


ODT = (
    "<office:document-content><office:automatic-styles>"
    '<style:style style:name="T1"><style:text-properties fo:font-style="italic"/></style:style>'
    "</office:automatic-styles><office:body><office:text>{}</office:text></office:body></office:document-content>"
)


def test_a_text_of_libreoffice_is_read_with_its_notes_and_items() -> None:
    code = f"ZOTERO_ITEM CSL_CITATION {CITATION} RND1".replace('"', "&quot;")
    body = (
        '<text:h text:outline-level="1">Ouvrages</text:h><text:list><text:list-item><text:p>PETIT, Paul. '
        '<text:span text:style-name="T1">Le soin et la ville</text:span>. Rennes : Presses<text:s/>du soin, 2016, '
        "202 p.</text:p></text:list-item></text:list>"
        f'<text:p>Le soin<text:reference-mark-start text:name="{code}"/>(Roux, 2019) change<text:note>'
        "<text:note-citation>1</text:note-citation><text:note-body><text:p>Jean Roux, "
        '<text:span text:style-name="T1">La santé des villes</text:span>, Paris, PUF, 2012, 128 p.</text:p>'
        "</text:note-body></text:note></text:p>"
    )
    content = packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ODT.format(body)})
    read = read_file(content, "liste.odt").value
    assert _titles(read) == ["La ville et le soin", "Le soin et la ville", "La santé des villes"]
    assert read.format == "odt"


def _bomb() -> bytes:
    return packed({"word/document.xml": b"<w:document>" + b"<w:p/>" * 12_000_000})


def _encrypted() -> bytes:
    content = bytearray(docx(p("Le soin")))
    for at in range(len(content) - 4):
        if content[at : at + 4] == b"PK\x01\x02":
            content[at + 8] |= 1
        elif content[at : at + 4] == b"PK\x03\x04":
            content[at + 6] |= 1
    return bytes(content)


@pytest.mark.parametrize("content", [_bomb(), _encrypted(), docx(p("Le soin"))[:-60]], ids=["bomb", "encrypted", "cut"])
def test_a_document_out_of_measure_is_said(content: bytes) -> None:
    codes = [fault.code for fault in read_file(content, "a.docx").diagnostics]
    assert codes in (["P342", "E125"], ["E174"])


def test_a_broken_document_gives_what_is_whole_before() -> None:
    body = p(NOTICE) + "<w:p><w:r>"
    content = packed({"word/document.xml": f"<w:document {W}><w:body>{body}"})
    read = read_file(content, "a.docx")
    assert _titles(read.value) == ["Le soin et la ville"]
    assert "P304" in [fault.code for fault in read.diagnostics]


def test_entities_of_a_document_are_refused() -> None:
    kind = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    xml = f"{kind}<w:document {W}><w:body>{p('&a;')}</w:body></w:document>"
    assert "P305" in [fault.code for fault in read_file(packed({"word/document.xml": xml}), "a.docx").diagnostics]


def test_another_package_is_none_of_these() -> None:
    assert format_of(packed({"a.txt": "Article"}), "a.zip") is None


ENDNOTE = (
    "<EndNote><Cite><Author>Roux</Author><Year>2019</Year><RecNum>7</RecNum><record><rec-number>7</rec-number>"
    '<ref-type name="Journal Article">17</ref-type><contributors><authors><author>Roux, Marie</author></authors>'
    "</contributors><titles><title>La ville et le soin</title><secondary-title>Revue du soin</secondary-title></titles>"
    "<dates><year>2019</year></dates></record></Cite></EndNote>"
)


@pytest.mark.parametrize("in_data", [False, True])
def test_records_of_endnote_are_taken_and_its_list_is_not_read_twice(in_data: bool) -> None:
    cited = field(f"ADDIN EN.CITE {ENDNOTE}")
    if in_data:
        data = base64.b64encode(ENDNOTE.encode()).decode()
        begin = '<w:fldChar w:fldCharType="begin"'
        cited = field("ADDIN EN.CITE.DATA").replace(f"{begin}/>", f"{begin}><w:fldData>{data}</w:fldData></w:fldChar>")
        assert data in cited
    listed = field("ADDIN EN.REFLIST", "Roux, M. (2019). La ville et le soin. Revue du soin, 18.")
    body = p("Le soin change", inside=cited + cited) + p("Bibliographie", "Titre1") + p("", inside=listed)
    (reference,) = read_file(docx(body), "article.docx").value.references
    assert (reference.entry_type, plain(reference.title), reference.raw["journaltitle"], reference.raw["author"]) == (
        "article",
        "La ville et le soin",
        "Revue du soin",
        "Roux, Marie",
    )
