"""Looks whether addresses still lead where they led, and for copies of those that do not."""
