"""Lists in PDFs that are none of ours: hanging indents, numbers before the notices, running heads."""

from __future__ import annotations

import pytest
from importing.printed.test_grammars import CASES
from weasyprint import HTML

from biblio.importing.files import read_file
from biblio.text.inline import plain

SHEET = (
    '<style>@page{@bottom-center{content:counter(page)}@top-left{content:"Bibliographie du soin"}}'
    "body{font-family:serif;font-size:11pt;text-align:justify}p{padding-left:2em;text-indent:-2em;margin:0}</style>"
)


def _marked(text: str) -> str:
    """A case as HTML, its phrases between stars in italic."""
    parts = text.replace("&", "&amp;").split("*")
    return "".join(f"<i>{part}</i>" if index % 2 else part for index, part in enumerate(parts))


@pytest.mark.parametrize(("whole", "each"), [("<div>{}</div>", "<p>{}</p>"), ("<ol>{}</ol>", "<li>{}</li>")])
def test_the_notices_of_a_list_are_told_apart_by_their_indents_or_numbers(whole: str, each: str) -> None:
    items = "".join(each.format(_marked(text)) for text in CASES)
    page = f"<html lang=fr>{SHEET}<body><h1>Le soin</h1><p>12 mars 2024</p><h2>Références</h2>{whole.format(items)}"
    read = read_file(HTML(string=page).write_pdf(), "liste.pdf").value
    assert read.outline is not None
    titles = [plain(reference.title) for reference in read.references]
    wanted = [str(fields["title"]) for _, fields in CASES.values()]
    assert len(titles) == len(wanted)
    right = sum(title == other for title, other in zip(titles, wanted, strict=True))
    assert right >= 0.95 * len(wanted), [pair for pair in zip(titles, wanted, strict=True) if pair[0] != pair[1]]
    assert [heading.title for heading in read.outline.headings] == ["Références"]
    assert (read.outline.title, read.outline.date) == ("Le soin", "2024-03-12")


def test_pages_without_text_are_said() -> None:
    read = read_file(HTML(string="<html lang=fr><body><hr>").write_pdf(), "numérisé.pdf")
    assert [fault.code for fault in read.diagnostics] == ["P343", "E125"]
