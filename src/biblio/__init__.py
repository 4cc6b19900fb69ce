"""biblio: annotated bibliographic dossiers, from references and a spec to an accessible, reproducible PDF."""

__version__ = "0.1.0"
