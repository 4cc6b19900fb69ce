"""What the file says of itself, and the references that travel inside it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import md5
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pytest
import rispy
from compose import material
from outputs.outputs import Output
from outputs.tagged import key
from pybtex.database import parse_string
from pybtex.richtext import Text
from verapdf import verdict_on

from biblio.formats import FORMATS
from biblio.text.inline import plain

NAMES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xmp": "http://ns.adobe.com/xap/1.0/",
}
ATTACHMENTS = [f"references{row.extension}" for row in FORMATS.values() if row.attached]


@contextmanager
def opened(output: Output) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(output.pdf)) as pdf:
        yield pdf


def xmp(pdf: pikepdf.Pdf, name: str) -> list[str]:
    """The values of a property of the XMP packet, be it an attribute, an element or a list."""
    root = ElementTree.fromstring(pdf.Root.Metadata.read_bytes())
    prefix, _, local = name.partition(":")
    tag = f"{{{NAMES[prefix]}}}{local}"
    values = [description.attrib[tag] for description in root.iter() if tag in description.attrib]
    for element in root.iter(tag):
        items = [item.text or "" for item in element.iter(f"{{{NAMES['rdf']}}}li")]
        values += items or [element.text or ""]
    return values


def test_the_file_says_what_the_dossier_is(output: Output) -> None:
    spec = output.composed.spec
    author = [each.value for each in spec.authors] or [spec.publisher]
    keywords = ", ".join(keyword.value for keyword in spec.keywords)
    description = spec.description or spec.subtitle
    with opened(output) as pdf:
        assert str(pdf.docinfo.Title) == spec.title
        assert xmp(pdf, "dc:title") == [spec.title]
        assert str(pdf.docinfo.Author) == ", ".join(author)
        assert xmp(pdf, "dc:creator") == author
        assert str(pdf.docinfo.Subject) == description
        assert xmp(pdf, "dc:description") == [description]
        assert str(pdf.docinfo.Keywords) == keywords
        assert xmp(pdf, "pdf:Keywords") == [keywords]
        assert str(pdf.Root.Lang) == spec.lang
        assert xmp(pdf, "dc:language") == [spec.lang]
        assert xmp(pdf, "dc:rights") == ([spec.rights] if spec.rights else [])


def test_the_rights_are_told_as_they_are_typed(tmp_path: Path) -> None:
    """In the metadata that archives read, and without harm to the standards of the file."""
    output = material.printed(tmp_path, "rights: Licence <Etalab> & 2.0\nsections: [{title: Un, references: [zay]}]")
    with opened(output) as pdf:
        assert xmp(pdf, "dc:rights") == ["Licence <Etalab> & 2.0"]
    for profile in ("PDF/UA-1", "PDF/A-3a"):
        assert verdict_on(output.pdf, profile).failures == ()


@pytest.mark.parametrize(
    ("spec", "told"),
    [
        ("texts: [{kind: license, text: CC by-nc}]", "CC BY-NC 4.0 (https://creativecommons.org/licenses/by-nc/4.0/)"),
        (
            "texts: [{kind: license, text: 'Sous [licence](https://e.org/) : **2.0**'}]",
            "Sous licence : 2.0",
        ),
        ("rights: Les nôtres\ntexts: [{kind: license, text: CC0}]", "Les nôtres"),
        ("texts: [{kind: preface, text: Un mot.}]", ""),
    ],
)
def test_without_rights_the_licence_is_told(tmp_path: Path, spec: str, told: str) -> None:
    document = material.document(tmp_path, f"{spec}\nsections: [{{title: Un, references: [zay]}}]")
    assert document.metadata.rights == told


def test_the_file_bears_the_date_of_the_dossier(output: Output) -> None:
    date = output.composed.spec.date
    with opened(output) as pdf:
        for name in ("CreationDate", "ModDate"):
            assert str(pdf.docinfo[f"/{name}"]).removeprefix("D:").startswith(date.replace("-", ""))
        assert xmp(pdf, "xmp:CreateDate") == xmp(pdf, "xmp:ModifyDate")
        assert [each[: len(date)] for each in xmp(pdf, "xmp:CreateDate")] == [date]


def test_the_file_says_which_standards_it_follows(output: Output) -> None:
    with opened(output) as pdf:
        assert (xmp(pdf, "pdfaid:part"), xmp(pdf, "pdfaid:conformance")) == (["3"], ["A"])
        assert xmp(pdf, "pdfuaid:part") == ["1"]


def test_the_reader_shows_the_title_and_the_outline(output: Output) -> None:
    with opened(output) as pdf:
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert pdf.Root.PageMode == "/UseOutlines"
        assert bool(pdf.Root.MarkInfo.Marked)


def attached(output: Output, extension: str) -> str:
    with opened(output) as pdf:
        return pdf.attachments[f"references{extension}"].get_file().read_bytes().decode()


def printed(output: Output) -> dict[str, str]:
    """The title of each reference printed, by citekey, in the order of print."""
    return {reference.citekey: plain(reference.title) for reference in output.composed.selection.references}


def test_the_notices_are_those_of_the_references_attached(output: Output) -> None:
    assert list(printed(output)) == list(dict.fromkeys(each.citekey for each in output.composed.document.notices))


def test_the_bib_attached_holds_the_references_printed(output: Output) -> None:
    entries = parse_string(attached(output, ".bib"), "bibtex", macros={}).entries
    assert list(entries) == list(printed(output))
    for citekey, title in printed(output).items():
        # Rich text has TeX's braces and escapes read.
        assert key(str(Text.from_latex(entries[citekey].fields.get("title", "")))) == key(title)


def test_the_ris_attached_holds_the_references_printed(output: Output) -> None:
    records = rispy.loads(attached(output, ".ris"))
    assert [record["id"] for record in records] == list(printed(output))
    for record, title in zip(records, printed(output).values(), strict=True):
        assert key(record.get("title", record.get("primary_title", ""))).startswith(key(title))


def test_the_csl_json_attached_holds_the_references_printed(output: Output) -> None:
    items = json.loads(attached(output, ".json"))
    assert [item["id"] for item in items] == list(printed(output))
    for item, title in zip(items, printed(output).values(), strict=True):
        # A volume has its own title beside that of the whole, which CSL calls the title.
        assert any(key(item.get(name, "")).startswith(key(title)) for name in ("title", "volume-title"))


@pytest.fixture
def files(output: Output) -> Iterator[list[Any]]:
    """The file specifications of the attachments, in the order of their names."""
    with opened(output) as pdf:
        yield [pdf.attachments[name].obj for name in ATTACHMENTS]


def test_attachments_are_associated_once_with_the_document(output: Output) -> None:
    with opened(output) as pdf:
        assert sorted(pdf.attachments) == sorted(ATTACHMENTS)
        assert sorted(str(each.UF) for each in pdf.Root.AF) == sorted(ATTACHMENTS)


def test_attachments_say_what_they_are(output: Output, files: list[Any]) -> None:
    assert {str(each.AFRelationship) for each in files} <= {"/Source", "/Data", "/Alternative", "/Supplement"}
    assert all(str(each.Desc) for each in files)
    types = [str(each.EF.F.Subtype).removeprefix("/") for each in files]
    assert types == [row.mime_type for row in FORMATS.values() if row.attached]


def test_attachments_bear_the_date_of_the_dossier(output: Output, files: list[Any]) -> None:
    dates = [str(each.EF.F.Params[name]) for each in files for name in ("/CreationDate", "/ModDate")]
    assert {read_date(date) for date in dates} == {midnight(output.composed.spec.date)}


def test_attachments_have_their_size_and_checksum(files: list[Any]) -> None:
    for each in files:
        content = each.EF.F.read_bytes()
        assert int(each.EF.F.Params.Size) == len(content)
        assert bytes(each.EF.F.Params.CheckSum) == md5(content, usedforsecurity=False).digest()


def read_date(value: str) -> datetime:
    """A PDF date in universal time (ISO 32000-1 § 7.9.4)."""
    return datetime.strptime(value, "D:%Y%m%d%H%M%SZ").replace(tzinfo=UTC)


def midnight(date: str) -> datetime:
    year, month, day = (int(number) for number in f"{date}-01-01".split("-")[:3])
    return datetime(year, month, day, tzinfo=UTC)
