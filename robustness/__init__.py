"""Measures how biblio stands hostile and broken material: nine figures, by ``python -m robustness``."""
