"""The table of outputs: what a dossier is rendered as, one row each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from biblio.dossier.kinds import KINDS, Kind
from biblio.places import at
from biblio.plugins import Table, row_of

if TYPE_CHECKING:
    from datetime import datetime

    from biblio.compose.composed import Composed
    from biblio.words.faults import Parsed


@dataclass(frozen=True, slots=True)
class Output:
    """One row of the table: its ``name`` on the command line, the ``ending`` of its files, and what makes it.

    ``render`` takes a composed dossier and the date that the file bears, in UTC, and gives its bytes with the faults
    met. ``offered_for`` says which kinds of dossiers have it; ``about`` says what
    it is, by language.
    """

    name: str
    ending: str
    render: Callable[[Composed, datetime], Parsed[bytes]]
    offered_for: Callable[[Kind], bool] = lambda kind: True  # noqa: ARG005
    about: Mapping[str, str] = field(default_factory=dict)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The names of the kinds that have it."""
        return tuple(kind.name for kind in KINDS.values() if self.offered_for(kind))


_OWN = (
    Output(
        "pdf",
        ".pdf",
        at("biblio.outputs.pdf.write:render"),
        about={
            "fr": "Paginé, balisé, avec les références en pièces jointes",
            "en": "Paginated, tagged, with the references attached",
        },
    ),
    Output(
        "html",
        ".html",
        at("biblio.outputs.written:written_html"),
        about={"fr": "Le même en une page, pour l'écran", "en": "The same as one page for a screen"},
    ),
    Output(
        "email",
        ".email.html",
        at("biblio.outputs.written:written_email"),
        lambda kind: bool(kind.email),
        about={"fr": "Une lettre, pour le courrier", "en": "A newsletter, to be mailed"},
    ),
    Output(
        "eml",
        ".eml",
        at("biblio.outputs.message:written_message"),
        lambda kind: bool(kind.email),
        about={
            "fr": "La même lettre en un message prêt à partir, avec son texte seul",
            "en": "The same newsletter as a message ready to send, with its plain text",
        },
    ),
    Output(
        "docx",
        ".docx",
        at("biblio.outputs.pandoc.write:render_docx"),
        about={
            "fr": "Un document Word, à relire et à corriger",
            "en": "A Word document, to be read again and corrected",
        },
    ),
    Output(
        "odt",
        ".odt",
        at("biblio.outputs.pandoc.write:render_odt"),
        about={"fr": "Un texte OpenDocument, pour LibreOffice", "en": "An OpenDocument text, for LibreOffice"},
    ),
    Output(
        "epub",
        ".epub",
        at("biblio.outputs.pandoc.write:render_epub"),
        about={"fr": "Un livre EPUB 3, pour les liseuses", "en": "An EPUB 3 book, for e-readers"},
    ),
    Output(
        "md",
        ".md",
        at("biblio.outputs.pandoc.write:render_markdown"),
        about={"fr": "Le texte en Markdown", "en": "The text in Markdown"},
    ),
    Output(
        "txt",
        ".txt",
        at("biblio.outputs.pandoc.write:render_text"),
        about={"fr": "Le texte seul", "en": "The text alone"},
    ),
    Output(
        "tex",
        ".tex",
        at("biblio.outputs.pandoc.write:render_latex"),
        about={"fr": "Un document LaTeX", "en": "A LaTeX document"},
    ),
)

OUTPUTS: Table[Output] = Table("biblio.outputs", {output.name: output for output in _OWN}, row_of(Output))
DEFAULT_OUTPUT = _OWN[0].name


def names() -> Iterable[str]:
    """What outputs are called on the command line, those of installed packages among them."""
    return OUTPUTS


def output_name(slug: str, output: str) -> str:
    """The name of the file of one of a dossier's outputs."""
    return slug + OUTPUTS[output].ending


def output_of(name: str) -> tuple[str, str] | None:
    """The dossier and the output that a file's name tells; ``None`` when it is that of no output."""
    for rows in (OUTPUTS.own.values(), OUTPUTS.added.values()):
        if told := _told(name, rows):
            return told
    return None


def _told(name: str, rows: Iterable[Output]) -> tuple[str, str] | None:
    # The longest ending first: .email.html is also an .html.
    for row in sorted(rows, key=lambda row: -len(row.ending)):
        if name.endswith(row.ending):
            return name.removesuffix(row.ending), row.name
    return None
