"""A small project to do harm to: one dossier, one reference, a secret beside it, and a listener on the loopback."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

SECRET = "canari-7f3a91c2"
SLUG = "essai"

FIELDS: Mapping[str, str] = {
    "title": "Un titre",
    "author": "Le Bodo, Yann",
    "journaltitle": "Une revue",
    "volume": "18",
    "date": "2019-03",
    "pages": "135-147",
    "annotation": "Un résumé.",
    "annotationsource": "éditeur",
    "url": "https://example.org/article",
}
SPEC: Mapping[str, str] = {
    "title": "Essai",
    "subtitle": "Un sous-titre",
    "event": "Une journée",
    "date": "2024-06-01",
    "publisher": "La maison",
    "description": "Un sujet",
    "closing": "Voir https://example.org/ pour la suite.",
}


@dataclass(frozen=True, slots=True)
class Atelier:
    """The project in ``root``; ``vault`` holds the secret in several kinds of files; ``port`` is the listener's."""

    root: Path
    vault: Path
    port: int

    @property
    def bib(self) -> Path:
        """The file of references."""
        return self.root / "references" / "essai.bib"

    @property
    def spec(self) -> Path:
        """The dossier's spec."""
        return self.root / "dossiers" / f"{SLUG}.yaml"

    @property
    def style(self) -> Path:
        """The folder of the project's own style, which ``own_style`` makes."""
        return self.root / "styles" / "maison"

    def write_bib(self, key: str = "essai-1", **fields: str) -> None:
        """Writes the reference, with some fields instead of its own."""
        lines = [f"  {name.replace('_', '-')} = {{{value}}},\n" for name, value in {**FIELDS, **fields}.items()]
        text = f"@article{{{key},\n{''.join(lines)}}}\n"
        self.bib.write_text(text, encoding="utf-8", errors="surrogatepass")

    def write_spec(self, keys: str = "essai-1", section: str = "Une section", style: str = "", **texts: str) -> None:
        """Writes the spec, with some texts instead of its own; they are quoted, as YAML asks."""
        lines = [f"{name}: {quoted(value)}\n" for name, value in {**SPEC, **texts}.items()]
        lines += [f"style: {style}\n"] if style else []
        lines += ["sections:\n", f"  - title: {quoted(section)}\n", f"    references: [{quoted(keys)}]\n"]
        self.spec.write_text("".join(lines), encoding="utf-8")

    def write_letter(self, text: str, style: str = "cres") -> None:
        """Writes a newsletter that has ``text`` wherever a spec or a theme may hold words, or an address."""
        said = quoted(text)
        (self.bib.parent / "themes.yaml").write_text(f"cls: {{fr: {said}, en: {said}}}\n", encoding="utf-8")
        self.write_bib(keywords="cls", audience=text, territory=text, added="2024-05-01")
        lines = [f"{name}: {quoted(value)}\n" for name, value in {**SPEC, "closing": text, "edition": text}.items()]
        self.spec.write_text(
            "".join(lines)
            + f"kind: newsletter\nstyle: {style}\n"
            + "numbering: true\nacronyms: true\nwhats_new: 2024-01-01\n"
            + "indexes: [people, bodies, journals, themes, territories]\n"
            + f"sections:\n  - title: {said}\n    select: {{theme: cls}}\n    group_by: audience\n    counts: true\n"
            + f"    intro: {said}\n"
            + f"    links: [{{label: {said}, url: {said}, details: {said}}}]\n"
            + f"    items: [{{title: {said}, text: {said}, url: {said}, label: {said}}}]\n"
            + f"    agenda: [{{title: {said}, date: 2024-07-01, place: {said}, text: {said}, url: {said}}}]\n",
            encoding="utf-8",
        )

    def own_style(self, *, page: str = "", screen: str = "", email: str = "", more: str = "") -> None:
        """Makes a style of the project's own on top of ``sobre``, and the spec ask for it."""
        self.style.mkdir(parents=True, exist_ok=True)
        (self.style / "style.yaml").write_text(f"title: Maison\nextends: sobre\n{more}", encoding="utf-8")
        (self.style / "page.css").write_text(page, encoding="utf-8")
        (self.style / "screen.css").write_text(screen or page, encoding="utf-8")
        (self.style / "email.css").write_text(email, encoding="utf-8")
        self.write_spec(style="maison")


def quoted(value: str) -> str:
    """A string as YAML quotes it, with escapes for whatever is not ASCII: JSON's way, which YAML takes over."""
    return json.dumps(value)


def make(folder: Path, port: int = 9) -> Atelier:
    """Makes the project, and its secret, in an empty folder."""
    atelier = Atelier(folder / "atelier-5b21", folder / "coffre", port)
    for path in (atelier.bib.parent, atelier.spec.parent, atelier.vault):
        path.mkdir(parents=True)
    (atelier.vault / "secret.txt").write_text(SECRET, encoding="utf-8")
    (atelier.vault / "secret.css").write_text(f'h1::after {{ content: "{SECRET}" }}\n', encoding="utf-8")
    (atelier.vault / "secret.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20"><text y="15">{SECRET}</text></svg>', "utf-8"
    )
    (atelier.vault / "secret.bib").write_text(f"@book{{secret, title = {{{SECRET}}}}}\n", encoding="utf-8")
    atelier.write_bib()
    atelier.write_spec()
    return atelier


class Listener:
    """Listens on a port of the loopback and counts who calls."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self.calls = 0
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                self.calls += 1
                connection.close()

    def close(self) -> None:
        """Stops listening."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(timeout=5)


@contextmanager
def listening() -> Iterator[Listener]:
    """A listener for as long as the block lasts."""
    listener = Listener()
    try:
        yield listener
    finally:
        listener.close()
