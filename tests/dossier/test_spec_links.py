"""The addresses that a dossier prints of its own, each with its place."""

from __future__ import annotations

from biblio.dossier.loader import load_dossier
from biblio.dossier.spec_links import spec_links

SPEC = """title: Voir https://titre.example/
date: 2026-01
publisher: CRES
email:
  online: https://lettre.example/14.html
cover:
  contact: doc@example.org, https://contact.example.
texts:
  - kind: preface
    text: |
      Voir [le réseau](https://a.example/reseau_(sante)), (https://b.example/x),
      <https://c.example/y> et **https://d.example/z**.

      Encore https://a.example/reseau_(sante) !
sections:
  - title: Une section
    intro: "« https://e.example/q?a=1&b=2 »"
    select: {text: "https://jamais.example/"}
    links:
      - {label: Site, url: https://f.example/a b}
      - {label: Autre, url: "javascript:alert(1)"}
    sections:
      - title: Dessous
        agenda:
          - {title: Jour, date: 2026-02, url: https://g.example/}
closing: Fin https://h.example/
"""


def test_every_address_of_a_spec_is_found_with_its_place() -> None:
    loaded = load_dossier(SPEC, "dossiers/d.yaml", "d")
    assert loaded.value is not None
    found = {each.address: each.span.line for each in spec_links(loaded.value)}
    assert found == {
        "https://titre.example/": 1,
        "https://lettre.example/14.html": 5,
        "https://contact.example": 7,
        "https://a.example/reseau_(sante)": 11,
        "https://b.example/x": 11,
        "https://c.example/y": 12,
        "https://d.example/z": 12,
        "https://e.example/q?a=1&b=2": 17,
        "https://f.example/a%20b": 20,
        "https://g.example/": 25,
        "https://h.example/": 26,
    }
