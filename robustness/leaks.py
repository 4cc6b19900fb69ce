"""Builds a project while watching what it opens and calls, then searches the outputs for what should not be there."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pypdfium2
import weasyprint  # noqa: F401  # its import asks other programs where libraries are; what follows must not

from biblio.build.pipeline import Request, build
from biblio.build.preview import preview
from biblio.outputs.html import find_script
from biblio.project.project import Project
from biblio.report.terminal import notice_text
from biblio.report.text import as_text
from biblio.words.faults import BiblioError
from robustness.atelier import SECRET, SLUG, Atelier

SAFE = ("http://", "https://", "mailto:")
# What the page is made of; anything else came out of a text.
TAGS = frozenset(
    "html head meta title style body header nav main footer section h1 h2 h3 h4 h5 h6 p ul ol li a span em strong sup "
    "sub q br time div table tr td abbr details summary form label input select option button script".split()
)
ATTRIBUTES = frozenset(
    "lang charset name content http-equiv class id href data-target aria-labelledby datetime "
    "role style width align border cellpadding cellspacing dir title type for value hidden tabindex autocomplete "
    "download aria-label aria-hidden data-at data-none data-one data-some data-copy data-copied data-failed data-name "
    "data-type".split()
)
# The references to take away are in the page itself.
TAKEN_AWAY = re.compile(r"data:application/zip;base64,([\w+/=]*)")
# What a style inside an element could bring from elsewhere.
FETCHING = re.compile(
    r"url\s*\(|@import|expression|image-set|imageloader|behavior|-moz-binding|-o-link|\\\\", re.IGNORECASE
)
ACTIONS = ("/JavaScript", "/JS", "/Launch", "/GoToR", "/GoToE", "/SubmitForm", "/ImportData", "/Movie", "/RichMedia")
# Characters that steer a display or a terminal, and say nothing.
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(slots=True)
class Watch:
    """What Python was asked to open, and every attempt at a network or another program."""

    opened: list[str] = field(default_factory=list)
    called: list[str] = field(default_factory=list)


_watching: list[Watch] = []


def _audit(event: str, arguments: tuple[object, ...]) -> None:
    if not _watching:
        return
    if event == "open" and isinstance(arguments[0], str | bytes | os.PathLike):
        _watching[-1].opened.append(os.fsdecode(arguments[0]))
    elif event in ("socket.connect", "socket.getaddrinfo", "socket.sendto", "subprocess.Popen", "os.system"):
        _watching[-1].called.append(event)


@contextmanager
def watching() -> Iterator[Watch]:
    """Listens to the interpreter's audit events (PEP 578) for as long as the block lasts."""
    if not getattr(sys, "_robustness_audit", False):
        sys.addaudithook(_audit)  # for good: there is no way to take a hook away
        sys._robustness_audit = True  # type: ignore[attr-defined]
    watch = Watch()
    _watching.append(watch)
    try:
        yield watch
    finally:
        _watching.remove(watch)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build gave: its files, a notice as shown on a terminal, the messages, and what it opened and called.

    Only a newsletter has an e-mail.
    """

    pdf: bytes
    html: str
    email: str
    shown: str
    messages: str
    watch: Watch


def outcome_of(atelier: Atelier) -> Outcome:
    """Builds the dossier in both formats and shows each of its notices. Faults become messages."""
    folder = atelier.root / "build"
    messages: list[str] = []
    shown: list[str] = []
    with watching() as watch:
        project = Project(atelier.root)
        try:
            is_letter = "\nkind: newsletter\n" in atelier.spec.read_text("utf-8", "replace")
            formats = ("pdf", "html", "email") if is_letter else ("pdf", "html")
            built = build(project, SLUG, Request(folder, formats, force=True))
            messages.append(as_text(built.diagnostics, {}, "fr"))
        except BiblioError as error:
            messages.append(as_text([error.diagnostic], {}, "fr"))
        for key in project.library.value.citekeys:
            try:
                shown.append(notice_text(preview(project, key, "").notice, colour=False))
            except BiblioError as error:
                messages.append(as_text([error.diagnostic], {}, "fr"))
    pdf, html, email = (folder / f"{SLUG}{ending}" for ending in (".pdf", ".html", ".email.html"))
    return Outcome(
        pdf.read_bytes() if pdf.exists() else b"",
        html.read_text("utf-8") if html.exists() else "",
        email.read_text("utf-8") if email.exists() else "",
        "".join(shown),
        "".join(messages),
        watch,
    )


def leaks_of(atelier: Atelier, outcome: Outcome) -> list[str]:
    """Everything that got through, in words; nothing for a good build."""
    found = [f"opened {path}" for path in outcome.watch.opened if _inside(path, atelier.vault)]
    found += [f"called {event}" for event in outcome.watch.called]
    for name, text in (("preview", outcome.shown), ("messages", outcome.messages)):
        if SECRET in text:
            found.append(f"the secret in the {name}")
        found += [f"a steering character in the {name}"] if STEERING.search(text) else []
    for page in (outcome.html, outcome.email):
        found += html_leaks(page, atelier) if page else []
    if outcome.html and not POLICY.search(outcome.html):
        found.append("no policy that keeps a browser from loading what a sheet names")
    if outcome.pdf:
        found += pdf_leaks(outcome.pdf, atelier)
    return found


def _inside(path: str, folder: Path) -> bool:
    return Path(path).resolve().is_relative_to(folder.resolve())


def private_paths(atelier: Atelier) -> tuple[str, ...]:
    """What would tell where on the machine a file was made."""
    places = {str(atelier.root), str(Path.cwd()), str(Path.home()), str(Path(__file__).parents[1])}
    return tuple(sorted(place for place in places if len(place) > len(tempfile.gettempdir())))


POLICY = re.compile(r"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';")


class _Elements(HTMLParser):
    """Collects what is wrong with the elements of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._in_script = False

    def handle_data(self, data: str) -> None:
        """Looks at a text: a script is that of the program, to the letter."""
        if self._in_script and data.strip() != find_script().strip():
            self.found.append(f"the script {data[:60]}")

    def handle_endtag(self, tag: str) -> None:
        """Leaves an element."""
        self._in_script = self._in_script and tag != "script"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Looks at one element."""
        self._in_script = tag == "script"
        if tag not in TAGS:
            self.found.append(f"the element {tag}")
        for name, value in attrs:
            if name not in ATTRIBUTES:
                self.found.append(f"the attribute {name}")
            carried = TAKEN_AWAY.fullmatch(value or "") if "download" in dict(attrs) else None
            if carried:
                with ZipFile(BytesIO(b64decode(carried[1]))) as package:
                    inside = [package.read(name) for name in package.namelist()]
                self.found += ["the secret in a file to take away" for each in inside if SECRET.encode() in each]
            elif name == "href" and not (value or "").startswith(("#", *SAFE)):
                self.found.append(f"a link to {value}")
            if name == "style" and FETCHING.search(value or ""):
                self.found.append(f"the style {value}")
            if name == "http-equiv" and (value or "").lower() != "content-security-policy":
                self.found.append(f"the header {value}")


def html_leaks(html: str, atelier: Atelier) -> list[str]:
    """What is wrong with the page for screens."""
    parser = _Elements()
    parser.feed(html)
    parser.close()
    found = parser.found
    found += ["the secret in the HTML"] if SECRET in html else []
    found += ["a steering character in the HTML"] if STEERING.search(html) else []
    found += [f"{place} in the HTML" for place in private_paths(atelier) if place in html]
    return found


def pdf_leaks(pdf: bytes, atelier: Atelier) -> list[str]:
    """What is wrong with the PDF, in its decompressed streams, its text, its links and its metadata."""
    found: list[str] = []
    with pikepdf.open(BytesIO(pdf)) as opened:
        found += [f"{name} in the catalogue" for name in ("/OpenAction", "/AA") if name in opened.Root]
        for page in opened.pages:
            for annotation in page.get("/Annots", ()):
                address = str(annotation.A.get("/URI", "")) if "/A" in annotation else "https://"
                if not address.startswith(SAFE):
                    found.append(f"a link to {address}")
        for name, value in opened.docinfo.items():
            if STEERING.search(str(value)):
                found.append(f"a steering character in {name}")
        haystack = plain_bytes(opened)
        found += ["an image that is not the style's"] if re.search(rb"/Subtype\s*/Image", haystack) else []
    document = pypdfium2.PdfDocument(pdf)
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    found += ["the secret on a page"] if SECRET in text else []
    found += [f"the action {action}" for action in ACTIONS if re.search(action.encode() + rb"\b", haystack)]
    for word in (SECRET, *private_paths(atelier)):
        if any(
            form in haystack
            for form in (word.encode(), word.encode("utf-16-be"), word.encode("utf-16-be").hex().encode())
        ):
            found.append(f"{word} in the PDF")
    return found


def plain_bytes(opened: pikepdf.Pdf) -> bytes:
    """Every object of a PDF, written out, with every stream decompressed."""
    written = BytesIO()
    opened.save(
        written,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        stream_decode_level=pikepdf.StreamDecodeLevel.all,
        compress_streams=False,
    )
    return written.getvalue()
