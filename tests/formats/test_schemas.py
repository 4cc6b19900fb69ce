"""What is written in XML, held to the official schemas that a package has.

MODS is the Library of Congress's, in the public domain, at 3.4; what came later is taken back before. Dublin Core is
OAI-PMH's; the schema of its elements, which it imports, says no more than their names. Those of MARCXML and of EndNote
are in no package.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from biblio.formats import FORMATS
from biblio.formats.bibtex.reader import read_bibtex

etree = pytest.importorskip("lxml.etree", reason="lxml is not installed: `make setup-dev`")
_PACKAGE = find_spec("eulxml")
pytestmark = pytest.mark.skipif(_PACKAGE is None, reason="eulxml is not installed: `make setup-dev`")

XML = "http://www.w3.org/XML/1998/namespace"
DC = "http://purl.org/dc/elements/1.1/"
FIFTEEN = (
    "title creator subject description publisher contributor date type format identifier source language relation "
    "coverage rights"
)
_SCHEMA = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{}">{}</xs:schema>'
# What the schemas import and the package has not.
IMPORTED = {
    "xml.xsd": _SCHEMA.format(XML, "".join(f'<xs:attribute name="{name}"/>' for name in ("lang", "space", "base"))),
    "simpledc20021212.xsd": _SCHEMA.format(
        DC, "".join(f'<xs:element name="{name}" type="xs:string"/>' for name in FIFTEEN.split())
    ),
}


class _Offline(etree.Resolver):  # type: ignore[name-defined,misc]  # it has no types
    """Finds what a schema imports beside it, whatever its address; nothing is fetched."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def resolve(self, address: str, _: str, context: object) -> object:
        name = address.rpartition("/")[2]
        if name in IMPORTED:
            return self.resolve_string(IMPORTED[name], context)
        return self.resolve_filename(str(self.folder / name), context)


def schema(name: str) -> Any:
    assert _PACKAGE is not None
    assert _PACKAGE.origin is not None
    folder = Path(_PACKAGE.origin).with_name("schema_data")
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Offline(folder))
    return etree.XMLSchema(etree.parse(str(folder / name), parser))


@pytest.fixture(scope="module")
def references() -> object:
    frozen = Path(__file__).with_name("losses") / "references.bib"
    return read_bibtex(frozen.read_bytes(), "references.bib").value


def faults(of: Any, element: object) -> list[str]:
    of.validate(element)
    return sorted({error.message for error in of.error_log})


def test_mods_is_valid(references: object) -> None:
    written = FORMATS["mods"].written(references)  # type: ignore[arg-type]  # as they were read
    assert written.count(b'version="3.8"') > 100
    earlier = written.replace(b'version="3.8"', b'version="3.4"').replace(
        b'authority="rfc5646"', b'authority="rfc4646"'
    )
    assert faults(schema("mods-3-4.xsd"), etree.fromstring(earlier)) == []
    broken = earlier.replace(b"<titleInfo>", b"<titelInfo>", 1).replace(b"</titleInfo>", b"</titelInfo>", 1)
    assert faults(schema("mods-3-4.xsd"), etree.fromstring(broken)) != []


def test_dublin_core_is_valid(references: object) -> None:
    of_oai = schema("oai_dc.xsd")
    records = etree.fromstring(FORMATS["dublin-core"].written(references))  # type: ignore[arg-type]  # likewise
    assert len(records) > 100
    assert [faults(of_oai, etree.fromstring(etree.tostring(record))) for record in records] == [[] for _ in records]
    records[0][0].tag = f"{{{DC}}}titel"
    assert faults(of_oai, etree.fromstring(etree.tostring(records[0]))) != []
