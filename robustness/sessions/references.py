"""What is done to references at the desk, one by one and several at once."""

from __future__ import annotations

import re

from robustness.sessions.oracle import Entry, set_or_drop, stamp
from robustness.sessions.outside import change_field
from robustness.sessions.project import BIBS, TYPES
from robustness.sessions.session import Session

FIELDS = ("title", "journaltitle", "publisher", "volume", "note", "zotero-x")


async def save(session: Session) -> set[str]:
    """Saves a field as the form does, based on what the form showed."""
    key, name = session.key(), session.chance.choice(FIELDS)
    shown = (await session.client.get("/reference/fields", params={"key": key})).text
    base = re.search(rf'data-field="{name}" data-base="(\w*)"', shown)
    if session.chance.random() < 0.15:  # while somebody else writes
        change_field(session, key, name)
    value, path = session.value(), session.expected.path_of(key)
    now = session.expected.entries[path][key].fields if path else {}
    visit = session.chance.choice(("v1", "v2", f"v{session.number}"))
    session.subject = f"{visit} {key} {name}"
    sent = {"key": key, "field": name, "base": base[1] if base else "", "visit": visit, name: value}
    status = await session.post("/reference/save", sent)
    known = stamp(now.get(name))
    if path is None:
        assert status == 422
        return set()
    if known in (sent["base"], stamp(value or None)):
        assert status == 200, f"{status} for {name} of {key}"
        set_or_drop(now, name, value)
        return {path}
    assert status == 409, f"{status} over what somebody else wrote in {name} of {key}"
    session.refused = True
    return {path}


async def new(session: Session) -> set[str]:
    """Adds a reference."""
    key = session.key() if session.chance.random() < 0.1 else f"n{session.number}-{session.chance.randint(0, 9)}"
    path = session.chance.choice(BIBS)
    fields = {"title": f"Nouveau {session.value()}".strip(), "date": str(session.chance.randint(1990, 2030))}
    kind = session.chance.choice(TYPES)
    sent = {"type": kind, "field": list(fields), "new-key": key, "into": path, **fields}
    session.tell()
    is_taken = bool(session.expected.leading(key))
    status = await session.post("/reference/new/add", sent)
    assert (status == 200) == (not is_taken), f"{status} for {key}"
    if is_taken:
        return set()
    session.expected.entries[path][key] = Entry(kind, fields)
    return {path}


async def delete(session: Session) -> set[str]:
    """Deletes a reference, and takes it out of the lists or not."""
    key, with_lists = session.key(), session.chance.random() < 0.5
    if with_lists:
        session.tell()  # who has just listed it keeps it in the list
    path = session.expected.path_of(key)
    keys = [key, *session.expected.entries[path][key].ids] if path else []
    touched = {path, *(session.expected.listing(*keys) if with_lists else ())} if path else set()
    status = await session.post("/reference/delete", {"key": key, **({"lists": "1"} if with_lists else {})})
    assert (status == 200) == (path is not None), f"{status} for {key}"
    if path:
        del session.expected.entries[path][key]
        if with_lists:
            session.expected.relist(dict.fromkeys(keys, ""))
    return {each for each in touched if each}


async def give_to_all(session: Session) -> set[str]:
    """Gives a field to several references at once."""
    keys, value = list(dict.fromkeys(session.key() for _ in range(3))), f"lot {session.number}"
    paths = [session.expected.path_of(key) for key in keys]
    sent = {"keys": "\n".join(keys), "name": "note", "value": value}
    status = await session.post("/collection/chosen/field", sent)
    if status != 200:
        assert session.untold or None in paths, f"{status} for {keys}"
        return set()
    for key, path in zip(keys, paths, strict=True):
        if path:
            session.expected.entries[path][key].fields["note"] = value
    return {path for path in paths if path}


async def change_type(session: Session) -> set[str]:
    """Gives a reference another type."""
    key, kind = session.key(), session.chance.choice(TYPES)
    path = session.expected.path_of(key)
    status = await session.post("/reference/type", {"key": key, "type": kind})
    assert (status == 200) == (path is not None)
    if path:
        session.expected.entries[path][key].kind = kind
        return {path}
    return set()


async def rename(session: Session) -> set[str]:
    """Gives a reference another key: a new one, one of before, or one that another has; dossiers follow."""
    session.tell()
    key = session.key()
    path = session.expected.path_of(key)
    former = [each for found in session.expected.entries.values() for entry in found.values() for each in entry.ids]
    own = session.expected.entries[path][key].ids if path else []
    chosen = [f"r{session.number}", f"r{session.number}", session.key(), *own, *former[:2]]
    new = session.chance.choice(chosen)
    status = await session.post("/reference/key", {"key": key, "new": new})
    may_be = path is not None and session.expected.leading(new) <= {key}
    assert (status == 200) == may_be or new == key, f"{status} for {key} as {new}"
    if path is None or not may_be or new == key:
        return set()
    touched = {path, *session.expected.listing(key, *own)}
    entry = session.expected.entries[path].pop(key)
    session.expected.entries[path][new] = entry
    if new.casefold() != key.casefold():
        entry.fields["ids"] = ", ".join(each for each in (*own, key) if each.casefold() != new.casefold())
    session.expected.relist(dict.fromkeys((key, *own), new))
    return touched
