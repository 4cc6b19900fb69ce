"""The reference dossier as Typst sets it: what ``in_typst.typ`` reads, and whether its PDF says what biblio's says.

Typst is another engine, far faster than the prescribed one: a yardstick for what a build with nothing to do may cost.
Its page has the same notices, headings, contents, links and fonts, with the tags of PDF/UA-1.
"""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2

from biblio.document.flow import flow_texts
from biblio.document.tree import Document, LinkBox, Notice, Notices, Prose, Section
from biblio.text.inline import Link, Rich, plain

DATA = "dossier.json"
TEMPLATE = "dossier.typ"
_FOLIO = re.compile(r"\d{1,4}\s*\Z")


def write_typst(folder: Path, document: Document) -> None:
    """Writes the template and what it reads into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    cover = document.cover
    data = {
        "cover": [plain(each) for each in (cover.event, cover.title, cover.subtitle, cover.date, cover.publisher)],
        "lang": document.metadata.lang,
        "contents": plain(document.contents_title),
        "parts": [_section(each) for each in document.parts],
        "closing": _runs(document.closing),
    }
    (folder / DATA).write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    shutil.copy(Path(__file__).with_name("in_typst.typ"), folder / TEMPLATE)


def unlike(document: Document, pdf: Path) -> list[str]:
    """The lines of notices that a PDF does not print, whatever its line ends and hyphens."""
    with pypdfium2.PdfDocument(pdf) as opened:
        pages = [opened[number].get_textpage().get_text_bounded() for number in range(len(opened))]
    printed = "".join(_key(_FOLIO.sub("", page)) for page in pages)
    notices = (notice for part in document.parts for section in part.walk() for notice in section.notices)
    lines = (plain(line.on_paper) for notice in notices for line in notice.lines)
    return [line for line in lines if _key(line) not in printed]


def _key(text: str) -> str:
    """A text without what the setting of lines puts in or takes out; letters and figures alone, ligatures undone."""
    return "".join(re.findall(r"[^\W_]", unicodedata.normalize("NFKC", text)))


def _section(section: Section) -> dict[str, Any]:
    return {
        "level": section.level,
        "title": plain(section.heading),
        "blocks": [each for block in section.blocks for each in _blocks(block)],
        "sections": [_section(each) for each in section.sections],
    }


def _blocks(block: object) -> Iterator[dict[str, Any]]:
    if isinstance(block, Notices):
        yield from map(_notice, block.items)
    elif isinstance(block, Prose):
        yield from ({"role": "prose", "runs": _runs(each)} for each in flow_texts(block.flow))
    elif isinstance(block, LinkBox):
        yield from ({"role": "prose", "runs": _runs(each)} for each in (block.title, *block.links))
    else:
        raise SystemExit(f"{type(block).__name__}: the template has no such block")


def _notice(notice: Notice) -> dict[str, Any]:
    lines = [{"role": str(line.role), "runs": _runs(line.on_paper)} for line in notice.lines]
    return {"role": "notice", "label": notice.label, "lines": lines}


def _runs(rich: Rich, href: str = "") -> list[list[str]]:
    """The texts of a line, each with the address that it leads to."""
    runs: list[list[str]] = []
    for node in rich:
        if isinstance(node, Link):
            runs += _runs(node.children, node.href)
        elif hasattr(node, "children") and any(isinstance(each, Link) for each in node.children):
            runs += _runs(node.children, href)
        else:
            runs.append([plain((node,)), href])
    return runs
