"""The dossier: its spec in YAML (``spec``, ``loader``, ``schema``) and what it selects (``select``, ``sort``)."""
