"""References written as a list of their notices: in Markdown, as plain text, as a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from biblio.compose import compose_notices
from biblio.document.tree import Notice
from biblio.outputs.listing import email_text, markdown, page
from biblio.outputs.setting import Setting
from biblio.reference.reference import Reference
from biblio.words.faults import Parsed

Asked = Callable[[], Setting]


def write_markdown(references: Sequence[Reference], asked: Asked) -> Parsed[bytes]:
    """A list in Markdown, in UTF-8, with the faults of the notices."""
    return _set(references, asked(), lambda notices, _: markdown(notices))


def write_text(references: Sequence[Reference], asked: Asked) -> Parsed[bytes]:
    """Plain text for an e-mail, in UTF-8, with the faults of the notices."""
    return _set(references, asked(), lambda notices, _: email_text(notices))


def write_page(references: Sequence[Reference], asked: Asked) -> Parsed[bytes]:
    """A page of HTML from which Zotero takes the references, in UTF-8, with the faults of the notices."""
    return _set(references, asked(), lambda notices, setting: page(notices, references, setting.lang))


def _set(
    references: Sequence[Reference], setting: Setting, written: Callable[[Sequence[Notice], Setting], str]
) -> Parsed[bytes]:
    composed = compose_notices(references, setting.style, setting.lang)
    return Parsed(written(composed.value, setting).encode("utf-8", "replace"), composed.diagnostics)
