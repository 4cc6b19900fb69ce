"""Field 856, which UNIMARC and MARC 21 share: where a document is on the web."""

from __future__ import annotations

import re
from collections.abc import Sequence

from biblio.formats.marc.record import MarcRecord
from biblio.formats.marc.statements import tidy
from biblio.reference.link import is_safe

_DOI = re.compile(r"(?:doi\.org/|doi:\s*)(10\.\d{4,9}/\S+)", re.IGNORECASE)
_BARE_DOI = re.compile(r"10\.\d{4,9}/\S+")


def addresses(record: MarcRecord, fields: dict[str, str | Sequence[str]]) -> None:
    """Fills ``url``, ``links`` and ``doi``: the first address, the others with what they are, the DOI that one is.

    A field without an address says nothing that could be followed; an address without a scheme is one of the web.
    """
    links: list[tuple[str, str]] = []
    for found in record.every("856"):
        for value in found.every("u"):
            address = value.strip()
            doi = _DOI.search(address) or _BARE_DOI.fullmatch(address)
            if doi:
                fields.setdefault("doi", doi[doi.lastindex or 0].rstrip(".,;"))
                continue
            if re.match(r"(?:www\.|[\w-]+(?:\.[\w-]+)+/)", address):
                address = f"https://{address}"
            if address and address not in (known for known, _ in links):
                links.append((address, tidy(found.first("zy2")) if "2" not in found.first("zy") else ""))
    for address, _ in links[:1]:
        fields["url"] = address
    lines = [f"{re.sub('[<>]', '', label)} <{address}>".strip() for address, label in links[1:] if is_safe(address)]
    fields["links"] = "\n".join(lines)
