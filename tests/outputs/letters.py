"""The newsletters under test, as documents and as e-mails: the repository's, and one with all that one may have."""

from __future__ import annotations

from pathlib import Path

from compose.material import SLUG, project
from outputs.outputs import ROOT

from biblio.build.pipeline import compose_dossier, render
from biblio.document.tree import Document
from biblio.project.project import Project

SPEC = """\
kind: newsletter
edition: "3"
closing: Écrire à https://www.example.org/
email:
  sender: Centre d'essai <doc@example.org>
  preheader: Un mot, une nouvelle & l'agenda.
  online: https://www.example.org/lettre.html
  unsubscribe: "{{ unsubscribe }}"
sections:
  - title: Actus
    intro: |
      Un mot avec [un lien](https://www.example.org/a).

      # Un titre

      | | Ville | Part |
      |---|:-:|--:|
      | CLS | douze | 12 % |

      ![Carte des territoires](images/carte.png "Carte : CRES")
    links: [{label: Le site, url: "https://www.example.org/b"}]
    items: [{title: "Une <nouvelle>", text: "- un\\n- deux", url: "https://www.example.org/c", label: Lire}]
    references: [bader, ars]
    sections: [{title: Dedans, references: [zay]}]
  - title: Agenda
    agenda: [{title: Un jour, date: 2025-11-27, start: "14:30", place: Marseille}]
    select: {theme: cls}
"""
LETTERS = ("the repository's", "one with everything")


def letter_of(name: str, folder: Path) -> tuple[Document, str]:
    """One of ``LETTERS``; what is not the repository's is made in the folder."""
    if name == LETTERS[0]:
        made, slug = Project(ROOT), "lettre-actualites-novembre-2025"
    else:
        made, slug = project(folder, SPEC), SLUG
    spec = made.dossier(slug).value
    assert spec
    composed = compose_dossier(made, spec, spec.style).value
    assert composed
    return composed.document, render(composed, ("email",)).value["email"].decode()
