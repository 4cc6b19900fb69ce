"""The command ``schema``: the JSON Schema of a dossier spec, for the text editor."""

from __future__ import annotations

import typer

from biblio.cli.console import say_json
from biblio.dossier.spec import MODELS, DossierSpec
from biblio.yaml_model.json_schema import json_schema


def schema_command(context: typer.Context) -> None:
    """Prints the JSON Schema of a dossier spec."""
    say_json(json_schema(DossierSpec, MODELS, "biblio dossier", context.obj))
