"""What is done to dossiers at the desk: references in and out of sections, and the sections themselves."""

from __future__ import annotations

from typing import Any

from robustness.sessions.oracle import Spec, sections
from robustness.sessions.project import SLUGS
from robustness.sessions.session import Session

MOST_SECTIONS = 7
TITLES = ("Section", "2019", "yes", "null", "a: b", "# rien", "« é » l'État", '"x"', "- tiret", "{x}", "~")
Placed = tuple[str, Spec]


def _dossier(session: Session) -> tuple[str, list[Placed]]:
    slug = session.chance.choice(SLUGS)
    return slug, list(sections(session.expected.specs[slug]))


async def _step(session: Session, slug: str, deed: str, sent: dict[str, Any]) -> bool:
    """Asks for a change of a dossier; whether it was made, as it must be but where somebody has written meanwhile."""
    status = await session.post(f"/dossier/{slug}/{deed}", sent)
    assert status == 200 or session.untold, f"{status} for {deed} {sent}"
    return status == 200


def _keys(section: Spec) -> list[str]:
    keys: list[str] = section.setdefault("references", [])
    return keys


async def place(session: Session) -> set[str]:
    """Puts references into sections of a dossier, several of each."""
    slug, placed = _dossier(session)
    keys = list(dict.fromkeys(session.key() for _ in range(session.chance.randint(1, 3))))
    chosen = session.chance.sample(placed, session.chance.randint(1, min(2, len(placed))))
    sent = {"key": keys, "section": [path for path, _ in chosen]}
    status = await session.post(f"/dossier/{slug}/place", sent)
    if status != 200:
        assert session.untold or any(session.expected.path_of(key) is None for key in keys), f"{status} for {keys}"
        return set()
    for _, section in chosen:
        section["references"] = list(dict.fromkeys([*_keys(section), *keys]))
    return {f"dossiers/{slug}.yaml"}


async def take(session: Session) -> set[str]:
    """Takes a reference out of a section."""
    slug, placed = _dossier(session)
    path, section = session.chance.choice(placed)
    if not _keys(section):
        return set()
    key = session.chance.choice(_keys(section))
    if not await _step(session, slug, "take", {"key": key, "from": path}):
        return set()
    _keys(section).remove(key)
    return {f"dossiers/{slug}.yaml"}


async def move(session: Session) -> set[str]:
    """Moves a reference from a section to another one, or in the same, to its end or before some reference."""
    slug, placed = _dossier(session)
    (source, here), (target, there) = session.chance.choice(placed), session.chance.choice(placed)
    if not _keys(here):
        return set()
    key = session.chance.choice(_keys(here))
    before = session.chance.choice([*_keys(there), "", "rien-du-tout"])
    if not await _step(session, slug, "move", {"key": key, "from": source, "section": target, "before": before}):
        return set()
    if here is there or key not in _keys(there):
        others = [each for each in _keys(there) if each != key]
        others.insert(others.index(before) if before in others else len(others), key)
        _keys(here).remove(key)
        there["references"] = others
    else:
        _keys(here).remove(key)
    return {f"dossiers/{slug}.yaml"}


async def order(session: Session) -> set[str]:
    """Moves a reference by one place."""
    slug, placed = _dossier(session)
    path, section = session.chance.choice(placed)
    keys = _keys(section)
    if not keys:
        return set()
    at, way = session.chance.randrange(len(keys)), session.chance.choice(("up", "down"))
    if not await _step(session, slug, "move", {"key": keys[at], "from": path, "way": way}):
        return set()
    to = at + (1 if way == "down" else -1)
    if 0 <= to < len(keys):
        keys[at], keys[to] = keys[to], keys[at]
    return {f"dossiers/{slug}.yaml"}


async def add_section(session: Session) -> set[str]:
    """Adds a section to the dossier, or inside another one."""
    slug, placed = _dossier(session)
    if len(placed) >= MOST_SECTIONS:
        return set()
    within, around = session.chance.choice([("", session.expected.specs[slug]), *placed])
    title = session.chance.choice(TITLES)
    if not await _step(session, slug, "section", {"within": within, "title": title}):
        return set()
    around.setdefault("sections", []).append({"title": title})
    return {f"dossiers/{slug}.yaml"}


async def remove_section(session: Session) -> set[str]:
    """Removes a section with all that it holds."""
    slug, placed = _dossier(session)
    path, section = session.chance.choice(placed)
    listed, number = _around(session.expected.specs[slug], section)
    if len(session.expected.specs[slug]["sections"]) < 3 and listed is session.expected.specs[slug]["sections"]:
        return set()
    if not await _step(session, slug, "section/remove", {"section": path}):
        return set()
    del listed[number]
    return {f"dossiers/{slug}.yaml"}


async def move_section(session: Session) -> set[str]:
    """Moves a section: by one place, in, out, or beside or into another one."""
    slug, placed = _dossier(session)
    (path, section), (target, other) = session.chance.choice(placed), session.chance.choice(placed)
    spec = session.expected.specs[slug]
    if session.chance.random() < 0.5:
        way = session.chance.choice(("up", "down", "in", "out"))
        made = await _step(session, slug, "section/move", {"section": path, "way": way})
        if made:
            _turn(spec, section, way)
    else:
        way = session.chance.choice(("before", "after", "into"))
        made = await _step(session, slug, "section/move", {"section": path, "way": way, "target": target})
        if made and other is not section and all(each is not other for _, each in sections(section)):
            _carry(spec, section, other, way)
    return {f"dossiers/{slug}.yaml"} if made else set()


def _around(spec: Spec, section: Spec) -> tuple[list[Spec], int]:
    """The list that holds a section, and its number there."""
    for each in (spec, *(inner for _, inner in sections(spec))):
        for number, held in enumerate(each.get("sections", ())):
            if held is section:
                return each["sections"], number
    raise AssertionError("no such section")


def _turn(spec: Spec, section: Spec, way: str) -> None:
    listed, number = _around(spec, section)
    if way == "up" and number:
        listed.insert(number - 1, listed.pop(number))
    elif way == "down" and number + 1 < len(listed):
        listed.insert(number + 1, listed.pop(number))
    elif way == "in" and number:
        listed[number - 1].setdefault("sections", []).append(listed.pop(number))
    elif way == "out":
        around = next((each for _, each in sections(spec) if each.get("sections") is listed), None)
        if around is not None:
            outer, place = _around(spec, around)
            outer.insert(place + 1, listed.pop(number))


def _carry(spec: Spec, section: Spec, other: Spec, way: str) -> None:
    listed, number = _around(spec, section)
    del listed[number]
    if way == "into":
        other.setdefault("sections", []).append(section)
        return
    beside, place = _around(spec, other)
    beside.insert(place + (way == "after"), section)
