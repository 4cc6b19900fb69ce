"""OpenURL ContextObjects in Spans (COinS), as catalogues and blogs have them.

Source: ANSI/NISO Z39.88, and the COinS conventions of 2006.
"""

from __future__ import annotations

import html
from urllib.parse import parse_qsl

from biblio.formats.records import Body
from biblio.online.metadata.tags import PageTags
from biblio.online.metadata.values import Fields, date_of, flat, pages_of, people

_MOST = 500  # pairs: no document says so much of itself


def said_in_coins(page: PageTags) -> tuple[str, Fields]:
    """The kind of the document and its fields; empty where the page has nothing of this."""
    # A page that lists documents has one for each: what none of them says is what the page shows.
    if len(page.coins) != 1:
        return "", {}
    values: dict[str, list[str]] = {}
    pairs = html.unescape(page.coins[0]).split("&")[:_MOST]
    for name, value in parse_qsl("&".join(pairs)):
        values.setdefault(name.removeprefix("rft.").lower(), []).append(flat(value))

    def first(*names: str) -> str:
        return next((values[name][0] for name in names if values.get(name)), "")

    form, genre = first("rft_val_fmt"), first("genre")
    person = ", ".join(filter(None, (first("aulast"), first("aufirst"))))
    persons = dict.fromkeys([*([person] if first("aulast") else []), *people(values.get("au", []))])
    authors = [*persons, *map(Body, values.get("aucorp", [])[:_MOST])]
    fields: Fields = {
        "title": first("atitle", "title", "btitle"),
        "author": authors,
        "date": date_of(first("date")),
        "volume": first("volume"),
        "number": first("issue"),
        "pages": first("pages") or pages_of(first("spage"), first("epage")),
        "publisher": first("pub", "publisher"),
        "location": first("place"),
        "isbn": first("isbn"),
        "issn": first("issn"),
        "doi": next((each for each in values.get("rft_id", []) if "doi" in each), ""),
        "series": first("series"),
        "edition": first("edition"),
    }
    if form.endswith(":journal"):
        return "article", fields | {"host": first("jtitle", "stitle") or (first("title") if first("atitle") else "")}
    if form.endswith(":book"):
        if genre in ("bookitem", "proceeding") and first("btitle", "title"):
            kind = "incollection" if genre == "bookitem" else "inproceedings"
            return kind, fields | {"host": first("btitle", "title")} if first("atitle") else fields
        return {"report": "report"}.get(genre, "book"), fields
    if form.endswith(":dissertation"):
        return "thesis", fields | {"institution": first("inst", "pub", "publisher"), "publisher": ""}
    return "", fields
