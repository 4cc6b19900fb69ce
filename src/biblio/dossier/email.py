"""The model of what an e-mail says beside its issue: from whom it is, and the slots that mailings need."""

from __future__ import annotations

from dataclasses import dataclass

from biblio.yaml_model.keys import Located, Shape, declare


@dataclass(frozen=True)
class EmailSpec(Located):
    """The envelope of an issue that is mailed."""

    sender: str = declare(
        Shape.TEXT,
        default="",
        fr="L'expéditeur, dans le courriel prêt à partir (`eml`).",
        en="The sender, in the e-mail that is ready to send (`eml`).",
        example="Centre de documentation <doc@example.org>",
    )
    subject: str = declare(
        Shape.TEXT,
        default="",
        fr="L'objet ; sans cette clé, le titre du numéro.",
        en="The subject; without this key the title of the issue.",
        example="Lettre d'actualités de novembre",
    )
    preheader: str = declare(
        Shape.TEXT,
        default="",
        fr="La phrase que les messageries montrent à côté de l'objet ; sans cette clé, la description.",
        en="The sentence that mail readers show beside the subject; without this key the description.",
        example="Un colloque, cinq nouveautés et l'agenda du mois.",
    )
    online: str = declare(
        Shape.TEXT,
        default="",
        fr="L'adresse de la page, pour « Voir cette lettre en ligne ».",
        en="The address of the page, for “View this newsletter online”.",
        example="https://www.example.org/lettre-14.html",
    )
    unsubscribe: str = declare(
        Shape.TEXT,
        default="",
        fr="Où l'on se désabonne : une adresse, ou le mot que l'outil d'envoi remplace (`{{ unsubscribe }}`,"
        " `*|UNSUB|*`, `[[UNSUB_LINK]]`).",
        en="Where one unsubscribes: an address, or the word that the mailing tool replaces (`{{ unsubscribe }}`,"
        " `*|UNSUB|*`, `[[UNSUB_LINK]]`).",
        example="https://www.example.org/desabonnement",
    )
