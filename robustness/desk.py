"""Figure 9: hostile values at every door of the desk, and every vector on the pages that look at a project."""

from __future__ import annotations

import ast
import asyncio
import hashlib
import inspect
import re
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import parse_qs, quote, urlsplit

import httpx
from starlette.routing import Route

from biblio.build.resident import Place
from biblio.online.wire import Reply, Wire
from biblio.server import guard
from biblio.server.app import SCREENS, application
from biblio.server.desk import Desk
from biblio.server.entry import stamp
from biblio.server.guard import Door
from biblio.server.inspection import Inspector
from biblio.server.laid_out import Page, Pages
from biblio.server.workshop import Workshop
from biblio.words.faults import BiblioError, diagnose
from robustness.atelier import FIELDS, SECRET, SLUG, Atelier, listening, make
from robustness.figure import OWN_FAULT, Figure
from robustness.leaks import private_paths, watching
from robustness.vectors import ADDRESSES, CITEKEYS, MARKUP, VECTORS, filled

TOKEN, HOST = "jeton-de-la-mesure", "127.0.0.1:8017"

# --- what is sent ----------------------------------------------------------------------------------------------------

# What is typed where a page that forgets to escape is left: the element must never be one.
CANARY = "canari"
ESCAPES: Mapping[str, str] = {
    "in a text": f"<{CANARY}>",
    "in an attribute": f'"><{CANARY} a="',
    "in an attribute, other quote": f"'><{CANARY} a='",
    "as an attribute": f'" on{CANARY}="alert(1)" x="',
    "in a form": f"</textarea></option></select></title><{CANARY}>",
    "in a program": f"</script></style></template></noscript><{CANARY}>",
    "in a comment": f"--><{CANARY}><!--",
    "in a frame": f"</iframe></object></svg></math><{CANARY}>",
}
PATHS: Mapping[str, str] = {
    "up": "../../../coffre/secret.txt",
    "up, in the folder of references": "references/../../coffre/secret.bib",
    "up, escaped": "..%2f..%2fcoffre%2fsecret.txt",
    "up, escaped twice": "%252e%252e%252fcoffre%252fsecret",
    "up, backslashes": "..\\..\\coffre\\secret.txt",
    "whole": "<PATH>.txt",
    "address of a file": "<FILE>.bib",
    "a spec outside": "../../coffre/secret",
    "nul": "essai\0.yaml",
    "dot": ".",
    "two dots": "..",
    "two strokes": "//127.0.0.1:9/x",
    "a device": "/dev/zero",
    "a device of Windows": "con.yaml",
    "a hidden folder": ".git/config",
    "very long": "a" * 5000,
}
ODD_VALUES: Mapping[str, str] = {
    "nothing": "",
    "a blank": " ",
    "new lines": "a\r\nSet-Cookie: x=y\r\n\r\n<b>",
    "half a character": "\ud800",
    "steering": "a\u202eb\x1b[31m\x00\x07",
    "a huge number": "9" * 5000,
    "a negative number": "-1",
    "a number of another script": "٣",
    "not a number": "NaN",
    "a list": "[1, 2, {}]",
    "braces": "}}}{{{",
    "yaml": "!!python/object/apply:os.system ['id']",
    "many brackets": "(" * 3000,
    "a formula": "=cmd|' /C calc'!A0",
}
VALUES: Mapping[str, str] = {
    **{f"escape: {name}": text for name, text in ESCAPES.items()},
    **{f"path: {name}": text for name, text in PATHS.items()},
    **{f"odd: {name}": text for name, text in ODD_VALUES.items()},
    **{f"markup: {name}": text for name, text in MARKUP.items()},
    **{f"citekey: {name}": text for name, text in CITEKEYS.items()},
    **{f"address: {name}": text for name, text in ADDRESSES.items()},
}
# What a page of the desk would send, so that a hostile value meets all that comes behind the first question.
GOOD: Mapping[str, str] = {
    "key": "essai-1",
    "keys": "essai-1",
    "do": "theme",
    "word": "cls",
    "slug": SLUG,
    "dossier": SLUG,
    "field": "title",
    "name": "title",
    "base": stamp(FIELDS["title"]),
    "title": FIELDS["title"],
    "type": "article",
    "section": "sections.0",
    "from": "sections.0",
    "index": "0",
    "number": "0",
    "pasted": "TY  - JOUR\nTI  - Un autre titre\nER  - \n",
    "view": "html",
    "with": "nothing",
    "lang": "fr",
}
# Headers of a request that an answer may look at.
HEADERS = ("accept-language", "referer", "hx-current-url", "hx-target", "hx-trigger", "user-agent", "range")


@dataclass(frozen=True, slots=True)
class Entrance:
    """A route of a screen: its path, how it is asked, and the names that it looks for in what it is sent."""

    path: str
    method: str
    names: tuple[str, ...]

    def address(self, values: Mapping[str, str]) -> str:
        """The path with values in the places of its parameters."""
        filling = {name: quote(value, safe="", errors="replace") for name, value in values.items()}
        return re.sub(r"{(\w+)(?::\w+)?}", lambda place: filling.get(place[1], SLUG), self.path)


@cache
def entrances() -> Sequence[Entrance]:
    """All the routes of all the screens."""
    found = []
    for route in (route for routes in SCREENS for route in routes):
        assert isinstance(route, Route)
        asked = _names(route.endpoint, set())
        names = tuple(sorted({*asked, *(("title",) if "field" in asked else ()), *re.findall(r"{(\w+)", route.path)}))
        found += [Entrance(route.path, method, names) for method in sorted((route.methods or set()) - {"HEAD"})]
    return tuple(found)


def _names(function: Callable[..., object], seen: set[object]) -> Collection[str]:
    """The names that a function, and what it calls of the desk's, asks a query or a form for."""
    seen.add(function)
    found: set[str] = set()
    for node in ast.walk(ast.parse(inspect.getsource(function))):
        if isinstance(node, ast.Call):
            found.update(_strings(node.args))
        elif isinstance(node, ast.Subscript):
            found.update(_strings([node.slice]))
        elif isinstance(node, ast.Tuple):
            found.update(_strings(node.elts))
        elif isinstance(node, ast.Name):
            called = function.__globals__.get(node.id)
            if isinstance(called, tuple):
                found.update(each for each in called if isinstance(each, str))
            if inspect.isfunction(called) and called not in seen and called.__module__.startswith("biblio.server."):
                found.update(_names(called, seen))
    return found


def _strings(nodes: Sequence[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch("[a-z][a-z-]*", node.value):
            yield node.value


# --- what is answered ------------------------------------------------------------------------------------------------

ADDRESSED = frozenset("href src action formaction data poster srcset background cite hx-get hx-post xlink:href".split())
NEVER = frozenset({CANARY, "base", "object", "embed", "applet", "style", "frame", "math"})
_OURS = re.compile(r"(?![/\\]{2})[/#?]|$")
_SAFE = ("http://", "https://", "mailto:")
_ORDERS = re.compile("[\x00-\x1f\x7f]")


class _Elements(HTMLParser):
    """Collects what no template of the desk has."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.hidden: dict[str, str] = {}
        self._script: dict[str, str | None] | None = None

    def handle_data(self, data: str) -> None:
        """Looks at a text: no program is typed into a page."""
        if self._script is not None and data.strip() and self._script.get("type") != "application/json":
            self.found.append(f"the program {data[:60]}")

    def handle_endtag(self, tag: str) -> None:
        """Leaves an element."""
        self._script = None if tag == "script" else self._script

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Looks at one element."""
        attributes = dict(attrs)
        self._script = attributes if tag == "script" else self._script
        if tag == "input" and attributes.get("type") == "hidden":
            self.hidden[attributes.get("name") or ""] = attributes.get("value") or ""
        self.hidden.update({name.removeprefix("data-"): value or "" for name, value in attrs if name == "data-digest"})
        if tag in NEVER or (tag == "meta" and "http-equiv" in attributes):
            self.found.append(f"the element {tag}")
        if tag in {"script", "link"} and not (attributes.get("src") or attributes.get("href") or "/").startswith("/"):
            self.found.append(f"a {tag} of {attributes}")
        for name, value in attrs:
            if name.startswith("on") or name == "style" or CANARY in name:
                self.found.append(f"the attribute {name}")
            is_link = tag == "a" and name == "href" and (value or "").startswith(_SAFE)
            if name in ADDRESSED and not is_link and not _OURS.match(value or ""):
                self.found.append(f"{name} of {tag}: {value}")


def faults_of(answer: httpx.Response, private: Collection[str]) -> list[str]:
    """What is wrong with an answer, in words."""
    found = []
    text = answer.text
    if answer.status_code >= 500 or (answer.status_code >= 400 and OWN_FAULT.search(text)):
        found.append(f"status {answer.status_code}")
    policy = answer.headers.get("content-security-policy", "")
    if not policy.startswith("default-src 'none';") or "unsafe" in policy.replace("style-src 'unsafe-inline'", ""):
        found.append(f"the policy {policy!r}")
    if answer.headers.get("x-content-type-options") != "nosniff":
        found.append("no nosniff")
    onward = [answer.headers.get(name, "") for name in ("location", "hx-redirect", "hx-location", "hx-push-url")]
    found += [f"sent on to {each}" for each in onward if not _OURS.match(each.removeprefix(f"http://{HOST}"))]
    found += [f"the header {name}: {value!r}" for name, value in answer.headers.items() if _ORDERS.search(value)]
    found += [f"{word} in the answer" for word in (SECRET, *private) if word in text]
    if answer.headers.get("content-type", "").startswith("text/html") and policy == guard.POLICY:
        found += elements_of(text).found
    return found


def elements_of(text: str) -> _Elements:
    """What there is to say of the elements of a page."""
    elements = _Elements()
    elements.feed(text)
    elements.close()
    return elements


# --- a desk that is asked --------------------------------------------------------------------------------------------


def _beside(text: str) -> Callable[..., Awaitable[object]]:
    """Stands for the process beside the desk, whose layouts figure 6 looks at: one page, with a text in its places."""

    async def do(workshop: Workshop, name: str, *arguments: Any) -> object:
        if name == "inspect":
            return await asyncio.to_thread(Inspector(workshop._root).inspect, *arguments)
        box = (0.0, 0.0, 1.0, 1.0)
        places = Place("notice", text, text, box), Place("heading", text, text, box)
        return Pages((Page("d", 600, 800, places),), (), stale=False) if name == "look" else b""

    return do


def _offline(*_: object) -> Reply:
    """Stands for the network, of which pages ask by a click: who asks is told that there is none."""
    raise BiblioError(diagnose("E153", host="–", reason="offline"))


@dataclass(slots=True)
class Attempt:
    """A desk on a project, and what got through so far."""

    client: httpx.AsyncClient
    private: Collection[str]
    good: dict[str, str] = field(default_factory=lambda: dict(GOOD))
    leaks: list[str] = field(default_factory=list)
    answered: set[tuple[str, str]] = field(default_factory=set)

    async def ask(self, entrance: Entrance, values: Mapping[str, str], hostile: str, **more: str) -> None:
        """Asks once, and looks at the answer. ``more`` are headers."""
        headers = {name.replace("_", "-").encode(): _header(value) for name, value in more.items()}
        sent = {name: _sendable(value) for name, value in values.items()}
        address = entrance.address(sent)
        if entrance.method == "GET":
            answer = await self.client.get(address, params=sent, headers=headers)
        else:
            answer = await self.client.post(address, data=sent, headers=headers)
        self._look(entrance, answer, hostile)

    async def upload(self, entrance: Entrance, name: str, content: bytes, hostile: str) -> None:
        """Sends a file under each of the names that the entrance looks for."""
        if entrance.method == "POST":
            sent = self.for_(entrance)
            files = [(each, (_sendable(name), content)) for each in entrance.names if each not in sent]
            answer = await self.client.post(entrance.address(sent), data=sent, files=files)
            self._look(entrance, answer, hostile)
            onward = parse_qs(urlsplit(answer.headers.get("location", "")).query)
            self.good.update({each: values[0] for each, values in onward.items() if each == "id"})

    def for_(self, entrance: Entrance) -> dict[str, str]:
        """What a page of the desk would send there."""
        return {name: value for name, value in self.good.items() if name in entrance.names}

    async def learn(self) -> None:
        """Takes from the pages what they would send on: the state of what they show."""
        for address in ("/import?id=" + self.good.get("id", ""), f"/dossier/{SLUG}/tree"):
            hidden = elements_of((await self.client.get(address)).text).hidden
            self.good.update({name: value for name, value in hidden.items() if name in ("digest", "version")})

    def _look(self, entrance: Entrance, answer: httpx.Response, hostile: str) -> None:
        if answer.status_code not in (404, 405):
            self.answered.add((entrance.method, entrance.path))
        told = f"{entrance.method} {entrance.path} {hostile}"
        self.leaks += [f"{told}: {fault}" for fault in faults_of(answer, self.private)]


def _sendable(value: str) -> str:
    return value.encode("utf-8", "replace").decode()


def _header(value: str) -> bytes:
    """What may stand in a header at all: the protocol refuses the rest."""
    return _ORDERS.sub(" ", _sendable(value)).strip().encode()[:2000]


@asynccontextmanager
async def attempt_at(atelier: Atelier) -> AsyncIterator[Attempt]:
    """The desk of a project, which a page of its own asks."""
    desk = Desk(atelier.root, "fr")
    door = Door(TOKEN, (HOST,), 8017, "fr")
    transport = httpx.ASGITransport(application(desk, door), raise_app_exceptions=False)
    headers = {"origin": f"http://{HOST}", "cookie": f"{door.cookie}={TOKEN}"}
    try:
        async with httpx.AsyncClient(transport=transport, base_url=f"http://{HOST}", headers=headers) as client:
            yield Attempt(client, private_paths(atelier))
    finally:
        await asyncio.to_thread(desk.close)


def digests(folder: Path, but: Path) -> Mapping[str, str]:
    """What stands in a folder outside of a project within it."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        for path in folder.rglob("*")
        if not path.is_relative_to(but)
    }


async def _values(attempt: Attempt, text: str, alone: bool) -> None:
    """One hostile value: in everything at once, then in each of what is sent, and in what is behind an address."""
    for entrance in sorted(entrances(), key=lambda each: each.method):
        if entrance.method == "POST":
            await attempt.learn()
        good = attempt.for_(entrance)
        await attempt.ask(entrance, dict.fromkeys(entrance.names, text), "everywhere")
        await attempt.ask(entrance, good, "in a header", **dict.fromkeys(HEADERS, text))
        await attempt.upload(entrance, text, text.encode("utf-8", "replace"), "as a file")
        for name in entrance.names if alone else ():
            await attempt.ask(entrance, {**good, name: text}, f"in {name}")


async def _pages(attempt: Attempt) -> None:
    """Looks at a project from everywhere."""
    for entrance in entrances():
        if entrance.method == "GET":
            await attempt.ask(entrance, attempt.for_(entrance), "looked at")


async def _attempt(name: str, atelier: Atelier, alone: bool) -> Attempt:
    if name in VALUES:
        text = filled(VALUES[name], atelier)
        async with attempt_at(atelier) as attempt:
            await _values(attempt, text, alone)
            await _pages(attempt)  # with what has been written meanwhile
    else:
        VECTORS[name](atelier)
        async with attempt_at(atelier) as attempt:
            await _pages(attempt)
    return attempt


def try_desk(name: str, *, alone: bool = False) -> Attempt:
    """What a hostile value, or a vector, got through; ``alone``: every name by itself as well."""
    with tempfile.TemporaryDirectory() as folder, listening() as listener:
        atelier = make(Path(folder), listener.port)
        before = digests(Path(folder), atelier.root)
        text = _sendable(filled(VALUES.get(name, ""), atelier))
        beside, network = mock.patch.object(Workshop, "do", _beside(text)), mock.patch.object(Wire, "send", _offline)
        names = mock.patch("biblio.online.setup.resolved", _offline)
        with beside, network, names, watching() as watch:
            attempt = asyncio.run(_attempt(name, atelier, alone))
        vault = atelier.vault.resolve()
        attempt.leaks += [f"opened {path}" for path in watch.opened if Path(path).resolve().is_relative_to(vault)]
        attempt.leaks += [f"called {event}" for event in watch.called if event.startswith("socket.")]
        attempt.leaks += [f"{listener.calls} connections"] if listener.calls else []
        attempt.leaks += ["something is written outside"] if digests(Path(folder), atelier.root) != before else []
        return attempt


# The values whose every place is tried by itself; what is behind the others differs by its words alone.
ALONE = ("escape", "path", "odd")


def _words(name: str) -> tuple[list[str], set[tuple[str, str]]]:
    try:
        attempt = try_desk(name, alone=name.startswith(ALONE))
    except Exception as error:  # noqa: BLE001  # whatever escapes is what is looked for
        return [f"{name}: {type(error).__name__}: {error}"], set()
    return [f"{name}: {leak}" for leak in dict.fromkeys(attempt.leaks)], attempt.answered


def measure(workers: int) -> Figure:
    """Tries every value at every door, and every vector before every page."""
    with ProcessPoolExecutor(workers) as pool:
        found = list(pool.map(_words, (*VALUES, *VECTORS)))
    short = [words for leaks, _ in found for words in leaks]
    doors = {(each.method, each.path) for each in entrances()}
    silent = doors - {door for _, answered in found for door in answered}
    short += [f"{method} {path} never answered" for method, path in sorted(silent)]
    return Figure(
        "the desk",
        "every door, 0 leaks, 0 sockets, 0 writes outside",
        f"{len(VALUES)} values × {len(doors)} doors, {len(VECTORS)} vectors on its pages, {len(short)} leaks",
        not short,
        tuple(short),
    )
