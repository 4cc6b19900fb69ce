"""The page of each notice: its permanent address, where it is cited, those like it, and what one may take away."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from urllib.parse import quote

from biblio.formats import FORMATS
from biblio.site.metadata import highwire, json_ld
from biblio.site.pages.page import Made, framed
from biblio.site.said import said
from biblio.site.similar import similar
from biblio.site.view import Entry, View
from biblio.text.collation import fold_key
from biblio.text.inline import plain

# What a notice is taken away as, in the order of the links.
EXPORTED = {"ris": "RIS", "biblatex": "BibTeX"}
_DESCRIBED = 200  # characters of a description


def pages(view: View) -> Iterator[Made]:
    """One for each notice."""
    for entry in view.entries:
        reference = entry.reference
        yield framed(
            view,
            entry.path,
            "notice.html.j2",
            entry.title,
            description=_description(entry),
            shared=True,
            section="watch" if reference.added else "search",
            scripted=True,
            entry=entry,
            reference=reference,
            metadata=highwire(reference),
            described=json_ld(reference),
            cited=view.cited.get(fold_key(reference.citekey), ()),
            similar=similar(view, entry),
            exports=[_export(entry, name) for name in EXPORTED],
            feedback=feedback(view, entry),
        )


def _description(entry: Entry) -> str:
    """The beginning of its abstract, else its citation."""
    text = plain(entry.reference.annotation[0]) if entry.reference.annotation else entry.citation
    return text if len(text) <= _DESCRIBED else text[: _DESCRIBED - 1].rpartition(" ")[0] + "…"


def _export(entry: Entry, name: str) -> tuple[str, str, str]:
    """A format: what it is called, the name of the file, and all of it as an address."""
    row = FORMATS[name]
    content = b64encode(row.written((entry.reference,))).decode()
    return EXPORTED[name], f"{entry.slug}{row.extension}", f"data:{row.mime_type};base64,{content}"


def feedback(view: View, entry: Entry) -> str:
    """The address of a message about a notice, with what it is about filled in; empty where none is wanted."""
    if not view.settings.feedback:
        return ""
    subject = said("feedback_subject", view.lang, key=entry.reference.citekey)
    address = f"{view.settings.base}{view.prefix}{entry.path}" if view.settings.base else ""
    body = said("feedback_body", view.lang, title=entry.title, key=entry.reference.citekey, address=address)
    return f"mailto:{view.settings.feedback}?subject={quote(subject, safe='')}&body={quote(body, safe='')}"
