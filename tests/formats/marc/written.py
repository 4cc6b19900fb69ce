"""Records typed as catalogues show them, made into files of ISO 2709, of MARCXML, of lines and of JSON.

A line is a tag, two indicators (``#`` for a blank) and subfields, each behind ``$`` and its code; a control field is a
tag and its text; ``LDR`` is the leader.
"""

from __future__ import annotations

import json
import re
from xml.sax.saxutils import escape

Subfields = list[tuple[str, str]]
Line = tuple[str, str, str | Subfields]

LEADER = "00000nam0 2200000   450 "


def lines_of(typed: str) -> tuple[str, list[Line]]:
    """The leader and the fields of a record."""
    leader = LEADER
    fields: list[Line] = []
    for line in filter(None, map(str.strip, typed.splitlines())):
        tag, _, rest = line.partition(" ")
        if tag == "LDR":
            leader = rest.replace("#", " ").ljust(24)
        elif "$" not in rest:
            fields.append((tag, "", rest))
        else:
            indicators, _, values = rest.partition("$")
            parts = re.split(r"\$(?=[a-z0-9])", "$" + values)[1:]
            fields.append((tag, indicators.strip().ljust(2), [(part[0], part[1:].strip()) for part in parts]))
    return leader, fields


def iso2709(typed: str, encoding: str = "utf-8") -> bytes:
    """The record in ISO 2709."""
    leader, fields = lines_of(typed)
    directory, body = b"", b""
    for tag, indicators, value in fields:
        if isinstance(value, str):
            data = value.encode(encoding)
        else:
            data = indicators.encode("ascii") + b"".join(
                b"\x1f" + code.encode("ascii") + text.encode(encoding) for code, text in value
            )
        data += b"\x1e"
        directory += f"{tag:>03}{len(data):04}{len(body):05}".encode("ascii")
        body += data
    start = 24 + len(directory) + 1
    length = start + len(body) + 1
    head = f"{min(length, 99999):05}{leader[5:12]}{start:05}{leader[17:24]}"
    return head.encode("ascii") + directory + b"\x1e" + body + b"\x1d"


def marcxml(typed: str) -> str:
    """The record as an element of MARCXML, without a namespace."""
    leader, fields = lines_of(typed)
    parts = [f"<leader>{leader}</leader>"]
    for tag, indicators, value in fields:
        if isinstance(value, str):
            parts.append(f'<controlfield tag="{tag}">{escape(value)}</controlfield>')
        else:
            inside = "".join(f'<subfield code="{code}">{escape(text)}</subfield>' for code, text in value)
            one, two = tuple(indicators)
            parts.append(f'<datafield tag="{tag}" ind1="{one}" ind2="{two}">{inside}</datafield>')
    return f"<record>{''.join(parts)}</record>"


def mnemonic(typed: str) -> str:
    """The record in MarcEdit's lines."""
    leader, fields = lines_of(typed)
    lines = [f"=LDR  {leader}"]
    for tag, indicators, value in fields:
        if isinstance(value, str):
            lines.append(f"={tag:>03}  {value}".replace("\\", "{bsol}"))
        else:
            parts = "".join(f"${code}{text.replace('{', '{lcub}').replace('$', '{dollar}')}" for code, text in value)
            lines.append(f"={tag:>03}  {indicators.replace(' ', chr(92))}{parts}")
    return "\n".join(lines) + "\n\n"


def marc_json(typed: str) -> str:
    """The record in MARC-in-JSON."""
    leader, fields = lines_of(typed)
    rows: list[dict[str, object]] = []
    for tag, indicators, value in fields:
        if isinstance(value, str):
            rows.append({tag: value})
        else:
            subfields = [{code: text} for code, text in value]
            rows.append({tag: {"ind1": indicators[0], "ind2": indicators[1], "subfields": subfields}})
    return json.dumps({"leader": leader, "fields": rows}, ensure_ascii=False)
