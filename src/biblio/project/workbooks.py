"""The sheets of workbooks (``.xlsx``, ``.xlsm``, ``.xlsb``, ``.xls``, ``.ods``), opened in a process with limits.

A workbook is an archive of a stranger: it is weighed before it is opened, and what its reader (calamine) needs of time
and memory is bounded (``workbook_process.py``).
"""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from biblio.formats.tabular.sheet import Row, Sheet, row_of
from biblio.project.confined import run
from biblio.words.faults import Parsed, Span, diagnose

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What a workbook may weigh: its own bytes, those of its parts once they are unpacked, and how many parts it has.
MOST_BYTES, MOST_UNPACKED, MOST_PARTS = 60_000_000, 600_000_000, 20_000
# Unpacked bytes for each packed one, of all the parts together: the cells of a sheet are seldom above thirty.
MOST_RATIO = 200
SECONDS, SECONDS_A_MILLION = 20, 5
MOST_WRITTEN = 400_000_000
# A cell that is stretched over more rows than that is no value of each.
MOST_STRETCHED = 2_000


def looks_like_workbook(content: bytes) -> bool:
    """Whether a file is a workbook: an archive with its parts, or one of Excel's old files."""
    if content.startswith(OLE):
        return "Workbook".encode("utf-16-le") in content or "Book\0".encode("utf-16-le") in content
    if not content.startswith(ZIP):
        return False
    try:
        with ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                return archive.read("mimetype").startswith(b"application/vnd.oasis.opendocument.spreadsheet")
            return any(name in ("xl/workbook.xml", "xl/workbook.bin") for name in names)
    except (BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return False


def read_workbook(content: bytes, path: str) -> Parsed[tuple[Sheet, ...]]:
    """The sheets of a workbook, the hidden ones left out. Never raises: one that cannot be read is said (P328)."""
    problem = _too_heavy(content)
    if problem:
        return Parsed((), (diagnose("P328", Span(path), reason=problem),))
    seconds = SECONDS + len(content) * SECONDS_A_MILLION // 1_000_000
    job = {"content": b64encode(content).decode()}
    answers, reason = run(
        "biblio.project.workbook_process", job, seconds, min(MOST_WRITTEN, 20_000_000 + 40 * len(content))
    )
    failed = next((each["failed"] for each in answers if "failed" in each), "" if reason == "exit 0" else reason)
    faults = (diagnose("P328", Span(path), reason=failed[:200]),) if failed else ()
    return Parsed(tuple(_sheets(answers)), faults)


def _too_heavy(content: bytes) -> str:
    """Why a workbook is not opened; empty when it may be."""
    if len(content) > MOST_BYTES:
        return "size"
    if not content.startswith(ZIP):
        return ""
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            unpacked = sum(part.file_size for part in parts)
    except (BadZipFile, OSError, ValueError, NotImplementedError):
        return "damaged"
    if len(parts) > MOST_PARTS or unpacked > min(MOST_UNPACKED, 1_000_000 + MOST_RATIO * len(content)):
        return "size"
    return ""


def _sheets(answers: list[Any]) -> list[Sheet]:
    sheets: list[Sheet] = []
    head: dict[str, Any] = {}
    rows: list[Row] = []

    def end() -> None:
        if head and not head["hidden"]:
            sheets.append(_sheet(head, rows))

    for each in answers:
        if "sheet" in each:
            end()
            head, rows = each, []
        else:
            rows += (row_of(number, cells) for number, cells in each.get("rows", ()))
    end()
    return sheets


def _sheet(head: dict[str, Any], rows: list[Row]) -> Sheet:
    """A sheet, with the value of a cell that is stretched downwards in every row that it covers."""
    by_number = {row.number: row for row in rows}
    banners: set[int] = set()
    for top, left, bottom, right in head["merged"]:
        first = by_number.get(top + 1)
        value = first[left] if first else ""
        if not value:
            continue
        if first and right > left and top == bottom and first.filled == [left]:
            banners.add(top + 1)
        for number in range(top + 2, bottom + 2) if bottom - top < MOST_STRETCHED and left == right else ():
            row = by_number.get(number)
            if row is not None and not row[left]:
                cells = [*row.cells, *[""] * (left + 1 - len(row.cells))]
                cells[left] = value
                by_number[number] = row_of(number, cells)
    links = {(number, column): address for number, column, address in head["links"]}
    kept = tuple(row for _, row in sorted(by_number.items()) if row.cells)
    return Sheet(head["sheet"], kept, frozenset(banners), links)
