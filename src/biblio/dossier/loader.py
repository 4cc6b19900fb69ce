"""Reads a dossier spec from the text of its file, and a query from what is typed."""

from __future__ import annotations

from biblio.dossier.query import Query
from biblio.dossier.spec import MODELS, DossierSpec
from biblio.words.faults import Parsed, Span, diagnose
from biblio.yaml_model.loader import load_model
from biblio.yaml_model.slug import is_slug, slug_like


def load_dossier(text: str, path: str, slug: str) -> Parsed[DossierSpec | None]:
    """The spec that a YAML text describes; ``None`` when there is too little of one to go on.

    ``path`` is the file's name in messages and ``slug`` the dossier's name. Never raises for what the text holds.
    """
    if not is_slug(slug):
        return Parsed(None, (diagnose("D105", Span(path), slug=slug, suggestion=slug_like(slug)),))
    return load_model(text, path, DossierSpec, MODELS, {"slug": slug})


def load_query(text: str, path: str) -> Parsed[Query | None]:
    """The query that a YAML text describes, as ``select:`` has it; ``None`` when it is none. Never raises."""
    return load_model(text, path, Query, MODELS)
