"""A session: a desk on a project, chance, and what is expected of the files after each thing done."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

import httpx

from biblio.server.desk import Desk
from robustness.sessions.oracle import Files, comments, line_ends, read, specs_alike, unlike

WORDS = (
    "santé ville contrat école quartier {INSERM} n° l'État 2019 – « mot » ça œuvre A, B ; c & d_e 50 % # ~ $x$".split(
        " "
    )
)
# Things done after which comments may be gone: what is written is a text that was there before.
_WHOLE = ("undo", "redo", "desk restore", "outside comment")
# Those that take something out of a dossier, with the comment that is about it.
_REMOVING = ("desk delete", "desk unite", "desk rename", "desk take", "desk move", "desk remove section")


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
        self.unseen: set[str] = set()  # keys of entries that the desk has not been told of
        self.number = 0
        self.subject, self.refused = "", False
        self.backup: tuple[bytes, Files] | None = None
        self.expected = read(self.files())

    def files(self) -> Files:
        """The files of the project as they are."""
        return {
            str(path.relative_to(self.root)): path.read_bytes()
            for folder in ("references", "dossiers")
            for path in sorted((self.root / folder).rglob("*"))
        }

    async def do(self, name: str, deed: Deed) -> None:
        """Does something, and holds the files to what must have become of them. Raises ``AssertionError``."""
        self.number += 1
        before = self.files()
        self.subject, self.refused = "", False
        touched = await deed(self)
        after = self.files()
        self.counts[name if touched else f"{name} (nothing)"] += 1
        self.said.append(f"{self.number} {name} {sorted(touched)}")
        assert after.keys() == before.keys(), "a file came or went"
        changed = {path for path in after if after[path] != before[path]}
        assert changed <= touched, f"{sorted(changed - touched)} changed as well"
        found = read(after)
        for path, wanted in self.expected.entries.items():
            assert found.entries[path] == wanted, f"{path}: {unlike(found.entries[path], wanted)}"
        assert specs_alike(found.specs, self.expected.specs), f"{found.specs} for {self.expected.specs}"
        if name not in _WHOLE:
            for path in changed:
                lost = comments(path, before[path].decode()) - comments(path, after[path].decode())
                assert not lost or (name in _REMOVING and path.endswith(".yaml")), f"{path} lost {lost}"
                assert (b"\r\n" in before[path]) <= (b"\r\n" in after[path]), f"{path} lost the ends of its lines"
                if name.startswith("desk"):
                    assert line_ends(after[path]) <= line_ends(before[path]), f"{path} has other ends of lines"
        if name.startswith("desk") and changed and not self.refused:
            self._done(before, after, changed)

    def _done(self, before: Files, after: Files, changed: set[str]) -> None:
        """Notes a step of the desk; steps of one subject that follow each other are one."""
        was, is_ = {path: before[path] for path in changed}, {path: after[path] for path in changed}
        last = self.past[-1] if self.past and not self.future else None
        if last and self.subject and last[0] == self.subject and last[2] == was:
            self.past[-1] = self.subject, last[1], is_
        else:
            self.past.append((self.subject, was, is_))
        self.future.clear()

    # --- asking ---

    async def post(self, address: str, sent: Mapping[str, Any]) -> int:
        """What the desk answers, which is never a fault of its own; 200 for what leads on, too."""
        return (await self.sent(address, sent))[0]

    async def sent(
        self, address: str, sent: Mapping[str, Any], file: tuple[str, bytes] | None = None
    ) -> tuple[int, str]:
        """The same, with a file, and where the answer leads."""
        name, content = file or ("", b"")
        files = {"files" if address == "/import" else "file": (name, content)} if file else None
        answer = await self.client.post(address, data=dict(sent), files=files)
        assert answer.status_code in (200, 303, 409, 422), f"{address}: {answer.status_code} {answer.text[-600:]}"
        return 200 if answer.status_code == 303 else answer.status_code, answer.headers.get("location", "")

    async def shown(self, address: str) -> str:
        """A page."""
        answer = await self.client.get(address)
        assert answer.status_code == 200, f"{address}: {answer.status_code} {answer.text[-600:]}"
        return answer.text

    # --- chances ---

    def value(self) -> str:
        """Some words; sometimes none."""
        return " ".join(self.chance.choices(WORDS, k=self.chance.randint(0, 6))).strip()

    def key(self) -> str:
        """The key of a reference, mostly; sometimes one that there is not."""
        known = [key for key in self.expected.citekeys() if key not in self.unseen]
        strange = not known or self.chance.random() < 0.1
        return self.chance.choice([*known, "rien-du-tout"] if strange else known)

    # --- outside ---

    def write(self, path: str, content: str) -> None:
        """Writes a file as an editor does, and lets the desk see it, or not yet."""
        place = self.root / path
        place.with_suffix(".tmp~").write_bytes(content.encode())
        place.with_suffix(".tmp~").replace(place)
        self.untold = True
        if self.chance.random() < 0.5:
            self.tell()

    def tell(self) -> None:
        """Has the desk see what has changed."""
        if self.untold:
            self.desk.changed()
        self.untold = False
        self.unseen.clear()


# Something done: it gives the files that it may have changed, and has noted what they must say.
Deed = Callable[[Session], Awaitable[set[str]]]


def version_in(text: str) -> str:
    """The version of the project that a page shows, which its forms send."""
    found = re.search(r'name="version" value="(\d+)"', text)
    assert found, text[-1500:]
    return found[1]
