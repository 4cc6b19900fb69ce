"""Typed values from YAML files: ``keys`` declares, ``loader`` reads, ``json_schema`` tells editors."""
