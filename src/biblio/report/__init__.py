"""Faults in print: for a terminal, as JSON, and for code forges."""
