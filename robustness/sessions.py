"""Sessions at the desk, made by chance, and an oracle that says what the files must be after each thing done.

Edits come from the desk, as its pages send them, and from outside, as an editor writes files; the desk is told of these
sometimes, as it may not have looked yet. The oracle shares nothing with the program: files are read by a scanner of its
own and by PyYAML, and what is expected is kept in plain dictionaries.

    python -m robustness.sessions --seconds 300 --seed 7
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
import yaml

from biblio.build.pipeline import Request, build
from biblio.project.project import Project
from biblio.server.app import application
from biblio.server.desk import Desk
from biblio.server.guard import Door

TOKEN, HOST = "jeton-des-sessions", "127.0.0.1:8017"
FIELDS = ("title", "journaltitle", "publisher", "volume", "note", "zotero-x")
WORDS = (
    "santé ville contrat école quartier {INSERM} n° l'État 2019 – « mot » ça œuvre A, B ; c & d_e 50 % # ~ $x$".split(
        " "
    )
)
TYPES = ("article", "report", "book", "misc")
SLUGS = ("essai", "autre")

# --- the oracle's reader ---------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Entry:
    """An entry as it is typed: its type and its fields, and where it stands in its file."""

    kind: str
    fields: dict[str, str]
    start: int = field(compare=False, default=0)
    end: int = field(compare=False, default=0)


def entries(text: str) -> dict[str, Entry]:
    """The entries of a file, by their keys; each begins a line, as those of these sessions do."""
    found: dict[str, Entry] = {}
    for head in re.finditer(r"^@(\w+)\{([^,\s]+),", text, re.MULTILINE):
        at, fields = head.end(), {}
        while True:
            at = re.compile(r"[\s,]*").match(text, at).end()  # type: ignore[union-attr]  # it matches nothing at least
            if text[at] == "}":
                break
            name, at = text[at : text.index("=", at)].strip(), text.index("=", at) + 1
            at += len(text[at:]) - len(text[at:].lstrip())
            end = _end(text, at)
            fields[name] = text[at + 1 : end - 1]
            at = end
        if head[2] in found:
            raise AssertionError(f"{head[2]} is there twice")
        found[head[2]] = Entry(head[1], fields, head.start(), at + 1)
    return found


def _end(text: str, start: int) -> int:
    """Where a value between braces or quotes ends."""
    depth, quoted = 0, text[start] == '"'
    for at in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        if depth == 0 and (text[at] == '"' and at > start if quoted else True):
            return at + 1
    raise AssertionError("a value that does not end")


def lists(text: str) -> list[list[str]]:
    """The keys that the sections of a spec list."""
    return [list(map(str, section.get("references") or ())) for section in yaml.safe_load(text)["sections"]]


def comments(text: str) -> Counter[str]:
    """The lines that are comments, or fields that no program knows: nothing may lose one."""
    return Counter(line.strip() for line in text.split("\n") if re.match(r"\s*[%#]", line))


# --- a session -------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Model:
    """What the files say, or must say: entries by file and key, keys by spec and section."""

    entries: dict[str, dict[str, Entry]]
    lists: dict[str, list[list[str]]]

    def path_of(self, key: str) -> str | None:
        """The file of an entry."""
        return next((path for path, found in self.entries.items() if key in found), None)

    def listing(self, key: str) -> set[str]:
        """The specs that list a key."""
        return {f"dossiers/{slug}.yaml" for slug, parts in self.lists.items() if any(key in each for each in parts)}


Files = Mapping[str, bytes]


def read(files: Files) -> Model:
    """What the files say."""
    texts = {path: content.decode("utf-8") for path, content in files.items()}
    return Model(
        {path: entries(text) for path, text in texts.items() if path.endswith(".bib")},
        {Path(path).stem: lists(text) for path, text in texts.items() if path.endswith(".yaml")},
    )


def make(root: Path) -> None:
    """Three files of references and two dossiers, with comments and layouts of their own."""
    for name in ("references", "dossiers"):
        (root / name).mkdir(parents=True)
    for number, file in enumerate("abc"):
        lines = [f"% Fichier {file}, à la main\n\n"]
        for count in range(4):
            key = f"{file}{count}-2020"
            lines.append(
                f"% avant {key}\n@article{{{key},\n  author = {{Nom{number}, Prénom}},\n"
                f'  title    = {{Titre {key}}},\n\tjournaltitle="Revue {file}",\n  date = {{20{10 + count}}},\n'
                f"  zotero-x = {{tel quel {key}}}{',' if count % 2 else ''}\n}}\n\n"
            )
        text = "".join(lines)
        content = text.replace("\n", "\r\n") if file == "c" else text  # as Windows ends lines
        (root / f"references/{file}.bib").write_bytes(content.encode())
    for slug in SLUGS:
        (root / f"dossiers/{slug}.yaml").write_text(
            f"# le dossier {slug}\ntitle: Dossier {slug}\ndate: 2024-01-01\n\npublisher: 'La maison'  # entre quotes\n"
            "sections:\n  # la première\n  - title: Un\n    references:\n      - a0-2020  # d'abord\n      - b1-2020\n"
            '  - title: "Deux"\n    sort: title\n    references: [c2-2020, a3-2020]\n',
            encoding="utf-8",
        )


class Session:
    """A desk on a project, chance, and what is expected."""

    def __init__(self, root: Path, seed: int, desk: Desk, client: httpx.AsyncClient) -> None:
        self.root = root
        self.chance = random.Random(seed)
        self.desk = desk
        self.client = client
        self.past: list[tuple[str, Files, Files]] = []
        self.future: list[tuple[str, Files, Files]] = []
        self.said: list[str] = []
        self.counts: Counter[str] = Counter()
        self.untold = False
        self.number = 0
        self.subject, self.refused = "", False
        self.expected = read(self.files())

    def files(self) -> Files:
        """The files of the project as they are."""
        return {
            str(path.relative_to(self.root)): path.read_bytes()
            for folder in ("references", "dossiers")
            for path in sorted((self.root / folder).rglob("*"))
        }

    async def step(self) -> None:
        """Does something, and holds the files to what must have become of them. Raises ``AssertionError``."""
        name = self.chance.choice([name for name, weight in WEIGHTS.items() for _ in range(weight)])
        self.number += 1
        before = self.files()
        self.subject, self.refused = "", False
        touched = await DEEDS[name](self)
        after = self.files()
        self.counts[name if touched else f"{name} (nothing)"] += 1
        self.said.append(f"{self.number} {name} {sorted(touched)}")
        assert after.keys() == before.keys(), "a file came or went"
        changed = {path for path in after if after[path] != before[path]}
        assert changed <= touched, f"{sorted(changed - touched)} changed as well"
        found = read(after)
        for path, wanted in self.expected.entries.items():
            assert found.entries[path] == wanted, f"{path}: {_unlike(found.entries[path], wanted)}"
        assert found.lists == self.expected.lists
        if name not in ("undo", "redo", "outside comment"):
            for path in changed:
                lost = comments(before[path].decode()) - comments(after[path].decode())
                assert not {line for line in lost if self._must_stay(line)}, f"{path} lost {lost}"
                assert (b"\r\n" in before[path]) <= (b"\r\n" in after[path]), f"{path} lost the ends of its lines"
        if name.startswith("desk") and changed and not self.refused:
            self.done(before, after, changed, self.subject)

    def _must_stay(self, line: str) -> bool:
        """Whether a comment is of nothing that was removed."""
        return not line.startswith("% avant")

    def done(self, before: Files, after: Files, changed: set[str], subject: str) -> None:
        """Notes a step of the desk; steps of one subject that follow each other are one."""
        was, is_ = {path: before[path] for path in changed}, {path: after[path] for path in changed}
        last = self.past[-1] if self.past and not self.future else None
        if last and subject and last[0] == subject and last[2] == was:
            self.past[-1] = subject, last[1], is_
        else:
            self.past.append((subject, was, is_))
        self.future.clear()

    async def post(self, address: str, sent: Mapping[str, Any]) -> int:
        """What the desk answers, which is never a fault of its own; 200 for what leads on, too."""
        answer = await self.client.post(address, data=dict(sent))
        assert answer.status_code in (200, 303, 409, 422), f"{address}: {answer.status_code} {answer.text[-600:]}"
        return 200 if answer.status_code == 303 else answer.status_code

    # --- chances ---

    def value(self) -> str:
        """Some words; sometimes none."""
        return " ".join(self.chance.choices(WORDS, k=self.chance.randint(0, 6))).strip()

    def key(self) -> str:
        """The key of a reference, mostly; sometimes one that there is not."""
        known = [key for found in self.expected.entries.values() for key in found]
        strange = not known or self.chance.random() < 0.1
        return self.chance.choice([*known, "rien-du-tout"] if strange else known)

    # --- at the desk ---

    async def save(self) -> set[str]:
        """Saves a field as the form does, based on what the form showed."""
        key, name = self.key(), self.chance.choice(FIELDS)
        shown = (await self.client.get("/reference/fields", params={"key": key})).text
        base = re.search(rf'data-field="{name}" data-base="(\w*)"', shown)
        if self.chance.random() < 0.15:  # while somebody else writes
            await self.outside_field(key, name)
        value, path = self.value(), self.expected.path_of(key)
        now = self.expected.entries[path][key].fields if path else {}
        visit = self.chance.choice(("v1", "v2", f"v{self.number}"))
        self.subject = f"{visit} {key} {name}"
        sent = {"key": key, "field": name, "base": base[1] if base else "", "visit": visit, name: value}
        status = await self.post("/reference/save", sent)
        known = _stamp(now.get(name))
        if path is None:
            assert status == 422
            return set()
        if known in (sent["base"], _stamp(value or None)):
            assert status == 200, f"{status} for {name} of {key}"
            _set(now, name, value)
            return {path}
        assert status == 409, f"{status} over what somebody else wrote in {name} of {key}"
        self.refused = True
        return {path}

    async def new(self) -> set[str]:
        """Adds a reference."""
        key = self.key() if self.chance.random() < 0.1 else f"n{self.number}-{self.chance.randint(0, 9)}"
        path = f"references/{self.chance.choice('abc')}.bib"
        fields = {"title": f"Nouveau {self.value()}".strip(), "date": str(self.chance.randint(1990, 2030))}
        kind = self.chance.choice(TYPES)
        sent = {"type": kind, "field": list(fields), "new-key": key, "into": path, **fields}
        taken = self.expected.path_of(key)
        status = await self.post("/reference/new/add", sent)
        assert (status == 200) == (taken is None), f"{status} for {key}"
        if taken is None:
            self.expected.entries[path][key] = Entry(kind, fields)
            return {path}
        return set()

    async def delete(self) -> set[str]:
        """Deletes a reference, and takes it out of the lists or not."""
        key, with_lists = self.key(), self.chance.random() < 0.5
        path = self.expected.path_of(key)
        touched = {path, *(self.expected.listing(key) if with_lists else ())} if path else set()
        status = await self.post("/reference/delete", {"key": key, **({"lists": "1"} if with_lists else {})})
        assert (status == 200) == (path is not None), f"{status} for {key}"
        if path:
            del self.expected.entries[path][key]
            if with_lists:
                for parts in self.expected.lists.values():
                    parts[:] = [[each for each in part if each != key] for part in parts]
        return {each for each in touched if each}

    async def bulk(self) -> set[str]:
        """Gives a field to several references at once."""
        keys, value = list(dict.fromkeys(self.key() for _ in range(3))), f"lot {self.number}"
        paths = [self.expected.path_of(key) for key in keys]
        status = await self.post("/collection/chosen/field", {"keys": "\n".join(keys), "name": "note", "value": value})
        if status != 200:
            assert self.untold or None in paths, f"{status} for {keys}"
            return set()
        for key, path in zip(keys, paths, strict=True):
            if path:
                self.expected.entries[path][key].fields["note"] = value
        return {path for path in paths if path}

    async def type_(self) -> set[str]:
        """Gives a reference another type."""
        key, kind = self.key(), self.chance.choice(TYPES)
        path = self.expected.path_of(key)
        status = await self.post("/reference/type", {"key": key, "type": kind})
        assert (status == 200) == (path is not None)
        if path:
            self.expected.entries[path][key].kind = kind
            return {path}
        return set()

    async def place(self) -> set[str]:
        """Puts references into sections of a dossier, several of each."""
        slug, keys = (
            self.chance.choice(SLUGS),
            list(dict.fromkeys(self.key() for _ in range(self.chance.randint(1, 3)))),
        )
        sections = self.chance.sample(range(2), self.chance.randint(1, 2))
        sent = {"key": keys, "section": [f"sections.{each}" for each in sections]}
        status = await self.post(f"/dossier/{slug}/place", sent)
        if status != 200:
            assert self.untold or any(self.expected.path_of(key) is None for key in keys), f"{status} for {keys}"
            return set()
        for section in sections:
            part = self.expected.lists[slug][section]
            part += [key for key in keys if key not in part]
        return {f"dossiers/{slug}.yaml"}

    async def take(self) -> set[str]:
        """Takes a reference out of a section."""
        slug, section = self.chance.choice(SLUGS), self.chance.randrange(2)
        part = self.expected.lists[slug][section]
        if not part:
            return set()
        key = self.chance.choice(part)
        status = await self.post(f"/dossier/{slug}/take", {"key": key, "from": f"sections.{section}"})
        if status != 200:
            assert self.untold, f"{status} for {key}"
            return set()
        part.remove(key)
        return {f"dossiers/{slug}.yaml"}

    async def move(self) -> set[str]:
        """Moves a reference from a section to the end of another one, or of the same."""
        slug, source, target = self.chance.choice(SLUGS), self.chance.randrange(2), self.chance.randrange(2)
        parts = self.expected.lists[slug]
        if not parts[source]:
            return set()
        key = self.chance.choice(parts[source])
        sent = {"key": key, "from": f"sections.{source}", "section": f"sections.{target}"}
        status = await self.post(f"/dossier/{slug}/move", sent)
        if status != 200:
            assert self.untold, f"{status} for {key}"
            return set()
        parts[source].remove(key)
        if key not in parts[target]:
            parts[target].append(key)
        return {f"dossiers/{slug}.yaml"}

    async def undo(self) -> set[str]:
        """Undoes the last step."""
        return await self._turn("/undo", self.past, self.future, forward=False)

    async def redo(self) -> set[str]:
        """Does again what was undone."""
        return await self._turn("/redo", self.future, self.past, forward=True)

    async def _turn(self, address: str, here: list[Any], there: list[Any], *, forward: bool) -> set[str]:
        files = self.files()
        status = await self.post(address, {})
        if not here:
            assert status == 200
            return set()
        _, before, after = here[-1]
        was, will = (before, after) if forward else (after, before)
        if any(files[path] != content for path, content in was.items()):
            assert status == 409, f"{address}: {status} over what somebody else wrote"
            return set()
        assert status == 200, f"{address}: {status}"
        there.append(here.pop())
        now = self.files()
        assert all(now[path] == content for path, content in will.items()), f"{address} is not what it was"
        self.expected = read({**files, **will})
        return set(will)

    # --- outside ---

    def write(self, path: str, content: str, tell: bool | None = None) -> None:
        """Writes a file as an editor does, and lets the desk see it, or not yet."""
        place = self.root / path
        place.with_suffix(".tmp~").write_bytes(content.encode())
        place.with_suffix(".tmp~").replace(place)
        self.untold = True
        if self.chance.random() < 0.5 if tell is None else tell:
            self.tell()

    def tell(self) -> None:
        """Has the desk see what has changed."""
        self.desk.changed()
        self.untold = False

    async def outside_field(self, key: str = "", name: str = "") -> set[str]:
        """Somebody changes a value in an editor."""
        key, name = key or self.key(), name or self.chance.choice(FIELDS)
        path = self.expected.path_of(key)
        if path is None:
            return set()
        text = (self.root / path).read_bytes().decode()
        entry = entries(text)[key]
        old = entry.fields.get(name)
        if old is None:
            return set()
        value = f"dehors {self.number}"
        body = text[entry.start : entry.end]
        at = re.search(rf"[\s,{{]{name}\s*=\s*", body).end()  # type: ignore[union-attr]  # it has the field
        body = body[: at + 1] + value + body[at + 1 + len(old) :]
        self.write(path, text[: entry.start] + body + text[entry.end :])
        self.expected.entries[path][key].fields[name] = value
        return {path}

    async def outside_entry(self) -> set[str]:
        """Somebody adds an entry in an editor, or removes one."""
        path = f"references/{self.chance.choice('abc')}.bib"
        text = (self.root / path).read_bytes().decode()
        known = self.expected.entries[path]
        if known and self.chance.random() < 0.4:
            key = self.chance.choice(list(known))
            entry = entries(text)[key]
            self.write(path, text[: entry.start] + text[entry.end :])
            del known[key]
        else:
            key = f"d{self.number}"
            self.write(path, f"{text}\n@book{{{key},\n  title = {{Dehors}}\n}}\n")
            known[key] = Entry("book", {"title": "Dehors"})
        return {path}

    async def outside_comment(self) -> set[str]:
        """Somebody writes a comment in an editor, where the desk was about to write."""
        path = self.chance.choice(sorted(self.files()))
        text = (self.root / path).read_bytes().decode()
        self.write(path, f"{'#' if path.endswith('yaml') else '%'} dehors {self.number}\n{text}")
        return {path}

    async def outside_list(self) -> set[str]:
        """Somebody lists a reference in an editor."""
        slug, key = self.chance.choice(SLUGS), self.key()
        path = f"dossiers/{slug}.yaml"
        text = (self.root / path).read_text("utf-8")
        part = self.expected.lists[slug][0]
        found = re.search(r"(?<=title: Un\n)    references:\n(?=      - )", text)
        if key in part or self.expected.path_of(key) is None or found is None:
            return set()
        self.write(path, f"{text[: found.end()]}      - {key}\n{text[found.end() :]}")
        part.insert(0, key)
        return {path}

    async def look(self) -> set[str]:
        """Looks at pages, which writes nothing."""
        self.tell()
        for address in ("/collection", f"/reference?key={self.key()}", f"/dossier/{SLUGS[0]}", "/history"):
            assert (await self.client.get(address)).status_code in (200, 422)
        return set()


def _set(fields: dict[str, str], name: str, value: str) -> None:
    if value:
        fields[name] = value
    else:
        fields.pop(name, None)


def _stamp(value: str | None) -> str:
    """What a form knows a value by."""
    return "" if value is None else sha256(value.encode()).hexdigest()[:16]


def _unlike(found: Mapping[str, Entry], wanted: Mapping[str, Entry]) -> str:
    return "; ".join(
        f"{key}: {found.get(key)} for {wanted.get(key)}"
        for key in {*found, *wanted}
        if found.get(key) != wanted.get(key)
    )


DEEDS: Mapping[str, Callable[[Session], Awaitable[set[str]]]] = {
    "desk save": Session.save,
    "desk new": Session.new,
    "desk delete": Session.delete,
    "desk type": Session.type_,
    "desk bulk": Session.bulk,
    "desk place": Session.place,
    "desk take": Session.take,
    "desk move": Session.move,
    "undo": Session.undo,
    "redo": Session.redo,
    "outside field": lambda session: session.outside_field(),
    "outside entry": Session.outside_entry,
    "outside comment": Session.outside_comment,
    "outside list": Session.outside_list,
    "look": Session.look,
}
WEIGHTS: Mapping[str, int] = {
    **dict.fromkeys(DEEDS, 2),
    "desk save": 10,
    "undo": 5,
    "redo": 3,
    "look": 1,
    "outside entry": 1,
    "outside comment": 1,
}


# --- the whole of it -------------------------------------------------------------------------------------------------


async def _session(root: Path, seed: int, until: Callable[[int], bool]) -> Session:
    desk, door = Desk(root, "fr"), Door(TOKEN, (HOST,), 8017, "fr")
    transport = httpx.ASGITransport(application(desk, door), raise_app_exceptions=False)
    headers = {"origin": f"http://{HOST}", "cookie": f"{door.cookie}={TOKEN}"}
    async with httpx.AsyncClient(transport=transport, base_url=f"http://{HOST}", headers=headers) as client:
        session = Session(root, seed, desk, client)
        try:
            while until(session.number):
                await session.step()
            session.tell()
            for slug in SLUGS:  # by the project that the desk has kept, and by one that has just been opened
                await desk.labour(build, slug, Request(root / "kept", ("html",), force=True))
        except AssertionError as error:
            last = "\n".join(session.said[-8:])
            raise AssertionError(f"seed {seed}, after {session.number} deeds: {error}\n{last}") from error
        finally:
            await asyncio.to_thread(desk.close)
    return session


def run(seed: int, until: Callable[[int], bool]) -> Counter[str]:
    """A session for as long as ``until`` wants, told how much was done; what was done, and how often.

    Raises ``AssertionError`` for anything that is not as the oracle says, or a build that is not that of a cold one.
    """
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "projet"
        make(root)
        session = asyncio.run(_session(root, seed, until))
        kept = {path.name: path.read_bytes() for path in (root / "kept").glob("*.html")}
        cold = Path(folder) / "froid"
        shutil.copytree(root, cold, ignore=shutil.ignore_patterns("kept"))
        for slug in SLUGS:
            build(Project(cold), slug, Request(cold / "build", ("html",), force=True))
        made = {path.name: path.read_bytes() for path in (cold / "build").glob("*.html")}
        assert made == kept, f"seed {seed}: the pages are not those of a cold build"
        left = [
            str(path)
            for path in root.rglob("*")
            if path.is_file() and path.suffix not in (".bib", ".yaml", ".html", ".json")
        ]
        assert not [path for path in left if "kept" not in path], left
    return session.counts


def main() -> int:
    """Runs sessions, each of some hundred deeds, until the time is over."""
    parser = argparse.ArgumentParser(prog="python -m robustness.sessions", description=__doc__)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    end, seed, counts = time.monotonic() + options.seconds, options.seed, Counter[str]()
    while time.monotonic() < end:
        try:
            counts += run(seed, lambda number: number < 300 and time.monotonic() < end)
        except AssertionError as error:
            print(error, file=sys.stderr)
            return 1
        seed += 1
    done = ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
    print(f"{counts.total()} deeds in {seed - options.seed} sessions, all as the oracle says: {done}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
