"""Measures how long biblio takes and how much memory, beside its layout engine alone: ``python -m bench``."""
