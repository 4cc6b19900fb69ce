"""The command ``schema``: the JSON Schema of a dossier spec, for the text editor."""

from __future__ import annotations

import typer

from biblio.cli.console import json_text
from biblio.dossier.spec import MODELS, DossierSpec
from biblio.yaml_model.json_schema import json_schema


def schema_command(context: typer.Context) -> None:
    """Prints the JSON Schema of a dossier spec."""
    typer.echo(json_text(json_schema(DossierSpec, MODELS, "biblio dossier", context.obj)))
