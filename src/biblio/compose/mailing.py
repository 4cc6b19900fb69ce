"""What an e-mail says beside its issue, from the spec: the slots are addresses, or words of a mailing tool."""

from __future__ import annotations

import re

from biblio.compose.composer import Composer
from biblio.document.tree import Mailing
from biblio.dossier.email import EmailSpec
from biblio.dossier.spec import DossierSpec
from biblio.reference.link import is_safe
from biblio.text.inline import plain
from biblio.words.faults import diagnose

# What mailing tools fill in: Brevo and Mailjet, Mailchimp, Mailjet of old, Sendinblue of old and phpList.
SLOT = re.compile(r"\{\{[\w .:|-]{1,60}\}\}|\*\|[\w:]{1,60}\|\*|\[\[[\w:]{1,60}\]\]|\[[A-Z_]{1,60}\]|%%?\w{1,60}%%?")


def mailing(spec: DossierSpec, composer: Composer) -> Mailing:
    """The envelope of an issue; an address that cannot become a link is left out and told (W112)."""
    email = spec.email
    if email is None:
        return Mailing(preheader=plain(composer.words(spec.description)))
    return Mailing(
        " ".join(email.sender.split()),
        plain(composer.words(email.subject)),
        plain(composer.words(email.preheader or spec.description)),
        _slot(email, "online", composer),
        _slot(email, "unsubscribe", composer),
    )


def _slot(email: EmailSpec, name: str, composer: Composer) -> str:
    value = str(getattr(email, name)).strip()
    if not value or is_safe(value) or SLOT.fullmatch(value):
        return value
    composer.diagnostics.append(diagnose("W112", email.span_of(name), url=value[:60]))
    return ""
