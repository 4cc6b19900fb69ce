"""An issue as a message that is ready to send: the e-mail, and the same in plain text (RFC 5322, RFC 2046 § 5.1.4).

Images travel beside the e-mail, which names them (RFC 2387, RFC 2392): mail readers show none that stands inside.

A program for mail opens it as a draft (``X-Unsent``). The same dossier gives the same bytes: what is random or of the
day in other messages comes from their content, and from the date of the dossier.
"""

from __future__ import annotations

import re
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256

from biblio.compose.composed import Composed
from biblio.document.picture import Picture
from biblio.document.tree import Mailing
from biblio.outputs.html import render_email
from biblio.outputs.plain_text import plain_text
from biblio.text.inline import plain
from biblio.words.faults import Diagnostic, Parsed, diagnose

# Gmail cuts a message that is longer, and hides the link to unsubscribe.
MOST = 102_000  # bytes
_ADDRESS = r"[^\s@<>,:;\"]+@[\w.-]+"
_SENDER = re.compile(rf"(?P<name>[^<>]*)<(?P<bracketed>{_ADDRESS})>|(?P<bare>{_ADDRESS})")
NO_HOST = "biblio.invalid"  # of the identifier of a message without a sender (RFC 2606 § 2)


def written_message(composed: Composed, stamp: datetime) -> Parsed[bytes]:
    """The message of a composed dossier, dated ``stamp``, lines ended by CR LF (W120 where it is too long)."""
    document, mailing = composed.document, composed.document.mailing
    pictures: dict[str, Picture] = {}

    def attached(picture: Picture) -> str:
        pictures[picture.name] = picture
        return f"cid:{picture.name}@{NO_HOST}"

    html, text = render_email(document, composed.style, attached), plain_text(document)
    digest = sha256((html + text).encode()).hexdigest()
    message = EmailMessage(SMTP)
    title = " – ".join(filter(None, (plain(document.cover.title), plain(document.cover.subtitle))))
    message["Subject"] = " ".join((mailing.subject or title).split())
    sender = _sender(mailing)
    if sender:
        message["From"] = sender
    message["Date"] = format_datetime(stamp)
    message["Message-ID"] = f"<{digest[:32]}@{sender.domain if sender else NO_HOST}>"
    message["X-Unsent"] = "1"
    if mailing.unsubscribe.startswith(("http", "mailto")):
        message["List-Unsubscribe"] = f"<{mailing.unsubscribe}>"
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    page = message.get_body(("html",))
    if page is not None and pictures:
        for name, picture in pictures.items():
            kind, _, form = picture.media_type.partition("/")
            at = f"<{name}@{NO_HOST}>"
            page.add_related(picture.content, kind, form, cid=at, disposition="inline", filename=name)
        page.set_param("type", "text/html")
        page.set_boundary(f"=_{digest[:32]}")
    message["Content-Language"] = str(document.metadata.lang)
    message.set_boundary(f"=_{digest[32:]}")
    return Parsed(message.as_bytes(), too_long(html, composed))


def too_long(html: str, composed: Composed) -> tuple[Diagnostic, ...]:
    """W120, for an e-mail of which readers would see the beginning alone."""
    size = len(html.encode())
    if size <= MOST:
        return ()
    return (diagnose("W120", composed.spec.span_of("kind"), size=-(-size // 1000), limit=MOST // 1000),)


def _sender(mailing: Mailing) -> Address | None:
    """Who sends it; ``None`` when nobody is told, or what is told is no address."""
    match = _SENDER.fullmatch(mailing.sender)
    if match is None:
        return None
    try:
        return Address((match["name"] or "").strip('" '), addr_spec=match["bracketed"] or match["bare"])
    except (ValueError, HeaderParseError):  # not ASCII, or a part that no address has
        return None
