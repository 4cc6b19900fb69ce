"""Measures how biblio stands hostile and broken material: eight figures, by ``python -m robustness``."""
