"""The process in which a workbook of a stranger is opened: what is in its cells, as text, and nothing of it runs.

Its job has the ``content`` of the file, in Base64. Formulas give the values that were saved with them; macros,
drawings and what a workbook links to are never looked at. Source: calamine's documentation; ECMA-376, part 1, § 18 (the
sheets of an ``.xlsx`` and their hyperlinks).
"""

from __future__ import annotations

import posixpath
import re
from base64 import b64decode
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from biblio.project.confined import answer, reason_of

# Rows that are given at once.
BATCH = 500
MOST_ROWS, MOST_COLUMNS = 300_000, 500
# Bytes of a part of the archive that is looked into for hyperlinks.
MOST_OF_A_PART = 100_000_000
_ATTRIBUTE = re.compile(r'(?<![\w:])([\w:]++)\s*+=\s*"([^"]*)"')
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def _answers(job: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """A line for each sheet (``sheet``), then for each batch of its rows; or why it ``failed``."""
    import python_calamine as calamine

    content = b64decode(job["content"])
    try:
        with calamine.CalamineWorkbook.from_filelike(BytesIO(content)) as workbook:
            links = _links(content)
            for sheet in workbook.sheets_metadata:
                if sheet.typ != calamine.SheetTypeEnum.WorkSheet:
                    continue
                table = workbook.get_sheet_by_name(sheet.name)
                yield {
                    "sheet": sheet.name,
                    "hidden": sheet.visible != calamine.SheetVisibleEnum.Visible,
                    "merged": [[*start, *end] for start, end in table.merged_cell_ranges or ()],
                    "links": links.get(sheet.name, []),
                }
                yield from _batches(table)
    except calamine.PasswordError:
        yield {"failed": "password"}
    except MemoryError:
        yield {"failed": "memory"}
    except Exception as error:  # noqa: BLE001  # a library of others: whatever it raises is told
        yield {"failed": reason_of(error)}


def _batches(table: Any) -> Iterator[dict[str, Any]]:
    """The rows of a sheet that are not empty, each with its number."""
    batch: list[list[Any]] = []
    for number, row in enumerate(table.iter_rows(), 1):
        if number > MOST_ROWS:
            break
        cells = [_text(cell) for cell in row[:MOST_COLUMNS]]
        if any(cells):
            batch.append([number, cells])
        if len(batch) >= BATCH:
            yield {"rows": batch}
            batch = []
    yield {"rows": batch}


def _text(cell: Any) -> str:
    """What a cell holds as text: a date with its year first, a whole number without a point."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e16 else repr(cell)
    return str(cell)


def _links(content: bytes) -> dict[str, list[list[Any]]]:
    """The hyperlinks of an ``.xlsx`` by the name of the sheet: row, from 1, column, from 0, and address."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
            if "xl/workbook.xml" not in names:
                return {}
            targets = _targets(archive, names, "xl/workbook.xml")
            found = {}
            for sheet in _tags(_part(archive, names, "xl/workbook.xml"), "sheet"):
                path = targets.get(sheet.get("r:id", ""), "")
                addresses = _targets(archive, names, path) if path else {}
                if addresses:
                    cells = _tags(_part(archive, names, path), "hyperlink")
                    found[_unescaped(sheet.get("name", ""))] = list(_linked(cells, addresses))
            return found
    except (BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return {}


def _linked(cells: list[dict[str, str]], addresses: Mapping[str, str]) -> Iterator[list[Any]]:
    for each in cells:
        address = _unescaped(addresses.get(each.get("r:id", ""), ""))
        place = _CELL.match(each.get("ref", ""))
        if place and address.startswith(("http://", "https://")):
            column = 0
            for letter in place[1]:
                column = column * 26 + ord(letter) - ord("A") + 1
            yield [int(place[2]), column - 1, address]


def _targets(archive: ZipFile, names: set[str], part: str) -> dict[str, str]:
    """What the relations of a part point to, by their names: parts by their paths, addresses as they are."""
    folder, name = posixpath.split(part)
    relations = _tags(_part(archive, names, f"{folder}/_rels/{name}.rels"), "Relationship")
    return {
        each.get("Id", ""): each.get("Target", "")
        if each.get("TargetMode") == "External"
        else posixpath.normpath(posixpath.join("/", folder, each.get("Target", ""))).lstrip("/")
        for each in relations
    }


def _part(archive: ZipFile, names: set[str], name: str) -> str:
    if name not in names:
        return ""
    with archive.open(name) as part:
        return part.read(MOST_OF_A_PART).decode("utf-8", "replace")


def _tags(text: str, name: str) -> list[dict[str, str]]:
    """The attributes of the elements of a name: a part of a workbook is far too large to be made a tree of."""
    return [dict(_ATTRIBUTE.findall(found)) for found in re.findall(rf"<(?:\w+:)?{name}\b([^<>]*)>", text)]


def _unescaped(text: str) -> str:
    for name, character in (("quot", '"'), ("apos", "'"), ("lt", "<"), ("gt", ">"), ("amp", "&")):
        text = text.replace(f"&{name};", character)
    return text


if __name__ == "__main__":
    answer(_answers)
