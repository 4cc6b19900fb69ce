"""What is done to the collection as a whole at the desk: files are imported, duplicates united, a backup put back."""

from __future__ import annotations

from collections import Counter
from urllib.parse import parse_qs, urlparse

from robustness.sessions.oracle import Entry, read, words
from robustness.sessions.project import BIBS
from robustness.sessions.session import Session, version_in

FILE = "lot.bib"
# The fields of a record that is imported, none of which is of a kind of document alone.
_FIELDS = ("title", "doi", "abstract", "publisher", "x-import", "keywords")


# --- the import ------------------------------------------------------------------------------------------------------


async def bring(session: Session) -> set[str]:
    """Imports a file of new documents and of some that are there; these are left, merged or kept beside."""
    session.tell()
    what, into = session.chance.choice(("skip", "merge", "keep")), session.chance.choice(BIBS)
    records = _records(session)
    text = "".join(
        f"@misc{{{key},\n" + "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items()) + "}\n"
        for key, fields in records.items()
    )
    status, address = await session.sent("/import", {}, (FILE, text.encode()))
    assert status == 200
    name = parse_qs(urlparse(address).query)["id"][0]
    await _plan(session, name)
    assert await session.post("/import/all", {"id": name, "what": what}) == 200
    version = await _plan(session, name)
    if session.chance.random() < 0.15:  # somebody writes meanwhile: what was shown is not what would be done
        session.desk.changed()
        assert await session.post("/import/add", {"id": name, "version": version, "into": into}) == 200
        return set()
    known = {key: _known_by(session, fields["doi"]) for key, fields in records.items()}
    new = [key for key in records if known[key] is None or what == "keep"]
    if not new and (what == "skip" or not records):
        return set()  # nothing to be done, and no button for it
    assert await session.post("/import/add", {"id": name, "version": version, "into": into}) == 200
    touched = {into} if new else set()
    for own, fields in records.items():
        there = known[own]
        if own not in new and there is not None and what == "merge":
            path = session.expected.path_of(there)
            assert path is not None
            lost = own if not session.expected.leading(own) else ""
            brought = {**fields, "importedfrom": f"{FILE} {own}"}
            now = read(session.files()).entries[path][there]
            _merge(session.expected.entries[path][there], there, brought, lost, now)
            touched.add(path)
    _add(session, into, {key: records[key] for key in new})
    return touched


async def _plan(session: Session, name: str) -> str:
    """The version for which an import is planned, once it is."""
    for _ in range(400):
        text = await session.shown(f"/import?id={name}")
        if "/import/part" not in text:
            return version_in(text)
    raise AssertionError("the import is never planned")


def _records(session: Session) -> dict[str, dict[str, str]]:
    """Some records by their keys: documents that one entry has by its DOI, and new ones."""
    chance, number = session.chance, session.number
    dois = Counter(
        entry.fields.get("doi", "") for found in session.expected.entries.values() for entry in found.values()
    )
    there = [doi for doi, times in dois.items() if doi and times == 1]
    records: dict[str, dict[str, str]] = {}
    for count in range(chance.randint(1, 3)):
        key = session.key() if chance.random() < 0.15 else f"i{number}-{count}"
        is_there = there and chance.random() < 0.6
        doi = there.pop(chance.randrange(len(there))) if is_there else f"10.5555/{number}.{count}"
        letters = "".join(chance.choices("bcdfghjklmnpqrstvwxz", k=9))
        values = {
            "title": f"Importé {letters}",
            "doi": doi,
            "abstract": f"Résumé {count}",
            "publisher": f"Maison {number}",
            "x-import": f"tel quel {number}",
            "keywords": chance.choice(("santé", "ville", "école")),
        }
        left = {name for name in _FIELDS[2:] if chance.random() < 0.3}
        records.setdefault(key, {name: value for name, value in values.items() if name not in left})
    return records


def _known_by(session: Session, doi: str) -> str | None:
    return next(
        (
            key
            for found in session.expected.entries.values()
            for key, entry in found.items()
            if entry.fields.get("doi") == doi
        ),
        None,
    )


def _merge(entry: Entry, key: str, fields: dict[str, str], lost: str, now: Entry) -> None:
    """What a record brings to an entry that is the same document."""
    _take_over(entry, fields, now)
    if lost and lost.casefold() != key.casefold():
        entry.fields["ids"] = ", ".join([*entry.ids, lost])


def _add(session: Session, into: str, records: dict[str, dict[str, str]]) -> None:
    """The new entries at the end of a file; a key that leads elsewhere already is replaced by one that led nowhere."""
    found = read(session.files()).entries[into]
    by_title = {entry.fields.get("title", ""): key for key, entry in found.items()}
    for own, fields in records.items():
        key = by_title.get(fields["title"])
        assert key is not None, f"{own} has not come"
        assert key == own if not session.expected.leading(own) else not session.expected.leading(key), f"{own} as {key}"
        session.expected.entries[into][key] = Entry("misc", {**fields, "importedfrom": f"{FILE} {own}"})


# --- duplicates ------------------------------------------------------------------------------------------------------


async def unite(session: Session) -> set[str]:
    """Unites two references of one type, of which one goes: its fields, its keys and its places are the other's."""
    session.tell()
    kept, lost = session.key(), session.key()
    paths = session.expected.path_of(kept), session.expected.path_of(lost)
    if kept == lost or None in paths:
        return set()
    into, from_ = (session.expected.entries[path] for path in paths if path)
    stays, goes = into[kept], from_[lost]
    if stays.kind != goes.kind:
        return set()
    shown = await session.client.get("/duplicates/pair", params={"kept": kept, "lost": lost})
    assert shown.status_code == 200, shown.status_code
    sent = {"kept": kept, "lost": lost, "version": version_in(shown.text)}
    touched = {*(path for path in paths if path), *session.expected.listing(lost)}
    for path, found in session.expected.entries.items():
        if any(lost.casefold() in map(str.casefold, words(each.fields.get("related", ""))) for each in found.values()):
            touched.add(path)
    assert await session.post("/duplicates/unite", sent) == 200
    now = read(session.files()).entries[paths[0] or ""].get(kept)
    assert now is not None, f"{kept} is gone"
    _unite(stays, goes, lost, now)
    del from_[lost]
    for found in session.expected.entries.values():
        for key, entry in found.items():
            _tie(key, entry, lost, kept)
    session.expected.relist({lost: kept})
    return touched


def _unite(stays: Entry, goes: Entry, lost: str, now: Entry) -> None:
    """What becomes of the entry that stays."""
    _take_over(stays, {name: value for name, value in goes.fields.items() if name not in ("ids", "related")}, now)
    former = [each.casefold() for each in stays.ids]
    new = [each for each in (lost, *goes.ids) if each.casefold() not in former]
    stays.fields["ids"] = ", ".join([*stays.ids, *new])


def _take_over(stays: Entry, fields: dict[str, str], now: Entry) -> None:
    """The fields that others bring to an entry: what it says ``now`` is held against what it may say."""
    for name, value in fields.items():
        here = stays.fields.get(name)
        found = now.fields.get(name)
        assert found in _united(name, here, value), f"{name} is {found!r} of {here!r} and {value!r}"
        if found is None:
            stays.fields.pop(name, None)
        else:
            stays.fields[name] = found


def _united(name: str, here: str | None, value: str) -> set[str | None]:
    """What a field may be of which the two say ``here`` and ``value``; of signs alone either may be."""
    if here is None or not _says(here):
        beside = {f"{here} ; {value}"} if here and name == "note" else set()
        return {value, *beside} if here is None and _says(value) else {here, value, *beside}
    if not _says(value):
        return {here}
    if name == "keywords":
        return {", ".join([here, *(each for each in words(value) if each not in words(here))])}
    if name not in ("note", "importedfrom"):
        return {here}
    both = f"{here} ; {value}"
    is_there = value.casefold() in here.casefold() or set(value.split(" ; ")) <= set(here.split(" ; "))
    return {here, both} if is_there else {both}


def _tie(key: str, entry: Entry, lost: str, kept: str) -> None:
    """The ties of an entry that name the one that went."""
    tied = words(entry.fields.get("related", ""))
    if lost.casefold() not in map(str.casefold, tied):
        return
    left = dict.fromkeys(kept if each.casefold() == lost.casefold() else each for each in tied)
    left.pop(key, None)
    if left:
        entry.fields["related"] = ", ".join(left)
    else:
        del entry.fields["related"]


def _says(value: str) -> bool:
    """Whether a value has a letter or a figure: of others a program may think that they say nothing."""
    return any(each.isalnum() for each in value)


# --- the backup ------------------------------------------------------------------------------------------------------


async def keep(session: Session) -> set[str]:
    """Takes a backup away."""
    answer = await session.client.get("/backup/file")
    assert answer.status_code == 200
    session.backup = answer.content, session.files()
    return set()


async def restore(session: Session) -> set[str]:
    """Puts the last backup back: every file is what it was then."""
    if session.backup is None:
        return set()
    session.tell()
    content, files = session.backup
    now = session.files()
    status, address = await session.sent("/backup", {}, ("sauvegarde.zip", content))
    assert status == 200
    name = parse_qs(urlparse(address).query)["id"][0]
    text = await session.shown(f"/backup?id={name}")
    if now == files:
        return set()
    assert await session.post("/backup/take", {"id": name, "version": version_in(text)}) == 200
    session.expected = read(files)
    return {path for path in files if files[path] != now[path]}
