"""What somebody does to the files in an editor while the desk is open."""

from __future__ import annotations

import re

from robustness.sessions.oracle import Entry, end_of_value, entries, sections
from robustness.sessions.project import BIBS, SLUGS
from robustness.sessions.session import Session

FIELDS = ("title", "journaltitle", "publisher", "volume", "note", "zotero-x")


def change_field(session: Session, key: str, name: str) -> set[str]:
    """Changes a value."""
    path = session.expected.path_of(key)
    if path is None:
        return set()
    text = (session.root / path).read_bytes().decode()
    entry = entries(text)[key]
    if name not in entry.fields:
        return set()
    value = f"dehors {session.number}"
    at = re.compile(rf"[\s,{{]{name}\s*=\s*").search(text, entry.start).end()  # type: ignore[union-attr]  # it has it
    session.write(path, text[: at + 1] + value + text[end_of_value(text, at) - 1 :])
    session.expected.entries[path][key].fields[name] = value
    return {path}


async def field(session: Session) -> set[str]:
    """Changes a value of some entry."""
    return change_field(session, session.key(), session.chance.choice(FIELDS))


async def entry(session: Session) -> set[str]:
    """Adds an entry, or removes one."""
    path = session.chance.choice(BIBS)
    text = (session.root / path).read_bytes().decode()
    known = session.expected.entries[path]
    if known and session.chance.random() < 0.4:
        key = session.chance.choice(list(known))
        found = entries(text)[key]
        session.write(path, text[: found.start] + text[found.end :])
        del known[key]
    else:
        key = f"d{session.number}"
        session.write(path, f"{text}\n@book{{{key},\n  title = {{Dehors}}\n}}\n")
        known[key] = Entry("book", {"title": "Dehors"})
        session.unseen |= {key} if session.untold else set()
    return {path}


async def comment(session: Session) -> set[str]:
    """Writes a comment where the desk was about to write."""
    path = session.chance.choice(sorted(session.files()))
    text = (session.root / path).read_bytes().decode()
    session.write(path, f"{'#' if path.endswith('yaml') else '%'} dehors {session.number}\n{text}")
    return {path}


async def listed(session: Session) -> set[str]:
    """Lists a reference."""
    slug, key = session.chance.choice(SLUGS), session.key()
    path = f"dossiers/{slug}.yaml"
    text = (session.root / path).read_bytes().decode()
    called_one = [each for _, each in sections(session.expected.specs[slug]) if each.get("title") == "Un"]
    found = re.search(r"(?<=title: Un\n)    references:\n(?=      - )", text)
    if not called_one or found is None or session.expected.path_of(key) is None:
        return set()
    part = called_one[0]["references"]
    if key in part:
        return set()
    session.write(path, f"{text[: found.end()]}      - {key}\n{text[found.end() :]}")
    part.insert(0, key)
    return {path}


async def look(session: Session) -> set[str]:
    """Looks at pages, which writes nothing."""
    session.tell()
    for address in ("/collection", f"/reference?key={session.key()}", f"/dossier/{SLUGS[0]}", "/history"):
        answer = await session.client.get(address)
        assert answer.status_code in (200, 422), f"{address}: {answer.status_code} {answer.text[-600:]}"
    return set()
